"""What each wall costs: the change of empowerment if it were opened, or one more put up.

Every edge and every solid cell is toggled, one at a time, and what it changes computed anew: brute
force, but for what cannot change. See `toggles`.
"""

import operator
import warnings
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from gridemp.analysis.perturbations import BELOW, LOCAL, RIGHT, SOLID, Task, changes, toggles
from gridemp.engine.empowerment import checked_horizon, empowerment
from gridemp.engine.map import ROUNDING, EmpowermentMap
from gridemp.engine.runtime import expected_channel_seconds, expected_seconds
from gridemp.errors import ConvergenceWarning, GridempError
from gridemp.mazes.maze import Maze
from gridemp.progress import Progress, ignore
from gridemp.typing import Array, Mask
from gridemp.worlds.world import World

BASE_SHARE = 0.05  # of the progress
# Seconds on one core of 2023: to cut, stack and compare.
PER_TILE_CELL = 1e-6
PER_MAP = 3e-3


class Change(NamedTuple):
    """What one toggle does.

    Attributes
    ----------
    kind : str
        "wall", a thin wall taken away; "cell", a solid cell made floor; or "edge", a thin wall put
        where there is none.
    cells : tuple of (x, y)
        The two cells that are parted, the left or lower one first, or the solid cell.
    bits : float
        The change, in bits.
    """

    kind: str
    cells: tuple[tuple[int, int], ...]
    bits: float

    @property
    def place(self) -> str:
        """Where, in words, such as "between (4, 3) and (5, 3)"."""
        if len(self.cells) == 1:
            return f"at {self.cells[0]}"
        return f"between {self.cells[0]} and {self.cells[1]}"


@dataclass(frozen=True, eq=False, repr=False)
class Sensitivity:
    """The change of the mean empowerment, or that of a cell, for each toggle of a maze.

    The mean is over the cells that are floor before and after: a solid cell that is opened does
    not count itself. Of several states in a cell, such as headings, the best one counts.

    Attributes
    ----------
    maze : Maze
        As it is.
    horizon : int
        Number of steps n.
    base : EmpowermentMap
        Of the maze as it is, one value for each cell.
    cell : tuple of int, or None
        The (x, y) of the cell that is asked about; None for the mean over cells.
    right : ndarray, shape (H, W - 1)
        The change in bits if the thin wall between (r, c) and (r, c + 1) were taken away or, where
        there is none, put up. NaN where one of the two cells is solid.
    below : ndarray, shape (H - 1, W)
        The same between (r, c) and (r + 1, c).
    solid : ndarray, shape (H, W)
        The change in bits if the solid cell became floor, with no thin walls around it but those
        that are drawn. NaN on floor.
    gap : float
        How far from the truth a change may be, in bits; 0 in a deterministic world.
    """

    maze: Maze
    horizon: int
    base: EmpowermentMap
    cell: tuple[int, int] | None
    right: Array
    below: Array
    solid: Array
    gap: float = 0.0

    @property
    def bits(self) -> float:
        """The mean empowerment of the maze as it is, or that of the cell, in bits."""
        if self.cell is None:
            return float(self.base.bits.mean())
        return float(self.base.grid()[self.maze.rowcol(*self.cell)])

    @property
    def removals(self) -> tuple[Change, ...]:
        """All thin walls and solid cells that could go; the greatest gain first."""
        right = np.where(self.maze.wall_right, self.right, np.nan)
        below = np.where(self.maze.wall_below, self.below, np.nan)
        changes = [
            *_changes(self.maze, "wall", right, (0, 1)),
            *_changes(self.maze, "wall", below, (1, 0)),
            *_changes(self.maze, "cell", self.solid, (0, 0)),
        ]
        return _by_bits(changes, -1)

    @property
    def additions(self) -> tuple[Change, ...]:
        """All edges where a thin wall could be put up; the greatest loss first."""
        right = np.where(self.maze.wall_right, np.nan, self.right)
        below = np.where(self.maze.wall_below, np.nan, self.below)
        changes = [
            *_changes(self.maze, "edge", right, (0, 1)),
            *_changes(self.maze, "edge", below, (1, 0)),
        ]
        return _by_bits(changes, 1)

    @property
    def best_removals(self) -> tuple[Change, ...]:
        """The removals of most gain: the best, and all that cannot be told apart from it."""
        return self._tied(self.removals)

    @property
    def worst_additions(self) -> tuple[Change, ...]:
        """The additions of greatest loss: the worst, and all that cannot be told apart from it."""
        return self._tied(self.additions)

    def _tied(self, changes: tuple[Change, ...]) -> tuple[Change, ...]:
        slack = 2 * self.gap + ROUNDING
        return tuple(c for c in changes if abs(c.bits - changes[0].bits) <= slack)

    def __repr__(self) -> str:
        of = "mean" if self.cell is None else f"cell {self.cell}"
        return f"Sensitivity({self.maze!r}, horizon {self.horizon}, {of}, {self.bits:.2f} bits)"


def _changes(maze: Maze, kind: str, bits: Array, step: tuple[int, int]) -> list[Change]:
    """The entries that are not NaN; `step` leads from their cell to the other one."""
    found = []
    for row, col in np.argwhere(~np.isnan(bits)).tolist():
        cells = {maze.xy(row, col), maze.xy(row + step[0], col + step[1])}
        found.append(Change(kind, tuple(sorted(cells)), float(bits[row, col])))
    return found


def _by_bits(changes: list[Change], sign: int) -> tuple[Change, ...]:
    """In order of change; where only rounding tells them apart the lowest, then leftmost first."""

    def key(change: Change) -> tuple[float, list[tuple[int, int]]]:
        places = [(y, x) for x, y in change.cells]
        return sign * round(change.bits / ROUNDING), places

    return tuple(sorted(changes, key=key))


def sensitivity(
    maze: Maze,
    horizon: int,
    *,
    cell: tuple[int, int] | None = None,
    tol: float = 1e-6,
    progress: Progress | None = None,
    **options: Any,
) -> Sensitivity:
    """What each wall costs: the change of empowerment if it were gone, or one more put up.

    For each thin wall, solid cell and free edge the maze with just that toggled is computed, as
    exactly as a map is. The change is that of the mean over the cells that are floor before and
    after, like for like: the cell that is opened does not count itself. What lies outside the maze,
    and the edges that a torus joins, are not toggled.

    Parameters
    ----------
    maze : Maze
        Of H x W cells.
    horizon : int
        Number of steps n, 1 or more.
    cell : tuple of int, optional
        The (x, y) of a cell whose empowerment to ask about, instead of the mean.
    tol : float
        Largest certified gap of each cell to accept, in bits.
    progress : callable, optional
        Called with the fraction done, from 0 to 1.
    **options
        Those of `World.from_maze`: `moves`, `stay`, `slip`, `slip_kind`, `torus`, `sensor`.

    Returns
    -------
    Sensitivity
        In bits.

    Raises
    ------
    GridempError
        If there is no floor at `cell`, or as `World.from_maze` and `empowerment` do.
    HorizonTooLarge
        As `empowerment` does.

    Warns
    -----
    ConvergenceWarning
        If some change may be farther than `tol` from the truth.
    """
    # Without its objects any maze is a world for any horizon, so that this tells of the horizon.
    progress = progress or ignore
    horizon = checked_horizon(horizon, World.from_maze(Maze(maze.floor), **options))
    counted = maze.floor if cell is None else _only(maze, cell)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # one for all changes comes below
        world = World.from_maze(maze, within=horizon, **options)
        base = empowerment(world, horizon, tol, lambda done: progress(BASE_SHARE * done))
        task = Task(maze, base.one_per_cell(), counted, tol, options, {})
        places = toggles(maze)
        change, off = changes(
            task, places, lambda done: progress(BASE_SHARE + (1 - BASE_SHARE) * done)
        )
    grids = [np.full(mask.shape, np.nan) for mask in (maze.wall_right, maze.wall_below, maze.floor)]
    for kind, grid in enumerate(grids):
        chosen = places[:, 0] == kind
        grid[tuple(places[chosen, 1:].T)] = change[chosen]
    gap = float(off.max(initial=0.0))
    if gap > tol:
        warnings.warn(
            f"changes are certified only to {gap:.3g} bits, not to {tol:g}; raise the tolerance",
            ConvergenceWarning,
            stacklevel=2,
        )
    return Sensitivity(
        maze, horizon, task.base, cell, grids[RIGHT], grids[BELOW], grids[SOLID], gap
    )


def expected_sensitivity_seconds(
    maze: Maze, horizon: int, *, cell: tuple[int, int] | None = None, **options: Any
) -> float:
    """Roughly how long `sensitivity` takes for the same arguments, in seconds.

    From the size of the work alone, to a factor of about three; where many surroundings are alike
    it takes far less. Raises what `sensitivity` would raise before any work is done.
    """
    horizon = checked_horizon(horizon, World.from_maze(Maze(maze.floor), **options))
    counted = maze.floor if cell is None else _only(maze, cell)
    world = World.from_maze(maze, within=horizon, **options)
    base = expected_seconds(world, horizon)
    count = len(toggles(maze))
    height, width = (min(side, 4 * horizon + 2) for side in maze.shape)
    overhead = PER_TILE_CELL * height * width
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
    return base + count * (overhead + alone * PER_MAP + computed)


def _only(maze: Maze, cell: tuple[int, int]) -> Mask:
    """Where a cell is, as a mask."""
    try:
        x, y = map(operator.index, cell)
    except (TypeError, ValueError):
        raise GridempError(f"a cell is a pair of whole numbers (x, y), not {cell!r}") from None
    row, col = maze.rowcol(x, y)
    height, width = maze.shape
    if not (0 <= row < height and 0 <= col < width and maze.floor[row, col]):
        raise GridempError(
            f"there is no floor at x = {x}, y = {y}; choose a floor cell with x from 0 to "
            f"{width - 1} and y from 0 to {height - 1}"
        )
    chosen = np.zeros(maze.shape, dtype=bool)
    chosen[row, col] = True
    return chosen
