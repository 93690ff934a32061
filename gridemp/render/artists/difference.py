"""The marks of a difference map: minus signs, equal cells, changed walls."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.collections import LineCollection

from gridemp.analysis.difference import Difference
from gridemp.engine.map import INVISIBLE_GAP
from gridemp.mazes.maze import Maze
from gridemp.render.artists.numbers import readable_on
from gridemp.render.artists.walls_and_objects import (
    CASING,
    WALL_COLOR,
    WALLS_FROM_POINTS,
    wall_segments,
)

DIVERGING = "RdBu_r"  # blue for less and red for more are told apart by all
MINUS_FROM_POINTS = 6.0
EQUAL = 1e-9  # bits
DASHES = (0, (2.5, 2.0))


def difference_limit(apart: Difference) -> float:
    """Where the colours of a difference end, in bits; 1 where the maps cannot be told apart."""
    extent = float(np.abs(np.nan_to_num(apart.bits)).max())
    return extent if extent > min(apart.gap, INVISIBLE_GAP) + EQUAL else 1.0


def draw_minuses(ax: Axes, apart: Difference, cells: ScalarMappable, points: float) -> None:
    """A minus in each cell that has less."""
    less = np.argwhere(np.nan_to_num(apart.bits) < -min(apart.gap, INVISIBLE_GAP) - EQUAL)
    if points < MINUS_FROM_POINTS or not len(less):
        return
    rows, cols = less.T
    colors = np.array(readable_on(cells.to_rgba(apart.bits[rows, cols])))
    for color in np.unique(colors):
        ax.plot(
            cols[colors == color],
            len(apart.bits) - 1 - rows[colors == color],
            linestyle="none",
            marker="_",
            markersize=0.3 * points,
            markeredgewidth=float(np.clip(0.05 * points, 0.5, 1.2)),
            color=str(color),
            gid="less",
        )


def draw_changed_walls(ax: Axes, walls: Maze, points: float) -> None:
    """The walls that only one of the mazes has, dashed."""
    segments = wall_segments(walls, torus="xy")  # so without the outer walls
    if points < WALLS_FROM_POINTS or not segments:
        return
    width = float(np.clip(0.06 * points, 0.6, 2.2))
    solid: dict[str, Any] = {"colors": "white", "linewidths": width + CASING}
    dashed = {"colors": WALL_COLOR, "linewidths": width, "linestyles": [DASHES]}
    for look in (solid, dashed):
        lines = LineCollection(segments, **look, capstyle="butt", zorder=3, gid="changed walls")
        ax.add_collection(lines)
