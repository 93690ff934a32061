"""Text formats of mazes, one module each, by name.

A module whose texts hold several mazes also has `level(rows, number)`, which returns the lines of
one of them.
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
        Endings of the files that are in this format; none if it has to be named.
    LEFT_OUT : dict of str to str
        Characters whose meaning a `Maze` does not keep, with that meaning in the plural.
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
