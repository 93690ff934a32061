"""The best walks are the policies with the largest divergence, among all policies."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from support.policies import discounts, occupancies, tables

from gridemp import World, parse_maze
from gridemp.engine.discounted_walks import CyclingWalk, DiscountedWalks
from gridemp.information import kl_divergence


def walks_of(world, discount):
    return DiscountedWalks(world.successors[:, :, 0], discount)


def check_walk(walk, start, world):
    """Raise an AssertionError unless a walk begins at a state, takes steps, and closes."""
    states, tail = walk
    assert states[0] == start
    assert tail < len(states)
    for state, after in zip(states, [*states[1:], states[tail]], strict=True):
        assert after in world.successors[state, :, 0]


@given(tables(), discounts, st.data())
def test_the_best_walk_is_the_best_policy(world, discount, data):
    states = len(world.cell)
    q = np.array(
        data.draw(st.lists(st.sampled_from([1, 5, 1000]), min_size=states, max_size=states))
    )
    q = q / q.sum()
    walks = walks_of(world, discount)
    for start, rows in enumerate(occupancies(world, discount).swapaxes(0, 1)):
        of_policies = [np.log(2) * kl_divergence(row, q) for row in rows]
        highest, found = walks.best(start, q, -1.0)
        np.testing.assert_allclose(highest, max(of_policies), atol=1e-9)
        of_walks = [np.log(2) * kl_divergence(p / p.sum(), q) for p in walks.occupancies(found)]
        np.testing.assert_allclose(max(of_walks), highest, atol=1e-9)
        for walk in found:
            check_walk(walk, start, world)


@given(tables(), discounts, st.floats(-1, 3), st.floats(0, 1))
def test_a_level_and_a_tolerance(world, discount, level, tol):
    q = np.full(len(world.cell), 1 / len(world.cell))
    walks = walks_of(world, discount)
    exact, _ = walks.best(0, q, -1.0)
    bound, found = walks.best(0, q, level, tol)
    assert exact - 1e-12 <= bound <= max(exact, level + tol) + 1e-12
    if exact > level + tol:
        assert found
    if exact <= level:
        assert not found


def test_occupancies_are_sums_over_time():
    walks = walks_of(World.from_maze(parse_maze("...")), 0.9)
    states = [0, 1, 2] + [1, 2] * 500  # two steps, then to and fro
    weights = 0.1 * 0.9 ** np.arange(len(states))
    (row,) = walks.occupancies([CyclingWalk((0, 1, 2), 1)])
    np.testing.assert_allclose(row, np.bincount(states, weights), atol=1e-12)
