"""FrozenLake: the `desc` of Gymnasium's environment, one letter per cell.

`F` is floor and `S` a start. An episode ends in a hole `H` and at the goal `G`, so both are traps
here. The letters may be in lower case, with blanks or commas between them. The lake has no outer
wall: all its letters are cells.
"""

import re

import numpy as np

from gridemp.errors import GridempError
from gridemp.mazes.maze import Maze
from gridemp.mazes.text import (
    Row,
    characters,
    check_expressible,
    check_letters,
    check_size,
    objects_in,
)

SUFFIXES: tuple[str, ...] = ()
CHOICES = frozenset[str]()
LEFT_OUT = dict.fromkeys("Gg", "goals, which become traps, as both absorb")
SEPARATOR = "[ \t,]"
SPACED = re.compile(rf"{SEPARATOR}*\w(?:{SEPARATOR}+\w)*{SEPARATOR}*")
OBJECT = str.maketrans("SFHGsfhg", "S TTS TT")


def read(rows: list[Row], name: str) -> Maze:
    """Read a maze from the lines of a lake."""
    if all(SPACED.fullmatch(text) for _, text in rows):
        rows = [Row(number, re.sub(SEPARATOR, "", text)) for number, text in rows]
    check_letters(rows, "SFHGsfhg", "S for the start, F for floor, H for a hole or G for the goal")
    lake = characters([Row(number, text.translate(OBJECT)) for number, text in rows])
    check_size(*lake.shape)
    return Maze(np.ones(lake.shape), name=name, objects=objects_in(lake))


def write(maze: Maze) -> str:
    """Write a maze of floor, traps and one or more starts."""
    check_expressible(maze, "FrozenLake", "ST", solid=False)
    if "S" not in maze.objects.values():
        raise GridempError("FrozenLake needs a start; mark one with S in the maze")
    lake = np.full(maze.shape, "F")
    for place, letter in maze.objects.items():
        lake[place] = "H" if letter == "T" else "S"
    return "".join("".join(row) + "\n" for row in lake)
