"""Batches hold every task once, the longest first, and few calls for many small tasks."""

from unittest.mock import patch

import pytest
from support.sweeps import CORNER, CORRIDOR, grids

from gridemp import parse_maze
from gridemp.sweeps import batches as module
from gridemp.sweeps.batches import (
    MAX_BYTES,
    MAX_TASKS,
    MIN_SECONDS,
    PER_TASK,
    UNKNOWN,
    Costs,
    batches,
    size,
)


def tasks(count=40):
    (grid,) = grids(slip=[i / count for i in range(1, count + 1)], horizons=[1])
    return list(grid.tasks())


def test_every_task_is_in_one_batch_and_the_longest_come_first():
    given = tasks()
    costs = {task.key: cost for task, cost in zip(given, [0.01, 5.0, 0.02, 0.7] * 10, strict=True)}
    made = list(batches(given, lambda task: costs[task.key]))
    assert sorted(t.key for _, batch in made for t in batch) == sorted(costs)
    ordered = [costs[task.key] for _, batch in made for task in batch]
    assert ordered == sorted(ordered, reverse=True)
    assert [len(batch) for _, batch in made[:20]] == [1] * 20
    assert len(made) == 21  # the 20 small ones take 0.3 seconds together
    for seconds, batch in made:
        assert seconds == pytest.approx(sum(costs[task.key] for task in batch))


def test_batches_of_small_tasks_are_long_enough_and_not_too_long():
    made = list(batches(tasks(400), lambda task: 0.004))
    assert all(MIN_SECONDS <= seconds <= 2 * MIN_SECONDS for seconds, _ in made[:-1])
    assert all(len(batch) <= MAX_TASKS for _, batch in batches(tasks(1200), lambda task: 1e-6))


def test_a_batch_holds_few_bytes():
    with patch.object(module, "size", lambda batch: MAX_BYTES // 3 * len(list(batch))):
        made = list(batches(tasks(10), lambda task: 1e-6))
    assert [len(batch) for _, batch in made] == [3, 3, 3, 1]
    assert size(tasks(10)) == 10 * 4 * 3 * 8  # four cells, three variables


def test_costs_grow_with_the_work_and_are_estimated_once_for_tasks_alike():
    costs = Costs()
    with patch.object(module, "_seconds", wraps=module._seconds) as estimate:
        shared = [costs(task) for task in tasks(8)]
    assert estimate.call_count == 1
    assert len(set(shared)) == 1
    (longer,) = grids(slip=[0.1], horizons=[6])
    assert costs(next(longer.tasks())) > shared[0]
    double = Costs()
    (small,), (large,) = grids(parse_maze("." * 24)), grids(parse_maze("." * 40))
    with patch.object(module, "_seconds", lambda task: 3.0):
        first, second = (double(next(grid.tasks())) for grid in (small, large))
    assert (second - PER_TASK) / (first - PER_TASK) == pytest.approx(40 / 24)
    (too_long,) = grids(CORNER, slip=[0.1], horizons=[60])
    assert costs(next(too_long.tasks())) < 1  # it is refused at once
    (turning,) = grids(CORRIDOR, moves=["turn"], hands=True)
    assert costs(next(turning.tasks())) > UNKNOWN
