"""Mazes on axes: square cells in (x, y), y up, each coloured by a value."""

import math
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.collections import LineCollection, PatchCollection
from matplotlib.colors import ListedColormap
from matplotlib.patches import Rectangle

from gridemp.arguments import check_kinds
from gridemp.engine.absorbing import absorbing
from gridemp.engine.map import EmpowermentMap
from gridemp.mazes.maze import Maze
from gridemp.render.artists.map_key import drawn_entries, object_entries
from gridemp.render.artists.walls_and_objects import draw_objects, draw_walls
from gridemp.render.layout.boxes import arrange, axes_inches
from gridemp.render.layout.keys import with_map_key
from gridemp.render.layout.legends import draw_map_legend
from gridemp.render.layout.margins import long_side, map_box
from gridemp.render.layout.style import ABSORBING, STATELESS_COLOR, UNDOTTED, check_colors
from gridemp.render.layout.text import POINTS_PER_INCH, font_points
from gridemp.typing import Array, Mask

SOLID_COLOR = "0.8"
HATCH_COLOR = "0.55"
MAX_TICKS = 12
MAX_GRID = 20  # cells a side, up to which faint lines between cells help
MAX_VECTOR_CELLS = 2500  # beyond which a map is an image, even in a vector file
HATCH_FROM_POINTS = 5.0


def draw_values(
    ax: Axes,
    maze: Maze,
    values: Array,
    *,
    torus: str = "",
    absorbing: Mask | None = None,
    aside: bool = False,
    grid: bool = True,
    **colors: Any,
) -> ScalarMappable:
    """Draw a value for each cell, and the walls and objects over it.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Axes to draw on; their limits, ticks and labels are set.
    maze : Maze
        Maze of H x W cells.
    values : ndarray, shape (H, W)
        Value of each cell in array order, NaN where there is none.
    torus : {"", "x", "y", "xy"}
        Axes along which the edges of the maze are joined.
    absorbing : ndarray of bool, shape (H, W), optional
        Cells with a colour of their own instead of that of their value.
    aside : bool
        If True, draw objects small and in a corner, to leave room for numbers.
    grid : bool
        If True, draw faint lines between the cells of a small maze.
    **colors
        Options of a matplotlib mesh: `cmap`, `vmin`, `vmax` or `norm`.

    Returns
    -------
    matplotlib.cm.ScalarMappable
        Coloured cells, for a colourbar.
    """
    check_colors(colors.get("cmap"))
    own = np.zeros(maze.shape, dtype=bool) if absorbing is None else absorbing
    cells = _draw_cells(ax, maze, np.ma.masked_invalid(np.where(own, np.nan, values)), colors)
    points = cell_points(ax, maze.shape)
    _draw_solid(ax, maze, np.isnan(values), points)
    dotted = points >= HATCH_FROM_POINTS and not aside  # dots would blur numbers
    _draw_patches(ax, own, "absorbing", **(ABSORBING if dotted else UNDOTTED))
    draw_walls(ax, maze, torus, points)
    draw_objects(ax, maze, points, aside=aside)
    _draw_axes(ax, *maze.shape)
    if grid and max(maze.shape) <= MAX_GRID:
        _draw_grid(ax, *maze.shape)
    return cells


def absorbing_cells(emap: EmpowermentMap) -> Mask:
    """Absorbing cells of a map with one value for each cell: shape (H, W)."""
    return np.asarray(emap.grid(absorbing(emap).astype(float)) == 1)


def draw_maze(
    maze: Maze,
    *,
    ax: Axes | None = None,
    width: float | None = None,
    torus: str = "",
    legend: bool = True,
) -> Axes:
    """Draw a maze without values: white floor, walls and objects, and a legend of the objects.

    Parameters
    ----------
    maze : Maze
        Maze to draw.
    ax : matplotlib.axes.Axes, optional
        Axes to draw on; by default those of a new figure that fits the maze.
    width : float, optional
        Width of the new figure in inches; by default the longer side of the maze is 5 inches, or
        less if it is small.
    torus : {"", "x", "y", "xy"}
        Axes along which the edges of the maze are joined.
    legend : bool
        If True, explain the objects in a legend below the maze; not on given axes.

    Returns
    -------
    matplotlib.axes.Axes
        Axes in (x, y) of cell centres, y up.

    Examples
    --------
    >>> import gridemp
    >>> ax = gridemp.render.draw_maze(gridemp.load_maze("klyubin"))
    >>> ax.figure.savefig("klyubin.png")
    """
    check_kinds(draw_maze, locals())
    entries = object_entries([maze]) if legend and ax is None else []
    box = map_box(maze.shape)
    below = box.bottom
    if ax is None:
        side = long_side(maze.shape)
        box, entries = with_map_key(box, entries, side, width)
        _, ((ax,),) = arrange([[box]], side=side, width=width)
    white = ListedColormap(["white"])
    draw_values(ax, maze, np.where(maze.floor, 0.0, np.nan), torus=torus, cmap=white)
    draw_map_legend(ax, drawn_entries(entries, [ax]), below)
    return ax


def cell_points(ax: Axes, shape: tuple[int, int]) -> float:
    """Side of a cell in points, in a maze of H x W cells that fills the axes."""
    width, height = axes_inches(ax)
    return POINTS_PER_INCH * min(width / shape[1], height / shape[0])


def _draw_cells(
    ax: Axes, maze: Maze, values: "np.ma.MaskedArray[Any, Any]", colors: dict[str, Any]
) -> ScalarMappable:
    """Draw the cells as a mesh, or as an image if they are many."""
    height, width = maze.shape
    left, right, bottom, top = extent = (-0.5, width - 0.5, -0.5, height - 0.5)
    ax.set_facecolor(SOLID_COLOR)
    if values.size > MAX_VECTOR_CELLS:
        return ax.imshow(values, extent=extent, origin="upper", interpolation="nearest", **colors)
    x, y = np.linspace(left, right, width + 1), np.linspace(top, bottom, height + 1)
    ax.set_aspect("equal")
    # Edges in the colour of the cell hide the hairlines that viewers show between vector cells.
    return ax.pcolormesh(x, y, values, edgecolors="face", linewidth=0.2, shading="flat", **colors)


def _draw_solid(ax: Axes, maze: Maze, empty: Mask, points: float) -> None:
    """Hatch solid cells, to tell them from shades of grey, and draw floor without a state pale."""
    _draw_patches(ax, maze.floor & empty, "stateless", facecolor=STATELESS_COLOR)
    if points >= HATCH_FROM_POINTS:
        _draw_patches(
            ax, ~maze.floor, "solid", facecolor=SOLID_COLOR, edgecolor=HATCH_COLOR, hatch="////"
        )


def _draw_patches(ax: Axes, chosen: Mask, gid: str, **looks: Any) -> None:
    """Draw a square over each of the chosen cells."""
    top = chosen.shape[0] - 0.5
    corners = [(col - 0.5, top - row - 1) for row, col in np.argwhere(chosen).tolist()]
    if corners:
        squares = [Rectangle(corner, 1, 1) for corner in corners]
        shown: dict[str, Any] = {"edgecolor": "none", "linewidth": 0, "gid": gid} | looks
        ax.add_collection(PatchCollection(squares, **shown))


def _draw_axes(ax: Axes, height: int, width: int) -> None:
    """Set limits, ticks and labels of the axes."""
    ax.set_xlabel("x")
    ax.set_ylabel("y")
    own = tick_steps(ax, (height, width), len(str(width - 1)))
    step = max(own)
    # Both axes have the same step, except where a short side would have no tick but its 0.
    x_step, y_step = (
        step if step < cells else each for each, cells in zip(own, (width, height), strict=True)
    )
    ax.tick_params(length=0 if step == 1 else 3)
    ax.grid(visible=False)  # both before there are ticks, each of which would have to change
    ax.set_xticks(range(0, width, x_step))
    ax.set_yticks(range(0, height, y_step))
    ax.spines[:].set_visible(False)
    ax.set_xlim(-0.5, width - 0.5)
    ax.set_ylim(-0.5, height - 0.5)


def _draw_grid(ax: Axes, height: int, width: int) -> None:
    """Draw faint lines between cells."""
    lines = [((c - 0.5, -0.5), (c - 0.5, height - 0.5)) for c in range(1, width)]
    lines += [((-0.5, r - 0.5), (width - 0.5, r - 0.5)) for r in range(1, height)]
    ax.add_collection(
        LineCollection(lines, colors="white", linewidths=0.4, alpha=0.35, gid="grid"), autolim=False
    )


def tick_steps(ax: Axes, shape: tuple[int, int], digits: int) -> tuple[int, int]:
    """Steps between ticks on the x and the y axis, such that labels are few and do not touch.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Axes that the cells fill.
    shape : (H, W)
        Numbers of cells up and across.
    digits : int
        Number of digits of the longest label of the x axis.
    """
    height, width = shape
    across, up = (POINTS_PER_INCH * side for side in axes_inches(ax))
    size = font_points("xtick.labelsize")
    return (
        _tick_step(width, across, size * (0.6 * digits + 0.6)),
        _tick_step(height, up, 1.2 * size),
    )


def _tick_step(cells: int, points: float, label: float) -> int:
    """Smallest of 1, 2, 5, 10, 20, ... for labels of a size in points along an axis."""
    most = max(1, min(MAX_TICKS, math.floor(points / label)))
    steps = (int(base * 10**power) for power in range(9) for base in (1, 2, 5))
    return next(step for step in steps if step * most >= cells)
