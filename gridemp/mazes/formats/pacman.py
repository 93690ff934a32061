"""Pac-Man: the `.lay` files of Berkeley's AI course: `%` is wall, space floor, `P` Pac-Man.

Spaces outside closed walls are not cells. If lines differ in length otherwise, the layout is as
wide as its first line. An outer ring that is all `%` is the outer wall, not cells.
"""

from gridemp.errors import GridempError
from gridemp.mazes import outside
from gridemp.mazes.formats import block
from gridemp.mazes.maze import Maze
from gridemp.mazes.outside import Outside
from gridemp.mazes.text import Row, check_expressible, check_letters, trimmed

SUFFIXES: tuple[str, ...] = (".lay",)
CHOICES = frozenset[str]()
LEFT_OUT = {
    ".": "food",
    "o": "power capsules",
    "G": "ghosts",
    **dict.fromkeys("1234", "contest agents"),
}
OUTSIDE = "draw floor there with . and wall with %"
HINT = "% for wall, a space for floor, P for Pac-Man, . for food, o for a capsule or G for a ghost"
BLOCK = {**dict.fromkeys(map(ord, LEFT_OUT), " "), ord("%"): "#", ord("P"): "S"}


def without_outside(rows: list[Row]) -> tuple[list[Row], Outside]:
    """Check the characters of a layout, and wall up its outside."""
    drawing = trimmed(rows)
    check_letters(drawing, "% P" + "".join(LEFT_OUT), HINT)
    walled, count = outside.without_outside(rows, "%")
    if len({len(text) for _, text in walled}) > 1:
        width = len(drawing[0].text)
        return outside.without_outside([Row(i, text[:width]) for i, text in rows], "%")
    return walled, count


def read(rows: list[Row], name: str) -> Maze:
    """Read a maze from the lines of a layout."""
    return block.read([Row(number, text.translate(BLOCK)) for number, text in rows], name)


def write(maze: Maze) -> str:
    """Write a maze that has floor, solid cells and one start, with its outer wall around it."""
    check_expressible(maze, "a Pac-Man layout", "S")
    starts = list(maze.objects.values()).count("S")
    if starts != 1:
        raise GridempError(
            f"a Pac-Man layout needs one Pac-Man, but the maze has {starts} starts; "
            "mark one start with S in the maze"
        )
    return block.write(maze).translate(str.maketrans("#.S", "% P"))
