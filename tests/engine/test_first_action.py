"""First-action empowerment agrees with sums over all sequences of actions."""

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.policies import noisy_tables, step_rows

import gridemp
from gridemp import GridempError, Maze, World, first_action_empowerment, parse_maze
from gridemp.information.measures import transmitted_information

ROOM = World.from_maze(Maze(np.ones((5, 5))))


def rows_of(world, state, horizon, later):
    """Distribution of the state after each first action, by summing over all later sequences."""
    steps = step_rows(world)
    actions = range(len(world.actions))
    rows = np.zeros((len(world.actions), len(world.cell)))
    for first in actions:
        for sequence in product(actions, repeat=horizon - 1):
            row = steps[state, first]
            for action in sequence:
                row = row @ steps[:, action]
            rows[first] += np.prod([later[action] for action in sequence]) * row
    return rows


@given(noisy_tables(), st.integers(1, 3))
@settings(deadline=None)
def test_all_sequences(world, horizon):
    later = np.arange(1.0, len(world.actions) + 1)
    later /= later.sum()
    emap = first_action_empowerment(world, horizon, later)
    even = first_action_empowerment(world, horizon, later, source="uniform")
    first = np.full(len(later), 1 / len(later))
    for state, (bits, gap) in enumerate(zip(emap.bits, emap.gap, strict=True)):
        rows = rows_of(world, state, horizon, later)
        capacity = gridemp.active_set_capacity(rows)
        assert bits <= capacity.upper + 1e-9
        assert bits + gap >= capacity.lower - 1e-9
        assert even.bits[state] == pytest.approx(transmitted_information(rows, first), abs=1e-9)


def test_numbers_known_from_elsewhere():
    emap = first_action_empowerment(ROOM, 3, source="uniform")
    assert emap.at(2, 2) == pytest.approx(0.6964, abs=5e-5)
    assert emap.at(0, 0) == pytest.approx(0.2468, abs=5e-5)
    assert emap.gap.max() == 0


def test_one_step_is_empowerment():
    emap = first_action_empowerment(ROOM, 1)
    np.testing.assert_allclose(emap.bits, gridemp.empowerment(ROOM, 1).bits, atol=1e-6)


@pytest.mark.parametrize("slip", [0.0, 0.2])
def test_it_is_at_most_empowerment_and_falls_with_the_horizon(slip):
    world = World.from_maze(gridemp.load_maze("trap"), slip=slip)
    maps = [first_action_empowerment(world, steps) for steps in (1, 2, 3)]
    for emap in maps:
        assert (emap.bits <= gridemp.empowerment(world, emap.steps).bits + 2e-6).all()
    for short, long in pairwise(maps):
        assert (long.bits <= short.bits + 2e-6).all()  # data processing


def test_readings_take_the_place_of_states():
    world = World.from_maze(parse_maze("...\n..."), sensor="row")
    emap = first_action_empowerment(world, 2)
    full = first_action_empowerment(World.from_maze(parse_maze("...\n...")), 2)
    assert (emap.bits < full.bits).all()


def test_the_map_names_the_distributions():
    emap = first_action_empowerment(ROOM, 2, [0.2, 0.2, 0.2, 0.2, 0.2], source=[1, 0, 0, 0, 0])
    assert (emap.kind.afterwards, emap.source) == ("uniform", "source 1,0,0,0,0")
    assert emap.bits.max() == 0
    emap = first_action_empowerment(ROOM, 2, [0.4, 0.3, 0.1, 0.1, 0.1])
    assert (emap.kind.afterwards, emap.source) == ("0.4,0.3,0.1,0.1,0.1", "")
    assert first_action_empowerment(ROOM, 2, source="uniform").source == "uniform source"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"afterwards": "greedy"}, "`afterwards` must be uniform or probabilities, not 'greedy'"),
        ({"afterwards": [1, 0]}, "`afterwards` must hold a probability for each of 5 actions"),
        ({"source": [1, 1, 1, 1, 1]}, "the probabilities of `source` must be 0 or more and sum"),
        ({"afterwards": [object()]}, "`afterwards` must hold a probability"),
        ({"tol": 0}, "`tol` must be a positive number"),
        ({"horizon": 0}, "the horizon must be a whole number"),
    ],
)
def test_wrong_arguments(given, sentence):
    with pytest.raises(GridempError, match=sentence):
        first_action_empowerment(ROOM, **{"horizon": 2, **given})
