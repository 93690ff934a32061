"""Functions that all maze formats share: numbered lines, drawings as arrays, and size limits."""

import re
from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from gridemp.errors import GridempError, MazeError
from gridemp.mazes.maze import Maze
from gridemp.mazes.objects import OBJECTS, Objects
from gridemp.typing import Mask

MAX_BYTES = 200_000_000
MAX_CELLS = 20_000_000
MAX_LINES = 100_000
LETTERS = "".join(OBJECTS)
BLANK = " \t"
COMMENT_MARKS = "#", "%", "//", "--", "!"  # at the beginning of comments elsewhere
WALLS = "#", "%"
WORD = re.compile(r"\w\w")

Characters = NDArray[np.uint8]


class Row(NamedTuple):
    """Line of the drawing and its number in the text, from 1."""

    number: int
    text: str


def lines_of(text: str) -> list[str]:
    """Lines of a text, without a byte-order mark.

    Raises
    ------
    MazeError
        If there are more than `MAX_LINES`.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    count = text.count("\n") + 1
    if count > MAX_LINES:
        raise MazeError(f"this has {count:,} lines, more than the {MAX_LINES:,} allowed")
    return text.split("\n")


def letter_counts(rows: list[Row]) -> Counter[str]:
    """Count of each character of a drawing."""
    drawing = "".join(row.text for row in rows)
    return Counter({letter: drawing.count(letter) for letter in set(drawing)})


def numbered_rows(text: str, *, comments: bool = False) -> list[Row]:
    """Lines of a text, without the blank lines around the drawing.

    Comments, which start with `;`, are left out unless `comments` is True.

    A tab at the end of a line is left out, with the blanks that follow it.
    """
    lines = lines_of(text)
    rows = [
        Row(i, without_tabs(line))
        for i, line in enumerate(lines, start=1)
        if comments or not line.startswith(";")
    ]
    while rows and not rows[-1].text:
        rows.pop()
    start = next((i for i, row in enumerate(rows) if row.text), 0)
    if not any(row.text.strip() for row in rows):
        raise MazeError("this is empty; draw walls with # and floor with .")
    return rows[start:]


def without_tabs(line: str) -> str:
    """Line without the blanks at its end from the first tab among them on."""
    end = len(line.rstrip(BLANK))
    return line[:end] + line[end:].partition("\t")[0]


def trimmed(rows: list[Row]) -> list[Row]:
    """Rows without the blanks at their ends and without blank rows around the drawing."""
    rows = [Row(number, text.rstrip(BLANK)) for number, text in rows]
    drawn = [i for i, row in enumerate(rows) if row.text]
    return rows[drawn[0] : drawn[-1] + 1]


def parts_left_out(rows: list[Row], left_out: Mapping[str, str]) -> tuple[str, ...]:
    """Parts of a drawing that a maze does not keep, with their counts, such as "food (12)"."""
    drawing = "".join(row.text for row in rows) if left_out else ""
    counts: Counter[str] = Counter()
    for letter, part in left_out.items():
        counts[part] += drawing.count(letter)
    return tuple(f"{part} ({number})" for part, number in counts.items() if number)


def advice(text: str, otherwise: str) -> str:
    """Advice for a line that cannot be read: how to begin a comment if it looks like one."""
    text = text.strip()
    is_comment = text.startswith(COMMENT_MARKS) and not text.endswith(WALLS) and WORD.search(text)
    return "if this line is a comment, begin it with ;" if is_comment else otherwise


def letters_beside(rows: list[Row], known: str) -> set[str]:
    """Characters of a drawing that are not among the `known` ones."""
    drawing = "".join(row.text for row in rows)
    if drawing.isascii():
        drawing = drawing.encode().translate(None, known.encode("ascii", "ignore")).decode()
    return set(drawing) - set(known)


def check_letters(rows: list[Row], allowed: str, hint: str) -> None:
    """Raise a MazeError at the first character that is not among the `allowed` ones."""
    if not letters_beside(rows, allowed):
        return
    unknown = re.compile(f"[^{re.escape(allowed)}]")
    for number, text in rows:
        if match := unknown.search(text):
            problem = f"{match[0]!r} is not part of a maze; {advice(text, f'use {hint}')}"
            if match[0] == "\t":
                problem = "this is a tab; use spaces"
            raise MazeError(problem, number, match.start() + 1)


def characters(rows: list[Row]) -> Characters:
    """Drawing as an array of ASCII codes, shape (L, C); other characters become `?`.

    Raises
    ------
    MazeError
        If a line holds a tab or is not as long as the first.
    """
    width = len(rows[0].text)
    for number, text in rows:
        if "\t" in text:
            raise MazeError("this is a tab; use spaces", number, text.index("\t") + 1)
        if len(text) != width:
            raise MazeError(
                _about_length(text, width),
                number,
                min(len(text), width) + 1,
            )
    joined = "".join(text for _, text in rows).encode("ascii", "replace")
    return np.frombuffer(joined, dtype=np.uint8).reshape(len(rows), width)


def _about_length(text: str, width: int) -> str:
    """Sentence about a line that is not as long as the first."""
    if not text:
        return "this line is blank, and a file holds one maze; remove the line or the other maze"
    return f"this line has {len(text)} characters and the first has {width}; " + advice(
        text, "make all lines equally long (trailing spaces count)"
    )


def padded(rows: list[Row]) -> Characters | None:
    """Drawing with spaces added at the ends of its rows; None if it would be too large."""
    width = max(len(text) for _, text in rows)
    if len(rows) * width > 2 * MAX_CELLS:
        return None
    return characters([Row(number, text.ljust(width)) for number, text in rows]).copy()


def drawn(rows: list[Row], drawing: Characters) -> list[Row]:
    """Rows of a drawing in ASCII, with the numbers of these rows."""
    lines = [line.tobytes().decode("ascii") for line in drawing]
    return [Row(number, line) for (number, _), line in zip(rows, lines, strict=True)]


def is_one_of(drawing: Characters, letters: str) -> Mask:
    """True where a drawing holds one of these characters, in the shape of the drawing."""
    known = np.zeros(256, dtype=bool)
    known[[ord(letter) for letter in letters]] = True
    return known[drawing]


def objects_in(drawing: Characters, letters: str = LETTERS) -> Objects:
    """Objects of a drawing: the character of each (row, col) that holds one of `letters`."""
    places = np.argwhere(is_one_of(drawing, letters)).tolist()
    return {(row, col): chr(drawing[row, col]) for row, col in places}


def has_outer_wall(solid: Mask) -> bool:
    """True if the outermost ring is all wall and encloses something."""
    ring = np.ones_like(solid)
    ring[1:-1, 1:-1] = False
    return min(solid.shape) >= 3 and bool(solid[ring].all())


def check_size(height: int, width: int) -> None:
    """Raise a MazeError if a maze of this size has too many cells."""
    if height * width > MAX_CELLS:
        raise MazeError(
            f"this maze has {height * width:,} cells, more than the {MAX_CELLS:,} allowed"
        )


def check_expressible(
    maze: Maze, target: str, letters: str = "", *, thin: bool = False, solid: bool = True
) -> None:
    """Raise a GridempError at the first part of a maze that a format cannot show.

    Parameters
    ----------
    maze : Maze
        The maze to write.
    target : str
        Kind of text to write, as the subject of the sentence in the message.
    letters : str
        Objects that the format can show.
    thin, solid : bool
        Whether the format can show thin walls and solid cells.
    """
    problems: list[tuple[str, int, int]] = []
    if not thin:
        walls = np.argwhere(np.pad(maze.wall_right, ((0, 0), (0, 1))))[:1].tolist()
        walls += np.argwhere(np.pad(maze.wall_below, ((0, 1), (0, 0))))[:1].tolist()
        problems += [("thin wall", row, col) for row, col in walls]
    if not solid:
        problems += [("solid cell", row, col) for row, col in np.argwhere(~maze.floor)[:1].tolist()]
    problems += [
        (OBJECTS[letter], row, col)
        for (row, col), letter in maze.objects.items()
        if letter not in letters
    ]
    if problems:
        part, row, col = problems[0]
        x, y = maze.xy(row, col)
        raise GridempError(
            f"{target} cannot show the {part} at x = {x}, y = {y}; choose another format"
        )
