"""The part of a world that some steps can lead to."""

import numpy as np
import pytest

from gridemp import World, empowerment, load_maze, parse_maze
from gridemp.worlds.subworld import nearby, part


def test_nearby_states_of_a_corridor():
    world = World.from_maze(parse_maze("....."))
    assert nearby(world, np.array([0]), 0).tolist() == [0]
    assert nearby(world, np.array([0, 4]), 1).tolist() == [0, 1, 3, 4]
    assert nearby(world, np.array([2])).tolist() == [0, 1, 2, 3, 4]


def test_what_cannot_happen_leads_nowhere():
    table = np.zeros((2, 1, 2))
    table[:, 0, 0] = 1
    assert nearby(World.from_transitions(table), np.array([0])).tolist() == [0]


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
