"""Empowerment maps: one value for each state of a world, its peaks, and one value for each cell."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from gridemp.arguments import check_kinds
from gridemp.engine.kind import OPEN, Kind
from gridemp.engine.map_checks import check_values, checked_steps
from gridemp.engine.peak import Peak
from gridemp.shown import Shown
from gridemp.typing import Array, Counts, Indices, Labels, Mask
from gridemp.worlds.cells import on_cells
from gridemp.worlds.moves import HEADINGS
from gridemp.worlds.transitions import check_indices, check_length
from gridemp.worlds.world import World

INVISIBLE_GAP = 1e-3  # bits; a map with a wider gap somewhere is labelled as bounds
ROUNDING = 1e-12  # bits by which equal values may differ


@dataclass(frozen=True, eq=False, repr=False)
class EmpowermentMap(Shown):
    """Map of the empowerment of the states of a world where an agent may start.

    Attributes
    ----------
    world : World
        World of S states. T of them are its start states, by default all.
    horizon : int or None
        Number of steps n; None for potential empowerment, which has a discount instead.
    bits : ndarray, shape (T,)
        Empowerment in bits: the certified lower end.
    gap : ndarray, shape (T,)
        Width of the certified interval in bits: the true value lies in [bits, bits + gap]. It is 0
        where the value is exact, as in a deterministic world.
    outcomes : ndarray of int, shape (T,), or None
        Number of sensor readings that can be brought about, in a deterministic world; `bits` is
        its log2.
    states : ndarray of int, shape (T,)
        States to which the values belong; by default the start states of the world.
    per_cell : {"", "best", "mean", "north", "east", "south", "west"}
        Choice with which `one_per_cell` made this map; empty if it did not.
    source : str
        Name of a given source distribution, for titles; `bits` is then its mutual information,
        which is at most the empowerment. Empty for the optimal source.
    kind : Kind
        Kind of the empowerment, by default that of action sequences of n steps (open loop).

    Examples
    --------
    >>> import gridemp
    >>> world = gridemp.World.from_maze(gridemp.parse_maze("..."))
    >>> emap = gridemp.empowerment(world, 1)
    >>> emap.outcomes
    array([2, 3, 2])
    >>> emap.peak
    Peak(x=1, y=0, bits=1.584962500721156, outcomes=3, ties=1)
    >>> emap.at(0, 0)
    1.0
    """

    world: World
    horizon: int | None
    bits: Array
    gap: Array
    outcomes: Counts | None = None
    states: Indices = None  # type: ignore[assignment]
    per_cell: str = ""
    source: str = ""
    kind: Kind = OPEN

    def __post_init__(self) -> None:
        """Use the start states of the world if no states are given; check the other fields."""
        check_kinds(EmpowermentMap, vars(self))
        if self.states is None:
            object.__setattr__(self, "states", self.world.start_states)
        check_indices("states", self.states, len(self.world.cell), "states")
        for field in ("bits", "gap", "outcomes"):
            check_length(field, getattr(self, field), len(self.states))
        check_values(self.horizon, self.bits, self.gap, self.per_cell, self.kind)

    @property
    def quantity(self) -> str:
        """Name of the quantity: "empowerment", or "information" for a given source."""
        return "information" if self.source else "empowerment"

    @property
    def steps(self) -> int:
        """The horizon, for what needs one; raise a GridempError if there is none."""
        return checked_steps(self.horizon, self.kind)

    @property
    def shown(self) -> str:
        """Words for `per_cell` in titles, such as "best heading"; empty if no choice was made."""
        if not self.per_cell:
            return ""
        if self.per_cell in HEADINGS:
            return f"heading {self.per_cell}"
        has_heading = self.world.heading is not None
        return f"{self.per_cell} {'heading' if has_heading else 'state of each cell'}"

    @property
    def cell(self) -> Labels:
        """Cell of each of the T states, as an index into `maze.cells`: shape (T,)."""
        return np.asarray(self.world.cell[self.states])

    def grid(self, values: Array | None = None) -> Array:
        """Arrange values of the states over the cells of the maze.

        Parameters
        ----------
        values : ndarray, shape (T,), optional
            One value for each state; `bits` by default.

        Returns
        -------
        ndarray, shape (H, W)
            Values in array order, NaN on walls. If a cell has several states, the one with the
            most bits counts; the map `one_per_cell()` has the certified interval of the cell.

        Examples
        --------
        >>> import gridemp
        >>> maze = gridemp.Maze([[1, 1, 0], [1, 1, 1]])
        >>> emap = gridemp.empowerment(gridemp.World.from_maze(maze), 1)
        >>> emap.grid().round(2)
        array([[1.58, 1.58,  nan],
               [1.58, 2.  , 1.  ]])
        """
        check_kinds(EmpowermentMap.grid, locals())
        values = self.bits if values is None else np.asarray(values)
        return on_cells(self.world, self.states, self.bits, values)

    def at(self, x: Any, y: int | None = None, values: Array | None = None) -> float:
        """Value of a cell, of the state of an environment, or of a node of a graph, in bits.

        Parameters
        ----------
        x, y : int
            Coordinates of the cell, counted from 0; y points up. If `y` is left out, `x` is an
            environment, or a node of a graph without places, whose state `World.state_of` finds.
        values : ndarray, shape (T,), optional
            One value for each state, such as `gap` or `outcomes`; `bits` by default.

        Returns
        -------
        float
            Value of the state; if a cell has several states, that of the one with the most bits.

        Raises
        ------
        GridempError
            If there is no such floor cell, no agent starts there, or the map lacks the state.

        Examples
        --------
        >>> import gridemp
        >>> world = gridemp.World.from_maze(gridemp.load_maze("klyubin"), slip=0.1)
        >>> emap = gridemp.empowerment(world, 1)
        >>> round(emap.at(x=5, y=5), 2), emap.at(x=5, y=5, values=emap.gap) < 1e-6
        (1.65, True)
        """
        from gridemp.engine.map_cells import value_at

        return value_at(self, x, y, values)

    def one_per_cell(self, which: str = "best") -> "EmpowermentMap":
        """Return a map with one value for each cell, even if cells have several states or headings.

        Parameters
        ----------
        which : {"best", "mean", "north", "east", "south", "west"}
            Value of a cell: that of the state with the most bits, with an interval that holds the
            maximum over the cell; the mean over the cell; or the value of the state with a heading.

        Returns
        -------
        EmpowermentMap
            Map with one value for each cell; this map itself if each cell has only one state.

        Raises
        ------
        GridempError
            If the world has no such heading, or the map lacks it in some cell.

        Examples
        --------
        >>> import gridemp
        >>> world = gridemp.World.from_maze(gridemp.parse_maze("..."), moves="turn")
        >>> emap = gridemp.empowerment(world, 1)
        >>> len(emap.bits), len(emap.one_per_cell("east").bits)
        (12, 3)
        """
        check_kinds(EmpowermentMap.one_per_cell, locals())
        from gridemp.engine.map_cells import one_per_cell

        return one_per_cell(self, which)

    def to_dataframe(self) -> Any:
        """Return the map as a pandas table of its cells.

        Returns
        -------
        pandas.DataFrame
            Table with a row for each cell, sorted by y, then x, and the columns x, y, `quantity`
            and gap, in bits, and outcomes if they are counted.

        Raises
        ------
        MissingExtra
            If pandas is not installed.
        """
        from gridemp.engine.map_tables import dataframe

        return dataframe(self)

    def to_xarray(self) -> Any:
        """Return the map as an xarray dataset of labelled grids.

        Returns
        -------
        xarray.Dataset
            Dataset of the `quantity` and its gap, in bits, over horizon and slip, each of length 1,
            y, and x; NaN on walls. If the noise is that of a table, there is no slip. Rows are in
            order of ascending y, so that `.sel(x=5, y=5)` and plots agree with the figures.
            `xarray.combine_by_coords` joins the maps of a sweep. The attributes name the maze, its
            hash, the other conditions, and the versions of gridemp and NumPy.

        Raises
        ------
        MissingExtra
            If xarray is not installed.
        """
        from gridemp.engine.map_tables import dataset

        return dataset(self)

    def save(self, path: str | Path) -> None:
        """Write the map, with its world and its maze, to a file that `load_map` reads.

        The arrays `empowerment` and `gap` of the file, of shape (H, W) with NaN on walls, are for
        other programs, which read them by `numpy.load`. In the map of a given source, the first
        is called `information`.

        Parameters
        ----------
        path : str or Path
            Name of the file, ending in `.npz`.

        Raises
        ------
        GridempError
            If the file cannot be written.

        Examples
        --------
        >>> import gridemp
        >>> world = gridemp.World.from_maze(gridemp.load_maze("klyubin"))
        >>> gridemp.empowerment(world, 5).save("map.npz")
        >>> gridemp.load_map("map.npz").horizon
        5
        """
        from gridemp.engine.map_file import save_map

        save_map(self, path)

    def __repr__(self) -> str:
        low, high = self.bits.min(), self.bits.max()
        horizon = "" if self.horizon is None else f"horizon {self.horizon}"
        settings = ", ".join(filter(None, (horizon, self.kind.words)))
        return f"EmpowermentMap({self.world!r}, {settings}, {low:.2f} to {high:.2f} bits)"

    @property
    def peaks(self) -> Indices:
        """Indices of the states with intervals that reach the highest value, by y, then x."""
        return self._by_place(self.bits + self.gap >= self.bits.max() - ROUNDING)

    @property
    def peak(self) -> Peak:
        """Highest cell: its `x` and `y`, `bits`, `outcomes`, and `ties`.

        `ties` is the number of cells that may be as high, including this one; `outcomes` is None in
        a noisy world.
        """
        state = self._by_place(self.bits >= self.bits.max() - ROUNDING)[0]
        row, col = (int(i) for i in self.world.maze.cells[self.cell[state]])
        x, y = self.world.maze.xy(row, col)
        outcomes = None if self.outcomes is None else int(self.outcomes[state])
        ties = len(np.unique(self.cell[self.peaks]))
        return Peak(x, y, float(self.bits[state]), outcomes, ties)

    def _by_place(self, chosen: Mask) -> Indices:
        """Return the indices of the chosen states, by y, then x."""
        states = np.flatnonzero(chosen)
        rows, cols = self.world.maze.cells[self.cell[states]].T
        return states[np.lexsort((cols, -rows))]
