"""How information changes over trials."""

from collections.abc import Mapping, Sequence
from math import nan
from statistics import fmean, stdev

from scipy.stats import linregress, t

from gridemp.information.correlation import spearman
from gridemp.logs.result import Trend, TrialInformation, TrialMean, places_of
from gridemp.logs.trials import LEVEL

FEWEST = 3  # trials, of which a straight line leaves a residual


def trends(trials: Sequence[TrialInformation]) -> tuple[Trend, ...]:
    """The trend of each player with three trials or more, then of all, if they are several.

    Parameters
    ----------
    trials : sequence of TrialInformation
        By player, then by trial.

    Returns
    -------
    tuple of Trend
        First those of the estimates, then those of what is above chance in them.
    """
    players = {
        trial.player: [one for one in trials if one.player == trial.player] for trial in trials
    }
    places = places_of(trials)
    found: list[Trend] = []
    for above_chance in (False, True):
        each = [
            trend(player, own, places, above_chance=above_chance)
            for player, own in players.items()
            if len(own) >= FEWEST
        ]
        found += each
        if len(each) > 1:
            found.append(mean_trend(each))
    return tuple(found)


def trend(
    player: str,
    trials: Sequence[TrialInformation],
    places: Mapping[str, float],
    *,
    above_chance: bool,
) -> Trend:
    """The trend of one player's trials, which stand at these places."""
    at = [places[trial.trial] for trial in trials]
    bits = [trial.bits - above_chance * trial.null_mean for trial in trials]
    line = linregress(at, bits)
    slope, intercept = float(line.slope), float(line.intercept)
    half = margin(len(trials) - 2) * float(line.stderr)
    return Trend(
        player,
        len(trials),
        above_chance,
        slope,
        intercept,
        slope - half,
        slope + half,
        spearman(at, bits),
    )


def mean_trend(each: Sequence[Trend]) -> Trend:
    """The mean of the trends of several players."""
    return Trend(
        None,
        sum(own.trials for own in each),
        each[0].above_chance,
        fmean(own.slope for own in each),
        fmean(own.intercept for own in each),
        *interval_of_mean([own.slope for own in each]),
        fmean(own.spearman for own in each),
    )


def means(trials: Sequence[TrialInformation]) -> tuple[TrialMean, ...]:
    """The mean over players at each place where trials stand, from the first to the last.

    Parameters
    ----------
    trials : sequence of TrialInformation
        By player, then by trial.
    """
    places = places_of(trials)
    at: dict[float, list[TrialInformation]] = {}
    for trial in trials:
        at.setdefault(places[trial.trial], []).append(trial)
    return tuple(
        TrialMean(
            place,
            len(own),
            fmean(trial.bits for trial in own),
            *interval_of_mean([trial.bits for trial in own]),
            fmean(trial.null_mean for trial in own),
            fmean(trial.null_sd for trial in own),
            fmean(trial.without for trial in own),
        )
        for place, own in sorted(at.items())
    )


def interval_of_mean(values: Sequence[float]) -> tuple[float, float]:
    """The interval of 95 % of the mean, by Student's t; NaN of one value alone."""
    if len(values) < 2:
        return nan, nan
    half = margin(len(values) - 1) * stdev(values) / len(values) ** 0.5
    return fmean(values) - half, fmean(values) + half


def margin(freedom: int) -> float:
    """Standard errors on either side of an interval, by Student's t."""
    return float(t.ppf((1 + LEVEL) / 2, freedom)) if freedom > 0 else nan
