"""How often the test finds information that is there, by simulation."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from statistics import fmean, stdev

import numpy as np

from gridemp.errors import GridempError
from gridemp.logs.gaussian_copula import normal_scores
from gridemp.logs.resampling import null_estimates, p_value
from gridemp.logs.trials import estimate_by, scaled
from gridemp.parallel import parallel_map
from gridemp.progress import Progress, ignore
from gridemp.typing import Array

ACTIONS, EFFECTS = 4, 3  # columns, as in the study of Lunar Lander
TRUTHS = (0.0, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0, 1.5, 3.5)  # bits
RUNS = 100
LEVEL = 0.05


@dataclass(frozen=True)
class Power:
    """How an estimator does where the truth is known.

    Attributes
    ----------
    estimator : str
    truth, mean, sd : float
        The information in bits, and mean and standard deviation of its estimates.
    found : float
        In which share of the runs p was 0.05 or less; where the truth is 0, that is the share of
        false alarms.
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
    """Simulate tests of Gaussian actions and effects, for a range of true informations.

    Three of four actions bear on one effect each, equally: rho^2 = 1 - 2^(-2 I / 3). Windows are
    independent, so orders are shuffled.

    Parameters
    ----------
    windows : int
        How many in a trial.
    estimators : tuple of {"ksg", "copula"}
        Which.
    k : int
        Which neighbour, for "ksg".
    shuffles : int
        Estimates by chance in each test.
    seed : int
        Of the data and the orders.
    progress : callable, optional
        Called with the fraction done, from 0 to 1.

    Yields
    ------
    Power
        By estimator, then by truth.

    Raises
    ------
    GridempError
        If there are too few windows.
    """
    progress = progress or ignore
    if windows < max(k + 1, ACTIONS + EFFECTS + 2):
        raise GridempError(f"{windows} windows are too few for {ACTIONS + EFFECTS} columns")
    for i, (estimator, truth) in enumerate(product(estimators, TRUTHS)):

        def run(
            number: int, estimator: str = estimator, truth: float = truth
        ) -> tuple[float, float]:
            rng = np.random.default_rng([seed, number])
            prepare = scaled if estimator == "ksg" else normal_scores
            x, y = (prepare(part) for part in gaussian(windows, truth, rng))
            estimate = estimate_by(estimator, k, given=False)
            bits = estimate(x, y)
            return bits, p_value(
                bits, null_estimates(estimate, x, y, None, shuffles, rng, null="shuffle")
            )

        def told(fraction: float, i: int = i) -> None:
            progress((i + fraction) / (len(estimators) * len(TRUTHS)))

        bits, p = zip(*parallel_map(run, range(RUNS), told), strict=True)
        found = sum(one <= LEVEL for one in p) / RUNS
        yield Power(estimator, truth, fmean(bits), stdev(bits), found)


def gaussian(windows: int, truth: float, rng: np.random.Generator) -> tuple[Array, Array]:
    """Actions, shape (N, 4), and effects, shape (N, 3), with an information of so many bits."""
    shared = 1 - 2 ** (-2 * truth / EFFECTS)
    actions = rng.normal(size=(windows, ACTIONS))
    noise = rng.normal(size=(windows, EFFECTS))
    return actions, np.sqrt(shared) * actions[:, :EFFECTS] + np.sqrt(1 - shared) * noise
