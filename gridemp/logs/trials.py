"""What the actions of one trial tell about their effects, with its error and what chance gives."""

from functools import partial
from math import nan

import numpy as np
from scipy.stats import norm

from gridemp.errors import GridempError
from gridemp.logs.gaussian_copula import linear_information, normal_scores
from gridemp.logs.ksg import frenzel_pompe, ksg
from gridemp.logs.plug_in import binned, labels, plug_in
from gridemp.logs.resampling import Estimate, null_estimates, p_value, standard_error
from gridemp.logs.result import TrialInformation
from gridemp.logs.windows import Trial
from gridemp.typing import Array

JITTER = 1e-6  # of a column's standard deviation: how wide the range is that ties are spread over
SPARSE = 2  # windows for each combination of symbols, below which counting says nothing
LEVEL = 0.95
ERRORS = float(norm.ppf((1 + LEVEL) / 2))  # standard errors on either side


def trial_information(
    trial: Trial,
    estimator: str,
    rng: np.random.Generator,
    *,
    k: int = 3,
    bins: int | None = None,
    shuffles: int = 200,
    null: str = "shift",
) -> TrialInformation:
    """Estimate the information of a trial; the parameters are those of `measure`.

    Raises
    ------
    GridempError
        If there are too few windows, or too many symbols to count.
    """
    parts: list[Array] = [trial.actions, trial.effects] + (
        [] if trial.context is None else [trial.context]
    )
    parts = [part[:, np.ptp(part, axis=0) > 0] for part in parts]
    names = (trial.player, trial.trial, len(trial.actions))
    without = nan if trial.context is None else 0.0
    if not parts[0].size or not parts[1].size:
        return TrialInformation(*names, *(0.0, 0.0, 0.0, 0.0, 0.0, 1.0), 0, without)
    if estimator == "plugin":
        parts = [part if bins is None else binned(part, bins).astype(float) for part in parts]
        check_counts(trial, parts, bins)
    elif estimator == "ksg":
        parts = [untied(scaled(part), rng) for part in parts]
    else:
        parts = [normal_scores(part) for part in parts]
    x, y, *rest = parts
    z = rest[0] if rest and rest[0].size else None
    estimate = estimate_by(estimator, k, given=z is not None)
    bits = estimate(x, y) if z is None else estimate(x, y, z)
    error = standard_error(estimate, x, y, z, rng)
    chance = null_estimates(
        estimate, x, y, z, shuffles, rng, null=null, discrete=estimator == "plugin"
    )
    if trial.context is not None:
        without = estimate_by(estimator, k, given=False)(x, y)
    return TrialInformation(
        *names,
        bits,
        bits - ERRORS * error,
        bits + ERRORS * error,
        float(chance.mean()),
        float(chance.std()),
        p_value(bits, chance),
        len(chance),
        without,
    )


def estimate_by(estimator: str, k: int, *, given: bool) -> Estimate:
    """The estimator of that name, with context or without, of columns that are prepared for it."""
    if estimator == "ksg":
        return partial(frenzel_pompe if given else ksg, k=k)
    return linear_information if estimator == "copula" else plug_in


def scaled(columns: Array) -> Array:
    """Columns of mean 0 and standard deviation 1, so that all count alike in distances."""
    return np.asarray((columns - columns.mean(axis=0)) / columns.std(axis=0))


def untied(columns: Array, rng: np.random.Generator) -> Array:
    """Columns of standard deviation 1 whose ties are broken at random."""
    return np.asarray(columns + rng.uniform(-JITTER / 2, JITTER / 2, columns.shape))


def check_counts(trial: Trial, parts: list[Array], bins: int | None) -> None:
    """Raise a GridempError if most combinations of symbols would be seen once or never."""
    symbols = [int(labels([part]).max()) + 1 for part in parts if part.size]
    columns = sum(part.shape[1] for part in parts)
    count, combinations = len(trial.actions), int(np.prod(symbols))
    if combinations * SPARSE > count:
        into = "as they stand" if bins is None else f"in {bins} bins each"
        raise GridempError(
            f"{columns} columns {into} make {combinations} combinations for {count} windows: most "
            "occur once or never, and counting then finds far too many bits, whatever the truth; "
            "take --estimator ksg or copula, fewer columns or fewer --bins"
        )
