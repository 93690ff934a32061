"""Fields of the worlds of mazes, against the simulator."""

import pytest
from hypothesis import given
from support.simulator import Simulator
from support.strategies import worlds
from support.worlds import places

from gridemp.worlds.world_fields import state_maze


@pytest.mark.slow
@given(worlds())
def test_successors_are_those_of_the_simulator(world):
    simulator = Simulator(world.maze, world.actions)
    at = places(world)
    for state, place in enumerate(at):
        for a, action in enumerate(world.actions):
            assert at[world.successors[state, a, 0]] == simulator.move(place, action)


@pytest.mark.slow
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


def test_states_without_a_place_are_drawn_in_order():
    assert state_maze(256, "few").shape == (1, 256)
    for states, shape in ((257, (16, 17)), (900, (30, 30)), (10**6, (1000, 1000))):
        maze = state_maze(states, "many")
        assert maze.shape == shape
        assert maze.cells[-1].tolist() == list(divmod(states - 1, shape[1]))
        assert maze.floor.sum() == states
