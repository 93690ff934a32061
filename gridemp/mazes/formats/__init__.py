"""Text formats of mazes, one module each, by name.

A module for texts that can hold several mazes also has `level(rows, number)`, which returns the
lines of one of them. A module for texts in which spaces are floor also has `without_outside(rows)`,
which returns the lines that `read` takes and the count of what is outside the walls, and `OUTSIDE`,
the advice about it.
"""

from typing import Protocol

from gridemp.mazes.formats import (
    block,
    frozenlake,
    micromouse,
    movingai,
    pacman,
    sokoban,
    taxi,
    thin,
)
from gridemp.mazes.maze import Maze
from gridemp.mazes.text import Row


class Format(Protocol):
    """Contents of the module of a format.

    Attributes
    ----------
    SUFFIXES : tuple of str
        File name suffixes of this format; empty if the format has to be given by name.
    LEFT_OUT : dict of str to str
        Characters with a meaning that a `Maze` does not keep, and that meaning in the plural.
    """

    SUFFIXES: tuple[str, ...]
    LEFT_OUT: dict[str, str]

    def read(self, rows: list[Row], name: str) -> Maze:
        """Read a maze from the numbered lines of a text."""

    def write(self, maze: Maze) -> str:
        """Write a maze as text, or raise a GridempError if the format cannot show it."""


FORMATS: dict[str, Format] = {
    "block": block,
    "thin": thin,
    "frozenlake": frozenlake,
    "movingai": movingai,
    "sokoban": sokoban,
    "pacman": pacman,
    "micromouse": micromouse,
    "taxi": taxi,
}
