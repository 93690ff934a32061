"""Names of files that were given none."""

import re
from collections.abc import Sequence
from typing import Any

from gridemp.cli.map_options import OPTIMAL, MapOptions
from gridemp.worlds.world import World


def cell_name(cell: tuple[int, int]) -> str:
    """A cell as part of a file name."""
    return f"x{cell[0]}-y{cell[1]}"


def named(world: Any) -> str:
    """The maze as part of a file name."""
    return str(world.maze.name).replace("/", "-")


def default_name(options: MapOptions, worlds: Sequence[World]) -> str:
    """The file name of a figure that was given none: mazes and horizons, and what else varies."""
    mazes = dict.fromkeys(world.maze.name.replace("/", "-") for world in worlds)
    parts = [*mazes, "h" + listed(options.horizon)]
    parts += ["slip" + listed(options.slip)] if severally(options.slip) else []
    parts += [listed(options.sensor)] if severally(options.sensor) else []
    parts += [listed(options.source)] if options.source != OPTIMAL else []
    return "-".join(parts) + ".png"


def severally(text: str) -> bool:
    """Whether an option was given a list."""
    return "," in text or ".." in text


def listed(text: str) -> str:
    """A list as part of a file name."""
    return re.sub(r"[^\w.]+", "-", text.replace("..", "-to-")).strip("-")
