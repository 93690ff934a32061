"""A context that loses nothing, found by greedy merging."""

import numpy as np
import pytest

import gridemp
from gridemp import GridempError, World, parse_maze
from gridemp.analysis import context, sufficient_context

CORRIDOR = World.from_maze(parse_maze("." * 9))


@pytest.mark.parametrize(
    ("world", "horizon"),
    [
        (CORRIDOR, 1),
        (World.from_maze(parse_maze("." * 7), slip=0.1), 1),
        (World.from_maze(parse_maze(".....\n..#..\n.....")), 2),
    ],
)
def test_nothing_is_lost(world, horizon):
    found = sufficient_context(world, horizon)
    known = gridemp.empowerment(world, horizon).bits.mean()
    own = gridemp.contextual_empowerment(world, horizon, found.labels).bits.mean()
    assert own == pytest.approx(found.bits, abs=1e-6)
    assert known - own <= found.lost + 2e-6 <= 1e-5
    shares = np.bincount(found.labels) / len(found.labels)
    assert found.entropy == pytest.approx(-(shares * np.log2(shares)).sum())
    assert (np.diff(shares) <= 0).all()


def test_a_corridor_needs_the_place_modulo_three():
    labels = sufficient_context(CORRIDOR, 1).labels
    inner = labels[1:-1]  # at its ends, fewer actions are needed
    np.testing.assert_array_equal(inner[3:], inner[:-3])
    assert len(set(labels.tolist())) == 4


def test_no_pair_can_be_merged_further():
    found = sufficient_context(CORRIDOR, 2)
    known = gridemp.empowerment(CORRIDOR, 2).bits.mean()
    for one in range(found.labels.max() + 1):
        for other in range(one):
            merged = np.where(found.labels == one, other, found.labels)
            bits = gridemp.contextual_empowerment(CORRIDOR, 2, merged).bits.mean()
            assert bits < known - 1e-6


def test_an_agent_that_cannot_move_needs_no_context():
    world = World.from_maze(parse_maze(".#.#."))
    found = sufficient_context(world, 3)
    assert (found.entropy, found.bits) == (0.0, 0.0)


def test_large_worlds_are_refused(monkeypatch):
    monkeypatch.setattr(context, "MAX_STARTS", 8)
    with pytest.raises(GridempError, match="at most 8 starts, and this world has 9; use a smaller"):
        sufficient_context(CORRIDOR, 1)
