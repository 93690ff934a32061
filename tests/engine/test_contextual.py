"""Contextual empowerment agrees with sums over all sequences of actions, and with its bounds."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.policies import noisy_tables, step_rows

import gridemp
from gridemp import GridempError, HorizonTooLarge, World, contextual_empowerment, parse_maze
from gridemp.engine import contextual

KLYUBIN = World.from_maze(gridemp.load_maze("klyubin"))
CONTEXTS = ("none", "walls", "row", "state")


def capacity_of(world, starts, horizon):
    """Capacity of the channel of an agent that may be in any of these states."""
    steps = step_rows(world)
    rows = []
    for sequence in product(range(len(world.actions)), repeat=horizon):
        row = np.zeros(len(world.cell))
        row[starts] = 1 / len(starts)
        for action in sequence:
            row = row @ steps[:, action]
        rows.append(np.bincount(world.sensor, row))
    return gridemp.active_set_capacity(rows)


@given(noisy_tables(), st.integers(1, 3), st.data())
@settings(deadline=None)
def test_all_sequences(world, horizon, data):
    states = len(world.cell)
    numbers = st.lists(st.integers(0, 2), min_size=states, max_size=states)
    labels = np.array(data.draw(numbers))
    world = world.with_sensor(data.draw(numbers))
    emap = contextual_empowerment(world, horizon, labels)
    for label in set(labels.tolist()):
        inside = np.flatnonzero(labels == label)
        capacity = capacity_of(world, inside, horizon)
        assert len(set(emap.bits[inside].tolist())) == 1
        assert emap.bits[inside[0]] <= capacity.upper + 1e-9
        assert emap.bits[inside[0]] + emap.gap[inside[0]] >= capacity.lower - 1e-9


@pytest.mark.parametrize(
    ("horizon", "values"),
    [
        (1, (0.4400, 1.1873, 1.3858, 2.0297)),
        (2, (0.7450, 1.8623, 2.0514, 3.1570)),
        (3, (1.0727, 2.3623, 2.5825, 3.8815)),
        (4, (1.3996, 2.7773, 3.0558, 4.3924)),
    ],
)
def test_numbers_of_the_classic_maze(horizon, values):
    for context, value in zip(CONTEXTS, values, strict=True):
        mean = contextual_empowerment(KLYUBIN, horizon, context).bits.mean()
        assert mean == pytest.approx(value, abs=5e-5)


@given(noisy_tables(), st.integers(1, 2), st.data())
@settings(deadline=None)
def test_more_knowledge_never_hurts(world, horizon, data):
    states = len(world.cell)
    labels = data.draw(st.lists(st.integers(0, 2), min_size=states, max_size=states))
    free, some, whole = (
        contextual_empowerment(world, horizon, context).bits.mean()
        for context in ("none", labels, np.arange(states))
    )
    assert free <= some + 2e-6
    assert some <= whole + 2e-6


def test_knowing_the_state_is_empowerment():
    for world in (KLYUBIN, World.from_maze(parse_maze("...\n..#"), moves="turn", slip=0.1)):
        emap = contextual_empowerment(world, 2, "state")
        np.testing.assert_allclose(emap.bits, gridemp.empowerment(world, 2).bits, atol=2e-6)


def test_contexts_are_sensors():
    maze = parse_maze("..#\n...")
    for moves in ("nesw", "turn"):
        world = World.from_maze(maze, moves=moves, torus="x")
        for sensor in ("position", "row", "column", "walls"):
            labels = World.from_maze(maze, moves=moves, torus="x", sensor=sensor).sensor
            named = contextual_empowerment(world, 2, sensor)
            np.testing.assert_array_equal(named.bits, contextual_empowerment(world, 2, labels).bits)
            assert named.kind.context == sensor


def test_boxes_are_part_of_the_state():
    world = World.from_maze(parse_maze("..$."), within=2)
    free, whole = (contextual_empowerment(world, 2, each).bits.mean() for each in ("none", "state"))
    assert free < whole


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"context": "eyes"}, "there is no context 'eyes'; use one of none, state, position"),
        ({"context": [1, 2]}, "`context` is not a label for each state"),
        ({"horizon": 0}, "the horizon must be a whole number"),
        ({"tol": -1}, "`tol` must be a positive number"),
    ],
)
def test_wrong_arguments(given, sentence):
    with pytest.raises(GridempError, match=sentence):
        contextual_empowerment(KLYUBIN, **{"horizon": 1, **given})


def test_sensors_of_other_worlds_are_refused():
    table = World.from_successors([[0, 1], [0, 1]])
    with pytest.raises(GridempError, match="only for worlds of mazes without hands; give a label"):
        contextual_empowerment(table, 1, "walls")
    np.testing.assert_allclose(contextual_empowerment(table, 1, "none").bits, 1, atol=1e-6)


def test_rows_that_do_not_fit_are_refused(monkeypatch):
    monkeypatch.setattr(contextual, "MAX_BYTES", 10**6)
    with pytest.raises(HorizonTooLarge, match=r"after 3 of 9 steps.*lower the horizon to 3"):
        contextual_empowerment(KLYUBIN, 9, "none")
