"""What each wall costs, drawn on the walls themselves."""

from typing import Any

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.collections import LineCollection, PatchCollection
from matplotlib.colors import Colormap, Normalize
from matplotlib.patches import Rectangle
from matplotlib.patheffects import withStroke
from numpy.typing import NDArray

from gridemp.analysis.sensitivity import Change, Sensitivity
from gridemp.mazes.maze import Maze
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
    columns_of,
    draw_sensitivity_legend,
    entries_of,
    line_widths,
)
from gridemp.render.layout.boxes import MIN_AXES_SIDE, arrange, axes_inches
from gridemp.render.layout.colorbars import colorbar_inches, draw_colorbar
from gridemp.render.layout.legends import legend_inches
from gridemp.render.layout.margins import is_wide, long_side, map_box, with_title, x_labels_inches
from gridemp.render.layout.text import text_inches
from gridemp.report.captions import caption

COLORMAP = "PuOr"
FLOOR_COLOR = "white"  # so that less change is lighter all the way down to none
WALL_LENGTH, EDGE_LENGTH = 0.84, 0.5  # of a cell: what of a wall, or a free edge, is coloured


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
    """Draw what each wall costs: walls, free edges and solid cells in the colour of their change.

    Walls are thick and have a dark outline, free edges are thin and short, solid cells are hatched.

    Parameters
    ----------
    result : Sensitivity
        Changes in bits.
    ax : matplotlib.axes.Axes, optional
        Where; by default on a new figure that fits the maze, at `.figure` of what is returned.
    width : float, optional
        Of the new figure, in inches; by default the maze's longer side is 5, or less
        if it is small.
    cmap : str or matplotlib.colors.Colormap
        The colours, diverging.
    limit : float, optional
        The colours go from -limit to limit, in bits; by default to the largest change.
    best : bool
        Whether to ring the best door to open, or all that share it if they are few.
    title : str or bool
        What to write above; True for the maze, the horizon, the noise and the best door.
    legend : bool
        Whether to say what lines and hatched cells are, under the maze.
    colorbar : bool
        Whether to draw one.

    Returns
    -------
    matplotlib.axes.Axes
        In (x, y) of cell centres, y up.
    """
    maze = result.maze
    norm = Normalize(-(reach := limit or largest_change(result)), reach)
    doors = result.best_removals
    text = _title(result, doors) if title is True else title or ""
    entries = entries_of(result) if legend else []
    if ax is None:
        box = map_box(maze.shape, (-reach, reach) if colorbar else None)
        side = long_side(maze.shape)
        box, text = with_title(box, text, side=side, width=width)
        across = side * min(1.0, 1 / box.aspect)
        if width is not None:
            across = max(width - box.left - box.right, MIN_AXES_SIDE)
        columns = columns_of(entries, across + 2 * min(box.left, box.right))
        box = box._replace(bottom=box.bottom + legend_inches(len(entries), columns, LEGEND))
        _, ((ax,),) = arrange([[box]], side=side, width=width)
    else:
        columns = columns_of(entries, axes_inches(ax)[0])
    points = cell_points(ax, maze.shape)
    # What has a value is the solid cells: to them the floor is the rest.
    colors: dict[str, Any] = {"cmap": cmap, "norm": norm}
    draw_values(ax, _outlined(maze), result.solid, torus=result.base.world.torus, **colors)
    for floor in (a for a in ax.collections if a.get_gid() == "stateless"):
        floor.set_facecolor(FLOOR_COLOR)
    _hatch(ax, maze, points)
    draw_objects(ax, maze, points)
    _draw_edges(ax, result, points, colors)
    if best and doors and len(doors) <= MAX_MARKS and doors[0].bits > 2 * result.gap:
        _ring(ax, doors, points)
    if result.cell is not None:
        _mark_cell(ax, result.cell, points)
    ax.set_title(text, parse_math=False)
    below, under = is_wide(maze.shape), x_labels_inches()
    if colorbar:
        bar = ScalarMappable(norm, cmap)
        bar.set_array(_all_changes(result))
        draw_colorbar(ax, bar, _label(result, axes_inches(ax)[0 if below else 1]), below=below)
        under += colorbar_inches(-reach, reach, below=True) if below else 0.0
    if entries:
        draw_sensitivity_legend(ax, entries, columns, under)
    return ax


def largest_change(result: Sensitivity) -> float:
    """The largest change of all, or 1 if nothing changes, in bits."""
    largest = float(np.abs(_all_changes(result)).max())
    return largest if largest > 1e-9 else 1.0


def _all_changes(result: Sensitivity) -> NDArray[np.float64]:
    grids = (result.right, result.below, result.solid)
    found = np.concatenate([grid[~np.isnan(grid)] for grid in grids])
    return found if len(found) else np.zeros(1)


def _title(result: Sensitivity, doors: tuple[Change, ...]) -> str:
    """What `caption` says, and the best door on a line of its own."""
    if not doors:
        return caption(result.base)
    bits = f"{doors[0].bits:+.3g}".replace("-", "\N{MINUS SIGN}")
    if doors[0].bits <= 2 * result.gap + 1e-9:
        line = "no door gains anything"
    elif len(doors) > 1:
        line = f"{len(doors)} equally good doors, {bits} bits"
    else:
        place = doors[0].place.replace(", ", ",\N{NO-BREAK SPACE}")  # no line is broken there
        line = f"best door: {place}, {bits} bits"
    return f"{caption(result.base)}\n{line}"


def _label(result: Sensitivity, room: float) -> str:
    """The quantity with its unit, as fully as it fits."""
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
    """The maze with all cells floor, and thin walls around those that were solid."""
    floor = maze.floor
    return Maze(
        np.ones_like(floor),
        maze.wall_right | (floor[:, :-1] != floor[:, 1:]),
        maze.wall_below | (floor[:-1] != floor[1:]),
    )


def _hatch(ax: Axes, maze: Maze, points: float) -> None:
    """Lines over the solid cells, which leave their colour to be seen."""
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
    """Free edges thin and short; walls thick, their colour in a dark casing."""
    free, free_bits = _segments(result, walls=False, length=EDGE_LENGTH)
    cores, wall_bits = _segments(result, walls=True, length=WALL_LENGTH)
    casings, _ = _segments(result, walls=True, length=1.0)
    core, casing, thin = line_widths(points)
    shape: dict[str, Any] = {"capstyle": "butt", "zorder": 3.1}
    lines = LineCollection(free, array=free_bits, linewidths=thin, gid="edges", **shape, **colors)
    ax.add_collection(lines)
    ax.add_collection(
        LineCollection(
            casings,
            colors=WALL_COLOR,
            linewidths=casing,
            capstyle="projecting",
            zorder=3.2,
            gid="casings",
        )
    )
    shape["zorder"] = 3.3
    lines = LineCollection(cores, array=wall_bits, linewidths=core, gid="cores", **shape, **colors)
    ax.add_collection(lines)


def _segments(
    result: Sensitivity, *, walls: bool, length: float
) -> tuple[Segments, NDArray[np.float64]]:
    """Those edges that are walls or free, as lines about their middle in (x, y), and their bits."""
    maze, half = result.maze, length / 2
    segments: Segments = []
    for grid, wall, side in (
        (result.right, maze.wall_right, True),
        (result.below, maze.wall_below, False),
    ):
        for row, col in np.argwhere((wall == walls) & ~np.isnan(grid)).tolist():
            x, y = maze.xy(row, col)
            if side:
                segments.append(((x + 0.5, y - half), (x + 0.5, y + half)))
            else:
                segments.append(((x - half, y - 0.5), (x + half, y - 0.5)))
    grids = (result.right, maze.wall_right), (result.below, maze.wall_below)
    bits = [grid[(wall == walls) & ~np.isnan(grid)] for grid, wall in grids]
    return segments, np.concatenate(bits)


def _ring(ax: Axes, doors: tuple[Change, ...], points: float) -> None:
    """A ring around the best doors, white outside so that it stands off from walls."""
    x, y = np.array([np.mean(door.cells, axis=0) for door in doors]).T
    size = float(np.clip(0.7 * points, 6, 22))
    edge = max(1.0, 0.07 * size)
    ax.plot(
        *(x, y),
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
    """A disc in the cell that is asked about."""
    ax.plot(
        *([cell[0]], [cell[1]]),
        linestyle="none",
        marker="o",
        markersize=float(np.clip(0.35 * points, 3, 10)),
        color="black",
        path_effects=[withStroke(linewidth=1.5, foreground="white")],
        zorder=4,
        gid="cell",
    )
