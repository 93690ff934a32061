"""Marks over the cells of a map: walls, objects and peaks."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.path import Path
from matplotlib.patheffects import withStroke

from gridemp.engine.map import EmpowermentMap
from gridemp.mazes.maze import Maze
from gridemp.mazes.objects import KEYS, LOCKED
from gridemp.render.artists.object_paths import BALL, CLOSED_DOOR, KEY, LOCKED_DOOR, OPEN_DOOR
from gridemp.typing import Indices, Mask

Segment = tuple[tuple[float, float], tuple[float, float]]
Segments = list[Segment]

WALL_COLOR = "black"
CASING = 1.0  # points of white around a wall, which would be lost on dark colours otherwise
MAX_MARKS = 12  # cells that share a peak, beyond which none is marked
# Sides of a cell in points, below which marks would hide the colours.
EDGES_FROM_POINTS = 3.0  # lines around solid cells
WALLS_FROM_POINTS = 1.0  # thin walls
OBJECTS_FROM_POINTS = 4.0
ASIDE = 0.33  # of a cell: distance of small objects from its middle
NUMBER_RING = 0.92  # of a cell: diameter of the ring around a number
OBJECT_RING = 2.3  # times the side of a box: diameter of the ring around it, clear of the box
RING_CASING, DARK_CASING = 0.8, 2.4  # points of white around a ring, and on a dark colour
DARK = 0.9  # sum of red, green and blue up to which a colour looks like a black mark
BOXES = "$B"
COLORS = {  # of keys and locked doors
    "k": "white",
    "r": "#ff5c5c",
    "y": "#ffe14d",
    "l": "#5cd65c",
    "c": "#5cb8ff",
    "m": "#d08cff",
}
MARKERS: dict[str, str | Path] = {
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
    "D": CLOSED_DOOR,
    "d": OPEN_DOOR,
    "b": BALL,
    **dict.fromkeys(KEYS, KEY),
    **dict.fromkeys(LOCKED, LOCKED_DOOR),
}


def draw_walls(ax: Axes, maze: Maze, torus: str, cell_points: float) -> None:
    """Draw thin walls, the edges of solid cells and the outer wall.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Axes in (x, y) of cell centres.
    maze : Maze
        Maze whose walls are drawn.
    torus : {"", "x", "y", "xy"}
        Axes along which the edges of the maze are joined.
    cell_points : float
        Side of a cell in points.
    """
    if cell_points < EDGES_FROM_POINTS:
        maze = Maze(np.ones_like(maze.floor), maze.wall_right, maze.wall_below)
    if cell_points < WALLS_FROM_POINTS:
        maze = Maze(maze.floor)
    width = wall_width(cell_points)
    segments = wall_segments(maze, torus)
    # All casings lie below all walls, so that no wall cuts another.
    for gid, color, line_width in (
        ("walls casing", "white", width + CASING),
        ("walls", WALL_COLOR, width),
    ):
        lines = LineCollection(
            segments, colors=color, linewidths=line_width, capstyle="projecting", zorder=3, gid=gid
        )
        lines.set_clip_on(False)
        ax.add_collection(lines)


def wall_width(cell_points: float) -> float:
    """Width of the line of a wall, in points, where a cell has a side of `cell_points`."""
    return float(np.clip(0.06 * cell_points, min(0.4, 0.2 * cell_points), 2.2))


def wall_segments(maze: Maze, torus: str = "") -> Segments:
    """Walls as line segments in (x, y), with straight runs joined.

    A wall separates two neighbouring floor cells, a floor cell from a solid one, or the maze from
    the outside, except where a torus joins its edges.

    Parameters
    ----------
    maze : Maze
        Maze of H x W cells.
    torus : {"", "x", "y", "xy"}
        Axes along which the edges of the maze are joined.

    Returns
    -------
    list of ((x, y), (x, y))

    Examples
    --------
    >>> from gridemp import parse_maze
    >>> from gridemp.render.artists.walls_and_objects import wall_segments
    >>> wall_segments(parse_maze("..."), torus="x")
    [((-0.5, 0.5), (2.5, 0.5)), ((-0.5, -0.5), (2.5, -0.5))]
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


def _runs(mask: Mask) -> Iterator[tuple[int, int, int]]:
    """Iterate over the maximal runs of True in each row, as (row, start, stop)."""
    edges = np.diff(np.pad(mask, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    rows, starts = np.nonzero(edges == 1)
    _, stops = np.nonzero(edges == -1)
    return zip(rows.tolist(), starts.tolist(), stops.tolist(), strict=True)


def draw_peaks(
    ax: Axes,
    emap: EmpowermentMap,
    cell_points: float,
    *,
    numbered: bool = False,
    dark: bool = False,
) -> None:
    """Draw a ring around the peak, or around each of the cells that share it.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Axes in (x, y) of cell centres.
    emap : EmpowermentMap
        Map on the axes.
    cell_points : float
        Side of a cell in points.
    numbered : bool
        True if there are numbers in the cells; the ring then goes around the number.
    dark : bool
        True if the colour of the peak is nearly black, on which only a wide casing shows.
    """
    x, y = marked_peaks(emap)
    draw_rings(ax, emap.world.maze, (x, y), cell_points, numbered=numbered, dark=dark)


def draw_rings(
    ax: Axes,
    maze: Maze,
    places: tuple[Indices, Indices],
    cell_points: float,
    *,
    numbered: bool = False,
    dark: bool = False,
) -> None:
    """Draw a ring around each of some cells.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Axes in (x, y) of cell centres.
    maze : Maze
        Maze on the axes.
    places : tuple of ndarray of int
        Coordinates x and y of the cells.
    cell_points, numbered, dark
        As in `draw_peaks`.
    """
    x, y = places
    if not len(x):
        return
    size = float(np.clip(0.45 * cell_points, 5, 14))
    edge = max(0.9, 0.1 * size)
    if numbered:
        size, edge = NUMBER_RING * cell_points, max(0.6, 0.04 * cell_points)
    elif any(maze.xy(*place) in zip(x, y, strict=True) for place in maze.objects):
        size = max(size, OBJECT_RING * object_share("$") * object_points(cell_points))
    casing = DARK_CASING if dark else RING_CASING
    ax.plot(x, y, **ring(size, edge, casing), zorder=3.4 if numbered else 4, gid="peak")


def ring(size: float, edge: float, casing: float = RING_CASING) -> dict[str, Any]:
    """Options of a line that draws the ring of a peak; sizes and widths are in points."""
    return {
        "linestyle": "none",
        "marker": "o",
        "markersize": size,
        "markerfacecolor": "none",
        "markeredgecolor": "black",
        "markeredgewidth": edge,
        "path_effects": [withStroke(linewidth=edge + casing, foreground="white")],
    }


def marked_peaks(emap: EmpowermentMap) -> tuple[Indices, Indices]:
    """Coordinates x and y of the cells that share the peak; none if they are many or all."""
    states = emap.peaks
    if len(states) > MAX_MARKS or len(states) == len(emap.bits):
        states = states[:0]
    rows, cols = emap.world.maze.cells[emap.cell[states]].T
    return emap.world.maze.xy(rows, cols)


def draw_objects(ax: Axes, maze: Maze, cell_points: float, *, aside: bool = False) -> None:
    """Draw a mark with a black edge on each object; a box is hollow if it can be pushed.

    Keys and locked doors have their colours; all other marks are white.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Axes in (x, y) of cell centres.
    maze : Maze
        Maze with the objects.
    cell_points : float
        Side of a cell in points.
    aside : bool
        If True, draw small marks in the upper left of their cells.
    """
    if cell_points < OBJECTS_FROM_POINTS:
        return
    for letter in sorted(set(maze.objects.values())):
        places = [place for place, other in maze.objects.items() if other == letter]
        rows, cols = np.array(places).T
        x, y = maze.xy(rows, cols)
        size = object_share(letter) * object_points(cell_points)
        if aside:
            x, y, size = x - ASIDE, y + ASIDE, 0.45 * size
        ax.plot(x, y, **object_mark(letter, size), zorder=3.5, gid=f"object {letter}")


def object_points(cell_points: float) -> float:
    """Size of most objects in points, where a cell has a side of `cell_points`."""
    return float(np.clip(0.45 * cell_points, 3, 14))


def object_share(letter: str) -> float:
    """Size of an object as a share of that of most objects."""
    return 0.8 if letter in BOXES else 1.0


def object_mark(letter: str, size: float) -> dict[str, Any]:
    """Options of a line that draws the mark of an object with a size in points."""
    is_box = letter in BOXES
    faces = {"$": "none", "B": "black", **COLORS}
    faces |= {key.upper(): color for key, color in COLORS.items()}
    outline = withStroke(linewidth=(0.3 if is_box else 0.2) * size, foreground="black")
    return {
        "linestyle": "none",
        "marker": MARKERS[letter],
        "markersize": size,
        "markerfacecolor": faces.get(letter, "white"),
        "markeredgecolor": "white",
        "markeredgewidth": 0.12 * size if is_box else 0.0,
        "path_effects": [outline],
    }
