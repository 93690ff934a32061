"""Checkpoints of training: files from which training goes on, or what was learned is evaluated."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from gridemp.deep.options import TrainingOptions
from gridemp.deep.trainer import Trainer
from gridemp.engine.map import EmpowermentMap
from gridemp.errors import GridempError
from gridemp.files import replacing
from gridemp.mazes.maze_hash import maze_hash
from gridemp.worlds.conditions import Conditions
from gridemp.worlds.world import World
from gridemp.worlds.world_file import world_arrays, world_from, world_record

History = dict[str, list[float]]

# Options that a checkpoint and the training that goes on from it share: all but these.
SHARED = tuple(sorted(asdict(TrainingOptions()).keys() - {"updates", "device"}))


def settings_of(exact: EmpowermentMap, options: TrainingOptions) -> dict[str, Any]:
    """Everything that a checkpoint and the training that goes on from it must share."""
    world = exact.world
    return {
        "maze": maze_hash(world.maze),
        "horizon": exact.horizon,
        "actions": ", ".join(world.actions),
        "world": {
            # Numbers of NumPy, which PyTorch would not load, become numbers of Python.
            condition: value.item() if isinstance(value, np.generic) else value
            for condition, value in asdict(world.conditions).items()
        },
        **{name: getattr(options, name) for name in SHARED},
    }


def save_checkpoint(
    path: str | Path,
    exact: EmpowermentMap,
    options: TrainingOptions,
    trainer: Trainer,
    history: History,
    pictures: NDArray[np.uint8] | None,
) -> None:
    """Save the state of training with its world and options."""
    content = {
        "gridemp": settings_of(exact, options),
        "learner": trainer.state(),
        "notes": history,
        "arrays": {name: tensor(array) for name, array in world_arrays(exact.world).items()},
        "record": json.dumps(world_record(exact.world)),
        "pictures": None if pictures is None else tensor(pictures),
    }
    with replacing(Path(path)) as temporary:
        torch.save(content, temporary)


def tensor(array: NDArray[Any]) -> torch.Tensor:
    """Tensor with a copy of the values of an array."""
    return torch.from_numpy(np.array(array, order="C"))


def read_checkpoint(path: str | Path) -> dict[str, Any]:
    """Read the content of a checkpoint.

    Raises
    ------
    GridempError
        If the file cannot be read, is no checkpoint, or was made by an earlier version.
    """
    try:
        content = torch.load(path, map_location="cpu", weights_only=True)
        settings = content["gridemp"]
    except OSError as error:
        raise GridempError(f"cannot read {path}: {error.strerror}; name a checkpoint") from None
    except Exception:  # the unpickler may raise anything
        raise GridempError(f"{path} is not a checkpoint of gridemp; name one") from None
    if "arrays" not in content or not settings.keys() >= {*SHARED}:
        raise GridempError(
            f"{path} was made by an earlier version of gridemp, with other networks; train again "
            "from the beginning"
        )
    return dict(content)


def check_settings(
    path: str | Path, before: Mapping[str, Any], settings: Mapping[str, Any]
) -> None:
    """Raise a GridempError if a checkpoint was made for something else."""
    for name, value in settings.items():
        now, then = value, before[name]
        if name == "world":
            now, then = Conditions(**now), Conditions(**then)
        if now != then:
            raise GridempError(
                f"{path} was made for another {name}: {then}, not {now}; "
                "give the options it was made with"
            )


def world_in(content: Mapping[str, Any]) -> tuple[World, int]:
    """World and horizon of a checkpoint."""
    arrays = {name: each.numpy() for name, each in content["arrays"].items()}
    return world_from(arrays, json.loads(content["record"])), content["gridemp"]["horizon"]


def options_in(content: Mapping[str, Any]) -> TrainingOptions:
    """Options of a checkpoint, with the number of its updates, on the processor."""
    kept = {name: content["gridemp"][name] for name in SHARED}
    return TrainingOptions(updates=max(1, content["learner"]["done"]), **kept)


def pictures_in(content: Mapping[str, Any]) -> NDArray[np.uint8] | None:
    """Pictures of the states in a checkpoint, if it has any."""
    pictures = content["pictures"]
    return None if pictures is None else np.asarray(pictures.numpy())
