"""Columns of a log, read from a file row by row; errors name the line."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import compress
from pathlib import Path

from gridemp.arguments import check_kinds
from gridemp.errors import GridempError
from gridemp.logs.cells import KINDS, Cells, NumbersOrMissing, Style, is_missing
from gridemp.logs.log_files import opened
from gridemp.progress import Progress, ignore
from gridemp.shown import counted
from gridemp.typing import Array, Indices

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
    skipped : int
        Number of rows that were left out for a missing cell.

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
    skipped: int = 0

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
    *,
    skip_missing: bool = False,
) -> Columns:
    r"""Read some columns of a log without holding the others in memory.

    The format follows from the suffix of the file: JSON lines (`.jsonl` or `.ndjson`), JSON with a
    list of objects (`.json`), Parquet (`.parquet`), or otherwise CSV in UTF-8. CSV and JSON may be
    packed by gzip (`.csv.gz`). The first line of CSV names the columns. They are separated by
    commas, semicolons or tabs, whichever the first line has most of. If they are not separated by
    commas, numbers may have a decimal comma.

    Parameters
    ----------
    path : str or Path
        The file; "-" is standard input, which is CSV.
    select : callable
        Given the names of all columns, returns the names of the columns to read as numbers, of
        those to read as text and, if there are any, of those to read as either, of those to read
        as times, and of those to read as numbers of which some may be missing. Columns that may be
        either are text if their first value is not a number; they may then have up to 50 different
        texts, and no numbers. Times are numbers, or dates and times of day as in ISO 8601, which
        become seconds since the first of them. A number that is missing becomes NaN.
    progress : callable, optional
        Called with the fraction done, from 0 to 1.
    skip_missing : bool
        Leave out rows in which a selected cell is missing: empty, or one of NA, N/A, NaN, null and
        None. Cells of columns that may be missing do not count.

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
    MissingExtra
        If the file is in Parquet, and PyArrow is not installed.

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
    count = skipped = 0
    with opened(path, name) as file:
        style = Style(comma=file.decimal_comma)
        cells: list[tuple[str, Cells]] = [
            (column, kind(style))
            for kind, names in zip(KINDS, select(file.header), strict=False)
            for column in names
        ]
        for column, _ in cells:
            check_column(column, file.header, name)
        needed = [not isinstance(values, NumbersOrMissing) for _, values in cells]
        for place, texts in file.rows([column for column, _ in cells]):
            if skip_missing and any(map(is_missing, compress(texts, needed))):
                skipped += 1
                continue
            for (column, values), text in zip(cells, texts, strict=True):
                try:
                    values.append(text)
                except ValueError as error:
                    raise GridempError(f"{name}, {place}, column {column!r}: {error}") from None
            count += 1
            if count % ROWS_PER_REPORT == 0:
                progress(file.done())
    if skipped and not count:
        raise GridempError(f"each row of {name} lacks a cell; leave out a column that is empty")
    if not count:
        raise GridempError(f"{name} has columns but no rows; name a log with one row or more")
    found = [(column, values.result()) for column, values in cells]
    numbers = {column: each for column, each in found if not isinstance(each, tuple)}
    labels = {column: each for column, each in found if isinstance(each, tuple)}
    return Columns(name, count, numbers, labels, skipped)


def check_column(column: str, header: Sequence[str], name: str) -> None:
    """Raise a GridempError if there is no such column, or more than one of this name."""
    if header.count(column) > 1:
        raise GridempError(f"{name} has two columns named {column!r}; rename one")
    if column in header:
        return
    near = get_close_matches(column, header, 1, 0.5)
    listed = ", ".join(header[:20]) + (", ..." if len(header) > 20 else "")
    raise GridempError(
        f"{name} has no column {column!r}"
        + (f" (did you mean {near[0]!r}?)" if near else "")
        + f"; it has {listed}"
    )
