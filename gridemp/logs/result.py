"""Information that actions have about effects: per trial, its mean over players, its trend."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from gridemp.typing import Array

SIGNIFICANT = 0.05  # largest p at which an estimate is told apart from chance


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


@dataclass(frozen=True)
class TrialMean:
    """Mean over players of the trials at one place.

    Attributes
    ----------
    place : float
        Name of the trials if it is a number; otherwise their position, counted from 1.
    players : int
        Number of players.
    bits : float
        Mean of the estimates.
    low, high : float
        95 % interval of the mean, by Student's t from the differences between players; NaN for a
        single player.
    null_mean, null_sd : float
        Means over players of the mean and standard deviation of the null estimates, in bits.
    without : float
        Mean of the estimates without context, or NaN.
    """

    place: float
    players: int
    bits: float
    low: float
    high: float
    null_mean: float
    null_sd: float
    without: float


@dataclass(frozen=True)
class Trend:
    """Straight line through the information of trials.

    Attributes
    ----------
    player : str or None
        Player of the trials; None for the mean of all players.
    trials : int
        Number of trials.
    above_chance : bool
        True for the trend of the estimates less the mean of the null estimates, which may have a
        trend of their own.
    slope : float
        Least-squares slope in bits per trial, or per unit if the names of the trials are numbers.
    intercept : float
        Value of the line at 0, in bits.
    low, high : float
        95 % interval of the slope, by Student's t, from the residuals of one player's trials or
        from the differences between the slopes of several players, taken as independent.
    spearman : float
        Spearman's rank correlation of information and trial; for several players, its mean.
    """

    player: str | None
    trials: int
    above_chance: bool
    slope: float
    intercept: float
    low: float
    high: float
    spearman: float


@dataclass(frozen=True, eq=False)
class LearningCurve:
    """Information of all trials of a log, with its means over players and its trends.

    Attributes
    ----------
    name : str
        Name of the log.
    actions, effects, context : tuple of str
        Names of the columns.
    by : str
        Column that tells trials apart; "" if there is none.
    trials : tuple of TrialInformation
        Trials ordered by player and then by trial.
    means : tuple of TrialMean
        Means over players, from the first place to the last.
    trends : tuple of Trend
        Trend of each player with three trials or more, then of all players if there are several:
        first of the estimates, then of the part above chance.
    settings : mapping
        Settings of the estimate by name.
    dropped : mapping
        Number of windows left out for each reason.
    notes : tuple of str
        Remarks and cautions about the result, as sentences.
    previous : bool
        True if the context is the change of the effects just before each window, and nothing else.
    """

    name: str
    actions: tuple[str, ...]
    effects: tuple[str, ...]
    context: tuple[str, ...]
    by: str
    trials: tuple[TrialInformation, ...]
    means: tuple[TrialMean, ...]
    trends: tuple[Trend, ...]
    settings: Mapping[str, str | float | None]
    dropped: Mapping[str, int]
    notes: tuple[str, ...]
    previous: bool = False

    @cached_property
    def players(self) -> dict[str, list[TrialInformation]]:
        """Trials of each player."""
        return trials_by_player(self.trials)


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


def trial_values(trials: Sequence[str]) -> Array:
    """Names of trials as numbers, or 1, 2, ... if some of them are not numbers."""
    try:
        values = [float(name) for name in trials]
    except ValueError:
        values = [math.nan]
    if len(set(values)) == len(trials) and all(map(math.isfinite, values)):
        return np.array(values)
    return np.arange(1.0, len(trials) + 1)
