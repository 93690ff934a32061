"""Bounds on potential empowerment in noisy worlds hold the capacity of all policies."""

import numpy as np
import pytest
from hypothesis import given, settings
from support.policies import capacities, discounts, noisy_tables, occupancies, tables

from gridemp import GridempError, World, parse_maze, potential_empowerment
from gridemp.engine.discounted_policies import DiscountedPolicies
from gridemp.engine.potential_bounds import potential_interval


def assert_holds(world, discount):
    """Raise an AssertionError unless each interval holds the capacity of all policies."""
    emap = potential_empowerment(world, discount)
    for bits, gap, capacity in zip(emap.bits, emap.gap, capacities(world, discount), strict=True):
        assert 0 <= bits <= capacity.upper + 1e-7
        assert bits + gap >= capacity.lower - 1e-7


@given(noisy_tables(), discounts)
@settings(deadline=None)
def test_intervals_hold_the_capacity_of_all_policies(world, discount):
    assert_holds(world, discount)


@pytest.mark.parametrize("slip", [0.05, 0.4])
def test_corridor_with_slips(slip):
    world = World.from_maze(parse_maze("...."), slip=slip)
    assert_holds(world, 0.8)
    emap = potential_empowerment(world, 0.8)
    for bits, capacity in zip(emap.bits, capacities(world, 0.8), strict=True):
        assert bits == pytest.approx(capacity.lower, abs=1e-6)  # here, the lower bound is it


@given(tables(), discounts)
@settings(deadline=None)
def test_without_noise_the_bounds_hold_the_exact_value(world, discount):
    exact = potential_empowerment(world, discount)
    policies = DiscountedPolicies(world, discount)
    for state in range(policies.states):
        bits, gap = potential_interval(policies, state, 1e-6)
        assert bits <= exact.bits[state] + exact.gap[state] + 1e-7
        assert bits + gap >= exact.bits[state] - 1e-7


@pytest.mark.parametrize("discount", [0.3, 0.9])
def test_equally_noisy_targets_are_exact(discount):
    targets = np.full((3, 3), 7 / 60) + np.diag([39 / 60] * 3)
    steps = np.zeros((4, 3, 4))
    steps[0, :, 1:] = targets
    steps[[1, 2, 3], :, [1, 2, 3]] = 1
    emap = potential_empowerment(World.from_transitions(steps), discount)
    expected = discount * 0.567852
    assert emap.bits[0] == pytest.approx(expected, abs=1e-6)
    assert emap.bits[0] + emap.gap[0] == pytest.approx(expected, abs=3e-3)  # `CLOSE`


def test_extreme_occupancies_are_those_of_all_policies():
    world = World.from_maze(parse_maze("..\n.."), slip=0.2)
    every = occupancies(world, 0.7)
    policies = DiscountedPolicies(world, 0.7)
    np.testing.assert_allclose(policies._highest, every.max(axis=0), atol=1e-12)
    np.testing.assert_allclose(policies._lowest, every.min(axis=0), atol=1e-12)


def test_chords_lie_above_the_convex_function():
    policies = DiscountedPolicies(World.from_maze(parse_maze("..\n.."), slip=0.2), 0.7)
    rows = occupancies(World.from_maze(parse_maze("..\n.."), slip=0.2), 0.7)[:, 1]
    constant, slope = policies.chords(1)
    exact = (rows * np.log(rows)).sum(axis=1)
    assert (constant + rows @ slope >= exact - 1e-12).all()


def test_climbing_never_lowers_the_divergence():
    policies = DiscountedPolicies(World.from_maze(parse_maze("...\n..."), slip=0.1), 0.9)
    q = np.array([0.3, 0.3, 0.1, 0.1, 0.1, 0.1])

    def divergence(policy):
        (row,) = policies.occupancies(2, [policy])
        return row @ np.log(row / q)

    for policy in policies.targets(2):
        assert divergence(policies.climbed(2, policy, q)) >= divergence(policy) - 1e-12


def test_the_caption_says_that_the_values_are_bounds():
    emap = potential_empowerment(World.from_maze(parse_maze("..."), slip=0.3), 0.5)
    assert emap.gap.max() > 1e-3
    assert "lower bounds; upper bounds are at most" in str(emap)


def test_bounds_hold_near_the_highest_discount():
    world = World.from_maze(parse_maze("...\n..."), slip=0.1)
    near, far = (potential_empowerment(world, discount) for discount in (0.999999, 0.9999))
    assert (near.bits + near.gap >= far.bits).all()
    with pytest.raises(GridempError, match=r"`discount` must be at most 0\.999999, not"):
        potential_empowerment(world, 0.9999999)


def test_bounds_on_values_hold_if_policy_iteration_is_cut(monkeypatch):
    world = World.from_maze(parse_maze("...."), slip=0.2)
    reward = np.array([0.0, 1.0, -2.0, 5.0])
    exact = DiscountedPolicies(world, 0.9).best(reward)[1]
    policies = DiscountedPolicies(world, 0.9)
    monkeypatch.setattr("gridemp.engine.discounted_policies.MAX_SWEEPS", 1)
    assert (policies.best(reward)[1] >= exact - 1e-12).all()


def test_occupancies_that_no_policy_changes_have_no_chord():
    policies = DiscountedPolicies(World.from_successors([[1], [0]]), 0.9)
    constant, slope = policies.chords(0)
    (row,) = policies.occupancies(0, [(0, 0)])
    assert constant + row @ slope >= row @ np.log(row) - 1e-15
