"""Micromouse: the mazes of the contest, which are gridemp's thin-wall text with posts `o`.

The files end in `.txt` and open as thin-wall text without being told; `S` and `G` are their marks.
"""

from gridemp.mazes.formats import thin
from gridemp.mazes.maze import Maze
from gridemp.mazes.text import check_expressible

SUFFIXES: tuple[str, ...] = ()
LEFT_OUT: dict[str, str] = {}

read = thin.read


def write(maze: Maze) -> str:
    """Write a maze without solid cells, three characters a cell."""
    check_expressible(maze, "a micromouse maze", "SG", thin=True, solid=False)
    return thin.write(maze, post="o")
