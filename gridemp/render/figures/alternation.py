"""Alternating maximisation in half-steps: the rising bound, and the two distributions.

The source distribution omega(a^n|s) and the planning distribution q(a^n|s', s) are improved in
turns, as in `gridemp.analysis.alternation`.
"""

import math
from collections.abc import Sequence
from itertools import chain
from typing import Any

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import Colormap, Normalize
from matplotlib.ticker import MaxNLocator, ScalarFormatter

from gridemp.analysis.alternation import Alternation
from gridemp.arguments import check_kinds
from gridemp.render.layout.boxes import (
    AnyFigure,
    Box,
    arrange,
    axes_inches,
    even_columns,
    figure_inches,
    placement,
)
from gridemp.render.layout.colorbars import colorbar_inches
from gridemp.render.layout.legends import draw_line_legend, line_legend_inches
from gridemp.render.layout.margins import with_title
from gridemp.render.layout.matrix_names import (
    MAX_NAMED,
    has_names,
    names_points,
    with_names,
)
from gridemp.render.layout.panel_rows import draw_panel_colorbar
from gridemp.render.layout.text import (
    em,
    font_points,
    line_inches,
    text_inches,
    wrapped,
)
from gridemp.render.layout.titles import chosen_titles
from gridemp.report.captions import letter, short_name
from gridemp.shown import counted

SIDE = 4.0  # inches; a panel has up to twice as many
WIDE, NARROW = 8.0, 5.0  # inches of the width of a new figure with many moments, and with few
MATRIX_ASPECT = 1.5  # height over width
BARS_ASPECT = 4.0  # of the bars beside a matrix
CURVE_ASPECT = 0.28
LINEAR = 4  # half-steps up to which the axis of the curve is linear
MAX_COLUMNS = 4  # pairs of bars and matrix in a row
MIN_PAIR_WIDTH = 1.1  # inches of a matrix and its bars
OMEGA = "\N{GREEK SMALL LETTER OMEGA}"
PLANNING = "planning q(a|s, s\N{PRIME})"
UPPER = "certified upper bound"
BOUND = "variational bound"
AFTER_Q = "after a q step (planning)"
AFTER_OMEGA = f"after an {OMEGA} step (source)"
LABELS = (UPPER, BOUND, AFTER_Q, AFTER_OMEGA)
BAND = 0.15  # opacity of the band between the curves
ZERO = 1e-9  # bits, below which all values count as 0
LOW = 0.12  # share of the axis, from its lower end, where letters of moments stand above the curve
MAX_MARKED = 60  # half-steps up to which each has a marker


def alternation_figure(
    alternation: Alternation,
    *,
    figure: AnyFigure | None = None,
    width: float | None = None,
    cmap: str | Colormap | None = None,
    title: str | bool = True,
    panel_titles: Sequence[str] | None = None,
) -> AnyFigure:
    """Draw the bound and the certified upper bound by half-steps, and both distributions.

    The empowerment lies in the band between the two curves. Below them, each moment that was kept
    has bars for omega(a^n|s) and a matrix for q(a^n|s', s), with a column for each outcome s'.

    Parameters
    ----------
    alternation : Alternation
        Alternation to draw.
    figure : matplotlib.figure.Figure, optional
        Empty figure to fill; by default a new one.
    width : float, optional
        Width of the new figure in inches.
    cmap : str or matplotlib.colors.Colormap, optional
        Colour map of q; by default that of the style.
    title : str or bool
        Title of the curves; if True, it gives the maze, the cell, the horizon and the noise; if
        False, write only the letters of the panels.
    panel_titles : sequence of str, optional
        A title for each moment, after its letter; by default its half-step and the bound.

    Returns
    -------
    matplotlib.figure.Figure
        The figure, whose panels are its `axes`.

    Raises
    ------
    GridempError
        If the panels do not fit.

    Examples
    --------
    >>> import gridemp
    >>> from gridemp.analysis import cell_alternation
    >>> world = gridemp.World.from_maze(gridemp.load_maze("klyubin"), slip=0.1)
    >>> alternation = cell_alternation(world, 5, 5, horizon=2)
    >>> figure = gridemp.render.alternation_figure(alternation)
    >>> figure.axes[0].get_xlabel()
    'half-step, logarithmic from 4 on'
    """
    check_kinds(alternation_figure, locals())
    if figure is not None:
        width, _ = figure_inches(figure)
    elif width is None:
        width = WIDE if len(alternation.moments) > 2 else NARROW
    small = font_points("xtick.labelsize")
    ticks = text_inches("0.0", small) + line_inches(matplotlib.rcParams["axes.labelsize"]) + em()
    box = Box(
        CURVE_ASPECT if width > NARROW else 2 * CURVE_ASPECT,
        left=ticks,
        right=0.2,
        bottom=line_legend_inches(LABELS, width - ticks - 0.2),
    )
    moments = [_moment_title(alternation, i) for i in range(len(alternation.moments))]
    text, moments = chosen_titles(title, panel_titles, caption_of(alternation), moments)
    size = font_points("axes.titlesize")
    text = wrapped(f"(a) {text}".strip(), 0.95 * (width - box.left), size)
    head, text = with_title(box, text, side=SIDE, width=width)
    few = len(alternation.rows) <= MAX_NAMED
    names = max(text_inches(name, small) for name in alternation.rows) * few + 0.08
    names += line_inches(matplotlib.rcParams["axes.labelsize"])
    bar = colorbar_inches(0, 1)
    count = len(alternation.moments)
    fitting = max(1, min(MAX_COLUMNS, int((width - names - bar) / MIN_PAIR_WIDTH)))
    columns = even_columns(count, fitting)
    row: list[Box] = []
    for i in range(columns):
        bars_left, matrix_right = names if i == 0 else 0.16, bar if i == columns - 1 else 0.08
        margins: dict[str, float] = {
            "bottom": line_inches(matplotlib.rcParams["axes.labelsize"]) + 0.1,
        }
        row.append(Box(BARS_ASPECT, left=bars_left, right=0.02, **margins))
        row.append(Box(MATRIX_ASPECT, left=0.02, right=matrix_right, **margins))
    ((left, right, *_),) = placement([row], side=SIDE, width=width).axes  # to learn their sizes
    room = left.width + right.width + 0.1
    over = [wrapped(f"({letter(i + 1)}) {moments[i]}".strip(), room, small) for i in range(count)]
    lines = max(2, *(len(title.splitlines()) for title in over))
    row = [box._replace(top=lines * line_inches(small) + 0.12) for box in row]
    plain = [[head], *[row] * math.ceil(count / columns)]
    row = with_names(row, alternation.rows, alternation.columns, right[2:])
    named = [[head], *[row] * math.ceil(count / columns)]
    usual, other = (placement(rows, side=SIDE, width=width).axes[0][0] for rows in (plain, named))
    fits = other.width > 0.99 * usual.width  # on the page
    figure, grid = arrange(named if fits else plain, side=SIDE, width=width, figure=figure)
    (curve,), *matrices = grid
    pairs = list(chain.from_iterable(zip(row[::2], row[1::2], strict=True) for row in matrices))
    for spare in chain.from_iterable(pairs[count:]):
        spare.remove()
    _draw_curve(curve, alternation)
    curve.set_title(text, loc="left", parse_math=False)
    widest = float(alternation.sources.max())
    for i, (bars, matrix) in enumerate(pairs[:count]):
        _draw_source(bars, alternation, i, widest, named=i % columns == 0)
        _draw_planning(matrix, alternation, i, cmap, named=fits)
        bars.set_title(over[i], loc="left", fontsize=small, parse_math=False)
    _, last = pairs[columns - 1]
    draw_panel_colorbar([last], ScalarMappable(Normalize(0, 1), cmap), PLANNING)
    return figure


def caption_of(alternation: Alternation) -> str:
    """Return the maze, the cell, the horizon and the noise."""
    world, (x, y) = alternation.world, alternation.xy
    return (
        f"{short_name(world)}, x = {x}, y = {y}, horizon {alternation.horizon}, {world.conditions}"
    )


def _moment_title(alternation: Alternation, i: int) -> str:
    """Return the half-step of a moment and its bound."""
    moment = alternation.moments[i]
    updated = (f"{OMEGA} step", "q step")[moment % 2] if moment else "start"
    bits = round(float(alternation.bounds[moment]), 4) + 0.0  # no -0.0
    return f"{moment}: {updated}\n{bits:.4f} bits"


def _draw_curve(ax: Axes, alternation: Alternation) -> None:
    """Draw the bound and the upper value against half-steps, with a letter at each moment."""
    bounds, uppers = alternation.bounds, alternation.uppers
    ink = matplotlib.rcParams["text.color"]
    steps = np.arange(len(bounds))
    ax.fill_between(steps, bounds, uppers, color=ink, alpha=BAND, linewidth=0, gid="band")
    line: dict[str, Any] = {"color": ink, "linewidth": 1.1}
    ax.plot(steps, uppers, linestyle=(0, (4, 2)), label=UPPER, **line)
    ax.plot(steps, bounds, label=BOUND, **line)
    if len(bounds) <= MAX_MARKED:
        markers: dict[str, Any] = {"linestyle": "none", "color": ink, "markersize": 4}
        ax.plot(steps[1::2], bounds[1::2], marker="^", label=AFTER_Q, **markers)
        markers["markerfacecolor"] = "white"
        ax.plot(steps[2::2], bounds[2::2], marker="o", label=AFTER_OMEGA, **markers)
    top = float(uppers.max()) if uppers.max() > ZERO else 1.0
    for i, moment in enumerate(alternation.moments):
        low = bounds[moment] < LOW * top  # the numbers of the axis are there
        ax.annotate(
            letter(i + 1),
            (moment, bounds[moment]),
            xytext=(0, 6 if low else -6),
            textcoords="offset points",
            ha="center",
            va="bottom" if low else "top",
            fontsize=font_points("xtick.labelsize"),
            gid="moment",
        )
    ax.set_ylim(-0.03 * top, 1.05 * top)
    # The first half-steps change most, so they get most of the room.
    ax.set_xscale("symlog", linthresh=LINEAR, linscale=1.2)
    ax.set_xlim(-0.1, 1.1 * (len(bounds) - 1))
    ticks = [0, *(base * 10**power for power in range(6) for base in (1, 2, 5))]
    ax.set_xticks([tick for tick in ticks if tick < len(bounds)])
    ax.xaxis.set_major_formatter(ScalarFormatter())
    ax.minorticks_off()
    ax.yaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 5, 10]))
    logarithmic = f", logarithmic from {LINEAR} on" if len(bounds) > LINEAR + 1 else ""
    ax.set_xlabel(f"half-step{logarithmic}")
    ax.set_ylabel("bits")
    ax.spines[["top", "right"]].set_visible(False)
    draw_line_legend(ax, LABELS)


def _draw_source(ax: Axes, alternation: Alternation, i: int, widest: float, *, named: bool) -> None:
    """Draw the source as bars to the left, one beside each row of the matrix."""
    weights = alternation.sources[i]
    ax.barh(range(len(weights)), weights, height=0.8, color=matplotlib.rcParams["text.color"])
    ax.set_xlim(1.05 * widest, 0)
    ax.set_ylim(len(weights) - 0.5, -0.5)
    ax.set_xticks([])
    ax.set_xlabel(OMEGA)
    ax.spines[["top", "left", "bottom"]].set_visible(False)
    ax.set_yticks([])
    if not named:
        return
    ax.set_ylabel(alternation.row_label)
    high = axes_inches(ax)[1]
    if has_names(len(weights), high):
        size = names_points(len(weights), high)
        ax.set_yticks(range(len(weights)), alternation.rows, fontsize=size)
        ax.tick_params(axis="y", length=0)


def _draw_planning(
    ax: Axes, alternation: Alternation, i: int, cmap: str | Colormap | None, *, named: bool
) -> None:
    """Draw the planning distribution of a moment as a matrix."""
    ax.set_xticks([])
    ax.set_yticks([])
    count = len(alternation.columns)
    wide = axes_inches(ax)[0]
    if named and has_names(count, wide):
        size = names_points(count, wide)
        ax.set_xticks(range(count), alternation.columns, rotation=90, fontsize=size)
        ax.tick_params(axis="x", length=0)
        ax.set_xlabel("outcome s\N{PRIME}")
    else:
        ax.set_xlabel(f"{counted(count, 'outcome')} s\N{PRIME}")
    ax.spines[:].set_visible(False)
    rows, columns = alternation.plannings[i].shape
    edges = np.arange(columns + 1) - 0.5, np.arange(rows + 1) - 0.5
    ax.pcolormesh(*edges, alternation.plannings[i], cmap=cmap, vmin=0, vmax=1)
    ax.set_ylim(rows - 0.5, -0.5)
