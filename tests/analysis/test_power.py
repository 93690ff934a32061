"""POWER, against exact means and a slow, independent solver."""

import dataclasses
import sys
from itertools import product

import numpy as np
import pytest
from support.worlds import dense, drawn_world

import gridemp
from gridemp import GridempError, World
from gridemp.analysis.power import TOLERANCE, estimate_power


def fan(count):
    """A state with so many absorbing successors, and they."""
    return World.from_successors(
        [[*range(1, count + 1)], *([s] * count for s in range(1, count + 1))]
    )


@pytest.mark.parametrize("discount", [0, 0.1, 0.9, 0.999])
@pytest.mark.parametrize("count", [1, 2, 5])
def test_ways_into_absorbing_states_are_exact(count, discount):
    power = estimate_power(fan(count), discount, samples=2)
    assert power.values.tolist() == [count / (count + 1)] + [0.5] * count
    assert power.error.tolist() == [0] * (count + 1)
    assert power.label == "POWER [reward]"


def test_a_state_that_can_stay_counts_itself():
    world = drawn_world("T.T")
    power = estimate_power(world, samples=2)
    assert power.values.tolist() == [0.5, 0.75, 0.5]


@pytest.mark.parametrize("discount", [0.3, 0.9])
@pytest.mark.parametrize("count", [2, 4])
def test_the_estimate_meets_the_exact_mean(count, discount, monkeypatch):
    """The same states, estimated: the highest of k uniform rewards is k/(k + 1) on average."""
    monkeypatch.setattr(
        sys.modules["gridemp.analysis.power"],
        "_known",
        lambda world, _: (np.zeros(len(world.cell), dtype=bool), np.zeros(len(world.cell))),
    )
    power = estimate_power(fan(count), discount, samples=2000, seed=3)
    exact = np.array([count / (count + 1)] + [0.5] * count)
    assert (np.abs(power.values - exact) < 4 * power.error).all()
    deviation = np.sqrt(count / (count + 1) ** 2 / (count + 2))  # of the highest of k
    assert power.error[0] == pytest.approx(deviation / np.sqrt(2000), rel=0.1)


def test_two_steps_to_the_end():
    """A chain s, t, end with t the only way: (1 - g) R(t) + g R(end), 1/2 on average."""
    world = World.from_successors([[1], [2], [2]])
    power = estimate_power(world, 0.6, samples=4000)
    assert abs(power.values[0] - 0.5) < 4 * power.error[0]
    assert power.error[0] == pytest.approx(np.sqrt((0.4**2 + 0.6**2) / 12 / 4000), rel=0.05)


def test_a_cycle_of_two_that_may_stay():
    """Two cells, each of which can stay or go: the best is max(R0, R1), but one step late."""
    world = drawn_world("..")
    power = estimate_power(world, 0.5, samples=10)
    assert power.values.tolist() != [2 / 3] * 2  # the other cell is not absorbing
    many = estimate_power(world, 0.5, samples=4000)
    assert (np.abs(many.values - 2 / 3) < 4 * many.error).all()


def slow_power(world, rewards, discount):
    """POWER for one reward function, from the best of all policies, by linear equations."""
    table = dense(world)
    states, actions, _ = table.shape
    best = np.full(states, -np.inf)
    for policy in product(range(actions), repeat=states):
        moves = table[np.arange(states), policy]
        values = np.linalg.solve(np.eye(states) - discount * moves, rewards)
        best = np.maximum(best, values)
    return (1 - discount) / discount * (best - rewards)


@pytest.mark.parametrize("slip", [0.0, 0.2])
@pytest.mark.parametrize("discount", [0.2, 0.8])
def test_samples_are_those_of_all_policies(slip, discount):
    world = drawn_world("..\n.#", stay=False, slip=slip)
    power = estimate_power(world, discount, samples=20, seed=5)
    rewards = np.random.default_rng(5).random((20, 3))
    each = np.array([slow_power(world, row, discount) for row in rewards])
    np.testing.assert_allclose(power.values, each.mean(axis=0), atol=TOLERANCE)
    np.testing.assert_allclose(power.error, each.std(axis=0, ddof=1) / np.sqrt(20), atol=TOLERANCE)


def test_one_step_ahead_is_exact_without_noise():
    world = drawn_world("...\n.#.")
    power = estimate_power(world, 0, samples=2)
    ways = np.array([len(set(row)) for row in world.successors[:, :, 0].tolist()])
    np.testing.assert_array_equal(power.values, ways / (ways + 1))
    sampled = estimate_power(drawn_world("...", slip=0.1), 0, samples=50)
    assert (sampled.error > 0).all()
    assert "estimate ±" in sampled.label


def test_more_futures_mean_more_power():
    world = World.from_maze(gridemp.load_maze("trap"))
    values = estimate_power(world).values
    traps = [
        i
        for i, place in enumerate(world.maze.cells.tolist())
        if tuple(place) in {place for place, letter in world.maze.objects.items() if letter == "T"}
    ]
    assert traps
    assert (values[traps] == 0.5).all()
    assert values[[s for s in range(len(values)) if s not in traps]].min() > 0.5


def test_blocks_leave_the_samples_as_they_are(monkeypatch):
    world = drawn_world("...\n.#.", slip=0.1)
    whole, told = estimate_power(world, samples=30), []
    monkeypatch.setattr(sys.modules["gridemp.analysis.power"], "BLOCK_ENTRIES", 1500)
    parts = estimate_power(world, samples=30, progress=told.append)
    np.testing.assert_allclose(parts.values, whole.values, atol=TOLERANCE)
    assert len(told) == 3
    assert told[-1] == 1


def test_the_same_seed_gives_the_same_estimate():
    world = drawn_world("....")
    one, same, other = (estimate_power(world, samples=10, seed=seed) for seed in (1, 1, 2))
    np.testing.assert_array_equal(one.values, same.values)
    assert (one.values != other.values).any()
    assert (one.discount, one.samples, one.seed) == (0.9, 10, 1)


def test_states_that_no_start_can_reach_do_not_count():
    ring = [[1], [2], [0]]
    whole = World.from_successors([*ring, [3]])
    part = World.from_successors(ring)
    started = dataclasses.replace(whole, starts=np.array([1, 0], dtype=np.int32))
    found = estimate_power(started, samples=10).values
    np.testing.assert_allclose(found, estimate_power(part, samples=10).values[[1, 0]])


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"discount": 1.0}, "`discount` must be from 0 to 0.9999 for POWER, not 1"),
        ({"discount": -0.1}, "not -0.1"),
        ({"samples": 1}, "`samples` must be a whole number, 2 or more, not 1"),
        ({"seed": -1}, "`seed` must be a whole number, 0 or more"),
    ],
)
def test_settings_out_of_range(settings, sentence):
    with pytest.raises(GridempError, match=sentence):
        estimate_power(drawn_world(".."), **settings)


def test_a_part_of_a_world_is_not_enough():
    world = World.from_maze(gridemp.load_maze("box"), within=2)
    with pytest.raises(GridempError, match="build it without `within`"):
        estimate_power(world)
