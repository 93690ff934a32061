"""Rows of log files: CSV, JSON and Parquet, one reader for each format."""

import csv
import gzip
import io
import json
import os
import sys
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import IO, Any

from gridemp.errors import GridempError, import_extra

MAX_BYTES = 2**30
DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs"}
FORMATS = "CSV, JSON lines (.jsonl), JSON (.json) or Parquet (.parquet)"

Row = tuple[str, Sequence[str]]  # its place in the file, in words, and its cells


@dataclass(frozen=True)
class LogFile:
    """Log file that has been opened.

    Attributes
    ----------
    header : tuple of str
        Names of the columns.
    rows : callable
        Given columns of the header, yields the place of each row and its cells in these columns.
    done : callable
        Returns the fraction of the file that has been read.
    decimal_comma : bool
        True if numbers may have a decimal comma, as commas do not separate columns.
    """

    header: tuple[str, ...]
    rows: Callable[[Sequence[str]], Iterator[Row]]
    done: Callable[[], float]
    decimal_comma: bool = False


@contextmanager
def opened(path: Path, name: str) -> Iterator[LogFile]:
    """Open a log by the format of its name; standard input ("-") is CSV.

    Raises
    ------
    GridempError
        If the file cannot be read, is too large, or is not of its format.
    """
    piped = str(path) == "-"
    suffixes = [suffix.lower() for suffix in path.suffixes]
    zipped = suffixes[-1:] == [".gz"]
    suffix = (suffixes[:-1] if zipped else suffixes)[-1:]
    try:
        raw = nullcontext(sys.stdin.buffer) if piped else path.open("rb")
    except OSError as error:
        raise GridempError(f"cannot read {name}: {error.strerror}; name a log file") from None
    with raw as stream:
        size = 0 if piped else os.fstat(stream.fileno()).st_size
        check_size(name, size)
        packed = CountedBytes(stream)

        def done() -> float:
            return min(packed.tell() / size, 1.0) if size else 0.0

        try:
            if suffix == [".parquet"]:
                yield parquet_file(stream, name)
                return
            content = CountedBytes(gzip.GzipFile(fileobj=packed), name) if zipped else packed
            if not zipped:
                packed.limited_as(name)
            text = io.TextIOWrapper(content, encoding="utf-8-sig", newline="")  # type: ignore[type-var]
            if suffix in ([".jsonl"], [".ndjson"], [".json"]):
                yield json_file(text, name, done, lines=suffix != [".json"])
            else:
                yield csv_file(text, name, done)
        except UnicodeDecodeError:
            raise GridempError(f"{name} is not UTF-8 text; save the log as CSV in UTF-8") from None
        except (gzip.BadGzipFile, EOFError, zlib.error):
            raise GridempError(f"{name} is not a whole gzip file; pack the log again") from None


class CountedBytes(io.BufferedIOBase):
    """Stream of bytes that counts what is read; unlike a pipe, it can always tell its position."""

    def __init__(self, stream: IO[bytes] | gzip.GzipFile, name: str = "") -> None:
        self._stream, self._read, self._name = stream, 0, name

    def limited_as(self, name: str) -> None:
        """Raise a GridempError, which names the file, once there are more than MAX_BYTES bytes."""
        self._name = name

    def readable(self) -> bool:
        """Return True, as `io.TextIOWrapper` asks before it reads."""
        return True

    def read(self, size: int | None = -1, /) -> bytes:
        """Read and return up to `size` bytes."""
        block = self._stream.read(-1 if size is None else size)
        self._read += len(block)
        if self._name:
            check_size(self._name, self._read)
        return block

    def read1(self, size: int = -1, /) -> bytes:
        """Read and return up to `size` bytes."""
        return self.read(size if size > 0 else io.DEFAULT_BUFFER_SIZE)

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


def csv_file(stream: IO[str], name: str, done: Callable[[], float]) -> LogFile:
    """CSV whose first line tells the separator."""
    first = stream.readline()
    if not first.strip():
        raise GridempError(f"{name} is empty; name a log with a line of columns")
    delimiter = delimiter_of(first, name)
    reader = csv.reader(chain([first], stream), delimiter=delimiter, strict=True)
    header = tuple(column.strip() for column in next(reader))

    def rows(columns: Sequence[str]) -> Iterator[Row]:
        places = [header.index(column) for column in columns]
        line = 1
        try:
            for row in reader:
                line = reader.line_num
                if not "".join(row).strip():
                    continue
                if len(row) != len(header):
                    raise GridempError(
                        f"{name}, line {line}: {len(row)} values under "
                        f"{len(header)} columns; write one for each"
                    )
                yield f"line {line}", [row[place].strip() for place in places]
        except csv.Error as error:
            raise GridempError(
                f"{name}, line {line + 1} or later: {error}; write plain CSV"
            ) from None

    return LogFile(header, rows, done, delimiter != ",")


def delimiter_of(first: str, name: str) -> str:
    """Most frequent separator of the first line, apart from texts in quotation marks."""
    unquoted = "".join(first.split('"')[::2])
    counts = {delimiter: unquoted.count(delimiter) for delimiter in DELIMITERS}
    most = max(counts.values())
    found = [delimiter for delimiter, count in counts.items() if count == most]
    if most and len(found) > 1:
        words = " as ".join(DELIMITERS[delimiter] for delimiter in found[:2])
        raise GridempError(
            f"the first line of {name} has as many {words}, so that it is not clear which of them "
            "separate columns; put names of columns that have one of them in quotation marks"
        )
    return found[0]


def json_file(stream: IO[str], name: str, done: Callable[[], float], *, lines: bool) -> LogFile:
    """JSON objects, each a row: one on each line, or all in one list.

    Columns are those of all objects, as objects of different kinds may have different ones.
    """
    records: list[tuple[str, dict[str, Any]]] = []
    try:
        if lines:
            for number, line in enumerate(stream, 1):
                if line.strip():
                    records.append((f"line {number}", json.loads(line)))
        else:
            records = [(f"object {i}", each) for i, each in enumerate(json.load(stream), 1)]
    except (ValueError, TypeError) as error:
        if isinstance(error, UnicodeDecodeError):
            raise
        place = f", line {len(records) + 1} or later" if lines else ""
        needed = "an object on each line" if lines else "a list of objects"
        raise GridempError(f"{name}{place} is not JSON; write {needed}") from None
    for place, record in records:
        if not isinstance(record, dict):
            raise GridempError(f"{name}, {place} is not a JSON object; write one for each row")
    if not records:
        raise GridempError(f"{name} is empty; name a log with an object for each row")
    header = tuple(dict.fromkeys(key for _, record in records for key in record))

    def rows(columns: Sequence[str]) -> Iterator[Row]:
        for place, record in records:
            yield place, [cell_text(record.get(column)) for column in columns]

    return LogFile(header, rows, done)


def parquet_file(stream: IO[bytes], name: str) -> LogFile:
    """Parquet; needs PyArrow."""
    pyarrow = import_extra("pyarrow", "reading Parquet", "parquet")
    parquet = import_extra("pyarrow.parquet", "reading Parquet", "parquet")
    try:
        file = parquet.ParquetFile(stream)
    except pyarrow.ArrowException:
        raise GridempError(f"{name} is not a Parquet file; name a log as {FORMATS}") from None
    count, read = file.metadata.num_rows, 0

    def rows(columns: Sequence[str]) -> Iterator[Row]:
        nonlocal read
        names = list(dict.fromkeys(columns))
        for batch in file.iter_batches(columns=names):
            values = batch.to_pydict()
            for cells in zip(*(values[column] for column in columns), strict=True):
                read += 1
                yield f"row {read}", [cell_text(cell) for cell in cells]

    return LogFile(tuple(file.schema_arrow.names), rows, lambda: read / count if count else 1.0)


def cell_text(value: Any) -> str:
    """Value as the text of a cell; empty if there is none."""
    if value is None:
        return ""
    if hasattr(value, "isoformat"):  # a date and time
        return str(value.isoformat())
    return str(value).strip()
