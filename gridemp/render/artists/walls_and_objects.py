"""What stands on the cells: walls, objects and the peak."""

from collections.abc import Iterator

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.patheffects import withStroke
from numpy.typing import NDArray

from gridemp.engine.map import EmpowermentMap
from gridemp.mazes.maze import Maze

Segments = list[tuple[tuple[float, float], tuple[float, float]]]

WALL_COLOR = "black"
CASING = 1.0  # points of white round a wall, which would be lost on a dark colour
MAX_MARKS = 12
EDGES_FROM_POINTS = 3.0  # in smaller cells, lines around solid cells would hide the colours
WALLS_FROM_POINTS = 1.0  # and in still smaller ones, thin walls too
OBJECTS_FROM_POINTS = 4.0
ASIDE = 0.33  # of a cell: how far from its middle
MARKERS = {
    "T": "X",
    "$": "s",
    "B": "s",
    "~": "$\\sim$",
    "^": "^",
    ">": ">",
    "v": "v",
    "<": "<",
    "S": "$\\mathrm{S}$",
    "G": "$\\mathrm{G}$",
}


def draw_walls(ax: Axes, maze: Maze, torus: str, cell_points: float) -> None:
    """Thin walls, the edges of solid cells and the outer wall, as one set of lines."""
    if cell_points < EDGES_FROM_POINTS:
        maze = Maze(np.ones_like(maze.floor), maze.wall_right, maze.wall_below)
    if cell_points < WALLS_FROM_POINTS:
        maze = Maze(maze.floor)
    width = float(np.clip(0.06 * cell_points, min(0.4, 0.2 * cell_points), 2.2))
    segments = wall_segments(maze, torus)
    # The casing of all lies below all, so that no wall cuts another.
    for gid, color, wide in (
        ("walls casing", "white", width + CASING),
        ("walls", WALL_COLOR, width),
    ):
        lines = LineCollection(
            segments, colors=color, linewidths=wide, capstyle="projecting", zorder=3, gid=gid
        )
        lines.set_clip_on(False)
        ax.add_collection(lines)


def wall_segments(maze: Maze, torus: str = "") -> Segments:
    """The walls as line segments in (x, y), straight runs joined.

    A wall parts two neighbouring floor cells, a floor cell from a solid one, or the maze from the
    outside, except where a torus joins its edges.
    """
    height, width = maze.shape
    below = np.ones((height + 1, width), dtype=bool)
    below[1:-1] = maze.wall_below | (maze.floor[:-1] != maze.floor[1:])
    below[[0, -1]] = "y" not in torus or maze.floor[0] != maze.floor[-1]
    right = np.ones((height, width + 1), dtype=bool)
    right[:, 1:-1] = maze.wall_right | (maze.floor[:, :-1] != maze.floor[:, 1:])
    right[:, [0, -1]] = "x" not in torus or (maze.floor[:, [0]] != maze.floor[:, [-1]])
    top = height - 0.5
    horizontal = [
        ((start - 0.5, top - row), (stop - 0.5, top - row)) for row, start, stop in _runs(below)
    ]
    vertical = [
        ((col - 0.5, top - start), (col - 0.5, top - stop)) for col, start, stop in _runs(right.T)
    ]
    return horizontal + vertical


def _runs(mask: NDArray[np.bool_]) -> Iterator[tuple[int, int, int]]:
    """Each maximal run of True in a row, as (row, start, stop)."""
    edges = np.diff(np.pad(mask, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    rows, starts = np.nonzero(edges == 1)
    _, stops = np.nonzero(edges == -1)
    return zip(rows.tolist(), starts.tolist(), stops.tolist(), strict=True)


def draw_peaks(
    ax: Axes, emap: EmpowermentMap, cell_points: float, *, numbered: bool = False
) -> None:
    """Ring the peak, or all cells that share it if they are few and not all there are.

    Where there are numbers in the cells, it is framed instead.
    """
    x, y = marked_peaks(emap)
    if not len(x):
        return
    share = 0.75 if emap.world.maze.objects else 0.45  # round what lies in the cell
    size = float(np.clip(share * cell_points, 5, 14 * share / 0.45))
    edge = max(0.9, 0.1 * size)
    if numbered:
        size, edge = 0.8 * cell_points, 0.04 * cell_points
    ax.plot(
        x,
        y,
        linestyle="none",
        marker="s" if numbered else "o",
        markersize=size,
        markerfacecolor="none",
        markeredgecolor="black",
        markeredgewidth=edge,
        path_effects=[withStroke(linewidth=edge + 0.8, foreground="white")],
        zorder=4,
        gid="peak",
    )


def marked_peaks(emap: EmpowermentMap) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The x and the y of the cells to ring; none where too many share the peak."""
    states = emap.peaks
    if len(states) > MAX_MARKS or len(states) == len(emap.bits):
        states = states[:0]
    rows, cols = emap.world.maze.cells[emap.cell[states]].T
    return emap.world.maze.xy(rows, cols)


def draw_objects(ax: Axes, maze: Maze, cell_points: float, *, aside: bool = False) -> None:
    """A white mark with a black edge on each object; a box is hollow if it can be pushed.

    With `aside` it is small and in the upper left of its cell.
    """
    if cell_points < OBJECTS_FROM_POINTS:
        return
    for letter in sorted(set(maze.objects.values())):
        places = [place for place, other in maze.objects.items() if other == letter]
        rows, cols = np.array(places).T
        x, y = maze.xy(rows, cols)
        is_box = letter in "$B"
        size = (0.8 if is_box else 1.0) * float(np.clip(0.45 * cell_points, 3, 14))
        if aside:
            x, y, size = x - ASIDE, y + ASIDE, 0.45 * size
        outline = withStroke(linewidth=(0.3 if is_box else 0.2) * size, foreground="black")
        ax.plot(
            x,
            y,
            linestyle="none",
            marker=MARKERS[letter],
            markersize=size,
            markerfacecolor={"$": "none", "B": "black"}.get(letter, "white"),
            markeredgecolor="white",
            markeredgewidth=0.12 * size if is_box else 0.0,
            path_effects=[outline],
            zorder=3.5,
            gid=f"object {letter}",
        )
