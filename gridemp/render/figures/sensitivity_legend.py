"""The line widths and the legend of sensitivity figures."""

from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.patheffects import withStroke

from gridemp.analysis.sensitivity_result import Sensitivity
from gridemp.render.artists.map_key import object_entries
from gridemp.render.artists.maze_axes import HATCH_COLOR
from gridemp.render.artists.walls_and_objects import WALL_COLOR
from gridemp.render.layout.legends import MAP_LEGEND, LegendEntry
from gridemp.render.layout.text import POINTS_PER_INCH, font_points, text_inches

LEGEND = MAP_LEGEND._replace(handle=2.0, pad=0.6, column_spacing=1.4, row=1.15, gap=0.08)
HATCH = "////"
EDGE_COLOR = "0.45"  # of a open edge in the legend
WALL, EDGE, CELL = "wall, if opened", "open edge, if blocked", "solid cell, if opened"
BEST, MEASURED = "best door", "measured cell"


def line_widths(points: float) -> tuple[float, float, float]:
    """Return the line widths of walls, their casings and open edges for a cell side in points."""
    core = float(np.clip(0.13 * points, 0.5, 5.0))
    return core, core + 2 * float(np.clip(0.03 * points, 0.2, 1.0)), 0.7 * core


def legend_entries(result: Sensitivity, *, ringed: bool) -> list[LegendEntry]:
    """Return the legend: the kinds of change and the marks that are drawn, and the objects.

    Parameters
    ----------
    result : Sensitivity
        Changes that the figure shows.
    ringed : bool
        True if the best doors are ringed.
    """
    maze = result.maze
    edges = (result.right, maze.wall_right), (result.below, maze.wall_below)
    changed = [(~np.isnan(grid), wall) for grid, wall in edges]
    drawn = {
        WALL: any((edge & wall).any() for edge, wall in changed),
        EDGE: any((edge & ~wall).any() for edge, wall in changed),
        CELL: not maze.floor.all(),
        BEST: ringed,
        MEASURED: result.cell is not None,
    }
    core, casing, thin = line_widths(24.0)
    outline = [withStroke(linewidth=casing, foreground=WALL_COLOR)]
    mark: dict[str, Any] = {"marker": "o", "linestyle": "none", "color": WALL_COLOR}
    signs: dict[str, Artist] = {
        WALL: Line2D([], [], color="white", linewidth=core, path_effects=outline),
        EDGE: Line2D([], [], color=EDGE_COLOR, linewidth=thin),
        CELL: Patch(facecolor="white", edgecolor=HATCH_COLOR, hatch=HATCH, linewidth=0.6),
        BEST: Line2D([], [], markersize=8, markerfacecolor="none", markeredgewidth=1.0, **mark),
        MEASURED: Line2D([], [], markersize=5, **mark),
    }
    entries = [(signs[text], text) for text, shown in drawn.items() if shown]
    return entries + object_entries([maze])


def legend_columns(texts: list[str], width: float) -> int:
    """Return the number of columns of the legend in `width` inches: one for each text, or one."""
    size = font_points("legend.fontsize")
    inside = sum(text_inches(text, size) for text in texts)
    inside += LEGEND.entry * len(texts) * size / POINTS_PER_INCH
    return max(1, len(texts)) if inside <= width else 1
