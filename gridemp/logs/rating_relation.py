"""Relation of gains in information and ratings within players: regressions and a test."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import isnan, nan, prod
from statistics import fmean

import numpy as np

from gridemp.errors import GridempError
from gridemp.logs.rank_correlations import RankCorrelation, rank_correlation
from gridemp.logs.resampling import SIGNIFICANT
from gridemp.logs.scipy_extra import require_scipy
from gridemp.logs.trends import MIN_TRIALS, interval_of_mean, margin
from gridemp.shown import counted
from gridemp.typing import Array, Indices

MAX_ENUMERATED = 10_000  # arrangements up to which all are compared
MIN_PAIRS = 8  # of each player, for a test after straight lines are removed
DRAWN = 9999  # arrangements that are drawn at random if there are more
ROUNDING = 1e-9  # relative difference up to which two sums count as equal

Pairs = Mapping[str, tuple[Array, Array]]


@dataclass(frozen=True)
class RatingLine:
    """Regression of ratings on gains.

    Attributes
    ----------
    player : str or None
        Player of the pairs; None for all players.
    pairs : int
        Number of pairs of a gain and a rating.
    slope : float
        Change of the rating per bit of gain.
    low, high : float
        95 % interval of the slope; NaN if it cannot be estimated.

    Examples
    --------
    >>> from gridemp.logs import rate_gains
    >>> same, _ = rate_gains({"Ada": [0.1, 0.4, 0.2, 0.6]}, {"Ada": [0, 5, 3, 6]})
    >>> round(same.lines[0].slope, 1), same.lines[0].pairs
    (4.7, 3)
    """

    player: str | None
    pairs: int
    slope: float
    low: float
    high: float


@dataclass(frozen=True, eq=False)
class RatingRelation:
    """Gains in information and ratings, of the same trial or of the next one.

    Attributes
    ----------
    lag : int
        0 if the rating is of the same trial as the gain, 1 if it is of the next trial.
    pairs : mapping
        For each player, arrays of gains in bits and of ratings, both of shape (pairs,).
    missing : int
        Number of gains that have no rating.
    lines : tuple of RatingLine
        Regression of each player with three pairs or more, whose gains vary. Intervals are by
        Student's t from the residuals.
    mean : RatingLine
        Mean of these slopes, with an interval by Student's t from the differences between players.
    pooled : RatingLine
        Regression of all pairs after the means of each player are removed. The interval is by
        Student's t from the slopes with each player left out in turn (a jackknife); for a single
        player, it is that of the player.
    correlation : float
        Pearson's coefficient of all pairs after the means of each player are removed.
    ranks : RankCorrelation
        Spearman's coefficient within players.
    p : float
        Two-sided p value of the pooled slope, from ratings that are shifted round within each
        player; NaN if gains or ratings do not vary.
    arrangements : int
        Number of arrangements that the actual one is compared with, itself included.
    smallest_p : float
        Smallest p value that these arrangements allow.
    p_without_trend : float
        The same after a straight line over the trials is removed from the gains and the ratings of
        each player. If only `p` is small, the relation may be a trend that both share. NaN if a
        player has fewer than eight pairs, of which lines leave too little.

    Examples
    --------
    >>> from gridemp.logs import rate_gains
    >>> same, _ = rate_gains({"Ada": [0.1, 0.4, 0.2, 0.6]}, {"Ada": [0, 5, 3, 6]})
    >>> same.arrangements, round(same.smallest_p, 2)
    (3, 0.33)
    """

    lag: int
    pairs: Pairs
    missing: int
    lines: tuple[RatingLine, ...]
    mean: RatingLine
    pooled: RatingLine
    correlation: float
    ranks: RankCorrelation
    p: float
    arrangements: int
    smallest_p: float
    p_without_trend: float


def relation(
    lag: int, pairs: Pairs, places: Mapping[str, Indices], missing: int, seed: int
) -> RatingRelation:
    """Return the relation of the gains and ratings of all players.

    Parameters
    ----------
    lag : int
        0 for ratings of the same trial, 1 for those of the next one.
    pairs : mapping
        For each player, arrays of gains in bits and of ratings, both of shape (pairs,).
    places : mapping
        For each player, the places of the trials of the gains, counted in trials: shape (pairs,).
    missing : int
        Number of gains that have no rating.
    seed : int
        Seed of the shifts.
    """
    centred = [(centre(x), centre(y)) for x, y in pairs.values() if len(x)]
    p, arrangements, smallest = shift_test(centred, np.random.default_rng([seed, lag]))
    p_without_trend = nan
    if centred and min(len(x) for x, _ in centred) >= MIN_PAIRS:
        filled = [places[player] for player, (x, _) in pairs.items() if len(x)]
        straight = [
            (without_line(x, at), without_line(y, at))
            for (x, y), at in zip(centred, filled, strict=True)
        ]
        p_without_trend, _, _ = shift_test(straight, np.random.default_rng([seed, lag, 1]))
    lines = [
        player_line(player, x, y)
        for player, (x, y) in pairs.items()
        if len(x) >= MIN_TRIALS and centre(x).any()
    ]
    count = sum(line.pairs for line in lines)
    slopes = [line.slope for line in lines]
    mean = RatingLine(None, count, fmean(slopes) if slopes else nan, *interval_of_mean(slopes))
    sums = np.array([(x @ x, x @ y, y @ y) for x, y in centred]).reshape(-1, 3)
    xx, xy, yy = sums.sum(axis=0)
    return RatingRelation(
        lag=lag,
        pairs=pairs,
        missing=missing,
        lines=tuple(lines),
        mean=mean,
        pooled=pooled_line(sums, sum(len(x) for x, _ in centred), lines),
        correlation=float(xy / np.sqrt(xx * yy)) if xx > 0 and yy > 0 else nan,
        ranks=rank_correlation("gain", "next rating" if lag else "rating", pairs),
        p=p,
        arrangements=arrangements,
        smallest_p=smallest,
        p_without_trend=p_without_trend,
    )


def centre(values: Array) -> Array:
    """Values less their mean, which are 0 if they differ only by rounding."""
    if np.ptp(values) <= ROUNDING * np.abs(values).max():
        return np.zeros(len(values))
    return np.asarray(values - values.mean())


def without_line(values: Array, places: Indices) -> Array:
    """Values of mean 0 less their regression on their places, 0 if they differ only by rounding."""
    along = places - places.mean()
    rest = values - along * float(along @ values) / float(along @ along)
    small = np.abs(rest).max() <= ROUNDING * np.abs(values).max()
    return np.zeros(len(values)) if small else np.asarray(rest)


def player_line(player: str, gains: Array, ratings: Array) -> RatingLine:
    """Regression of one player."""
    require_scipy()
    from scipy.stats import linregress

    line = linregress(gains, ratings)
    half = margin(len(gains) - 2) * float(line.stderr)
    slope = float(line.slope)
    return RatingLine(player, len(gains), slope, slope - half, slope + half)


def pooled_line(sums: Array, count: int, lines: Sequence[RatingLine]) -> RatingLine:
    """Regression within players, from the sums of squares and products of each player."""
    varying = sums[sums[:, 0] > 0]
    if not len(varying):
        return RatingLine(None, count, nan, nan, nan)
    xx, xy, _ = varying.sum(axis=0)
    slope, players = float(xy / xx), len(varying)
    if players == 1:
        low, high = (lines[0].low, lines[0].high) if lines else (nan, nan)
        return RatingLine(None, count, slope, low, high)
    others = (xy - varying[:, 1]) / (xx - varying[:, 0])
    error = float(np.sqrt((players - 1) / players * np.sum((others - others.mean()) ** 2)))
    half = margin(players - 1) * error
    return RatingLine(None, count, slope, slope - half, slope + half)


def shift_test(
    centred: Sequence[tuple[Array, Array]],
    rng: np.random.Generator,
    drawn: int = DRAWN,
) -> tuple[float, int, float]:
    """Two-sided test of the sum of products of gains and ratings within players.

    Ratings of each player are shifted round by a number of their own, so that ratings of successive
    trials stay together. All combinations of shifts are compared if there are few.

    Parameters
    ----------
    centred : sequence of pairs of ndarray, shape (pairs,)
        Gains and ratings of each player, less their means.
    rng : numpy.random.Generator
        Source of the shifts, if there are too many combinations.
    drawn : int
        Number of combinations to draw in this case.

    Returns
    -------
    p : float
        Share of the arrangements with an absolute sum at least as large, the actual one included.
    arrangements : int
        Number of arrangements, the actual one included.
    smallest : float
        Smallest p value that could have been found: the p of the arrangement with the largest sum.
    """
    products = [circular_products(x, y) for x, y in centred if x.any() and y.any()]
    if not products:
        return nan, 1, 1.0
    total = prod(map(len, products))
    if total <= MAX_ENUMERATED:
        sums = np.array([sum(each) for each in product(*products)])
    else:
        sums = sum(
            each[np.concatenate([[0], rng.integers(len(each), size=drawn)])] for each in products
        )
    sizes = np.abs(sums)
    slack = ROUNDING * sum(np.abs(each).max() for each in products)
    p, smallest = (float(np.mean(sizes >= size - slack)) for size in (sizes[0], sizes.max()))
    return p, len(sums), smallest


def circular_products(x: Array, y: Array) -> Array:
    """Sum of products of x with y shifted round by 0, 1, ... places, shape (pairs,)."""
    rows = (np.arange(len(x))[:, None] + np.arange(len(x))) % len(x)
    return np.asarray(y[rows] @ x)


def check_variation(name: str, same: RatingRelation, following: RatingRelation) -> None:
    """Raise a GridempError if no player has enough pairs, or ratings that differ."""
    pairs = [pair for each in (same, following) for pair in each.pairs.values()]
    if max((len(gains) for gains, _ in pairs), default=0) < 2:
        raise GridempError(
            f"no player has two gains with a rating in {name!r}; rate three successive trials of a "
            "player or more"
        )
    if not any(np.ptp(rated) > 0 for _, rated in pairs if len(rated)):
        raise GridempError(
            f"the ratings in {name!r} do not vary within any player; name another column"
        )


def notes_on(same: RatingRelation, following: RatingRelation) -> list[str]:
    """Remarks on missing ratings and on a test that cannot find anything."""
    notes = []
    for each in (same, following):
        where = "the next trial" if each.lag else "the same trial"
        if each.missing:
            notes.append(f"{counted(each.missing, 'gain')} without a rating of {where} left out")
        if isnan(each.p):
            notes.append(
                f"no test of ratings of {where}, as gains or ratings do not vary within players"
            )
        elif each.smallest_p > SIGNIFICANT:
            notes.append(
                f"ratings of {where} allow only {each.arrangements} arrangements, so p cannot be "
                f"below {each.smallest_p:.3f}; record more trials or more players"
            )
    return notes
