"""Lines of empowerment against the horizon: summaries of the maps, and single cells."""

import math
from typing import Any

import matplotlib
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from gridemp.analysis.horizon_curve import EmpowermentCurve
from gridemp.arguments import check_kinds
from gridemp.render.layout.boxes import Box, arrange, axes_inches
from gridemp.render.layout.legends import draw_line_legend, line_legend_inches
from gridemp.render.layout.margins import with_title
from gridemp.render.layout.text import POINTS_PER_INCH, em, font_points, line_inches, text_inches
from gridemp.render.layout.titles import figure_title
from gridemp.report.captions import about_bounds, quantity_label, short_name

SIDE = 5.5  # inches of the axes from left to right
ASPECT = 0.62
MAX_CEILINGS = 4
MAX_MARKERS = 12  # on a line

# Dashes and weight tell lines apart in print without colours; the colours of cells are those of
# Okabe & Ito (2008).
SUMMARIES: dict[str, dict[str, Any]] = {
    "maximum": {"linestyle": "-", "linewidth": 0.8, "alpha": 0.65},
    "mean": {"linestyle": (0, (5, 1.5)), "linewidth": 1.1, "alpha": 0.75},
    "median": {"linestyle": "-", "linewidth": 2.0, "alpha": 1.0},
    "minimum": {"linestyle": (0, (1, 1)), "linewidth": 1.3, "alpha": 0.65},
}
COLORS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "<", ">", "p", "*")
BAND, CEILING = 0.09, 0.7  # opacity, in the colour of texts
CEILING_DASHES = (0, (7, 2, 1, 2))


def draw_curve(
    curve: EmpowermentCurve,
    ax: Axes | None = None,
    *,
    width: float | None = None,
    title: str | bool = True,
) -> Axes:
    """Draw the minimum, median, mean and maximum of maps, and chosen cells, by horizon.

    Dashed lines are the values that no horizon can exceed, log2 of the number of readings that can
    be reached; at most the highest four are drawn.

    Parameters
    ----------
    curve : EmpowermentCurve
        Curve to draw, in bits.
    ax : matplotlib.axes.Axes, optional
        Axes to draw on; by default those of a new figure. The legend stands below the axes, so
        create a figure with several axes with `layout="constrained"`.
    width : float, optional
        Width of the new figure in inches.
    title : str or bool
        Title; if True, it gives the maze, the kind of empowerment if it is not open loop, and the
        noise.

    Returns
    -------
    matplotlib.axes.Axes
        Axes of bits against steps.

    Examples
    --------
    >>> import gridemp
    >>> from gridemp.analysis import empowerment_curve
    >>> world = gridemp.World.from_maze(gridemp.load_maze("klyubin"))
    >>> ax = gridemp.render.draw_curve(empowerment_curve(world, range(1, 6), [(5, 5)]))
    >>> ax.get_xlabel(), ax.get_ylabel()
    ('horizon', 'empowerment [bits]')
    """
    check_kinds(draw_curve, locals())
    text = figure_title(title, caption_of(curve))
    labels = [*SUMMARIES, *(f"x = {x}, y = {y}" for x, y in curve.cells)]
    lines = _ceilings(curve)
    if ax is None:
        size = font_points("ytick.labelsize")
        left = text_inches("0.0", size) + 1.2 * em() + 0.06
        left += line_inches(matplotlib.rcParams["axes.labelsize"])
        right = max((text_inches(name, size) for name in lines.values()), default=0.0)
        box = Box(ASPECT, left, right + 0.2)
        across = SIDE if width is None else width - box.left - box.right
        box = box._replace(bottom=line_legend_inches(labels, across))
        box, text = with_title(box, text, side=SIDE, width=width)
        _, ((ax,),) = arrange([[box]], side=SIDE, width=width)
    _draw_lines(ax, curve, labels)
    _set_axes(ax, curve, max(lines, default=0.0))
    _draw_ceilings(ax, lines)
    draw_line_legend(ax, labels)
    ax.set_title(text, parse_math=False)
    return ax


def caption_of(curve: EmpowermentCurve) -> str:
    """Return the maze, the kind, the noise, which state of a cell counts, and a visible gap."""
    maze, noise = short_name(curve.world), str(curve.world.conditions)
    gap = 0.0 if curve.source else float(curve.gap.max())
    parts = (maze, curve.kind.words, noise, curve.source, curve.shown)
    return ", ".join(filter(None, parts)) + about_bounds(gap)


def _draw_lines(ax: Axes, curve: EmpowermentCurve, labels: list[str]) -> None:
    """Draw the summaries, the band between the extremes, and the cells."""
    n, ink = curve.horizons, matplotlib.rcParams["text.color"]
    band: dict[str, Any] = {"color": ink, "alpha": BAND, "linewidth": 0, "gid": "band"}
    ax.fill_between(n, curve.minimum, curve.maximum, zorder=1, **band)
    lone: dict[str, Any] = {"marker": ".", "markersize": 4} if len(n) == 1 else {}
    for name, line in SUMMARIES.items():
        ax.plot(n, getattr(curve, name), label=name, color=ink, zorder=2.5, **line, **lone)
    every = math.ceil(len(n) / MAX_MARKERS)
    for i, (label, bits) in enumerate(zip(labels[len(SUMMARIES) :], curve.values, strict=True)):
        ax.plot(
            n,
            bits,
            label=label,
            color=COLORS[i % len(COLORS)],
            linewidth=1.2,
            marker=MARKERS[i % len(MARKERS)],
            markersize=4.5,
            markeredgecolor="white",
            markeredgewidth=0.4,
            markevery=(i * every // max(1, len(curve.cells)), every),
            zorder=3,
        )


def _set_axes(ax: Axes, curve: EmpowermentCurve, highest: float) -> None:
    """Set limits, ticks and labels; `highest` is the highest ceiling, in bits."""
    first, last = int(curve.horizons[0]), int(curve.horizons[-1])
    beside = 0.02 * (last - first) or 0.5
    top = max(highest, float(curve.maximum.max())) or 1.0
    ax.set_xlim(first - beside, last + beside)
    ax.set_ylim(-0.02 * top, 1.05 * top)
    ax.xaxis.set_major_locator(MaxNLocator(8, steps=[1, 2, 5, 10], integer=True, min_n_ticks=1))
    ax.yaxis.set_major_locator(MaxNLocator(7, steps=[1, 2, 5, 10]))
    ax.set_xlabel("horizon")
    gap = float(curve.gap.max())
    ax.set_ylabel(quantity_label(of_source=bool(curve.source), gap=gap, name=curve.kind.label))
    ax.spines[["top", "right"]].set_visible(False)


def _ceilings(curve: EmpowermentCurve) -> dict[float, str]:
    """Return the highest ceilings in bits, with their labels."""
    highest = [] if curve.ceilings is None else curve.ceilings[-MAX_CEILINGS:].tolist()
    return {bits: f"log2 {round(2**bits)}" for bits in highest if bits > 0}


def _draw_ceilings(ax: Axes, lines: dict[float, str]) -> None:
    """Draw dashed lines, with labels to their right that do not overlap."""
    low, high = ax.get_ylim()
    scale = POINTS_PER_INCH * axes_inches(ax)[1] / (high - low)  # points for each bit
    spacing = POINTS_PER_INCH * line_inches(font_points("ytick.labelsize")) * 0.9
    places = [bits * scale for bits in sorted(lines, reverse=True)]
    for i in range(1, len(places)):
        places[i] = min(places[i], places[i - 1] - spacing)
    for (bits, name), place in zip(sorted(lines.items(), reverse=True), places, strict=True):
        ax.axhline(
            bits,
            color=matplotlib.rcParams["text.color"],
            alpha=CEILING,
            linewidth=0.8,
            linestyle=CEILING_DASHES,
            zorder=2,
            gid="ceiling",
        )
        ax.annotate(
            name,
            (1, bits),
            xycoords=("axes fraction", "data"),
            xytext=(3, place - bits * scale),
            textcoords="offset points",
            fontsize=font_points("ytick.labelsize"),
            va="center",
            annotation_clip=False,
            gid="ceiling",
        )
