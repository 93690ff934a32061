"""MovingAI: the `.map` files of the grid benchmarks, with a header and one character per cell.

The header gives the height and the width, in any order, and ends with `map`; a `type` may come with
them. `.` and `G` are ground and `S` swamp; `@` and `O` are out of bounds, `T` trees and `W` water.
The maze has as many rows and columns as the header says: no outer ring is dropped. Blank lines and
blanks at the ends of lines mean nothing.
"""

import re
from typing import NamedTuple

import numpy as np

from gridemp.errors import MazeError
from gridemp.mazes.maze import Maze
from gridemp.mazes.text import (
    BLANK,
    Row,
    advice,
    characters,
    check_expressible,
    check_letters,
    check_size,
    is_one_of,
)

SUFFIXES: tuple[str, ...] = (".map",)
CHOICES = frozenset[str]()
LEFT_OUT = {
    "S": "swamp cells, which become floor",
    "T": "tree cells, which become wall",
    "W": "water cells, which become wall",
}
HINT = "one of . G S for floor or @ O T W for wall"
FIELD = re.compile(r"(type +\w+|height +([1-9][0-9]{0,8})|width +([1-9][0-9]{0,8})|map)$")
THIN = re.compile(r" *[+o][- ]+[+o]")  # of micromouse mazes, which some programs call .map
EXPECTED = {
    "height": "height and a number",
    "width": "width and a number",
    "type": "type and a word",
}
HEADER = "the header gives the height and the width and ends with map; "


class Size(NamedTuple):
    """Size along one axis that the header gives, and where."""

    value: int
    line: int
    column: int


def read(rows: list[Row], name: str) -> Maze:
    """Read a maze from the lines of a map, its header first."""
    rows = [Row(number, text.rstrip(BLANK)) for number, text in rows if text.strip(BLANK)]
    sizes, drawing = _header(rows)
    height, width = sizes["height"], sizes["width"]
    if len(drawing) != height.value:
        raise MazeError(
            f"the header says height {height.value}, but {len(drawing)} rows follow; "
            "make them agree",
            height.line,
            height.column,
        )
    lengths = [len(row.text) for row in drawing]
    if len(set(lengths)) == 1 and lengths[0] != width.value:
        raise MazeError(
            f"the header says width {width.value}, but all rows have {lengths[0]} characters; "
            "make them agree",
            width.line,
            width.column,
        )
    for row, length in zip(drawing, lengths, strict=True):
        if length != width.value:
            raise MazeError(
                f"the header says width {width.value}, but this row has {length} characters; "
                "make them agree",
                row.number,
                min(length, width.value) + 1,
            )
    check_size(height.value, width.value)
    check_letters(drawing, ".GS@OTW", HINT)
    return Maze(is_one_of(characters(drawing), ".GS"), name=name)


def _header(rows: list[Row]) -> tuple[dict[str, Size], list[Row]]:
    """Read the header: the size along each axis, and the rows that follow."""
    sizes: dict[str, Size] = {}
    for i, (number, text) in enumerate(rows):
        keyword = text.partition(" ")[0]
        field = FIELD.match(text)
        if field is None:
            if THIN.match(text):
                raise MazeError("this is a drawing of thin walls; set `format` to thin", number, 1)
            expected = EXPECTED.get(keyword, "height, width, type or map")
            column = len(keyword) + 2 if keyword in EXPECTED and keyword != text else 1
            raise MazeError(HEADER + advice(text, f"this line must be {expected}"), number, column)
        if keyword in sizes:
            raise MazeError(f"this is a second {keyword}; keep one", number, 1)
        if keyword == "map":
            if missing := [axis for axis in ("height", "width") if axis not in sizes]:
                raise MazeError(f"{HEADER}add {missing[0]} and a number above this", number, 1)
            return sizes, rows[i + 1 :]
        if keyword != "type":
            group = 2 if keyword == "height" else 3
            sizes[keyword] = Size(int(field[group]), number, field.start(group) + 1)
    raise MazeError(f"{HEADER}add map below this", rows[-1].number, 1)


def write(maze: Maze) -> str:
    """Write a maze that has only floor and solid cells."""
    check_expressible(maze, "a MovingAI map")
    height, width = maze.shape
    rows = "".join("".join(row) + "\n" for row in np.where(maze.floor, ".", "@"))
    return f"type octile\nheight {height}\nwidth {width}\nmap\n{rows}"
