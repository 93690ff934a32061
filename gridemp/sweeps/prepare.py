"""Preparation of a sweep: the groups of its store, and the maps that these lack."""

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from typing import Any

from gridemp.mazes.parsing import format_maze
from gridemp.report.provenance import version
from gridemp.sweeps.batches import Costs, batches
from gridemp.sweeps.group import Group
from gridemp.sweeps.store import Store
from gridemp.sweeps.task import Grid, Task

TOGETHER = 200  # groups that are made at a time, under the lock of the store

Batch = tuple[float, tuple[Task, ...]]  # tasks, and their expected time in seconds


@dataclass(frozen=True)
class Work:
    """Work of a sweep that is left to do; see `prepare`.

    Attributes
    ----------
    store : Store
        Store of the results.
    groups : mapping
        Group of the store for each maze, by its name and hash, and settings.
    batches : sequence of (float, tuple of Task)
        Batches of tasks and their expected times in seconds, the longest first.
    kept : int
        Number of maps that are in the store already.
    """

    store: Store
    groups: Mapping[tuple[Any, ...], Group]
    batches: Sequence[Batch]
    kept: int

    @property
    def seconds(self) -> float:
        """Expected time of all tasks, one after another."""
        return sum(seconds for seconds, _ in self.batches)


def prepare(grids: Sequence[Grid], store: Store, command: str = "") -> Work:
    """Find the maps of some grids that a store lacks, and make or extend its groups for them.

    Parameters
    ----------
    grids : sequence of Grid
        What to compute.
    store : Store
        Where to write it.
    command : str
        Command line, for the attributes of groups.
    """
    groups = _groups(grids, store, command)
    missing, kept = _missing(grids, store, groups)
    return Work(store, groups, list(batches(missing, Costs())), kept)


def group_key(grid: Grid) -> tuple[Any, ...]:
    """Name, cells and settings of a maze, which a group has in common."""
    return grid.maze.name, grid.maze_hash, grid.settings


def _groups(grids: Sequence[Grid], store: Store, command: str) -> dict[tuple[Any, ...], Group]:
    """Group of each maze and settings, with all the coordinates that its maps need."""
    joint: dict[tuple[Any, ...], list[Grid]] = {}
    for grid in grids:
        joint.setdefault(group_key(grid), []).append(grid)
    groups = {}
    each = iter(joint.items())
    while part := list(islice(each, TOGETHER)):
        with store.changing():
            for key, same in part:
                groups[key] = _group(same, store, command)
    return groups


def _group(grids: Sequence[Grid], store: Store, command: str) -> Group:
    first = grids[0]
    settings = asdict(first.settings)
    attributes = {
        "maze": first.maze.name,
        "maze_hash": first.maze_hash,
        "maze_text": format_maze(first.maze),
        **settings,
        "command": command,
        "gridemp": version("gridemp"),
        "numpy": version("numpy"),
        "date": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
    }
    names = ("moves", "torus", "sensor", "slip", "horizon")
    values = {name: [one for grid in grids for one in getattr(grid, name)] for name in names}
    identity = ["maze_hash", *settings]
    return store.group(first.maze.name, first.maze.shape, attributes, identity, values)


def _missing(
    grids: Iterable[Grid], store: Store, groups: Mapping[tuple[Any, ...], Group]
) -> tuple[list[Task], int]:
    """Tasks for the maps that are not in the store, and the number of those that are."""
    done = {
        (record["group"], record["world_key"], one["horizon"]): one["bytes"]
        for record in store.records()
        for one in record.get("maps", ())
        if "bytes" in one
    }
    missing: list[Task] = []
    seen: set[tuple[str, str, int]] = set()
    kept = 0
    for grid in grids:
        group = groups[group_key(grid)]
        for task in grid.tasks():
            left = []
            for horizon in task.horizons:
                one = group.name, task.world_key, horizon
                if one in seen:
                    continue
                seen.add(one)
                sizes = done.get(one)
                if sizes is not None and store.holds(group, task.place(horizon), sizes):
                    kept += 1
                else:
                    left.append(horizon)
            if left:
                missing.append(Task(grid, task.condition, tuple(left)))
    return missing, kept
