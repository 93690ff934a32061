"""Measures of random walks, against enumerated walks and closed forms."""

import math
import sys
from collections import Counter
from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.strategies import worlds
from support.worlds import drawn_world, places

import gridemp
from gridemp import GridempError, HorizonTooLarge, Maze, World, empowerment, information_map
from gridemp.analysis.measures import measure


def bits(chances):
    return -sum(p * math.log2(p) for p in chances if p > 0)


def paths_of(world, start, horizon):
    """Probability of each path of states, with all action sequences and all their noise listed."""
    found = Counter()
    width = world.successors.shape[2]
    share = Fraction(1, len(world.actions) ** horizon)
    for actions in product(range(len(world.actions)), repeat=horizon):
        for kinds in product(range(width), repeat=horizon):
            state, path, chance = start, [], float(share)
            for action, kind in zip(actions, kinds, strict=True):
                chance *= float(world.probabilities[state, action, kind])
                state = int(world.successors[state, action, kind])
                path.append(state)
            if chance > 0:
                found[tuple(path)] += chance
    return found


def listed(world, which, start, horizon):
    """A measure from the list of all paths, and its definition."""
    paths = paths_of(world, start, horizon)
    ends = Counter()
    for path, chance in paths.items():
        ends[path[-1]] += chance
    if which == "path-entropy":
        return bits(paths.values())
    if which == "entropy":
        return bits(ends.values())
    if which == "reachable":
        return len({start, *(state for path in paths for state in path)})
    spots = places(world)
    mean = [sum(p * spots[s][axis] for s, p in ends.items()) for axis in (0, 1)]
    return sum(p * math.dist(spots[s], mean) ** 2 for s, p in ends.items())


@pytest.mark.parametrize("which", ["reachable", "entropy", "path-entropy", "variance"])
@pytest.mark.parametrize(
    "options",
    [{}, {"stay": False}, {"slip": 0.3}, {"slip": 0.2, "slip_kind": "perpendicular"}],
    ids=str,
)
def test_measures_are_those_of_all_listed_walks(which, options):
    world = drawn_world("..#\n.T.", **options)
    for horizon in (1, 2) if "slip" in options else (1, 3, 4):
        expected = [listed(world, which, s, horizon) for s in range(len(world.cell))]
        found = measure(world, which, horizon)
        np.testing.assert_allclose(found, expected, atol=1e-12, err_msg=f"{horizon}")


def test_open_corridor_has_closed_forms():
    world = World.from_maze(Maze(np.ones((1, 41))), stay=False)
    middle, n = 20, 10
    # A step east or west has probability 1/4 each, so that its variance is 1/2.
    assert measure(world, "variance", n)[middle] == pytest.approx(n / 2)
    assert measure(world, "path-entropy", n)[middle] == pytest.approx(1.5 * n)  # h = 3/2 bits
    assert measure(world, "reachable", n)[middle] == 2 * n + 1
    # Such a lazy walk of n steps ends like a fair one of 2n half steps.
    binomial = [math.comb(2 * n, k) / 4**n for k in range(2 * n + 1)]
    assert measure(world, "entropy", n)[middle] == pytest.approx(bits(binomial))


def test_open_plane_has_the_reach_of_the_literature():
    world = World.from_maze(Maze(np.ones((11, 11))))
    n = 4
    assert measure(world, "reachable", n)[60] == 2 * n**2 + 2 * n + 1
    assert measure(world, "variance", n)[60] == pytest.approx(0.8 * n)  # one in five stays


@pytest.mark.slow
@settings(max_examples=40)
@given(worlds(max_side=4, slips=(0.0, 0.2)), st.integers(1, 4))
def test_measures_are_ordered(world, horizon):
    reach = np.log2(measure(world, "reachable", horizon))
    end, path = (measure(world, name, horizon) for name in ("entropy", "path-entropy"))
    slack = 1e-9
    assert (end <= path + slack).all()
    assert (end <= reach + slack).all()
    assert (path <= horizon * np.log2(len(world.actions) * world.successors.shape[2]) + slack).all()
    assert (empowerment(world, min(horizon, 2)).bits <= reach + slack).all()
    assert (measure(world, "variance", horizon) >= 0).all()


def test_the_reach_is_empowerment_without_noise(klyubin):
    reach = np.log2(measure(klyubin, "reachable", 5))
    np.testing.assert_allclose(reach, empowerment(klyubin, 5).bits)


def test_without_noise_the_end_tells_the_random_actions(klyubin):
    sent = information_map(klyubin, 4, "uniform").bits
    np.testing.assert_allclose(measure(klyubin, "entropy", 4), sent)


def test_without_staying_fewer_states_are_reached_at_once_than_within():
    world = drawn_world("....", stay=False)
    assert measure(world, "reachable", 2).tolist() == [3, 4, 4, 3]
    assert measure(world, "reachable", 9).tolist() == [4] * 4


def test_valid_actions_lead_elsewhere():
    assert measure(drawn_world("..#\n..."), "actions").tolist() == [2, 2, 2, 3, 1]
    slippery = measure(drawn_world("..", slip=0.1), "actions")
    assert slippery.tolist() == [5, 5]  # each may slip into the move
    assert measure(drawn_world(".T"), "actions").tolist() == [1, 0]


def test_measures_of_headings_and_boxes_count_states():
    world = World.from_maze(gridemp.parse_maze(".."), moves="turn", stay=False)
    # The start, two turns, and the cell ahead if there is one.
    assert sorted(measure(world, "reachable", 1).tolist()) == [3] * 6 + [4] * 2
    assert (measure(world, "reachable", 9) == 8).all()
    pushed = World.from_maze(gridemp.parse_maze("...\n.$.\n..."))
    assert measure(pushed, "entropy", 3).shape == pushed.starts.shape


@pytest.mark.slow
def test_a_world_that_is_built_for_some_steps_is_enough():
    maze = gridemp.load_maze("box")
    near, whole = World.from_maze(maze, within=3), World.from_maze(maze)
    for which in ("reachable", "entropy", "path-entropy", "variance"):
        found = measure(near, which, 3)
        np.testing.assert_allclose(found, measure(whole, which, 3), err_msg=which)
    with pytest.raises(GridempError, match="built for 3 steps, not for 4"):
        measure(near, "entropy", 4)


@pytest.mark.parametrize("which", ["entropy", "reachable"])
def test_walks_in_blocks_tell_how_far_they_are(klyubin, which, monkeypatch):
    whole = measure(klyubin, which, 4)
    told = []
    walk = sys.modules["gridemp.analysis.random_walk"]
    monkeypatch.setattr(walk, "MAX_STARTS", 9)
    monkeypatch.setattr(walk, "BLOCK_ENTRIES", 500)
    np.testing.assert_allclose(measure(klyubin, which, 4, progress=told.append), whole)
    assert len(told) == 12
    assert told == sorted(told)
    assert told[-1] == 1


def test_a_certain_end_has_no_variance_at_all():
    world = World.from_maze(gridemp.parse_maze(">" * 30 + "."), stay=False)
    assert measure(World.from_maze(Maze([[1]])), "variance", 1000).tolist() == [0]
    assert measure(world, "variance", 3).min() >= 0


def test_positions_on_a_torus_have_no_variance():
    world = drawn_world("....\n....", torus="x")
    with pytest.raises(GridempError, match="no mean, so they have no variance; choose another"):
        measure(world, "variance", 2)
    assert measure(world, "entropy", 2).std() < 1e-12  # all cells are alike


def test_walks_that_are_too_long_are_refused(klyubin):
    for which in ("entropy", "path-entropy", "variance"):
        with pytest.raises(HorizonTooLarge, match="lower the horizon to 100000 or less"):
            measure(klyubin, which, 10**6)
    assert (measure(klyubin, "reachable", 10**6) == 100).all()
