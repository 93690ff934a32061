"""The ways to write a maze down, one file each, by name and by suffix.

A format is a module with `read(rows, name)`, which makes a `Maze` of the numbered lines of a text,
and `write(maze)`, which makes the text. `SUFFIXES` says which files hold it; `LEFT_OUT` which of
its characters mean something that a `Maze` does not keep, and what. One whose files hold several
mazes also has `level(rows, number)`, which picks the lines of one.
"""

from types import ModuleType

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

FORMATS: dict[str, ModuleType] = {
    "block": block,
    "thin": thin,
    "frozenlake": frozenlake,
    "movingai": movingai,
    "sokoban": sokoban,
    "pacman": pacman,
    "micromouse": micromouse,
    "taxi": taxi,
}
