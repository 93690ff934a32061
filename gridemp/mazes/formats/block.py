"""Block format: one character per cell, `#` wall, `.` or space floor, another for each object.

All rows have the same length, but for spaces outside closed walls (`mazes/outside.py`). An outer
ring that is all `#` is the outer wall, not cells.
"""

import numpy as np

from gridemp.errors import MazeError
from gridemp.mazes import legend, outside
from gridemp.mazes.letters import in_own_letters
from gridemp.mazes.maze import Maze
from gridemp.mazes.objects import OBJECTS
from gridemp.mazes.outside import Outside
from gridemp.mazes.protocol import Choices
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
CHOICES = frozenset({"wall", "legend"})
LEFT_OUT: dict[str, str] = {}
OUTSIDE = "draw floor there with . and wall with #"
HINT = (
    f"# for wall, . or space for floor, an object ({' '.join(OBJECTS)}), another character for "
    "walls with `wall`, a `legend` or another `format`"
)


def translated(rows: list[Row], choices: Choices) -> tuple[list[Row], tuple[str, ...]]:
    """Replace the characters of other programs, or those of a legend."""
    if choices.legend is not None:
        rows = legend.translated(rows, legend.checked_legend(choices.legend))
    return in_own_letters(rows, choices.wall)


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
