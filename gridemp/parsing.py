"""Maze text in, maze text out: the block and the thin-wall dialect.

Block: `#` wall, `.` or space floor, all rows of one length; an outer ring that is all `#` is the
outer wall, not cells. Thin wall: posts `+` (or `o`) at every corner, `-` and `|` between them are
walls, cells of one constant width, a cell filled with `#` is solid. The first line that is not
blank tells which. Lines that start with `;` are comments.
"""

import re
import sys
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from gridemp.bundled import find_maze
from gridemp.errors import GridempError, MazeError
from gridemp.maze import Mask, Maze

MAX_BYTES = 200_000_000
MAX_CELLS = 20_000_000
MAX_LINES = 100_000
LINE_END = re.compile(r"\r\n|\r|\n")
NOT_EDGE = re.compile(r"[^-+o]|^ ")
NOT_BLOCK = re.compile(r"[^#. ]")
FIRST_CELL = re.compile(r"[+o]([- ]+)[+o]")

Characters = NDArray[np.uint8]


class Row(NamedTuple):
    """A line of the drawing and its number in the text, from 1."""

    number: int
    text: str


def load_maze(path: str | Path) -> Maze:
    """Read a maze from a file, from standard input, or by its bundled name.

    Parameters
    ----------
    path : str or Path
        A UTF-8 text file, with or without byte-order mark, LF or CRLF; `-` for standard input; or
        the name of a bundled maze such as `room`.

    Returns
    -------
    Maze
        Named after the file.

    Raises
    ------
    GridempError
        If there is no such file or maze, or it cannot be read.
    MazeError
        If it is not a maze; the text names file, line and column.
    """
    if str(path) == "-":
        return _parse_bytes(sys.stdin.buffer.read(MAX_BYTES + 1), "stdin", "standard input")
    file = find_maze(str(path))
    name = "".join(c if c.isprintable() else "?" for c in file.stem)
    try:
        with file.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise GridempError(f"cannot read {path}: {error.strerror}; give a maze text file") from None
    return _parse_bytes(data, name, str(path))


def _parse_bytes(data: bytes, name: str, source: str) -> Maze:
    try:
        if len(data) > MAX_BYTES:
            raise MazeError(f"this is longer than the {MAX_BYTES:,} bytes allowed for a maze")
        return parse_maze(data.decode("utf-8"), name)
    except UnicodeDecodeError:
        raise MazeError("this is not UTF-8 text; save it as UTF-8", source=source) from None
    except MazeError as error:
        raise MazeError(error.problem, error.line, error.column, source) from None


def parse_maze(text: str, name: str = "maze") -> Maze:
    """Read a maze from text in either dialect.

    Block: `#` wall, `.` or space floor. Thin wall: posts `+` at every corner, `-` and `|` walls
    between them, cells one line high, a cell filled with `#` solid. Lines that start with `;` are
    comments.

    Parameters
    ----------
    text : str
        The drawing.
    name : str
        What figures and messages will call the maze.

    Returns
    -------
    Maze

    Raises
    ------
    MazeError
        If the text is not a maze; the text of the error names line and column, from 1.
    """
    lines = LINE_END.split(text.removeprefix("\ufeff"))
    if len(lines) > MAX_LINES:
        raise MazeError(f"this has {len(lines):,} lines, more than the {MAX_LINES:,} allowed")
    rows = [Row(i, line) for i, line in enumerate(lines, start=1) if not line.startswith(";")]
    while rows and not rows[-1].text:
        rows.pop()
    start = next((i for i, row in enumerate(rows) if row.text), 0)
    rows = rows[start:]
    first = next((row.text for row in rows if row.text.strip()), None)
    if first is None:
        raise MazeError("this is empty; draw walls with # and floor with .")
    thin = first.lstrip()[0] in "+o"
    return _parse_thin(rows, name) if thin else _parse_block(rows, name)


def _parse_block(rows: list[Row], name: str) -> Maze:
    for number, text in rows:
        if unknown := NOT_BLOCK.search(text):
            raise MazeError(
                f"{unknown[0]!r} is not part of a maze; use # for wall and . or space for floor",
                number,
                unknown.start() + 1,
            )
    drawing = _characters(rows)
    solid = drawing == ord("#")
    indent = int((drawing != ord(" ")).any(axis=0).argmax())
    if indent and _has_outer_wall(solid[:, indent:]):
        raise MazeError("the drawing is indented; start every line at its wall", rows[0].number, 1)
    if _has_outer_wall(solid):
        solid = solid[1:-1, 1:-1]
    _check_size(*solid.shape)
    return Maze(~solid, name=name)


def _has_outer_wall(solid: Mask) -> bool:
    ring = np.ones_like(solid)
    ring[1:-1, 1:-1] = False
    return min(solid.shape) >= 3 and bool(solid[ring].all())


def _parse_thin(rows: list[Row], name: str) -> Maze:
    first_cell = FIRST_CELL.match(rows[0].text)
    if not first_cell:
        wrong = NOT_EDGE.search(rows[0].text)
        raise MazeError(
            "the first line must start with posts (+ or o) and - or spaces between them, "
            "as in +---+---+",
            rows[0].number,
            wrong.start() + 1 if wrong else 1,
        )
    pitch = len(first_cell[1]) + 1
    drawing = _characters(rows)
    lines, columns = drawing.shape
    if columns % pitch != 1:
        raise MazeError(
            f"the first two posts stand {pitch} characters apart, so all must",
            rows[0].number,
            columns,
        )
    if lines < 3 or lines % 2 == 0:
        raise MazeError(
            "lines of posts and lines of cells must alternate and end in a line of posts",
            rows[-1].number,
            1,
        )
    height, width = lines // 2, columns // pitch
    _check_size(height, width)
    _check_thin_characters(rows, drawing, pitch)

    def between_posts(part: Characters) -> Characters:
        return part[:, :-1].reshape(-1, width, pitch)[:, :, 1:]

    edges, cells = between_posts(drawing[::2]), between_posts(drawing[1::2])
    for part, offset, what in ((edges, 0, "a wall between two posts"), (cells, 1, "a cell")):
        if (mixed := part != part[:, :, :1]).any():
            row, cell, character = (int(i) for i in np.argwhere(mixed)[0])
            raise MazeError(
                f"{what} is drawn over its whole width or not at all",
                rows[2 * row + offset].number,
                cell * pitch + character + 2,
            )
    return Maze(
        floor=cells[:, :, 0] == ord(" "),
        wall_right=drawing[1::2, pitch:-1:pitch] == ord("|"),
        wall_below=edges[1:-1, :, 0] == ord("-"),
        name=name,
    )


def _check_thin_characters(rows: list[Row], drawing: Characters, pitch: int) -> None:
    """Raise a MazeError at the first character that cannot stand where it does."""
    is_post = np.arange(drawing.shape[1]) % pitch == 0
    due = {
        (0, True): ("+o", f"a post (+ or o) is due here, as posts stand {pitch} characters apart"),
        (0, False): ("- ", "between two posts only - (a wall) or a space can stand"),
        (1, True): ("| ", "between two cells only | (a wall) or a space can stand"),
        (1, False): (" #", "a cell holds spaces (floor) or # (solid)"),
    }
    for i, line in enumerate(drawing):
        at_posts, elsewhere = (
            np.isin(line, [ord(c) for c in due[i % 2, place][0]]) for place in (True, False)
        )
        bad = ~np.where(is_post, at_posts, elsewhere)
        if bad.any():
            column = int(bad.argmax())
            _, problem = due[i % 2, bool(is_post[column])]
            found = rows[i].text[column]
            raise MazeError(f"{problem}, not {found!r}", rows[i].number, column + 1)


def _characters(rows: list[Row]) -> Characters:
    """The drawing as an (L, C) array of ASCII codes; whatever is not ASCII becomes `?`."""
    width = len(rows[0].text)
    for number, text in rows:
        if "\t" in text:
            raise MazeError("a tab stands here; use spaces", number, text.index("\t") + 1)
        if len(text) != width:
            raise MazeError(
                f"this line has {len(text)} characters and the first has {width}; "
                "make all lines equally long (trailing spaces count)",
                number,
                min(len(text), width) + 1,
            )
    joined = "".join(text for _, text in rows).encode("ascii", "replace")
    return np.frombuffer(joined, dtype=np.uint8).reshape(len(rows), width)


def _check_size(height: int, width: int) -> None:
    if height * width > MAX_CELLS:
        raise MazeError(
            f"this maze has {height * width:,} cells, more than the {MAX_CELLS:,} allowed"
        )


def format_maze(maze: Maze, *, thin: bool | None = None) -> str:
    """Write a maze as text that `parse_maze` reads back.

    Parameters
    ----------
    maze : Maze
        What to write.
    thin : bool, optional
        True for the thin-wall dialect, False for the block dialect; by default whichever the maze
        needs.

    Returns
    -------
    str
        Lines, the last one ended too.

    Raises
    ------
    GridempError
        If a maze with thin walls is to be written as blocks.
    """
    has_thin_walls = bool(maze.wall_right.any() or maze.wall_below.any())
    if thin is None:
        thin = has_thin_walls
    if has_thin_walls and not thin:
        raise GridempError("blocks cannot show thin walls; write this maze with thin=True")
    lines = _thin_lines(maze) if thin else _block_lines(maze)
    return "".join(line + "\n" for line in lines)


def _block_lines(maze: Maze) -> list[str]:
    walled = np.pad(maze.floor, 1)
    return ["".join(".#"[not floor] for floor in row) for row in walled]


def _thin_lines(maze: Maze) -> list[str]:
    below = np.pad(maze.wall_below, ((1, 1), (0, 0)), constant_values=True)
    right = np.pad(maze.wall_right, ((0, 0), (0, 1)), constant_values=True)
    edges = ["+" + "".join(("---+" if wall else "   +") for wall in row) for row in below]
    lines = [edges[0]]
    for floor, walls, edge in zip(maze.floor, right, edges[1:], strict=True):
        cells = zip(floor, walls, strict=True)
        lines.append("|" + "".join(("   " if f else "###") + ("|" if w else " ") for f, w in cells))
        lines.append(edge)
    return lines
