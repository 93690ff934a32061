"""Batches of tasks, the longest first: small tasks share one call, which costs milliseconds."""

from collections.abc import Iterable, Iterator
from math import log2
from typing import Any

from gridemp.engine.runtime import expected_seconds
from gridemp.errors import GridempError
from gridemp.sweeps.task import Task

MIN_SECONDS = 0.3  # of a batch; a call costs a scheduler up to 6 ms
MAX_TASKS = 500  # in a batch
MAX_BYTES = 2**24  # of the values of a batch, unless it is one task
PER_TASK = 3e-3  # seconds, for the world and the chunks
PER_CELL = 2e-5
UNKNOWN = 10.0  # seconds, where the number of states is not known before they are built


class Costs:
    """Expected time of tasks in seconds, estimated once for tasks that are much alike.

    They are alike if only their slips and mazes differ, and the number of cells by a factor of 2 at
    most. Their times are taken to be proportional to the number of cells.
    """

    def __init__(self) -> None:
        self._per_cell: dict[tuple[Any, ...], float] = {}

    def __call__(self, task: Task) -> float:
        """Return the expected time of a task."""
        grid, condition = task.grid, task.condition
        cells = int(grid.maze.floor.sum())
        alike = (
            *(round(log2(cells)), bool(grid.maze.objects), grid.settings),
            *(condition.moves, condition.torus, condition.sensor, condition.slip > 0),
            task.horizons,
        )
        if alike not in self._per_cell:
            self._per_cell[alike] = _seconds(task) / cells
        per_cell = self._per_cell[alike] + PER_CELL * len(task.horizons)
        return PER_TASK + per_cell * cells


def _seconds(task: Task) -> float:
    grid, longest = task.grid, max(task.horizons)
    if grid.settings.hands or "$" in grid.maze.objects.values():
        return UNKNOWN
    try:
        return expected_seconds(task.world(longest), longest)
    except (GridempError, MemoryError):  # which it will raise again, at once
        return 0.0


def size(batch: Iterable[Task]) -> int:
    """Bytes of the values of the maps of a batch, at most."""
    return sum(24 * task.grid.maze.floor.size * len(task.horizons) for task in batch)


def batches(tasks: Iterable[Task], costs: Costs) -> Iterator[tuple[float, tuple[Task, ...]]]:
    """Yield the expected time and the tasks of each batch, the longest tasks first."""
    ordered = sorted(((costs(task), task) for task in tasks), key=lambda pair: -pair[0])
    batch: list[Task] = []
    seconds, held = 0.0, 0
    for cost, task in ordered:
        own = size([task])
        if batch and (
            seconds + cost > 2 * MIN_SECONDS or held + own > MAX_BYTES or len(batch) == MAX_TASKS
        ):
            yield seconds, tuple(batch)
            batch, seconds, held = [], 0.0, 0
        batch.append(task)
        seconds, held = seconds + cost, held + own
        if seconds >= MIN_SECONDS:
            yield seconds, tuple(batch)
            batch, seconds, held = [], 0.0, 0
    if batch:
        yield seconds, tuple(batch)
