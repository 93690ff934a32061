"""What networks learned: the bound they prove, the exact map, what lacks, and how it went."""

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import Colormap
from matplotlib.ticker import MaxNLocator

from gridemp.captions import caption
from gridemp.learned_bound import LearnedBound
from gridemp.render.below import draw_legend_below, room_for_legend
from gridemp.render.board import cell_points, draw_values
from gridemp.render.fields import draw_field
from gridemp.render.frames import is_wide, map_box, with_title, wrapped
from gridemp.render.heatmaps import color_range, heatmap
from gridemp.render.layout import (
    AnyFigure,
    Box,
    arrange,
    em,
    font_points,
    line_inches,
    size_inches,
    text_inches,
)
from gridemp.render.trios import draw_bar

SIDE = 4.0  # inches, of which a panel has up to twice as many
WIDE = 9.0  # inches of a figure that nothing else tells how wide to be
NARROW = 5.0  # inches, below which maps stand one above the other
CURVE = 0.25  # height of the curves, of their width
LINES = (
    *("exact map", "bound, evaluated exactly"),
    *("bound, as estimated", "forward model, bits lost a step"),
)
LACKING = "magma_r"  # little is pale
BETWEEN = 0.08


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
    exact, proved = learned.exact.one_per_cell(), learned.proved.one_per_cell()
    maze = exact.world.maze
    if figure is not None:
        width, _ = size_inches(figure)
    width = WIDE if width is None else width
    low, high = color_range([exact, proved], vmin, vmax)
    gap = exact.grid() - proved.grid()
    widest = float(np.nanmax(gap))
    ends = (0.0, widest if widest > 1e-9 else 1.0)
    below, stacked = is_wide(maze.shape), width < NARROW or is_wide(maze.shape)
    size = font_points("axes.labelsize")
    texts = [
        f"(a) learned bound and policy\nmean {proved.bits.mean():.3f} bits",
        f"(b) exact\nmean {exact.bits.mean():.3f} bits",
        f"(c) exact \N{MINUS SIGN} learned\nmean {np.nanmean(gap):.3f} bits",
    ]
    over = 2 * line_inches(size) + BETWEEN
    bars = (None, (low, high), ends) if not stacked else ((low, high), (low, high), ends)
    boxes = [map_box(maze.shape, bar, below=below)._replace(top=over) for bar in bars]
    if stacked:
        left, right = max(box.left for box in boxes), max(box.right for box in boxes)
        rows = [[box._replace(left=left, right=right)] for box in boxes]
    else:
        rows = [boxes]
    head = wrapped(caption(exact), width - 2 * BETWEEN, font_points("axes.titlesize"))
    lines = len(head.splitlines()) if title else 0
    above = lines * line_inches(font_points("axes.titlesize")) + (BETWEEN if lines else 0.0)
    rows[0] = [box._replace(top=over + above) for box in rows[0]]
    ticks = text_inches("0.0", font_points("ytick.labelsize")) + line_inches(size) + em()
    under = room_for_legend(LINES, width - ticks - 0.2)
    curve = Box(CURVE if width >= NARROW else 2 * CURVE, ticks, 0.2, under, 0.1)
    curve, text = with_title(
        curve, "(d) while it learned" if title else "(d)", side=SIDE, width=width
    )
    figure, grid = arrange([*rows, [curve]], side=SIDE, width=width, figure=figure)
    maps = [ax for row in grid[:-1] for ax in row]
    for ax, own, ring in zip(maps, (proved, exact), (False, peak), strict=False):
        heatmap(own, ax=ax, cmap=cmap, vmin=low, vmax=high, peak=ring, title=False, colorbar=False)
    cells = draw_values(
        *(maps[2], maze, gap), torus=exact.world.torus, cmap=lacking, vmin=ends[0], vmax=ends[1]
    )
    draw_field(
        maps[0],
        exact.world,
        proved.states,
        learned.policy[proved.states],
        cell_points(maps[0], maze.shape),
    )
    for ax, said in zip(maps, texts, strict=True):
        ax.set_title(said if title else said[:3], loc="left", fontsize=size, parse_math=False)
    shared = maps[1].collections[0] if maps[1].collections else maps[1].images[0]
    for group in [maps[:1], maps[1:2]] if stacked else [maps[:2]]:
        draw_bar(group, shared, "bits", below)
    draw_bar(maps[2:], cells, "gap [bits]", below)
    if title:
        figure.text(
            0.5,
            1 - BETWEEN / size_inches(figure)[1],
            head,
            ha="center",
            va="top",
            fontsize=font_points("axes.titlesize"),
            parse_math=False,
        )
    _draw_curves(grid[-1][0], learned)
    grid[-1][0].set_title(text, loc="left", fontsize=size, parse_math=False)
    return figure


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
    ax.set_ylabel("mean [bits]")
    ax.spines[["top", "right"]].set_visible(False)
    draw_legend_below(ax, LINES)
