"""Contents of the modules of maze formats, what they are given, and what they return."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from gridemp.mazes.maze import Maze
from gridemp.mazes.text import Row


@dataclass(frozen=True)
class Choices:
    """Choices between the mazes that a file may mean; each format takes some of them.

    Attributes
    ----------
    level : int or str
        Number, from 1, or title of the maze in a file that holds several.
    wall : str, optional
        The value or character that means wall; by default it is detected.
    legend : mapping of str to str or str, optional
        Meanings of the characters of a text, as `legend.checked_legend` takes them.
    cell_size : int, optional
        Pixels from one cell to the next in a picture; by default they are detected.
    """

    level: int | str = 1
    wall: str | None = None
    legend: Mapping[str, str] | str | None = None
    cell_size: int | None = None


class Reading(NamedTuple):
    """Maze that was read.

    Attributes
    ----------
    maze : Maze
        The maze.
    said : tuple of str
        Sentences about what was assumed.
    left_out : tuple of str
        Parts that the maze leaves out, with their counts, such as "food (12)".
    outside : str
        Sentence about cells outside the walls, if some are among those parts.
    """

    maze: Maze
    said: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    outside: str = ""

    @property
    def warnings(self) -> tuple[str, ...]:
        """Sentences for warnings."""
        return (*self.said, self.outside) if self.outside else self.said


class Format(Protocol):
    """Contents of the module of a format.

    Attributes
    ----------
    SUFFIXES : tuple of str
        File name suffixes of this format; empty if the format has to be given by name.
    CHOICES : frozenset of str
        Fields of `Choices` that the format takes.
    """

    SUFFIXES: tuple[str, ...]
    CHOICES: frozenset[str]


class Drawing(Format, Protocol):
    """Contents of the module of a format of text in which lines draw the maze.

    Attributes
    ----------
    LEFT_OUT : dict of str to str
        Characters with a meaning that a `Maze` does not keep, and that meaning in the plural.
    """

    LEFT_OUT: dict[str, str]

    def read(self, rows: list[Row], name: str) -> Maze:
        """Read a maze from the numbered lines of a text."""

    def write(self, maze: Maze) -> str:
        """Write a maze as text, or raise a GridempError if the format cannot show it."""


class FileFormat(Format, Protocol):
    """Contents of the module of a format of whole files, such as pictures, which is only read."""

    def read_file(self, data: bytes, name: str, choices: Choices) -> Reading:
        """Read a maze from the contents of a file."""
