"""Sokoban: `#` wall, `@` the player, `$` boxes, `.` goals, and space, `-` or `_` for floor.

`+` is the player on a goal and `*` a box on a goal. The letters `p`, `P`, `b`, `B` and `o` mean the
same as `@`, `+`, `$`, `*` and `.`, and in a text without `#`, `X` is wall. Rows may be run-length
encoded: `4#` is `####`, and `|` ends a row. A file holds one or more levels, with other lines
between them. The floor of the maze is the area enclosed by the walls around the player.
"""

import re

import numpy as np

from gridemp.errors import GridempError, MazeError
from gridemp.mazes.formats import block
from gridemp.mazes.levels import chosen_level, titles_of
from gridemp.mazes.masks import connected_cells
from gridemp.mazes.maze import Maze
from gridemp.mazes.text import (
    Row,
    characters,
    check_expressible,
    check_letters,
    check_size,
    is_one_of,
    objects_in,
)

SUFFIXES: tuple[str, ...] = (".xsb", ".sok")
CHOICES = frozenset({"level"})
LEFT_OUT = {"+": "goals under the player", "*": "goals under boxes"}
HINT = "# for wall, @ for the player, $ for a box, . for a goal or a space for floor"
SYMBOLS = "-_ @+$*.pPbBo|0-9"  # beside walls, with run lengths
BOARD_LINE = re.compile(rf"[-_ ]*#|[{SYMBOLS}]*#[{SYMBOLS}#]*$")
BOARD_OF_X = re.compile(rf"[{SYMBOLS}]*X[{SYMBOLS}X]*$")
RUN_LENGTHS = frozenset("-_ @+$*.pPbBo#|0123456789")  # characters of rows that may have them
RUN = re.compile(r"([0-9]{1,8})([^0-9|])")
LETTERS = str.maketrans("pPbBo", "@+$*.")
OBJECT = {"@": "S", "+": "S", "$": "$", "*": "$", ".": "G"}
BOARD = "#-_ " + "".join(OBJECT)  # characters of a level after `decoded`


def level(rows: list[Row], level: int | str) -> list[Row]:
    """Lines of one level, chosen by its number, from 1, or its title."""
    if not any("#" in text for _, text in rows):
        rows = [
            Row(number, text.replace("X", "#") if BOARD_OF_X.match(text) else text)
            for number, text in rows
        ]
    levels: list[list[Row]] = []
    others: list[list[Row]] = [[]]  # before the first level, between levels, and after the last
    following = 0
    for row in rows:
        if BOARD_LINE.match(row.text):
            if row.number != following:
                levels.append([])
                others.append([])
            levels[-1].append(row)
            following = row.number + 1
        else:
            others[-1].append(row)
    if not levels:
        raise MazeError(
            "this text contains no Sokoban level; draw its walls with #", rows[0].number, 1
        )
    titles = titles_of(levels, others) if isinstance(level, str) else []
    board = decoded(chosen_level(levels, titles, level))
    if not any(row.text.strip() for row in board):
        raise MazeError("this level is empty; draw its walls with #", board[0].number, 1)
    return board


def decoded(rows: list[Row]) -> list[Row]:
    """Rows of a level in `#@+$*. -_`, without run lengths."""
    encoded = [row.text for row in rows if set(row.text) <= RUN_LENGTHS]
    check_size(1, sum(int(count) for text in encoded for count, _ in RUN.findall(text)))
    plain: list[Row] = []
    for number, text in rows:
        parts = [text]
        if set(text) <= RUN_LENGTHS:
            expanded = RUN.sub(lambda run: run[2] * int(run[1]), text)
            parts = expanded.removesuffix("|").split("|")
        plain += [Row(number, part.translate(LETTERS)) for part in parts]
    return plain


def read(rows: list[Row], name: str) -> Maze:
    """Read a maze from the lines of one level."""
    check_letters(rows, BOARD, HINT)
    height, width = len(rows), max(len(text) for _, text in rows)
    check_size(height, width)
    drawing = characters([Row(number, text.ljust(width)) for number, text in rows])
    players = np.argwhere(is_one_of(drawing, "@+")).tolist()
    if not players:
        raise MazeError("this level has no player; draw one with @", rows[0].number, 1)
    if len(players) > 1:
        row, col = players[1]
        raise MazeError("this is a second player; keep one", rows[row].number, col + 1)
    down, right = connected_cells(drawing != ord("#"), *players[0])
    at_edge = np.isin(down, (0, height - 1)) | np.isin(right, (0, width - 1))
    if at_edge.any():
        first = int(at_edge.argmax())
        row, col = int(down[first]), int(right[first])
        raise MazeError(
            "the player gets out of the level here; close the walls around it with #",
            rows[row].number,
            col + 1,
        )
    floor = np.zeros(drawing.shape, dtype=bool)
    floor[down, right] = True
    for row, col in np.argwhere((drawing == ord("$")) & ~floor)[:1].tolist():
        raise MazeError(
            "this box is outside the walls around the player; remove it",
            rows[row].number,
            col + 1,
        )
    crop = np.s_[down.min() : down.max() + 1, right.min() : right.max() + 1]
    symbols = objects_in(np.where(floor, drawing, 0)[crop], "".join(OBJECT))
    objects = {place: OBJECT[symbol] for place, symbol in symbols.items()}
    return Maze(floor[crop], name=name, objects=objects)


def write(maze: Maze) -> str:
    """Write a maze with boxes, goals and one start, from which all of the floor can be reached."""
    check_expressible(maze, "a Sokoban level", "S$G")
    starts = [place for place, letter in maze.objects.items() if letter == "S"]
    if len(starts) != 1:
        raise GridempError(
            f"a Sokoban level needs one player, but the maze has {len(starts)} starts; "
            "mark one start with S in the maze"
        )
    unconnected = maze.floor.copy()
    unconnected[connected_cells(maze.floor, *starts[0])] = False
    for row, col in np.argwhere(unconnected)[:1].tolist():
        x, y = maze.xy(row, col)
        raise GridempError(
            f"a Sokoban level cannot show the floor at x = {x}, y = {y}, to which no path leads "
            "from the start; make it solid"
        )
    return block.write(maze).translate(str.maketrans(".SG", " @."))
