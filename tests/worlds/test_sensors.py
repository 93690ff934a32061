"""Sensors: readings of the built-in ones, and any labelling."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from support.strategies import furnished, options
from support.walkers import simulator_of, starts_of

import gridemp
from gridemp import World, empowerment, parse_maze
from gridemp.worlds.moves import HEADINGS


@st.composite
def tables(draw):
    """Any small P[s, a, s'], certain rows included."""
    states, actions = draw(st.integers(1, 4)), draw(st.integers(1, 3))
    shape = (states, actions, states)
    weights = draw(hnp.arrays(float, shape, elements=st.sampled_from([0.0, 0.0, 0.3, 1.0, 2.0])))
    weights[..., 0] += weights.sum(axis=2) == 0
    return weights / weights.sum(axis=2, keepdims=True)


@pytest.mark.slow
@given(tables(), st.data(), st.integers(1, 3))
def test_a_coarser_sensor_never_sees_more(table, data, horizon):
    fine = data.draw(hnp.arrays(int, len(table), elements=st.integers(0, 3)))
    merged = np.array(data.draw(st.lists(st.integers(0, 2), min_size=4, max_size=4)))[fine]
    world = World.from_transitions(table)
    maps = [empowerment(w, horizon) for w in (world, world.with_sensor(fine))]
    maps.append(empowerment(world.with_sensor(merged), horizon))
    for finer, coarser in pairwise(maps):
        np.testing.assert_array_less(coarser.bits, finer.bits + finer.gap + 1e-9)
    blind = empowerment(world.with_sensor(np.zeros(len(table))), horizon)
    np.testing.assert_allclose(blind.bits, 0, atol=1e-9)


def test_rows_of_labels_are_a_sensor():
    world = World.from_maze(parse_maze("....")).with_sensor([(0, 0), (0, 1), (0, 1), (1, 0)])
    assert world.sensor.tolist() == [0, 1, 1, 2]
    assert "own sensor" in str(world.conditions)


@pytest.mark.parametrize(
    ("labels", "numbers"),
    [
        ([1, "1", 2], [0, 1, 2]),
        ([2**63, 2**63 + 1, -1], [0, 1, 2]),
        (["a", "a\0", None], [0, 1, 2]),
        ([frozenset("ab"), frozenset("ba"), 0.5], [0, 0, 1]),
        (np.array([[1, 2], [1, 3], [1, 2]]), [0, 1, 0]),
        (np.array(["b", "a", "b"]), [1, 0, 1]),
    ],
)
def test_labels_that_differ_stay_apart(labels, numbers):
    world = World.from_maze(parse_maze("...")).with_sensor(labels)
    assert world.sensor.tolist() == numbers


@settings(max_examples=40)
@given(furnished(max_side=3), options(hands=True))
def test_the_walls_that_are_sensed_are_those_of_the_simulator(maze, options):
    world = World.from_maze(maze, **options, sensor="walls")
    simulator = simulator_of(world, options)
    sensed = {}
    for number, state in starts_of(world, simulator).items():
        is_open = simulator.open_moves(state)
        if state.heading is not None:
            turn = HEADINGS.index(state.heading)
            is_open = frozenset((HEADINGS.index(name) - turn) % 4 for name in is_open)
        label = int(world.sensor[number])
        assert sensed.setdefault(label, is_open) == is_open
    assert len(set(sensed.values())) == len(sensed)


@pytest.mark.slow
@given(furnished(), options(), st.sampled_from(("position", "row", "column", "walls")))
def test_a_sensor_never_tells_more_than_the_state(maze, options, sensor):
    everything = empowerment(World.from_maze(maze, **options), 3)
    world = World.from_maze(maze, **options, sensor=sensor)
    assert (empowerment(world, 3).outcomes <= everything.outcomes).all()


@pytest.mark.slow
@settings(max_examples=40)
@given(furnished(max_side=3, boxes=1), options(slips=(0.0, 0.2)), st.data())
def test_merging_labels_never_raises_a_value(maze, options, data):
    world = World.from_maze(maze, **options)
    labels = data.draw(
        st.lists(st.integers(0, 4), min_size=len(world.cell), max_size=len(world.cell))
    )
    coarser = [label // 2 for label in labels]
    maps = [
        empowerment(w, 2) for w in (world, world.with_sensor(labels), world.with_sensor(coarser))
    ]
    for finer, merged in pairwise(maps):
        assert (merged.bits <= finer.bits + finer.gap + 1e-12).all()


def test_an_agent_that_does_not_sense_its_heading_controls_less():
    maze = gridemp.load_maze("room")
    maps = [
        empowerment(World.from_maze(maze, moves="turn", sensor=s), 4).one_per_cell()
        for s in ("state", "position")
    ]
    assert (maps[1].bits < maps[0].bits).all()


def test_a_sensor_has_one_label_per_state():
    world = World.from_maze(parse_maze("..."))
    assert empowerment(world.with_sensor(["a", "b", "a"]), 2).outcomes.tolist() == [2, 2, 2]
    with pytest.raises(gridemp.GridempError, match="each of the 3 states, not 2 labels"):
        world.with_sensor([0, 1])
