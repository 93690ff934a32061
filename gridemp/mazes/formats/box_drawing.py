"""Box drawing: thin walls in the characters of Unicode's block Box Drawing, such as `┌─┬┐`.

Lines may be light, heavy, double or rounded. The corners of cells are a grid, as wide and as high
as the distances between lines allow; a `+` marks a corner that no line meets. A cell holds spaces,
spaces and one character for an object, or `█` only, which is solid.
"""

import unicodedata

import numpy as np

from gridemp.errors import MazeError
from gridemp.mazes.formats import thin
from gridemp.mazes.letters import in_own_letters
from gridemp.mazes.maze import Maze
from gridemp.mazes.objects import OBJECTS
from gridemp.mazes.outside import Outside
from gridemp.mazes.protocol import Choices
from gridemp.mazes.text import (
    LETTERS,
    Characters,
    Row,
    characters,
    check_letters,
    drawn,
    is_one_of,
    padded,
    trimmed,
)
from gridemp.typing import Mask

SUFFIXES: tuple[str, ...] = ()
CHOICES = frozenset[str]()
LEFT_OUT: dict[str, str] = {}
OUTSIDE = thin.OUTSIDE
HINT = f"lines such as ─ and │, spaces for floor, █ for solid or an object ({' '.join(OBJECTS)})"
USUAL = 4, 2  # distances between corners, in characters and lines; larger ones are mentioned

UP, RIGHT, DOWN, LEFT = 1, 2, 4, 8
ACROSS, ALONG = RIGHT | LEFT, UP | DOWN
DIRECTIONS = {
    "UP": UP,
    "RIGHT": RIGHT,
    "DOWN": DOWN,
    "LEFT": LEFT,
    "HORIZONTAL": ACROSS,
    "VERTICAL": ALONG,
}
LIGHT = "+╵╶└╷│┌├╴┘─┴┐┤┬┼"  # by the sum of the directions of their lines


def directions(character: str) -> int:
    """Sum of the directions in which lines leave the middle of a character, by its name."""
    words = unicodedata.name(character).split()
    return 0 if "DIAGONAL" in words else sum(DIRECTIONS.get(word, 0) for word in words)


LINES = {letter: directions(letter) for letter in map(chr, range(0x2500, 0x2580))}
LINES = {letter: sum for letter, sum in LINES.items() if sum} | {"+": ACROSS | ALONG}
CODED = 16  # code of a character without lines; the 15 sums follow
CODES = {ord(letter): chr(CODED + sum) for letter, sum in LINES.items()}
CODES |= {ord("█"): "#", ord("."): " "}
SPACE = ord(" ")


def translated(rows: list[Row], choices: Choices) -> tuple[list[Row], tuple[str, ...]]:
    """Draw the maze as thin-wall text, with spaces for the corners that no line meets."""
    rows, said = in_own_letters(trimmed(rows), blocks=False)
    check_letters(rows, " .#█" + LETTERS + "".join(LINES), HINT)
    drawing = padded([Row(number, text.translate(CODES)) for number, text in rows])
    if drawing is None:
        raise MazeError("this drawing is too large; make its cells smaller", rows[0].number, 1)
    lines = np.where((drawing >= CODED) & (drawing < 2 * CODED), drawing - CODED, 0)
    if not lines.any():
        raise MazeError("this has no lines; draw ┌─┐ around cells", rows[0].number, 1)
    columns, wide = _corners(lines, ACROSS, rows)
    band, high = _corners(lines.T, ALONG, rows)

    def refuse(wrong: Mask, problem: str) -> None:
        """Raise a MazeError at the first place of the grid of cells where something is wrong."""
        for row, col in np.argwhere(wrong)[:1].tolist():
            raise MazeError(problem, rows[band.start + row].number, columns.start + col + 1)

    beside = drawing != SPACE
    beside[band, columns] = False
    if beside.any():
        row, col = np.argwhere(beside)[0].tolist()
        raise MazeError(
            "this character is outside the drawing; remove it", rows[row].number, col + 1
        )
    drawing, lines = drawing[band, columns], lines[band, columns]
    space = drawing == SPACE
    not_corner = np.zeros_like(space)
    not_corner[::high, ::wide] = (~space & (lines == 0))[::high, ::wide]
    refuse(not_corner, "a corner of a cell must be a line or a space")
    across, wrong = _walls(lines[::high], space[::high], wide, RIGHT, LEFT)
    along, wrong_along = _walls(lines[:, ::wide].T, space[:, ::wide].T, high, DOWN, UP)
    wrong_lines = np.zeros_like(space)
    wrong_lines[::high, :-1] = wrong
    wrong_lines[:-1, ::wide] |= wrong_along.T
    refuse(wrong_lines, "a line must go from corner to corner of a cell, or be left out")
    cells, wrong_cells = _cells(drawing, high, wide)
    refuse(wrong_cells, f"a cell must be empty, solid (█) or hold one object ({' '.join(OBJECTS)})")
    thin_text = np.full((2 * cells.shape[0] + 1, 2 * cells.shape[1] + 1), SPACE, dtype=np.uint8)
    thin_text[::2, ::2][lines[::high, ::wide] > 0] = ord("+")
    thin_text[::2, 1::2][across] = ord("-")
    thin_text[1::2, ::2][along.T] = ord("|")
    thin_text[1::2, 1::2] = cells
    numbered = [rows[band.start + (i // 2 * high) + i % 2] for i in range(len(thin_text))]
    if wide > USUAL[0] or high > USUAL[1]:
        said += (f"the size of a cell is taken as {wide - 1} x {high - 1} characters",)
    return drawn(numbered, thin_text), said


def _corners(lines: Characters, straight: int, rows: list[Row]) -> tuple[slice, int]:
    """Columns from the first to the last corner of cells, and the distance of corners.

    There are corners in all columns but those in which all lines go straight on, across the column.
    """
    drawn_columns = np.flatnonzero(lines.any(axis=0))
    certain = np.flatnonzero(((lines > 0) & (lines != straight)).any(axis=0))
    places = np.union1d(certain, drawn_columns[[0, -1]])
    if len(places) < 2:
        raise MazeError("these lines enclose no cell; draw ┌─┐ around cells", rows[0].number, 1)
    return slice(int(places[0]), int(places[-1]) + 1), int(np.gcd.reduce(np.diff(places)))


def _walls(lines: Characters, space: Mask, pitch: int, ahead: int, back: int) -> tuple[Mask, Mask]:
    """Find the walls along rows of corners, and the characters that are not part of a whole one.

    Returns
    -------
    wall : ndarray of bool, shape (K, N)
        True for a line between two corners.
    wrong : ndarray of bool, shape (K, N * pitch)
        True for characters that neither continue the line nor leave it out.
    """
    leaves, enters = lines[:, :-1] & ahead > 0, lines[:, 1:] & back > 0
    if pitch == 1:
        return leaves & enters, leaves != enters
    between = (lines & (ahead | back) == ahead | back)[:, :-1].reshape(len(lines), -1, pitch)
    wall = between[:, :, 1:].all(axis=2)
    is_open = space[:, :-1].reshape(between.shape)[:, :, 1:].all(axis=2)
    wrong = ~between & ~(wall | is_open)[:, :, None]
    wrong[:, :, 0] = False
    return wall, wrong.reshape(len(lines), -1)


def _cells(drawing: Characters, high: int, wide: int) -> tuple[Characters, Mask]:
    """Find the character in each cell, shape (H, W), and characters that should not be there."""
    height, width = (len(drawing) - 1) // high, (drawing.shape[1] - 1) // wide
    wrong = np.zeros_like(drawing, dtype=bool)
    if high == 1 or wide == 1:
        return np.full((height, width), SPACE, dtype=np.uint8), wrong
    inside = drawing[:-1, :-1].reshape(height, high, width, wide)[:, 1:, :, 1:]
    letter = inside.max(axis=(1, 3))
    number = (inside != SPACE).sum(axis=(1, 3))
    is_valid = (number == 0) | (is_one_of(letter, LETTERS) & (number == 1))
    is_valid |= (inside == ord("#")).all(axis=(1, 3))
    blocks = wrong[:-1, :-1].reshape(height, high, width, wide)
    blocks[:, 1:, :, 1:] = (inside != SPACE) & ~is_valid[:, None, :, None]
    return letter, wrong


def without_outside(rows: list[Row]) -> tuple[list[Row], Outside]:
    """Fill the cells outside with `#`, and mark all corners with posts."""
    thin_text = characters(rows).copy()
    rows, outside = thin.walled_up(rows, thin_text, 2)
    thin_text = characters(rows).copy()
    thin_text[::2, ::2] = ord("+")
    return drawn(rows, thin_text), outside


read = thin.read


def write(maze: Maze) -> str:
    """Write a maze with light lines, each cell three characters wide and one line high."""
    below = np.pad(maze.wall_below, ((1, 1), (0, 0)), constant_values=True)
    right = np.pad(maze.wall_right, ((0, 0), (1, 1)), constant_values=True)
    corners = np.zeros((len(below), right.shape[1]), dtype=int)
    corners[1:] += UP * right
    corners[:-1] += DOWN * right
    corners[:, 1:] += LEFT * below
    corners[:, :-1] += RIGHT * below
    # Where all lines go straight on, a short line at the border shows the corners.
    corners[0, (corners == ACROSS).all(axis=0)] |= DOWN
    corners[(corners == ALONG).all(axis=1), 0] |= RIGHT
    lines = thin.write(maze).translate(str.maketrans("-|#", "─│█")).splitlines()
    for i, row in enumerate(corners.tolist()):
        text = list(lines[2 * i])
        text[::4] = [LIGHT[sum] for sum in row]
        lines[2 * i] = "".join(text)
    return "".join(line + "\n" for line in lines)
