"""Tasks: what they are made of, what their keys depend on, and what they return."""

import pickle
from unittest.mock import patch

import pytest
from support.sweeps import CORNER, CORRIDOR, grids

from gridemp import parse_maze
from gridemp.sweeps.task import compute


def keys(**settings):
    return [task.key for grid in grids(**settings) for task in grid.tasks()]


def test_horizons_share_a_task_only_without_noise():
    (grid,) = grids(horizons=[3, 1, 3], slip=[0.0, 0.1])
    assert [(task.condition.slip, task.horizons) for task in grid.tasks()] == [
        (0.0, (3, 1)),
        (0.1, (3,)),
        (0.1, (1,)),
    ]


def test_all_combinations_are_tasks():
    (grid,) = grids(moves=["nesw", "king"], torus=["", "x"], sensor=["state", "row", "walls"])
    assert len({task.key for task in grid.tasks()}) == 2 * 2 * 3


CHANGES = [
    {"horizons": [1, 3]},
    {"slip": [0.1]},
    {"sensor": ["row"]},
    {"moves": ["king"]},
    {"torus": [True]},
    {"stay": False},
    {"slip_kind": "perpendicular"},
    {"heading": "mean"},
    {"tol": 1e-3},
]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: next(iter(change)))
def test_a_key_changes_with_all_that_changes_the_result(change):
    assert not set(keys(**change)) & set(keys())


def test_a_key_depends_on_the_maze_and_its_name():
    other = [task.key for grid in grids(CORRIDOR.named("other")) for task in grid.tasks()]
    assert not set(keys()) & set(other)
    assert keys() != [task.key for grid in grids(CORNER) for task in grid.tasks()]
    with patch("gridemp.__version__", "99"):
        changed = keys()
    assert keys() != changed


def test_tasks_keep_their_keys_on_other_machines():
    tasks = [task for grid in grids(slip=[0.0, 0.1]) for task in grid.tasks()]
    assert [task.key for task in pickle.loads(pickle.dumps(tasks))] == [task.key for task in tasks]


def test_a_horizon_that_is_too_long_does_not_hinder_the_others():
    (grid,) = grids(parse_maze("#####\n#.$.#\n#...#\n#####"), horizons=[1, 10**18])
    (task,) = grid.tasks()
    with patch("gridemp.sweeps.task.horizon_sweep", side_effect=fails_beyond_nine):
        (result,) = compute([task])
    short, long = result.maps
    assert short.numbers["max"] > 0
    assert not short.failed
    assert long.failed == "this does not fit in memory; lower the horizon or make the maze smaller"


def fails_beyond_nine(world, horizons, tol, *_, **__):
    from gridemp.engine.empowerment import horizon_sweep

    if max(horizons) > 9:
        raise MemoryError
    return horizon_sweep(world, horizons, tol)


def test_a_mistake_in_the_program_is_a_failure_of_the_task_alone():
    (grid,) = grids()
    (task,) = grid.tasks()
    with patch("gridemp.sweeps.task.horizon_sweep", side_effect=[KeyError("lost")] * 3):
        (result,) = compute([task])
    assert [one.failed for one in result.maps] == ["KeyError: 'lost'"] * 2
    assert result.maps[0].record() == {"horizon": 1, "failed": "KeyError: 'lost'"}
