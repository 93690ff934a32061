"""The lines of a figure of what walls cost: how thick they are, and a legend under it."""

import math

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.patheffects import withStroke

from gridemp.analysis.sensitivity import Sensitivity
from gridemp.render.artists.maze_axes import HATCH_COLOR
from gridemp.render.artists.walls_and_objects import WALL_COLOR
from gridemp.render.layout.boxes import POINTS, font_points, inches, line_inches, text_inches

HANDLE, SPACE = 2.0, 1.4  # font sizes: the sign of an entry in the legend, the space between two
HATCH = "////"
EDGE_COLOR = "0.45"  # of a free edge in the legend
WALL, EDGE, CELL = "wall, if opened", "free edge, if walled", "solid cell, if opened"


def line_widths(points: float) -> tuple[float, float, float]:
    """Of walls, of walls with their casing and of free edges, for cells of so many points."""
    core = float(np.clip(0.13 * points, 0.5, 5.0))
    return core, core + 2 * float(np.clip(0.03 * points, 0.2, 1.0)), 0.7 * core


def entries_of(result: Sensitivity) -> list[str]:
    """What there is to explain."""
    maze = result.maze
    edges = (result.right, maze.wall_right), (result.below, maze.wall_below)
    toggled = [(~np.isnan(grid), wall) for grid, wall in edges]
    there = {
        WALL: any((entry & wall).any() for entry, wall in toggled),
        EDGE: any((entry & ~wall).any() for entry, wall in toggled),
        CELL: not maze.floor.all(),
    }
    return [text for text, drawn in there.items() if drawn]


def columns_of(entries: list[str], across: float) -> int:
    """How many entries of a legend stand side by side: all of them or one."""
    size = font_points("legend.fontsize")
    wide = sum(text_inches(text, size) for text in entries)
    wide += (HANDLE + SPACE + 0.6) * len(entries) * size / POINTS
    return max(1, len(entries)) if wide <= across else 1


def legend_inches(entries: int, columns: int) -> float:
    """The room that a legend needs under the maze."""
    if not entries:
        return 0.0
    return math.ceil(entries / columns) * 1.15 * line_inches(font_points("legend.fontsize")) + 0.08


def draw_legend(ax: Axes, entries: list[str], columns: int, under: float) -> None:
    """Under the axes, so many inches away."""
    core, casing, thin = line_widths(24.0)
    outline = [withStroke(linewidth=casing, foreground=WALL_COLOR)]
    signs = {
        WALL: Line2D([], [], color="white", linewidth=core, path_effects=outline),
        EDGE: Line2D([], [], color=EDGE_COLOR, linewidth=thin),
        CELL: Patch(facecolor="white", edgecolor=HATCH_COLOR, hatch=HATCH, linewidth=0.6),
    }
    ax.legend(
        [signs[entry] for entry in entries],
        entries,
        loc="upper center",
        bbox_to_anchor=(0.5, -(under + 0.04) / inches(ax)[1]),
        ncols=columns,
        frameon=False,
        borderpad=0,
        borderaxespad=0,
        handlelength=HANDLE,
        handletextpad=0.6,
        columnspacing=SPACE,
        labelspacing=0.3,
    )
