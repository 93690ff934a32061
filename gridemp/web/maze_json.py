"""The form of a maze in the data of a page: strings of cells and of walls."""

import numpy as np
from numpy.typing import NDArray

from gridemp.mazes.maze import Maze

FLOOR, SOLID, OPEN = ".", "#", "."
WALL_RIGHT, WALL_BELOW = "|", "-"


def lines_of(maze: Maze) -> dict[str, list[str]]:
    """Return a maze of H x W cells as lists of strings, row 0 first.

    `cells` are H strings of W characters: `#` solid, `.` floor, or an object. `right` are H
    strings of W - 1: `|` for a thin wall on the right of a cell, else `.`. `below` are H - 1
    strings of W: `-` for a thin wall below a cell, else `.`.
    """
    cells = np.where(maze.floor, FLOOR, SOLID)
    for place, letter in maze.objects.items():
        cells[place] = letter
    return {
        "cells": _joined(cells),
        "right": _joined(np.where(maze.wall_right, WALL_RIGHT, OPEN)),
        "below": _joined(np.where(maze.wall_below, WALL_BELOW, OPEN)),
    }


def _joined(letters: NDArray[np.str_]) -> list[str]:
    return ["".join(row) for row in letters.tolist()]
