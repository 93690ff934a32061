"""The skills of a cell attain its potential empowerment."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.policies import discounts
from support.strategies import worlds

from gridemp import ConvergenceWarning, GridempError, World, parse_maze, potential_empowerment
from gridemp.analysis import cell_skills
from gridemp.engine import potential
from gridemp.information import transmitted_information

ROOM = World.from_maze(parse_maze("...\n..."))
LONG = 3000  # steps


def followed(world, walk, discount):
    """Occupancy of an agent that takes the steps of a walk, with every step checked."""
    states, tail = list(walk.states), walk.tail
    while len(states) < LONG:
        states.append(states[len(states) - len(walk.states) + tail])
    for state, after in pairwise(states):
        assert after in world.successors[state, :, 0]
    occupancy = np.bincount(states, discount ** np.arange(len(states)), len(world.cell))
    return occupancy / occupancy.sum()


@given(worlds(max_side=3), discounts, st.data())
def test_skills_attain_what_the_map_says(world, discount, data):
    state = data.draw(st.integers(0, len(world.cell) - 1))
    x, y = world.maze.xy(*world.maze.cells[state])
    skills = cell_skills(world, x, y, discount)
    assert {walk.states[0] for walk in skills.walks} == {state}
    assert (np.diff(skills.weights) <= 0).all()
    channel = np.array([followed(world, walk, discount) for walk in skills.walks])
    bits = transmitted_information(channel, skills.weights)
    assert bits == pytest.approx(skills.bits, abs=1e-9)


def test_a_cell_is_that_of_the_map():
    pmap = potential_empowerment(ROOM, 0.9)
    skills = cell_skills(ROOM, 1, 1, 0.9)
    assert skills.bits == pmap.at(1, 1)
    assert 0 <= skills.gap <= 1e-6


def test_a_heading_can_be_chosen():
    turning = World.from_maze(parse_maze("..."), moves="turn", stay=False)
    best = cell_skills(turning, 0, 0, 0.5)
    each = [
        cell_skills(turning, 0, 0, 0.5, heading=heading)
        for heading in ("north", "east", "south", "west")
    ]
    assert best.bits == max(one.bits for one in each)
    assert best.bits + best.gap == pytest.approx(max(one.bits + one.gap for one in each))
    assert min(one.bits for one in each) < best.bits - 0.01


def test_a_wide_gap_is_announced(monkeypatch):
    monkeypatch.setattr(potential, "MAX_ROUNDS", 1)
    with pytest.warns(ConvergenceWarning, match="this cell is certified only to within .*; raise"):
        assert cell_skills(ROOM, 0, 0, 0.9).gap > 1e-6


def test_wrong_cells_and_settings_are_refused():
    with pytest.raises(GridempError, match="there is no cell x = 9"):
        cell_skills(ROOM, 9, 0, 0.5)
    with pytest.raises(GridempError, match="`discount`"):
        cell_skills(ROOM, 0, 0, 1.0)
    with pytest.raises(GridempError, match="`tol`"):
        cell_skills(ROOM, 0, 0, 0.5, tol=-1)
