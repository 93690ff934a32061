import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.counts import count_outcomes, deterministic_world

import gridemp
from gridemp.engine import counting
from gridemp.engine.sparse_bitsets import Blocks, count_sparse
from gridemp.progress import ignore


def layers(count=20, width=200, seed=0):
    """A table of a game in which each step leads to the next layer, near where it began."""
    rng = np.random.default_rng(seed)
    here = np.arange(width)[:, None]
    rows = [
        (layer + 1) * width + (here + rng.integers(-4, 5, size=(width, 6))) % width
        for layer in range(count - 1)
    ]
    return np.concatenate([*rows, np.full((width, 6), -1)])


def counts_by_sets(table, labels, horizon):
    reached = [{s} for s in range(len(table))]
    for _ in range(horizon):
        reached = [{int(t) for s in now for t in table[s]} for now in reached]
    return [len({int(labels[s]) for s in now}) for now in reached]


@given(st.data(), st.integers(1, 6))
def test_random_worlds_against_sets_of_readings(data, horizon):
    states, actions = data.draw(st.integers(1, 60)), data.draw(st.integers(1, 4))
    rng = np.random.default_rng(data.draw(st.integers(0, 1000)))
    table = rng.integers(states, size=(states, actions))
    labels = np.unique(rng.integers(states, size=states), return_inverse=True)[1]
    horizons = [horizon, 1, horizon]
    counts = count_sparse(labels, table, horizons, ignore)
    truth = [counts_by_sets(table, labels, n) for n in horizons]
    assert counts.tolist() == truth


def test_blocks_of_readings_add_up_whatever_their_order(monkeypatch):
    world = gridemp.World.from_successors(layers())
    labels, table = world.sensor, world.successors[:, :, 0]
    dense = counting._count_stepwise(labels, table.T.astype(np.intp), [7], ignore)[7]
    fractions = []
    for seed in (0, 1):
        monkeypatch.setattr("gridemp.engine.sparse_bitsets.SEED", seed)
        (counts,) = count_sparse(labels, table, [7], fractions.append)
        assert counts.tolist() == dense.tolist()
    assert len(fractions) == 2 * 16  # blocks of 4001 readings
    assert fractions[15] == 1


@pytest.mark.parametrize("horizon", [10**18, 10**18 + 1, 10**18 + 2])
def test_long_horizons_are_not_stepped_through(horizon):
    table = np.array([[1, 3], [2, 2], [1, 1], [4, 4], [5, 5], [3, 3]])
    labels = np.array([0, 1, 0, 1, 0, 0])
    truth = counts_by_sets(table, labels, 6 + horizon % 6)  # both cycles are over after 6 steps
    assert count_sparse(labels, table, [horizon], ignore)[0].tolist() == truth


def test_only_states_with_readings_of_the_block_have_words():
    world = gridemp.World.from_successors(layers())
    blocks = Blocks(world.sensor, world.successors[:, :, 0], 3)
    sets = blocks.beginning(1024)
    for _ in range(3):
        sets = blocks.grow(sets)
        assert sets[:, 1:].any(axis=1).all()
        assert len(sets) < len(world.cell) / 3
        assert not blocks._arrays()[0].any()


def ring(states=500):
    """A world in which the agent can stay or go on, round a ring."""
    return deterministic_world([[(s + 1) % states, s] for s in range(states)])


def test_sparse_sets_are_chosen_where_states_reach_few_others(monkeypatch):
    monkeypatch.setattr("gridemp.engine.counting.MAX_QUICK_GATHERS", 0)
    monkeypatch.setattr("gridemp.engine.counting.bitplanes.lattice_moves", lambda world: None)
    with monkeypatch.context() as patched:
        patched.setattr("gridemp.engine.counting._count_backward", None)
        assert (count_outcomes(ring(), 5) == 6).all()
    monkeypatch.setattr("gridemp.engine.counting.count_sparse", None)
    assert (count_outcomes(ring(), 80) == 81).all()


def test_the_work_of_a_sample(monkeypatch):
    assert counting.transitions_followed(deterministic_world([[1], [0]]), 5) is None  # quick anyway
    monkeypatch.setattr("gridemp.engine.counting.MAX_QUICK_GATHERS", 0)
    on = deterministic_world([[(s + 1) % 500] * 2 for s in range(500)])
    assert counting.transitions_followed(on, 5) == 5
    assert counting.transitions_followed(ring(), 5) == 2 * (1 + 2 + 3 + 4 + 5)
    assert counting.transitions_followed(ring(), 80) is None
    stuck = deterministic_world([[s, s] for s in range(500)])
    assert counting.transitions_followed(stuck, 10**18) == 500
