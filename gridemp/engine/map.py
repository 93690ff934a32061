"""The map: the empowerment of each state of a world, its peak, and one value for each cell."""

import math
from dataclasses import dataclass, replace
from decimal import ROUND_UP, Context
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from gridemp.errors import GridempError, import_extra
from gridemp.typing import Array, Counts, Labels
from gridemp.worlds.cells import check_heading
from gridemp.worlds.moves import HEADINGS
from gridemp.worlds.world import World

INVISIBLE_GAP = 1e-3  # bits; a map whose gaps are wider is one of bounds, and says so
ROUNDING = 1e-12  # bits by which equal cells may differ


class Peak(NamedTuple):
    """The cell of highest empowerment: of several, the lowest, then leftmost.

    `bits` is its certified lower end; `outcomes` how many sensor readings it can bring about (None
    in a noisy world and for means); `ties` how many cells, this one included, the certificate
    cannot tell apart.
    """

    x: int
    y: int
    bits: float
    outcomes: int | None
    ties: int


@dataclass(frozen=True, eq=False, repr=False)
class EmpowermentMap:
    """The n-step empowerment of each state of a world, or of those where an agent may start.

    Attributes
    ----------
    world : World
        Of T starts, which are all its states unless it says otherwise.
    horizon : int
        Number of steps n.
    bits : ndarray, shape (T,)
        Empowerment in bits: the certified lower end.
    gap : ndarray, shape (T,)
        The true value lies in [bits, bits + gap]; 0 in a deterministic world.
    outcomes : ndarray of int, shape (T,), or None
        In a deterministic world, how many sensor readings can be brought about; bits is its log2.
    states : ndarray of int, shape (T,)
        Which states these are; the world's starts by default.
    shown : str
        Which of several states in a cell these are, for titles.
    source : str
        What a title says of the source distribution if it is not the optimal one; `bits` are then
        the mutual information that this source sends, at most the empowerment.
    """

    world: World
    horizon: int
    bits: Array
    gap: Array
    outcomes: Counts | None = None
    states: Labels = None  # type: ignore[assignment]
    shown: str = ""
    source: str = ""

    def __post_init__(self) -> None:
        """Take the starts of the world for the states, unless told otherwise."""
        if self.states is None:
            everywhere = np.arange(len(self.world.cell), dtype=np.int32)
            starts = everywhere if self.world.starts is None else self.world.starts
            object.__setattr__(self, "states", starts)

    @property
    def quantity(self) -> str:
        """What `bits` are: empowerment, or the mutual information of another source."""
        return "information" if self.source else "empowerment"

    @property
    def cell(self) -> Labels:
        """The cell of each of these states, as an index into `maze.cells`: shape (T,)."""
        return np.asarray(self.world.cell[self.states])

    def grid(self, values: Array | None = None) -> Array:
        """Values of states, the bits by default, in array order: shape (H, W), NaN on walls.

        Of several states in a cell, the one of most bits counts; `one_per_cell` gives its interval.
        """
        maze, cell = self.world.maze, self.cell
        values = self.bits if values is None else values
        if not _alone(cell):
            best = _best(cell, self.bits)
            cell, values = cell[best], values[best]
        grid = np.full(maze.shape, np.nan)
        grid[tuple(maze.cells[cell].T)] = values
        return grid

    def one_per_cell(self, which: str = "best") -> "EmpowermentMap":
        """One value for each cell where there are several states in one, such as headings.

        Parameters
        ----------
        which : {"best", "mean", "north", "east", "south", "west"}
            The state of most bits, with the interval that holds the best of them all; the mean of
            all; or that of one heading.

        Returns
        -------
        EmpowermentMap
            This one, if there is nothing to choose.

        Raises
        ------
        GridempError
            If there is no such choice.
        """
        check_heading(self.world, which)
        heading, cell = self.world.heading, self.cell
        what = "heading" if heading is not None else "state of each cell"
        if which in HEADINGS and heading is not None:
            chosen = np.flatnonzero(heading[self.states] == HEADINGS.index(which))
            if not np.array_equal(np.unique(cell[chosen]), np.unique(cell)):
                raise GridempError(f"this map does not hold the heading {which} of every cell")
            facing = self._of(chosen, self.gap[chosen], f"heading {which}")
            if _alone(facing.cell):
                return facing
            return replace(facing.one_per_cell(), shown=facing.shown)
        if _alone(cell):
            return self
        firsts, same = np.unique(cell, return_index=True, return_inverse=True)[1:]
        if which == "best":
            upper = np.zeros(len(firsts))
            np.maximum.at(upper, same, self.bits + self.gap)
            best = _best(cell, self.bits)
            return self._of(best, upper - self.bits[best], f"best {what}")
        count = np.bincount(same)
        bits, gap = (np.bincount(same, values) / count for values in (self.bits, self.gap))
        parts = bits, gap, None, self.states[firsts], f"mean {what}", self.source
        return EmpowermentMap(self.world, self.horizon, *parts)

    def _of(self, chosen: NDArray[np.intp], gap: Array, shown: str) -> "EmpowermentMap":
        outcomes = None if self.outcomes is None else self.outcomes[chosen]
        parts = self.bits[chosen], gap, outcomes, self.states[chosen], shown, self.source
        return EmpowermentMap(self.world, self.horizon, *parts)

    def to_dataframe(self) -> Any:
        """One row for each cell: x, y, `quantity` and gap in bits, outcomes if they are counted.

        Returns
        -------
        pandas.DataFrame

        Raises
        ------
        MissingExtra
            If pandas is not installed.
        """
        pandas = import_extra("pandas", "to_dataframe", "notebook")
        one = self.one_per_cell()
        x, y = one.world.maze.xy(*one.world.maze.cells[one.cell].T)
        columns = {"x": x, "y": y, one.quantity: one.bits, "gap": one.gap}
        if one.outcomes is not None:
            columns["outcomes"] = one.outcomes
        order = np.lexsort((x, y))
        return pandas.DataFrame({name: column[order] for name, column in columns.items()})

    def to_xarray(self) -> Any:
        """The `quantity` and its gap, in bits, over y and x; NaN on walls.

        Returns
        -------
        xarray.Dataset
            Rows by rising y, so that `.sel(x=5, y=5)` and plots agree with what people see.

        Raises
        ------
        MissingExtra
            If xarray is not installed.
        """
        xarray = import_extra("xarray", "to_xarray", "notebook")
        height, width = self.world.maze.shape
        one = self.one_per_cell()
        grids = {one.quantity: one.grid(), "gap": one.grid(one.gap)}
        return xarray.Dataset(
            {name: (("y", "x"), grid[::-1], {"units": "bits"}) for name, grid in grids.items()},
            coords={"y": np.arange(height), "x": np.arange(width)},
            attrs={"maze": self.world.maze.name, "horizon": self.horizon, "shown": one.shown},
        )

    def __str__(self) -> str:
        from gridemp.display import map_text

        return map_text(self)

    def _repr_png_(self) -> bytes:
        from gridemp.display import map_png

        return map_png(self)

    def _repr_html_(self) -> str:
        from gridemp.display import map_html

        return map_html(self)

    def __repr__(self) -> str:
        low, high = self.bits.min(), self.bits.max()
        return (
            f"EmpowermentMap({self.world!r}, horizon {self.horizon}, {low:.2f} to {high:.2f} bits)"
        )

    @property
    def peaks(self) -> NDArray[np.intp]:
        """The states that may be the highest, those whose interval reaches it, by y, then x."""
        return self._by_place(self.bits + self.gap >= self.bits.max() - ROUNDING)

    @property
    def peak(self) -> Peak:
        """The highest state, its place, its value, and how many may be as high."""
        state = self._by_place(self.bits >= self.bits.max() - ROUNDING)[0]
        row, col = (int(i) for i in self.world.maze.cells[self.cell[state]])
        x, y = self.world.maze.xy(row, col)
        outcomes = None if self.outcomes is None else int(self.outcomes[state])
        ties = len(np.unique(self.cell[self.peaks]))
        return Peak(x, y, float(self.bits[state]), outcomes, ties)

    def _by_place(self, chosen: NDArray[np.bool_]) -> NDArray[np.intp]:
        states = np.flatnonzero(chosen)
        rows, cols = self.world.maze.cells[self.cell[states]].T
        return states[np.lexsort((cols, -rows))]


def _alone(cell: Labels) -> bool:
    """Whether no two states are in one cell."""
    return bool((cell[1:] > cell[:-1]).all()) or len(np.unique(cell)) == len(cell)


def _best(cell: Labels, bits: Array) -> NDArray[np.intp]:
    """The first state of most bits in each cell, by cell."""
    order = np.lexsort((-bits, cell))
    return order[np.unique(cell[order], return_index=True)[1]]


def rounded_up(bits: float) -> str:
    """A number of bits to one digit, or to two decimals from 0.1 on; never less than it is."""
    if bits >= 0.1:
        return f"{math.ceil(100 * bits) / 100:.2f}"
    return f"{float(Context(prec=1, rounding=ROUND_UP).create_decimal_from_float(bits)):g}"
