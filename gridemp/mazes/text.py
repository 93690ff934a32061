"""Functions that all maze formats share: numbered lines, drawings as arrays, and size limits."""

import re
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
LINE_END = re.compile(r"\r\n|\r|\n")
COMMENT_MARKS = "#", "%", "//", "--", "!"  # at the beginning of comments elsewhere
WALLS = "#", "%"
WORD = re.compile(r"\w\w")

Characters = NDArray[np.uint8]


class Row(NamedTuple):
    """Line of the drawing and its number in the text, from 1."""

    number: int
    text: str


def numbered_rows(text: str) -> list[Row]:
    """Lines of a text, without its comments (`;`) and the blank lines around the drawing.

    A tab at the end of a line is left out, with the blanks that follow it.
    """
    lines = LINE_END.split(text.removeprefix("\ufeff"))
    if len(lines) > MAX_LINES:
        raise MazeError(f"this has {len(lines):,} lines, more than the {MAX_LINES:,} allowed")
    rows = [
        Row(i, without_tabs(line))
        for i, line in enumerate(lines, start=1)
        if not line.startswith(";")
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


def advice(text: str, otherwise: str) -> str:
    """Advice for a line that cannot be read: how to begin a comment if it looks like one."""
    text = text.strip()
    is_comment = text.startswith(COMMENT_MARKS) and not text.endswith(WALLS) and WORD.search(text)
    return "if this line is a comment, begin it with ;" if is_comment else otherwise


def check_letters(rows: list[Row], allowed: str, hint: str) -> None:
    """Raise a MazeError at the first character that is not among the `allowed` ones."""
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
                f"this line has {len(text)} characters and the first has {width}; "
                + advice(text, "make all lines equally long (trailing spaces count)"),
                number,
                min(len(text), width) + 1,
            )
    joined = "".join(text for _, text in rows).encode("ascii", "replace")
    return np.frombuffer(joined, dtype=np.uint8).reshape(len(rows), width)


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
    """True where a drawing holds one of these letters, in the shape of the drawing."""
    known = np.zeros(256, dtype=bool)
    known[[ord(letter) for letter in letters]] = True
    return known[drawing]


def objects_in(drawing: Characters, letters: str = LETTERS) -> Objects:
    """Objects of a drawing: the letter of each (row, col) that holds one of `letters`."""
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
