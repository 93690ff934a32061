"""The flow of all cells, against walks."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.strategies import mazes, options
from support.walkers import flow_of

from gridemp import parse_maze
from gridemp.agents.flow import EITHER
from gridemp.agents.walk import walk

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("horizon", [3, 5])
@pytest.mark.parametrize("policy", ["greedy", "plan"])
def test_walks_end_where_they_flow(horizon, policy):
    agent, found = flow_of("klyubin", horizon, policy)
    ends = {state: i for i, states in enumerate(found.attractors) for state in states.tolist()}
    several = set()
    for start, basin in zip(found.emap.states.tolist(), found.basin.tolist(), strict=True):
        for seed in range(2):
            path = walk(agent, start, 100, np.random.default_rng(seed))
            end = ends[int(path.states[-1])]
            if basin == EITHER:
                several.add(end)
            else:
                assert end == basin
    assert (len(several) > 1) == (EITHER in found.basin)


def test_the_classic_maze_has_three_hills_at_three_steps_and_one_at_five():
    _, three = flow_of("klyubin", 3)
    assert three.basin_sizes.tolist() == [46, 27, 20]
    assert [three.cells(i) for i in range(3)] == [
        [(7, 5), (7, 6)],
        [(1, 5), (1, 6)],
        [(6, 0), (5, 1), (6, 1), (7, 1)],
    ]
    assert (three.basin == EITHER).sum() == 7
    _, five = flow_of("klyubin", 5)
    assert five.basin_sizes.tolist() == [100]
    assert five.cells(0) == [(5, 5)]
    assert five.low[0] == five.high[0] == five.emap.bits.max()


@settings(max_examples=30)
@given(mazes(max_side=4), options(), st.sampled_from(("greedy", "soft", "plan")))
def test_every_start_is_in_a_basin_or_in_several(maze, options, policy):
    agent, found = flow_of(maze, 1, policy, **options)
    world = agent.world
    counts = found.basin_sizes
    assert counts.sum() + (found.basin == EITHER).sum() == len(found.basin) == len(maze.cells)
    assert (np.diff(counts) <= 0).all()
    members = np.concatenate(found.attractors)
    assert len(set(members.tolist())) == len(members)
    for states in found.attractors:  # which nothing leaves, and which hold together
        ahead = world.successors[states, :, 0][agent.preferred_actions(states)]
        assert set(ahead.tolist()) <= set(states.tolist())
        assert len(states) == 1 or len(set(ahead.tolist())) == len(states)


def test_the_likeliest_is_followed_and_not_what_a_slip_might_do():
    _, sure = flow_of("room", 2)
    _, slippery = flow_of("room", 2, slip=0.2)
    np.testing.assert_array_equal(sure.basin, slippery.basin)


def test_a_trap_keeps_what_starts_in_it():
    _, found = flow_of(parse_maze("....\n.T..\n...."), 2, slip=0.1)
    trap = next(i for i in range(len(found.attractors)) if found.cells(i) == [(1, 1)])
    assert found.basin_sizes[trap] == 1
    assert found.low[trap] == 0


def test_soft_flows_as_greed_does():
    for slip in (0.0, 0.1):
        one, other = (flow_of("klyubin", 2, policy, slip=slip)[1] for policy in ("greedy", "soft"))
        np.testing.assert_array_equal(one.basin, other.basin)
        assert (other.action_probabilities > 0).all()


def test_one_start_for_each_cell_where_there_are_headings():
    agent, found = flow_of("room", 2, moves="turn")
    assert len(found.basin) == 121
    bits = agent.bits.reshape(121, 4)
    np.testing.assert_array_equal(found.emap.bits, bits.max(axis=1))
    _, north = flow_of("room", 2, moves="turn", heading="north")
    assert (agent.world.heading[north.emap.states] == 0).all()
