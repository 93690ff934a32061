"""Information of actions about effects in one trial, with its standard error and null estimates."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import nan

import numpy as np

from gridemp.logs.estimate_settings import EstimateSettings
from gridemp.logs.jackknife import interval
from gridemp.logs.resampling import by_residuals, null_estimates, p_value, residual_shifts
from gridemp.logs.trial_points import (
    estimate_function,
    is_discrete,
    no_categories,
    trial_points,
    varying_categories,
)
from gridemp.logs.trial_rows import trial_values
from gridemp.logs.windows import Trial
from gridemp.progress import Progress, ignore
from gridemp.typing import Mask

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
        (1 + number of null estimates that are as large) / (1 + number of null estimates), or NaN if
        the windows are too persistent for these null estimates. With a context and shifts, null
        estimates are compared in pairs, so p does not follow from `null_mean` and `null_sd`.
    orders : int
        Number of null estimates.
    without : float
        Estimate without context, in bits, if `bits` takes context into account; otherwise NaN.
    conditions : tuple of str
        Names of the conditions, one for each column of `LearningCurve.conditions`.

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
    conditions: tuple[str, ...] = ()


def trial_information(
    trial: Trial,
    settings: EstimateSettings,
    rng: np.random.Generator,
    progress: Progress | None = None,
    categories: Sequence[Mask] | None = None,
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
    categories : sequence of ndarray of bool, shapes (columns,), optional
        True for each column of actions, of effects and of context that holds categories.

    Returns
    -------
    TrialInformation

    Raises
    ------
    GridempError
        If there are too few windows, or too many symbols to count.
    """
    progress = progress or ignore
    categories = categories or no_categories(trial)
    points = trial_points(trial, settings, rng, categories)
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
    estimate = estimate_function(settings)
    bits = estimate(x, y) if z is None else estimate(x, y, z)
    discrete, masks = is_discrete(settings, z), varying_categories(trial, categories)
    low, high = interval(
        bits,
        estimate,
        points,
        masks,
        lambda fraction: progress(fraction * SHARE_OF_ERROR),
        with_times=settings.theiler > 0,
    )
    in_pairs = by_residuals(z, settings.null, discrete=discrete)
    share = (1 - SHARE_OF_ERROR) / (3 if in_pairs else 1)  # pairs take twice as long
    chance = null_estimates(
        estimate,
        x,
        y,
        z,
        settings.shuffles,
        rng,
        null=settings.null,
        discrete=discrete,
        categories=masks,
        progress=lambda fraction: progress(SHARE_OF_ERROR + fraction * share),
    )
    tested = chance
    if z is not None and in_pairs:
        tested = residual_shifts(
            estimate,
            x,
            y,
            z,
            settings.shuffles,
            rng,
            masks,
            lambda fraction: progress(1 - (1 - fraction) * 2 * share),
        )
    if trial.context is not None:
        without = estimate_function(settings)(x, y)
    return TrialInformation(
        player=trial.player,
        trial=trial.trial,
        windows=len(trial.actions),
        bits=bits,
        low=low,
        high=high,
        null_mean=float(chance.mean()),
        null_sd=float(chance.std()),
        p=p_value(bits, tested),
        orders=len(chance),
        without=without,
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
