"""Checks of the fields of a world."""

from typing import Any

from gridemp.worlds.moves import HEADINGS
from gridemp.worlds.transitions import check_indices, check_length, check_shapes, once


def check_fields(world: Any) -> None:
    """Raise a GridempError that names the first field of a `World` with a wrong shape or index."""
    states = world.cell.size
    check_shapes(world.successors, world.probabilities, world.actions, states)
    for field in ("sensor", "cell", "heading"):
        check_length(field, getattr(world, field), states)
    check_indices("successors", once(world.successors), states, "states")
    check_indices("cell", world.cell, int(world.maze.floor.sum()), "floor cells")
    check_indices("starts", world.starts, states, "states")
    check_indices("heading", world.heading, len(HEADINGS), "headings")
