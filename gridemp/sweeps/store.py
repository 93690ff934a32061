"""The store of a sweep: a folder in version 3 of the Zarr format, with a group for each maze.

Readers
-------
`xarray.open_zarr(path, group="klyubin")` opens a group. It always has the dimensions

    moves, torus, sensor, slip, horizon, y, x

in this order, each with a coordinate: `moves` is nesw, king or turn; `torus` none, x, y or xy;
`sensor` the name of a sensor; `slip` a probability; `horizon` a number of steps; `y` counts from
the bottom. Values of the first five are in the order in which they were first asked for. The
variables over them, as float64, are

    empowerment   bits, the certified lower bound; NaN where there is no state, and where the map
                  has not been computed
    gap           bits, the width of the certified interval; NaN as above
    outcomes      number of outcomes; NaN as above, and in noisy worlds

with one chunk for each map and one value for each cell, as `EmpowermentMap.one_per_cell` gives it.
Attributes of a group are `maze` (its name), `maze_hash`, `maze_text`; the settings that all its
maps share, `stay`, `slip_kind`, `hands`, `holding`, `heading`, `tol`; and `command`, `gridemp`,
`numpy` (versions) and `date`, of the time at which the group was made.

The name of a group is that of its maze, in characters that are safe in a file name. Where it is
taken, by another maze or by other settings, a hyphen and six digits of a hash follow. `groups`
lists them, without those that others have added. The metadata of up to 100 groups stand in the file
of the store, too, as xarray expects it; it warns if there are more, unless it is given the folder
of a group as its path.

Records
-------
The folder `.tasks`, which is no part of the Zarr hierarchy, holds a JSON file for each task that is
done (see `task`), another one for each that failed, so that a failure never hides the maps of
another client, and one for the mazes that the last client could not read. Where two records have
the same map, the newer one counts.

Writers
-------
Several clients may write one store. What changes metadata holds the lock `.tasks/lock`, which the
system gives back if its holder ends. A group is made under another name and renamed; it grows by
coordinates that are appended, and all its metadata change at once, as the file of the group is
replaced, and they are on the disk before maps are. Chunks are written at any time, each replaced
as a whole. The record of a task is written after its chunks.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4

from gridemp.errors import GridempError, import_extra
from gridemp.sweeps.group import Group, extend, make, unreadable
from gridemp.sweeps.layout import METADATA
from gridemp.sweeps.whole_files import as_json, forbidden, read_json, write_whole

TASKS = ".tasks"
UNREAD = "unread"  # key of the record of mazes that could not be read
MAX_NAME = 100  # characters of the name of a maze in that of its group
MAX_CONSOLIDATED = 100  # groups whose metadata stand in the file of the store, too
MAX_WAIT = 120.0  # seconds for the lock, which is held for milliseconds


class Store:
    """Store of a sweep, which is made if there is none.

    Parameters
    ----------
    path : Path
        Its folder.

    Raises
    ------
    GridempError
        If the folder cannot be made, or holds something else.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.tasks = path / TASKS
        filelock = import_extra("filelock", "a sweep", "distributed")
        try:
            if path.exists() and not is_store(path) and (path.is_file() or any(path.iterdir())):
                raise GridempError(
                    f"{path} already holds other files; name a new folder, such as results.zarr"
                )
            self.tasks.mkdir(parents=True, exist_ok=True)
            self._lock = filelock.FileLock(self.tasks / "lock", timeout=MAX_WAIT)
            with self.changing():
                pass
        except OSError as error:
            raise GridempError(
                f"cannot write {path}: {error.strerror}; choose another folder"
            ) from None

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Hold the lock of the store while groups are made or extended."""
        try:
            with self._lock:
                yield
                self._consolidate()
        except TimeoutError:
            raise GridempError(
                f"{self.tasks / 'lock'} has been held by another process for {MAX_WAIT:.0f} "
                "seconds; wait until other sweeps into this store have ended, or stop them"
            ) from None

    def group(
        self,
        name: str,
        shape: tuple[int, int],
        attributes: Mapping[str, Any],
        identity: Sequence[str],
        values: Mapping[str, Sequence[Any]],
    ) -> Group:
        """Group of a maze, made or extended so that its coordinates have these values.

        It is called in a block of `changing`.

        Parameters
        ----------
        name : str
            Name of the maze.
        shape : (int, int)
            Height and width of the maze.
        attributes : mapping
            Attributes of the group if it has to be made.
        identity : sequence of str
            Names of the attributes in which two groups must agree to be the same.
        values : mapping
            Values that each of the coordinates moves, torus, sensor, slip and horizon must have.
        """
        own = {key: attributes[key] for key in identity}
        safe = re.sub(r"[^\w.=+-]+", "-", name).strip("-._")[:MAX_NAME] or "maze"
        names = [safe, f"{safe}-{sha256(as_json(own)).hexdigest()[:6]}"]
        for group in names:
            folder = self.path / group
            if not folder.exists():
                temporary = self.tasks / f"new-{uuid4().hex}"
                return make(folder, temporary, shape, attributes, values)
            metadata = read_json(folder / METADATA)
            if metadata is None:
                raise unreadable(folder, f"{METADATA} is missing or damaged")
            if {key: metadata.get("attributes", {}).get(key) for key in identity} == own:
                return extend(folder, shape, metadata, values)
        raise GridempError(
            f"{self.path / names[1]} is the group of another maze; choose another folder for this "
            "sweep"
        )

    def write(
        self, group: Group, place: Sequence[Any], chunks: Mapping[str, bytes], *, durable: bool
    ) -> None:
        """Write the values of a map.

        Parameters
        ----------
        group : Group
            Group of its maze.
        place : sequence
            Moves, torus, sensor, slip and horizon of the map.
        chunks : mapping of str to bytes
            Chunk of each variable, made by `encoded`; that of a variable of NaN may be left out.
        durable : bool
            True to wait until the values are on the disk.
        """
        files = group.files(place)
        for name, data in chunks.items():
            write_whole(files[name], data, durable=durable)

    def holds(self, group: Group, place: Sequence[Any], sizes: Mapping[str, int]) -> bool:
        """Return True if the values of a map are there.

        Parameters
        ----------
        group : Group
            Group of its maze.
        place : sequence
            Moves, torus, sensor, slip and horizon of the map.
        sizes : mapping of str to int
            Number of bytes of each of its chunks.
        """
        files = group.files(place)
        try:
            return all(files[name].stat().st_size == size for name, size in sizes.items())
        except OSError:
            return False

    def write_record(self, key: str, record: Mapping[str, Any], *, durable: bool = False) -> None:
        """Write the record of a task, whose values have been written."""
        write_whole(self.tasks / f"{key}.json", as_json(record), durable=durable)

    def write_unread(self, reasons: Mapping[str, str]) -> None:
        """Write a record with the mazes that could not be read, or remove that of before."""
        if reasons:
            self.write_record(UNREAD, {"unread": dict(reasons)})
        else:
            (self.tasks / f"{UNREAD}.json").unlink(missing_ok=True)

    def records(self) -> list[dict[str, Any]]:
        """Records of all tasks, the oldest first."""
        return records(self.path)

    def _consolidate(self) -> None:
        """Write the metadata of the store, with those of its groups unless there are too many."""
        few = len(_folders(self.path)) <= MAX_CONSOLIDATED
        below: dict[str, Any] = {}
        for name, metadata in groups(self.path).items() if few else ():
            arrays = metadata.pop("consolidated_metadata")["metadata"]
            below[name] = metadata
            below |= {f"{name}/{array}": arrays[array] for array in arrays}
        whole: dict[str, Any] = {"zarr_format": 3, "node_type": "group", "attributes": {}}
        if few:
            joint = {"kind": "inline", "must_understand": False, "metadata": below}
            whole["consolidated_metadata"] = joint
        if whole != read_json(self.path / METADATA):
            write_whole(self.path / METADATA, as_json(whole))


def is_store(path: Path) -> bool:
    """Return True if a folder is the store of a sweep."""
    return (path / TASKS).is_dir()


def groups(path: Path) -> dict[str, dict[str, Any]]:
    """Metadata of the groups of a store, by their names in alphabetical order.

    Groups that others have added to the folder, and damaged ones, are left out.

    Raises
    ------
    GridempError
        If there is no such store.
    """
    if not is_store(path):
        raise GridempError(
            f"{path} is not a folder that gridemp sweep has written; give one that is"
            if path.exists()
            else f"there is no folder {path}; check the path"
        )
    read = {name: read_json(path / name / METADATA) or {} for name in _folders(path)}
    return {
        name: metadata
        for name, metadata in read.items()
        if "maze_hash" in metadata.get("attributes", {}) and "consolidated_metadata" in metadata
    }


def damaged_groups(path: Path) -> list[str]:
    """Names of the folders of a store whose metadata cannot be read, in alphabetical order."""
    return [name for name in _folders(path) if read_json(path / name / METADATA) is None]


def _folders(path: Path) -> list[str]:
    try:
        return sorted(folder.name for folder in path.iterdir() if (folder / METADATA).is_file())
    except PermissionError as error:
        raise forbidden(Path(error.filename)) from None


def records(path: Path) -> list[dict[str, Any]]:
    """Records of the tasks of a store, the oldest first."""
    found = (read_json(file) for file in sorted((path / TASKS).glob("*.json")))
    return sorted(filter(None, found), key=lambda record: str(record.get("date", "")))
