"""Gains in information against ratings of improvement, of the same trial and of the next one."""

from collections.abc import Sequence
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
from gridemp.logs.rating_relation import RatingRelation
from gridemp.logs.ratings import RatingStudy
from gridemp.render.figures.horizon_curve import COLORS, MARKERS
from gridemp.render.layout.diagram_grid import diagram_grid
from gridemp.render.layout.legends import LegendEntry
from gridemp.render.layout.text import with_minus_signs
from gridemp.render.layout.titles import figure_title
from gridemp.shown import counted

SIDE, ASPECT = 3.1, 0.85
MAX_PLAYERS = len(COLORS)  # with a colour and a marker each
LEAST = 2.6  # inches of a panel with its margins
BAND = 0.18  # opacity of the band of the pooled line


def ratings_figure(
    study: RatingStudy, *, width: float | None = None, title: str | bool = True
) -> Figure:
    """Draw ratings against gains in information, of the same trial and of the next trial.

    The mean gain and the mean rating of each player are subtracted, so that all lines go through 0.
    Each player has points and a thin regression line. The thick line is that of all players, and
    its band the 95 % interval of the slope.

    Parameters
    ----------
    study : RatingStudy
        Ratings and gains.
    width : float, optional
        Width of the figure in inches; the panels of a narrow one stand below one another.
    title : str or bool
        Title; if True, it names the ratings and gives the numbers of players and of pairs.

    Returns
    -------
    matplotlib.figure.Figure
        The figure, whose panels are its `axes`.

    Examples
    --------
    >>> import numpy as np
    >>> from gridemp import render
    >>> from gridemp.logs import EstimateSettings, Trial, Windows, measure, rating_study
    >>> rng = np.random.default_rng(0)
    >>> held, noise = rng.normal(size=(2, 5, 100, 1))
    >>> trials = tuple(Trial("Ada", str(i), held[i], held[i] + noise[i], None) for i in range(5))
    >>> windows = Windows("log", trials, ("held",), ("moved",), (), "trial")
    >>> curve = measure(windows, EstimateSettings("copula", shuffles=20))
    >>> study = rating_study(curve, {("Ada", str(i)): [3, 5, 4, 4, 6][i] for i in range(5)})
    >>> [ax.get_xlabel() for ax in render.ratings_figure(study).axes]
    ['gain in information [bits]', 'gain in information [bits]']
    """
    check_kinds(ratings_figure, locals())
    relations = (study.same, study.following)
    players = [player for player, (gains, _) in study.same.pairs.items() if len(gains)]
    several = len(players) > 1
    about = f"Gains in information and {study.name}, {counted(len(players), 'player')}"
    if several:
        about += "\ndeviations from the means of each player"
    figure, rows = diagram_grid(
        [_panel_title(relation) for relation in relations],
        len(relations),
        figure_title(title, about),
        _key(players),
        aspect=ASPECT,
        side=SIDE,
        width=width,
        tick=_widest_tick(relations),
        least=LEAST,
    )
    for ax, relation in zip([ax for row in rows for ax in row], relations, strict=True):
        _draw_relation(ax, relation, players)
        ax.set_xlabel(f"gain in {'I(A;E|C)' if study.context else 'information'} [bits]")
        ax.set_ylabel(f"{study.name} of the next trial" if relation.lag else study.name)
    return figure  # type: ignore[return-value]


def _panel_title(relation: RatingRelation) -> str:
    """Title of a panel: the trial that is rated, the pooled slope, its interval and the p value."""
    which = "next trial" if relation.lag else "same trial"
    text = f"{which}, {counted(relation.pooled.pairs, 'pair')}"
    if not isnan(relation.p):
        text += f", p = {relation.p:.2g}"
    if not isnan(relation.pooled.slope):
        line = relation.pooled
        text += f"\nslope {significant(line.slope)}"
        if not isnan(line.low):
            text += f" [{significant(line.low)} to {significant(line.high)}]"
        text += " per bit"
    return with_minus_signs(text)


def _widest_tick(relations: Sequence[RatingRelation]) -> str:
    """Label of a tick at the end of the ratings less their means."""
    pairs = [pair for relation in relations for pair in relation.pairs.values()]
    most = max(np.ptp(ratings) for _, ratings in pairs if len(ratings))
    return f"-{significant(most)}0"


def significant(number: float) -> str:
    """Number with three digits, or as a whole number if it has more."""
    return f"{number:.0f}" if 1000 <= abs(number) < 1e6 else f"{number:.3g}"


def _key(players: list[str]) -> list[LegendEntry]:
    """Entries of the key."""
    ink = matplotlib.rcParams["text.color"]
    entries: list[LegendEntry] = []
    if 1 < len(players) <= MAX_PLAYERS:
        for i, player in enumerate(players):
            line = Line2D([], [], linewidth=0.9, **_style(i, len(players)))
            entries.append((line, f"player {player}"))
    else:
        line = Line2D([], [], linewidth=0.7, **_style(0, len(players)))
        entries.append((line, "a player's trials and line"))
    if len(players) > 1:
        entries.append((Line2D([], [], color=ink, linewidth=2.0), "all players"))
    entries.append((Patch(facecolor=ink, alpha=BAND), "95 % interval of the slope"))
    return entries


def _style(i: int, players: int) -> dict[str, Any]:
    """Colour and marker of a player."""
    if players > MAX_PLAYERS:
        ink = matplotlib.rcParams["text.color"]
        return {"color": ink, "marker": "o", "markersize": 2.2, "alpha": 0.4}
    return {"color": COLORS[i], "marker": MARKERS[i], "markersize": 3.5, "alpha": 0.9}


def _draw_relation(ax: Axes, relation: RatingRelation, players: list[str]) -> None:
    """Draw the points and lines of the players, and the line of all with its band."""
    ink = matplotlib.rcParams["text.color"]
    slopes = {line.player: line.slope for line in relation.lines}
    ax.axhline(0.0, color=ink, linewidth=0.6, alpha=0.4, zorder=0.5)
    ax.axvline(0.0, color=ink, linewidth=0.6, alpha=0.4, zorder=0.5)
    everything = [np.zeros(1)]
    for i, player in enumerate(players):
        gains, ratings = relation.pairs[player]
        if not len(gains):
            continue
        x, y = gains - gains.mean(), ratings - ratings.mean()
        everything.append(x)
        style = _style(i, len(players))
        ax.plot(x, y, linestyle="", markeredgewidth=0, zorder=2, gid="points", **style)
        if player in slopes:
            ends = np.array([x.min(), x.max()])
            line = {name: style[name] for name in ("color", "alpha")}
            ax.plot(ends, slopes[player] * ends, linewidth=0.7, zorder=2.2, gid="player", **line)
    reach = np.concatenate(everything)
    ends = np.array([reach.min(), 0.0, reach.max()])
    pooled = relation.pooled
    if len(players) > 1 and not isnan(pooled.slope):
        ax.plot(ends, pooled.slope * ends, color=ink, linewidth=2.0, zorder=3, gid="pooled")
    if not isnan(pooled.low):
        band: dict[str, Any] = {"color": ink, "alpha": BAND, "linewidth": 0, "gid": "band"}
        ax.fill_between(ends, pooled.low * ends, pooled.high * ends, zorder=1, **band)
    ax.xaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 5, 10]))
    ax.yaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 5, 10]))
