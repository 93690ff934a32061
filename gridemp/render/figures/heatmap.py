"""The heatmap of an empowerment map, on axes of yours or a figure of its own."""

import math
from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.colors import Colormap

from gridemp.engine.map import INVISIBLE_GAP, EmpowermentMap
from gridemp.errors import GridempError
from gridemp.render.artists.maze_axes import cell_points, draw_values
from gridemp.render.artists.numbers import about_numbers, cell_inches, draw_numbers
from gridemp.render.artists.walls_and_objects import draw_peaks
from gridemp.render.layout.boxes import arrange
from gridemp.render.layout.colorbars import draw_colorbar
from gridemp.render.layout.margins import is_wide, long_side, map_box, with_title
from gridemp.report.captions import bar_label, caption

INK = "Greys"  # white = low, black = high
LONGEST_SIDE = 20.0  # to which it grows for numbers in the cells


def heatmap(
    emap: EmpowermentMap,
    *,
    ax: Axes | None = None,
    width: float | None = None,
    cmap: str | Colormap | None = None,
    vmin: float | None = None,
    vmax: float | None = None,
    annotate: str | None = None,
    peak: bool = True,
    title: str | bool = True,
    colorbar: bool = True,
) -> Axes:
    """Draw an empowerment map: colours, walls, peak and colourbar.

    Parameters
    ----------
    emap : EmpowermentMap
        What to draw, in bits.
    ax : matplotlib.axes.Axes, optional
        Where; by default on a new figure that fits the maze, at `.figure` of what is returned. The
        colourbar stands outside the axes, so give a figure of several `layout="constrained"`.
    width : float, optional
        Of the new figure, in inches; by default the map's longer side is 5, or less if
        it is small.
    cmap : str or matplotlib.colors.Colormap, optional
        The colours; by default those of the style, which are viridis unless it says otherwise.
    vmin, vmax : float, optional
        The range of the colours, in bits; by default that of the map, or from 0 where its cells
        cannot be told apart.
    annotate : {"bits", "outcomes"}, optional
        What number to write in each cell.
    peak : bool
        Whether to mark the peak.
    title : str or bool
        What to write above; True for the maze, the horizon and the noise.
    colorbar : bool
        Whether to draw one.

    Returns
    -------
    matplotlib.axes.Axes
        In (x, y) of cell centres, y up.

    Raises
    ------
    GridempError
        If there are no such numbers, or they would be too small to read.
    """
    emap = emap.one_per_cell()
    maze = emap.world.maze
    low, high = color_range([emap], vmin, vmax)
    text = title_of(emap, title, annotate)
    if ax is None:
        box = map_box(maze.shape, (low, high) if colorbar else None)
        side = long_side(maze.shape)
        if annotate is not None:
            side = min(max(side, max(maze.shape) * cell_inches(emap, annotate)), LONGEST_SIDE)
        box, text = with_title(box, text, side=side, width=width)
        _, ((ax,),) = arrange([[box]], side=side, width=width)
    cells = draw_values(
        *(ax, maze, emap.grid()),
        torus=emap.world.torus,
        aside=annotate is not None,
        cmap=cmap,
        vmin=low,
        vmax=high,
    )
    if annotate is not None:
        draw_numbers(ax, emap, cells, annotate)
    if peak:
        draw_peaks(ax, emap, cell_points(ax, maze.shape), numbered=annotate is not None)
    ax.set_title(text, parse_math=False)
    if colorbar:
        draw_colorbar(ax, cells, bar_label([emap]), below=is_wide(maze.shape))
    return ax


def title_of(emap: EmpowermentMap, title: str | bool, annotate: str | None) -> str:
    """The title that is given, or what map and numbers are."""
    return caption(emap) + about_numbers(annotate) if title is True else title or ""


def color_range(
    emaps: Sequence[EmpowermentMap], vmin: float | None = None, vmax: float | None = None
) -> tuple[float, float]:
    """Lowest and highest value of maps; from 0 if small gaps alone cannot tell the cells apart.

    Raises
    ------
    GridempError
        If a range that is given is none.
    """
    low = min(float(emap.bits.min()) for emap in emaps)
    high = max(float(emap.bits.max()) for emap in emaps)
    gap = max(float(emap.gap.max()) for emap in emaps)
    if low + min(gap, INVISIBLE_GAP) + 1e-9 >= high:
        low, high = 0.0, high if high > 1e-9 else 1.0
    low, high = low if vmin is None else vmin, high if vmax is None else vmax
    if not (math.isfinite(low) and math.isfinite(high) and low < high):
        raise GridempError(
            f"colours cannot go from {low:.4g} to {high:.4g} bits; let --vmin lie below --vmax"
        )
    return low, high
