"""The choice of a few rows or ends, compared with all choices that there are."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import gridemp
from gridemp.engine.repertoire_choice import Distances, contributing_rows, farthest_ends


def capacity(rows):
    return gridemp.active_set_capacity(rows, 1e-9)


@given(st.integers(0, 10**6), st.integers(2, 7), st.integers(2, 5), st.integers(1, 6))
@settings(deadline=None)
def test_no_choice_beats_the_best_one_and_it_is_the_same_again(seed, inputs, outputs, count):
    rows = np.random.default_rng(seed).dirichlet(np.full(outputs, 0.5), size=inputs)
    chosen = contributing_rows(rows, count)
    assert len(chosen) == min(count, inputs)
    assert (np.diff(chosen) > 0).all()
    np.testing.assert_array_equal(chosen, contributing_rows(rows, count))
    best = max(capacity(rows[list(few)]).upper for few in combinations(range(inputs), len(chosen)))
    assert capacity(rows[chosen]).lower <= best + 1e-9


@pytest.mark.slow
def test_the_greedy_choice_of_small_channels_is_nearly_the_best():
    rng, lost = np.random.default_rng(1), []
    for _ in range(30):
        rows = rng.dirichlet(np.full(5, 0.5), size=8)
        own = capacity(rows[contributing_rows(rows, 3)]).lower
        best = max(capacity(rows[list(few)]).lower for few in combinations(range(8), 3))
        lost.append(best - own)
    assert min(lost) >= -1e-8
    assert np.mean(lost) < 0.02


def test_rows_that_are_needed_are_kept():
    noisy = np.full((5, 4), 0.25)
    noisy[:, 0] += np.linspace(0.01, 0.05, 5)
    noisy /= noisy.sum(axis=1, keepdims=True)
    rows = np.vstack([noisy[:2], np.eye(4), noisy[2:]])
    np.testing.assert_array_equal(contributing_rows(rows, 4), [2, 3, 4, 5])
    assert set(contributing_rows(rows, 6)) >= {2, 3, 4, 5}


def test_distances_are_numbers_of_steps():
    distances = Distances(np.array([[1, 0], [2, 0], [2, 2], [0, 3]]))
    np.testing.assert_array_equal(distances.steps_from(0), [0, 1, 2, 4])
    np.testing.assert_array_equal(distances.steps_from(3), [1, 2, 3, 0])


@pytest.mark.parametrize(("count", "ends"), [(1, [8]), (2, [0, 8]), (3, [0, 4, 8])])
def test_ends_of_a_corridor_are_spread_out(count, ends):
    states = np.arange(9)
    corridor = np.stack([np.maximum(states - 1, 0), np.minimum(states + 1, 8)], axis=1)
    found = farthest_ends(states, 3, count, Distances(corridor))
    np.testing.assert_array_equal(found, ends)
