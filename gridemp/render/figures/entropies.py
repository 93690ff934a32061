"""Entropies of actions and effects over trials, beside their information."""

from dataclasses import replace
from math import isnan
from typing import Any

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from gridemp.arguments import check_kinds
from gridemp.errors import GridempError
from gridemp.logs.entropies import AMOUNTS, Entropies, TrialEntropies
from gridemp.logs.learning_curve import LearningCurve
from gridemp.logs.rank_correlations import RankCorrelation
from gridemp.logs.trends import interval_of_mean
from gridemp.logs.trial_information import places_of
from gridemp.render.figures.learning_curve import BAND, check_in_order, draw_chance, title_of
from gridemp.render.layout.boxes import axes_inches
from gridemp.render.layout.diagram_grid import diagram_grid
from gridemp.render.layout.legends import LegendEntry
from gridemp.render.layout.text import font_points, with_minus_signs, wrapped
from gridemp.render.layout.titles import figure_title
from gridemp.report.quantities import SYMBOLS

SIDE, ASPECT, COLUMNS = 2.3, 0.72, 3
PANELS = ("actions", "effects", "information", "actions_given_effects", "effects_given_actions")
COLORS = {
    "actions": "#0072B2",
    "actions_given_effects": "#0072B2",
    "effects": "#D55E00",
    "effects_given_actions": "#D55E00",
    "information": "#009E73",
}
NAMES = {
    "actions": "actions",
    "effects": "effects",
    "actions_given_effects": "actions given effects",
    "effects_given_actions": "effects given actions",
    "information": "information",
}
IDENTITIES = (
    "H(A|E) = H(A) \N{MINUS SIGN} I(A;E)",
    "H(E|A) = H(E) \N{MINUS SIGN} I(A;E)",
)
RHO = "\N{GREEK SMALL LETTER RHO}: Spearman's rank correlation with {by}{mean}"
UNITS = (
    "H of {sides}: relative to 1 standard deviation of each column over the whole log; may be "
    "below 0"
)


def entropies_figure(
    curve: LearningCurve, *, width: float | None = None, title: str | bool = True
) -> Figure:
    """Draw the entropies of actions and effects over trials, and their information.

    Each panel has a thin line for each player and, if there are several, a thick one for their
    mean, with 95 % intervals by Student's t. Its title gives the rank correlation with the trial.
    A grey band shows the information that chance gives, unless there is a context.

    Parameters
    ----------
    curve : LearningCurve
        Curve with entropies.
    width : float, optional
        Width of the figure in inches; a narrow one has fewer panels in a row.
    title : str or bool
        Title; if True, it gives the columns, the estimator and the number of windows.

    Returns
    -------
    matplotlib.figure.Figure
        The figure, whose panels are its `axes`.

    Raises
    ------
    GridempError
        If the curve has no entropies, or its trials are under conditions.

    Examples
    --------
    >>> import numpy as np
    >>> from gridemp import render
    >>> from gridemp.logs import EstimateSettings, Trial, Windows, measure
    >>> rng = np.random.default_rng(0)
    >>> held, noise = rng.normal(size=(2, 3, 100, 1))
    >>> trials = tuple(Trial("Ada", str(i), held[i], held[i] + noise[i], None) for i in range(3))
    >>> windows = Windows("log", trials, ("held",), ("moved",), (), "trial")
    >>> curve = measure(windows, EstimateSettings("copula", shuffles=20), entropies=True)
    >>> len(render.entropies_figure(curve).axes)
    6
    """
    check_kinds(entropies_figure, locals())
    check_in_order(curve)
    entropies = curve.entropies
    if entropies is None:
        raise GridempError("`curve` has no entropies; set `entropies` of `measure` to True")
    known = {one.quantity: one for one in entropies.correlations}
    several = len(curve.players) > 1
    banded = not curve.context
    figure, rows = diagram_grid(
        [_panel_title(name, known[name]) for name in PANELS],
        COLUMNS,
        figure_title(title, title_of(replace(curve, context=(), previous=False), trends=False)),
        _key(len(curve.players), banded=banded),
        aspect=ASPECT,
        side=SIDE,
        width=width,
    )
    axes = [ax for row in rows for ax in row]
    for ax, name in zip(axes, PANELS, strict=False):
        _draw_panel(ax, curve, entropies, name, several=several, banded=banded)
    for row in rows:
        row[0].set_ylabel("bits per window")
    for ax in axes[len(PANELS) :]:
        ax.set_axis_off()
    for ax in axes[len(PANELS) : len(PANELS) + 1]:
        size = font_points("legend.fontsize")
        width = axes_inches(ax)[0] + 0.1
        lines = [wrapped(text, width, size) for text in _reading(curve, entropies)]
        text = "\n".join(lines)
        style: dict[str, Any] = {"va": "top", "fontsize": size, "parse_math": False}
        ax.text(0.0, 1.0, text, transform=ax.transAxes, gid="reading", **style)
    return figure  # type: ignore[return-value]


def _reading(curve: LearningCurve, entropies: Entropies) -> list[str]:
    """Lines that explain the panels."""
    mean = " (mean over players)" if len(curve.players) > 1 else ""
    lines = [*IDENTITIES, RHO.format(by=curve.by or "trial", mean=mean)]
    kinds = {"A": entropies.actions, "E": entropies.effects}
    sides = [side for side, kind in kinds.items() if kind == AMOUNTS]
    return [*lines, UNITS.format(sides=" and ".join(sides))] if sides else lines


def _panel_title(name: str, correlation: RankCorrelation) -> str:
    """Symbol of a quantity, and its rank correlation with its interval."""
    about = f"{SYMBOLS[name]}, {NAMES[name]}"
    if isnan(correlation.rho):
        return f"{about}\nno \N{GREEK SMALL LETTER RHO}"
    text = f"\N{GREEK SMALL LETTER RHO} {correlation.rho:+.2f}"
    if not isnan(correlation.low):
        text += f" [{correlation.low:.2f} to {correlation.high:.2f}]"
    return f"{about}\n{with_minus_signs(text)}"


def _key(players: int, *, banded: bool) -> list[LegendEntry]:
    """Entries of the key."""
    ink = _ink()
    entries: list[LegendEntry] = []
    if players > 1:
        entries.append((Line2D([], [], color=ink, linewidth=0.6, alpha=0.4), "one player"))
        text = f"mean of {players} players, 95 % interval"
        entries.append((Line2D([], [], color=ink, linewidth=2.0), text))
    if banded:
        text = "information by chance, \N{PLUS-MINUS SIGN}2 sd"
        entries.append((Patch(facecolor=ink, alpha=BAND), text))
    return entries


def _draw_panel(
    ax: Axes,
    curve: LearningCurve,
    entropies: Entropies,
    name: str,
    *,
    several: bool,
    banded: bool,
) -> None:
    """Draw one quantity over trials."""
    places = places_of(curve.trials)
    color = COLORS[name]
    players: dict[str, list[TrialEntropies]] = {}
    values: dict[float, list[float]] = {}
    for trial in entropies.trials:
        players.setdefault(trial.player, []).append(trial)
        if not isnan(getattr(trial, name)):
            values.setdefault(places[trial.trial], []).append(getattr(trial, name))
    thin: dict[str, Any] = {"linewidth": 0.6, "alpha": 0.35} if several else {"marker": "o"}
    for own in players.values():
        at = [places[trial.trial] for trial in own]
        line = [getattr(trial, name) for trial in own]
        ax.plot(at, line, color=color, markersize=3, gid="player", **thin)
    if several and values:
        at = sorted(values)
        ends = [interval_of_mean(values[place]) for place in at]
        low, high = ([end[i] for end in ends] for i in (0, 1))
        ax.vlines(at, low, high, colors=color, linewidth=1.1, zorder=3, gid="bar")
        mean = [float(np.mean(values[place])) for place in at]
        ax.plot(at, mean, color=color, linewidth=2.0, zorder=3.1, gid="mean")
    if name == "information" and banded:
        draw_chance(ax, curve)
    if not values:
        ax.text(0.5, 0.5, "not estimated", transform=ax.transAxes, ha="center", gid="none")
        ax.set_yticks([])
    ax.set_xlabel(curve.by or "log")
    whole = all(place.is_integer() for place in places.values())
    ax.xaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 5, 10], integer=whole, min_n_ticks=1))
    ax.yaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 5, 10]))


def _ink() -> Any:
    """Return the colour of texts."""
    return matplotlib.rcParams["text.color"]
