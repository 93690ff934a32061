"""Means over players, and straight lines through the information of successive trials."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import nan
from statistics import fmean, stdev

from gridemp.information.correlation import spearman
from gridemp.logs.jackknife import CONFIDENCE
from gridemp.logs.scipy_extra import require_scipy
from gridemp.logs.trial_information import TrialInformation, places_of, trials_by_player

MIN_TRIALS = 3  # for a straight line to leave a residual


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

    Examples
    --------
    >>> import numpy as np
    >>> from gridemp.logs import EstimateSettings, Trial, Windows, measure
    >>> rng = np.random.default_rng(0)
    >>> held, noise = rng.normal(size=(2, 3, 100, 1))
    >>> trials = tuple(Trial("Ada", str(i), held[i], held[i] + noise[i], None) for i in range(3))
    >>> windows = Windows("log", trials, ("held",), ("moved",), (), "trial")
    >>> curve = measure(windows, EstimateSettings("copula", shuffles=20))
    >>> [(mean.place, mean.players) for mean in curve.means]
    [(0.0, 1), (1.0, 1), (2.0, 1)]
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

    Examples
    --------
    >>> import numpy as np
    >>> from gridemp.logs import EstimateSettings, Trial, Windows, measure
    >>> rng = np.random.default_rng(0)
    >>> held, noise = rng.normal(size=(2, 3, 100, 1))
    >>> trials = tuple(Trial("Ada", str(i), held[i], held[i] + noise[i], None) for i in range(3))
    >>> windows = Windows("log", trials, ("held",), ("moved",), (), "trial")
    >>> curve = measure(windows, EstimateSettings("copula", shuffles=20))
    >>> [(trend.player, trend.trials, trend.above_chance) for trend in curve.trends]
    [('Ada', 3, False), ('Ada', 3, True)]
    """

    player: str | None
    trials: int
    above_chance: bool
    slope: float
    intercept: float
    low: float
    high: float
    spearman: float


def trends(trials: Sequence[TrialInformation]) -> tuple[Trend, ...]:
    """Return the trend of each player with three or more trials, and the mean of several players.

    Parameters
    ----------
    trials : sequence of TrialInformation
        Trials ordered by player and then by trial.

    Returns
    -------
    tuple of Trend
        First the trends of the estimates, then those of the part above chance.
    """
    places = places_of(trials)
    lines: list[Trend] = []
    for above_chance in (False, True):
        players = [
            trend(player, trials_of_player, places, above_chance=above_chance)
            for player, trials_of_player in trials_by_player(trials).items()
            if len(trials_of_player) >= MIN_TRIALS
        ]
        lines += players
        if len(players) > 1:
            lines.append(mean_trend(players))
    return tuple(lines)


def trend(
    player: str,
    trials: Sequence[TrialInformation],
    places: Mapping[str, float],
    *,
    above_chance: bool,
) -> Trend:
    """Straight line through one player's trials at their places."""
    require_scipy()
    from scipy.stats import linregress

    x = [places[trial.trial] for trial in trials]
    bits = [trial.bits - above_chance * trial.null_mean for trial in trials]
    line = linregress(x, bits)
    slope = float(line.slope)
    half = margin(len(trials) - 2) * float(line.stderr)
    return Trend(
        player=player,
        trials=len(trials),
        above_chance=above_chance,
        slope=slope,
        intercept=float(line.intercept),
        low=slope - half,
        high=slope + half,
        spearman=spearman(x, bits),
    )


def mean_trend(players: Sequence[Trend]) -> Trend:
    """Mean of the trends of several players."""
    low, high = interval_of_mean([line.slope for line in players])
    return Trend(
        player=None,
        trials=sum(line.trials for line in players),
        above_chance=players[0].above_chance,
        slope=fmean(line.slope for line in players),
        intercept=fmean(line.intercept for line in players),
        low=low,
        high=high,
        spearman=fmean(line.spearman for line in players),
    )


def means(trials: Sequence[TrialInformation]) -> tuple[TrialMean, ...]:
    """Return the mean over players at each place of a trial, from the first place to the last.

    Parameters
    ----------
    trials : sequence of TrialInformation
        Trials ordered by player and then by trial.
    """
    places = places_of(trials)
    trials_at: dict[float, list[TrialInformation]] = {}
    for trial in trials:
        trials_at.setdefault(places[trial.trial], []).append(trial)
    return tuple(mean_at(place, group) for place, group in sorted(trials_at.items()))


def mean_at(place: float, trials: Sequence[TrialInformation]) -> TrialMean:
    """Mean of the trials of several players at one place."""
    low, high = interval_of_mean([trial.bits for trial in trials])
    return TrialMean(
        place=place,
        players=len(trials),
        bits=fmean(trial.bits for trial in trials),
        low=low,
        high=high,
        null_mean=fmean(trial.null_mean for trial in trials),
        null_sd=fmean(trial.null_sd for trial in trials),
        without=fmean(trial.without for trial in trials),
    )


def interval_of_mean(values: Sequence[float]) -> tuple[float, float]:
    """95 % interval of a mean, by Student's t; NaN for a single value."""
    if len(values) < 2:
        return nan, nan
    half = margin(len(values) - 1) * stdev(values) / len(values) ** 0.5
    return fmean(values) - half, fmean(values) + half


def margin(freedom: int) -> float:
    """Number of standard errors on either side of a 95 % interval, by Student's t."""
    require_scipy()
    from scipy.stats import t

    return float(t.ppf((1 + CONFIDENCE) / 2, freedom)) if freedom > 0 else nan
