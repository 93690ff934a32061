import numpy as np
import pytest

import gridemp
from gridemp.engine import column_generation
from gridemp.engine.allowance import Allowance
from gridemp.engine.channel import window
from gridemp.engine.column_generation import distributions, generate_columns
from gridemp.engine.sequences import Sequences, step_matrices
from gridemp.information.active_set import solve


def steps_of(slip, state, horizon):
    world = gridemp.World.from_maze(gridemp.load_maze("klyubin"), slip=slip)
    local = window(world.normalised(), state, horizon)
    return local, step_matrices(local)[0]


@pytest.mark.parametrize("slip", [0.1, 0.5, 0.9])
@pytest.mark.parametrize("state", [0, 45, 99])
def test_columns_find_what_enumeration_finds(slip, state):
    local, steps = steps_of(slip, state, 5)
    truth = solve(Sequences(local), 1e-6)
    found = generate_columns(steps, 1e-6, Allowance(np.inf))
    assert truth.lower - 1e-3 < found.lower <= truth.upper
    assert found.q.min() > 0
    np.testing.assert_allclose(found.q.sum(), 1)


def test_the_lower_end_is_what_a_source_on_the_sequences_attains():
    _, steps = steps_of(0.1, 45, 8)
    found = generate_columns(steps, 1e-4, Allowance(np.inf))
    rows = distributions(steps, found.sequences)[-1]
    np.testing.assert_allclose(rows.sum(axis=1), 1)
    best = gridemp.blahut_arimoto(rows, tol=1e-4)
    assert best.lower - 1e-3 < found.lower <= best.upper + 1e-9


def test_known_sequences_help_a_search(monkeypatch):
    _, steps = steps_of(0.1, 45, 7)
    found = generate_columns(steps, 1e-4, Allowance(np.inf))
    monkeypatch.setattr(column_generation, "MAX_ROUNDS", 1)
    assert generate_columns(steps, 1e-4, Allowance(np.inf)).lower < found.lower - 0.1
    assert (
        generate_columns(steps, 1e-4, Allowance(np.inf), found.sequences).lower > found.lower - 1e-9
    )


def test_a_search_finds_the_same_each_time():
    _, steps = steps_of(0.2, 0, 6)
    one, other = (
        generate_columns(steps, 1e-4, Allowance(np.inf)),
        generate_columns(steps, 1e-4, Allowance(np.inf)),
    )
    assert one.lower == other.lower
    np.testing.assert_array_equal(one.sequences, other.sequences)


def test_rows_belong_to_their_sequences_when_a_climb_is_cut_short(monkeypatch):
    _, steps = steps_of(0.1, 45, 8)
    monkeypatch.setattr(column_generation, "MAX_CHANGES", 1)
    start = np.random.default_rng(3).integers(5, size=(50, 8))
    q = np.full(steps[-1].shape[2], 1 / steps[-1].shape[2])
    sequences, rows, _ = column_generation.climb(steps, start, q)
    assert (sequences != start).any()
    np.testing.assert_allclose(rows, distributions(steps, sequences)[-1], rtol=1e-12)
