"""Formats of mazes, one module each, by name; `mazes/protocol.py` says what a module holds.

A module for texts in which other characters may mean the same also has `translated(rows, choices)`,
which returns the rows in the characters that `read` takes, and sentences about what was assumed. A
module for texts that can hold several mazes has `level(rows, level)`, which returns the lines of
one of them, chosen by its number or title. A module for texts in which spaces are floor has
`without_outside(rows)`, which returns the lines that `read` takes and the count of what is outside
the walls, and `OUTSIDE`, the advice about it.
"""

from gridemp.mazes.formats import (
    array,
    block,
    block_elements,
    box_drawing,
    d4rl,
    frozenlake,
    griddly,
    maz,
    micromouse,
    minigrid,
    movingai,
    pacman,
    picture,
    slc,
    sokoban,
    taxi,
    thin,
    tiled,
    underscore,
)
from gridemp.mazes.protocol import Drawing, FileFormat

DRAWINGS: dict[str, Drawing] = {
    "block": block,
    "thin": thin,
    "frozenlake": frozenlake,
    "movingai": movingai,
    "sokoban": sokoban,
    "pacman": pacman,
    "micromouse": micromouse,
    "taxi": taxi,
    "d4rl": d4rl,
    "box-drawing": box_drawing,
    "block-elements": block_elements,
    "underscore": underscore,
}
FILE_FORMATS: dict[str, FileFormat] = {
    "array": array,
    "picture": picture,
    "maz": maz,
    "griddly": griddly,
    "minigrid": minigrid,
    "slc": slc,
    "tiled": tiled,
}
FORMATS = {**DRAWINGS, **FILE_FORMATS}
