"""Empowerment of some states of a world."""

import numpy as np
import pytest

from gridemp import GridempError, World, load_maze, parse_maze
from gridemp.agents.agent import Agent
from gridemp.agents.empowerment_of_states import empowerment_of_states
from gridemp.agents.policies import greedy, plan, soft
from gridemp.agents.state_values import expected_next
from gridemp.worlds.subworld import nearby


def test_what_is_not_known_is_not_guessed():
    world = World.from_maze(load_maze("room"))
    middle = np.array([60])
    bits, gap = empowerment_of_states(world, 2, states=middle)
    assert np.flatnonzero(~np.isnan(bits)).tolist() == [60]
    assert bits[60] == np.log2(13)
    assert np.isnan(greedy(world, bits, gap)).all()
    assert np.isnan(soft(world, bits)[60]).any()
    assert expected_next(world, bits)[60, 4] == bits[60]
    with pytest.raises(GridempError, match="give the empowerment of every state"):
        plan(world, bits)


def test_a_world_that_was_built_for_too_few_steps_is_refused():
    """States at the edge of such a world lead to themselves, and would look too poor."""
    maze = parse_maze(".....\n.$...\n...$.\n.....")
    short, whole = World.from_maze(maze, within=4), World.from_maze(maze)
    agent, truth = Agent(short, 3), Agent(whole, 3)
    near = nearby(short, short.starts, 1)
    agent.compute(near)
    truth.compute(np.arange(len(whole.cell)))
    np.testing.assert_array_equal(agent.bits[near], truth.bits[near])
    far = np.setdiff1d(np.arange(len(short.cell)), near)
    assert len(far)
    too_few = "built for 4 steps, too few to compute this horizon for .* a larger `within`"
    with pytest.raises(GridempError, match=too_few):
        agent.compute(far[:1])
    with pytest.raises(GridempError, match=too_few):
        empowerment_of_states(short, 3, states=far)
