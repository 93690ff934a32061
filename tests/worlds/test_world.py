import numpy as np
import pytest
from hypothesis import given
from support.simulator import Simulator
from support.strategies import worlds
from support.worlds import places

import gridemp
from gridemp import World, parse_maze


@pytest.mark.slow
@given(worlds())
def test_successors_are_those_of_the_simulator(world):
    simulator = Simulator(world.maze, world.actions)
    at = places(world)
    for state, place in enumerate(at):
        for a, action in enumerate(world.actions):
            assert at[world.successors[state, a, 0]] == simulator.move(place, action)


@given(worlds(max_side=3, slips=(1e-9, 0.3, 1.0)))
def test_noise_is_that_of_the_simulator(world):
    simulator = Simulator(world.maze, world.actions, world.conditions.slip)
    at = places(world)
    for state, place in enumerate(at):
        for a, action in enumerate(world.actions):
            expected = simulator.step({place: 1.0}, action)
            found = dict.fromkeys(at, 0.0)
            for s, p in zip(world.successors[state, a], world.probabilities[state, a], strict=True):
                found[at[s]] += p
            for end in at:
                assert found[end] == pytest.approx(expected[end], abs=1e-15)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"successors": [[[0]], [[2]]]}, "successors must hold numbers of states, from 0 to 1"),
        ({"successors": [[[0]], [[-1]]]}, "successors must hold numbers of states, from 0 to 1"),
        ({"successors": [[[0.0]], [[1.0]]]}, "successors must hold whole numbers, not float64"),
        ({"successors": [[0], [1]]}, r"successors has shape \(2, 1\); .* need \(2, 1, K\)"),
        ({"actions": ("a", "b")}, r"2 states in `cell` and 2 actions need \(2, 2, K\)"),
        ({"probabilities": [[[1.0, 0.0]], [[1.0, 0.0]]]}, r"probabilities has shape \(2, 1, 2\)"),
        ({"sensor": [0]}, r"sensor must have shape \(2,\), not \(1,\)"),
        ({"cell": [0, 2]}, "cell must hold numbers of floor cells, from 0 to 1"),
    ],
)
def test_a_world_by_hand_names_the_field_that_is_wrong(fields, sentence):
    right = {
        "maze": gridemp.parse_maze(".."),
        "actions": ("swap",),
        "successors": [[[1]], [[0]]],
        "probabilities": [[[1.0]], [[1.0]]],
        "sensor": [0, 1],
        "cell": [0, 1],
    }
    assert gridemp.empowerment(gridemp.World(**right), 3).bits.tolist() == [0, 0]
    with pytest.raises(gridemp.GridempError, match=sentence):
        gridemp.World(**right | fields)


@pytest.mark.parametrize("torus", ["", "x", "y", "xy"])
def test_a_world_knows_which_of_its_edges_are_joined(torus):
    world = World.from_maze(parse_maze("...\n..."), torus=torus)
    assert world.torus == world.conditions.torus == torus


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"slip": "a"}, "slip must be a probability from 0 to 1, not 'a'"),
        ({"slip": None}, "slip must be a probability from 0 to 1, not None"),
        ({"within": 0}, "`within` must be a number of steps, 1 or more, not 0"),
        ({"within": 1.5}, "`within` must be a number of steps, 1 or more, not 1.5"),
        ({"within": "a"}, "`within` must be a number of steps, 1 or more, not 'a'"),
    ],
)
def test_options_of_the_wrong_kind(options, sentence):
    with pytest.raises(gridemp.GridempError, match=sentence):
        World.from_maze(parse_maze("..."), **options)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"starts": [[0, 1]]}, "starts must hold numbers of states"),
        ({"starts": 1}, "`starts` must be an array of numbers or None, not 1"),
        ({"heading": [0]}, r"heading must have shape \(2,\), not \(1,\)"),
        ({"heading": [0, 7]}, "heading must hold numbers of headings, from 0 to 3"),
        ({"probabilities": np.broadcast_to(0.5, (2, 1, 1))}, "sum to 0.5, not 1"),
    ],
)
def test_fields_of_a_hand_made_world(fields, sentence):
    right = {
        "maze": parse_maze(".."),
        "actions": ("go",),
        "successors": [[[1]], [[0]]],
        "probabilities": [[[1.0]], [[1.0]]],
        "sensor": [0, 1],
        "cell": [0, 1],
    }
    World(**right)
    with pytest.raises(gridemp.GridempError, match=sentence):
        World(**{**right, **fields})
