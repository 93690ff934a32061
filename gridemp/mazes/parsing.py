"""Maze text in, maze text out: which file, which format, and where a mistake stands.

gridemp's own two dialects, `formats/block.py` and `formats/thin.py`, are told apart by the first
line that is not blank; other formats by the suffix of the file, or by name.
"""

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath

from gridemp.errors import GridempError, MazeError
from gridemp.mazes.bundled import find_maze
from gridemp.mazes.formats import FORMATS
from gridemp.mazes.maze import Maze
from gridemp.mazes.text import MAX_BYTES, Row, numbered_rows


def load_maze(path: str | Path, format: str | None = None, level: int = 1) -> Maze:
    """Read a maze from a file, from standard input, or by its bundled name.

    Parameters
    ----------
    path : str or Path
        A UTF-8 text file, with or without byte-order mark, LF or CRLF; `-` for standard input; or
        the name of a bundled maze such as `room`.
    format : str, optional
        The name of one of the `FORMATS`; by default what the suffix says, or one of gridemp's own.
    level : int
        Which maze of a file that holds several, from 1.

    Returns
    -------
    Maze
        Named after the file.

    Raises
    ------
    GridempError
        If there is no such file, maze, format or level, or it cannot be read.
    MazeError
        If it is not a maze; the text names file, line and column.
    """
    text, name, source = read_text(path)
    with located(source):
        return parse_maze(text, name, format or format_of(path), level)


@contextmanager
def located(source: str) -> Iterator[None]:
    """Give the errors of a text the name of where it comes from."""
    try:
        yield
    except MazeError as error:
        raise MazeError(error.problem, error.line, error.column, source) from None


def read_text(path: str | Path) -> tuple[str, str, str]:
    """The text that `path` means to `load_maze`, a name for its maze, and what to call it."""
    if str(path) == "-":
        if sys.stdin is None:
            raise GridempError("standard input is closed; give a maze text file")
        data, name, source = sys.stdin.buffer.read(MAX_BYTES + 1), "stdin", "standard input"
    else:
        file = find_maze(str(path))
        name = "".join(c if c.isprintable() else "?" for c in file.stem)
        source = str(path)
        try:
            with file.open("rb") as stream:
                data = stream.read(MAX_BYTES + 1)
        except OSError as error:
            raise GridempError(
                f"cannot read {path}: {error.strerror}; give a maze text file"
            ) from None
    if len(data) > MAX_BYTES:
        raise MazeError(
            f"this is longer than the {MAX_BYTES:,} bytes allowed for a maze", source=source
        )
    try:
        return data.decode("utf-8"), name, source
    except UnicodeDecodeError:
        raise MazeError("this is not UTF-8 text; save it as UTF-8", source=source) from None


def format_of(path: str | Path) -> str | None:
    """The format that the suffix of a file name tells, or None for gridemp's own two."""
    suffix = PurePath(path).suffix.lower()
    told = (name for name, form in FORMATS.items() if suffix in form.SUFFIXES)
    return next(told, None) if suffix != ".txt" else None


def parse_maze(text: str, name: str = "maze", format: str | None = None, level: int = 1) -> Maze:
    """Read a maze from text, by default in either of gridemp's own dialects.

    Block: `#` wall, `.` or space floor. Thin wall: posts `+` at every corner, `-` and `|` walls
    between them, cells one line high, a cell filled with `#` solid. In both, a letter is an object
    (`OBJECTS`), and lines that start with `;` are comments.

    Parameters
    ----------
    text : str
        The drawing.
    name : str
        What figures and messages will call the maze.
    format : str, optional
        The name of one of the `FORMATS`.
    level : int
        Which maze of a text that holds several, from 1.

    Returns
    -------
    Maze

    Raises
    ------
    GridempError
        If there is no such format or level.
    MazeError
        If the text is not a maze; the text of the error names line and column, from 1.
    """
    form, rows = drawing_of(text, format, level)
    name = name if level == 1 else f"{name}-{level}"
    maze: Maze = FORMATS[form].read(rows, name)
    return maze


def drawing_of(text: str, format: str | None, level: int = 1) -> tuple[str, list[Row]]:
    """The format that a text is in and the lines that draw the maze: see `parse_maze`."""
    form = None if format is None else checked_format(format)
    rows = numbered_rows(text)
    if form is None:
        first = next(row.text for row in rows if row.text.strip())
        form = "thin" if first.lstrip()[0] in "+o" else "block"
    if hasattr(FORMATS[form], "level"):
        return form, FORMATS[form].level(rows, level)
    if level != 1:
        raise GridempError(f"there is no level {level}; a {form} text holds one maze")
    return form, rows


def left_out(text: str, format: str | None = None, level: int = 1) -> list[str]:
    """What stands in a text that its `Maze` does not keep, such as "food (12)"."""
    form, rows = drawing_of(text, format, level)
    counts = Counter("".join(row.text for row in rows))
    found: Counter[str] = Counter()
    for letter, what in FORMATS[form].LEFT_OUT.items():
        found[what] += counts[letter]
    return [f"{what} ({count})" for what, count in found.items() if count]


def checked_format(format: str) -> str:
    """The name of a format, or a GridempError if there is none of that name."""
    if format not in FORMATS:
        raise GridempError(f"there is no format '{format}'; use one of {', '.join(FORMATS)}")
    return format


def format_maze(maze: Maze, *, thin: bool | None = None, format: str | None = None) -> str:
    """Write a maze as text that `parse_maze` reads back.

    Parameters
    ----------
    maze : Maze
        What to write.
    thin : bool, optional
        True for the thin-wall dialect, False for the block dialect; by default whichever the maze
        needs.
    format : str, optional
        The name of one of the `FORMATS`, instead.

    Returns
    -------
    str
        Lines, the last one ended too.

    Raises
    ------
    GridempError
        If the format cannot show what is in the maze; the text names the first such thing.
    """
    if format is None:
        if thin is None:
            thin = bool(maze.wall_right.any() or maze.wall_below.any())
        format = "thin" if thin else "block"
    text: str = FORMATS[checked_format(format)].write(maze)
    return text
