"""Arrays, one value for each cell: NumPy's `.npy` and `.npz`, `.csv`, digits, and lists of rows.

All cells are kept, as by `Maze.from_array`; an outer ring of walls is not cut off.
"""

import io
import re
import zipfile
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gridemp.arguments import described
from gridemp.errors import MazeError
from gridemp.files import MAP_RECORD
from gridemp.mazes.array_text import labels_from_text
from gridemp.mazes.file_kinds import NUMPY, ZIP, decoded, described_kind
from gridemp.mazes.labels import MAX_LABELS, Labels, listed, maze_from_labels
from gridemp.mazes.protocol import Choices, Reading
from gridemp.mazes.text import MAX_BYTES, check_size, numbered_rows

SUFFIXES: tuple[str, ...] = (".npy", ".npz", ".csv")
CHOICES = frozenset({"wall"})
HEADER = 200  # bytes at the beginning of a `.npy` file that name the type of its values
TEXT = re.compile(rb"^" + NUMPY + rb".*'descr': '[<>|=][US]\d", re.DOTALL)
RESAVE = "save the array with numpy.save"


def read_file(data: bytes, name: str, choices: Choices) -> Reading:
    """Read a maze from the contents of a file; which value means wall is found unless chosen."""
    if data.startswith(ZIP):
        data = _only_array(data)
    if data.startswith(NUMPY):
        labels = _labels(_array(data))
    else:
        labels = labels_from_text(numbered_rows(decoded(data)))
    return maze_from_labels(labels, choices.wall, name)


def text_in(data: bytes) -> str | None:
    """List of the strings of an array of text, as Python prints it; None for any other file."""
    if data.startswith(ZIP):
        data = _only_array(data)
    if not TEXT.search(data, 0, HEADER):
        return None
    return str(np.asarray(_array(data), dtype=str).tolist())


def _only_array(data: bytes) -> bytes:
    """Contents of the one array of an archive that `numpy.savez` wrote."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            if f"{MAP_RECORD}.npy" in names:
                raise MazeError(
                    "this is a map, not a maze; `load_map` reads it, and gridemp heatmap draws it"
                )
            if not all(name.endswith(".npy") for name in names):
                raise MazeError(f"this is {described_kind(data)}")
            if len(names) != 1:
                shown = listed([name.removesuffix(".npy") for name in names])
                raise MazeError(
                    f"this archive holds several arrays: {shown}; save one of them with numpy.save"
                )
            with archive.open(names[0]) as part:
                array = part.read(MAX_BYTES + 1)
    except MazeError:
        raise
    except Exception as error:  # reading damaged bytes may raise anything
        raise MazeError(_damaged("archive", error)) from None
    if not array.startswith(NUMPY):
        raise MazeError(f"{names[0]!r} in this archive is not an array; {RESAVE}")
    return array


def _array(data: bytes) -> NDArray[Any]:
    """Array in the contents of a `.npy` file."""
    stream = io.BytesIO(data)
    try:
        version = np.lib.format.read_magic(stream)
        read_header = (
            np.lib.format.read_array_header_1_0
            if version == (1, 0)
            else np.lib.format.read_array_header_2_0
        )
        shape, _, dtype = read_header(stream)
    except Exception as error:  # reading damaged bytes may raise anything
        raise MazeError(_damaged("array", error)) from None
    if len(shape) == 2 and 0 in shape:
        raise MazeError(f"this array has the shape {shape}, and so no cells")
    if len(shape) != 2 and not (len(shape) == 1 and dtype.kind in "US"):
        raise MazeError(
            f"this array has the shape {shape}; a maze needs two axes, rows and columns"
        )
    check_size(shape[0], shape[-1])
    if dtype.kind not in "biufUS":
        raise MazeError(f"this array holds {dtype}; save an array of whole numbers")
    try:
        stream.seek(0)
        return np.asarray(np.load(stream, allow_pickle=False))
    except Exception as error:  # reading damaged bytes may raise anything
        raise MazeError(_damaged("array", error)) from None


def _damaged(what: str, error: Exception) -> str:
    reason = " ".join(f"{error}".split()) or type(error).__name__
    return f"this NumPy {what} cannot be read ({reason[:200]}); save it again"


def _labels(array: NDArray[Any]) -> Labels:
    """Labels of an array of numbers."""
    if array.dtype.kind == "f":
        with np.errstate(invalid="ignore"):  # damaged half-precision numbers
            odd = array[~(np.isfinite(array) & (np.trunc(array) == array))]
        if odd.size:
            raise MazeError(
                f"{described(odd[0])} is not a whole number; compare the array with a threshold "
                "first"
            )
    values = np.unique(array)
    if len(values) > MAX_LABELS:
        raise MazeError(
            f"there are {len(values):,} different values, too many for a maze; compare the array "
            "with a threshold first"
        )
    names = [str(int(value) if array.dtype.kind == "f" else value) for value in values.tolist()]
    codes = np.zeros(array.shape, dtype=np.uint8)
    for code, value in enumerate(values):
        codes[array == value] = code
    return Labels(codes, names)
