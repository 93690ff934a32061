"""The heatmap of an empowerment map, on given axes or on a figure of its own."""

from collections.abc import Sequence
from pathlib import Path
from typing import Unpack

from matplotlib.axes import Axes
from matplotlib.colors import Colormap

from gridemp.arguments import check_kinds
from gridemp.engine.absorbing import absorbing, span
from gridemp.engine.map import INVISIBLE_GAP, EmpowermentMap
from gridemp.engine.map_of import map_of
from gridemp.errors import GridempError
from gridemp.mazes.maze import Maze
from gridemp.render.artists.map_key import drawn_entries, key_entries
from gridemp.render.artists.maze_axes import absorbing_cells, cell_points, draw_values
from gridemp.render.artists.numbers import (
    default_annotation,
    draw_numbers,
    min_cell_inches,
    numbers_note,
)
from gridemp.render.artists.walls_and_objects import DARK, draw_peaks
from gridemp.render.layout.boxes import arrange
from gridemp.render.layout.colorbars import draw_colorbar
from gridemp.render.layout.keys import with_map_key
from gridemp.render.layout.legends import draw_map_legend
from gridemp.render.layout.margins import is_wide, long_side, map_box, with_bar_label, with_title
from gridemp.render.layout.style import check_range
from gridemp.render.layout.titles import figure_title
from gridemp.report.captions import bar_label, caption
from gridemp.worlds.conditions import WorldOptions
from gridemp.worlds.world import World

INK = "Greys"  # white = low, black = high
MAX_SIDE = 20.0  # inches to which the longer side grows, to make room for numbers in the cells


def heatmap(
    emap: EmpowermentMap | World | Maze | str | Path,
    horizon: int | None = None,
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
    grid: bool = True,
    legend: bool = True,
    **world_options: Unpack[WorldOptions],
) -> Axes:
    """Draw an empowerment map: its colours, walls, peak and colourbar, and a key of its marks.

    Parameters
    ----------
    emap : EmpowermentMap, World, Maze, str or Path
        Map to draw, in bits; or a world, a maze, or the name or path of a maze, whose map is then
        computed; or the path of a map that `EmpowermentMap.save` wrote.
    horizon : int, optional
        Number of steps n of the map to compute; a map that is given has one.
    ax : matplotlib.axes.Axes, optional
        Axes to draw on; by default those of a new figure that fits the maze, which is the
        `.figure` of the axes returned. The colourbar stands outside the axes, so create a figure
        with several axes with `layout="constrained"`.
    width : float, optional
        Width of the new figure in inches; by default the longer side of the map is 5 inches, or
        less if the maze is small.
    cmap : str or matplotlib.colors.Colormap, optional
        Colour map; by default that of the style, which is viridis unless the style says otherwise.
    vmin, vmax : float, optional
        Values of the first and the last colour, in bits; by default the lowest and the highest
        value of the map, or 0 and the highest where the cells cannot be told apart. Absorbing
        cells, which no action can change, have a colour of their own in any case.
    annotate : {"bits", "outcomes", "names"}, optional
        Number or name of the state to write in each cell; by default "names" for graphs of up to 12
        nodes that have names but no places, and nothing for other worlds.
    peak : bool
        If True, mark the peak.
    title : str or bool
        Title; if True, it gives the maze, the horizon and the noise.
    colorbar : bool
        If True, draw a colourbar.
    grid : bool
        If True, draw faint lines between the cells of a small map.
    legend : bool
        If True, explain the marks in a legend below the map; not on given axes.
    **world_options
        Options of `World.from_maze` for the world of a maze: `moves`, `stay`, `slip`, `slip_kind`,
        `torus`, `sensor`.

    Returns
    -------
    matplotlib.axes.Axes
        Axes whose data coordinates are the (x, y) of cell centres, with y up.

    Raises
    ------
    GridempError
        If there is no map to draw or to compute, if `annotate` is unknown or not defined in this
        world, if the numbers would be too small to read, or if `vmin` is not below `vmax`.

    Examples
    --------
    >>> import gridemp
    >>> ax = gridemp.heatmap("klyubin", horizon=5, slip=0.1)
    >>> world = gridemp.World.from_maze(gridemp.load_maze("klyubin"))
    >>> emap = gridemp.empowerment(world, horizon=5)
    >>> ax = gridemp.heatmap(emap, width=3.5, cmap="cividis", title=False)
    >>> ax.figure.savefig("map.pdf")
    >>> gridemp.heatmap(emap).get_title()
    'klyubin, horizon 5, no noise'
    """
    if isinstance(horizon, Axes):
        raise GridempError("the second argument is the horizon; give axes by name, as in `ax=ax`")
    check_kinds(heatmap, locals(), "emap", "horizon", "slip")
    emap = map_of(emap, horizon, world_options).one_per_cell()
    maze = emap.world.maze
    annotate = default_annotation(emap) if annotate is None else annotate
    low, high = color_range([emap], vmin, vmax)
    text = title_of(emap, title, annotate)
    box = map_box(maze.shape, (low, high) if colorbar else None)
    below = box.bottom
    entries = key_entries([emap], peak=peak) if legend and ax is None else []
    if ax is None:
        side = long_side(maze.shape)
        if annotate is not None:
            side = min(max(side, max(maze.shape) * min_cell_inches(emap, annotate)), MAX_SIDE)
        if colorbar and not is_wide(maze.shape):
            box = with_bar_label(box, bar_label([emap]), side=side, width=width)
        box, text = with_title(box, text, side=side, width=width)
        box, entries = with_map_key(box, entries, side, width)
        _, ((ax,),) = arrange([[box]], side=side, width=width)
    cells = draw_values(
        ax,
        maze,
        emap.grid(),
        absorbing=absorbing_cells(emap),
        torus=emap.world.torus,
        aside=annotate is not None,
        grid=grid,
        cmap=cmap,
        vmin=low,
        vmax=high,
    )
    if annotate is not None:
        draw_numbers(ax, emap, cells, annotate)
    if peak:
        draw_peaks(
            ax,
            emap,
            cell_points(ax, maze.shape),
            numbered=annotate is not None,
            dark=sum(cells.to_rgba(emap.bits.max())[:3]) <= DARK,
        )
    ax.set_title(text, parse_math=False)
    if colorbar:
        draw_colorbar(
            ax,
            cells,
            bar_label([emap]),
            below=is_wide(maze.shape),
            absorbing=bool(absorbing(emap).any()),
        )
    if entries:
        draw_map_legend(ax, drawn_entries(entries, [ax]), below)
    return ax


def title_of(emap: EmpowermentMap, title: str | bool, annotate: str | None) -> str:
    """Return the title given, or one that says which map and which numbers are shown."""
    return figure_title(title, caption(emap) + numbers_note(annotate))


def color_range(
    emaps: Sequence[EmpowermentMap], vmin: float | None = None, vmax: float | None = None
) -> tuple[float, float]:
    """Return the lowest and the highest value of some maps, for their colours.

    Absorbing cells, which have a colour of their own, do not count. The range begins at 0 if the
    values differ by no more than their certified gaps, which would otherwise be all that the
    colours show.

    Raises
    ------
    GridempError
        If `vmin` is not below `vmax`.
    """
    spans = [span(emap) for emap in emaps if not absorbing(emap).all()] or [(0.0, 0.0)]
    low, high = min(low for low, _ in spans), max(high for _, high in spans)
    gap = max(float(emap.gap.max()) for emap in emaps)
    if low + min(gap, INVISIBLE_GAP) + 1e-9 >= high:
        low, high = 0.0, high if high > 1e-9 else 1.0
    low, high = low if vmin is None else vmin, high if vmax is None else vmax
    check_range(low, high)
    return low, high
