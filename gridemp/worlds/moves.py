"""Moves of an agent, and the cell that each step leads to from each cell."""

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from gridemp.errors import GridempError
from gridemp.mazes.maze import Maze
from gridemp.mazes.objects import OBSTACLES
from gridemp.typing import Labels, Mask

Offset = tuple[int, int]
Scalar = TypeVar("Scalar", bound=np.generic)

# Steps in (row, col); north is up on the page.
OFFSETS: dict[str, Offset] = {
    "north": (-1, 0),
    "east": (0, 1),
    "south": (1, 0),
    "west": (0, -1),
    "northeast": (-1, 1),
    "southeast": (1, 1),
    "southwest": (1, -1),
    "northwest": (-1, -1),
    "stay": (0, 0),
}
HEADINGS = ("north", "east", "south", "west")  # clockwise
TURNS = {"left": -1, "right": 1}
HANDS = ("pickup", "drop", "toggle")
MOVES = {
    "nesw": HEADINGS,
    "king": tuple(name for name in OFFSETS if name != "stay"),
    "turn": (*TURNS, "forward"),
}


def action_names(moves: str, stay: bool, hands: bool = False) -> tuple[str, ...]:
    """Names of the actions for a kind of moves: the moves, then those of hands, then "stay".

    Raises
    ------
    GridempError
        If there is no such kind of moves, or the agent has hands but no heading.
    """
    if moves not in MOVES:
        raise GridempError(f"`moves` must be one of {', '.join(MOVES)}, not '{moves}'")
    if hands and moves != "turn":
        raise GridempError(
            "hands reach the cell in front of the agent, which needs a heading; set `moves` to turn"
        )
    return MOVES[moves] + (HANDS if hands else ()) + (("stay",) if stay else ())


def joined_axes(torus: str | bool) -> str:
    """Axes along which a torus joins the edges of a maze; True stands for both.

    Raises
    ------
    GridempError
        If `torus` names other axes than x and y.
    """
    axes = ("xy" if torus else "") if isinstance(torus, bool | np.bool_) else torus
    if axes not in ("", "x", "y", "xy"):
        raise GridempError(f"`torus` must be x, y, xy, True or False, not '{torus}'")
    return axes


def step_targets(
    maze: Maze, torus: str = "", diagonals: bool = False, obstacles: str = OBSTACLES
) -> dict[Offset, Labels]:
    """Target of each step from each cell; the cell itself where the step is blocked.

    Walls and obstacles block a step, and so does an edge that no torus joins. A diagonal is open
    only where both ways round its corner are.

    Parameters
    ----------
    maze : Maze
        Maze with C floor cells.
    torus : {"", "x", "y", "xy"}
        Axes along which the edges of the maze are joined.
    diagonals : bool
        Whether to include the four diagonal steps.
    obstacles : str
        Letters of the objects that never move out of the way.

    Returns
    -------
    dict of (row, col) to ndarray of int, shape (C,)
        Number of the cell that a step leads to from each cell, by the offset of the step.
    """
    index = np.full(maze.shape, -1, dtype=np.int32)
    index[maze.floor] = np.arange(maze.floor.sum())
    targets = {}
    for offset, is_open in _open_steps(maze, torus, diagonals, obstacles).items():
        where = np.where(is_open, _seen(index, offset, torus), index)
        targets[offset] = np.asarray(where[maze.floor])
    return targets


def _open_steps(maze: Maze, torus: str, diagonals: bool, obstacles: str) -> dict[Offset, Mask]:
    """Cells from which each step succeeds, as masks of shape (H, W)."""
    floor = maze.floor
    below = np.pad(maze.wall_below, ((0, 1), (0, 0)))
    right = np.pad(maze.wall_right, ((0, 0), (0, 1)))
    down = floor & _seen(floor, (1, 0), torus) & ~below
    east = floor & _seen(floor, (0, 1), torus) & ~right
    steps = {
        (-1, 0): _seen(down, (-1, 0), torus),
        (0, 1): east,
        (1, 0): down,
        (0, -1): _seen(east, (0, -1), torus),
    }
    if not set(obstacles).isdisjoint(maze.objects.values()):
        fixed = np.zeros(maze.shape, dtype=bool)
        fixed[floor] = maze.where(obstacles)
        for offset in steps:
            if maze.shape[offset[0] == 0] > 1:  # a side of length 1 leads back to the cell itself
                steps[offset] &= ~_seen(fixed, offset, torus)
    if diagonals:
        for drow, dcol in ((-1, 1), (1, 1), (1, -1), (-1, -1)):
            vertical, horizontal = steps[drow, 0], steps[0, dcol]
            steps[drow, dcol] = (
                vertical
                & _seen(horizontal, (drow, 0), torus)
                & horizontal
                & _seen(vertical, (0, dcol), torus)
            )
    return steps


def _seen(grid: NDArray[Scalar], offset: Offset, torus: str) -> NDArray[Scalar]:
    """Value of the grid one step away from each cell; False or 0 outside the grid."""
    for axis, (step, name) in enumerate(zip(offset, "yx", strict=True)):
        if name in torus:
            grid = np.roll(grid, -step, axis)
        elif step:
            grid = np.roll(grid, -step, axis)
            edge = [slice(None), slice(None)]
            edge[axis] = slice(-1, None) if step > 0 else slice(0, 1)
            grid[tuple(edge)] = 0
    return grid
