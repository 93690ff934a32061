"""`python -m benchmarks.statistics [N]`: false alarms and intervals of `gridemp mi`, as two tables.

The series are autoregressive of order one, with 200 windows by default. The first table has the
share of tests with p of 0.05 or less where actions tell nothing about effects beyond the context.
The second has the share of 95 % intervals that contain the mean of the estimator, and the truth.
"""

import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from math import isnan, nan, sqrt

import numpy as np
from scipy.signal import lfilter

from gridemp.logs import EstimateSettings, Trial, Windows, binned
from gridemp.logs.cautions import refuses_p
from gridemp.logs.jackknife import interval
from gridemp.logs.resampling import (
    MIN_SHUFFLES,
    SIGNIFICANT,
    by_residuals,
    null_estimates,
    p_value,
    residual_shifts,
)
from gridemp.logs.trial_points import (
    estimate_function,
    is_discrete,
    trial_points,
    varying_categories,
)
from gridemp.typing import Array, Mask

WINDOWS, RUNS = 200, 200
AUTOCORRELATIONS = 0.0, 0.5, 0.8, 0.9
CATEGORIES = 3
BEFORE = 100  # windows that are simulated and left out
REACTION = 0.3  # of actions to the previous motion
BITS = 0.5  # information of the logs for the intervals


@dataclass(frozen=True)
class Case:
    """Kind of simulated log.

    Attributes
    ----------
    estimator : str
        Name of the estimator.
    context : str
        Words for the context; empty if there is none.
    columns : tuple of int
        Numbers of columns of actions, effects and context.
    categories : tuple of bool
        True if actions, effects and context are categories.
    """

    estimator: str
    context: str = ""
    columns: tuple[int, int, int] = (1, 1, 1)
    categories: tuple[bool, bool, bool] = (False, False, False)


SHARED, WHITE, PREVIOUS = "shared", "shared, not persistent", "previous effects"
MANY = (4, 3, 3)
NAMED, BOTH, ALL = (True, False, False), (True, True, False), (True, True, True)
CASES = (
    *(
        Case(estimator, context, columns)
        for estimator in ("ksg", "copula")
        for context, columns in (
            ("", MANY),
            (SHARED, (1, 1, 1)),
            (SHARED, MANY),
            (WHITE, (1, 1, 1)),
            (PREVIOUS, MANY),
        )
    ),
    Case("mixed", "", categories=NAMED),
    Case("mixed", SHARED, categories=NAMED),
    Case("mixed", SHARED, categories=(True, False, True)),
    Case("mixed", SHARED, categories=BOTH),
    Case("plugin", "", categories=BOTH),
    Case("plugin", SHARED, categories=ALL),
)


def persistent(count: int, columns: int, autocorrelation: float, rng: np.random.Generator) -> Array:
    """Normal series of variance 1 with this correlation of successive windows."""
    noise = rng.normal(size=(count + BEFORE, columns)) * sqrt(1 - autocorrelation**2)
    return np.asarray(lfilter([1.0], [1.0, -autocorrelation], noise, axis=0)[BEFORE:])


def in_categories(column: Array) -> Array:
    """Numbers of three categories that occur equally often, by size."""
    return binned(column, CATEGORIES).astype(float)


def without_information(
    case: Case, autocorrelation: float, count: int, rng: np.random.Generator
) -> Windows:
    """Windows whose actions tell nothing about effects beyond the context."""
    actions, effects, context = case.columns
    x = persistent(count, actions, autocorrelation, rng)
    y = persistent(count, effects, autocorrelation, rng)
    z = None
    if case.context == PREVIOUS:
        motion = persistent(count + 1, effects, autocorrelation, rng)
        y, z = motion[1:], motion[:-1]
        x[:, :context] += REACTION * z[:, :actions]
    elif case.context:
        z = persistent(count, context, 0.0 if case.context == WHITE else autocorrelation, rng)
        if case.categories[2]:
            z = in_categories(z) - 1
        x, y = x + z[:, :1], y + z[:, :1]
    return windows_of(case, x, y, z)


def with_information(
    estimator: str, autocorrelation: float, count: int, rng: np.random.Generator
) -> Windows:
    """Windows of one normal action and effect with `BITS` of information."""
    shared = 1 - 2 ** (-2 * BITS)
    x, noise = (persistent(count, 1, autocorrelation, rng) for _ in range(2))
    y = sqrt(shared) * x + sqrt(1 - shared) * noise
    return windows_of(Case(estimator), x, y, None)


def windows_of(case: Case, x: Array, y: Array, z: Array | None) -> Windows:
    """Windows of a single trial, of which some columns are put into categories."""

    def categorized(part: Array, is_category: bool) -> Array:
        return in_categories(part) if is_category else part

    actions, effects = categorized(x, case.categories[0]), categorized(y, case.categories[1])
    context = None if z is None else categorized(z, case.categories[2])
    names = [
        tuple(f"{name}{i}" for i in range(0 if part is None else part.shape[1]))
        for name, part in (("x", actions), ("y", effects), ("z", context))
    ]
    labels = [str(i) for i in range(CATEGORIES)]
    categories = {
        name: labels
        for part, is_category in zip(names, case.categories, strict=True)
        for name in part
        if is_category
    }
    trial = Trial("", "", actions, effects, context)
    return Windows("simulation", (trial,), names[0], names[1], names[2], "", categories=categories)


def p_of(case: Case, autocorrelation: float, count: int, run: int) -> float:
    """P value of a simulated log, or NaN if it is refused, as in `gridemp mi`."""
    rng = np.random.default_rng([count, round(100 * autocorrelation), run])
    windows = without_information(case, autocorrelation, count, rng)
    settings = EstimateSettings(case.estimator, shuffles=MIN_SHUFFLES).for_windows(windows)
    if refuses_p(windows, settings):
        return nan
    (trial,), masks = windows.trials, windows.category_masks
    points = trial_points(trial, settings, rng, masks)
    if points is None:
        return 1.0
    x, y, z = points
    estimate = estimate_function(settings)
    discrete, kinds = is_discrete(settings, z), varying_categories(trial, masks)
    if z is not None and by_residuals(z, settings.null, discrete=discrete):
        chance = residual_shifts(estimate, x, y, z, settings.shuffles, rng, kinds)
    else:
        null = settings.null
        chance = null_estimates(
            estimate, x, y, z, settings.shuffles, rng, null=null, discrete=discrete
        )
    return p_value(estimate(x, y) if z is None else estimate(x, y, z), chance)


def interval_of(
    estimator: str, autocorrelation: float, count: int, run: int
) -> tuple[float, float, float]:
    """Estimate of a simulated log, and the ends of its interval, as in `gridemp mi`."""
    rng = np.random.default_rng([count, round(100 * autocorrelation), run])
    windows = with_information(estimator, autocorrelation, count, rng)
    bins = CATEGORIES if estimator == "plugin" else None
    settings = EstimateSettings(estimator, bins=bins)
    points = trial_points(windows.trials[0], settings, rng, windows.category_masks)
    assert points is not None
    estimate = estimate_function(settings)
    bits = estimate(*points[:2])
    return bits, *interval(bits, estimate, points)


def main(words: list[str]) -> None:
    """Print both tables."""
    count = int(words[0]) if words else WINDOWS
    autocorrelations = [f"{value:g}" for value in AUTOCORRELATIONS]
    with ProcessPoolExecutor() as pool:
        row("estimator", "context", "columns", *autocorrelations)
        row(*["---"] * (3 + len(AUTOCORRELATIONS)))
        for case in CASES:
            shares = []
            for value in AUTOCORRELATIONS:
                p = list(pool.map(partial(p_of, case, value, count), range(RUNS), chunksize=10))
                shares.append(false_alarms(p))
            row(case.estimator, case.context or "none", columns(case), *shares)
        print()
        row("estimator", "interval contains", *autocorrelations)
        row(*["---"] * (2 + len(AUTOCORRELATIONS)))
        for estimator in ("ksg", "copula", "plugin"):
            of_mean, of_truth = [], []
            for value in AUTOCORRELATIONS:
                work = partial(interval_of, estimator, value, count)
                found = np.array(list(pool.map(work, range(RUNS), chunksize=10)))
                of_mean.append(coverage(found, float(found[:, 0].mean())))
                of_truth.append(coverage(found, BITS))
            row(estimator, "mean of the estimator", *of_mean)
            row("", f"truth, {BITS} bits", *of_truth)


def columns(case: Case) -> str:
    """Numbers of columns, with a c where they are categories."""
    numbers = case.columns if case.context else case.columns[:2]
    return ", ".join(
        f"{number}{'c' if is_category else ''}"
        for number, is_category in zip(numbers, case.categories, strict=False)
    )


def false_alarms(p: Sequence[float]) -> str:
    """Percentage of p values of 0.05 or less, with its standard error, and how many are refused."""
    given = [value for value in p if not isnan(value)]
    if len(given) < RUNS / 10:
        return "no p"
    refused = f" ({len(p) - len(given)} no p)" if len(given) < len(p) else ""
    return percentage(np.array(given) <= SIGNIFICANT) + refused


def coverage(found: Array, value: float) -> str:
    """Percentage of intervals that contain a value, with its standard error."""
    return percentage((found[:, 1] <= value) & (value <= found[:, 2]))


def percentage(hits: Mask) -> str:
    """Percentage of True, with its standard error."""
    share = float(np.mean(hits))
    return f"{100 * share:.1f} ± {100 * sqrt(share * (1 - share) / len(hits)):.1f}"


def row(*cells: str) -> None:
    """Print a row of a Markdown table."""
    print("| " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
