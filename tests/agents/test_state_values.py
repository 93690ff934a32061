"""Values of states, against linear systems and every plan."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.strategies import mazes, options
from support.walkers import exact_bits
from support.worlds import dense

from gridemp import GridempError, World, load_maze
from gridemp.agents.agent import Agent
from gridemp.agents.policies import plan
from gridemp.agents.state_values import state_values


def value_of(table, bits, gamma, policy):
    """Value of a policy in each state, by a linear system."""
    moves = np.einsum("sa,sat->st", policy, table)
    return np.linalg.solve(np.eye(len(bits)) - gamma * moves, moves @ bits)


@settings(max_examples=25)
@given(
    mazes(max_side=4),
    options((0.0, 0.3)),
    st.sampled_from((0.0, 0.3, 0.9, 0.99)),
    st.integers(1, 2),
)
def test_the_plan_is_worth_what_it_says_and_no_step_betters_it(maze, options, gamma, horizon):
    world = World.from_maze(maze, **options)
    bits, _ = exact_bits(world, min(horizon, 1) if options["slip"] else horizon)
    table = dense(world)
    value, low, high = state_values(world, bits, gamma)
    truth = value_of(table, bits, gamma, plan(world, bits, gamma))
    assert 0 <= high - low <= 1e-8
    assert (truth >= value + low - 1e-7).all()
    assert (truth <= value + high + 1e-7).all()
    ahead = np.einsum("sat,t->sa", table, bits + gamma * truth)
    assert (ahead.max(axis=1) <= truth + 1e-7).all()


@settings(max_examples=15)
@given(mazes(max_side=2), st.sampled_from((0.0, 0.3)), st.integers(1, 3))
def test_values_hold_what_any_finite_plan_gathers(maze, slip, steps):
    """Over all action sequences, tried one by one, for a gamma that forgets what comes later."""
    gamma = 0.5
    world = World.from_maze(maze, slip=slip)
    bits, _ = exact_bits(world, 1)
    table, (value, low, high) = dense(world), state_values(world, bits, gamma)
    best = np.full(len(bits), -np.inf)
    for sequence in product(range(len(world.actions)), repeat=steps):
        gathered, where = np.zeros(len(bits)), np.eye(len(bits))
        for step, action in enumerate(sequence):
            where = where @ table[:, action]
            gathered += gamma**step * (where @ bits)
        best = np.maximum(best, gathered)
    rest = gamma**steps / (1 - gamma)
    assert (best + rest * bits.min() <= value + high + 1e-9).all()
    if slip == 0:  # where nothing is learnt on the way
        assert (value + low <= best + rest * bits.max() + 1e-9).all()


def test_nearly_no_forgetting_ends():
    world = World.from_maze(load_maze("trap"))
    bits, gap = exact_bits(world, 2)
    value, low, high = state_values(world, bits, 0.9999)
    truth = value_of(dense(world), bits, 0.9999, plan(world, bits, 0.9999, gap))
    assert high - low < 1e-5
    assert (abs(truth - value - (low + high) / 2) <= high - low + 1e-5).all()


@pytest.mark.parametrize("gamma", [1.0, -0.1, np.nan, 2.0])
def test_gammas_that_are_none(gamma):
    world = World.from_maze(load_maze("room"))
    with pytest.raises(GridempError, match="0 or more and below 1"):
        Agent(world, 2, "plan", gamma=gamma)
    with pytest.raises(GridempError, match="0 or more and below 1"):
        state_values(world, np.zeros(121), gamma)
