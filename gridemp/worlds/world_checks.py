"""Fields of a world as arrays, and their checks."""

from typing import Any

import numpy as np

from gridemp.worlds.moves import HEADINGS
from gridemp.worlds.transitions import check_indices, check_length, check_shapes, once


def set_arrays(world: Any) -> None:
    """Turn the fields of a `World` into arrays, and check them."""
    for field in ("successors", "probabilities", "sensor", "cell", "starts", "heading"):
        if getattr(world, field) is not None:
            object.__setattr__(world, field, np.asarray(getattr(world, field)))
    check_fields(world)


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
