"""The part of a maze around the outcomes of a cell, drawn where it lies in the whole maze."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.collections import LineCollection
from matplotlib.transforms import Affine2D

from gridemp.analysis.cell import CellSource
from gridemp.mazes.maze import Maze
from gridemp.render.artists.maze_axes import draw_values, tick_steps
from gridemp.report.cell_text import objects_in, shown
from gridemp.typing import Array

MAX_WHOLE = 16  # cells a side up to which a maze is always shown whole
WALLS = ("walls", "walls casing")  # gids of the lines that `draw_walls` draws

Part = tuple[slice, slice]  # rows and columns


def part_shown(source: CellSource) -> Part:
    """Return the rows and columns to draw.

    These are the ones that the outcomes lie in, with one more on each side, or all if the maze is
    small or this is more than half of it.
    """
    shape = source.world.maze.shape
    near = [
        slice(max(part.start - 1, 0), min(part.stop + 1, cells))
        for part, cells in zip(shown(source), shape, strict=True)
    ]
    longest = max(shape)
    if longest <= MAX_WHOLE or 2 * max(part.stop - part.start for part in near) > longest:
        return slice(0, shape[0]), slice(0, shape[1])
    return near[0], near[1]


def shape_of(part: Part) -> tuple[int, int]:
    """Return the number of rows and columns of a part."""
    rows, cols = part
    return rows.stop - rows.start, cols.stop - cols.start


def draw_part(
    ax: Axes, source: CellSource, part: Part, values: Array, **colors: Any
) -> ScalarMappable:
    """Draw values of the outcomes of a cell over a part of the maze.

    The sides of the part are open where the maze goes on.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Axes to draw on; their limits and ticks are those of the whole maze.
    source : CellSource
        Source whose outcomes are drawn.
    part : tuple of slice
        Rows and columns to draw.
    values : ndarray, shape (H, W)
        Value of each cell of the maze in array order, NaN where there is none.
    **colors
        Options of a matplotlib mesh: `cmap`, `vmin`, `vmax` or `norm`.

    Returns
    -------
    matplotlib.cm.ScalarMappable
        Colours of the cells, for a colourbar.
    """
    maze, torus = source.world.maze, source.world.torus
    rows, cols = part
    inner = Maze(
        maze.floor[rows, cols],
        maze.wall_right[rows, cols.start : cols.stop - 1],
        maze.wall_below[rows.start : rows.stop - 1, cols],
        objects=dict(objects_in(maze, rows, cols)),
    )
    # Cells of the maze before and after the part, along each axis.
    beyond = {
        "x": (cols.start, maze.shape[1] - cols.stop),
        "y": (maze.shape[0] - rows.stop, rows.start),
    }
    joined = "".join(axis for axis in torus if not any(beyond[axis]))
    others = ax.get_children()
    cells = draw_values(ax, inner, values[rows, cols], torus=joined, **colors)
    if inner.shape == maze.shape:
        return cells
    open_sides = [
        (i, side)
        for i, (axis, limits) in enumerate((("x", ax.get_xlim()), ("y", ax.get_ylim())))
        for side, more in zip(limits, beyond[axis], strict=True)
        if more or (axis in torus and axis not in joined)
    ]
    left, bottom = maze.xy(rows.stop - 1, cols.start)
    moved = Affine2D().translate(left, bottom) + ax.transData
    for artist in (*ax.collections, *ax.lines, *ax.images):
        if artist not in others:
            artist.set_transform(moved)
            if isinstance(artist, LineCollection) and artist.get_gid() in WALLS:
                _remove_sides(artist, open_sides)
    _set_axes(ax, inner.shape, left, bottom)
    return cells


def _remove_sides(walls: LineCollection, sides: list[tuple[int, float]]) -> None:
    """Remove the segments along sides, each the index of an axis and a place on it."""
    segments = [np.asarray(segment) for segment in walls.get_segments()]
    walls.set_segments(
        [
            segment
            for segment in segments
            if not any((segment[:, i] == place).all() for i, place in sides)
        ]
    )


def _set_axes(ax: Axes, shape: tuple[int, int], left: int, bottom: int) -> None:
    """Set limits and ticks to the coordinates of the part in the whole maze."""
    height, width = shape
    x_step, y_step = tick_steps(ax, shape, len(str(left + width)))
    ax.set_xticks(_ticks(left, width, x_step))
    ax.set_yticks(_ticks(bottom, height, y_step))
    ax.tick_params(length=0 if max(x_step, y_step) == 1 else 3)
    ax.set_xlim(left - 0.5, left + width - 0.5)
    ax.set_ylim(bottom - 0.5, bottom + height - 0.5)


def _ticks(first: int, count: int, step: int) -> list[int]:
    """Return the multiples of `step` among `count` cells, or the first cell if there are none."""
    return [place for place in range(first, first + count) if place % step == 0] or [first]
