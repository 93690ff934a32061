"""Colours and marks of difference maps: signs in shades of grey, dashes along changed walls."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.collections import LineCollection
from matplotlib.colors import Colormap, ListedColormap

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
SIGNS_FROM_POINTS = 6.0
EQUAL = 1e-9  # bits
DASHES = (0, (2.5, 2.0))


def negligible_bits(difference: Difference) -> float:
    """Bits up to which rounding and the certified intervals may explain a difference."""
    return min(difference.gap, INVISIBLE_GAP) + EQUAL


@dataclass(frozen=True)
class DifferenceScale:
    """Colours of differences, of which equally large ones of either sign are equally strong.

    The range goes from the lowest to the highest difference, and contains 0; so it has one side
    only if all differences have one sign.

    Attributes
    ----------
    low, high : float
        Differences of the first and the last colour, in bits.
    cmap : matplotlib.colors.Colormap
        Part of the diverging colour map that lies between them.
    negligible : float
        Bits up to which a difference counts as none.
    signs : bool
        True if the colours are shades of grey and there are differences of both signs, which signs
        in the cells must then tell apart.
    """

    low: float
    high: float
    cmap: Colormap
    negligible: float
    signs: bool

    @classmethod
    def of(
        cls, differences: Sequence[Array], negligible: float, diverging: str | Colormap = DIVERGING
    ) -> "DifferenceScale":
        """Return the scale that some maps of differences share.

        Parameters
        ----------
        differences : sequence of ndarray, shape (H, W)
            Differences in bits, NaN where there is none. If all are negligible, the range is from
            -1 to 1.
        negligible : float
            Bits up to which a difference counts as none.
        diverging : str or matplotlib.colors.Colormap
            Colour map with 0 in its middle. One of shades of grey is used whole if all differences
            have one sign.
        """
        low = min(0.0, *(float(np.nanmin(bits)) for bits in differences))
        high = max(0.0, *(float(np.nanmax(bits)) for bits in differences))
        colors = matplotlib.colormaps[diverging] if isinstance(diverging, str) else diverging
        largest, both = max(-low, high), min(-low, high) > negligible
        if largest <= negligible:
            return cls(-1.0, 1.0, colors, negligible, signs=False)
        grey = is_grey(colors)
        if both or not grey:
            ends = 0.5 + 0.5 * low / largest, 0.5 + 0.5 * high / largest
            colors = ListedColormap(colors(np.linspace(*ends, 256)), f"part of {colors.name}")
        return cls(low, high, colors, negligible, signs=grey and both)

    @property
    def range(self) -> tuple[float, float]:
        """Differences of the first and the last colour, in bits."""
        return self.low, self.high

    @property
    def colors(self) -> dict[str, Any]:
        """Colours as arguments of a matplotlib mesh: `cmap`, `vmin` and `vmax`."""
        return {"cmap": self.cmap, "vmin": self.low, "vmax": self.high}


def is_grey(colors: Colormap) -> bool:
    """True if a colour map consists of shades of grey."""
    red, green, blue, _ = colors(np.linspace(0, 1, 9)).T
    return bool(np.ptp([red, green, blue], axis=0).max() < 0.01)


def draw_signs(ax: Axes, bits: Array, cells: ScalarMappable, negligible: float) -> None:
    """Draw a plus or a minus in each cell with a difference, if the cells are large enough.

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
    if points < SIGNS_FROM_POINTS:
        return
    known = np.nan_to_num(bits)
    for gid, marker, chosen in (
        ("less", "_", known < -negligible),
        ("more", "+", known > negligible),
    ):
        rows, cols = np.nonzero(chosen)
        colors = np.array(readable_on(cells.to_rgba(bits[rows, cols])))
        for color in np.unique(colors):
            ax.plot(
                cols[colors == color],
                len(bits) - 1 - rows[colors == color],
                linestyle="none",
                marker=marker,
                markersize=0.3 * points,
                markeredgewidth=float(np.clip(0.05 * points, 0.5, 1.2)),
                color=str(color),
                gid=gid,
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
