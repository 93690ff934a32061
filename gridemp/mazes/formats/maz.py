"""Micromouse mazes as numbers: `.maz` files of bytes, and `.num` files of text.

A `.maz` file has one byte for each cell of a square, with a bit for each of its walls: 1 north,
2 east, 4 south, 8 west. The cells follow each other column by column from the bottom-left one, or
row by row, from the bottom or from the top: in the right order, neighbours agree on the wall
between them. A line of a `.num` file holds x and y of a cell, counted from the bottom-left one, and
1 or 0 for its north, east, south and west wall. Some programs give `.maz` to such texts, too.
"""

import re
from math import isqrt

import numpy as np
from numpy.typing import NDArray

from gridemp.errors import MazeError
from gridemp.mazes.file_kinds import decoded
from gridemp.mazes.maze import Maze
from gridemp.mazes.protocol import Choices, Reading
from gridemp.mazes.text import check_size, numbered_rows

SUFFIXES: tuple[str, ...] = (".maz", ".num")
CHOICES = frozenset[str]()
NORTH, EAST, SOUTH, WEST = 1, 2, 4, 8
BINARY = re.compile(rb"[\x00-\x08\x0e-\x1f]")  # bytes that no text holds
NUMBERS = re.compile(rb"[0-9][ \t]+[0-9]")
LINE = re.compile(r"\s*([0-9]{1,6})\s+([0-9]{1,6})" + r"\s+([01])" * 4 + r"\s*")

Walls = NDArray[np.uint8]  # the bits of each cell, shape (H, W), row 0 at the top


def read_file(data: bytes, name: str, choices: Choices) -> Reading:
    """Read a maze from bytes or from lines of numbers."""
    if NUMBERS.search(data) and not BINARY.search(data):
        return Reading(_maze(_walls_of_lines(decoded(data)), name))
    side = isqrt(len(data))
    if side < 2 or side * side != len(data):
        raise MazeError(
            "a .maz file has one byte for each cell of a square, such as 256 for 16 x 16 cells, "
            f"but this one has {len(data):,}"
        )
    check_size(side, side)
    cells: Walls = np.frombuffer(data, dtype=np.uint8).reshape(side, side) & np.uint8(15)
    orders = cells.T[::-1], cells[::-1], cells
    return Reading(_maze(min(orders, key=lambda walls: len(_disagreements(walls))), name))


def _walls_of_lines(text: str) -> Walls:
    """Walls of the cells of a text, one line for each."""
    walls: dict[tuple[int, int], int] = {}
    for number, line in numbered_rows(text):
        match = LINE.fullmatch(line)
        if match is None:
            raise MazeError(
                "a line gives x and y of a cell and 1 or 0 for each of its walls, in the order "
                "north, east, south, west, such as 0 0 0 1 1 1",
                number,
                1,
            )
        x, y, *sides = map(int, match.groups())
        if (x, y) in walls:
            raise MazeError(f"this is a second line for x = {x}, y = {y}; keep one", number, 1)
        walls[x, y] = sum(bit * side for bit, side in zip((1, 2, 4, 8), sides, strict=True))
    width, height = (1 + max(places) for places in zip(*walls, strict=True))
    if len(walls) < width * height:
        cells = ((x, y) for x in range(width) for y in range(height))
        x, y = next(cell for cell in cells if cell not in walls)
        raise MazeError(f"there is no line for x = {x}, y = {y}; add one")
    grid = np.zeros((height, width), dtype=np.uint8)
    for (x, y), bits in walls.items():
        grid[height - 1 - y, x] = bits
    return grid


def _disagreements(walls: Walls) -> list[tuple[int, int, int, int]]:
    """Rows and columns of all two neighbours that disagree on the wall between them."""
    right = (walls[:, :-1] & EAST > 0) != (walls[:, 1:] & WEST > 0)
    below = (walls[:-1] & SOUTH > 0) != (walls[1:] & NORTH > 0)
    pairs = [(row, col, row, col + 1) for row, col in np.argwhere(right).tolist()]
    return pairs + [(row, col, row + 1, col) for row, col in np.argwhere(below).tolist()]


def _maze(walls: Walls, name: str) -> Maze:
    """Maze of these walls; raise a MazeError if two cells disagree."""
    if pairs := _disagreements(walls):
        top = len(walls) - 1
        row, col, next_row, next_col = pairs[0]
        raise MazeError(
            f"the cells x = {col}, y = {top - row} and x = {next_col}, y = {top - next_row} "
            f"disagree on the wall between them ({len(pairs)} such walls in all); give it to both "
            "cells or to none"
        )
    return Maze(np.ones(walls.shape), walls[:, :-1] & EAST > 0, walls[:-1] & SOUTH > 0, name=name)
