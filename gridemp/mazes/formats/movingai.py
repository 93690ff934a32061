"""MovingAI: the `.map` files of the grid benchmarks, with a header and one character per cell.

The header has four lines. `.` and `G` are ground and `S` swamp; `@` and `O` are out of bounds, `T`
trees and `W` water. The maze has as many rows and columns as the header says: no outer ring is
dropped.
"""

import re

import numpy as np

from gridemp.errors import MazeError
from gridemp.mazes.maze import Maze
from gridemp.mazes.text import (
    Row,
    advice,
    characters,
    check_expressible,
    check_letters,
    check_size,
    is_one_of,
)

SUFFIXES: tuple[str, ...] = (".map",)
LEFT_OUT = {
    "S": "swamp cells, which become floor",
    "T": "tree cells, which become wall",
    "W": "water cells, which become wall",
}
HINT = "one of . G S for floor or @ O T W for wall"
HEADER = {
    "type octile": r"type +octile *",
    "height and a number": r"height +([1-9][0-9]{0,8}) *",
    "width and a number": r"width +([1-9][0-9]{0,8}) *",
    "map": r"map *",
}


def read(rows: list[Row], name: str) -> Maze:
    """Read a maze from the lines of a map, its header first."""
    fields = []
    after_last = Row(rows[-1].number + 1, "")
    for row, (expected, pattern) in zip([*rows, after_last], HEADER.items(), strict=False):
        field = re.fullmatch(pattern, row.text)
        if field is None:
            keyword = expected.split()[0] + " "
            raise MazeError(
                "the header has four lines: type octile, height, width and map; "
                + advice(row.text, f"this line must be {expected}"),
                row.number,
                len(keyword) + 1 if row.text.startswith(keyword) else 1,
            )
        fields.append(field)
    drawing, (height, width) = rows[4:], (int(field[1]) for field in fields[1:3])
    if len(drawing) != height:
        raise MazeError(
            f"the header says height {height}, but {len(drawing)} rows follow; make them agree",
            rows[1].number,
            fields[1].start(1) + 1,
        )
    lengths = [len(row.text) for row in drawing]
    if len(set(lengths)) == 1 and lengths[0] != width:
        raise MazeError(
            f"the header says width {width}, but all rows have {lengths[0]} characters; "
            "make them agree",
            rows[2].number,
            fields[2].start(1) + 1,
        )
    for row, length in zip(drawing, lengths, strict=True):
        if length != width:
            raise MazeError(
                f"the header says width {width}, but this row has {length} characters; "
                "make them agree",
                row.number,
                min(length, width) + 1,
            )
    check_size(height, width)
    check_letters(drawing, ".GS@OTW", HINT)
    return Maze(is_one_of(characters(drawing), ".GS"), name=name)


def write(maze: Maze) -> str:
    """Write a maze that has only floor and solid cells."""
    check_expressible(maze, "a MovingAI map")
    height, width = maze.shape
    rows = "".join("".join(row) + "\n" for row in np.where(maze.floor, ".", "@"))
    return f"type octile\nheight {height}\nwidth {width}\nmap\n{rows}"
