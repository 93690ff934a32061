r"""D4RL: the mazes of maze2d, with `\` between rows: `#` is wall, `O` floor and `G` the goal.

A space or `0` is floor too, and `S` may mark the start. The maze is as wide as its first row. Rows
may also stand on lines of their own. An outer ring that is all `#` is the outer wall, not cells.
"""

from gridemp.errors import MazeError
from gridemp.mazes.formats import block
from gridemp.mazes.maze import Maze
from gridemp.mazes.protocol import Choices
from gridemp.mazes.text import MAX_LINES, Row, check_expressible, check_letters, trimmed

SUFFIXES: tuple[str, ...] = ()
CHOICES = frozenset[str]()
LEFT_OUT: dict[str, str] = {}
FLOOR = "O0 "
LETTERS = "#GS" + FLOOR


def translated(rows: list[Row], choices: Choices) -> tuple[list[Row], tuple[str, ...]]:
    """Put each row on a line of its own, in the characters of the block format."""
    check_letters(rows, LETTERS + "\\", "# for wall, O for floor or G for the goal")
    lines = trimmed(rows)
    if len(lines) + sum(text.count("\\") for _, text in lines) > MAX_LINES:
        raise MazeError(f"this has more than the {MAX_LINES:,} rows allowed")
    floor = str.maketrans(dict.fromkeys(FLOOR, "."))
    parts = [
        Row(number, part.translate(floor))
        for number, text in lines
        for part in text.removesuffix("\\").split("\\")
    ]
    width = len(parts[0].text)
    if width == 0:
        raise MazeError("the first row is empty; begin with a row of the maze", lines[0].number, 1)
    for number, text in parts:
        if len(text) < width:
            raise MazeError(
                f"a row of this line has {len(text)} characters and the first has {width}; make "
                "all rows equally long",
                number,
                1,
            )
    said = ("longer rows are cut to the width of the first, as D4RL does",)
    is_even = all(len(text) == width for _, text in parts)
    return [Row(number, text[:width]) for number, text in parts], () if is_even else said


read = block.read


def write(maze: Maze) -> str:
    """Write a maze that has no thin walls, with its outer wall around it."""
    check_expressible(maze, "a D4RL maze", "SG")
    return "\\".join(block.write(maze).replace(".", "O").splitlines()) + "\n"
