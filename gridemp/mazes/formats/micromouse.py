"""Micromouse: the mazes of the contest, in thin-wall text with posts `o`.

The files end in `.txt` and are read as thin-wall text by default; `S` marks the start and `G` the
goal.
"""

from gridemp.mazes.formats import thin
from gridemp.mazes.maze import Maze
from gridemp.mazes.text import check_expressible

SUFFIXES: tuple[str, ...] = ()
CHOICES = frozenset[str]()
LEFT_OUT: dict[str, str] = {}

OUTSIDE = thin.OUTSIDE
translated = thin.translated
without_outside = thin.without_outside
read = thin.read


def write(maze: Maze) -> str:
    """Write a maze that has no solid cells, each cell three characters wide."""
    check_expressible(maze, "a micromouse maze", "SG", thin=True, solid=False)
    return thin.write(maze, post="o")
