"""Mazes as the page holds them: strings for cells and walls, to a `Maze` and back."""

import re

import numpy as np
from numpy.typing import NDArray

from gridemp.mazes.maze import OBJECTS, Maze
from gridemp.web.maze_json import FLOOR, OPEN, SOLID, WALL_BELOW, WALL_RIGHT, lines_of
from gridemp.web.server.api import LONGEST_SIDE, MAX_CELLS, UNANSWERED, Drawing, Refusal

UNUSUAL = re.compile(r"[^\w .()+-]")
LONGEST_NAME = 60


def maze_of(drawing: Drawing) -> Maze:
    """The maze that a drawing shows, or a Refusal."""
    height, width = len(drawing.cells), len(drawing.cells[0]) if drawing.cells else 0
    if not height or not width:
        raise Refusal("a maze has one cell or more", "maze")
    check_size(height, width)
    if drawing.name != plain(drawing.name):
        raise Refusal(
            f"a maze has a name of 1 to {LONGEST_NAME} letters, digits, spaces and . _ - + ( ), "
            "and begins and ends with none of . and -; change it",
            *("name", UNANSWERED),
        )
    letters = {*OBJECTS, FLOOR, SOLID}
    cells = _letters("cells", drawing.cells, (height, width), letters)
    right = _letters("right", drawing.right, (height, width - 1), {WALL_RIGHT, OPEN})
    below = _letters("below", drawing.below, (height - 1, width), {WALL_BELOW, OPEN})
    places = np.argwhere((cells != FLOOR) & (cells != SOLID)).tolist()
    objects = {(row, col): str(cells[row, col]) for row, col in places}
    walls = right == WALL_RIGHT, below == WALL_BELOW
    return Maze(cells != SOLID, *walls, drawing.name, objects)


def drawing_of(maze: Maze) -> Drawing:
    """The drawing of a maze; a name with unusual letters loses them."""
    check_size(*maze.shape)
    return Drawing(plain(maze.name), **lines_of(maze))


def check_size(height: int, width: int) -> None:
    """Raise a Refusal if a maze is larger than the explorer takes."""
    if max(height, width) > LONGEST_SIDE or height * width > MAX_CELLS:
        raise Refusal(
            f"the explorer takes mazes of up to {MAX_CELLS:,} cells and {LONGEST_SIDE} a side, "
            f"and this one is {width} x {height}; use gridemp heatmap",
            "maze",
        )


def plain(name: str) -> str:
    """A name that can be a file's, on any machine."""
    return UNUSUAL.sub("-", name)[:LONGEST_NAME].strip(" .-") or "maze"


def _letters(
    field: str, lines: list[str], shape: tuple[int, int], known: set[str]
) -> NDArray[np.str_]:
    """Lines as an array of single letters, or a Refusal if they do not have its shape."""
    if len(lines) != shape[0] or any(len(line) != shape[1] for line in lines):
        raise Refusal(f"{field} needs {shape[0]} strings of {shape[1]} letters", "maze")
    if unknown := set("".join(lines)) - known:
        raise Refusal(f"{field} holds {min(unknown)!r}; use {' '.join(sorted(known))}", "maze")
    return np.array([list(line) for line in lines], dtype="U1").reshape(shape)
