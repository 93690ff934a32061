"""Lookup of cells by (x, y): their place in the maze and the states where an agent may start."""

import operator
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from gridemp.errors import GridempError
from gridemp.mazes.maze import Maze
from gridemp.typing import Array, Cell, Cells, Indices, Labels
from gridemp.worlds.moves import HEADINGS
from gridemp.worlds.transitions import check_indices, check_length
from gridemp.worlds.world import World


def floor_cell(maze: Maze, x: int, y: int) -> tuple[int, int]:
    """Row and column of a floor cell.

    Parameters
    ----------
    maze : Maze
        Maze of H x W cells.
    x, y : int
        Coordinates of the cell, counted from 0; y points up.

    Returns
    -------
    row, col : int

    Raises
    ------
    GridempError
        If `x` and `y` are not whole numbers, or the cell lies outside the maze or is solid.
    """
    try:
        across, up = operator.index(x), operator.index(y)
    except TypeError:
        raise GridempError(
            f"a cell must be two whole numbers, x and y, not {x!r} and {y!r}"
        ) from None
    height, width = maze.shape
    if not (0 <= across < width and 0 <= up < height):
        raise GridempError(
            f"there is no cell x = {x}, y = {y} in {maze.name}; x goes from 0 to {width - 1} and "
            f"y from 0 to {height - 1}"
        )
    row, col = maze.rowcol(across, up)
    if not maze.floor[row, col]:
        raise GridempError(
            f"the cell x = {x}, y = {y} of {maze.name} is solid; choose a floor cell"
        )
    return row, col


def check_heading(world: World, which: str) -> None:
    """Raise a GridempError unless `which` is a valid choice among the states of a cell.

    The choices are "best" and "mean" and, if the agent has a heading, the four headings: see
    `EmpowermentMap.one_per_cell`.
    """
    check_heading_name(which, has_headings=world.heading is not None)


def check_heading_name(which: str, *, has_headings: bool) -> None:
    """Raise a GridempError unless `which` is a valid choice among the states of some cell."""
    choices = ["best", "mean", *(HEADINGS if has_headings else ())]
    if which not in choices:
        raise GridempError(
            f"there is no heading '{which}' in this world; use one of {', '.join(choices)}"
        )


def states_in(world: World, x: int, y: int, heading: str = "best") -> list[int]:
    """States in a cell from which an agent may start.

    Parameters
    ----------
    world : World
        World that holds the cell.
    x, y : int
        Coordinates of the cell, counted from 0; y points up.
    heading : {"best", "north", "east", "south", "west"}
        "best" for all states of the cell, or the heading of the states to select.

    Returns
    -------
    list of int
        One or more states, in ascending order.

    Raises
    ------
    GridempError
        If there is no such floor cell or heading, or no agent starts there.
    """
    row, col = floor_cell(world.maze, x, y)
    check_heading(world, heading)
    if heading == "mean":
        raise GridempError(
            "a mean of several states has no source of its own; choose best, or name a heading"
        )
    number = int(world.maze.floor.ravel()[: row * world.maze.shape[1] + col].sum())
    starts = world.start_states
    states = starts[world.cell[starts] == number]
    if world.heading is not None and heading in HEADINGS:
        states = states[world.heading[states] == HEADINGS.index(heading)]
    if not len(states):
        raise GridempError(f"the agent cannot start at x = {x}, y = {y}; choose another cell")
    return [int(state) for state in states]


def checked_states(world: World, states: ArrayLike, name: str = "states") -> Indices:
    """Return numbers of states as an array; raise a GridempError if the world lacks one."""
    numbers = np.asarray(states)
    if numbers.size:
        check_indices(name, numbers, len(world.cell), "states")
    return np.asarray(numbers, dtype=np.intp)


def start_cells(world: World, cells: Sequence[Cell]) -> Cells:
    """Cells without duplicates, in the given order, as pairs of int.

    Raises
    ------
    GridempError
        If no agent can start in one of them.
    """
    for x, y in cells:
        states_in(world, x, y)
    return tuple(dict.fromkeys((operator.index(x), operator.index(y)) for x, y in cells))


def all_distinct(cell: Labels) -> bool:
    """True if no two states share a cell; `cell` is the cell of each state."""
    return bool((cell[1:] > cell[:-1]).all()) or len(np.unique(cell)) == len(cell)


def best_states(cell: Labels, bits: Array) -> Indices:
    """Index of the first state with the most bits in each cell, ordered by cell."""
    order = np.lexsort((-bits, cell))
    return order[np.unique(cell[order], return_index=True)[1]]


def on_cells(world: World, states: Indices, bits: Array, values: Array) -> Array:
    """Values of some states over the cells of the maze, in array order: shape (H, W).

    Cells without such a state hold NaN. If a cell has several, the one with the most bits counts.
    """
    check_length("values", values, len(states))
    maze, cell = world.maze, world.cell[states]
    if not all_distinct(cell):
        best = best_states(cell, bits)
        cell, values = cell[best], values[best]
    grid = np.full(maze.shape, np.nan)
    grid[tuple(maze.cells[cell].T)] = values
    return grid
