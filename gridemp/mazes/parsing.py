"""Conversion between maze text and `Maze`: finds the file, the format and the place of a mistake.

The format is given by name or by the suffix of the file. Otherwise the text is in one of gridemp's
own two formats, `formats/block.py` and `formats/thin.py`; the first line that is not blank shows
which.
"""

import sys
import warnings
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath

from gridemp.arguments import check_kinds
from gridemp.errors import GridempError, MazeError, MazeWarning
from gridemp.mazes.bundled import find_maze
from gridemp.mazes.formats import FORMATS
from gridemp.mazes.maze import Maze
from gridemp.mazes.outside import Outside
from gridemp.mazes.text import MAX_BYTES, Row, numbered_rows, trimmed


def load_maze(path: str | Path, format: str | None = None, level: int = 1) -> Maze:
    """Read a maze from a file, from standard input, or by its bundled name.

    Parameters
    ----------
    path : str or Path
        A UTF-8 text file, with or without a byte-order mark, with LF or CRLF line ends; `-` for
        standard input; or the name of a bundled maze such as `room`.
    format : str, optional
        Name of the format, such as "sokoban"; by default that of the file's suffix, or else one
        of gridemp's own two.
    level : int
        Number of the maze in a file that holds several, from 1.

    Returns
    -------
    Maze
        The maze, named after the file.

    Raises
    ------
    GridempError
        If there is no such file, maze, format or level, or the file cannot be read.
    MazeError
        If the text is not a maze; the message names the file, line and column.

    Warns
    -----
    MazeWarning
        If spaces outside the walls are left out; the message names the file and their number.

    Examples
    --------
    >>> import gridemp
    >>> gridemp.load_maze("klyubin")
    Maze('klyubin', 10 x 10 cells, 100 of them floor)
    """
    check_kinds(load_maze, locals())
    text, name, source = read_text(path)
    with source_in_errors(source):
        maze, sentence = read_maze(text, name, format or format_of(path), level)
    if sentence:
        warnings.warn(f"{source}: {sentence}", MazeWarning, stacklevel=2)
    return maze


@contextmanager
def source_in_errors(source: str) -> Iterator[None]:
    """Add the source of a text to each MazeError that the block raises."""
    try:
        yield
    except MazeError as error:
        raise MazeError(error.problem, error.line, error.column, source) from None


def read_text(path: str | Path) -> tuple[str, str, str]:
    """Read the text of a maze without parsing it.

    Parameters
    ----------
    path : str or Path
        A file, `-` or a bundled name, as for `load_maze`.

    Returns
    -------
    text : str
        Text of the maze.
    name : str
        Name for the maze.
    source : str
        Origin of the text, for messages.
    """
    if PurePath(path).suffix.lower() == ".npz":
        raise GridempError(
            f"{path} holds a map, not a maze; `load_map` reads it, and gridemp heatmap draws it"
        )
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
    """Format that the suffix of a file name stands for, or None for gridemp's own two."""
    suffix = PurePath(path).suffix.lower()
    if suffix == ".txt":
        return None
    return next((name for name, format in FORMATS.items() if suffix in format.SUFFIXES), None)


def parse_maze(text: str, name: str = "maze", format: str | None = None, level: int = 1) -> Maze:
    r"""Read a maze from text, by default in either of gridemp's own two formats.

    In the block format, `#` is wall and `.` or space is floor. In the thin-wall format, there is a
    post `+` at every corner, `-` and `|` are walls between posts, cells are one line high, and a
    cell filled with `#` is solid; if no post is missing, all other cells are floor. In both, a
    letter is an object, such as T for a trap, and lines that start with `;` are comments.

    Spaces outside closed walls, from which a path of spaces leads out of the drawing, are no cells,
    and blanks there may be missing at the ends of lines. If such a path meets a `.` or an object,
    or walls around it that enclose nothing, then the walls are not closed, and all spaces are
    floor.

    Parameters
    ----------
    text : str
        Drawing of the maze.
    name : str
        Name of the maze in figures and messages.
    format : str, optional
        Name of the format, such as "sokoban"; by default one of gridemp's own two.
    level : int
        Number of the maze in a text that holds several, from 1.

    Returns
    -------
    Maze
        Maze that the text shows.

    Raises
    ------
    GridempError
        If there is no such format or level.
    MazeError
        If the text is not a maze; the message names the line and column, from 1.

    Warns
    -----
    MazeWarning
        If spaces outside the walls are left out; the message names the maze and their number.

    Examples
    --------
    >>> import gridemp
    >>> maze = gridemp.parse_maze("#####\n#..T#\n#.#.#\n#####")
    >>> maze.shape, dict(maze.objects)
    ((2, 3), {(0, 2): 'T'})
    """
    check_kinds(parse_maze, locals())
    maze, sentence = read_maze(text, name, format, level)
    if sentence:
        warnings.warn(f"{name}: {sentence}", MazeWarning, stacklevel=2)
    return maze


def read_maze(text: str, name: str, format: str | None = None, level: int = 1) -> tuple[Maze, str]:
    """Read a maze as `parse_maze` does, without a warning.

    Returns
    -------
    maze : Maze
        The maze.
    sentence : str
        The warning about cells left out outside the walls, empty if there are none.
    """
    format, rows, (count, line) = format_and_rows(text, format, level)
    maze = FORMATS[format].read(rows, name if level == 1 else f"{name}-{level}")
    if not count:
        return maze, ""
    cells = "1 unreachable cell" if count == 1 else f"{count} unreachable cells"
    advice = getattr(FORMATS[format], "OUTSIDE", "")
    return maze, f"left out {cells} outside the walls, from line {line} on; {advice}"


def format_and_rows(
    text: str, format: str | None, level: int = 1
) -> tuple[str, list[Row], Outside]:
    """Format of a text, the lines that draw its maze, and the spaces that are left out of them.

    The arguments are those of `parse_maze`.
    """
    if format is not None:
        check_format(format)
    rows = numbered_rows(text)
    if format is None:
        first = next(row.text for row in rows if row.text.strip())
        format = "thin" if first.lstrip()[0] in "+o" else "block"
    if choose_level := getattr(FORMATS[format], "level", None):
        return format, trimmed(choose_level(rows, level)), Outside()
    if level != 1:
        raise GridempError(f"there is no level {level}; a {format} text holds one maze")
    if without_outside := getattr(FORMATS[format], "without_outside", None):
        return format, *without_outside(rows)
    return format, trimmed(rows), Outside()


def left_out(text: str, format: str | None = None, level: int = 1) -> list[str]:
    """Parts of a text that its `Maze` leaves out, with their counts, such as "food (12)"."""
    format, rows, (count, _) = format_and_rows(text, format, level)
    letters = Counter("".join(row.text for row in rows))
    counts: Counter[str] = Counter()
    for letter, part in FORMATS[format].LEFT_OUT.items():
        counts[part] += letters[letter]
    counts["cells outside the walls"] = count
    return [f"{part} ({count})" for part, count in counts.items() if count]


def check_format(format: str) -> None:
    """Raise a GridempError if there is no format of this name."""
    if format not in FORMATS:
        raise GridempError(f"there is no format '{format}'; use one of {', '.join(FORMATS)}")


def format_maze(maze: Maze, *, thin: bool | None = None, format: str | None = None) -> str:
    """Write a maze as text that `parse_maze` reads back.

    Parameters
    ----------
    maze : Maze
        The maze to write.
    thin : bool, optional
        True for the thin-wall format, False for the block format; by default whichever the maze
        needs.
    format : str, optional
        Name of the format, such as "sokoban", instead of `thin`.

    Returns
    -------
    str
        Text in which every line ends with a line break.

    Raises
    ------
    GridempError
        If the format cannot show a part of the maze; the message names the first such part.

    Examples
    --------
    >>> import gridemp
    >>> print(gridemp.format_maze(gridemp.Maze([[1, 1, 0], [1, 1, 1]])), end="")
    #####
    #..##
    #...#
    #####
    """
    check_kinds(format_maze, locals())
    if format is None:
        if thin is None:
            thin = bool(maze.wall_right.any() or maze.wall_below.any())
        format = "thin" if thin else "block"
    check_format(format)
    return FORMATS[format].write(maze)
