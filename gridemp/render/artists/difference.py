"""Marks of difference maps: minus signs for lower values, dashed lines for changed walls."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.collections import LineCollection

from gridemp.analysis.difference import Difference
from gridemp.engine.map import INVISIBLE_GAP
from gridemp.mazes.maze import Maze
from gridemp.render.artists.maze_axes import cell_points
from gridemp.render.artists.numbers import readable_on
from gridemp.render.artists.walls_and_objects import (
    CASING,
    WALL_COLOR,
    WALLS_FROM_POINTS,
    wall_segments,
)
from gridemp.typing import Array

DIVERGING = "RdBu_r"  # blue for less and red for more, which colour-blind readers can tell apart
MINUS_FROM_POINTS = 6.0
EQUAL = 1e-9  # bits
DASHES = (0, (2.5, 2.0))


def negligible_bits(difference: Difference) -> float:
    """Bits up to which rounding and the certified intervals may explain a difference."""
    return min(difference.gap, INVISIBLE_GAP) + EQUAL


def difference_limit(difference: Difference) -> float:
    """Largest absolute difference in bits; 1 if the maps cannot be told apart."""
    largest = float(np.abs(np.nan_to_num(difference.bits)).max())
    return largest if largest > negligible_bits(difference) else 1.0


def draw_minuses(ax: Axes, bits: Array, cells: ScalarMappable, negligible: float) -> None:
    """Draw a minus sign in each cell whose difference is negative, if the cells are large enough.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Axes of the difference map, in (x, y) of cell centres.
    bits : ndarray, shape (H, W)
        Differences in bits, NaN where there is none.
    cells : matplotlib.cm.ScalarMappable
        Coloured cells of the map.
    negligible : float
        Bits up to which a difference counts as none.
    """
    points = cell_points(ax, bits.shape)
    rows, cols = np.nonzero(np.nan_to_num(bits) < -negligible)
    if points < MINUS_FROM_POINTS or not len(rows):
        return
    colors = np.array(readable_on(cells.to_rgba(bits[rows, cols])))
    for color in np.unique(colors):
        ax.plot(
            cols[colors == color],
            len(bits) - 1 - rows[colors == color],
            linestyle="none",
            marker="_",
            markersize=0.3 * points,
            markeredgewidth=float(np.clip(0.05 * points, 0.5, 1.2)),
            color=str(color),
            gid="less",
        )


def draw_changed_walls(ax: Axes, walls: Maze) -> None:
    """Draw dashed lines along the walls that only one of two mazes has.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Axes of the difference map, in (x, y) of cell centres.
    walls : Maze
        Maze with only these walls, such as `changed_walls` returns.
    """
    points = cell_points(ax, walls.shape)
    segments = wall_segments(walls, torus="xy")  # without the outer walls
    if points < WALLS_FROM_POINTS or not segments:
        return
    width = float(np.clip(0.06 * points, 0.6, 2.2))
    solid: dict[str, Any] = {"colors": "white", "linewidths": width + CASING}
    dashed = {"colors": WALL_COLOR, "linewidths": width, "linestyles": [DASHES]}
    for look in (solid, dashed):
        lines = LineCollection(segments, **look, capstyle="butt", zorder=3, gid="changed walls")
        ax.add_collection(lines)
