"""Conversion between `Maze` and the drawings of the page, with the limits of the explorer."""

import re
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from gridemp.mazes.bundled import SETTINGS, bundled_mazes
from gridemp.mazes.maze import Maze
from gridemp.mazes.objects import OBJECTS
from gridemp.mazes.parsing import load_maze
from gridemp.web.limits import is_too_large
from gridemp.web.maze_json import FLOOR, OPEN, SOLID, WALL_BELOW, WALL_RIGHT, lines_of
from gridemp.web.server.api import (
    MAX_CELLS,
    MAX_SIDE,
    UNANSWERED,
    Drawing,
    Facts,
    Refusal,
)

UNUSUAL = re.compile(r"[^\w .()+-]")  # characters that names of files may not have
MAX_NAME = 60  # characters


def maze_of(drawing: Drawing) -> Maze:
    """Return the maze that a drawing shows, or raise a Refusal."""
    height, width = len(drawing.cells), len(drawing.cells[0]) if drawing.cells else 0
    if not height or not width:
        raise Refusal("a maze must have at least one cell", "maze", kind="no_floor")
    check_size(height, width)
    if drawing.name != plain(drawing.name):
        raise Refusal(
            f"the name of a maze must have 1 to {MAX_NAME} letters, digits, spaces and . _ - + ( "
            "), and neither begin nor end with . or -",
            "name",
            UNANSWERED,
            kind="maze_name",
            facts={"limit": MAX_NAME},
        )
    cells = _letters("cells", drawing.cells, (height, width), {*OBJECTS, FLOOR, SOLID})
    right = _letters("right", drawing.right, (height, width - 1), {WALL_RIGHT, OPEN})
    below = _letters("below", drawing.below, (height - 1, width), {WALL_BELOW, OPEN})
    places = np.argwhere((cells != FLOOR) & (cells != SOLID)).tolist()
    objects = {(row, col): str(cells[row, col]) for row, col in places}
    floor = cells != SOLID
    if not floor.any():
        sentence = "the maze has no floor cell; draw at least one"
        raise Refusal(sentence, "maze", UNANSWERED, kind="no_floor")
    return Maze(floor, right == WALL_RIGHT, below == WALL_BELOW, drawing.name, objects)


def drawing_of(maze: Maze) -> Drawing:
    """Return the drawing of a maze, with its name made plain."""
    check_size(*maze.shape)
    return Drawing(plain(maze.name), **lines_of(maze))


def settings_of(maze: Maze) -> Mapping[str, str]:
    """Return the settings without which a bundled maze does not show what it is about.

    A maze that only has the name of a bundled one needs none.
    """
    needed = SETTINGS.get(maze.name, {})
    return needed if needed and maze == load_maze(bundled_mazes()[maze.name]) else {}


def check_size(height: int, width: int) -> None:
    """Raise a Refusal if a maze is larger than the explorer takes."""
    if is_too_large(height, width):
        raise Refusal(
            f"the explorer takes mazes of up to {MAX_CELLS:,} cells and {MAX_SIDE} a side, "
            f"and this one is {width} x {height}; use gridemp heatmap",
            "maze",
            kind="maze_limit",
            facts={"cells": MAX_CELLS, "side": MAX_SIDE, "rows": height, "cols": width},
        )


def plain(name: str) -> str:
    """Return a name changed into one that a file can have on any system."""
    return UNUSUAL.sub("-", name)[:MAX_NAME].strip(" .-") or "maze"


def _letters(
    field: str, lines: list[str], shape: tuple[int, int], known: set[str]
) -> NDArray[np.str_]:
    """Return lines as an array of characters, or raise a Refusal if they do not fit its shape."""
    if len(lines) != shape[0] or any(len(line) != shape[1] for line in lines):
        sentence = f"{field} needs {shape[0]} strings of {shape[1]} characters"
        facts: Facts = {"lines": field, "rows": shape[0], "cols": shape[1]}
        raise Refusal(sentence, "maze", kind="maze_lines", facts=facts)
    if unknown := set("".join(lines)) - known:
        letter = min(unknown)
        sentence = f"{field} holds {letter!r}; use {' '.join(sorted(known))}"
        raise Refusal(sentence, "maze", kind="maze_letter", facts={"letter": letter})
    return np.array([list(line) for line in lines], dtype="U1").reshape(shape)
