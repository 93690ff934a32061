"""Walks of agents: where they lead, and the maps on their way."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.strategies import furnished, options
from support.walkers import dice, simulated, simulator_of, starts, walked

from gridemp import GridempError, Maze, World, empowerment, load_maze
from gridemp.agents.agent import Agent
from gridemp.agents.walk import start_state, walk


@pytest.mark.slow
@settings(max_examples=30)
@given(furnished(max_side=4, boxes=1), options((0.0, 0.3)), st.integers(0, 99), st.data())
def test_each_step_is_one_that_the_simulator_can_take(maze, options, seed, data):
    world = World.from_maze(maze, **options, within=5)
    policy = data.draw(st.sampled_from(("greedy", "soft")))
    agent, start = Agent(world, 1, policy), data.draw(st.sampled_from(list(starts(world))))
    path = walk(agent, start, 4, dice(seed))
    simulator = simulator_of(world, options)
    assert path.states[0] == start
    for before, action, after in zip(path.states, path.actions, path.states[1:], strict=False):
        ahead = simulator.step({simulated(world, before): 1.0}, world.actions[action])
        assert ahead[simulated(world, after)] > 0
        assert agent.action_probabilities(np.array([before]))[0, action] > 0
    emap = empowerment(World.from_maze(maze, **options, within=1), 1)
    np.testing.assert_allclose(path.bits[0], emap.bits[start], atol=2e-6)


def test_from_a_corner_of_a_room_to_its_middle():
    _, path = walked("room", 5, 0, 0)
    assert path.xy[-1].tolist() == [5, 5]
    assert path.settled == 10
    assert path.gain == path.bits[-1] - path.bits[0] == np.log2(61) - np.log2(21)
    assert (np.diff(path.bits) >= 0).all()


def test_the_same_seed_walks_the_same_way_and_others_break_ties_otherwise():
    ways = [walked("room", 5, 0, 0, seed=seed)[1].actions.tolist() for seed in (3, 3, 4, 5)]
    assert ways[0] == ways[1]
    assert len(set(map(tuple, ways))) > 1
    ends = {tuple(walked("room", 5, 0, 0, seed=seed)[1].xy[-1].tolist()) for seed in range(4)}
    assert ends == {(5, 5)}


def test_a_plan_gathers_more_than_greed():
    gathered = {p: walked("klyubin", 5, 0, 0, 25, p)[1].bits.sum() for p in ("greedy", "plan")}
    assert gathered["plan"] > gathered["greedy"]
    assert walked("klyubin", 5, 0, 0, 25, "plan")[1].xy[-1].tolist() == [5, 5]


def test_it_keeps_away_from_a_trap_that_a_policy_which_ignores_it_falls_into():
    """Its probability of being caught, by the powers of the Markov chain of each policy."""
    open_room = Maze(np.ones((7, 7)))
    trapped = Maze(open_room.floor, objects={(3, 3): "T"})
    world, safe = (World.from_maze(maze, slip=0.05) for maze in (trapped, open_room))
    policies = (Agent(each, 2).action_probabilities(np.arange(49)) for each in (world, safe))
    table = np.zeros((49, 5, 49))
    for state in range(49):
        for action in range(5):
            ahead = world.successors[state, action], world.probabilities[state, action]
            np.add.at(table[state, action], *ahead)
    caught = [
        np.linalg.matrix_power(np.einsum("sa,sat->st", policy, table), 30)[0, 24]
        for policy in policies
    ]
    assert caught[0] < 0.02 < 0.9 < caught[1]
    for seed in range(3):
        _, path = walked(trapped, 2, 0, 0, 30, seed=seed, slip=0.05)
        assert path.states[-1] != 24


@pytest.mark.slow
def test_where_it_slips_more_often_than_not():
    """At 0.9, each other action is likelier than the intended one, and its outcome is no slip."""
    _, path = walked("room", 1, 5, 5, 100, slip=0.9)
    ahead = path.world.successors[path.states[:-1], path.actions]
    chances = path.world.probabilities[path.states[:-1], path.actions]
    for step in range(100):
        by_state = np.bincount(ahead[step], chances[step])
        after = path.states[step + 1]
        assert path.slipped[step] == (by_state[after] < by_state.max() - 1e-12)


@pytest.mark.slow
def test_slips_are_what_the_action_was_not_likeliest_to_do():
    _, path = walked("room", 2, 0, 0, 200, slip=0.3)
    meant = path.world.successors[path.states[:-1], path.actions, path.actions]
    np.testing.assert_array_equal(path.slipped, meant != path.states[1:])
    assert 30 < path.slipped.sum() < 90


@pytest.mark.parametrize("steps", [0, -1, 100_001])
def test_walks_that_are_none(steps):
    agent = Agent(World.from_maze(load_maze("room")), 2)
    with pytest.raises(GridempError, match="`steps` must be from 1 to 100,000"):
        walk(agent, 0, steps, dice())
    with pytest.raises(GridempError, match="has one heading at a time"):
        start_state(agent, 0, 0, "mean")


def test_progress_rises_to_the_end():
    agent, told = Agent(World.from_maze(load_maze("klyubin"), slip=0.1), 2), []
    walk(agent, 0, 5, dice(), told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0
