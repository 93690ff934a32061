"""Objects on the floor of a maze, and the letters that stand for them."""

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
}
MARKS = "SG"  # objects without effect


def checked_objects(objects: Objects | None, floor: Mask) -> Objects:
    """Read-only mapping of the objects of a maze, in array order.

    Parameters
    ----------
    objects : mapping of (row, col) to str, optional
        Letters of the objects by cell.
    floor : ndarray of bool, shape (H, W)
        True for the floor cells of the maze.

    Raises
    ------
    MazeError
        If this is no such mapping, or an object is unknown or not on a floor cell.
    """
    objects = {} if objects is None else objects
    height, width = floor.shape
    try:
        placed = {(index(row), index(col)): letter for (row, col), letter in objects.items()}
    except (TypeError, ValueError, AttributeError):
        raise MazeError("`objects` maps the (row, col) of cells to letters") from None
    for (row, col), letter in placed.items():
        if letter not in list(OBJECTS):
            raise MazeError(f"there is no object {letter!r}; use one of {' '.join(OBJECTS)}")
        if not (0 <= row < height and 0 <= col < width and floor[row, col]):
            raise MazeError(
                f"the {OBJECTS[letter]} at row {row}, column {col} is not on a floor cell; "
                "move it to one"
            )
    return MappingProxyType(dict(sorted(placed.items())))
