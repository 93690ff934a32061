"""A group of a store: the arrays of one maze, and their coordinates, which grow."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree
from typing import Any

from gridemp.errors import GridempError, import_extra
from gridemp.sweeps.layout import GROWING, VARIABLES, Layout, layout
from gridemp.sweeps.whole_files import write_whole

Coordinates = Mapping[str, Sequence[Any]]  # values of those that grow


@dataclass(frozen=True)
class Group:
    """Group of a store into which maps are written.

    Attributes
    ----------
    folder : Path
        Its folder.
    layout : Layout
        Its coordinates and variables.
    """

    folder: Path
    layout: Layout

    @property
    def name(self) -> str:
        """Name of the group."""
        return self.folder.name

    def files(self, place: Sequence[Any]) -> dict[str, Path]:
        """File of each variable of a map.

        Parameters
        ----------
        place : sequence
            Moves, torus, sensor, slip and horizon of the map.
        """
        chunk = self.layout.chunk(place)
        return {name: self.folder / name / chunk for name in VARIABLES}

    def is_complete(self, metadata: Mapping[str, Any]) -> bool:
        """Return True if a group with this metadata has the coordinates of the layout, no more."""
        return {**metadata, "attributes": {}} == self.layout.metadata and all(
            (self.folder / name).is_file() and (self.folder / name).read_bytes() == data
            for name, data in self.layout.arrays.items()
        )


def make(
    folder: Path,
    temporary: Path,
    shape: tuple[int, int],
    attributes: Mapping[str, Any],
    values: Coordinates,
) -> Group:
    """Make a group, at once: under another name, then renamed.

    Parameters
    ----------
    folder, temporary : Path
        Folders of the group, at last and at first.
    shape : (int, int)
        Height and width of its maze.
    attributes : mapping
        Its attributes.
    values : mapping
        Values of its coordinates that grow.
    """
    group = Group(folder, _layout(shape, values))
    try:
        for name, data in group.layout.files(attributes).items():
            file = temporary / name
            file.parent.mkdir(parents=True, exist_ok=True)
            write_whole(file, data, durable=True)
        temporary.rename(folder)
    finally:
        rmtree(temporary, ignore_errors=True)
    return group


def extend(
    folder: Path, shape: tuple[int, int], metadata: Mapping[str, Any], values: Coordinates
) -> Group:
    """Append the values that the coordinates of a group lack.

    Parameters
    ----------
    folder : Path
        Folder of the group.
    shape : (int, int)
        Height and width of its maze.
    metadata : mapping
        Its metadata.
    values : mapping
        Values that its coordinates shall have.
    """
    group = Group(folder, _layout(shape, values))
    if group.is_complete(metadata):  # which is noticed sooner than zarr has read its values
        return group
    _, held = open_group(folder)
    joined = {name: [*own, *values[name]] for name, own in held.items()}
    group = Group(folder, _layout(shape, joined))
    if not group.is_complete(metadata):
        for name, data in group.layout.files(metadata["attributes"]).items():
            write_whole(folder / name, data, durable=True)
    return group


def open_group(folder: Path) -> tuple[Any, dict[str, list[Any]]]:
    """Open a group for reading.

    Parameters
    ----------
    folder : Path
        Folder of the group.

    Returns
    -------
    group : zarr.Group
        The group.
    coordinates : dict of str to list
        Values of its coordinates that grow.

    Raises
    ------
    GridempError
        If its files cannot be read.
    """
    zarr = import_extra("zarr", "the store of a sweep", "distributed")
    try:
        group = zarr.open_group(folder, mode="r", use_consolidated=True)
        arrays = {name: group[name] for name in GROWING}
        for name, array in arrays.items():
            if array.nchunks_initialized < array.nchunks:
                raise ValueError(f"values of {name} are missing")
        return group, {name: array[:].tolist() for name, array in arrays.items()}
    except (OSError, ValueError, LookupError) as error:
        raise unreadable(folder, error) from None


def unreadable(folder: Path, reason: object) -> GridempError:
    """Error about a group whose files cannot be read."""
    return GridempError(
        f"cannot read {folder}: {reason}; delete this folder and run the sweep again, which "
        "computes the maps of this maze only"
    )


def _layout(shape: tuple[int, int], values: Coordinates) -> Layout:
    return layout(shape, tuple(tuple(dict.fromkeys(values[name])) for name in GROWING))
