"""Worlds and their mazes as arrays and a record that JSON can hold, for files of maps."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gridemp.mazes.maze import Maze
from gridemp.worlds.conditions import Conditions
from gridemp.worlds.things import Kind
from gridemp.worlds.transitions import normalised, once
from gridemp.worlds.world import World

MASKS = ("floor", "wall_right", "wall_below")
STEPS = ("successors", "probabilities")
LABELS = ("sensor", "cell", "starts", "heading", "boxes", "things")  # from `starts` on may be None

Arrays = Mapping[str, NDArray[Any]]


def maze_arrays(maze: Maze) -> dict[str, NDArray[Any]]:
    """Arrays of a maze by name."""
    return {f"maze.{mask}": getattr(maze, mask) for mask in MASKS}


def world_arrays(world: World) -> dict[str, NDArray[Any]]:
    """Arrays of a world and its maze by name, without repetition along broadcast axes."""
    arrays = maze_arrays(world.maze)
    arrays |= {f"world.{field}": once(getattr(world, field)) for field in STEPS}
    labels = {f"world.{field}": getattr(world, field) for field in LABELS}
    return arrays | {name: array for name, array in labels.items() if array is not None}


def world_record(world: World) -> dict[str, Any]:
    """Everything else of a world and its maze, by name."""
    objects = world.maze.objects.items()
    return {
        "maze": {
            "name": world.maze.name,
            "objects": [[row, col, letter] for (row, col), letter in objects],
        },
        "world": {
            "actions": list(world.actions),
            "conditions": asdict(world.conditions),
            "within": world.within,
            "kinds": [list(kind) for kind in world.kinds],
            "names": list(world.names),
        },
    }


def maze_from(arrays: Arrays, record: Mapping[str, Any]) -> Maze:
    """Maze of its arrays, and of the record of its world."""
    masks: Any = {mask: arrays[f"maze.{mask}"] for mask in MASKS}
    objects = {(row, col): letter for row, col, letter in record["maze"]["objects"]}
    return Maze(**masks, name=record["maze"]["name"], objects=objects)


def world_from(arrays: Arrays, record: Mapping[str, Any]) -> World:
    """World of its arrays and its record, as `world_arrays` and `world_record` return them.

    Raises
    ------
    GridempError
        If a field is invalid, or the probabilities of an action do not sum to 1.
    """
    world = record["world"]
    labels: Any = {field: arrays.get(f"world.{field}") for field in LABELS}
    steps = {field: arrays[f"world.{field}"] for field in STEPS}
    outcomes = max(array.shape[2] for array in steps.values())
    shape = (len(arrays["world.cell"]), len(world["actions"]), outcomes)
    padded: Any = {field: np.broadcast_to(array, shape) for field, array in steps.items()}
    made = World(
        maze_from(arrays, record),
        tuple(world["actions"]),
        **padded,
        **labels,
        conditions=Conditions(**world["conditions"]),
        within=world["within"],
        kinds=tuple(Kind(*kind) for kind in world.get("kinds", ())),
        names=tuple(world.get("names", ())),
    )
    normalised(once(made.probabilities), made.actions)  # only checks them
    return made
