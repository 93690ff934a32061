"""Reader of a log's columns from a CSV file, row by row; errors name the line."""

import csv
import io
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import chain
from pathlib import Path
from typing import IO

from gridemp.arguments import check_kinds
from gridemp.errors import GridempError
from gridemp.logs.cells import KINDS, Cells
from gridemp.progress import Progress, ignore
from gridemp.shown import counted
from gridemp.typing import Array, Indices

MAX_BYTES = 2**30
DELIMITERS = ",;\t"
ROWS_PER_REPORT = 20000  # rows between two reports of progress


@dataclass(frozen=True, eq=False, repr=False)
class Columns:
    """Columns of a log.

    Attributes
    ----------
    name : str
        Name of the file.
    rows : int
        Number R of rows.
    numbers : dict
        Columns of numbers by name, each of shape (R,).
    labels : dict
        Columns of text by name: the distinct texts in order of first appearance, and an array of
        shape (R,) with the index of each row's text among them.

    Examples
    --------
    >>> import numpy as np
    >>> from gridemp.logs import Columns
    >>> Columns("log.csv", 2, {"x": np.array([0.5, 1.0])}, {"player": (("Ada",), np.array([0, 0]))})
    Columns('log.csv', 2 rows, x, player)
    """

    name: str
    rows: int
    numbers: dict[str, Array]
    labels: dict[str, tuple[tuple[str, ...], Indices]]

    def __post_init__(self) -> None:
        """Check the kinds of the fields."""
        check_kinds(Columns, vars(self))

    def __repr__(self) -> str:
        names = ", ".join([*self.numbers, *self.labels])
        return f"Columns({self.name!r}, {counted(self.rows, 'row')}, {names})"


def read_columns(
    path: str | Path,
    select: Callable[[tuple[str, ...]], Sequence[Sequence[str]]],
    progress: Progress | None = None,
) -> Columns:
    r"""Read some columns of a CSV file without holding the whole file in memory.

    Parameters
    ----------
    path : str or Path
        UTF-8 file whose first line names the columns, separated by commas, semicolons or tabs; "-"
        is standard input.
    select : callable
        Given the names of all columns, returns the names of the columns to read as numbers, of
        those to read as text and, if there are any, of those to read as either. The last are text
        if their first value is not a number; they may then have up to 50 different texts, and no
        numbers.
    progress : callable, optional
        Called with the fraction done, from 0 to 1.

    Returns
    -------
    Columns
        The selected columns.

    Raises
    ------
    GridempError
        If the file cannot be read or is larger than 1 GB, a column is missing, or a row has the
        wrong number of values or lacks a finite number where one is needed, or if numbers and text,
        or too many texts, are in a column that may be either. The message names the line.

    Examples
    --------
    >>> from pathlib import Path
    >>> from gridemp.logs import read_columns
    >>> _ = Path("log.csv").write_text("player,stick,x\nAda,0.1,2\nAda,0.4,3\n")
    >>> log = read_columns("log.csv", lambda names: (["stick", "x"], ["player"]))
    >>> log.numbers["stick"], log.labels["player"]
    (array([0.1, 0.4]), (('Ada',), array([0, 0])))
    """
    check_kinds(read_columns, locals())
    path = Path(path)
    progress = progress or ignore
    name = "standard input" if str(path) == "-" else str(path)
    with opened(path, name) as (stream, size, bytes_read):
        line = count = 0
        try:
            first = stream.readline()
            delimiter = max(DELIMITERS, key=first.count)
            rows = csv.reader(chain([first], stream), delimiter=delimiter, strict=True)
            if not first.strip():
                raise GridempError(f"{name} is empty; name a log with a line of columns")
            line = 1
            header = tuple(column.strip() for column in next(rows))
            check_header(header, name)
            cells: list[tuple[str, Cells]] = [
                (column, kind())
                for kind, names in zip(KINDS, select(header), strict=False)
                for column in names
            ]
            for column, _ in cells:
                check_column(column, header, name)
            places = {column: header.index(column) for column, _ in cells}
            for row in rows:
                line = rows.line_num
                if not "".join(row).strip():
                    continue
                if len(row) != len(header):
                    raise GridempError(
                        f"{name}, line {line}: {len(row)} values under "
                        f"{len(header)} columns; write one for each"
                    )
                for column, values in cells:
                    try:
                        values.append(row[places[column]].strip())
                    except ValueError as error:
                        raise GridempError(
                            f"{name}, line {line}, column {column!r}: {error}"
                        ) from None
                count += 1
                if count % ROWS_PER_REPORT == 0:
                    check_size(name, bytes_read())
                    progress(bytes_read() / size if size else 0.0)
        except csv.Error as error:
            raise GridempError(
                f"{name}, line {line + 1} or later: {error}; write plain CSV"
            ) from None
        except UnicodeDecodeError:
            raise GridempError(f"{name} is not UTF-8 text; save the log as CSV in UTF-8") from None
    if not count:
        raise GridempError(f"{name} has columns but no rows; name a log with one row or more")
    found = [(column, values.result()) for column, values in cells]
    numbers = {column: each for column, each in found if not isinstance(each, tuple)}
    labels = {column: each for column, each in found if isinstance(each, tuple)}
    return Columns(name, count, numbers, labels)


@contextmanager
def opened(path: Path, name: str) -> Iterator[tuple[IO[str], int, Callable[[], int]]]:
    """Open a log: yield its text, its size in bytes (0 if unknown) and a counter of bytes read."""
    piped = str(path) == "-"
    try:
        raw = nullcontext(sys.stdin.buffer) if piped else path.open("rb")
    except OSError as error:
        raise GridempError(f"cannot read {name}: {error.strerror}; name a CSV file") from None
    with raw as stream:
        size = 0 if piped else os.fstat(stream.fileno()).st_size
        check_size(name, size)
        counted = CountedBytes(stream)
        text = io.TextIOWrapper(counted, encoding="utf-8-sig", newline="")  # type: ignore[type-var]
        yield text, size, counted.tell


class CountedBytes(io.BufferedIOBase):
    """Stream of bytes that counts what is read; unlike a pipe, it can always tell its position."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream, self._read = stream, 0

    def readable(self) -> bool:
        """Return True, as `io.TextIOWrapper` asks before it reads."""
        return True

    def read1(self, size: int = -1, /) -> bytes:
        """Read and return up to `size` bytes."""
        block = self._stream.read(size if size > 0 else io.DEFAULT_BUFFER_SIZE)
        self._read += len(block)
        return block

    def tell(self) -> int:
        """Return the number of bytes read so far."""
        return self._read


def check_size(name: str, size: int) -> None:
    """Raise a GridempError if a log has more than `MAX_BYTES` bytes."""
    if size > MAX_BYTES:
        raise GridempError(
            f"{name} has {size / 1e9:.1f} GB or more, and logs are read up to "
            f"{MAX_BYTES / 1e9:.1f} GB; split it by player, or keep the columns that are measured"
        )


def check_header(header: Sequence[str], name: str) -> None:
    """Raise a GridempError if two columns have the same name."""
    for column in header:
        if header.count(column) > 1:
            raise GridempError(f"{name} has two columns named {column!r}; rename one")


def check_column(column: str, header: Sequence[str], name: str) -> None:
    """Raise a GridempError, which suggests the nearest name, if there is no such column."""
    if column in header:
        return
    near = get_close_matches(column, header, 1, 0.5)
    listed = ", ".join(header[:20]) + (", ..." if len(header) > 20 else "")
    raise GridempError(
        f"{name} has no column {column!r}"
        + (f" (did you mean {near[0]!r}?)" if near else "")
        + f"; it has {listed}"
    )
