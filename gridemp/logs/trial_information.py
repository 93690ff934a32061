"""Information of actions about effects in one trial, with its standard error and null estimates."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from math import nan

import numpy as np

from gridemp.errors import GridempError
from gridemp.logs.estimate_settings import EstimateSettings
from gridemp.logs.gaussian_copula import linear_information, normal_scores
from gridemp.logs.ksg import frenzel_pompe, ksg
from gridemp.logs.plug_in import binned, plug_in, symbols
from gridemp.logs.resampling import (
    Estimate,
    null_estimates,
    p_value,
    standard_error,
)
from gridemp.logs.scipy_extra import require_scipy
from gridemp.logs.windows import Trial, trial_values
from gridemp.progress import Progress, ignore
from gridemp.typing import Array

JITTER = 1e-6  # standard deviations of a column: the width over which ties are spread
MIN_WINDOWS_EACH = 2  # for each combination of symbols; with fewer, counting says nothing
CONFIDENCE = 0.95
SHARE_OF_ERROR = 0.1  # of the time of a trial: about that of estimates of halves


@dataclass(frozen=True)
class TrialInformation:
    """Information that the actions of one trial have about their effects.

    Attributes
    ----------
    player, trial : str
        Names as in the log.
    windows : int
        Number of windows used in the estimate.
    bits : float
        Estimate in bits per window, which may be below 0.
    low, high : float
        95 % interval from the standard error, for the mean of the estimator; its bias is not
        included.
    null_mean, null_sd : float
        Mean and standard deviation of the null estimates, in bits.
    p : float
        (1 + number of null estimates that are as large) / (1 + number of null estimates).
    orders : int
        Number of null estimates.
    without : float
        Estimate without context, in bits, if `bits` takes context into account; otherwise NaN.

    Examples
    --------
    >>> import numpy as np
    >>> from gridemp.logs import EstimateSettings, Trial, Windows, measure
    >>> rng = np.random.default_rng(0)
    >>> held, noise = rng.normal(size=(2, 100, 1))
    >>> trials = (Trial("Ada", "1", held, held + noise, None),)
    >>> windows = Windows("log", trials, ("held",), ("moved",), (), "trial")
    >>> (trial,) = measure(windows, EstimateSettings("copula", shuffles=20)).trials
    >>> trial.player, trial.windows, trial.low < trial.bits < trial.high
    ('Ada', 100, True)
    """

    player: str
    trial: str
    windows: int
    bits: float
    low: float
    high: float
    null_mean: float
    null_sd: float
    p: float
    orders: int
    without: float


def trial_information(
    trial: Trial,
    settings: EstimateSettings,
    rng: np.random.Generator,
    progress: Progress | None = None,
) -> TrialInformation:
    """Estimate the information that the actions of a trial have about their effects.

    Parameters
    ----------
    trial : Trial
        Windows of the trial.
    settings : EstimateSettings
        Settings of the estimate; the seed is not used.
    rng : numpy.random.Generator
        Source of all random numbers.
    progress : callable, optional
        Called with the fraction done, from 0 to 1.

    Returns
    -------
    TrialInformation

    Raises
    ------
    GridempError
        If there are too few windows, or too many symbols to count.
    """
    progress = progress or ignore
    points = trial_points(trial, settings, rng)
    without = nan if trial.context is None else 0.0
    if points is None:
        progress(1.0)
        return TrialInformation(
            player=trial.player,
            trial=trial.trial,
            windows=len(trial.actions),
            bits=0.0,
            low=0.0,
            high=0.0,
            null_mean=0.0,
            null_sd=0.0,
            p=1.0,
            orders=0,
            without=without,
        )
    x, y, z = points
    estimate = estimate_function(settings.estimator, settings.k, conditional=z is not None)
    bits = estimate(x, y) if z is None else estimate(x, y, z)
    half = errors_aside() * standard_error(
        estimate, x, y, z, rng, lambda fraction: progress(fraction * SHARE_OF_ERROR)
    )
    chance = null_estimates(
        estimate,
        x,
        y,
        z,
        settings.shuffles,
        rng,
        null=settings.null,
        discrete=settings.estimator == "plugin",
        progress=lambda fraction: progress(SHARE_OF_ERROR + fraction * (1 - SHARE_OF_ERROR)),
    )
    if trial.context is not None:
        without = estimate_function(settings.estimator, settings.k, conditional=False)(x, y)
    return TrialInformation(
        player=trial.player,
        trial=trial.trial,
        windows=len(trial.actions),
        bits=bits,
        low=bits - half,
        high=bits + half,
        null_mean=float(chance.mean()),
        null_sd=float(chance.std()),
        p=p_value(bits, chance),
        orders=len(chance),
        without=without,
    )


def trial_points(
    trial: Trial, settings: EstimateSettings, rng: np.random.Generator
) -> tuple[Array, Array, Array | None] | None:
    """Actions, effects and context of a trial as the estimator needs them.

    Columns that are constant are left out. The context is None if no column of it is left, and the
    result is None if no action or no effect is.
    """
    parts: list[Array] = [trial.actions, trial.effects]
    if trial.context is not None:
        parts.append(trial.context)
    parts = [part[:, np.ptp(part, axis=0) > 0] for part in parts]
    if not parts[0].size or not parts[1].size:
        return None
    x, y, *rest = prepared(trial, parts, settings, rng)
    return x, y, rest[0] if rest and rest[0].size else None


def errors_aside() -> float:
    """Number of standard errors on either side of an interval, by the normal distribution."""
    require_scipy()
    from scipy.special import ndtri

    return float(ndtri((1 + CONFIDENCE) / 2))


def prepared(
    trial: Trial, parts: list[Array], settings: EstimateSettings, rng: np.random.Generator
) -> list[Array]:
    """Columns of actions, effects and context as the estimator needs them."""
    if settings.estimator == "ksg":
        return [jittered(standardized(part), rng) for part in parts]
    if settings.estimator == "copula":
        return [normal_scores(part) for part in parts]
    if settings.bins is not None:
        parts = [binned(part, settings.bins).astype(float) for part in parts]
    check_counts(trial, parts, settings.bins)
    return parts


def estimate_function(estimator: str, k: int, *, conditional: bool) -> Estimate:
    """Estimator of prepared columns, called with x and y, or with x, y and z if conditional."""
    if estimator == "ksg":
        return partial(frenzel_pompe if conditional else ksg, k=k)
    return linear_information if estimator == "copula" else plug_in


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


def trials_by_player(trials: Sequence[TrialInformation]) -> dict[str, list[TrialInformation]]:
    """Trials of each player, in order."""
    players: dict[str, list[TrialInformation]] = {}
    for trial in trials:
        players.setdefault(trial.player, []).append(trial)
    return players


def places_of(trials: Sequence[TrialInformation]) -> dict[str, float]:
    """Place of each trial on the axis of trials, the same for all players."""
    names = list(dict.fromkeys(trial.trial for trial in trials))
    return dict(zip(names, trial_values(names).tolist(), strict=True))
