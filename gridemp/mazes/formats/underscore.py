"""Mazes of `_` and `|`: a cell is two characters, the wall below it and the wall at its right.

The first line is the upper border, and the others begin with the left one. An open wall is a space;
in the second character of a cell, a `_` means the same.
"""

import numpy as np

from gridemp.errors import MazeError
from gridemp.mazes.maze import Maze
from gridemp.mazes.text import Row, check_expressible, check_size, is_one_of, padded

SUFFIXES: tuple[str, ...] = ()
CHOICES = frozenset[str]()
LEFT_OUT: dict[str, str] = {}


def read(rows: list[Row], name: str) -> Maze:
    """Read a maze from the lines of its drawing."""
    height, width = len(rows) - 1, max(len(text) for _, text in rows) // 2
    check_size(height, width)
    drawing = padded([*rows, Row(0, " " * (2 * width + 1))])
    if height == 0 or width == 0 or drawing is None:
        raise MazeError(
            "below a line of _, draw a line such as |_ | for each row", rows[0].number, 1
        )
    drawing = drawing[:-1]
    is_valid = is_one_of(drawing, " _")
    is_valid[1:, ::2] |= drawing[1:, ::2] == ord("|")
    is_valid[1:, 0] &= drawing[1:, 0] != ord("_")
    for row, col in np.argwhere(~is_valid)[:1].tolist():
        allowed = "_" if row == 0 or col % 2 else "|" if col == 0 else "| or _"
        problem = f"there must be {allowed} or a space here, not {rows[row].text[col]!r}"
        raise MazeError(problem, rows[row].number, col + 1)
    return Maze(
        np.ones((height, width)),
        wall_right=drawing[1:, 2:-1:2] == ord("|"),
        wall_below=drawing[1:-1, 1::2] == ord("_"),
        name=name,
    )


def write(maze: Maze) -> str:
    """Write a maze of floor and thin walls."""
    check_expressible(maze, "a drawing of _ and |", thin=True, solid=False)
    below = np.pad(maze.wall_below, ((0, 1), (0, 0)), constant_values=True)
    right = np.pad(maze.wall_right, ((0, 0), (0, 1)), constant_values=True)
    drawing = np.full((maze.height, 2 * maze.width), " ")
    drawing[:, ::2][below] = "_"
    drawing[:, 1:-1:2][below[:, :-1] & below[:, 1:]] = "_"
    drawing[:, 1::2][right] = "|"
    rows = ["|" + "".join(row) for row in drawing]
    return "\n".join([" " + "_" * (2 * maze.width - 1), *rows]) + "\n"
