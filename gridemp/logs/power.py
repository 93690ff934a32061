"""Power of the tests, by simulation: the share of tests that detect the information present."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from statistics import fmean, stdev

import numpy as np

from gridemp.arguments import check_kinds
from gridemp.errors import GridempError
from gridemp.logs.estimate_settings import EstimateSettings
from gridemp.logs.gaussian_copula import normal_scores
from gridemp.logs.resampling import SIGNIFICANT, null_estimates, p_value
from gridemp.logs.trial_points import estimate_function, standardized
from gridemp.parallel import parallel_map
from gridemp.progress import Progress, ignore, part_of
from gridemp.typing import Array

ACTIONS, EFFECTS = 4, 3  # columns, as in the study of Lunar Lander
TRUTHS = (0.0, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0, 1.5, 3.5)  # bits
RUNS = 100


@dataclass(frozen=True)
class Power:
    """Simulated performance of an estimator where the true information is known.

    Attributes
    ----------
    estimator : str
        Name of the estimator.
    truth, mean, sd : float
        True information in bits, and mean and standard deviation of its estimates.
    found : float
        Share of the runs with p of 0.05 or less. Where the truth is 0, this is the share of false
        alarms.

    Examples
    --------
    >>> from gridemp.logs import power
    >>> result = next(power(20, ("copula",), shuffles=19))
    >>> result.estimator, result.truth, result.found < 0.2
    ('copula', 0.0, True)
    """

    estimator: str
    truth: float
    mean: float
    sd: float
    found: float


def power(
    windows: int,
    estimators: tuple[str, ...] = ("ksg", "copula"),
    *,
    k: int = 3,
    shuffles: int = 99,
    seed: int = 0,
    progress: Progress | None = None,
) -> Iterator[Power]:
    """Simulate tests of Gaussian actions and effects for several amounts of true information.

    Three of the four actions are each correlated with one effect, with rho^2 = 1 - 2^(-2 I / 3).
    Windows are independent, so null estimates come from shuffles.

    Parameters
    ----------
    windows : int
        Number of windows in a trial.
    estimators : tuple of {"ksg", "copula"}
        Names of the estimators.
    k : int
        Number of the nearest neighbour for "ksg".
    shuffles : int
        Number of null estimates in each test.
    seed : int
        Seed of the data and the shuffles.
    progress : callable, optional
        Called with the fraction done, from 0 to 1.

    Yields
    ------
    Power
        Result for each estimator and each amount of true information, in this order.

    Raises
    ------
    GridempError
        If there are too few windows.

    Examples
    --------
    >>> from gridemp.logs import power
    >>> results = power(30, ("copula",), shuffles=19)
    >>> next(results).truth, next(results).truth
    (0.0, 0.05)
    """
    check_kinds(power, locals())
    progress = progress or ignore
    least = max(k + 1, ACTIONS + EFFECTS + 2)
    if windows < least:
        raise GridempError(
            f"{windows} windows are too few for {ACTIONS + EFFECTS} columns; use {least} or more"
        )
    cases = list(product(estimators, TRUTHS))
    for i, (estimator, truth) in enumerate(cases):

        def test(run: int, estimator: str = estimator, truth: float = truth) -> tuple[float, float]:
            rng = np.random.default_rng([seed, run])
            prepare = standardized if estimator == "ksg" else normal_scores
            x, y = (prepare(part) for part in gaussian(windows, truth, rng))
            settings = EstimateSettings(estimator, k=k)
            estimate = estimate_function(settings)
            bits = estimate(x, y)
            chance = null_estimates(estimate, x, y, None, shuffles, rng, null="shuffle")
            return bits, p_value(bits, chance)

        part = part_of(progress, i, len(cases))
        bits, p = zip(*parallel_map(test, range(RUNS), part), strict=True)
        found = sum(value <= SIGNIFICANT for value in p) / RUNS
        yield Power(estimator, truth, fmean(bits), stdev(bits), found)


def gaussian(windows: int, truth: float, rng: np.random.Generator) -> tuple[Array, Array]:
    """Draw actions, shape (N, 4), and effects, shape (N, 3), that share `truth` bits."""
    shared = 1 - 2 ** (-2 * truth / EFFECTS)
    actions = rng.normal(size=(windows, ACTIONS))
    noise = rng.normal(size=(windows, EFFECTS))
    return actions, np.sqrt(shared) * actions[:, :EFFECTS] + np.sqrt(1 - shared) * noise
