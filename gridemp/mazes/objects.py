"""Objects on the floor of a maze, and the characters that stand for them."""

from collections.abc import Mapping
from operator import index
from types import MappingProxyType

from gridemp.errors import MazeError
from gridemp.typing import Mask

Objects = Mapping[tuple[int, int], str]

OBJECTS = {
    "T": "trap",
    "$": "box that can be pushed",
    "B": "fixed box",
    "~": "ice",
    "^": "conveyor north",
    ">": "conveyor east",
    "v": "conveyor south",
    "<": "conveyor west",
    "S": "start, a mark without effect",
    "G": "goal, a mark without effect",
    "D": "closed door",
    "d": "open door",
    "b": "ball that can be carried",
}
MARKS = "SG"  # objects without effect
COLOURS = {"k": "", "r": "red ", "y": "yellow ", "l": "green ", "c": "blue ", "m": "purple "}
KEYS = {letter: f"{colour}key" for letter, colour in COLOURS.items()}
LOCKED = {letter.upper(): f"locked {colour}door" for letter, colour in COLOURS.items()}
OBJECTS |= KEYS | LOCKED
HANDLED = "".join(["D", "b", *KEYS, *LOCKED])  # obstacles that hands can move or open
OBSTACLES = f"B{HANDLED}"  # for an agent without hands


def checked_objects(objects: Objects | None, floor: Mask) -> Objects:
    """Read-only mapping of the objects of a maze, in array order.

    Parameters
    ----------
    objects : mapping of (row, col) to str, optional
        Character of each object, by cell.
    floor : ndarray of bool, shape (H, W)
        True for the floor cells of the maze.

    Raises
    ------
    MazeError
        If this is not such a mapping, or an object is unknown or not on a floor cell.
    """
    objects = {} if objects is None else objects
    height, width = floor.shape
    try:
        placed = {(index(row), index(col)): letter for (row, col), letter in objects.items()}
    except (TypeError, ValueError, AttributeError):
        raise MazeError("`objects` maps the (row, col) of cells to characters") from None
    for (row, col), letter in placed.items():
        if letter not in list(OBJECTS):
            raise MazeError(f"there is no object {letter!r}; use one of {' '.join(OBJECTS)}")
        if not (0 <= row < height and 0 <= col < width and floor[row, col]):
            raise MazeError(
                f"the {OBJECTS[letter]} at row {row}, column {col} is not on a floor cell; "
                "move it to one"
            )
    return MappingProxyType(dict(sorted(placed.items())))
