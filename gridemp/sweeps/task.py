"""Tasks of a sweep: the maps of a maze under one condition, the key of a task, and its result.

Without noise, the maps of all horizons cost little more than the longest one, so they are one task.
With noise, each horizon is a task of its own.
"""

import json
import time
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import asdict, dataclass, field
from functools import cached_property
from hashlib import sha256
from itertools import product
from typing import Any

from gridemp.engine.empowerment import horizon_sweep
from gridemp.engine.map import EmpowermentMap
from gridemp.engine.processes import LostProcess, is_killed
from gridemp.errors import OUT_OF_MEMORY, GridempError
from gridemp.mazes.maze import Maze
from gridemp.mazes.maze_hash import maze_hash
from gridemp.progress import Progress
from gridemp.report.provenance import version
from gridemp.sweeps.layout import encoded
from gridemp.sweeps.settings import NO_TORUS
from gridemp.worlds.world import World

KILLED = (
    "several workers ended while they computed this map, perhaps because memory ran out; use fewer "
    "workers, or workers with more memory"
)


@dataclass(frozen=True)
class Settings:
    """Settings that all maps of a group share; see `World.from_maze`.

    Attributes
    ----------
    stay, slip_kind, hands, holding : bool or str
        Options of `World.from_maze`.
    heading : str
        Value of a cell with several states, as for `EmpowermentMap.one_per_cell`.
    tol : float
        Largest certified gap to accept, in bits.
    """

    stay: bool
    slip_kind: str
    hands: bool
    holding: str
    heading: str
    tol: float


@dataclass(frozen=True)
class Condition:
    """Condition of a map, by the coordinates of the store; see `store`."""

    moves: str
    torus: str
    sensor: str
    slip: float


@dataclass(frozen=True)
class Grid:
    """Conditions and horizons of the maps of one maze: all combinations.

    Attributes
    ----------
    maze : Maze
        The maze.
    moves, torus, sensor, slip, horizon : tuple
        Values of the coordinates of the store.
    settings : Settings
        What all maps share.
    """

    maze: Maze
    moves: tuple[str, ...]
    torus: tuple[str, ...]
    sensor: tuple[str, ...]
    slip: tuple[float, ...]
    horizon: tuple[int, ...]
    settings: Settings

    @cached_property
    def maze_hash(self) -> str:
        """Hash of the maze."""
        return maze_hash(self.maze)

    def tasks(self) -> Iterator["Task"]:
        """Yield the tasks."""
        horizons = tuple(dict.fromkeys(self.horizon))
        values = (self.moves, self.torus, self.sensor, self.slip)
        for each in product(*map(dict.fromkeys, values)):
            condition = Condition(*each)  # type: ignore[arg-type]  # of these kinds in this order
            parts = [(steps,) for steps in horizons] if condition.slip else [horizons]
            for part in parts:
                yield Task(self, condition, part)


@dataclass(frozen=True)
class Task:
    """Maps of a maze under one condition, for some horizons.

    Attributes
    ----------
    grid : Grid
        Maze and settings.
    condition : Condition
        The condition.
    horizons : tuple of int
        Numbers of steps.
    """

    grid: Grid
    condition: Condition
    horizons: tuple[int, ...]

    @cached_property
    def world_key(self) -> str:
        """Hash of all that determines the maps but for the horizon, with the version of gridemp.

        The version of numpy, which the record names, is no part of it. Another one may round
        otherwise, which changes a value by far less than the tolerance: no reason to compute all
        maps again.
        """
        grid = self.grid
        return _hash(
            [grid.maze_hash, asdict(grid.settings), asdict(self.condition), version("gridemp")]
        )

    @property
    def key(self) -> str:
        """Hash of the name of the maze and of all that determines the result: the task's name."""
        return _hash([self.grid.maze.name, self.world_key, *self.horizons])

    def world(self, within: int) -> World:
        """World of the task, for horizons up to `within`."""
        settings, condition = self.grid.settings, self.condition
        return World.from_maze(
            self.grid.maze,
            moves=condition.moves,
            stay=settings.stay,
            slip=condition.slip,
            slip_kind=settings.slip_kind,
            torus="" if condition.torus == NO_TORUS else condition.torus,
            sensor=condition.sensor,
            hands=settings.hands,
            holding=settings.holding,
            within=within,
        )

    def place(self, horizon: int) -> tuple[Any, ...]:
        """Coordinates of one of its maps in the group."""
        return (*asdict(self.condition).values(), horizon)

    def record(self, group: str, maps: Iterable["MapResult"], seconds: float) -> dict[str, Any]:
        """Record of this task in the store, once it is done or failed.

        Parameters
        ----------
        group : str
            Name of the group that holds its maps.
        maps : iterable of MapResult
            Those of its maps that are done, or those that failed.
        seconds : float
            Time that all of its maps took.
        """
        return {
            "group": group,
            "world_key": self.world_key,
            "settings": asdict(self.grid.settings),
            "condition": asdict(self.condition),
            "maps": [one.record() for one in maps],
            "seconds": round(seconds, 3),
            "gridemp": version("gridemp"),
            "numpy": version("numpy"),
            "date": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        }


@dataclass(frozen=True)
class MapResult:
    """A map as it goes into the store, or the reason why there is none.

    Attributes
    ----------
    horizon : int
        Number of steps.
    chunks : mapping of str to bytes
        Chunk of each variable.
    numbers : mapping of str to float or int
        Row of the map in the summary: its extremes, mean, peak and widest gap.
    failed : str
        Sentence that says why there is no map; empty if there is one.
    """

    horizon: int
    chunks: Mapping[str, bytes] = field(default_factory=dict)
    numbers: Mapping[str, Any] = field(default_factory=dict)
    failed: str = ""

    def record(self) -> dict[str, Any]:
        """Part of the record of its task."""
        if self.failed:
            return {"horizon": self.horizon, "failed": self.failed}
        sizes = {name: len(data) for name, data in self.chunks.items()}
        return {"horizon": self.horizon, **self.numbers, "bytes": sizes}


@dataclass(frozen=True)
class TaskResult:
    """Maps of a task, and the time that they took in seconds."""

    maps: Sequence[MapResult]
    seconds: float = 0.0


def failed(task: Task, sentence: str) -> TaskResult:
    """Result of a task that has no maps, for this reason."""
    return TaskResult([MapResult(horizon, failed=sentence) for horizon in task.horizons])


def compute(
    tasks: Iterable[Task], executor: Executor | None = None, progress: Progress | None = None
) -> list[TaskResult]:
    """Compute a batch of tasks, whose failures are part of their results.

    Parameters
    ----------
    tasks : iterable of Task
        The tasks.
    executor : concurrent.futures.Executor, optional
        Executor whose workers share the cells of each noisy map.
    progress : callable, optional
        Called with the fraction of each task that is done, from 0 to 1.

    Raises
    ------
    LostProcess
        If the processes of the executor ended, so that nothing more can be computed.
    """
    results = []
    for task in tasks:
        started = time.monotonic()
        maps = _maps(task, task.horizons, executor, progress)
        results.append(TaskResult(maps, time.monotonic() - started))
    return results


def _maps(
    task: Task,
    horizons: tuple[int, ...],
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> list[MapResult]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # gaps are recorded
            settings, world = task.grid.settings, task.world(max(horizons))
            emaps = horizon_sweep(world, horizons, settings.tol, progress, executor=executor)
            return [_result(emap.one_per_cell(settings.heading), task) for emap in emaps]
    except GridempError as error:
        if isinstance(error, LostProcess) and not is_killed(error.__cause__):
            raise
        reason = KILLED if isinstance(error, LostProcess) else str(error)
    except MemoryError:
        reason = OUT_OF_MEMORY
    except Exception as error:
        reason = f"{type(error).__name__}: {error}"
    if len(horizons) > 1:  # some may be short enough
        return [one for horizon in horizons for one in _maps(task, (horizon,), executor)]
    return [MapResult(horizons[0], failed=reason)]


def _result(emap: EmpowermentMap, task: Task) -> MapResult:
    grids = {"empowerment": emap.grid(), "gap": emap.grid(emap.gap)}
    if emap.outcomes is not None:
        grids["outcomes"] = emap.grid(emap.outcomes.astype(float))
    peak, bits = emap.peak, emap.bits
    numbers = {
        "cells": len(bits),
        "min": float(bits.min()),
        "mean": float(bits.mean()),
        "max": float(bits.max()),
        "gap": float(emap.gap.max()),
        "peak_x": peak.x,
        "peak_y": peak.y,
    }
    chunks = encoded({name: grid[::-1] for name, grid in grids.items()})  # by ascending y
    return MapResult(emap.steps, chunks, numbers)


def _hash(content: Sequence[Any]) -> str:
    return sha256(json.dumps(content).encode()).hexdigest()[:32]
