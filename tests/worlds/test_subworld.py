"""The part of a world that some steps can lead to."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.strategies import furnished, options
from support.walkers import starts

from gridemp import Maze, World, empowerment, load_maze, parse_maze
from gridemp.worlds.subworld import nearby, part


def test_nearby_states_of_a_corridor():
    world = World.from_maze(parse_maze("....."))
    assert nearby(world, np.array([0]), 0).tolist() == [0]
    assert nearby(world, np.array([0, 4]), 1).tolist() == [0, 1, 3, 4]
    assert nearby(world, np.array([2])).tolist() == [0, 1, 2, 3, 4]


def test_what_cannot_happen_leads_nowhere():
    table = np.zeros((4, 1, 4))
    table[1, 0, 1] = 1  # padded to the two outcomes of the others, with probability 0
    table[[0, 2, 3], 0, 2] = table[[0, 2, 3], 0, 3] = 0.5
    world = World.from_transitions(table)
    assert (world.probabilities[1] == 0).any()
    world = replace(world, successors=np.where(world.probabilities > 0, world.successors, 0))
    assert nearby(world, np.array([1])).tolist() == [1]
    assert nearby(world, np.array([0])).tolist() == [0, 2, 3]


@pytest.mark.parametrize("options", [{}, {"slip": 0.2}, {"moves": "turn"}])
def test_a_part_has_the_empowerment_of_the_whole(options):
    world = World.from_maze(load_maze("two-rooms"), **options)
    states = np.array([0, 5])
    near, places = part(world, states, 2)
    assert len(places) < len(world.cell)
    assert near.within == 2
    inside = np.searchsorted(places, states)
    whole = empowerment(world, 2).bits[states]
    np.testing.assert_allclose(empowerment(near, 2).bits[inside], whole, atol=2e-6)


def test_what_is_near_a_state():
    world = World.from_maze(Maze(np.ones((9, 9))))
    assert len(nearby(world, np.array([40]), 3)) == 25
    assert len(nearby(world, np.array([40]))) == 81
    assert nearby(world, np.array([40, 3]), 0).tolist() == [3, 40]


@settings(max_examples=30)
@given(furnished(max_side=4), options((0.0, 0.2)), st.integers(1, 2), st.data())
def test_a_part_holds_for_the_steps_it_was_cut_for(maze, options, horizon, data):
    world = World.from_maze(maze, **options, within=horizon + 1)
    horizon = 1 if options["slip"] else horizon
    state = data.draw(st.sampled_from(list(starts(world))))
    near, places = part(world, np.array([state]), horizon)
    assert len(near.cell) == len(nearby(world, np.array([state]), horizon))
    one = np.searchsorted(places, state)
    alone = empowerment(replace(near, starts=np.array([one])), horizon)
    (whole,) = empowerment(replace(world, starts=np.array([state])), horizon).bits
    np.testing.assert_allclose(alone.bits[0], whole, atol=2e-6)
