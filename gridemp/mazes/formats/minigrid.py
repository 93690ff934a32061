"""MiniGrid: the text that `pprint_grid` of an environment returns, two characters for each cell.

The first character is a thing (`W` wall, `G` goal, `V` lava, `K` key, `D` closed door, `L` locked
door, `A` ball, `B` box, `F` a coloured floor) and the second the initial of its colour; `__` is an
open door, two spaces are floor, and `>>`, `VV`, `<<` or `^^` is the agent. An episode ends in lava
and at the goal, so both are traps here. The maze consists of the cells that walls do not cut off
from the agent.
"""

import re
from collections import Counter

import numpy as np

from gridemp.errors import MazeError
from gridemp.mazes.file_kinds import decoded
from gridemp.mazes.masks import connected_cells
from gridemp.mazes.maze import Maze
from gridemp.mazes.objects import COLOURS
from gridemp.mazes.protocol import Choices, Reading
from gridemp.mazes.text import BLANK, Row, characters, check_size, numbered_rows

SUFFIXES: tuple[str, ...] = ()
CHOICES = frozenset[str]()
AGENT = (">>", "VV", "<<", "^^")
INITIALS = {name[0].upper() if name else "": letter for letter, name in COLOURS.items()}
THING = {"F": ".", "G": "T", "V": "T", "D": "D", "A": "b", "B": "b", "W": "#"}
CELL = {"  ": ".", "__": "d"} | dict.fromkeys(AGENT, "S")
CELL |= {thing + colour: letter for thing, letter in THING.items() for colour in "RGBPY"}
CELL |= {f"K{colour}": letter for colour, letter in INITIALS.items() if colour}
CELL |= {f"L{colour}": letter.upper() for colour, letter in INITIALS.items() if colour}
LETTER = np.zeros(2**16, dtype="U1")  # by the codes of both characters
LETTER[[256 * ord(pair[0]) + ord(pair[1]) for pair in CELL]] = list(CELL.values())
# Pairs that the maze does not keep as they are.
LEFT_OUT = {
    "G": "goals, which become traps, as both absorb",
    "B": "boxes, which become balls, as hands can carry both",
    "D": "colours of doors",
    "A": "colours of balls",
}
BORDER = re.compile(r"(WG){3,}")
GREEN = "the G of keys and locked doors is read as green, though it may also stand for grey"
HINT = "pprint_grid writes two characters for each cell, such as WG for a wall or >> for the agent"


def read_file(data: bytes, name: str, choices: Choices) -> Reading:
    """Read a maze from the text of a grid."""
    rows = numbered_rows(decoded(data))
    width = 2 * (max(len(text.rstrip(BLANK)) + 1 for _, text in rows) // 2)
    check_size(len(rows), width // 2)
    drawing = characters([Row(number, text[:width].ljust(width)) for number, text in rows])
    pairs = drawing[:, ::2] * np.uint16(256) + drawing[:, 1::2]
    cells = LETTER[pairs]
    for row, col in np.argwhere(cells == "")[:1].tolist():
        number, text = rows[row]
        pair = text[2 * col : 2 * col + 2]
        raise MazeError(f"{pair!r} is not a cell of MiniGrid; {HINT}", number, 2 * col + 1)
    agents = np.argwhere(cells == "S").tolist()
    if len(agents) != 1:
        row, col = agents[1] if agents else (0, 0)
        problem = "this is a second agent; keep one" if agents else "there is no agent"
        raise MazeError(f"{problem}; {HINT}", rows[row].number, 2 * col + 1)
    floor = np.zeros(cells.shape, dtype=bool)
    floor[connected_cells(cells != "#", *agents[0])] = True
    down, right = (np.flatnonzero(floor.any(axis=axis)) for axis in (1, 0))
    crop = np.s_[down[0] : down[-1] + 1, right[0] : right[-1] + 1]
    things = np.argwhere(floor[crop] & (cells[crop] != ".")).tolist()
    objects = {(row, col): str(cells[crop][row, col]) for row, col in things}
    counts = Counter((drawing[:, ::2][floor]).tolist())
    left_out = tuple(
        f"{part} ({counts[ord(thing)]})" for thing, part in LEFT_OUT.items() if counts[ord(thing)]
    )
    said = (GREEN,) if {"l", "L"} & set(objects.values()) else ()
    return Reading(Maze(floor[crop], name=name, objects=objects), said, left_out)
