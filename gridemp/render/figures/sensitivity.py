"""The change of empowerment that each wall makes, as the colour of the wall."""

from typing import Any

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.collections import LineCollection, PatchCollection
from matplotlib.colors import Colormap, Normalize
from matplotlib.patches import Rectangle
from matplotlib.patheffects import withStroke

from gridemp.analysis.sensitivity_result import Change, Sensitivity
from gridemp.arguments import check_kinds
from gridemp.mazes.maze import Maze
from gridemp.render.artists.map_key import drawn_entries
from gridemp.render.artists.maze_axes import (
    HATCH_COLOR,
    HATCH_FROM_POINTS,
    cell_points,
    draw_values,
)
from gridemp.render.artists.walls_and_objects import MAX_MARKS, WALL_COLOR, Segments, draw_objects
from gridemp.render.figures.sensitivity_legend import (
    HATCH,
    LEGEND,
    legend_columns,
    legend_entries,
    line_widths,
)
from gridemp.render.layout.boxes import MIN_AXES_SIDE, arrange, axes_inches
from gridemp.render.layout.colorbars import colorbar_inches, draw_colorbar
from gridemp.render.layout.legends import draw_legend, legend_inches
from gridemp.render.layout.margins import is_wide, long_side, map_box, with_title, x_labels_inches
from gridemp.render.layout.text import text_inches, with_minus_signs
from gridemp.render.layout.titles import figure_title
from gridemp.report.captions import caption
from gridemp.typing import Array

COLORMAP = "PuOr"
FLOOR_COLOR = "white"  # so that less change is lighter all the way down to none
WALL_LENGTH, EDGE_LENGTH = 0.84, 0.5  # of a cell: the coloured part of a wall, of a open edge


def draw_sensitivity(
    result: Sensitivity,
    ax: Axes | None = None,
    *,
    width: float | None = None,
    cmap: str | Colormap = COLORMAP,
    limit: float | None = None,
    best: bool = True,
    title: str | bool = True,
    legend: bool = True,
    colorbar: bool = True,
) -> Axes:
    """Draw walls, open edges and solid cells in the colour of the change that toggling them makes.

    Walls are thick with a dark outline, open edges are thin and short, solid cells are hatched.

    Parameters
    ----------
    result : Sensitivity
        Changes in bits.
    ax : matplotlib.axes.Axes, optional
        Axes to draw on; by default those of a new figure that fits the maze, which is the
        `.figure` of the axes returned.
    width : float, optional
        Width of the new figure in inches; by default the longer side of the maze is 5 inches, or
        less if the maze is small.
    cmap : str or matplotlib.colors.Colormap
        Diverging colour map.
    limit : float, optional
        Change in bits at the ends of the colours, which are centred at 0; by default the largest
        change.
    best : bool
        If True, ring the best wall or cell to open, or all of the equally good ones if they are
        few.
    title : str or bool
        Title; if True, it gives the maze, the horizon, the noise and the best door.
    legend : bool
        If True, explain lines, hatched cells and objects below the maze.
    colorbar : bool
        If True, draw a colourbar.

    Returns
    -------
    matplotlib.axes.Axes
        Axes whose data coordinates are the (x, y) of cell centres, with y up.

    Examples
    --------
    >>> import gridemp
    >>> from gridemp.analysis import sensitivity
    >>> result = sensitivity(gridemp.load_maze("klyubin"), horizon=2)
    >>> gridemp.render.draw_sensitivity(result, title="Walls").get_title()
    'Walls'
    """
    check_kinds(draw_sensitivity, locals())
    maze = result.maze
    limit = limit or largest_change(result)
    norm = Normalize(-limit, limit)
    doors = result.best_removals
    text = figure_title(title, _title(result, doors))
    ringed = best and result.can_gain and len(doors) <= MAX_MARKS
    entries = legend_entries(result, ringed=ringed) if legend else []
    texts = [text for _, text in entries]
    if ax is None:
        box = map_box(maze.shape, (-limit, limit) if colorbar else None)
        side = long_side(maze.shape)
        box, text = with_title(box, text, side=side, width=width)
        across = side * min(1.0, 1 / box.aspect)
        if width is not None:
            across = max(width - box.left - box.right, MIN_AXES_SIDE)
        columns = legend_columns(texts, across + 2 * min(box.left, box.right))
        box = box._replace(bottom=box.bottom + legend_inches(len(texts), columns, LEGEND))
        _, ((ax,),) = arrange([[box]], side=side, width=width)
    else:
        columns = legend_columns(texts, axes_inches(ax)[0])
    points = cell_points(ax, maze.shape)
    # Here solid cells have values; floor cells have none.
    colors: dict[str, Any] = {"cmap": cmap, "norm": norm}
    draw_values(ax, _outlined(maze), result.solid, torus=result.base.world.torus, **colors)
    for artist in ax.collections:
        if artist.get_gid() == "stateless":  # the floor
            artist.set_facecolor(FLOOR_COLOR)
    _hatch(ax, maze, points)
    draw_objects(ax, maze, points)
    _draw_edges(ax, result, points, colors)
    if ringed:
        _ring(ax, doors, points)
    if result.cell is not None:
        _mark_cell(ax, result.cell, points)
    ax.set_title(text, parse_math=False)
    below, legend_at = is_wide(maze.shape), x_labels_inches()
    if colorbar:
        bar = ScalarMappable(norm, cmap)
        bar.set_array(_all_changes(result))
        draw_colorbar(ax, bar, _label(result, axes_inches(ax)[0 if below else 1]), below=below)
        legend_at += colorbar_inches(-limit, limit, below=True) if below else 0.0
    if entries:
        draw_legend(ax, drawn_entries(entries, [ax]), columns, legend_at + 0.04, style=LEGEND)
    return ax


def largest_change(result: Sensitivity) -> float:
    """Return the largest absolute change in bits, or 1 if nothing changes."""
    largest = float(np.abs(_all_changes(result)).max())
    return largest if largest > 1e-9 else 1.0


def _all_changes(result: Sensitivity) -> Array:
    """Return the changes of all walls, edges and cells in bits, or a 0 if there are none."""
    grids = (result.right, result.below, result.solid)
    changes = np.concatenate([grid[~np.isnan(grid)] for grid in grids])
    return changes if len(changes) else np.zeros(1)


def _title(result: Sensitivity, doors: tuple[Change, ...]) -> str:
    """Return the caption of the map, and the best door on a line of its own."""
    if not doors:
        return caption(result.base)
    bits = with_minus_signs(f"{doors[0].bits:+.3g}")
    if not result.can_gain:
        line = "opening a wall gains nothing"
    elif len(doors) > 1:
        line = f"{len(doors)} equally good doors, {bits} bits"
    else:
        place = doors[0].place.replace(", ", ",\N{NO-BREAK SPACE}")  # no line is broken there
        line = f"best door: {place}, {bits} bits"
    return f"{caption(result.base)}\n{line}"


def _label(result: Sensitivity, room: float) -> str:
    """Return the quantity with its unit, as fully as fits."""
    if result.cell is None:
        texts = ["change of mean empowerment [bits]", "change of the mean [bits]"]
    else:
        x, y = result.cell
        texts = [
            f"change of empowerment at x = {x}, y = {y} [bits]",
            f"change at x = {x}, y = {y} [bits]",
        ]
    size = matplotlib.rcParams["axes.labelsize"]
    fitting = (text for text in texts if 1.05 * text_inches(text, size) <= room)
    return next(fitting, "change [bits]")


def _outlined(maze: Maze) -> Maze:
    """Return the maze with thin walls around its solid cells, and no solid cell."""
    floor = maze.floor
    return Maze(
        np.ones_like(floor),
        maze.wall_right | (floor[:, :-1] != floor[:, 1:]),
        maze.wall_below | (floor[:-1] != floor[1:]),
    )


def _hatch(ax: Axes, maze: Maze, points: float) -> None:
    """Draw hatching over the solid cells, through which their colour can be seen."""
    corners = [maze.xy(row, col) for row, col in np.argwhere(~maze.floor).tolist()]
    if corners and points >= HATCH_FROM_POINTS:
        ax.add_collection(
            PatchCollection(
                [Rectangle((x - 0.5, y - 0.5), 1, 1) for x, y in corners],
                facecolor="none",
                edgecolor=HATCH_COLOR,
                hatch=HATCH,
                linewidth=0,
                zorder=2,
                gid="solid",
            )
        )


def _draw_edges(ax: Axes, result: Sensitivity, points: float, colors: dict[str, Any]) -> None:
    """Draw open edges as thin, short lines, and walls as thick lines in a dark casing."""
    free, free_bits = _segments(result, walls=False, length=EDGE_LENGTH)
    cores, wall_bits = _segments(result, walls=True, length=WALL_LENGTH)
    casings, _ = _segments(result, walls=True, length=1.0)
    core, casing, thin = line_widths(points)
    colored: dict[str, Any] = {"capstyle": "butt", **colors}
    dark: dict[str, Any] = {"capstyle": "projecting", "colors": WALL_COLOR}
    for lines in (
        LineCollection(free, array=free_bits, linewidths=thin, zorder=3.1, gid="edges", **colored),
        LineCollection(casings, linewidths=casing, zorder=3.2, gid="casings", **dark),
        LineCollection(cores, array=wall_bits, linewidths=core, zorder=3.3, gid="cores", **colored),
    ):
        ax.add_collection(lines)


def _segments(result: Sensitivity, *, walls: bool, length: float) -> tuple[Segments, Array]:
    """Return the walls or the open edges as lines about their centres, and their changes in bits.

    Parameters
    ----------
    result : Sensitivity
        Changes in bits.
    walls : bool
        If True, the walls; if False, the open edges.
    length : float
        Length of the lines, in cells.
    """
    maze, half = result.maze, length / 2
    right = (maze.wall_right == walls) & ~np.isnan(result.right)
    below = (maze.wall_below == walls) & ~np.isnan(result.below)
    segments: Segments = []
    for row, col in np.argwhere(right).tolist():
        x, y = maze.xy(row, col)
        segments.append(((x + 0.5, y - half), (x + 0.5, y + half)))
    for row, col in np.argwhere(below).tolist():
        x, y = maze.xy(row, col)
        segments.append(((x - half, y - 0.5), (x + half, y - 0.5)))
    return segments, np.concatenate([result.right[right], result.below[below]])


def _ring(ax: Axes, doors: tuple[Change, ...], points: float) -> None:
    """Draw a ring around each of the best doors, white outside to set it off from walls."""
    x, y = np.array([np.mean(door.cells, axis=0) for door in doors]).T
    size = float(np.clip(0.7 * points, 6, 22))
    edge = max(1.0, 0.07 * size)
    ax.plot(
        x,
        y,
        linestyle="none",
        marker="o",
        markersize=size,
        markerfacecolor="none",
        markeredgecolor="black",
        markeredgewidth=edge,
        path_effects=[withStroke(linewidth=edge + 1.6, foreground="white")],
        zorder=4,
        clip_on=False,
        gid="best",
    )


def _mark_cell(ax: Axes, cell: tuple[int, int], points: float) -> None:
    """Draw a disc in the cell whose change is shown."""
    x, y = cell
    ax.plot(
        [x],
        [y],
        linestyle="none",
        marker="o",
        markersize=float(np.clip(0.35 * points, 3, 10)),
        color="black",
        path_effects=[withStroke(linewidth=1.5, foreground="white")],
        zorder=4,
        gid="cell",
    )
