"""What players' actions tell about their effects, trial by trial."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from gridemp.typing import Array


@dataclass(frozen=True)
class TrialInformation:
    """What the actions of a trial tell about their effects.

    Attributes
    ----------
    player, trial : str
        As the log has them.
    windows : int
        How many the estimate is of.
    bits : float
        The estimate for one window; it may be below 0.
    low, high : float
        Its interval of 95 %, by the standard error: around what the estimator has in the mean,
        whatever that is off by.
    null_mean, null_sd : float
        Mean and standard deviation of the estimates by chance, in bits.
    p : float
        (1 + how many of those are as large) / (1 + how many there are).
    orders : int
        How many there are.
    without : float
        The estimate without context, where `bits` is with it; else NaN.
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
    """The mean over players of trials that stand at one place.

    Attributes
    ----------
    place : float
        The number that the trials are called by, or their number from 1.
    players : int
        How many.
    bits : float
    low, high : float
        Its interval of 95 %, by Student's t from how far players differ; NaN of one alone.
    null_mean, null_sd : float
        The means of theirs, in bits.
    without : float
        The mean of the estimates without context, or NaN.
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
    """A straight line through the information of trials.

    Attributes
    ----------
    player : str or None
        Whose trials; None for the mean of all players.
    trials : int
        How many.
    above_chance : bool
        Whether it is of what is above the mean of the estimates by chance, which may have a trend
        of its own.
    slope : float
        Bits a trial, or for each unit of the numbers that trials are called by; least squares.
    intercept : float
        Bits at 0.
    low, high : float
        The slope's interval of 95 %, by Student's t: from how far a player's trials are off the
        line, or how far the slopes of several players differ; these are taken as independent.
    spearman : float
        Rank correlation of information and trial; its mean, of several players.
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
    """The information of all trials of a log.

    Attributes
    ----------
    name : str
        Of the log.
    actions, effects, context : tuple of str
        What the columns are called.
    by : str
        The column that tells trials apart; "" if there is none.
    trials : tuple of TrialInformation
        By player, then by trial.
    means : tuple of TrialMean
        Over players, from the first place to the last.
    trends : tuple of Trend
        Of each player with three trials or more, then of all if they are several: first of the
        estimates, then of what is above chance in them.
    settings : mapping
        How it was estimated, by name.
    dropped : mapping
        How many windows were left out, by why.
    notes : tuple of str
        What else has to be said about it.
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

    @cached_property
    def players(self) -> dict[str, list[TrialInformation]]:
        """The trials of each player."""
        found: dict[str, list[TrialInformation]] = {}
        for trial in self.trials:
            found.setdefault(trial.player, []).append(trial)
        return found


def places_of(trials: Sequence[TrialInformation]) -> dict[str, float]:
    """Where each trial stands, the same for all players: by its number, or counted from 1."""
    names = list(dict.fromkeys(trial.trial for trial in trials))
    return dict(zip(names, trial_values(names).tolist(), strict=True))


def trial_values(trials: Sequence[str]) -> Array:
    """The numbers that trials are called by, or from 1 on if they are no numbers."""
    try:
        values = [float(name) for name in trials]
    except ValueError:
        values = [math.nan]
    if len(set(values)) == len(trials) and all(map(math.isfinite, values)):
        return np.array(values)
    return np.arange(1.0, len(trials) + 1)
