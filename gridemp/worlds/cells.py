"""The states in a cell where an agent may start, and the checks of what names a cell."""

import operator
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from gridemp.errors import GridempError
from gridemp.mazes.maze import Maze
from gridemp.typing import Cells
from gridemp.worlds.moves import HEADINGS
from gridemp.worlds.world import World

if TYPE_CHECKING:
    pass


def check_cells(world: World, cells: Sequence[tuple[int, int]]) -> Cells:
    """Each of the cells once, or a GridempError if no agent can start in one."""
    return tuple(dict.fromkeys(_checked(world, x, y) for x, y in cells))


def _checked(world: World, x: int, y: int) -> tuple[int, int]:
    """A chosen cell, or a GridempError if no agent can start there."""
    maze = world.maze
    place = _inside(maze, x, y)
    starts = world.cell if world.starts is None else world.cell[world.starts]
    if not maze.floor[place]:
        raise GridempError(f"the cell x = {x}, y = {y} of {maze.name} is solid; choose floor")
    number = int(maze.floor.ravel()[: place[0] * maze.shape[1] + place[1]].sum())
    if number not in starts:
        raise GridempError(
            f"no agent starts in the cell x = {x}, y = {y} of {maze.name}; choose another"
        )
    return int(x), int(y)


def _inside(maze: Maze, x: int, y: int) -> tuple[int, int]:
    height, width = maze.shape
    try:
        across, up = operator.index(x), operator.index(y)
    except TypeError:
        raise GridempError(f"a cell is two whole numbers x and y, not {x!r} and {y!r}") from None
    if not (0 <= across < width and 0 <= up < height):
        raise GridempError(
            f"the cell x = {x}, y = {y} is outside {maze.name}; "
            f"choose x from 0 to {width - 1} and y from 0 to {height - 1}"
        )
    return maze.rowcol(across, up)


def check_heading(world: World, which: str) -> None:
    """Raise a GridempError if `EmpowermentMap.one_per_cell` of a world has no such choice."""
    choices = ["best", "mean", *(HEADINGS if world.heading is not None else ())]
    if which not in choices:
        raise GridempError(
            f"there is no heading '{which}' in this world; use one of {', '.join(choices)}"
        )


def states_in(world: World, x: int, y: int, heading: str) -> list[int]:
    """The states in a cell where the agent may start, of a heading if one is named."""
    maze = world.maze
    try:
        place = operator.index(x), operator.index(y)
    except TypeError:
        raise GridempError(f"a cell is two whole numbers, x and y, not {x!r} and {y!r}") from None
    height, width = maze.shape
    if not (0 <= place[0] < width and 0 <= place[1] < height):
        raise GridempError(
            f"there is no cell x = {x}, y = {y} in {maze.name}; x goes from 0 to {width - 1} and "
            f"y from 0 to {height - 1}"
        )
    row, col = maze.rowcol(*place)
    if not maze.floor[row, col]:
        raise GridempError(
            f"the cell x = {x}, y = {y} of {maze.name} is solid; choose a floor cell"
        )
    check_heading(world, heading)
    if heading == "mean":
        raise GridempError("a mean of several states has no source of its own; choose the best")
    cell = int(maze.floor.ravel()[: row * width + col].sum())
    starts = np.arange(len(world.cell)) if world.starts is None else world.starts
    states = starts[world.cell[starts] == cell]
    if world.heading is not None and heading in HEADINGS:
        states = states[world.heading[states] == HEADINGS.index(heading)]
    if not len(states):
        raise GridempError(f"the agent cannot start at x = {x}, y = {y}; choose another cell")
    return [int(state) for state in states]
