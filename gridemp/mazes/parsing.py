"""Conversion between maze files, maze text and `Maze`."""

import sys
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePath

from gridemp.arguments import check_kinds
from gridemp.errors import GridempError, MazeError, MazeWarning
from gridemp.mazes.bundled import find_maze
from gridemp.mazes.formats import DRAWINGS, FORMATS
from gridemp.mazes.maze import Maze
from gridemp.mazes.protocol import Choices
from gridemp.mazes.reading import check_format, read_maze
from gridemp.mazes.text import MAX_BYTES


def load_maze(
    path: str | Path,
    format: str | None = None,
    level: int | str = 1,
    *,
    wall: str | int | None = None,
    legend: Mapping[str, str] | str | None = None,
    cell_size: int | None = None,
) -> Maze:
    """Read a maze from a file, from standard input, or by its bundled name.

    Parameters
    ----------
    path : str or Path
        A file of text, of an array or of a picture; `-` for standard input; or the name of a
        bundled maze such as `room`.
    format : str, optional
        Name of the format, such as "sokoban"; by default it is inferred from the suffix of the file
        or from the text.
    level : int or str
        Number, from 1, or title of the maze in a file that holds several.
    wall : str or int, optional
        Value that means wall in an array, such as 1; character in a drawing, such as "X";
        layer, property or tile number in a Tiled map; or "dark" or "light" in a picture. By default
        it is detected.
    legend : mapping of str to str or str, optional
        Meaning of each character of a text with one character, or one word, for each cell, such
        as {"w": "wall", ".": "floor", "A": "start"} or "w=wall,.=floor,A=start". By default the
        characters mean what they mean in the format.
    cell_size : int, optional
        Pixels from one cell to the next in a picture; by default they are detected.

    Returns
    -------
    Maze
        The maze, named after the file.

    Raises
    ------
    GridempError
        If there is no such file, maze, format or level, or the file cannot be read.
    MazeError
        If the file is not a maze; the message names the file, line and column.

    Warns
    -----
    MazeWarning
        If spaces outside the walls are left out, or the format, the value of walls, or the
        meaning of characters is assumed; the message names the file and what was left out or
        assumed.

    Examples
    --------
    >>> import gridemp
    >>> gridemp.load_maze("klyubin")
    Maze('klyubin', 10 x 10 cells, 100 of them floor)
    """
    check_kinds(load_maze, locals())
    data, name, source = read_file(path)
    with source_in_errors(source):
        choices = Choices(level, as_text(wall), legend, cell_size)
        reading = read_maze(data, name, format or format_of(path, choices), choices)
    for sentence in reading.warnings:
        warnings.warn(f"{source}: {sentence}", MazeWarning, stacklevel=2)
    return reading.maze


@contextmanager
def source_in_errors(source: str) -> Iterator[None]:
    """Add the source of a text to each MazeError that the block raises."""
    try:
        yield
    except MazeError as error:
        raise MazeError(error.problem, error.line, error.column, source) from None


def read_file(path: str | Path) -> tuple[bytes, str, str]:
    """Read the file of a maze without parsing it.

    Parameters
    ----------
    path : str or Path
        A file, `-` or a bundled name, as for `load_maze`.

    Returns
    -------
    data : bytes
        Contents of the file.
    name : str
        Name for the maze.
    source : str
        Origin of the contents, for messages.
    """
    if str(path) == "-":
        if sys.stdin is None:
            raise GridempError("standard input is closed; give the file of a maze")
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
                f"cannot read {path}: {error.strerror}; give the file of a maze"
            ) from None
    if len(data) > MAX_BYTES:
        raise MazeError(
            f"this is longer than the {MAX_BYTES:,} bytes allowed for a maze", source=source
        )
    return data, name, source


def format_of(path: str | Path, choices: Choices | None = None) -> str | None:
    """Format that the suffix of a file name stands for, or None if the text has to show it.

    A legend says more about a text than a suffix whose format does not take one.
    """
    suffix = PurePath(path).suffix.lower()
    if suffix == ".txt":
        return None
    formats = (name for name, format in FORMATS.items() if suffix in format.SUFFIXES)
    name = next(formats, None)
    has_legend = choices is not None and choices.legend is not None
    return None if name and has_legend and "legend" not in FORMATS[name].CHOICES else name


def parse_maze(
    text: str,
    name: str = "maze",
    format: str | None = None,
    level: int | str = 1,
    *,
    wall: str | int | None = None,
    legend: Mapping[str, str] | str | None = None,
) -> Maze:
    r"""Read a maze from text, by default in a format that its characters show.

    In the block format, `#` is wall and `.` or space is floor. In the thin-wall format, there is a
    post `+` at every corner, `-` and `|` are walls between posts, cells are one line high, and a
    cell filled with `#` is solid; if no post is missing, all other cells are floor. In both,
    other characters are objects, such as T for a trap, and lines that start with `;` are comments.

    Spaces outside closed walls, from which a path of spaces leads out of the drawing, are not
    cells, and blanks there may be missing at the ends of lines. If such a path meets a `.` or an
    object, or walls around it that enclose nothing, then the walls are not closed, and all spaces
    are floor.

    Parameters
    ----------
    text : str
        Drawing of the maze.
    name : str
        Name of the maze in figures and messages.
    format : str, optional
        Name of the format, such as "sokoban"; by default it is inferred from the text.
    level : int or str
        Number, from 1, or title of the maze in a text that holds several.
    wall : str or int, optional
        Value that means wall in an array, such as 1, or character in a drawing, such as "X".
        By default it is detected.
    legend : mapping of str to str or str, optional
        Meaning of each character, as for `load_maze`.

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
        If spaces outside the walls are left out, or the format, the value of walls, or the
        meaning of characters is assumed; the message names the maze and what was left out or
        assumed.

    Examples
    --------
    >>> import gridemp
    >>> maze = gridemp.parse_maze("#####\n#..T#\n#.#.#\n#####")
    >>> maze.shape, dict(maze.objects)
    ((2, 3), {(0, 2): 'T'})
    """
    check_kinds(parse_maze, locals())
    reading = read_maze(text, name, format, Choices(level, as_text(wall), legend))
    for sentence in reading.warnings:
        warnings.warn(f"{name}: {sentence}", MazeWarning, stacklevel=2)
    return reading.maze


def as_text(wall: str | int | None) -> str | None:
    """Value of walls as a text."""
    return None if wall is None else str(wall)


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
    if format not in DRAWINGS:
        check_format(format)
        raise GridempError(
            f"gridemp only reads the format '{format}'; write one of {', '.join(DRAWINGS)}"
        )
    return DRAWINGS[format].write(maze)
