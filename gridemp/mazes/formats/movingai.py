"""MovingAI: the `.map` of the grid benchmarks, a header of four lines and a character a cell.

`.` and `G` are ground and `S` swamp; `@` and `O` are out of bounds, `T` trees and `W` water. The
maze has all cells that the header counts: no ring of them is outer wall.
"""

import re

import numpy as np

from gridemp.errors import MazeError
from gridemp.mazes.maze import Maze
from gridemp.mazes.text import Row, characters, check_expressible, check_letters, check_size, is_any

SUFFIXES = (".map",)
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
    """Read a maze from the lines of a map."""
    fields = []
    after_last = Row(rows[-1].number + 1, "")
    for row, (due, pattern) in zip([*rows, after_last], HEADER.items(), strict=False):
        if not (found := re.fullmatch(pattern, row.text)):
            keyword = due.split()[0] + " "
            raise MazeError(
                f"the header is type octile, height, width and map, a line each; here is due {due}",
                row.number,
                len(keyword) + 1 if row.text.startswith(keyword) else 1,
            )
        fields.append(found)
    drawing, (height, width) = rows[4:], (int(field[1]) for field in fields[1:3])
    if len(drawing) != height:
        raise MazeError(
            f"the header says height {height}, but {len(drawing)} rows follow; make them agree",
            rows[1].number,
            fields[1].start(1) + 1,
        )
    odd = next((row for row in drawing if len(row.text) != width), None)
    if odd:
        length = len(odd.text)
        all_alike = len({len(row.text) for row in drawing}) == 1
        raise MazeError(
            f"the header says width {width}, but {'all rows have' if all_alike else 'this row has'}"
            f" {length} characters; make them agree",
            rows[2].number if all_alike else odd.number,
            fields[2].start(1) + 1 if all_alike else min(length, width) + 1,
        )
    check_size(height, width)
    check_letters(drawing, ".GS@OTW", HINT)
    return Maze(is_any(characters(drawing), ".GS"), name=name)


def write(maze: Maze) -> str:
    """Write a maze of floor and solid cells."""
    check_expressible(maze, "a MovingAI map")
    height, width = maze.shape
    rows = "".join("".join(row) + "\n" for row in np.where(maze.floor, ".", "@"))
    return f"type octile\nheight {height}\nwidth {width}\nmap\n{rows}"
