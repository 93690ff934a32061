"""`python -m benchmarks.statistics [PART]...`: how well the statistics of `gridemp mi` hold.

The series are autoregressive of order one. There are three parts, each a table:

- false-alarms: share of tests with p of 0.05 or less where actions tell nothing about effects
  beyond the context.
- intervals: share of 95 % intervals that contain the mean of the estimator, and the truth.
- theiler: mean error of `ksg` without the windows that are close in time.

With 1,000 logs of 200 windows, the default, they take about 50, 10 and 2 minutes of one processor
that has nothing else to do, shared by all there are. Estimates from neighbours take about 20 times
as long with 1,000 windows.
"""

import argparse
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from math import isnan, nan, sqrt
from typing import TypeVar

import numpy as np

from benchmarks.estimators import row
from benchmarks.persistent_logs import (
    ALL,
    BITS,
    BOTH,
    MANY,
    NAMED,
    PREVIOUS,
    SHARED,
    WHITE,
    Case,
    bits_of,
    with_information,
    without_information,
)
from gridemp.logs import EstimateSettings
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

Found = TypeVar("Found")

WINDOWS, LOGS = 200, 1000
AUTOCORRELATIONS = 0.0, 0.5, 0.8, 0.9
TESTS = (
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
INTERVALS = (
    Case("ksg"),
    Case("copula"),
    Case("mixed", categories=NAMED),
    Case("plugin", categories=BOTH),
)
THEILER_WINDOWS = 0, 1, 2, 5, 10, 20
THEILER_AUTOCORRELATIONS = 0.0, 0.9, 0.97


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
    case: Case, autocorrelation: float, count: int, run: int
) -> tuple[float, float, float]:
    """Estimate of a simulated log, and the ends of its interval, as in `gridemp mi`."""
    rng = np.random.default_rng([count, round(100 * autocorrelation), run])
    windows = with_information(case, autocorrelation, count, rng)
    settings, masks = EstimateSettings(case.estimator), windows.category_masks
    points = trial_points(windows.trials[0], settings, rng, masks)
    assert points is not None
    estimate = estimate_function(settings)
    bits = estimate(*points[:2])
    return bits, *interval(bits, estimate, points, masks[:2])


def theiler_estimates_of(
    case: Case, bits: float, autocorrelation: float, count: int, run: int
) -> list[float]:
    """Estimates of a simulated log, for each number of windows that are left out."""
    rng = np.random.default_rng([count, round(100 * autocorrelation), run])
    windows = (
        with_information(case, autocorrelation, count, rng, bits)
        if bits
        else without_information(case, autocorrelation, count, rng)
    )
    estimates = []
    for theiler in THEILER_WINDOWS:
        settings = EstimateSettings(case.estimator, theiler=theiler)
        points = trial_points(windows.trials[0], settings, rng, windows.category_masks)
        assert points is not None
        estimates.append(estimate_function(settings)(*points[:2]))
    return estimates


def print_false_alarms(pool: ProcessPoolExecutor, options: argparse.Namespace) -> None:
    """Print the share of false alarms in each case, in percent."""
    values = options.autocorrelations
    heading("estimator", "context", "columns", *(f"{value:g}" for value in values))
    for case in chosen(TESTS, options):
        shares = []
        for value in values:
            p = simulated(pool, partial(p_of, case, value, options.windows), options.logs)
            shares.append(false_alarms(p))
        row(case.estimator, case.context or "none", columns(case), *shares)


def print_intervals(pool: ProcessPoolExecutor, options: argparse.Namespace) -> None:
    """Print the share of intervals that contain the mean, and the truth, in percent."""
    values = options.autocorrelations
    heading("estimator", "interval contains", *(f"{value:g}" for value in values))
    for case in chosen(INTERVALS, options):
        of_mean, of_truth, truth = [], [], bits_of(case)
        for value in values:
            work = partial(interval_of, case, value, options.windows)
            found = np.array(simulated(pool, work, options.logs))
            of_mean.append(coverage(found, float(found[:, 0].mean())))
            of_truth.append(coverage(found, truth))
        row(case.estimator, "mean of the estimator", *of_mean)
        row("", f"truth, {truth:.2f} bits", *of_truth)


def print_theiler(pool: ProcessPoolExecutor, options: argparse.Namespace) -> None:
    """Print the mean errors of `ksg` without windows that are close in time, in bits."""
    heading("columns", "true bits", "autocorrelation", *map(str, THEILER_WINDOWS))
    for case, bits in ((Case("ksg"), 0.0), (Case("ksg"), BITS), (Case("ksg", "", MANY), 0.0)):
        for value in THEILER_AUTOCORRELATIONS:
            work = partial(theiler_estimates_of, case, bits, value, options.windows)
            errors = np.array(simulated(pool, work, options.logs)) - bits
            means, spreads = errors.mean(axis=0), errors.std(axis=0)
            cells = [f"{mean:+.2f} ± {sd:.2f}" for mean, sd in zip(means, spreads, strict=True)]
            row(columns(case), f"{bits:g}", f"{value:g}", *cells)


PARTS = {
    "false-alarms": print_false_alarms,
    "intervals": print_intervals,
    "theiler": print_theiler,
}


def main(words: Sequence[str] | None = None) -> None:
    """Print the tables of some parts, or of all."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.statistics")
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"{', '.join(PARTS)}; or all")
    parser.add_argument("--windows", type=int, default=WINDOWS, help="in each log")
    parser.add_argument("--logs", type=int, default=LOGS, help="simulated for each number")
    parser.add_argument("--estimators", nargs="*", default=("ksg", "copula", "mixed", "plugin"))
    parser.add_argument("--autocorrelations", nargs="*", type=float, default=AUTOCORRELATIONS)
    options = parser.parse_args(words)
    if unknown := set(options.parts) - set(PARTS):
        parser.error(f"there is no part {' or '.join(sorted(unknown))}; name {' or '.join(PARTS)}")
    with ProcessPoolExecutor() as pool:
        for name in options.parts or PARTS:
            PARTS[name](pool, options)
            print()


def chosen(cases: Sequence[Case], options: argparse.Namespace) -> list[Case]:
    """Cases of the estimators that were named."""
    return [case for case in cases if case.estimator in options.estimators]


def simulated(pool: ProcessPoolExecutor, work: Callable[[int], Found], logs: int) -> list[Found]:
    """Results of all logs, each from its number."""
    return list(pool.map(work, range(logs), chunksize=10))


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
    if len(given) < len(p) / 10:
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


def heading(*cells: str) -> None:
    """Print the heading of a Markdown table."""
    row(*cells)
    row(*["---"] * len(cells))


if __name__ == "__main__":
    main()
