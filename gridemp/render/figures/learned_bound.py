"""What networks learned: the bound they prove, the exact map, what lacks, and how it went."""

from dataclasses import replace

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import Colormap
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from gridemp.deep.result import LearnedBound
from gridemp.render.artists.maze_axes import cell_points, draw_values
from gridemp.render.artists.policy_arrows import draw_field
from gridemp.render.figures.compare import draw_maps
from gridemp.render.figures.heatmap import color_range
from gridemp.render.layout.boxes import (
    AnyFigure,
    Box,
    arrange,
    em,
    font_points,
    line_inches,
    size_inches,
    text_inches,
)
from gridemp.render.layout.legends import draw_legend_below, room_for_legend
from gridemp.render.layout.panel_rows import draw_bar, three_panels
from gridemp.report.captions import caption

SIDE = 8.0  # inches of the curves, at most twice as many
NARROW = 5.0  # inches of a figure, below which the curves are less wide than they are high
LOW = 0.3  # share of the curves in a figure that is given
SMALLEST_GAP = 1e-3  # bits to which its colours go at least
CURVE = 0.25  # height of the curves, of their width
LINES = (
    *("exact map", "bound, evaluated exactly"),
    *("bound, as estimated", "forward model, bits lost a step"),
)
LACKING = "magma_r"  # little is pale


def learned_figure(
    learned: LearnedBound,
    *,
    figure: AnyFigure | None = None,
    width: float | None = None,
    cmap: str | Colormap | None = None,
    lacking: str | Colormap = LACKING,
    vmin: float | None = None,
    vmax: float | None = None,
    peak: bool = True,
    title: bool = True,
) -> AnyFigure:
    """Draw the learned bound with the policy as arrows, the exact map, their gap, and the curves.

    Parameters
    ----------
    learned : LearnedBound
        What to draw.
    figure : matplotlib.figure.Figure, optional
        An empty figure to fill; by default a new one.
    width : float, optional
        Of the new figure, in inches; the panels of a narrow one stand below one another.
    cmap, vmin, vmax, peak
        The colours of the two maps and whether the exact one's peak is marked, see `heatmap`.
    lacking : str or matplotlib.colors.Colormap
        The colours of the gap.
    title : bool
        Whether anything but letters is written above.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    GridempError
        If it does not fit, or the colours have no range.
    """
    exact = learned.exact.one_per_cell()
    order = np.searchsorted(learned.exact.states, exact.states)  # of several in a cell, the same
    bits, gaps = learned.proved.bits[order], learned.proved.gap[order]
    proved = replace(exact, bits=bits, gap=gaps, outcomes=None)
    maze = exact.world.maze
    gap = exact.grid() - proved.grid()
    colors = color_range([exact, proved], vmin, vmax)
    ends = (0.0, max(float(np.nanmax(gap)), SMALLEST_GAP))
    texts = [
        f"learned bound, policy\nmean {proved.bits.mean():.3f} bits",
        f"exact\nmean {exact.bits.mean():.3f} bits",
        f"(b) \N{MINUS SIGN} (a)\nmean {np.nanmean(gap):.3f} bits",
    ]
    panels = (
        maze.shape,
        [None, colors, ends],
        texts if title else [""] * 3,
        caption(exact) if title else "",
    )
    if figure is None:
        wide, high = size_inches(three_panels(*panels, width=width)[0])
        curve = _curve_box(wide)
        low = curve.top + curve.bottom + curve.aspect * (wide - curve.left - curve.right)
        figure = Figure(figsize=(wide, high + low))
    else:
        wide, high = size_inches(figure)
        curve, low, high = _curve_box(wide), LOW * high, (1 - LOW) * high
    above, under = figure.subfigures(2, squeeze=False, height_ratios=[high, low])[:, 0]
    _, axes, below = three_panels(*panels, figure=above)
    draw_maps([proved, exact], axes, colors, cmap, peak, below)
    cells = draw_values(
        *(axes[2], maze, gap), torus=exact.world.torus, cmap=lacking, vmin=ends[0], vmax=ends[1]
    )
    draw_bar(axes[2:], cells, "gap [bits]", below)
    points = cell_points(axes[0], maze.shape)
    draw_field(axes[0], exact.world, proved.states, learned.policy[proved.states], points)
    _, ((ax,),) = arrange([[curve]], side=SIDE, figure=under)
    size = font_points("axes.titlesize")
    ax.set_title("(d) while it learned" if title else "(d)", loc="left", fontsize=size)
    _draw_curves(ax, learned)
    return figure


def _curve_box(wide: float) -> Box:
    """The axes of the curves in a figure so many inches wide."""
    label = line_inches(matplotlib.rcParams["axes.labelsize"])
    left = text_inches("0.0", font_points("ytick.labelsize")) + label + em()
    aspect = CURVE if wide >= NARROW else 2 * CURVE
    return Box(aspect, left, 0.2, room_for_legend(LINES, wide - left - 0.2), label + 0.1)


def _draw_curves(ax: Axes, learned: LearnedBound) -> None:
    ink = matplotlib.rcParams["text.color"]
    mean = float(learned.exact.bits.mean())
    ax.axhline(mean, color=ink, alpha=0.5, linewidth=0.9, linestyle=(0, (4, 2)), label=LINES[0])
    ax.plot(learned.updates, learned.means, color=ink, label=LINES[1], zorder=3)
    ax.plot(
        learned.updates,
        learned.estimates,
        color="tab:orange",
        marker="o",
        markersize=3,
        linewidth=0.9,
        label=LINES[2],
    )
    if np.isfinite(learned.surprises).any():
        ax.plot(
            learned.updates,
            learned.surprises,
            color="tab:blue",
            linestyle=":",
            label=LINES[3],
        )
    last = float(learned.updates[-1])
    ax.set_xlim(0, 1.01 * last)
    top = max(mean, float(learned.estimates.max()), float(learned.means.max()))
    ax.set_ylim(min(0.0, float(learned.means.min())), 1.08 * top)
    ax.xaxis.set_major_locator(MaxNLocator(8, steps=[1, 2, 5, 10], integer=True))
    ax.yaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 5, 10]))
    ax.set_xlabel("updates")
    several = len(learned.exact.bits) > len(set(learned.exact.cell.tolist()))
    ax.set_ylabel("mean of all states [bits]" if several else "mean [bits]")
    ax.spines[["top", "right"]].set_visible(False)
    draw_legend_below(ax, LINES)
