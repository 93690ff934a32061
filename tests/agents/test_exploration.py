"""Agents that explore: what they do, and the convergence of their maps."""

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.explorations import SMALL, true_edges
from support.strategies import mazes

from gridemp import GridempError, Maze, World, empowerment, load_maze, parse_maze
from gridemp.agents.exploration import Explorer, explore
from gridemp.agents.exploration_record import CLOSE


@pytest.mark.slow
@settings(max_examples=6)
@given(
    mazes(max_side=3),
    st.sampled_from(["", "x", "xy"]),
    st.sampled_from([0.0, 0.1]),
    st.integers(1, 2),
    st.integers(0, 99),
)
def test_what_is_computed_step_by_step_is_what_is_computed_anew(maze, torus, slip, horizon, seed):
    world = World.from_maze(maze, torus=torus, slip=slip)
    rng = np.random.default_rng(seed)
    walk = explore(Explorer(world, horizon, tol=1e-7), int(rng.integers(len(world.cell))), 8, rng)
    edges = true_edges(maze, torus)
    for step in (0, 5, 8):
        emap, belief = walk.map(step), walk.belief(step)
        anew = empowerment(belief.world(), horizon, tol=1e-7)
        np.testing.assert_allclose(emap.bits, anew.bits, atol=2e-7)
        assert emap.gap.max() <= 1e-7
        assert not (belief.works[~edges]).any()
        assert not (belief.fails[edges]).any()
        tries = belief.works.sum() + belief.fails.sum()
        assert tries == (walk.tried[:step] >= 0).sum()
        off = np.abs(emap.grid() - walk.truth.grid())[walk.reachable]
        assert off.max() - 1e-12 <= walk.max_difference[step] <= off.max() + 1e-6
        assert off.mean() - 1e-12 <= walk.mean_difference[step] <= off.mean() + 1e-6
    # The path keeps to the maze.
    index = {tuple(place): i for i, place in enumerate(maze.cells.tolist())}
    for before, after in pairwise(walk.path.tolist()):
        assert index[tuple(after)] in world.successors[index[tuple(before)]]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2))
def test_the_map_comes_to_be_the_true_one(seed):
    walk = explore(Explorer(World.from_maze(SMALL), 2), seed, 60, np.random.default_rng(seed))
    settled = walk.settled()
    assert 24 <= settled <= 60  # there are 24 edges to try
    assert walk.max_difference[settled - 1] > CLOSE >= walk.max_difference[settled:].max()
    assert walk.untried() == 0
    final = empowerment(walk.belief(walk.steps).world(), 2)
    assert np.abs(final.bits - walk.truth.bits).max() <= CLOSE


def test_then_empowerment_alone_draws_it_to_the_peak():
    explorer = Explorer(World.from_maze(Maze(np.ones((3, 3)))), 1)
    for seed in range(3):
        walk = explore(explorer, 3 * seed, 40, np.random.default_rng(seed))
        assert walk.settled() is not None
        assert walk.path[-1].tolist() == [1, 1]  # the only cell with 5 outcomes
        assert (walk.tried[-5:] == -1).all()


@pytest.mark.slow
def test_a_larger_prior_takes_more_looks():
    world = World.from_maze(parse_maze("..\n.."))
    taken = [
        explore(Explorer(world, 1, prior=prior), 0, 40, np.random.default_rng(0)).settled()
        for prior in (1e-4, 1e-2)
    ]
    assert 4 <= taken[0] < taken[1]


def test_without_curiosity_it_stays_with_the_first_that_is_good_enough():
    explorer = Explorer(World.from_maze(load_maze("klyubin")), 1, curiosity=0.0)
    for seed in range(3):
        walk = explore(explorer, 50, 30, np.random.default_rng(seed))
        assert walk.settled() is None
        assert walk.untried() > 160
        assert (walk.tried[-15:] == -1).all()
        assert walk.max_difference[-1] > 1


@pytest.mark.parametrize(("kind", "torus"), [("uniform", ""), ("perpendicular", "xy")])
def test_it_learns_in_slippery_worlds_too(kind, torus):
    maze = parse_maze("..#\n...")
    world = World.from_maze(maze, slip=0.2, slip_kind=kind, torus=torus)
    walk = explore(Explorer(world, 1), 0, 50, np.random.default_rng(1))
    assert walk.settled() is not None
    np.testing.assert_allclose(walk.map(50).grid()[maze.floor], walk.truth.bits, atol=CLOSE)
    assert walk.map(50).world.conditions == world.conditions


def test_a_cell_alone_needs_no_steps():
    world = World.from_maze(Maze(np.ones((1, 1))))
    walk = explore(Explorer(world, 2), 0, 2, np.random.default_rng(0))
    assert (walk.settled(), walk.untried(), walk.max_difference.max()) == (0, 0, 0)


def test_the_same_seed_walks_the_same_way_and_others_do_not():
    explorer = Explorer(World.from_maze(SMALL), 1)
    walks = [explore(explorer, 5, 12, np.random.default_rng(seed)) for seed in (0, 0, 1)]
    paths = [walk.path.tolist() for walk in walks]
    assert paths[0] == paths[1] != paths[2]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"prior": 0.0}, "strength"),
        ({"prior": math.nan}, "strength"),
        ({"curiosity": -1.0}, "curiosity"),
        ({"curiosity": math.inf}, "curiosity"),
        ({"steps": 0}, "`steps` must be a whole number"),
        ({"horizon": 0}, "horizon"),
        ({"horizon": 40}, "lower the horizon"),
        ({"tol": 0.0}, "tol"),
    ],
)
def test_numbers_out_of_range_are_refused(arguments, message):
    steps = arguments.pop("steps", 3)
    rng = np.random.default_rng(0)
    with pytest.raises(GridempError, match=message):
        explore(Explorer(World.from_maze(SMALL), **{"horizon": 1} | arguments), 0, steps, rng)


def test_how_long_it_takes_is_told():
    world = World.from_maze(load_maze("klyubin"))
    explorer = Explorer(world, 3)
    assert 5 < explorer.expected_seconds(300) < 60
    with pytest.raises(GridempError, match="`steps` must be a whole number"):
        explorer.expected_seconds(0)
    with pytest.raises(GridempError, match="lower the horizon"):
        Explorer(world, 400)
