"""Why Blahut-Arimoto works: a bound that rises in half-steps, and what source and plan become."""

import math
from itertools import chain
from typing import Any

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import Colormap, Normalize
from matplotlib.ticker import MaxNLocator, ScalarFormatter

from gridemp.analysis.alternation import Alternation
from gridemp.render.layout.boxes import AnyFigure, Box, arrange, axes_inches, figure_inches
from gridemp.render.layout.colorbars import colorbar_inches, draw_colorbar_on
from gridemp.render.layout.legends import draw_line_legend, line_legend_inches
from gridemp.render.layout.margins import with_title
from gridemp.render.layout.text import em, font_points, line_inches, text_inches
from gridemp.report.captions import letter, short_name

SIDE = 4.0  # inches, of which a panel has up to twice as many
WIDE, NARROW = 8.0, 5.0  # inches of a figure that nothing else tells how wide to be
ASPECT = 1.5  # of a matrix, height over width
BARS = 4.0  # of the bars beside it
CURVE = 0.28  # of the curve
SMALLEST = 4.5  # points of names beside rows, below which there are none
IN_A_ROW = 4
LEAST = 1.2  # inches of a figure's width that a matrix and its bars need
OMEGA = "\N{GREEK SMALL LETTER OMEGA}"
LINES = (
    *("certified upper value", "variational bound"),
    *("after a q step", f"after an {OMEGA} step"),
)
BAND = 0.15
NOTHING = 1e-9  # bits
LOW = 0.12
MANY = 60  # half-steps from which they are a line without marks


def alternation_figure(
    alternation: Alternation,
    *,
    figure: AnyFigure | None = None,
    width: float | None = None,
    cmap: str | Colormap | None = None,
    title: bool = True,
) -> AnyFigure:
    """Draw bound and certified upper value against half-steps, and omega and q at chosen ones.

    The empowerment lies in the band between the two curves. Below, for each moment that was kept,
    the bars are omega(a^n|s) and the matrix q(a^n|s',s), a column for each outcome s'.

    Parameters
    ----------
    alternation : Alternation
        What to draw.
    figure : matplotlib.figure.Figure, optional
        An empty figure to fill; by default a new one.
    width : float, optional
        Of the new figure, in inches.
    cmap : str or matplotlib.colors.Colormap, optional
        The colours of q.
    title : bool
        Whether anything but letters is written above.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    GridempError
        If it does not fit.
    """
    if figure is not None:
        width, _ = figure_inches(figure)
    elif width is None:
        width = WIDE if len(alternation.moments) > 2 else NARROW
    small = font_points("xtick.labelsize")
    ticks = text_inches("0.0", small) + line_inches(matplotlib.rcParams["axes.labelsize"]) + em()
    under = line_legend_inches(LINES, width - ticks - 0.2)
    box = Box(CURVE if width > NARROW else 2 * CURVE, ticks, 0.2, under, 0.1)
    said = f"(a) {caption_of(alternation)}" if title else "(a)"
    head, text = with_title(box, said, side=SIDE, width=width)
    names = max(text_inches(name, small) for name in alternation.rows) + 0.08
    if alternation.by_first_action:
        names += line_inches(matplotlib.rcParams["axes.labelsize"])
    bar = colorbar_inches(0, 1)
    moments = range(len(alternation.moments))
    most = max(1, min(IN_A_ROW, int((width - names - bar) / LEAST)))
    across = math.ceil(len(moments) / math.ceil(len(moments) / most))
    over = 2 * line_inches(small) + 0.12
    below = line_inches(matplotlib.rcParams["axes.labelsize"]) + 0.1
    row: list[Box] = []
    for i in range(across):
        row.append(Box(BARS, names if i == 0 else 0.16, 0.02, below, over))
        row.append(Box(ASPECT, 0.02, bar if i == across - 1 else 0.08, below, over))
    rows = [[head], *[row] * math.ceil(len(moments) / across)]
    figure, grid = arrange(rows, side=SIDE, width=width, figure=figure)
    (curve,), *matrices = grid
    pairs = list(chain.from_iterable(zip(row[::2], row[1::2], strict=True) for row in matrices))
    for pair in pairs[len(moments) :]:
        for ax in pair:
            ax.remove()
    _draw_curve(curve, alternation)
    curve.set_title(text, loc="left", parse_math=False)
    widest = float(alternation.sources.max())
    for i, (bars, matrix) in enumerate(pairs[: len(moments)]):
        _draw_source(bars, alternation, i, widest, named=i % across == 0)
        _draw_planning(matrix, alternation, i, cmap)
        bars.set_title(_about(alternation, i), loc="left", fontsize=small, parse_math=False)
    last = pairs[min(across, len(moments)) - 1][1]
    _draw_bar(figure, last, cmap)
    return figure


def caption_of(alternation: Alternation) -> str:
    """The maze, the cell, the horizon and the noise."""
    world, (x, y) = alternation.world, alternation.xy
    return (
        f"{short_name(world)}, x = {x}, y = {y}, horizon {alternation.horizon}, {world.conditions}"
    )


def _about(alternation: Alternation, i: int) -> str:
    moment = alternation.moments[i]
    updated = (f"{OMEGA} step", "q step")[moment % 2] if moment else "start"
    bits = round(float(alternation.bounds[moment]), 4) + 0.0  # no -0.0
    return f"({letter(i + 1)}) {moment}: {updated}\n{bits:.4f} bits"


def _draw_curve(ax: Axes, alternation: Alternation) -> None:
    bounds, uppers = alternation.bounds, alternation.uppers
    ink = matplotlib.rcParams["text.color"]
    steps = np.arange(len(bounds))
    ax.fill_between(steps, bounds, uppers, color=ink, alpha=BAND, linewidth=0, gid="band")
    line: dict[str, Any] = {"color": ink, "linewidth": 1.1}
    ax.plot(steps, uppers, linestyle=(0, (4, 2)), label=LINES[0], **line)
    ax.plot(steps, bounds, label=LINES[1], **line)
    if len(bounds) <= MANY:
        look: dict[str, Any] = {"linestyle": "none", "color": ink, "markersize": 4}
        ax.plot(steps[1::2], bounds[1::2], marker="^", label=LINES[2], **look)
        look |= {"markerfacecolor": "white"}
        ax.plot(steps[2::2], bounds[2::2], marker="o", label=LINES[3], **look)
    top = float(uppers.max()) if uppers.max() > NOTHING else 1.0
    for i, moment in enumerate(alternation.moments):
        low = bounds[moment] < LOW * top  # where the numbers of the axis are
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
    # The first half-steps do most, so they have most of the room.
    ax.set_xscale("symlog", linthresh=4, linscale=1.2)
    ax.set_xlim(-0.1, 1.1 * (len(bounds) - 1))
    ticks = [0, *(base * 10**power for power in range(6) for base in (1, 2, 5))]
    ax.set_xticks([tick for tick in ticks if tick < len(bounds)])
    ax.xaxis.set_major_formatter(ScalarFormatter())
    ax.minorticks_off()
    ax.yaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 5, 10]))
    ax.set_xlabel("half-step")
    ax.set_ylabel("bits")
    ax.spines[["top", "right"]].set_visible(False)
    draw_line_legend(ax, LINES)


def _draw_source(ax: Axes, alternation: Alternation, i: int, widest: float, *, named: bool) -> None:
    """Bars to the left, one beside each row of the matrix."""
    weights = alternation.sources[i]
    ax.barh(range(len(weights)), weights, height=0.8, color=matplotlib.rcParams["text.color"])
    ax.set_xlim(1.05 * widest, 0)
    ax.set_ylim(len(weights) - 0.5, -0.5)
    ax.set_xticks([])
    ax.set_xlabel(OMEGA)
    ax.spines[["top", "left", "bottom"]].set_visible(False)
    room = 72 * axes_inches(ax)[1] / len(weights) / 1.05  # points of each row
    if named and room >= SMALLEST:
        size = min(font_points("ytick.labelsize"), room)
        ax.set_yticks(range(len(weights)), alternation.rows, fontsize=size)
        ax.tick_params(axis="y", length=0)
        if alternation.by_first_action:
            ax.set_ylabel(alternation.row_label)
    else:
        ax.set_yticks([])
        if named:
            ax.set_ylabel(alternation.row_label)


def _draw_planning(
    ax: Axes, alternation: Alternation, i: int, cmap: str | Colormap | None
) -> ScalarMappable:
    ax.set_xticks([])
    ax.set_yticks([])
    count = len(alternation.columns)
    ax.set_xlabel(f"q, {count} outcome{'s' * (count != 1)}")
    ax.spines[:].set_visible(False)
    rows, columns = alternation.plannings[i].shape
    edges = np.arange(columns + 1) - 0.5, np.arange(rows + 1) - 0.5
    mesh = ax.pcolormesh(*edges, alternation.plannings[i], cmap=cmap, vmin=0, vmax=1)
    ax.set_ylim(rows - 0.5, -0.5)
    return mesh


def _draw_bar(figure: AnyFigure, ax: Axes, cmap: str | Colormap | None) -> None:
    place, (wide, _) = ax.get_position(), figure_inches(figure)
    cax = figure.add_axes((place.x1 + 0.12 / wide, place.y0, 0.16 / wide, place.height))
    cells = ScalarMappable(Normalize(0, 1), cmap)
    draw_colorbar_on(cax, cells, "q(a|s, s\N{PRIME})")
