"""Arrays written as text: digits, tables of numbers, and Python or NumPy lists of rows."""

import re
from collections.abc import Callable, Iterator

import numpy as np

from gridemp.errors import MazeError
from gridemp.mazes import text
from gridemp.mazes.labels import MAX_LABELS, Labels, label
from gridemp.mazes.literal import is_literal, items_of
from gridemp.mazes.text import Row, check_size

SEPARATORS = ";,\t"
TABLE = tuple(";,")  # separators of values that may be words
NUMERIC = re.compile(
    r"\s*+[\"']?([+-]?(\d++\.?\d*+|\.\d++)(e[+-]?\d++)?|nan|true|false)[\"']?\s*", re.IGNORECASE
)
VALUE = re.compile(r"\s*([\"']?[+-]?\.?\w|$)")  # beginning of a value, which may be empty
FIRST_LINE = re.compile(r"\ufeff?(?:(?:;[^\r\n]*|[ \t]*)[\r\n]+)*[ \t]*([^\r\n]*)")
NOT_DIGITS = re.compile(r"^(?!;).*[^\d\s]|\d[ \t]+\d", re.MULTILINE)
MAX_TOKEN = 20  # characters of a label
ONE_EACH = "write one value for each cell"


def is_array(text: str) -> bool:
    """True if a text holds an array rather than a drawing, by its first line."""
    first = FIRST_LINE.match(text)[1].rstrip()  # type: ignore[index]
    if is_literal(first):
        return True
    if first.isdecimal():
        return not NOT_DIGITS.search(text)
    separator = _separator(first)
    tokens = _split(first, separator)
    return bool(tokens) and (
        (separator in TABLE and len(tokens) > 1 and all(map(VALUE.match, tokens)))
        or all(map(_is_number, tokens))
    )


def labels_from_text(rows: list[Row]) -> Labels:
    """Read the labels of an array from its numbered lines.

    Raises
    ------
    MazeError
        If the lines hold no array; the message names the line and column.
    """
    if is_literal(rows[0].text):
        return _labels(_literal_rows(rows))
    rows = [row for row in rows if row.text.strip()]
    rows = _without_header(rows)
    first = rows[0].text.strip()
    if first.isdecimal() and len(first) > 1:
        return _labels((row.number, list(row.text.strip()), _at_character(row)) for row in rows)
    separator = _separator(first)
    _check_columns(rows, separator)
    return _labels(
        (row.number, tokens, _at_token(row, separator))
        for row in rows
        if (tokens := _split(row.text, separator))
    )


Place = Callable[[int], tuple[int, int]]  # line and column of an item of a row


def _labels(rows: Iterator[tuple[int, list[str], Place]]) -> Labels:
    """Labels of rows, each with its line, its tokens and the places of these."""
    codes = _Codes()
    lines: list[bytes] = []
    for number, tokens, place in rows:
        if lines and len(tokens) != len(lines[0]):
            raise MazeError(
                f"the length of row {len(lines) + 1} is {len(tokens)}, and that of row 1 is "
                f"{len(lines[0])}; {ONE_EACH}",
                number,
            )
        check_size(len(lines) + 1, len(tokens))
        try:
            lines.append(bytes(map(codes.__getitem__, tokens)))
        except ValueError:
            where = next(i for i, token in enumerate(tokens) if token not in codes)
            raise MazeError(_advice(tokens[where], codes), *place(where)) from None
    array = np.frombuffer(b"".join(lines), dtype=np.uint8).reshape(len(lines), -1)
    return Labels(array, codes.names)


class _Codes(dict[str, int]):
    """Indices of labels by the tokens that stand for them; a new label gets the next index."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def __missing__(self, token: str) -> int:
        name = label(token)
        if not name or len(name) > MAX_TOKEN:
            raise ValueError(token)
        if name not in self.names:
            if len(self.names) == MAX_LABELS:
                raise ValueError(token)
            self.names.append(name)
        code = self.names.index(name)
        if len(self) < 10 * MAX_LABELS:
            self[token] = code
        return code


def _advice(token: str, codes: _Codes) -> str:
    """Sentence about a token that is not a label."""
    token = token.strip()
    if not token:
        return f"a value is missing; {ONE_EACH}"
    if len(token) > MAX_TOKEN:
        return f"{token[:MAX_TOKEN]!r}... is not a value of a cell; write a number for each cell"
    if len(codes.names) == MAX_LABELS:
        return f"there are more than {MAX_LABELS} different values, too many for a maze"
    return f"{token} is not a whole number; compare the array with a threshold first"


def _literal_rows(rows: list[Row]) -> Iterator[tuple[int, list[str], Place]]:
    """Rows of a Python or NumPy list of rows."""
    for items in items_of(rows):
        if isinstance(items, list):
            yield (
                items[0].line,
                [item.text for item in items],
                lambda i, items=items: (items[i].line, items[i].column),  # type: ignore[misc]
            )
        else:
            raise MazeError(
                "this is a list of single values; write a list of rows, such as [[1, 0], [0, 0]]",
                items.line,
                items.column,
            )


def _without_header(rows: list[Row]) -> list[Row]:
    """Lines of a table without the comments that numpy.savetxt writes before it."""
    start = next((i for i, row in enumerate(rows) if not row.text.startswith("# ")), 0)
    return rows[start:]


def _check_columns(rows: list[Row], separator: str | None) -> None:
    """Raise a MazeError if the first line names or numbers the columns of the others."""
    first = [token.strip() for token in _split(rows[0].text, separator)]
    below = _split(rows[1].text, separator) if len(rows) > 1 else []
    is_size = len(first) == 2 != len(below) and all(map(str.isdecimal, first))
    if is_size and below and not any(map(_is_number, below)):
        raise MazeError(
            "these two numbers, perhaps the size, are not part of the drawing below; remove this "
            "line",
            rows[0].number,
        )
    columns = first[not first[0] :]  # pandas writes the numbers of rows below an empty name
    numbered = len(first) > 2 and columns == [str(i) for i in range(len(columns))]
    numbers = bool(below[1:]) and all(map(_is_number, below[1:]))
    different = len(first) == len({*first}) > 2 and _is_number(below[0]) if below else False
    named = numbers and not any(map(_is_number, first))
    named = named and (different or any(len(token) > 1 for token in first))
    if numbered or named:
        names = ", ".join(filter(None, first[:4])) + (", ..." if len(first) > 4 else "")
        raise MazeError(
            f"this is a table with columns {names[: 4 * MAX_TOKEN]}, not a maze; write one number "
            "for each cell, without the names of columns and rows",
            rows[0].number,
        )


def _is_number(token: str) -> bool:
    return NUMERIC.fullmatch(token) is not None


def _separator(line: str) -> str | None:
    """Character between the values of a line; None if there are blanks."""
    return next((character for character in SEPARATORS if character in line), None)


def _split(line: str, separator: str | None) -> list[str]:
    """Values of a line; a separator at its end is ignored."""
    if separator is None:
        return line.split()
    line = line.rstrip(text.BLANK)
    tokens = line.removesuffix(separator).split(separator)
    return [token.replace(",", ".") for token in tokens] if separator == ";" else tokens


def _at_token(row: Row, separator: str | None) -> Place:
    """Place of a value of a line with separators."""

    def place(index: int) -> tuple[int, int]:
        if separator is None:
            starts = [match.start() for match in re.finditer(r"\S+", row.text)]
            return row.number, starts[index] + 1
        before = row.text.split(separator)[:index]
        return row.number, sum(map(len, before)) + index + 1

    return place


def _at_character(row: Row) -> Place:
    """Place of a value of a line of single characters."""
    indent = len(row.text) - len(row.text.lstrip())
    return lambda index: (row.number, indent + index + 1)
