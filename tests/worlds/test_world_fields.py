"""Fields of the worlds of mazes, against the simulator."""

import pytest
from hypothesis import given
from support.simulator import Simulator
from support.strategies import worlds
from support.worlds import places


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
