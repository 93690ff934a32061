"""The places of a grid and the edges between them, which walls may block."""

from typing import NamedTuple

import numpy as np

from gridemp.typing import Indices
from gridemp.worlds.moves import HEADINGS, OFFSETS


class Grid(NamedTuple):
    """The P = H W places of a grid, numbered in array order, and the edges between them.

    Edge i leads east from place i, and edge P + i leads south from it.

    Attributes
    ----------
    beside : ndarray of int, shape (P, 4)
        Number of the neighbouring place to the north, east, south and west, or of the place itself
        at the border of the grid.
    edge : ndarray of int, shape (P, 4)
        Number of the edge to that neighbour; -1 if there is none.
    """

    beside: Indices
    edge: Indices


def grid_of(height: int, width: int, torus: str) -> Grid:
    """Places and edges of a grid; around a side of length 1, a torus has no edges."""
    shape = height, width
    place = np.arange(height * width).reshape(height, width)
    beside, edge = [], []
    for heading in HEADINGS:
        row, col = OFFSETS[heading]
        axis, step = (0, row) if row else (1, col)
        there = np.roll(place, -step, axis)
        number = (place if step > 0 else there) + (place.size if axis == 0 else 0)
        open_end = [slice(None), slice(None)]
        open_end[axis] = slice(-1, None) if step > 0 else slice(0, 1)
        if "yx"[axis] not in torus or shape[axis] == 1:
            there[tuple(open_end)] = place[tuple(open_end)]
            number[tuple(open_end)] = -1
        beside.append(there.ravel())
        edge.append(number.ravel())
    return Grid(np.stack(beside, axis=1), np.stack(edge, axis=1))
