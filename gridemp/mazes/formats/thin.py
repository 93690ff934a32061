"""Thin-wall format: posts `+` (or `o`) at every corner, walls `-` and `|` between them.

Cells are one line high and all of the same width. A cell filled with `#` is solid; a character in a
cell is an object. Cells outside closed walls are solid, and need no posts (`mazes/outside.py`).
"""

import re

import numpy as np

from gridemp.errors import MazeError
from gridemp.mazes.letters import in_own_letters
from gridemp.mazes.maze import Maze
from gridemp.mazes.objects import OBJECTS
from gridemp.mazes.outside import Outside, outside, outside_in, widened
from gridemp.mazes.protocol import Choices
from gridemp.mazes.text import (
    LETTERS,
    Characters,
    Row,
    characters,
    check_size,
    drawn,
    is_one_of,
    objects_in,
    padded,
    trimmed,
)
from gridemp.typing import Mask

FIRST_CELL = re.compile(r"[+o]([- ]+)[+o]")
NOT_EDGE = re.compile(r"[^-+o]|^ ")
SUFFIXES: tuple[str, ...] = (".txt",)
CHOICES = frozenset[str]()
LEFT_OUT: dict[str, str] = {}
OUTSIDE = "draw posts and walls there around floor, and fill solid cells with #"


def translated(rows: list[Row], choices: Choices) -> tuple[list[Row], tuple[str, ...]]:
    """Replace the marks of other programs."""
    return in_own_letters(rows, blocks=False)


def without_outside(rows: list[Row]) -> tuple[list[Row], Outside]:
    """Add the blanks that are missing at the ends of rows, and fill the cells outside with `#`.

    There are such cells only if posts are missing: where no wall is drawn at the border of a grid
    of posts, there is wall in any case.

    Returns
    -------
    rows : list of Row
        The drawing; `read` names the mistakes that are left in it.
    outside : Outside
        Cells outside the walls.
    """
    rows = trimmed(rows)
    first_cell = FIRST_CELL.search(rows[0].text)
    drawing = padded(rows)
    if first_cell is None or drawing is None or len(rows) < 3:
        return rows, Outside()
    pitch = len(first_cell[1]) + 1
    if drawing.shape[1] % pitch != 1 or len(rows) % 2 == 0:
        return rows, Outside()
    return walled_up(rows, drawing, pitch)


def walled_up(rows: list[Row], drawing: Characters, pitch: int) -> tuple[list[Row], Outside]:
    """Fill the cells outside, as `without_outside` does, in the drawing of these rows."""
    posts, inside = drawing[::2, ::pitch], drawing[1::2, :-1]
    left_out = _outside(drawing, pitch)
    cells = left_out[1::2, 1::2]
    if not cells.any() or (posts != ord(" ")).all():
        lengths = [drawing.shape[1] if i % 2 else 0 for i in range(len(rows))]
        rows = [Row(n, text.ljust(k)) for (n, text), k in zip(rows, lengths, strict=True)]
        return rows, Outside()
    posts[left_out[::2, ::2]] = ord("+")
    filled = np.repeat(cells, pitch, axis=1)
    filled[:, ::pitch] = False
    inside[filled] = ord("#")
    return drawn(rows, drawing), outside_in(rows[1::2], cells)


def _outside(drawing: Characters, pitch: int) -> Mask:
    """True for the outside among posts, edges and cells, shape (2 H + 1, 2 W + 1)."""
    width = drawing.shape[1] // pitch
    places = np.arange(2 * width + 1) // 2 * pitch + np.arange(2 * width + 1) % 2
    sites = drawing[:, places]
    contents = drawing[1::2, :-1].reshape(-1, width, pitch)[:, :, 1:]
    space = sites == ord(" ")
    space[1::2, 1::2] = (contents == ord(" ")).all(axis=2)
    solid = np.zeros_like(space)
    solid[1::2, 1::2] = sites[1::2, 1::2] == ord("#")
    wall = is_one_of(sites, "-|") | widened(solid, corners=True)
    is_post = np.zeros_like(space)
    is_post[::2, ::2] = True
    # A post that no wall meets can be passed, as can the place of one that is missing.
    wall |= is_post & widened(wall, corners=False)
    return outside((space | is_post) & ~wall, wall)


def read(rows: list[Row], name: str) -> Maze:
    """Read a maze from the lines of a drawing."""
    first_cell = FIRST_CELL.match(rows[0].text)
    if not first_cell:
        mistake = NOT_EDGE.search(rows[0].text)
        raise MazeError(
            "the first line must start with posts (+ or o) that have - or spaces between them, "
            "as in +---+---+",
            rows[0].number,
            mistake.start() + 1 if mistake else 1,
        )
    pitch = len(first_cell[1]) + 1
    drawing = characters(rows)
    lines, columns = drawing.shape
    if columns % pitch != 1:
        raise MazeError(
            f"the first two posts are {pitch} characters apart, so all posts must be",
            rows[0].number,
            columns,
        )
    if lines < 3 or lines % 2 == 0:
        raise MazeError(
            "lines of posts and lines of cells must alternate, and the last line must be one of "
            "posts",
            rows[-1].number,
            1,
        )
    height, width = lines // 2, columns // pitch
    check_size(height, width)
    _check_characters(rows, drawing, pitch)

    def between_posts(part: Characters) -> Characters:
        return part[:, :-1].reshape(-1, width, pitch)[:, :, 1:]

    edges, cells = between_posts(drawing[::2]), between_posts(drawing[1::2])
    is_object = is_one_of(cells, LETTERS)
    one_object = (is_object | (cells == ord(" "))).all(axis=2) & (is_object.sum(axis=2) == 1)
    uneven_edges = edges != edges[:, :, :1]
    uneven_cells = (cells != cells[:, :, :1]) & ~one_object[:, :, None]
    for uneven, first_row, problem in (
        (uneven_edges, 0, "a wall between two posts must fill the whole space between them"),
        (
            uneven_cells,
            1,
            "a cell must be solid over its whole width, be empty, or hold one object",
        ),
    ):
        for row, cell, character in np.argwhere(uneven)[:1].tolist():
            raise MazeError(problem, rows[2 * row + first_row].number, cell * pitch + character + 2)
    letters = np.where(is_object, cells, 0).max(axis=2)
    return Maze(
        floor=cells[:, :, 0] != ord("#"),
        wall_right=drawing[1::2, pitch:-1:pitch] == ord("|"),
        wall_below=edges[1:-1, :, 0] == ord("-"),
        name=name,
        objects=objects_in(letters),
    )


def _check_characters(rows: list[Row], drawing: Characters, pitch: int) -> None:
    """Raise a MazeError at the first character that is not allowed in its place."""
    is_post = np.arange(drawing.shape[1]) % pitch == 0
    # By kind of line (0 posts, 1 cells) and whether a post stands in the column.
    allowed = {
        (0, True): (
            "+o",
            f"posts are {pitch} characters apart, so this must be a post (+ or o)",
        ),
        (0, False): ("- ", "there must be - (a wall) or a space between two posts"),
        (1, True): ("| ", "there must be | (a wall) or a space between two cells"),
        (1, False): (
            " #" + LETTERS,
            f"a cell must be spaces (floor), # (solid) or an object ({' '.join(OBJECTS)})",
        ),
    }
    for i, line in enumerate(drawing):
        at_posts, elsewhere = (is_one_of(line, allowed[i % 2, post][0]) for post in (True, False))
        wrong = ~np.where(is_post, at_posts, elsewhere)
        if wrong.any():
            column = int(wrong.argmax())
            _, problem = allowed[i % 2, bool(is_post[column])]
            character = rows[i].text[column]
            raise MazeError(f"{problem}, not {character!r}", rows[i].number, column + 1)


def write(maze: Maze, post: str = "+") -> str:
    """Write a maze, each cell three characters wide, with its outer wall around it."""
    below = np.pad(maze.wall_below, ((1, 1), (0, 0)), constant_values=True)
    right = np.pad(maze.wall_right, ((0, 0), (0, 1)), constant_values=True)
    edges = [post + "".join(("---" if wall else "   ") + post for wall in row) for row in below]
    cells = np.where(maze.floor, "   ", "###")
    for place, letter in maze.objects.items():
        cells[place] = f" {letter} "
    lines = [edges[0]]
    for row, walls, edge in zip(cells, right, edges[1:], strict=True):
        inside = zip(row, walls, strict=True)
        lines.append("|" + "".join(cell + ("|" if wall else " ") for cell, wall in inside))
        lines.append(edge)
    return "".join(line + "\n" for line in lines)
