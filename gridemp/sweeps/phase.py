"""Phase diagrams: one number for each map of a store, over two of its settings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Unpack, cast

import numpy as np

from gridemp.arguments import check_kinds
from gridemp.engine.map import ROUNDING, EmpowermentMap
from gridemp.errors import GridempError
from gridemp.sweeps.settings import SETTINGS, MapSettings
from gridemp.sweeps.stored import StoredMaps
from gridemp.typing import Array, Cell

VALUES = ("mean", "max", "peak")

Place = tuple[int, int]  # row, from the bottom, and column of a map in a diagram


@dataclass(frozen=True, eq=False)
class PhaseDiagram:
    """One number for each combination of two settings, of the maps of one maze.

    Attributes
    ----------
    maps : StoredMaps
        Maps of the maze.
    x, y : str
        Settings along the axes, such as "horizon" and "slip". They have X and Y values.
    value : {"mean", "max", "peak"}
        Number of each map: the mean of its cells, its maximum, or its maximum and its place.
    fixed : mapping of str to object
        Values of the other settings.
    bits : ndarray, shape (Y, X)
        Mean or maximum of each map in bits, the certified lower end; NaN where there is no map yet.
    gap : ndarray, shape (Y, X)
        Width of the certified interval of this number, in bits.
    peaks : tuple of tuples of tuples of (x, y)
        For each row and column, the cells that may be the peak, by y, then x; none where there is
        no map yet.

    Examples
    --------
    >>> import gridemp
    >>> from gridemp.sweeps import open_maps, phase_diagram
    >>> _ = gridemp.sweep(["room"], [1, 2], "sensors.zarr", sensor=["state", "row"])
    >>> diagram = phase_diagram(open_maps("sensors.zarr"), y="sensor", value="max")
    >>> diagram.y_values, diagram.bits.round(2).tolist()
    (['state', 'row'], [[2.32, 3.7], [1.58, 2.32]])
    """

    maps: StoredMaps
    x: str
    y: str
    value: str
    fixed: Mapping[str, Any]
    bits: Array
    gap: Array
    peaks: tuple[tuple[tuple[Cell, ...], ...], ...]

    def __repr__(self) -> str:
        size = f"{len(self.x_values)} {self.x} x {len(self.y_values)} {self.y}"
        return f"PhaseDiagram({self.maps.source!r}: {self.value} of {size}, {self.missing} missing)"

    @property
    def x_values(self) -> list[Any]:
        """Values of the setting along the x axis, shape (X,)."""
        return self.maps.values(self.x)

    @property
    def y_values(self) -> list[Any]:
        """Values of the setting along the y axis, shape (Y,)."""
        return self.maps.values(self.y)

    @property
    def missing(self) -> int:
        """Number of maps that are not computed yet."""
        return int(np.isnan(self.bits).sum())

    def settings(self, row: int, col: int) -> dict[str, Any]:
        """Return the settings of a map of the diagram.

        Parameters
        ----------
        row, col : int
            Place of the map, from the bottom left.

        Returns
        -------
        dict of str to object
            Values by name.
        """
        return {**self.fixed, self.x: self.x_values[col], self.y: self.y_values[row]}

    def map(self, row: int, col: int) -> EmpowermentMap:
        """Return a map of the diagram.

        Parameters
        ----------
        row, col : int
            Place of the map, from the bottom left.

        Returns
        -------
        EmpowermentMap
            The map.

        Raises
        ------
        GridempError
            If it is not computed yet.
        """
        return self.maps.map(**self.settings(row, col))

    def along(self, path: int | Sequence[tuple[Any, Any]]) -> list[Place]:
        """Return the places (row, col) of maps along a path through the diagram.

        Parameters
        ----------
        path : int or sequence of (x, y)
            Number of maps along the diagonal, from the first values to the last, at even
            distances; those that are not computed yet are left out. Or the values of each map.

        Returns
        -------
        list of (int, int)
            Places, without duplicates.

        Raises
        ------
        GridempError
            If there is no map of these values, or none along the diagonal is computed yet.
        """
        if not isinstance(path, int):
            places = [(self._place(self.y, y), self._place(self.x, x)) for x, y in path]
            return list(dict.fromkeys(places))
        if path < 1:
            raise GridempError("`path` must be 1 or more maps")
        ends = (size - 1 for size in self.bits.shape)
        rows, cols = (np.linspace(0, end, path).round().astype(int).tolist() for end in ends)
        diagonal = dict.fromkeys(zip(rows, cols, strict=True))
        computed = [place for place in diagonal if not np.isnan(self.bits[place])]
        if not computed:
            raise GridempError("no map along the diagonal is computed yet; name others in `path`")
        return computed

    def _place(self, setting: str, value: Any) -> int:
        """Return the place of a value along an axis."""
        return self.maps.values(setting).index(self.maps.value(setting, value))


def phase_diagram(
    maps: StoredMaps,
    x: str = "horizon",
    y: str = "slip",
    value: str = "mean",
    **fixed: Unpack[MapSettings],
) -> PhaseDiagram:
    """Summarise each map of a maze by one number, arranged by two settings.

    Parameters
    ----------
    maps : StoredMaps
        Maps of the maze, as `open_maps` returns them.
    x, y : str
        Settings along the axes: two of "horizon", "slip", "sensor", "moves" and "torus".
    value : {"mean", "max", "peak"}
        Number of each map: the mean of its cells, its maximum, or its maximum with its place.
    **fixed
        Values of other settings, needed for those that have several values in the store.

    Returns
    -------
    PhaseDiagram
        The numbers, and where the peaks are.

    Raises
    ------
    GridempError
        If a setting or a value is unknown, if a setting along an axis has only one value, or if
        another one has several and none is chosen.

    Examples
    --------
    >>> import gridemp
    >>> from gridemp.sweeps import open_maps, phase_diagram
    >>> _ = gridemp.sweep(["room"], [1, 2], "results.zarr", slip=[0, 0.1])
    >>> diagram = phase_diagram(open_maps("results.zarr"), value="peak")
    >>> diagram.bits.round(2).tolist(), diagram.peaks[0][1][0]
    ([[2.32, 3.7], [1.65, 2.5]], (2, 2))
    """
    check_kinds(phase_diagram, locals())
    if value not in VALUES:
        raise GridempError(f"`value` must be one of {', '.join(VALUES)}, not '{value}'")
    for name, setting in (("x", x), ("y", y)):
        if setting not in SETTINGS:
            raise GridempError(f"`{name}` must be one of {', '.join(SETTINGS)}, not '{setting}'")
        if setting in fixed:
            raise GridempError(
                f"{setting} is along the {name} axis and cannot have one value; leave out "
                f"`{setting}`"
            )
    if x == y:
        raise GridempError(f"`x` and `y` are both {x}; choose two settings")
    for name, setting in (("x", x), ("y", y)):
        if len(maps.values(setting)) < 2:
            others = [
                each for each in SETTINGS if len(maps.values(each)) > 1 and each not in (x, y)
            ]
            raise GridempError(
                f"{maps.source} has only one value of {setting}, and an axis needs two or more; "
                + (f"set `{name}` to {' or '.join(others)}, or " if others else "")
                + "add values with gridemp sweep"
            )
    chosen = maps.one_of_each(cast(dict[str, Any], fixed), but=(x, y))
    shape = len(maps.values(y)), len(maps.values(x))
    bits, gap = np.full(shape, np.nan), np.full(shape, np.nan)
    peaks: list[list[tuple[Cell, ...]]] = [[() for _ in range(shape[1])] for _ in range(shape[0])]
    for row, col in np.ndindex(shape):
        settings = {**chosen, x: maps.values(x)[col], y: maps.values(y)[row]}
        lower, width = (maps.grid(name, **settings) for name in ("empowerment", "gap"))
        if lower is None or width is None:
            continue
        bits[row, col], gap[row, col] = _number(value, lower, width)
        peaks[row][col] = _peaks(lower[::-1], width[::-1])
    return PhaseDiagram(maps, x, y, value, chosen, bits, gap, tuple(map(tuple, peaks)))


def _number(value: str, lower: Array, gap: Array) -> tuple[float, float]:
    """Mean or maximum of a map, and the width of its certified interval, in bits."""
    if value == "mean":
        return float(np.nanmean(lower)), float(np.nanmean(gap))
    highest = float(np.nanmax(lower))
    return highest, float(np.nanmax(lower + gap)) - highest


def _peaks(lower: Array, gap: Array) -> tuple[Cell, ...]:
    """Cells (x, y) that may be the peak of a map with y upwards, as `EmpowermentMap.peaks`."""
    y, x = np.nonzero(lower + gap >= np.nanmax(lower) - ROUNDING)
    return tuple(zip(x.tolist(), y.tolist(), strict=True))
