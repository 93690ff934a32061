"""Maps of potential empowerment."""

from dataclasses import dataclass

import numpy as np

from gridemp.arguments import check_kinds
from gridemp.engine.map import ROUNDING
from gridemp.engine.peak import Peak
from gridemp.errors import GridempError
from gridemp.typing import Array, Indices, Mask
from gridemp.worlds.cells import floor_cell, on_cells
from gridemp.worlds.transitions import check_length
from gridemp.worlds.world import World


@dataclass(frozen=True, eq=False, repr=False)
class PotentialMap:
    """Map of the potential empowerment of the states of a world where an agent may start.

    Attributes
    ----------
    world : World
        World with T start states.
    discount : float
        Discount, between 0 and 1.
    bits : ndarray, shape (T,)
        Potential empowerment in bits: the certified lower end. One bit is ln 2 nats.
    gap : ndarray, shape (T,)
        Width of the certified interval in bits: the true value lies in [bits, bits + gap].

    Examples
    --------
    >>> import gridemp
    >>> world = gridemp.World.from_maze(gridemp.parse_maze("..."))
    >>> pmap = gridemp.potential_empowerment(world, 0.5)
    >>> pmap.bits.round(4), bool(pmap.gap.max() <= 1e-6)
    (array([0.3923, 0.585 , 0.3923]), True)
    >>> round(pmap.at(1, 0), 4), pmap.peak.x, pmap.peak.ties
    (0.585, 1, 1)
    """

    world: World
    discount: float
    bits: Array
    gap: Array

    def __post_init__(self) -> None:
        """Check the fields."""
        check_kinds(PotentialMap, vars(self))
        check_discount(self.discount)
        for field in ("bits", "gap"):
            check_length(field, getattr(self, field), len(self.states))

    @property
    def states(self) -> Indices:
        """States to which the values belong, the start states of the world: shape (T,)."""
        return self.world.start_states

    def grid(self, values: Array | None = None) -> Array:
        """Arrange values of the states over the cells of the maze.

        Parameters
        ----------
        values : ndarray, shape (T,), optional
            One value for each state, such as `gap`; `bits` by default.

        Returns
        -------
        ndarray, shape (H, W)
            Values in array order, NaN on walls. If a cell has several states, the one with the
            most bits counts.

        Examples
        --------
        >>> import gridemp
        >>> world = gridemp.World.from_maze(gridemp.Maze([[1, 1, 0], [1, 1, 1]]))
        >>> gridemp.potential_empowerment(world, 0.5).grid().round(2)
        array([[0.66, 0.7 ,  nan],
               [0.7 , 0.86, 0.48]])
        """
        check_kinds(PotentialMap.grid, locals())
        values = self.bits if values is None else np.asarray(values)
        return on_cells(self.world, self.states, self.bits, values)

    def at(self, x: int, y: int) -> float:
        """Potential empowerment of a cell, in bits.

        Parameters
        ----------
        x, y : int
            Coordinates of the cell, counted from 0; y points up.

        Returns
        -------
        float
            Certified lower end; if a cell has several states, that of the one with the most bits.

        Raises
        ------
        GridempError
            If there is no such floor cell, or no agent starts there.

        Examples
        --------
        >>> import gridemp
        >>> world = gridemp.World.from_maze(gridemp.parse_maze("..."))
        >>> round(gridemp.potential_empowerment(world, 0.99).at(x=1, y=0), 3)
        1.531
        """
        check_kinds(PotentialMap.at, locals())
        value = float(self.grid()[floor_cell(self.world.maze, x, y)])
        if value != value:
            raise GridempError(f"the agent cannot start at x = {x}, y = {y}; choose another cell")
        return value

    @property
    def peak(self) -> Peak:
        """Highest cell: its `x` and `y`, `bits`, and `ties`; `outcomes` is None.

        `ties` is the number of cells that may be as high, including this one.
        """
        highest = self.bits.max()
        rows, cols = self._rowcol(self.bits >= highest - ROUNDING)
        first = np.lexsort((cols, -rows))[0]
        x, y = self.world.maze.xy(int(rows[first]), int(cols[first]))
        ties = len(set(zip(*self._rowcol(self.bits + self.gap >= highest - ROUNDING), strict=True)))
        return Peak(x, y, float(highest), None, ties)

    def _rowcol(self, chosen: Mask) -> Indices:
        """Rows and columns of the cells of the chosen states, shape (2, n)."""
        return np.asarray(self.world.maze.cells[self.world.cell[self.states[chosen]]].T)

    def __repr__(self) -> str:
        low, high = self.bits.min(), self.bits.max()
        return (
            f"PotentialMap({self.world!r}, discount {self.discount:g}, {low:.2f} to {high:.2f} "
            "bits)"
        )


def check_discount(discount: float) -> None:
    """Raise a GridempError unless a discount lies between 0 and 1."""
    if not 0 < discount < 1:
        raise GridempError(f"`discount` must lie between 0 and 1, not {discount}")
