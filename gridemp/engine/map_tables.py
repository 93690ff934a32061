"""Empowerment maps as tables: columns of arrays, and tables of pandas and xarray."""

from typing import Any

import numpy as np

from gridemp.engine.map import EmpowermentMap
from gridemp.errors import import_extra


def columns(emap: EmpowermentMap) -> dict[str, Any]:
    """Columns of a table of a map, with a row for each cell that has a value, by y, then x.

    Returns
    -------
    dict of str to ndarray
        Coordinates, the quantity and its gap in bits, and the number of outcomes if there is one.
    """
    one = emap.one_per_cell()
    x, y = one.world.maze.xy(*one.world.maze.cells[one.cell].T)
    table: dict[str, Any] = {"x": x, "y": y, one.quantity: one.bits, "gap": one.gap}
    if one.outcomes is not None:
        table["outcomes"] = one.outcomes
    order = np.lexsort((x, y))
    return {name: column[order] for name, column in table.items()}


def dataframe(emap: EmpowermentMap) -> Any:
    """Return a map as a pandas table, as `EmpowermentMap.to_dataframe` does."""
    return import_extra("pandas", "to_dataframe", "notebook").DataFrame(columns(emap))


def dataset(emap: EmpowermentMap) -> Any:
    """Return a map as labelled grids of xarray, as `EmpowermentMap.to_xarray` does."""
    xarray = import_extra("xarray", "to_xarray", "notebook")
    height, width = emap.world.maze.shape
    one = emap.one_per_cell()
    grids = {one.quantity: one.grid(), "gap": one.grid(one.gap)}
    return xarray.Dataset(
        {name: (("y", "x"), grid[::-1], {"units": "bits"}) for name, grid in grids.items()},
        coords={"y": np.arange(height), "x": np.arange(width)},
        attrs={"maze": emap.world.maze.name, "horizon": emap.horizon, "shown": one.shown},
    )
