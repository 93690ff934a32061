"""Checks of the arrays that mazes are made of, and the cells of a mask that are connected."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gridemp.arguments import described, numbers_in
from gridemp.errors import MazeError
from gridemp.typing import Indices, Mask


def numbers(name: str, values: ArrayLike) -> NDArray[Any]:
    """Return an argument as an array of numbers; raise a MazeError if it is anything else."""
    array = numbers_in(values)
    if isinstance(values, np.ma.MaskedArray):
        raise MazeError(f"`{name}` must be an array without masked cells; fill them first")
    if array is None or array.ndim == 0:
        given = described(values)
        if isinstance(values, np.ndarray) and values.ndim > 0:
            given = f"an array of {values.dtype}"
        raise MazeError(
            f"`{name}` must be an array of numbers with rows of equal length, not {given}; "
            "parse_maze reads text"
        )
    return array


def whole_numbers(name: str, values: ArrayLike) -> NDArray[Any]:
    """Return an argument as an array of whole numbers; raise a MazeError if it is anything else."""
    array = numbers(name, values)
    odd = array[~(np.isfinite(array) & (np.trunc(array) == array))]
    if odd.size:
        raise MazeError(
            f"`{name}` must be an array of whole numbers, without {odd[0]}; compare the array with "
            "a threshold"
        )
    return array


def checked_mask(name: str, values: ArrayLike) -> Mask:
    """Return an argument as a new array of bool; raise a MazeError unless it holds only 0 and 1."""
    array = numbers(name, values)
    odd = array[(array != 0) & (array != 1)]
    if odd.size:
        raise MazeError(
            f"`{name}` must be an array of True and False, or 1 and 0, without {odd[0]}; compare "
            "the array with a threshold"
        )
    return array.astype(bool)


def connected_cells(floor: Mask, row: int, col: int) -> tuple[Indices, Indices]:
    """Rows and columns of the floor cells connected to a given one, nearest first."""
    width = floor.shape[1] + 2
    places = [(row + 1) * width + col + 1]
    unseen = bytearray(np.pad(floor, 1).tobytes())
    unseen[places[0]] = False
    for place in places:  # the list grows in the loop
        for near in (place - width, place - 1, place + 1, place + width):
            if unseen[near]:
                unseen[near] = False
                places.append(near)
    rows, cols = np.divmod(np.array(places), width)
    return rows - 1, cols - 1
