"""Mutual information over trials: a line for each player, error bars, and the band of chance."""

from collections.abc import Mapping, Sequence
from typing import Any

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from gridemp.arguments import check_kinds
from gridemp.errors import GridempError
from gridemp.logs.learning_curve import LearningCurve
from gridemp.logs.resampling import SIGNIFICANT
from gridemp.logs.trends import Trend
from gridemp.logs.trial_information import TrialInformation, places_of
from gridemp.render.figures.horizon_curve import COLORS, MARKERS, SIDE
from gridemp.render.layout.boxes import Box, arrange
from gridemp.render.layout.legends import draw_line_legend, line_legend_inches
from gridemp.render.layout.margins import with_title
from gridemp.render.layout.text import (
    em,
    font_points,
    line_inches,
    text_inches,
    with_minus_signs,
)
from gridemp.render.layout.titles import figure_title
from gridemp.typing import Array

ASPECT = 0.6
MAX_PLAYERS = len(COLORS)  # with a colour each; with more, lines are thin and their mean is drawn
MAX_NAMES = 8  # tick labels of trials that are not numbers
BAND = 0.16  # opacity of the band of chance, in the colour of texts
SPREAD = 2.0  # standard deviations on either side of the mean of chance
DASHED = (0, (4, 2))
ESTIMATORS = {"ksg": "KSG", "copula": "Gaussian copula", "plugin": "plug-in", "mixed": "mixed KSG"}


def draw_learning_curve(
    curve: LearningCurve,
    ax: Axes | None = None,
    *,
    width: float | None = None,
    title: str | bool = True,
) -> Axes:
    """Draw the mutual information of trials, with 95 % intervals, over the band of chance.

    Markers are hollow where p is above 0.05. Up to six players have a coloured line each. With more
    players, the lines are thin, and a thick line shows their mean, with 95 % intervals by Student's
    t. With context, a dashed line shows the estimate without it. The band of chance is two standard
    deviations wide on either side of the mean over shifted or shuffled data.

    Parameters
    ----------
    curve : LearningCurve
        Curve to draw, in bits.
    ax : matplotlib.axes.Axes, optional
        Axes to draw on; by default those of a new figure. The legend stands below the axes, so
        create a figure with several axes with `layout="constrained"`.
    width : float, optional
        Width of the new figure in inches.
    title : str or bool
        Title; if True, it gives the columns, the estimator, the number of windows and the trend.

    Returns
    -------
    matplotlib.axes.Axes
        Axes of bits against trials.

    Raises
    ------
    GridempError
        If the trials are under conditions.

    Examples
    --------
    >>> import numpy as np
    >>> from gridemp import render
    >>> from gridemp.logs import EstimateSettings, Trial, Windows, measure
    >>> rng = np.random.default_rng(0)
    >>> held, noise = rng.normal(size=(2, 100, 1))
    >>> trials = tuple(Trial("Ada", name, held, held + noise, None) for name in ("1", "2"))
    >>> windows = Windows("log", trials, ("held",), ("moved",), (), "trial")
    >>> curve = measure(windows, EstimateSettings("copula", shuffles=20))
    >>> render.draw_learning_curve(curve).get_xlabel()
    'trial'
    """
    check_kinds(draw_learning_curve, locals())
    check_in_order(curve)
    text = figure_title(title, title_of(curve))
    handles = _handles(curve)
    labels = [str(handle.get_label()) for handle in handles]
    if ax is None:
        ticks = text_inches(with_minus_signs("-0.00"), font_points("ytick.labelsize")) + 1.2 * em()
        label = line_inches(matplotlib.rcParams["axes.labelsize"])
        box = Box(ASPECT, left=ticks + label, right=0.2)
        across = SIDE if width is None else width - box.left - box.right
        box = box._replace(bottom=line_legend_inches(labels, across))
        box, text = with_title(box, text, side=SIDE, width=width)
        _, ((ax,),) = arrange([[box]], side=SIDE, width=width)
    draw_chance(ax, curve)
    players, places = curve.players, places_of(curve.trials)
    if len(players) <= MAX_PLAYERS:
        for i, trials in enumerate(players.values()):
            _draw_player(ax, trials, places, i)
    else:
        for trials in players.values():
            ax.plot(*_points(trials, places), color=_ink(), alpha=0.35, linewidth=0.6, gid="player")
        _draw_mean(ax, curve)
    _draw_trend(ax, curve)
    _set_axes(ax, curve, places)
    draw_line_legend(ax, labels, handles)
    ax.set_title(text, parse_math=False)
    return ax


def check_in_order(curve: LearningCurve) -> None:
    """Raise a GridempError if trials are under conditions, which the places of trials would mix."""
    if curve.conditions:
        raise GridempError(
            f"`curve` has trials under {' and '.join(curve.conditions)}; draw the means of "
            "`condition_grid` instead"
        )


def title_of(curve: LearningCurve, *, trends: bool = True) -> str:
    """Return the columns on one line; the estimator, the windows and the trend on the next."""
    text = f"{quantity_words(curve)}\n{estimate_words(curve)}"
    for trend in shown_trend(curve) if trends else ():
        text += f", {trend_text(trend, curve.by)}"
    return text


def quantity_words(curve: LearningCurve) -> str:
    """Return the columns of actions, of effects and of context."""
    context = "previous motion" if curve.previous else ", ".join(curve.context)
    given = f" | {context}" if context else ""
    return f"{', '.join(curve.actions)} \N{RIGHTWARDS ARROW} {', '.join(curve.effects)}{given}"


def estimate_words(curve: LearningCurve) -> str:
    """Return the estimator and the number of windows."""
    counts = sorted({trial.windows for trial in curve.trials})
    windows = f"{counts[0]}" if len(counts) == 1 else f"{counts[0]} to {counts[-1]}"
    windows += " windows" if len(curve.trials) == 1 else " windows each"
    settings = curve.settings
    names = {"k": "k", "theiler": "Theiler window", "bins": "bins"}
    details = [f"{name} = {settings[key]}" for key, name in names.items() if key in settings]
    detail = f" ({', '.join(details)})" if details else ""
    return f"{ESTIMATORS[str(settings['estimator'])]}{detail} estimates, {windows}"


def shown_trend(curve: LearningCurve) -> list[Trend]:
    """Return the trend of the estimates over all players in a list, which is empty without one."""
    alone = len(curve.players) == 1
    return [one for one in curve.trends if not one.above_chance and (alone or one.player is None)]


def trend_text(trend: Trend, by: str) -> str:
    """Return the slope of a trend with its interval, in words."""
    slope, low, high = (
        with_minus_signs(f"{value:.2g}") for value in (trend.slope, trend.low, trend.high)
    )
    per = "trial" if by in ("", "trial") else f"unit of {by}"
    return f"slope {slope} [{low} to {high}] bits per {per}"


def _ink() -> Any:
    """Return the colour of texts."""
    return matplotlib.rcParams["text.color"]


def _handles(curve: LearningCurve) -> list[Any]:
    """Return the entries of the legend."""
    ink = _ink()
    players = list(curve.players)
    handles: list[Any] = []
    if 1 < len(players) <= MAX_PLAYERS:
        for i, player in enumerate(players):
            handles.append(_line(f"player {player}", **_player_style(i)))
        handles.append(_line("95 % interval", color=ink, linewidth=0.9, alpha=0.55))
    elif len(players) > 1:
        handles.append(_line("one player", color=ink, linewidth=0.6, alpha=0.35))
        handles.append(_line(f"mean of {len(players)}, 95 % interval", color=ink, linewidth=2.0))
    else:
        handles.append(_line("estimate, 95 % interval", **_player_style(0)))
    if curve.context:
        handles.append(_line("without context", color=ink, linestyle=DASHED))
    if len(players) <= MAX_PLAYERS and not all(trial.p <= SIGNIFICANT for trial in curve.trials):
        refused = any(np.isnan(trial.p) for trial in curve.trials)
        label = "no p value" if refused else "p > 0.05"
        handles.append(_line(label, color=ink, marker="o", linestyle="", markerfacecolor="w"))
    handles.append(Patch(facecolor=ink, alpha=BAND, label="chance, \N{PLUS-MINUS SIGN}2 sd"))
    if curve.trends:
        handles.append(_line("trend", color=ink, linestyle=":", linewidth=1.0))
    return handles


def _line(label: str, **style: Any) -> Line2D:
    """Return a line of the legend."""
    return Line2D([], [], label=label, **style)


def _player_style(i: int) -> dict[str, Any]:
    """Return the colour and the marker of a player."""
    return {"color": COLORS[i], "marker": MARKERS[i], "markersize": 4.5}


def _points(trials: Sequence[TrialInformation], places: Mapping[str, float]) -> tuple[Array, Array]:
    """Return the places of trials on the axis, and their bits."""
    at = np.array([places[trial.trial] for trial in trials])
    return at, np.array([trial.bits for trial in trials])


def _draw_player(
    ax: Axes, trials: Sequence[TrialInformation], places: Mapping[str, float], i: int
) -> None:
    """Draw the line of a player, with its intervals and markers."""
    at, bits = _points(trials, places)
    style = _player_style(i)
    color = style["color"]
    ax.plot(at, bits, color=color, linewidth=1.1, zorder=3, gid="player")
    low, high = (np.array([getattr(trial, end) for trial in trials]) for end in ("low", "high"))
    ax.vlines(at, low, high, colors=color, linewidth=0.9, alpha=0.55, zorder=2.8, gid="bar")
    significant = np.array([trial.p <= SIGNIFICANT for trial in trials])
    for chosen, face in ((significant, color), (~significant, "w")):
        ax.plot(
            at[chosen],
            bits[chosen],
            linestyle="",
            **style,
            markerfacecolor=face,
            markeredgewidth=0.9,
            zorder=3.2,
            gid="points",
        )
    if not np.isnan(trials[0].without):
        plain = [trial.without for trial in trials]
        ax.plot(at, plain, color=color, linewidth=1.0, linestyle=DASHED, gid="without")


def _draw_mean(ax: Axes, curve: LearningCurve) -> None:
    """Draw the mean of all players, with its intervals."""
    at = [mean.place for mean in curve.means]
    low, high = ([getattr(mean, end) for mean in curve.means] for end in ("low", "high"))
    ax.vlines(at, low, high, colors=_ink(), linewidth=1.2, zorder=3.1, gid="bar")
    bits = [mean.bits for mean in curve.means]
    ax.plot(at, bits, color=_ink(), linewidth=2.0, zorder=3.2, gid="mean")
    if curve.context:
        plain = [mean.without for mean in curve.means]
        ax.plot(at, plain, color=_ink(), linewidth=1.4, linestyle=DASHED, gid="without")


def draw_chance(ax: Axes, curve: LearningCurve) -> None:
    """Draw the band of chance."""
    at, mean, spread = (
        np.array([getattr(each, name) for each in curve.means])
        for name in ("place", "null_mean", "null_sd")
    )
    if len(at) == 1:  # at a single place a band would have no width
        at, mean, spread = at[0] + np.array([-0.4, 0.4]), np.tile(mean, 2), np.tile(spread, 2)
    band: dict[str, Any] = {"color": _ink(), "alpha": BAND, "linewidth": 0, "gid": "chance"}
    ax.fill_between(at, mean - SPREAD * spread, mean + SPREAD * spread, zorder=1, **band)


def _draw_trend(ax: Axes, curve: LearningCurve) -> None:
    """Draw the line of the trend, if there is one."""
    ends = np.array([curve.means[0].place, curve.means[-1].place])
    for trend in shown_trend(curve):
        line = trend.intercept + trend.slope * ends
        ax.plot(ends, line, color=_ink(), linewidth=1.0, linestyle=":", zorder=2.5, gid="trend")


def _set_axes(ax: Axes, curve: LearningCurve, places: Mapping[str, float]) -> None:
    """Set ticks and labels."""
    ax.axhline(0.0, color=_ink(), linewidth=0.6, alpha=0.4, zorder=0.5)
    ax.set_xlabel(curve.by or "log")
    given = "conditional " if curve.context else ""
    ax.set_ylabel(f"{given}mutual information [bits]")
    whole = all(mean.place.is_integer() for mean in curve.means)
    ax.xaxis.set_major_locator(MaxNLocator(9, steps=[1, 2, 5, 10], integer=whole, min_n_ticks=1))
    ax.yaxis.set_major_locator(MaxNLocator(6, steps=[1, 2, 5, 10]))
    if not curve.by:
        ax.set_xticks([])
    elif len(places) <= MAX_NAMES and not all(map(_is_number, places)):
        ax.set_xticks(list(places.values()), list(places))
    ax.spines[["top", "right"]].set_visible(False)


def _is_number(text: str) -> bool:
    """Return True if a text is a number."""
    try:
        float(text)
    except ValueError:
        return False
    return True
