"""Block format: one character per cell, `#` wall, `.` or space floor, a letter for an object.

All rows have the same length, but for spaces outside closed walls (`mazes/outside.py`). An outer
ring that is all `#` is the outer wall, not cells.
"""

import numpy as np

from gridemp.errors import MazeError
from gridemp.mazes import outside
from gridemp.mazes.maze import Maze
from gridemp.mazes.objects import OBJECTS
from gridemp.mazes.outside import Outside
from gridemp.mazes.text import (
    LETTERS,
    Row,
    characters,
    check_expressible,
    check_letters,
    check_size,
    has_outer_wall,
    objects_in,
    trimmed,
)

SUFFIXES: tuple[str, ...] = (".txt",)
LEFT_OUT: dict[str, str] = {}
OUTSIDE = "draw floor there with . and wall with #"
HINT = f"# for wall, . or space for floor, an object ({' '.join(OBJECTS)}), or another `format`"


def without_outside(rows: list[Row]) -> tuple[list[Row], Outside]:
    """Check the characters of a drawing, and wall up its outside."""
    check_letters(trimmed(rows), "#. " + LETTERS, HINT)
    return outside.without_outside(rows, "#")


def read(rows: list[Row], name: str) -> Maze:
    """Read a maze from the lines of its drawing."""
    drawing = characters(rows)
    solid = drawing == ord("#")
    indent = int((drawing != ord(" ")).any(axis=0).argmax())
    if indent and has_outer_wall(solid[:, indent:]):
        raise MazeError("the drawing is indented; start every line at its wall", rows[0].number, 1)
    if has_outer_wall(solid):
        drawing, solid = drawing[1:-1, 1:-1], solid[1:-1, 1:-1]
    check_size(*solid.shape)
    return Maze(~solid, name=name, objects=objects_in(drawing))


def write(maze: Maze) -> str:
    """Write a maze that has no thin walls, with its outer wall around it."""
    check_expressible(maze, "the block text", LETTERS)
    drawing = np.where(np.pad(maze.floor, 1), ".", "#")
    for (row, col), letter in maze.objects.items():
        drawing[row + 1, col + 1] = letter
    return "".join("".join(row) + "\n" for row in drawing)
