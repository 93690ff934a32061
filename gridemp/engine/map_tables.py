"""Empowerment maps as tables: columns of arrays, and tables of pandas and xarray."""

from importlib import import_module
from typing import Any

import numpy as np

from gridemp.engine.map import EmpowermentMap
from gridemp.errors import import_extra
from gridemp.mazes.maze_hash import maze_hash


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
    settings: dict[str, Any] = (
        {"discount": [emap.kind.discount]} if emap.horizon is None else {"horizon": [emap.horizon]}
    )
    if emap.world.slip is not None:
        settings["slip"] = [float(emap.world.slip)]
    dims = (*settings, "y", "x")
    shape = (*(1 for _ in settings), height, width)
    grids = {one.quantity: one.grid(), "gap": one.grid(one.gap)}
    return xarray.Dataset(
        {
            name: (dims, grid[::-1].reshape(shape), {"units": "bits"})
            for name, grid in grids.items()
        },
        coords={**settings, "y": np.arange(height), "x": np.arange(width)},
        attrs=_attributes(one),
    )


def _attributes(emap: EmpowermentMap) -> dict[str, str | int]:
    """Attributes that say how a map was made, but for its horizon and slip, in types of files.

    They are equal in all maps of a sweep over horizons and slips, as `combine_by_coords` requires.
    """
    maze, conditions = emap.world.maze, emap.world.conditions
    of_maze = {
        "moves": conditions.moves,
        "stay": int(conditions.stay),
        "torus": conditions.torus,
        "hands": int(conditions.hands),
        "holding": conditions.holding,
        "slip_kind": conditions.slip_kind,
    }
    return {
        "maze": maze.name,
        "maze_hash": maze_hash(maze),
        "actions": " ".join(emap.world.actions),
        **(of_maze if conditions.of_maze else {}),
        "sensor": conditions.labels or conditions.sensor,
        "source": emap.source or "optimal",
        **{name: value for name, value in emap.kind.facts().items() if name != "discount"},
        "shown": emap.shown,
        "gridemp": import_module("gridemp").__version__,
        "numpy": np.__version__,
    }
