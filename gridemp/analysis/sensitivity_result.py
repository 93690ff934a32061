"""The effect of each wall of a maze on its empowerment, as a result."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from gridemp.engine.map import ROUNDING, EmpowermentMap
from gridemp.mazes.maze import Maze
from gridemp.shown import Shown
from gridemp.typing import Array, Cell, Cells


class Change(NamedTuple):
    """Effect of one toggle.

    Attributes
    ----------
    kind : {"wall", "cell", "edge"}
        Kind of change: a thin wall removed, a solid cell made floor, or a thin wall added.
    cells : tuple of (x, y)
        The two cells on either side, the left or lower one first, or the solid cell.
    bits : float
        Change of the empowerment, in bits.

    Examples
    --------
    >>> from gridemp.analysis import Change
    >>> Change("wall", ((4, 3), (5, 3)), 0.25).place
    'between (4, 3) and (5, 3)'
    """

    kind: str
    cells: Cells
    bits: float

    @property
    def place(self) -> str:
        """Location in words, such as "between (4, 3) and (5, 3)"."""
        if len(self.cells) == 1:
            return f"at {self.cells[0]}"
        return f"between {self.cells[0]} and {self.cells[1]}"


@dataclass(frozen=True, eq=False, repr=False)
class Sensitivity(Shown):
    """Change of the mean empowerment, or the empowerment of one cell, for each toggle of a maze.

    The mean is over the cells that are floor before and after the toggle, so a solid cell that is
    opened does not count itself. If a cell has several states, such as headings, the best one
    counts.

    Attributes
    ----------
    maze : Maze
        Maze without a toggle.
    horizon : int
        Number of steps n.
    base : EmpowermentMap
        Map of this maze, with one value for each cell.
    cell : (x, y) or None
        Cell for which the empowerment is considered; None for the mean over all cells.
    right : ndarray, shape (H, W - 1)
        Change in bits if the thin wall between (r, c) and (r, c + 1) is removed or, if there is
        none, one is added. NaN if one of the two cells is solid.
    below : ndarray, shape (H - 1, W)
        Change in bits for the edge between (r, c) and (r + 1, c), likewise.
    solid : ndarray, shape (H, W)
        Change in bits if the solid cell becomes floor, with only those thin walls around it that
        the maze has. NaN on floor.
    gap : float
        Bound on the error of a change, in bits; 0 in a deterministic world.

    Examples
    --------
    >>> import gridemp
    >>> from gridemp.analysis import sensitivity
    >>> effects = sensitivity(gridemp.load_maze("two-rooms"), horizon=2)
    >>> len(effects.removals), len(effects.additions)
    (8, 222)
    >>> best = effects.best_removals[0]
    >>> best.kind, best.cells, round(best.bits, 3)
    ('cell', ((7, 1),), 0.013)
    """

    maze: Maze
    horizon: int
    base: EmpowermentMap
    cell: Cell | None
    right: Array
    below: Array
    solid: Array
    gap: float = 0.0

    @property
    def bits(self) -> float:
        """Mean empowerment of the maze without a toggle, or empowerment of the cell, in bits."""
        if self.cell is None:
            return float(self.base.bits.mean())
        return float(self.base.grid()[self.maze.rowcol(*self.cell)])

    @property
    def removals(self) -> tuple[Change, ...]:
        """Effect of removing each thin wall or solid cell, in order of decreasing gain."""
        right = np.where(self.maze.wall_right, self.right, np.nan)
        below = np.where(self.maze.wall_below, self.below, np.nan)
        changes = [
            *_changes(self.maze, "wall", right, (0, 1)),
            *_changes(self.maze, "wall", below, (1, 0)),
            *_changes(self.maze, "cell", self.solid, (0, 0)),
        ]
        return _sorted_by_bits(changes, -1)

    @property
    def additions(self) -> tuple[Change, ...]:
        """Effect of adding a thin wall on each open edge, in order of decreasing loss."""
        right = np.where(self.maze.wall_right, np.nan, self.right)
        below = np.where(self.maze.wall_below, np.nan, self.below)
        changes = [
            *_changes(self.maze, "edge", right, (0, 1)),
            *_changes(self.maze, "edge", below, (1, 0)),
        ]
        return _sorted_by_bits(changes, 1)

    @property
    def best_removals(self) -> tuple[Change, ...]:
        """Removal with the largest gain, and all removals that cannot be told apart from it."""
        return self._tied(self.removals)

    @property
    def worst_additions(self) -> tuple[Change, ...]:
        """Addition with the largest loss, and all additions that cannot be told apart from it."""
        return self._tied(self.additions)

    @property
    def can_gain(self) -> bool:
        """True if the best removal gains more than twice the error that a change may have."""
        return bool(self.removals) and self.removals[0].bits > 2 * self.gap + ROUNDING

    @property
    def can_lose(self) -> bool:
        """True if the worst addition loses more than twice the error that a change may have."""
        return bool(self.additions) and self.additions[0].bits < -2 * self.gap - ROUNDING

    def _tied(self, changes: tuple[Change, ...]) -> tuple[Change, ...]:
        slack = 2 * self.gap + ROUNDING
        return tuple(each for each in changes if abs(each.bits - changes[0].bits) <= slack)

    def __repr__(self) -> str:
        subject = "mean" if self.cell is None else f"cell {self.cell}"
        return (
            f"Sensitivity({self.maze!r}, horizon {self.horizon}, {subject}, {self.bits:.2f} bits)"
        )


def _changes(maze: Maze, kind: str, bits: Array, step: tuple[int, int]) -> list[Change]:
    """Changes that are not NaN; `step` leads from the cell of an entry to the other side."""
    changes = []
    for row, col in np.argwhere(~np.isnan(bits)).tolist():
        cells = {maze.xy(row, col), maze.xy(row + step[0], col + step[1])}
        changes.append(Change(kind, tuple(sorted(cells)), float(bits[row, col])))
    return changes


def _sorted_by_bits(changes: list[Change], sign: int) -> tuple[Change, ...]:
    """Sort by bits; changes that are equal up to rounding are sorted by y, then x."""

    def key(change: Change) -> tuple[float, list[Cell]]:
        places = [(y, x) for x, y in change.cells]
        return sign * round(change.bits / ROUNDING), places

    return tuple(sorted(changes, key=key))
