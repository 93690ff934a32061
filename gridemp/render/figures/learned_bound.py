"""A bound learned by networks beside the exact map, the gap between them, and the training."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Unpack

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import Colormap
from matplotlib.ticker import MaxNLocator

from gridemp.arguments import check_kinds
from gridemp.deep.result import LearnedBound
from gridemp.render.artists.map_key import drawn_entries
from gridemp.render.artists.maze_axes import cell_points, draw_values
from gridemp.render.artists.policy_arrows import draw_policy_arrows
from gridemp.render.figures.map_scale import MapScale
from gridemp.render.layout.boxes import AnyFigure, Box, arrange, figure_inches
from gridemp.render.layout.drawing_options import MapDrawing
from gridemp.render.layout.keys import draw_key
from gridemp.render.layout.legends import draw_line_legend, line_legend_inches
from gridemp.render.layout.notebook_figure import NotebookFigure
from gridemp.render.layout.panel_rows import (
    draw_panel_colorbar,
    three_panels,
    three_panels_inches,
)
from gridemp.render.layout.text import em, font_points, line_inches, text_inches, wrapped
from gridemp.render.layout.titles import chosen_titles
from gridemp.report.captions import caption

SIDE = 8.0  # inches of the curves, at most twice as many
NARROW = 5.0  # inches of a figure, below which the curves are less wide than they are high
CURVES_SHARE = 0.3  # of the height of a figure that is given
CURVES_ASPECT = 0.25  # height over width of the curves
MIN_GAP_RANGE = 1e-3  # bits that the colours of the gap span at least
EXACT = "exact map"
PROVED = "bound, evaluated exactly"
ESTIMATED = "bound, as estimated"
MODEL_LOSS = "forward model: bits lost per step"
LABELS = (EXACT, PROVED, ESTIMATED, MODEL_LOSS)
LACKING = "magma_r"  # a small gap is pale


def learned_figure(
    learned: LearnedBound,
    *,
    figure: AnyFigure | None = None,
    width: float | None = None,
    lacking: str | Colormap = LACKING,
    title: str | bool = True,
    panel_titles: Sequence[str] | None = None,
    **options: Unpack[MapDrawing],
) -> AnyFigure:
    """Draw a learned bound with its policy as arrows, the exact map, their gap, and the training.

    Parameters
    ----------
    learned : LearnedBound
        Bound to draw.
    figure : matplotlib.figure.Figure, optional
        Empty figure to fill; by default a new one.
    width : float, optional
        Width of the new figure in inches; the panels of a narrow one stand below one another.
    lacking : str or matplotlib.colors.Colormap
        Colour map of the gap.
    title : str or bool
        Title; if True, it gives the maze, the horizon and the noise; if False, write only the
        letters of the panels.
    panel_titles : sequence of str, optional
        A title for each panel, after its letter; by default the figure makes its own.
    **options
        Colour map, range and marks of the two maps: `cmap`, `vmin`, `vmax`, `peak`, `grid` and
        `legend` as in `heatmap`.

    Returns
    -------
    matplotlib.figure.Figure
        The figure, whose panels are its `axes`.

    Raises
    ------
    GridempError
        If the figure does not fit, or if `vmin` is not below `vmax`.

    Examples
    --------
    >>> import gridemp
    >>> from gridemp.deep import TrainingOptions, train
    >>> exact = gridemp.empowerment(gridemp.World.from_maze(gridemp.parse_maze(".....")), 1)
    >>> learned = train(exact, TrainingOptions(updates=20, dynamics="given"))
    >>> figure = gridemp.render.learned_figure(learned)
    >>> print(figure.axes[1].get_title(loc="left"))
    (b) exact
    mean 1.351 bits
    """
    check_kinds(learned_figure, locals())
    exact = learned.exact.one_per_cell()
    order = np.searchsorted(learned.exact.states, exact.states)  # same choice in each cell
    bits, gaps = learned.proved.bits[order], learned.proved.gap[order]
    proved = replace(exact, bits=bits, gap=gaps, outcomes=None)
    maze = exact.world.maze
    gap = exact.grid() - proved.grid()
    scale = MapScale.of([proved, exact], **options)
    largest_gap = max(float(np.nanmax(gap)), MIN_GAP_RANGE)
    texts = [
        f"learned bound, policy\nmean {proved.bits.mean():.3f} bits",
        f"exact\nmean {exact.bits.mean():.3f} bits",
        f"exact minus bound\nmean {np.nanmean(gap):.3f} bits",
        "during training",
    ]
    head, texts = chosen_titles(title, panel_titles, caption(exact), texts)

    bars = [None, scale.range, (0.0, largest_gap)]
    key = scale.key()
    last = f"(d) {texts[3]}".strip()
    if figure is None:
        wide, maps_height = three_panels_inches(
            maze.shape, bars, texts[:3], head, width=width, key=key
        )
        curves, last = _curves_box(wide, last)
        across = wide - curves.left - curves.right
        curves_height = curves.top + curves.bottom + curves.aspect * across
        figure = NotebookFigure(figsize=(wide, maps_height + curves_height))
    else:
        wide, height = figure_inches(figure)
        curves, last = _curves_box(wide, last)
        maps_height, curves_height = (1 - CURVES_SHARE) * height, CURVES_SHARE * height
    above, under = figure.subfigures(2, squeeze=False, height_ratios=[maps_height, curves_height])[
        :, 0
    ]
    _, axes, below, key = three_panels(maze.shape, bars, texts[:3], head, figure=above, key=key)
    scale.draw_row(axes[:2], below=below)
    cells = draw_values(
        axes[2],
        maze,
        gap,
        torus=exact.world.torus,
        grid=scale.grid,
        cmap=lacking,
        vmin=0.0,
        vmax=largest_gap,
    )
    draw_panel_colorbar(axes[2:], cells, "gap [bits]", below)
    points = cell_points(axes[0], maze.shape)
    draw_policy_arrows(axes[0], exact.world, proved.states, learned.policy[proved.states], points)
    draw_key(above, drawn_entries(key, axes))
    _, ((ax,),) = arrange([[curves]], side=SIDE, figure=under)
    ax.set_title(last, loc="left", parse_math=False)
    _draw_curves(ax, learned)
    return figure


def _curves_box(wide: float, title: str) -> tuple[Box, str]:
    """Return the box of the curves in a figure that is `wide` inches wide, and its broken title."""
    label = line_inches(matplotlib.rcParams["axes.labelsize"])
    left = text_inches("0.0", font_points("ytick.labelsize")) + label + em()
    aspect = CURVES_ASPECT if wide >= NARROW else 2 * CURVES_ASPECT
    size = font_points("axes.titlesize")
    title = wrapped(title, wide - left - 0.2, size)
    box = Box(
        aspect,
        left=left,
        right=0.2,
        bottom=line_legend_inches(LABELS, wide - left - 0.2),
        top=label + 0.1 + title.count("\n") * line_inches(size),
    )
    return box, title


def _draw_curves(ax: Axes, learned: LearnedBound) -> None:
    """Draw bound, estimate and the loss of the forward model against updates."""
    ink = matplotlib.rcParams["text.color"]
    mean = float(learned.exact.bits.mean())
    ax.axhline(mean, color=ink, alpha=0.5, linewidth=0.9, linestyle=(0, (4, 2)), label=EXACT)
    ax.plot(learned.updates, learned.means, color=ink, label=PROVED, zorder=3)
    ax.plot(
        learned.updates,
        learned.estimates,
        color="tab:orange",
        marker="o",
        markersize=3,
        linewidth=0.9,
        label=ESTIMATED,
    )
    if np.isfinite(learned.surprises).any():
        ax.plot(
            learned.updates,
            learned.surprises,
            color="tab:blue",
            linestyle=":",
            label=MODEL_LOSS,
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
    draw_line_legend(ax, LABELS)
