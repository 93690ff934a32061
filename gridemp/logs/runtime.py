"""Estimates of the time that estimates of information take, by timing a few of them."""

from collections.abc import Callable, Sequence
from time import perf_counter

import numpy as np

from gridemp.logs.estimate_settings import WITH_NEIGHBOURS, EstimateSettings
from gridemp.logs.ksg import ALL_PAIRS
from gridemp.logs.resampling import HALVES, by_residuals, null_estimates
from gridemp.logs.trial_points import (
    estimate_function,
    is_discrete,
    trial_points,
    varying_categories,
)
from gridemp.logs.windows import Trial, Windows
from gridemp.parallel import available_processors
from gridemp.typing import Mask

MAX_CALLS, ENOUGH = 50, 0.1  # calls that are timed, or seconds if they are long


def expected_measure_seconds(windows: Windows, settings: EstimateSettings) -> float:
    """Expected time of the estimates of all trials, from timing a few in the longest one."""
    counts = [len(trial.actions) for trial in windows.trials]
    longest = int(np.argmax(counts))
    masks = windows.category_masks
    seconds = expected_trial_seconds(windows.trials[longest], settings, masks)
    power = 2 if settings.estimator in WITH_NEIGHBOURS and counts[longest] <= ALL_PAIRS else 1
    trials = sum((count / counts[longest]) ** power for count in counts)
    return seconds * trials / min(available_processors(), len(counts))


def expected_trial_seconds(
    trial: Trial, settings: EstimateSettings, categories: Sequence[Mask]
) -> float:
    """Expected time of `trial_information`, by timing one estimate of each kind that it makes."""
    rng = np.random.default_rng(settings.seed)
    points = trial_points(trial, settings, rng, categories)
    if points is None:
        return 0.0
    x, y, z = points
    estimate = estimate_function(settings, conditional=z is not None)
    half = [part[: (len(part) + 1) // 2] for part in points if part is not None]
    discrete = is_discrete(settings, z)
    of_half = seconds_of(lambda: estimate(*half))
    of_null = seconds_of(
        lambda: null_estimates(
            estimate,
            x,
            y,
            z,
            1,
            rng,
            null=settings.null,
            discrete=discrete,
            categories=varying_categories(trial, categories),
        )
    )
    nulls = settings.shuffles
    if settings.null == "shift" and not (discrete and z is not None):
        nulls = min(nulls, len(x) - 1)  # there are no more shifts
    if by_residuals(z, settings.null, discrete=discrete):
        of_null *= 3  # of its pair as well
    return HALVES * of_half + (nulls + 1) * of_null


def seconds_of(work: Callable[[], object]) -> float:
    """Mean time of a few calls, after a first one, which may have to import packages."""
    work()
    began, calls = perf_counter(), 0
    while not calls or (calls < MAX_CALLS and perf_counter() - began < ENOUGH):
        work()
        calls += 1
    return (perf_counter() - began) / calls
