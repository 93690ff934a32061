"""`python -m benchmarks.estimators [N ...]`: errors of the estimators of information, as a table.

For each simulated log whose information is known, and by default for 100, 1000 and 10,000 windows:
mean error and standard deviation of each estimator that applies, in bits, as `gridemp mi` calls it.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from scipy.integrate import quad
from scipy.stats import norm, poisson

from gridemp.information.measures import entropy, mutual_information
from gridemp.logs import EstimateSettings, Trial
from gridemp.logs.trial_points import estimate_function, trial_points
from gridemp.parallel import parallel_map
from gridemp.typing import Array, Indices

WINDOWS = 100, 1000, 10_000
RUNS, MANY, FEW_RUNS = 200, 5000, 40  # fewer runs from this many windows on
BINS = 4
Points = tuple[Array | Indices, Array | Indices]  # of actions and effects, shape (N,)


@dataclass(frozen=True)
class Case:
    """Simulated log.

    Attributes
    ----------
    name : str
        Words for it.
    bits : float
        Its information.
    draw : callable
        Function of a number of windows and a generator that draws actions and effects.
    categories : tuple of bool
        True if actions, and if effects, are categories.
    counted : bool
        True if all values are discrete and few, so that they can be counted without bins.
    """

    name: str
    bits: float
    draw: Callable[[int, np.random.Generator], Points]
    categories: tuple[bool, bool] = (False, False)
    counted: bool = False


MEANS = np.array([-2.0, 0.0, 2.0])  # effects of three actions, with noise of 1
WRONG = 0.3  # probability that an action of four has one of the other three effects
SIDES = 5  # of the uniform distribution of Gao et al.
NO_COUNT = 0.15  # probability of 0 in their zero-inflated counts
RELEASED, HELD, SPREAD = 0.5, 0.25, 0.2  # shares of windows with no key, and all through; noise
CORRELATION, ROUNDED = 0.8, 1  # decimals


def normal_bits(density: Callable[[float], float], spread: float, low: float, high: float) -> float:
    """Information in bits of effects with this density, of which the noise is normal."""

    def part(y: float) -> float:
        return -density(y) * np.log2(density(y)) if density(y) > 0 else 0.0

    return float(quad(part, low, high, limit=400)[0] - norm(scale=spread).entropy() / np.log(2))


def of_means(y: float) -> float:
    """Density of the effects of three actions."""
    return float(norm.pdf(y - MEANS).mean())


def of_held(y: float) -> float:
    """Density of the effects of a key that is held for a part of the window."""
    low, high = norm.cdf(y / SPREAD), norm.cdf((y - 1) / SPREAD)
    atoms = RELEASED * norm.pdf(y, 0, SPREAD) + HELD * norm.pdf(y, 1, SPREAD)
    return float(atoms + (1 - RELEASED - HELD) * (low - high))


def named_effects(count: int, rng: np.random.Generator) -> Points:
    """Four actions, and the effects that are named after them."""
    x = rng.integers(0, 4, count)
    y = np.where(rng.random(count) < WRONG, (x + rng.integers(1, 4, count)) % 4, x)
    return x, y


def three_actions(count: int, rng: np.random.Generator) -> Points:
    """Three actions with normal effects."""
    x = rng.integers(0, len(MEANS), count)
    return x, MEANS[x] + rng.normal(size=count)


def without_effect(count: int, rng: np.random.Generator) -> Points:
    """Three actions and normal effects that are independent of them."""
    return rng.integers(0, len(MEANS), count), rng.normal(size=count)


def steps(count: int, rng: np.random.Generator) -> Points:
    """Whole numbers, and amounts between them and 2 more, as Gao et al. (2017) have them."""
    x = rng.integers(0, SIDES, count)
    return x, x + rng.uniform(0, 2, count)


def counts(count: int, rng: np.random.Generator) -> Points:
    """Exponential rates and zero-inflated Poisson counts, as Gao et al. (2017) have them."""
    x = rng.exponential(size=count)
    return x, np.where(rng.random(count) < NO_COUNT, 0, rng.poisson(x))


def held_key(count: int, rng: np.random.Generator) -> Points:
    """Share of the window for which a key is held, often none or all, and its effect."""
    which = rng.random(count)
    x = rng.random(count)
    x[which < RELEASED], x[which > 1 - HELD] = 0.0, 1.0
    return x, x + SPREAD * rng.normal(size=count)


def gaussian(count: int, rng: np.random.Generator, decimals: int | None = None) -> Points:
    """Correlated normal amounts, rounded if `decimals` is given."""
    x, noise = rng.normal(size=(2, count))
    y = CORRELATION * x + np.sqrt(1 - CORRELATION**2) * noise
    return (x, y) if decimals is None else (x.round(decimals), y.round(decimals))


def named_bits() -> float:
    """Information of `named_effects`."""
    joint = np.full((4, 4), WRONG / 3)
    np.fill_diagonal(joint, 1 - WRONG)
    return float(mutual_information(joint / 4))


def counts_bits() -> float:
    """Information of `counts`.

    Gao et al. give 1 - NO_COUNT times that of the counts without the inflation, 0.369 bits. This is
    too much, as an inflated 0 cannot be told from another 0.
    """
    k = np.arange(200)
    inflated = np.where(k == 0, NO_COUNT, 0.0)
    marginal = inflated + (1 - NO_COUNT) * 0.5 ** (k + 1)

    def noise(rate: float) -> float:
        return float(np.exp(-rate) * entropy(inflated + (1 - NO_COUNT) * poisson.pmf(k, rate)))

    return float(entropy(marginal) - quad(noise, 0, 60, limit=400)[0])


GAUSSIAN_BITS = float(-0.5 * np.log2(1 - CORRELATION**2))  # less than 0.001 more than if rounded
CASES = (
    Case("3 actions, no effect", 0.0, without_effect, (True, False)),
    Case(
        "3 actions, normal effects", normal_bits(of_means, 1, -9, 9), three_actions, (True, False)
    ),
    Case("4 actions, 4 named effects", named_bits(), named_effects, (True, True), counted=True),
    Case("steps", float(np.log2(SIDES)) - (SIDES - 1) / SIDES, steps),
    Case("zero-inflated counts", counts_bits(), counts),
    Case("a key, often held or not", normal_bits(of_held, SPREAD, -2, 3), held_key),
    Case("normal amounts", GAUSSIAN_BITS, gaussian),
    Case("normal amounts, rounded", GAUSSIAN_BITS, partial(gaussian, decimals=ROUNDED)),
)
ESTIMATORS = ("mixed", "ksg", "copula", "plugin")


def main(words: list[str]) -> None:
    """Print a row for each case and number of windows."""
    row("log", "true bits", "windows", *ESTIMATORS)
    row(*["---"] * (3 + len(ESTIMATORS)))
    for case in CASES:
        for count in map(int, words or WINDOWS):
            errors = (error(case, count, estimator) for estimator in ESTIMATORS)
            row(case.name, f"{case.bits:.3f}", f"{count}", *errors)


def error(case: Case, count: int, estimator: str) -> str:
    """Mean error of an estimator and its standard deviation; a dash if it does not apply."""
    if any(case.categories) and estimator in ("ksg", "copula"):
        return "--"
    bins = BINS if estimator == "plugin" and not case.counted else None
    settings = EstimateSettings(estimator, bins=bins)
    masks = [np.array([is_category]) for is_category in case.categories]

    def estimate(run: int) -> float:
        rng = np.random.default_rng([count, run])
        x, y = (part[:, None].astype(float) for part in case.draw(count, rng))
        points = trial_points(Trial("", "", x, y, None), settings, rng, masks)
        return 0.0 if points is None else estimate_function(settings)(*points[:2])

    runs = RUNS if count < MANY else FEW_RUNS
    bits = np.array(list(parallel_map(estimate, range(runs))))
    return f"{bits.mean() - case.bits:+.3f} ± {bits.std():.3f}"


def row(*cells: str) -> None:
    """Print a row of a Markdown table."""
    print("| " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
