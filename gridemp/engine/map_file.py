"""Files of empowerment maps: NPZ archives that hold the map, its world and its maze.

They are archives as NumPy writes them, without pickled objects: `empowerment` and `gap` are (H, W)
grids for any program to read, the other arrays and a record in JSON are what `load_map` needs.
"""

import json
import zipfile
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

import numpy as np

from gridemp.arguments import require
from gridemp.engine.kind import OPEN, Kind
from gridemp.engine.map import EmpowermentMap
from gridemp.errors import GridempError
from gridemp.files import MAP_RECORD, checked_output, replacing
from gridemp.worlds.world_file import world_arrays, world_from, world_record

SUFFIX = ".npz"
VERSION = 1  # of the layout of the file
FIELDS = ("bits", "gap", "outcomes", "states")  # `outcomes` may be None


def save_map(emap: EmpowermentMap, path: str | Path) -> None:
    """Write a map to a file, as `EmpowermentMap.save` does."""
    require("path", path, (str, Path), "the path of a file; its name ends in .npz")
    path = checked_output(Path(path), (SUFFIX,))
    with replacing(path) as temporary, temporary.open("wb") as stream:
        write_map(emap, stream)


def write_map(emap: EmpowermentMap, stream: IO[bytes]) -> None:
    """Write a map to an open file; the same map always makes the same bytes."""
    one = emap.one_per_cell()
    record = world_record(emap.world) | {
        "version": VERSION,
        "map": {"horizon": emap.horizon, "per_cell": emap.per_cell, "source": emap.source},
    }
    if emap.kind != OPEN:
        record["map"]["kind"] = asdict(emap.kind)
    arrays: dict[str, Any] = {
        emap.quantity: one.grid(),
        "gap": one.grid(one.gap),
        MAP_RECORD: np.array(json.dumps(record, default=_plain)),
        **{f"map.{field}": getattr(emap, field) for field in FIELDS},
        **world_arrays(emap.world),
    }
    if emap.outcomes is None:
        del arrays["map.outcomes"]
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, array in arrays.items():
            with archive.open(f"{name}.npy", "w", force_zip64=True) as part:
                np.lib.format.write_array(part, array, allow_pickle=False)


def load_map(path: str | Path) -> EmpowermentMap:
    """Read a map from a file that `EmpowermentMap.save` or `gridemp values` wrote.

    Parameters
    ----------
    path : str or Path
        An `.npz` file.

    Returns
    -------
    EmpowermentMap
        The map, with its world, maze and conditions.

    Raises
    ------
    GridempError
        If there is no such file, or it is not the file of a map.

    Examples
    --------
    >>> import gridemp
    >>> world = gridemp.World.from_maze(gridemp.load_maze("klyubin"), slip=0.1)
    >>> gridemp.empowerment(world, 2).save("map.npz")
    >>> gridemp.load_map("map.npz").world
    World(Maze('klyubin', 10 x 10 cells, 100 of them floor), 5 actions, slip 0.1)
    """
    require("path", path, (str, Path), "the path of an .npz file")
    try:
        with Path(path).open("rb") as stream:
            return _read(stream, path)
    except OSError as error:
        raise GridempError(
            f"cannot read {path}: {error.strerror or error}; give the .npz file of a map"
        ) from None


def holds_map(path: str | Path) -> bool:
    """True for the name of a file of a map, which ends in .npz; False if it holds another array."""
    if Path(path).suffix.lower() != SUFFIX:
        return False
    try:
        with zipfile.ZipFile(path) as archive:
            return f"{MAP_RECORD}.npy" in archive.namelist()
    except (OSError, zipfile.BadZipFile):  # load_map says what is wrong
        return True


def _read(stream: IO[bytes], path: str | Path) -> EmpowermentMap:
    """Map in an open file; raise a GridempError if there is none."""
    if not zipfile.is_zipfile(stream):
        raise GridempError(f"{path} is not a complete .npz file; EmpowermentMap.save writes one")
    stream.seek(0)
    try:
        with np.load(stream, allow_pickle=False) as archive:
            arrays = dict(archive)
        record = json.loads(str(arrays.get(MAP_RECORD, "{}")))
        version = record.get("version")
        if version == VERSION:
            fields: Any = {field: arrays.get(f"map.{field}") for field in FIELDS}
            world, settings = world_from(arrays, record), record["map"]
            kind = Kind(**settings.pop("kind", {}))
            return EmpowermentMap(world, **fields, **settings, kind=kind)
    except Exception as error:  # reading damaged bytes may raise anything
        reason = " ".join(f"{error}".split()) or type(error).__name__
        raise GridempError(f"{path} is damaged ({reason}); save the map again") from None
    if version is None:
        raise GridempError(
            f"{path} holds arrays, but not the maze and world of a map; save the map again"
        )
    raise GridempError(f"{path} was written by a newer version of gridemp; upgrade gridemp")


def _plain(value: Any) -> Any:
    """Number that JSON can hold, in place of one of NumPy or of the module `fractions`."""
    return value.item() if isinstance(value, np.generic) else float(value)
