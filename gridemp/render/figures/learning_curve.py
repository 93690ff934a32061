"""Information over trials: with its error, what chance gives, and one line for each player."""

from collections.abc import Mapping, Sequence
from typing import Any

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from gridemp.logs.result import LearningCurve, Trend, TrialInformation, places_of
from gridemp.render.figures.horizon_curve import COLORS, MARKERS, SIDE
from gridemp.render.layout.boxes import Box, arrange
from gridemp.render.layout.legends import draw_line_legend, line_legend_inches
from gridemp.render.layout.margins import with_title
from gridemp.render.layout.text import em, font_points, line_inches, text_inches
from gridemp.typing import Array

ASPECT = 0.6
MAX_COLORS = len(COLORS)  # players, beyond whom lines are thin and the mean of all is drawn
MAX_NAMES = 8  # of trials that are no numbers
SIGNIFICANT = 0.05
BAND = 0.16  # how opaque the band of chance is, in the colour of texts
SPREAD = 2.0  # standard deviations on either side of it
DASHED = (0, (4, 2))
NAMES = {"ksg": "KSG", "copula": "Gaussian copula", "plugin": "plug-in"}
MINUS = "\N{MINUS SIGN}"


def draw_learning_curve(
    curve: LearningCurve,
    ax: Axes | None = None,
    *,
    width: float | None = None,
    title: str | bool = True,
) -> Axes:
    """Draw the information of trials, with bars of 95 %, over a band of what chance gives.

    Markers are hollow where p is above 0.05. Up to six players have a line each; of more, lines
    are thin and a thick one is their mean, its bars 95 % of means by Student's t. With context, a
    dashed line is the estimate without it.

    Parameters
    ----------
    curve : LearningCurve
        What to draw, in bits.
    ax : matplotlib.axes.Axes, optional
        Where; by default on a new figure. The legend stands below the axes, so give a figure of
        several `layout="constrained"`.
    width : float, optional
        Of the new figure, in inches.
    title : str or bool
        What to write above; True for the columns, the estimator and the trend.

    Returns
    -------
    matplotlib.axes.Axes
    """
    text = title_of(curve) if title is True else title or ""
    handles = _handles(curve)
    labels = [str(handle.get_label()) for handle in handles]
    if ax is None:
        left = text_inches(f"{MINUS}0.00", font_points("ytick.labelsize")) + 1.2 * em()
        box = Box(ASPECT, left + line_inches(matplotlib.rcParams["axes.labelsize"]), 0.2)
        across = SIDE if width is None else width - box.left - box.right
        box = box._replace(bottom=line_legend_inches(labels, across))
        box, text = with_title(box, text, side=SIDE, width=width)
        _, ((ax,),) = arrange([[box]], side=SIDE, width=width)
    _draw_chance(ax, curve)
    players, places = curve.players, places_of(curve.trials)
    if len(players) <= MAX_COLORS:
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


def title_of(curve: LearningCurve) -> str:
    """What was estimated, how, and the trend."""
    counts = sorted({trial.windows for trial in curve.trials})
    each = f"{counts[0]}" if len(counts) == 1 else f"{counts[0]} to {counts[-1]}"
    number = curve.settings.get("k", curve.settings.get("bins"))
    detail = "" if number is None else f" ({'k' if 'k' in curve.settings else 'bins'} = {number})"
    context = ", ".join(curve.context)
    if list(curve.context) == [f"previous {name}" for name in curve.effects]:
        context = "previous motion"
    given = f" | {context}" if context else ""
    text = f"{', '.join(curve.actions)} \N{RIGHTWARDS ARROW} {', '.join(curve.effects)}{given}\n"
    each += " windows" if len(curve.trials) == 1 else " windows each"
    text += f"{NAMES[str(curve.settings['estimator'])]}{detail} estimates, {each}"
    for trend in shown_trend(curve):
        text += f", {trend_text(trend, curve.by)}"
    return text


def shown_trend(curve: LearningCurve) -> list[Trend]:
    """The trend of the estimates of all players or of the only one, if there is one."""
    alone = len(curve.players) == 1
    return [one for one in curve.trends if not one.above_chance and (alone or one.player is None)]


def trend_text(trend: Trend, by: str) -> str:
    """The slope with its interval, in words."""
    slope, low, high = (
        f"{value:.2g}".replace("-", MINUS) for value in (trend.slope, trend.low, trend.high)
    )
    per = "trial" if by in ("", "trial") else f"unit of {by}"
    return f"slope {slope} [{low} to {high}] bits a {per}"


def _ink() -> Any:
    return matplotlib.rcParams["text.color"]


def _handles(curve: LearningCurve) -> list[Any]:
    """What the legend explains."""
    ink = _ink()
    players = list(curve.players)
    found: list[Any] = []
    if 1 < len(players) <= MAX_COLORS:
        for i, player in enumerate(players):
            found.append(_sign(_look(i), f"player {player}"))
        found.append(_sign({"color": ink, "linewidth": 0.9, "alpha": 0.55}, "95 %"))
    elif len(players) > 1:
        found.append(_sign({"color": ink, "linewidth": 0.6, "alpha": 0.35}, "a player"))
        found.append(_sign({"color": ink, "linewidth": 2.0}, f"mean of {len(players)}, 95 %"))
    else:
        found.append(_sign(_look(0), "estimate, 95 %"))
    if curve.context:
        found.append(_sign({"color": ink, "linestyle": DASHED}, "without context"))
    if len(players) <= MAX_COLORS and any(trial.p > SIGNIFICANT for trial in curve.trials):
        found.append(
            _sign(
                {"color": ink, "marker": "o", "linestyle": "", "markerfacecolor": "w"}, "p > 0.05"
            )
        )
    found.append(Patch(facecolor=ink, alpha=BAND, label="chance, \N{PLUS-MINUS SIGN}2 sd"))
    if curve.trends:
        found.append(_sign({"color": ink, "linestyle": ":", "linewidth": 1.0}, "trend"))
    return found


def _sign(look: dict[str, Any], label: str) -> Line2D:
    return Line2D([], [], label=label, **look)


def _look(i: int) -> dict[str, Any]:
    return {
        "color": COLORS[i % len(COLORS)],
        "marker": MARKERS[i % len(MARKERS)],
        "markersize": 4.5,
    }


def _points(trials: Sequence[TrialInformation], places: Mapping[str, float]) -> tuple[Array, Array]:
    """Where trials stand, and their bits."""
    at = np.array([places[trial.trial] for trial in trials])
    return at, np.array([trial.bits for trial in trials])


def _draw_player(
    ax: Axes, trials: Sequence[TrialInformation], places: Mapping[str, float], i: int
) -> None:
    at, bits = _points(trials, places)
    look = _look(i)
    ax.plot(at, bits, color=look["color"], linewidth=1.1, zorder=3, gid="player")
    low, high = (np.array([getattr(trial, end) for trial in trials]) for end in ("low", "high"))
    ax.vlines(at, low, high, colors=look["color"], linewidth=0.9, alpha=0.55, zorder=2.8, gid="bar")
    sure = np.array([trial.p <= SIGNIFICANT for trial in trials])
    for chosen, face in ((sure, look["color"]), (~sure, "w")):
        shown = {"linestyle": "", "markeredgecolor": look["color"], "markeredgewidth": 0.9}
        own = {"marker": look["marker"], "markersize": look["markersize"], "markerfacecolor": face}
        ax.plot(at[chosen], bits[chosen], zorder=3.2, gid="points", **shown, **own)
    if not np.isnan(trials[0].without):
        plain = [trial.without for trial in trials]
        ax.plot(at, plain, color=look["color"], linewidth=1.0, linestyle=DASHED, gid="without")


def _draw_mean(ax: Axes, curve: LearningCurve) -> None:
    at = [mean.place for mean in curve.means]
    low, high = ([getattr(mean, end) for mean in curve.means] for end in ("low", "high"))
    ax.vlines(at, low, high, colors=_ink(), linewidth=1.2, zorder=3.1, gid="bar")
    bits = [mean.bits for mean in curve.means]
    ax.plot(at, bits, color=_ink(), linewidth=2.0, zorder=3.2, gid="mean")
    if curve.context:
        plain = [mean.without for mean in curve.means]
        ax.plot(at, plain, color=_ink(), linewidth=1.4, linestyle=DASHED, gid="without")


def _draw_chance(ax: Axes, curve: LearningCurve) -> None:
    at, mean, spread = (
        np.array([getattr(own, name) for own in curve.means])
        for name in ("place", "null_mean", "null_sd")
    )
    if len(at) == 1:  # at a single place a band would have no width
        at, mean, spread = at[0] + np.array([-0.4, 0.4]), np.tile(mean, 2), np.tile(spread, 2)
    look: dict[str, Any] = {"color": _ink(), "alpha": BAND, "linewidth": 0, "gid": "chance"}
    ax.fill_between(at, mean - SPREAD * spread, mean + SPREAD * spread, zorder=1, **look)


def _draw_trend(ax: Axes, curve: LearningCurve) -> None:
    ends = np.array([curve.means[0].place, curve.means[-1].place])
    for trend in shown_trend(curve):
        line = trend.intercept + trend.slope * ends
        ax.plot(ends, line, color=_ink(), linewidth=1.0, linestyle=":", zorder=2.5, gid="trend")


def _set_axes(ax: Axes, curve: LearningCurve, places: Mapping[str, float]) -> None:
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
    try:
        float(text)
    except ValueError:
        return False
    return True
