"""Block elements: walls in the characters of Unicode's block Block Elements, such as `██` and `▀`.

A cell is `██` if all walls and floors are even numbers of characters wide, or `█`, or a half or a
quarter of it if halves or quarters occur. Spaces, `.`, `░` and `·` are floor, `▓` is wall, and one
character in a cell is an object. An outer ring of walls is the outer wall, not cells.
"""

import numpy as np

from gridemp.errors import MazeError
from gridemp.mazes.formats import block
from gridemp.mazes.letters import in_own_letters
from gridemp.mazes.maze import Maze
from gridemp.mazes.objects import OBJECTS
from gridemp.mazes.protocol import Choices
from gridemp.mazes.text import (
    LETTERS,
    Characters,
    Row,
    check_expressible,
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
OUTSIDE = "draw floor there with . and wall with █"
HINT = f"█ for wall, . or space for floor, or an object ({' '.join(OBJECTS)})"

SPACE = ord(" ")
DOTS = ".░·"

# By the quarters that are filled: 1 upper left, 2 upper right, 4 lower left, 8 lower right.
QUARTERS = " ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█"
CODED = 16  # code of a character with no quarter filled; the 15 others follow
CODES = {ord(letter): chr(CODED + quarters) for quarters, letter in enumerate(QUARTERS)}
CODES |= {ord("▓"): CODES[ord("█")], **dict.fromkeys(map(ord, DOTS), ".")}
WIDE = {1: "half a character", 2: "one character", 4: "two characters"}  # by its quarters
HIGH = {1: "half a line", 2: "one line"}


def translated(rows: list[Row], choices: Choices) -> tuple[list[Row], tuple[str, ...]]:
    """Draw the maze as text of blocks, one character for each cell."""
    rows, said = in_own_letters(trimmed(rows), blocks=False)
    check_letters(rows, DOTS + "▓" + QUARTERS + LETTERS, HINT)
    indent = min((len(text) - len(text.lstrip(" ")) for _, text in rows if text), default=0)
    drawing = padded([Row(number, text[indent:].translate(CODES)) for number, text in rows])
    if drawing is None:
        raise MazeError("this drawing is too large; make its cells smaller", rows[0].number, 1)
    width = drawing.shape[1]
    drawing = np.pad(drawing, ((0, 0), (0, width % 2)), constant_values=SPACE)
    is_coded = (drawing >= CODED) & (drawing < 2 * CODED)
    wall = _quarters(np.where(is_coded, drawing - CODED, 0))
    wide, high = _pitch(wall.T), min(_pitch(wall), 2)
    letters = np.zeros(wall.shape, dtype=np.uint8)
    letters[::2, ::2] = np.where(is_coded, SPACE, drawing)
    if wide < 4:
        wall, letters = wall[:, : 2 * width], letters[:, : 2 * width]
    if high == 1 and not (wall[-1].any() or (letters[-2] > SPACE).any()):
        wall, letters = wall[:-1], letters[:-1]
    in_cells = letters.reshape(len(wall) // high, high, wall.shape[1] // wide, wide)
    objects = np.where(is_one_of(in_cells, LETTERS), in_cells, 0)
    for row, col in np.argwhere((objects > 0).sum(axis=(1, 3)) > 1)[:1].tolist():
        line, start = row * high // 2, indent + col * wide // 2
        raise MazeError("a cell can hold only one object; remove one", rows[line].number, start + 1)
    blocks = np.where((in_cells == ord(".")).any(axis=(1, 3)), ord("."), SPACE).astype(np.uint8)
    blocks[wall[::high, ::wide]] = ord("#")
    letter = objects.max(axis=(1, 3))
    blocks[letter > 0] = letter[letter > 0]
    if (wide, high) != (2, 2):
        said += (f"a cell is taken as {WIDE[wide]} wide and {HIGH[high]} high",)
    return drawn([rows[i * high // 2] for i in range(len(blocks))], blocks), said


def _quarters(filled: Characters) -> Mask:
    """True for the quarters of characters that are filled, shape (2 L, 2 C)."""
    quarters = np.zeros((2 * len(filled), 2 * filled.shape[1]), dtype=bool)
    for i, (row, col) in enumerate(np.ndindex(2, 2)):
        quarters[row::2, col::2] = filled >> i & 1
    return quarters


def _pitch(wall: Mask) -> int:
    """Number of equal rows of quarters, 1, 2 or 4, that all rows of cells can have."""
    if (wall[::2] != wall[1::2]).any():
        return 1
    return 4 if len(wall) % 4 == 0 and (wall[::4] == wall[2::4]).all() else 2


read = block.read
without_outside = block.without_outside


def write(maze: Maze) -> str:
    """Write a maze that has no thin walls, each cell two characters wide, with its outer wall."""
    check_expressible(maze, "a drawing of block elements", LETTERS)
    cells = str.maketrans({"#": "██", ".": "  "} | {letter: f"{letter} " for letter in LETTERS})
    return block.write(maze).translate(cells)
