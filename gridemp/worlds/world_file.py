"""Worlds and their mazes as arrays and a record that JSON can hold, for files of maps."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gridemp.mazes.maze import Maze
from gridemp.worlds.conditions import Conditions
from gridemp.worlds.world import World

MASKS = ("floor", "wall_right", "wall_below")
STEPS = ("successors", "probabilities")
LABELS = ("sensor", "cell", "starts", "heading", "boxes")  # the last three may be None

Arrays = Mapping[str, NDArray[Any]]


def world_arrays(world: World) -> dict[str, NDArray[Any]]:
    """Arrays of a world and its maze by name, without repetition along broadcast axes."""
    arrays = {f"maze.{mask}": getattr(world.maze, mask) for mask in MASKS}
    for field in STEPS:
        array = getattr(world, field)
        once = tuple(slice(None) if stride else slice(1) for stride in array.strides)
        arrays[f"world.{field}"] = array[once]
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
            "outcomes": world.successors.shape[2],
            "conditions": asdict(world.conditions),
            "within": world.within,
        },
    }


def world_from(arrays: Arrays, record: Mapping[str, Any]) -> World:
    """World of its arrays and its record, as `world_arrays` and `world_record` return them."""
    maze, world = record["maze"], record["world"]
    masks: Any = {mask: arrays[f"maze.{mask}"] for mask in MASKS}
    labels: Any = {field: arrays.get(f"world.{field}") for field in LABELS}
    shape = (len(arrays["world.cell"]), len(world["actions"]), world["outcomes"])
    return World(
        Maze(
            **masks,
            name=maze["name"],
            objects={(row, col): letter for row, col, letter in maze["objects"]},
        ),
        tuple(world["actions"]),
        **{field: np.broadcast_to(arrays[f"world.{field}"], shape) for field in STEPS},
        **labels,
        conditions=Conditions(**world["conditions"]),
        within=world["within"],
    )
