"""Power of the test of gains and ratings, by simulation, to plan a study."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gridemp.arguments import check_kinds, checked_whole
from gridemp.errors import GridempError
from gridemp.logs.rating_relation import shift_test
from gridemp.logs.resampling import SIGNIFICANT
from gridemp.logs.scipy_extra import require_scipy
from gridemp.logs.trends import MIN_TRIALS
from gridemp.typing import Array

EFFECTS = (0.1, 0.3, 0.5)  # correlations within a player
PERSISTENCE = 0.5  # of ratings: their correlation from one trial to the next
RUNS, SHIFTS = 500, 499
BEFORE = 50  # ratings that are simulated and left out


@dataclass(frozen=True)
class RatingPower:
    """Share of simulated studies that find a relation between gains and ratings.

    Attributes
    ----------
    effect : float
        Assumed correlation of gain and rating within a player.
    found : float
        Share of studies with a p value of 0.05 or less.
    players : int
        Number of players.
    pairs : int
        Number of pairs of a gain and a rating, of all players together.

    Examples
    --------
    >>> from gridemp.logs import rating_power
    >>> small, _, large = rating_power(10, 20, runs=50)
    >>> small.effect, large.effect, small.found < large.found
    (0.1, 0.5, True)
    """

    effect: float
    found: float
    players: int
    pairs: int


def rating_power(
    players: int,
    trials: int,
    effects: Sequence[float] = EFFECTS,
    *,
    lag: int = 0,
    persistence: float = PERSISTENCE,
    runs: int = RUNS,
    seed: int = 0,
) -> tuple[RatingPower, ...]:
    """Simulate how often the test of `rate_gains` finds a relation, for several effect sizes.

    In each study, the estimates of information of a player's trials are independent normal numbers,
    and gains are their differences. A rating is `effect` times the gain in standard deviations plus
    an autoregressive series, so that its correlation with the gain is `effect`.

    Parameters
    ----------
    players, trials : int
        Number of players, and number of trials of each.
    effects : sequence of float
        Correlations of gain and rating within a player, from -1 to 1. With 0, the share of studies
        that find a relation is the share of false alarms.
    lag : int
        0 if gains are compared with ratings of the same trial; 1 if they are compared with ratings
        of the next trial, which leaves each player one pair less.
    persistence : float
        Correlation from one trial to the next, from 0 to below 1, of the part of the rating that
        does not depend on the gain.
    runs : int
        Number of studies for each effect.
    seed : int
        Seed of the data and of the shifts.

    Returns
    -------
    tuple of RatingPower
        Result for each effect.

    Raises
    ------
    GridempError
        If there are too few players or trials, or an effect or the persistence is out of range.

    Examples
    --------
    >>> from gridemp.logs import rating_power
    >>> (none,) = rating_power(5, 10, [0.0], runs=200)
    >>> none.found < 0.1, none.pairs
    (True, 45)
    """
    check_kinds(rating_power, locals())
    least = MIN_TRIALS + 1 + checked_whole("lag", lag)
    pairs = checked_whole("trials", trials, least) - 1 - lag
    return power_of(
        [pairs] * checked_whole("players", players, 1), effects, persistence, runs, seed
    )


def power_of(
    pairs: Sequence[int],
    effects: Sequence[float] = EFFECTS,
    persistence: float = PERSISTENCE,
    runs: int = RUNS,
    seed: int = 0,
) -> tuple[RatingPower, ...]:
    """Power for players with these numbers of pairs, as `rating_power` returns it."""
    if not 0 <= persistence < 1:
        raise GridempError(f"`persistence` must be from 0 to below 1, not {persistence:g}")
    runs = checked_whole("runs", runs, 1)
    results = []
    for i, effect in enumerate(effects):
        if not -1 <= effect <= 1:
            raise GridempError(f"`effects` must be from -1 to 1, not {effect:g}")
        found = 0
        for run in range(runs):
            rng = np.random.default_rng([seed, i, run])
            study = [gains_and_ratings(count, effect, persistence, rng) for count in pairs]
            centred = [(x - x.mean(), y - y.mean()) for x, y in study]
            found += shift_test(centred, rng, SHIFTS)[0] <= SIGNIFICANT
        results.append(RatingPower(effect, found / runs, len(pairs), sum(pairs)))
    return tuple(results)


def gains_and_ratings(
    count: int, effect: float, persistence: float, rng: np.random.Generator
) -> tuple[Array, Array]:
    """Gains and ratings of a simulated player, shape (count,), both of variance 1."""
    gains = np.diff(rng.normal(size=count + 1)) / np.sqrt(2)
    return gains, effect * gains + np.sqrt(1 - effect**2) * persistent(count, persistence, rng)


def persistent(count: int, persistence: float, rng: np.random.Generator) -> Array:
    """Autoregressive series of variance 1, shape (count,)."""
    require_scipy()
    from scipy.signal import lfilter

    noise = rng.normal(size=count + BEFORE) * np.sqrt(1 - persistence**2)
    return np.asarray(lfilter([1.0], [1.0, -persistence], noise)[BEFORE:])
