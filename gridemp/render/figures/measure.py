"""A measure of the states of a world other than empowerment, as a map of its own."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import Colormap
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from gridemp.analysis.measures import cell_values, shown_words
from gridemp.arguments import check_kinds
from gridemp.mazes.maze import Maze
from gridemp.render.artists.difference import EQUAL
from gridemp.render.artists.map_key import PEAK, drawn_entries, object_entries, sign_size
from gridemp.render.artists.maze_axes import cell_points, draw_values
from gridemp.render.artists.walls_and_objects import DARK, MAX_MARKS, draw_rings, ring
from gridemp.render.layout.boxes import arrange
from gridemp.render.layout.colorbars import draw_colorbar
from gridemp.render.layout.keys import with_map_key
from gridemp.render.layout.legends import LegendEntry, draw_map_legend
from gridemp.render.layout.margins import is_wide, long_side, map_box, with_bar_label, with_title
from gridemp.render.layout.style import STATELESS_COLOR, check_range
from gridemp.render.layout.text import with_minus_signs
from gridemp.render.layout.titles import figure_title
from gridemp.report.captions import measure_caption
from gridemp.typing import Array, Indices
from gridemp.worlds.world import World


def draw_measure(
    world: World,
    values: Array,
    label: str,
    *,
    horizon: int | None = None,
    heading: str = "best",
    ax: Axes | None = None,
    width: float | None = None,
    cmap: str | Colormap | None = None,
    vmin: float | None = None,
    vmax: float | None = None,
    peak: bool = True,
    title: str | bool = True,
    note: str = "",
    grid: bool = True,
    legend: bool = True,
) -> Axes:
    """Draw a measure of every cell as colours, with walls, objects, peak and colourbar.

    Parameters
    ----------
    world : World
        World with T starts.
    values : ndarray, shape (T,)
        Value of each start, such as the result of `measure`, NaN where it is undefined.
    label : str
        Name of the measure, with its unit.
    horizon : int, optional
        Number of steps that the measure looks ahead, for the title.
    heading : {"best", "mean", "north", "east", "south", "west"}
        Value of a cell with several starts: the highest, the mean, or that of a heading.
    ax : matplotlib.axes.Axes, optional
        Axes to draw on; by default those of a new figure that fits the maze. The colourbar stands
        outside the axes, so create a figure with several axes with `layout="constrained"`.
    width : float, optional
        Width of the new figure in inches.
    cmap : str or matplotlib.colors.Colormap, optional
        Colour map; by default that of the style.
    vmin, vmax : float, optional
        Values of the first and the last colour, in the unit of the measure; by default the lowest
        and the highest value.
    peak : bool
        If True, mark the highest cell, or the few cells that share the highest value.
    title : str or bool
        Title; if True, it gives the maze, the horizon and the conditions.
    note : str
        Line below this default title, such as the `note` of an estimate.
    grid : bool
        If True, draw faint lines between the cells of a small map.
    legend : bool
        If True, explain the marks in a legend below the map; not on given axes.

    Returns
    -------
    matplotlib.axes.Axes
        Axes whose data coordinates are the (x, y) of cell centres, with y up.

    Raises
    ------
    GridempError
        If there is not one value for each start, there is no such heading in this world, or `vmin`
        is not below `vmax`.

    Examples
    --------
    >>> import gridemp
    >>> from gridemp.analysis import MEASURES, measure
    >>> world = gridemp.World.from_maze(gridemp.load_maze("klyubin"))
    >>> entropy = measure(world, "entropy", horizon=5)
    >>> ax = gridemp.render.draw_measure(world, entropy, MEASURES["entropy"].label, horizon=5)
    >>> ax.get_title()
    'klyubin, horizon 5, no noise'
    """
    check_kinds(draw_measure, locals())
    maze = world.maze
    cells = cell_values(world, np.asarray(values, dtype=float), heading)
    low, high = value_range(cells)
    low, high = low if vmin is None else vmin, high if vmax is None else vmax
    check_range(low, high, "")
    head = measure_caption(world, horizon, shown_words(world, heading))
    text = figure_title(title, f"{head}\n{note}".strip())
    peaks = highest_xy(maze, cells)
    marked = peak and 0 < len(peaks[0]) <= MAX_MARKS
    box = map_box(maze.shape, (low, high))
    below = box.bottom
    entries: list[LegendEntry] = []
    if ax is None:
        if legend:
            entries = [_peak_entry(cells, peaks)] if marked else []
            entries += object_entries([maze])
            if np.isnan(cells[maze.floor]).any():
                entries.append((Patch(facecolor=STATELESS_COLOR, gid="stateless"), "no value"))
        side = long_side(maze.shape)
        if not is_wide(maze.shape):
            box = with_bar_label(box, label, side=side, width=width)
        box, text = with_title(box, text, side=side, width=width)
        box, entries = with_map_key(box, entries, side, width)
        _, ((ax,),) = arrange([[box]], side=side, width=width)
    colors = draw_values(
        ax, maze, cells, torus=world.torus, grid=grid, cmap=cmap, vmin=low, vmax=high
    )
    if marked:
        dark = sum(colors.to_rgba(np.array([np.nanmax(cells)]))[0, :3]) <= DARK
        draw_rings(ax, maze, peaks, cell_points(ax, maze.shape), dark=dark)
    ax.set_title(text, parse_math=False)
    draw_colorbar(ax, colors, label, below=is_wide(maze.shape))
    if entries:
        draw_map_legend(ax, drawn_entries(entries, [ax]), below)
    return ax


def value_range(values: Array) -> tuple[float, float]:
    """Return the lowest and the highest value; the range includes 0 if all values are equal."""
    known = values[np.isfinite(values)]
    low, high = (float(known.min()), float(known.max())) if known.size else (0.0, 0.0)
    if high - low > EQUAL * max(abs(low), abs(high)):
        return low, high
    return min(0.0, low), max(0.0, high) or float(low == 0)


def highest_xy(maze: Maze, cells: Array) -> tuple[Indices, Indices]:
    """Coordinates x and y of the cells that share the highest value; none if all do.

    Parameters
    ----------
    maze : Maze
        Maze of H x W cells.
    cells : ndarray, shape (H, W)
        Value of each cell, NaN where there is none.
    """
    known = np.isfinite(cells)
    highest = cells[known].max(initial=-np.inf)
    chosen = known & (cells >= highest - EQUAL * abs(highest))
    if chosen.sum() == known.sum():
        chosen[:] = False
    rows, cols = np.nonzero(chosen)
    x, y = maze.xy(rows, cols)
    order = np.lexsort((x, y))
    return x[order], y[order]


def _peak_entry(cells: Array, peaks: tuple[Indices, Indices]) -> LegendEntry:
    """Return the entry of the key for the ring around the highest cells."""
    text = f"{PEAK}: {np.nanmax(cells):.3g}"
    if len(peaks[0]) == 1:
        text += f" at ({peaks[0][0]}, {peaks[1][0]})"
    return Line2D([], [], **ring(sign_size(), 1.0), gid="peak"), with_minus_signs(text)
