"""Layout of the groups of a store: their coordinates, their variables, and the files of these.

The package zarr makes the files, in memory. They are the same, but for attributes and maps, for all
mazes of one size with the same values of the coordinates. So they are made once for these, as it
takes zarr some 20 ms. It would also take 3 ms for each chunk of a map, which is therefore written
without it, in the codecs that the layout states.
"""

import gzip
import json
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import nan
from typing import Any

import numpy as np

from gridemp.errors import import_extra
from gridemp.sweeps.whole_files import as_json
from gridemp.typing import Array

METADATA = "zarr.json"
CHUNK = 64  # values of a coordinate in one file
LEVEL = 1  # of the compression of maps
NAMES = {"name": "default", "separator": "."}  # of chunks, all in the folder of their array
TEXT = np.dtypes.StringDType()

# Type and attributes of the coordinates that grow, in the order of the axes.
GROWING: dict[str, tuple[Any, dict[str, str]]] = {
    "moves": (TEXT, {"long_name": "moves of the agent"}),
    "torus": (TEXT, {"long_name": "axes along which the edges are joined"}),
    "sensor": (TEXT, {"long_name": "sensor of the agent"}),
    "slip": (np.dtype("float64"), {"long_name": "probability that another action is taken"}),
    "horizon": (np.dtype("int64"), {"long_name": "number of actions", "units": "steps"}),
}
PLACES: dict[str, tuple[Any, dict[str, str]]] = {
    "y": (np.dtype("int64"), {"long_name": "row of the cell, from 0 at the bottom"}),
    "x": (np.dtype("int64"), {"long_name": "column of the cell, from 0"}),
}
COORDINATES = GROWING | PLACES
VARIABLES = {
    "empowerment": {"units": "bits", "long_name": "empowerment, certified lower end"},
    "gap": {"units": "bits", "long_name": "width of the certified interval"},
    "outcomes": {"units": "1", "long_name": "number of outcomes"},
}

Values = tuple[tuple[Any, ...], ...]  # of the coordinates that grow


@dataclass(frozen=True)
class Layout:
    """Files of a group, but for its maps.

    Attributes
    ----------
    metadata : mapping
        Metadata of the group and, consolidated, of its arrays; its attributes are empty.
    arrays : mapping of str to bytes
        Files of the arrays, by their paths in the group: their metadata, and the chunks of the
        coordinates.
    positions : sequence of mapping
        For each coordinate that grows, the position of each of its values.
    name_chunk : callable
        Return the file name of a chunk of a variable, for its index.
    """

    metadata: Mapping[str, Any]
    arrays: Mapping[str, bytes]
    positions: Sequence[Mapping[Any, int]]
    name_chunk: Callable[[tuple[int, ...]], str]

    def chunk(self, place: Sequence[Any]) -> str:
        """File name of the chunks of a map, from the values of its coordinates that grow."""
        at = (held[value] for held, value in zip(self.positions, place, strict=True))
        return self.name_chunk((*at, 0, 0))

    def files(self, attributes: Mapping[str, Any]) -> dict[str, bytes]:
        """All files of a group with these attributes; the last one makes the others valid."""
        return {**self.arrays, METADATA: as_json({**self.metadata, "attributes": attributes})}


@lru_cache(maxsize=100)
def layout(shape: tuple[int, int], values: Values) -> Layout:
    """Layout of a group for mazes of shape (H, W) and values of the coordinates that grow."""
    zarr = import_extra("zarr", "a sweep", "distributed")
    files: dict[str, Any] = {}
    group = zarr.create_group(zarr.storage.MemoryStore(files), zarr_format=3)
    held = (*values, *(tuple(range(side)) for side in shape))
    for name, each in zip(COORDINATES, held, strict=True):
        files |= _coordinate(name, each)
    for name, attributes in VARIABLES.items():
        variable = group.create_array(
            name,
            shape=tuple(map(len, held)),
            dtype="float64",
            chunks=(*(1 for _ in GROWING), *shape),
            compressors=zarr.codecs.GzipCodec(level=LEVEL),
            fill_value=nan,
            attributes=attributes,
            chunk_key_encoding=NAMES,
            dimension_names=list(COORDINATES),
        )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # consolidated metadata are common, but not in the standard
        zarr.consolidate_metadata(group.store)
    arrays = {name: buffer.to_bytes() for name, buffer in files.items()}
    metadata = json.loads(arrays.pop(METADATA))
    positions = [{value: i for i, value in enumerate(each)} for each in values]
    return Layout(metadata, arrays, positions, variable.metadata.encode_chunk_key)


@lru_cache(maxsize=1000)
def _coordinate(name: str, values: tuple[Any, ...]) -> dict[str, Any]:
    """Files of a coordinate, as zarr holds them in memory, by their paths in a group."""
    zarr = import_extra("zarr", "a sweep", "distributed")
    files: dict[str, Any] = {}
    kind, attributes = COORDINATES[name]
    zarr.create_array(
        zarr.storage.MemoryStore(files),
        name=name,
        data=np.array(values, kind),
        chunks=(CHUNK,),
        compressors=None,
        fill_value=nan if name == "slip" else None,  # so that the chunk of slip 0 is written
        attributes=attributes,
        chunk_key_encoding=NAMES,
        dimension_names=[name],
        zarr_format=3,
    )
    return files


def encoded(grids: Mapping[str, Array]) -> dict[str, bytes]:
    """Chunks of a map, made of the values of each variable, of shape (H, W), by ascending y."""
    return {
        name: gzip.compress(np.ascontiguousarray(grid, "<f8").tobytes(), LEVEL, mtime=0)
        for name, grid in grids.items()
    }
