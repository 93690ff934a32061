"""Sensitivity of empowerment to walls: its change if one wall is removed or added.

Every edge and every solid cell is toggled, one at a time, and all values that the toggle can change
are computed again: see `gridemp.analysis.perturbations`.
"""

import warnings
from concurrent.futures import Executor
from typing import Unpack

import numpy as np

from gridemp.analysis.perturbations import LOCAL, Task, changes, toggles
from gridemp.analysis.sensitivity_result import Sensitivity
from gridemp.analysis.whole_maps import BELOW, RIGHT, SOLID
from gridemp.arguments import check_kinds
from gridemp.engine.channel_cache import CapacityCache
from gridemp.engine.channel_seconds import expected_channel_seconds
from gridemp.engine.empowerment import TOLERANCE, checked_horizon, empowerment
from gridemp.engine.runtime import expected_seconds
from gridemp.errors import ConvergenceWarning, GridempError
from gridemp.mazes.maze import Maze
from gridemp.progress import Progress, ignore
from gridemp.typing import Cell, Mask
from gridemp.worlds.cells import floor_cell
from gridemp.worlds.conditions import WorldOptions
from gridemp.worlds.world import World

BASE_SHARE = 0.05  # share of the progress for the map without a toggle
# On one core of a computer from 2023, to cut, stack and compare:
SECONDS_PER_TILE_CELL = 1e-6
SECONDS_PER_MAP = 3e-3


def sensitivity(
    maze: Maze,
    horizon: int,
    *,
    cell: Cell | None = None,
    tol: float = TOLERANCE,
    progress: Progress | None = None,
    executor: Executor | None = None,
    **options: Unpack[WorldOptions],
) -> Sensitivity:
    """Compute the change of empowerment for each wall that can be removed or added.

    Each thin wall, solid cell and open edge is toggled, one at a time, and the change is as exact
    as a map. The mean is over the cells that are floor before and after the toggle, so a cell that
    is opened does not count itself. The outer walls and the edges that a torus joins are not
    toggled.

    Parameters
    ----------
    maze : Maze
        Maze of H x W cells.
    horizon : int
        Number of steps n, 1 or more.
    cell : (x, y), optional
        Floor cell for which the empowerment is considered instead of the mean over all cells.
    tol : float
        Largest certified gap of each cell to accept, in bits.
    progress : callable, optional
        Called with the fraction done, from 0 to 1.
    executor : concurrent.futures.Executor, optional
        Executor whose workers share the work, if there is noise or the maze is a torus or has
        boxes; by default, this process does all of it. The result does not depend on it.
    **options
        Options of `World.from_maze`: `moves`, `stay`, `slip`, `slip_kind`, `torus`, `sensor`.

    Returns
    -------
    Sensitivity
        Changes in bits.

    Raises
    ------
    GridempError, HorizonTooLarge
        If `cell` is not a floor cell, or `World.from_maze` or `empowerment` raises one.

    Warns
    -----
    ConvergenceWarning
        If the error of some change may exceed `tol`.

    Examples
    --------
    >>> import gridemp
    >>> from gridemp.analysis import sensitivity
    >>> result = sensitivity(gridemp.load_maze("two-rooms"), horizon=3)
    >>> best = result.best_removals[0]
    >>> best.kind, best.place, round(best.bits, 3)
    ('cell', 'at (7, 1)', 0.022)
    """
    check_kinds(sensitivity, locals(), "slip")
    progress = progress or ignore
    horizon, counted = _checked(maze, horizon, cell, options)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # one for all changes comes below
        world = World.from_maze(maze, within=horizon, **options)
        base = empowerment(
            world, horizon, tol, lambda done: progress(BASE_SHARE * done), executor=executor
        )
        task = Task(maze, base.one_per_cell(), counted, options, CapacityCache(tol), executor)
        places = toggles(maze)
        change, error = changes(
            task, places, lambda done: progress(BASE_SHARE + (1 - BASE_SHARE) * done)
        )
    grids = [np.full(mask.shape, np.nan) for mask in (maze.wall_right, maze.wall_below, maze.floor)]
    for kind, grid in enumerate(grids):
        chosen = places[:, 0] == kind
        grid[tuple(places[chosen, 1:].T)] = change[chosen]
    gap = float(error.max(initial=0.0))
    if gap > tol:
        warnings.warn(
            f"the changes are certified only to within {gap:.3g} bits, not {tol:g}; raise `tol`",
            ConvergenceWarning,
            stacklevel=2,
        )
    return Sensitivity(
        maze=maze,
        horizon=horizon,
        base=task.base,
        cell=cell,
        right=grids[RIGHT],
        below=grids[BELOW],
        solid=grids[SOLID],
        gap=gap,
    )


def expected_sensitivity_seconds(
    maze: Maze, horizon: int, *, cell: Cell | None = None, **options: Unpack[WorldOptions]
) -> float:
    """Rough estimate of the time that `sensitivity` takes for the same arguments, in seconds.

    The estimate follows from the size of the work alone and is right to within a factor of about
    three; if many toggles have equal surroundings, the work takes far less. Invalid arguments raise
    the same errors as in `sensitivity`.
    """
    horizon, counted = _checked(maze, horizon, cell, options)
    world = World.from_maze(maze, within=horizon, **options)
    base = expected_seconds(world, horizon)
    count = len(toggles(maze))
    height, width = (min(side, 4 * horizon + 2) for side in maze.shape)
    overhead = SECONDS_PER_TILE_CELL * height * width
    if not world.deterministic:
        each = expected_channel_seconds(world, horizon)
        share = min(1.0, 2 * horizon**2 / len(maze.cells)) * int(counted.sum()) / len(maze.cells)
        alone, computed = False, share * len(world.cell) * each
    elif world.torus or world.within is not None or not LOCAL.issuperset(maze.objects.values()):
        alone, computed = True, base
    else:
        alone = world.heading is not None or options.get("sensor", "state") != "state"
        tile = World.from_maze(Maze(np.ones((height, width))), **options)
        computed = expected_seconds(tile, horizon)
    return base + count * (overhead + alone * SECONDS_PER_MAP + computed)


def _checked(
    maze: Maze, horizon: int, cell: Cell | None, options: WorldOptions
) -> tuple[int, Mask]:
    """Check the arguments of `sensitivity`; return the horizon and the cells that count."""
    if options.get("hands") or options.get("holding"):
        raise GridempError(
            "the effects of walls are computed only for agents without hands; leave out `hands`"
        )
    # Without its objects, any maze makes a world that is valid for any horizon.
    horizon = checked_horizon(horizon, World.from_maze(Maze(maze.floor), **options))
    if cell is None:
        return horizon, maze.floor
    try:
        x, y = cell
    except (TypeError, ValueError):
        raise GridempError(f"`cell` must be a pair of whole numbers (x, y), not {cell!r}") from None
    chosen = np.zeros(maze.shape, dtype=bool)
    chosen[floor_cell(maze, x, y)] = True
    return horizon, chosen
