"""Agents compute the empowerment that they need, and no more."""

import numpy as np
import pytest

import gridemp
from gridemp import GridempError, World, load_maze, parse_maze
from gridemp.agents.agent import Agent
from gridemp.worlds.subworld import nearby


def test_an_agent_learns_only_what_it_needs():
    world = World.from_maze(parse_maze(".$...\n.....\n....."))
    for policy, known in (("greedy", 3), ("soft", 3), ("plan", len(nearby(world, np.array([0]))))):
        agent = Agent(world, 2, policy)
        agent.action_probabilities(np.array([0]))
        assert (~np.isnan(agent.bits)).sum() == known  # stay (also north, west), push east, south


def test_other_refusals():
    world = World.from_maze(load_maze("room"))
    with pytest.raises(GridempError, match="no policy 'best'; use one of greedy, soft, plan"):
        Agent(world, 2, "best")
    with pytest.raises(GridempError, match="the horizon must be a whole number"):
        Agent(world, 0)
    with pytest.raises(gridemp.HorizonTooLarge):
        Agent(World.from_maze(load_maze("room"), slip=0.1), 20).action_probabilities(np.array([0]))
