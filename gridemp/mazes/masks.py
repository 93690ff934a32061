"""Checks of the arrays that mazes are made of."""

from typing import Any

from numpy.typing import ArrayLike, NDArray

from gridemp.arguments import described, numbers_in
from gridemp.errors import MazeError
from gridemp.typing import Mask


def numbers(name: str, values: ArrayLike) -> NDArray[Any]:
    """Return an argument as an array of numbers; raise a MazeError if it is anything else."""
    array = numbers_in(values)
    if array is None or array.ndim == 0:
        raise MazeError(
            f"`{name}` needs an array of True and False with rows of equal length, not "
            f"{described(values)}; parse_maze reads text"
        )
    return array


def checked_mask(name: str, values: ArrayLike) -> Mask:
    """Return an argument as a new array of bool; raise a MazeError unless it holds only 0 and 1."""
    array = numbers(name, values)
    odd = array[(array != 0) & (array != 1)]
    if odd.size:
        raise MazeError(
            f"`{name}` needs an array of True and False, or 1 and 0, without {odd[0]}; compare the "
            "array with a threshold"
        )
    return array.astype(bool)
