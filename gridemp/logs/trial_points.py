"""Points of a trial as an estimator needs them, and the estimator for them."""

from collections.abc import Sequence
from functools import partial

import numpy as np

from gridemp.errors import GridempError
from gridemp.logs.estimate_settings import EstimateSettings
from gridemp.logs.gaussian_copula import linear_information, normal_scores
from gridemp.logs.ksg import neighbour_information
from gridemp.logs.mixed_ksg import mixed_information, separated
from gridemp.logs.plug_in import binned, plug_in, symbols
from gridemp.logs.resampling import Estimate
from gridemp.logs.windows import Trial
from gridemp.typing import Array, Mask

JITTER = 1e-6  # standard deviations of a column: the width over which ties are spread
MIN_WINDOWS_EACH = 2  # for each combination of symbols; with fewer, counting says nothing


def no_categories(trial: Trial) -> tuple[Mask, ...]:
    """Masks of a trial that holds only amounts."""
    parts = (trial.actions, trial.effects, trial.context)
    return tuple(np.zeros(0 if part is None else part.shape[1], dtype=bool) for part in parts)


def trial_points(
    trial: Trial,
    settings: EstimateSettings,
    rng: np.random.Generator,
    categories: Sequence[Mask],
) -> tuple[Array, Array, Array | None] | None:
    """Actions, effects and context of a trial as the estimator needs them.

    Columns that are constant are left out. The context is None if no column of it is left, and the
    result is None if no action or no effect is.
    """
    parts: list[Array] = [trial.actions, trial.effects]
    if trial.context is not None:
        parts.append(trial.context)
    varying = [np.ptp(part, axis=0) > 0 for part in parts]
    parts = [part[:, mask] for part, mask in zip(parts, varying, strict=True)]
    masks = varying_categories(trial, categories)
    if not parts[0].size or not parts[1].size:
        return None
    x, y, *rest = prepared(trial, parts, settings, rng, masks)
    return x, y, rest[0] if rest and rest[0].size else None


def varying_categories(trial: Trial, categories: Sequence[Mask]) -> list[Mask]:
    """Masks of the columns of actions, effects and context that are not constant."""
    parts = (trial.actions, trial.effects, trial.context)
    return [
        mask[np.ptp(part, axis=0) > 0]
        for part, mask in zip(parts, categories, strict=False)
        if part is not None
    ]


def prepared(
    trial: Trial,
    parts: list[Array],
    settings: EstimateSettings,
    rng: np.random.Generator,
    categories: list[Mask],
) -> list[Array]:
    """Columns of actions, effects and context as the estimator needs them."""
    if settings.estimator == "mixed":
        scaled = [
            np.where(mask, part, standardized(part))
            for part, mask in zip(parts, categories, strict=True)
        ]
        return separated(scaled, categories)
    if settings.estimator == "copula":
        return [normal_scores(part) for part in parts]
    if settings.estimator != "plugin":
        return [jittered(standardized(part), rng) for part in parts]
    if settings.bins is not None:
        parts = [
            np.where(mask, part, binned(part, settings.bins))
            for part, mask in zip(parts, categories, strict=True)
        ]
    check_counts(trial, parts, settings.bins)
    return parts


def estimate_function(settings: EstimateSettings) -> Estimate:
    """Estimator of prepared columns, called with x and y, or with x, y and z."""
    if settings.estimator == "copula":
        return linear_information
    if settings.estimator == "plugin":
        return plug_in
    neighbours = mixed_information if settings.estimator == "mixed" else neighbour_information
    return partial(neighbours, k=settings.k, theiler=settings.theiler)


def is_discrete(settings: EstimateSettings, z: Array | None) -> bool:
    """Return True if several windows have the same context, so that it can be held fixed."""
    if settings.estimator != "mixed" or z is None or settings.null == "shift":
        return settings.estimator == "plugin"
    return len(np.unique(z, axis=0)) * MIN_WINDOWS_EACH <= len(z)


def standardized(columns: Array) -> Array:
    """Columns of mean 0 and standard deviation 1, so that all count equally in distances."""
    return np.asarray((columns - columns.mean(axis=0)) / columns.std(axis=0))


def jittered(columns: Array, rng: np.random.Generator) -> Array:
    """Columns of standard deviation 1 whose ties are broken at random."""
    return np.asarray(columns + rng.uniform(-JITTER / 2, JITTER / 2, columns.shape))


def check_counts(trial: Trial, parts: list[Array], bins: int | None) -> None:
    """Raise a GridempError if most combinations of symbols would be seen once or never."""
    numbers = [int(symbols([part]).max()) + 1 for part in parts if part.size]
    columns = sum(part.shape[1] for part in parts)
    count, combinations = len(trial.actions), int(np.prod(numbers))
    if combinations * MIN_WINDOWS_EACH > count:
        into = "of these values" if bins is None else f"in {bins} bins each"
        raise GridempError(
            f"{columns} columns {into} make {combinations} combinations for {count} windows: most "
            "occur once or never, so counting would find far too many bits, whatever the truth; "
            "set `estimator` to ksg or copula, or use fewer columns or fewer `bins`"
        )
