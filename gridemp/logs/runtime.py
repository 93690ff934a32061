"""Estimates of the time that estimates of information take, by timing a few of them."""

from collections.abc import Callable, Sequence
from time import perf_counter

import numpy as np

from gridemp.logs.estimate_settings import WITH_NEIGHBOURS, EstimateSettings
from gridemp.logs.jackknife import HALVES
from gridemp.logs.neighbour_counts import ALL_PAIRS
from gridemp.logs.resampling import by_residuals, null_estimates, residual_shifts
from gridemp.logs.trial_points import (
    estimate_function,
    is_discrete,
    trial_points,
    varying_categories,
)
from gridemp.logs.windows import Trial, Windows
from gridemp.parallel import available_processors, parallel_map
from gridemp.typing import Mask

MAX_CALLS, ENOUGH = 50, 0.1  # calls that are timed, or seconds if they are long
TOGETHER = 5  # null estimates that are timed together, as some work is done once for all


def expected_measure_seconds(windows: Windows, settings: EstimateSettings) -> float:
    """Expected time of the estimates of all trials, from timing a few in the longest one."""
    counts = [len(trial.actions) for trial in windows.trials]
    longest = int(np.argmax(counts))
    masks = windows.category_masks
    threads = min(available_processors(), len(counts))
    seconds = expected_trial_seconds(windows.trials[longest], settings, masks, threads)
    power = 2 if settings.estimator in WITH_NEIGHBOURS and counts[longest] <= ALL_PAIRS else 1
    trials = sum((count / counts[longest]) ** power for count in counts)
    return seconds * trials / threads


def expected_trial_seconds(
    trial: Trial, settings: EstimateSettings, categories: Sequence[Mask], threads: int
) -> float:
    """Expected time of `trial_information`, by timing the estimates of each kind that it makes.

    They are timed on several threads at once, which slow each other down a little, as do other
    programs.
    """
    rng = np.random.default_rng(settings.seed)
    points = trial_points(trial, settings, rng, categories)
    if points is None:
        return 0.0
    x, y, z = points
    estimate = estimate_function(settings)
    half = [part[: (len(part) + 1) // 2] for part in points if part is not None]
    discrete, masks = is_discrete(settings, z), varying_categories(trial, categories)

    def nulls(_: int) -> object:
        return null_estimates(
            estimate,
            x,
            y,
            z,
            TOGETHER,
            np.random.default_rng(settings.seed),
            null=settings.null,
            discrete=discrete,
            categories=masks,
        )

    of_half = seconds_of(lambda _: estimate(*half), threads)
    of_null = seconds_of(nulls, threads) / TOGETHER
    if z is not None and by_residuals(z, settings.null, discrete=discrete):
        given = z  # mypy forgets in the function below that it is not None

        def pairs(_: int) -> object:
            own = np.random.default_rng(settings.seed)
            return residual_shifts(estimate, x, y, given, TOGETHER, own, masks)

        of_null += seconds_of(pairs, threads) / TOGETHER
    count = settings.shuffles
    if settings.null == "shift" and not (discrete and z is not None):
        count = min(count, len(x) - 1)  # there are no more shifts
    return HALVES * of_half + count * of_null


def seconds_of(work: Callable[[int], object], threads: int) -> float:
    """Mean time of a few calls on each thread, after a first one, which may import packages."""
    work(0)

    def calls(thread: int) -> float:
        began, done = perf_counter(), 0
        while not done or (done < MAX_CALLS and perf_counter() - began < ENOUGH):
            work(thread)
            done += 1
        return (perf_counter() - began) / done

    return float(np.mean(parallel_map(calls, range(threads), threads=threads)))
