"""Taxi: the map of Gymnasium's environment, with walls only between cells side by side.

Cells are one character wide; between two of them `:` is a passage and `|` a wall.
"""

import re

import numpy as np

from gridemp.errors import MazeError
from gridemp.mazes.maze import Maze
from gridemp.mazes.text import Row, characters, check_expressible, check_size, is_one_of

SUFFIXES: tuple[str, ...] = ()
CHOICES = frozenset[str]()
LEFT_OUT = {
    "R": "red locations",
    "G": "green locations",
    "Y": "yellow locations",
    "B": "blue locations",
}
BORDER = re.compile(r"\+-(--)*\+")


def read(rows: list[Row], name: str) -> Maze:
    """Read a maze from the lines of a map."""
    first = rows[0]
    if not BORDER.fullmatch(first.text):
        start = re.match(r"\+-*", first.text)
        raise MazeError(
            "the first line must be a border of one - for each cell and one between two cells, "
            "such as +---------+ for five cells",
            first.number,
            start.end() + 1 if start else 1,
        )
    drawing = characters(rows)
    if len(rows) < 3 or rows[-1].text != first.text:
        raise MazeError(
            "the last line must be like the first, with the rows of cells between them",
            rows[-1].number,
            int((drawing[-1] != drawing[0]).argmax()) + 1,
        )
    inside = drawing[1:-1]
    is_valid = is_one_of(inside, " " + "".join(LEFT_OUT))
    is_valid[:, ::2] = is_one_of(inside[:, ::2], ":|")
    is_valid[:, [0, -1]] = inside[:, [0, -1]] == ord("|")
    for row, col in np.argwhere(~is_valid)[:1].tolist():
        problem = (
            f"a cell must be a space or a location ({' '.join(LEFT_OUT)})"
            if col % 2
            else "there must be : (open) or | (a wall) between two cells"
            if 0 < col < inside.shape[1] - 1
            else "a row of cells must start and end with |"
        )
        number, text = rows[row + 1]
        raise MazeError(f"{problem}, not {text[col]!r}", number, col + 1)
    cells = inside[:, 1::2]
    check_size(*cells.shape)
    return Maze(np.ones(cells.shape), wall_right=inside[:, 2:-1:2] == ord("|"), name=name)


def write(maze: Maze) -> str:
    """Write a maze that has only thin walls between cells side by side."""
    others = Maze(maze.floor, wall_below=maze.wall_below, objects=maze.objects)
    check_expressible(others, "the Taxi map", solid=False)
    border = f"+{'-' * (2 * maze.shape[1] - 1)}+\n"
    right = np.pad(maze.wall_right, ((0, 0), (0, 1)), constant_values=True)
    rows = "".join(f"|{''.join(' |' if wall else ' :' for wall in row)}\n" for row in right)
    return border + rows + border
