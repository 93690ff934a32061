"""Lists of rows as Python, JSON and NumPy write them, read without evaluating them."""

import ast
import re
from typing import NamedTuple

from gridemp.errors import MazeError
from gridemp.mazes.text import Row, lines_of

NAME = r"\ufeff?\s*+(?:\w++\s*+=\s*+)?(?:(?:np\.|numpy\.)?(?:array|asarray)\s*+\(\s*+)?"
BEGIN = re.compile(NAME + r"[\[(]\s*(?:$|[\[(\])\w\"'.+-])")
STRINGS = re.compile(NAME + r"[\[(][\[(\s]*[bru]?[\"']")
TOKEN = re.compile(
    r"""(?P<blank>[\s,]+)
    |(?P<open>[\[(])
    |(?P<close>[\])])
    |(?P<string>[bru]?(?:"(?:[^"\\\n]++|\\.)*+"|'(?:[^'\\\n]++|\\.)*+'))
    |(?P<word>\.\.\.|[\w.+-]+)""",
    re.VERBOSE,
)
END = re.compile(r"[\s,]*+(dtype\s*+=\s*+[\w.'\"<>|]++\s*+)?\)?[\s,;]*+")
QUOTED = re.compile(r"\s*(\"[^\"\\]{2,}\"|'[^'\\]{2,}')[\s,]*")  # a line of a list of strings
MAX_DEPTH = 2
MAX_ITEMS = 1_000_000


class Item(NamedTuple):
    """Value in a list, and its place in the text, from 1."""

    text: str
    line: int
    column: int
    quoted: bool = False


def is_literal(line: str) -> bool:
    """True if a text that begins with this line is a list rather than a drawing."""
    return BEGIN.match(line) is not None


def drawing_in(text: str) -> str:
    """Drawing that a list of strings, or of lists of single characters, holds.

    Parameters
    ----------
    text : str
        A text, which may be such a list, ``["SFF", "FHG"]``, or lines of strings without brackets.

    Returns
    -------
    str
        Lines of the drawing; the text itself if it is anything else.
    """
    inside = [line for line in lines_of(text) if line.strip()]
    if inside and all(map(QUOTED.fullmatch, inside)):
        return "\n".join(_value(line.strip(" \t,")) for line in inside)
    if not STRINGS.match(text):
        return text
    lines = []
    for items in items_of([Row(i, line) for i, line in enumerate(lines_of(text), start=1)]):
        row = items if isinstance(items, list) else [items]
        single = not isinstance(items, list) or all(len(item.text) == 1 for item in row)
        if not (single and all(item.quoted for item in row)):
            return text
        lines.append("".join(item.text for item in row))
    return "\n".join(lines)


def items_of(rows: list[Row]) -> list[Item | list[Item]]:
    """Items of a list of values, or of a list of lists of values.

    Parameters
    ----------
    rows : list of Row
        Lines of the text.

    Raises
    ------
    MazeError
        If the brackets do not fit, or the list holds anything but numbers, strings, True and False.
    """
    found: list[Item | list[Item]] = []
    row: list[Item] = []
    depth = count = 0
    closed = False
    for number, line in rows:
        start = _start(line) if not depth and not closed else 0
        while start < len(line):
            if closed:
                if END.fullmatch(line, start):
                    break
                raise MazeError(
                    "the list ends before this text; remove the text", number, start + 1
                )
            match = TOKEN.match(line, start)
            if match is None or match[0] == "...":
                raise MazeError(_advice(line[start:]), number, start + 1)
            kind, token = match.lastgroup, match[0]
            if kind == "open":
                depth += 1
                row = []
                if depth > MAX_DEPTH:
                    raise MazeError(
                        f"this list is nested more than {MAX_DEPTH} levels deep; write a list of "
                        "rows, such as [[1, 0], [0, 0]]",
                        number,
                        start + 1,
                    )
            elif kind == "close":
                if depth == MAX_DEPTH:
                    if not row:
                        raise MazeError("this row is empty; give it values", number, start + 1)
                    found.append(row)
                depth -= 1
                closed = depth == 0
            elif kind in ("string", "word"):
                count += 1
                if count > MAX_ITEMS:
                    raise MazeError(
                        f"this list has more than {MAX_ITEMS:,} values; save the array with "
                        "numpy.save",
                        number,
                        start + 1,
                    )
                item = Item(_value(token), number, start + 1, kind == "string")
                if depth == MAX_DEPTH:
                    row.append(item)
                else:
                    found.append(item)
            start = match.end()
    if not closed:
        raise MazeError("the list is not closed; add a closing bracket", rows[-1].number)
    if not found:
        raise MazeError("this list is empty; write a list of rows", rows[0].number)
    return found


def _start(line: str) -> int:
    """Index of the first bracket of the list, after a name or `array(`."""
    match = re.match(NAME, line)
    return match.end() if match else 0


def _value(token: str) -> str:
    """Text of a string, without its quotes, or of a number."""
    if token[-1] not in "\"'":
        return token
    if "\\" not in token:
        return token.lstrip("bru")[1:-1]
    try:
        value = ast.literal_eval(token)
    except (ValueError, SyntaxError, MemoryError):
        return token.lstrip("bru")[1:-1]
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)


def _advice(rest: str) -> str:
    """Sentence about a text that is not part of a list of values."""
    if rest.startswith("..."):
        return "NumPy left out values here; print with numpy.set_printoptions(threshold=10**9)"
    return f"{rest[0]!r} is not part of a list; write numbers or strings, such as [[1, 0], [0, 0]]"
