"""Default names of output files."""

import re
from collections.abc import Sequence

from gridemp.cli.map_options import OPTIMAL, MapOptions
from gridemp.mazes.maze import Maze
from gridemp.typing import Cell
from gridemp.worlds.world import World


def maze_part(maze: Maze) -> str:
    """Name of a maze as part of a file name."""
    return maze.name.replace("/", "-")


def cell_part(cell: Cell) -> str:
    """Cell as part of a file name."""
    return f"x{cell[0]}-y{cell[1]}"


def list_part(text: str) -> str:
    """List or range as part of a file name."""
    return re.sub(r"[^\w.]+", "-", text.replace("..", "-to-")).strip("-")


def is_list(text: str) -> bool:
    """True if the text of an option is a list or a range."""
    return "," in text or ".." in text


def default_name(options: MapOptions, worlds: Sequence[World]) -> str:
    """File name of a figure of maps: its mazes, its horizons and the conditions that vary."""
    mazes = dict.fromkeys(maze_part(world.maze) for world in worlds)
    parts = [*mazes, "h" + list_part(options.horizon)]
    parts += ["slip" + list_part(options.slip)] if is_list(options.slip) else []
    parts += [list_part(options.sensor)] if is_list(options.sensor) else []
    parts += [list_part(options.source)] if options.source != OPTIMAL else []
    return "-".join(parts) + ".png"
