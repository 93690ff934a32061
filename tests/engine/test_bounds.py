import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.strategies import channels, worlds

import gridemp
from gridemp import empowerment, empowerment_bounds
from gridemp.engine import bounds
from gridemp.engine.refined_interval import Interval
from gridemp.information.active_set import Matrix, active_set_capacity, solve


@pytest.fixture
def crooked():
    return gridemp.World.from_maze(gridemp.parse_maze("....\n.#.."), slip=0.1)


@pytest.fixture
def bounded(monkeypatch):
    """Bounds are computed although all sequences would fit."""
    monkeypatch.setattr(bounds, "EXACT_SEQUENCES", 0)


@pytest.mark.slow
@settings(max_examples=30)
@given(worlds(max_side=4, slips=(1e-9, 0.1, 0.5, 1.0)), st.integers(1, 3), st.sampled_from([1, 60]))
def test_the_exact_value_lies_between_the_bounds(world, horizon, limit):
    exact = empowerment(world, horizon, tol=1e-8)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bounds, "EXACT_SEQUENCES", 0)
        patch.setattr(bounds, "MAX_SEQUENCES", limit)
        between = empowerment_bounds(world, horizon)
    assert (between.bits <= exact.bits + exact.gap + 1e-9).all()
    assert (exact.bits <= between.bits + between.gap + 1e-9).all()


@pytest.mark.slow
def test_the_lower_bound_is_near_and_the_upper_one_not_idle(bounded, monkeypatch):
    world = gridemp.World.from_maze(gridemp.load_maze("klyubin"), slip=0.1)
    exact = empowerment(world, 5)
    monkeypatch.setattr(bounds, "MAX_SEQUENCES", 1000)
    between = empowerment_bounds(world, 5)
    assert (exact.bits - between.bits).max() < 0.01
    reachable = empowerment(gridemp.World.from_maze(world.maze), 5).bits
    assert (between.bits + between.gap < reachable).all()
    assert between.gap.min() > 0.1  # these are bounds, and say so


def test_bounds_are_exact_where_all_sequences_fit():
    world = gridemp.World.from_maze(gridemp.load_maze("room"), slip=0.2)
    exact, between = empowerment(world, 3, tol=1e-8), empowerment_bounds(world, 3, tol=1e-8)
    np.testing.assert_array_equal(between.bits, exact.bits)
    np.testing.assert_array_equal(between.gap, exact.gap)
    fixed = gridemp.World.from_maze(world.maze)
    np.testing.assert_array_equal(empowerment_bounds(fixed, 9).bits, empowerment(fixed, 9).bits)


def test_a_horizon_that_is_refused_has_bounds():
    world = gridemp.World.from_maze(gridemp.parse_maze("....\n.#.."), slip=0.1)
    with pytest.raises(gridemp.HorizonTooLarge, match="`empowerment_bounds`"):
        empowerment(world, 14)
    between = empowerment_bounds(world, 14)
    assert (between.bits > 0.5).all()
    assert (between.bits + between.gap <= np.log2(7) + 1e-9).all()
    with pytest.raises(gridemp.GridempError, match="whole number"):
        empowerment_bounds(world, 0)
    with pytest.raises(gridemp.GridempError, match="`tol`"):
        empowerment_bounds(world, 14, tol=0)


@given(channels(), channels())
def test_a_union_is_the_channel_of_all_rows(first, second):
    # Output i of the one and of the other are the same.
    outputs = max(first.shape[1], second.shape[1])
    parts = [(Matrix(rows), np.arange(rows.shape[1])) for rows in (first, second)]
    together = np.zeros((len(first) + len(second), outputs))
    together[: len(first), : first.shape[1]] = first
    together[len(first) :, : second.shape[1]] = second
    union = bounds.Union(parts)
    order = np.random.default_rng(0).permutation(len(together))
    np.testing.assert_array_equal(union.rows(order), together[order])
    truth = active_set_capacity(together, tol=1e-9)
    capacity = solve(union, 1e-9)
    assert capacity.lower <= truth.upper + 1e-12
    assert truth.lower <= capacity.upper + 1e-12


def test_a_tolerance_makes_bounds_closer(crooked, bounded):
    quick, close = empowerment_bounds(crooked, 6), empowerment_bounds(crooked, 6, tol=0.01)
    assert close.gap.max() <= 0.01 < quick.gap.max()
    assert (close.bits <= quick.bits + quick.gap + 1e-9).all()
    assert (quick.bits <= close.bits + close.gap + 1e-9).all()


def test_work_that_is_not_enough_leaves_what_was_reached(crooked, bounded, monkeypatch):
    monkeypatch.setattr("gridemp.engine.refined_interval.MAX_WORK", 0.0)
    quick = empowerment_bounds(crooked, 7)
    with pytest.warns(gridemp.ConvergenceWarning, match="4 of 7 states .* minutes of work"):
        reached = empowerment_bounds(crooked, 7, tol=1e-4)
    assert (reached.bits >= quick.bits - 1e-9).all()
    assert (reached.bits + reached.gap <= np.log2(7) + 1e-9).all()


def test_an_interrupt_returns_what_was_reached(crooked, bounded, monkeypatch):
    states = []

    def refined_interval(local, tol, upper, report):
        if states:
            raise KeyboardInterrupt
        states.append(local)
        report(upper, upper)
        return Interval(upper, upper, "")

    monkeypatch.setattr("gridemp.engine.refined_bounds.refined_interval", refined_interval)
    with pytest.warns(gridemp.ConvergenceWarning, match="states are up to .* interrupted"):
        reached = empowerment_bounds(crooked, 7, tol=1e-4)
    assert np.count_nonzero(reached.gap == 0) == 1
    assert (reached.gap < np.log2(7)).all()


@pytest.mark.slow
def test_bounds_do_not_depend_on_the_number_of_processes(crooked, bounded):
    alone, shared = (empowerment_bounds(crooked, 6, tol=0.01, processes=n) for n in (1, 2))
    assert alone.gap.max() <= 0.01
    assert alone.bits.tobytes() == shared.bits.tobytes()
    assert alone.gap.tobytes() == shared.gap.tobytes()


def test_gaps_are_reported_as_they_shrink(crooked, bounded):
    gaps, fractions = [], []
    close = empowerment_bounds(crooked, 6, 0.01, fractions.append, report_gap=gaps.append)
    assert len(gaps) > 1
    assert gaps == sorted(set(gaps), reverse=True)
    assert abs(gaps[-1] - close.gap.max()) < 1e-12
    assert fractions[-1] == 1


def test_equal_windows_are_solved_once(bounded, monkeypatch):
    # Within three steps, the sensor of a room of one column cannot tell most cells apart.
    calls = []
    monkeypatch.setattr(bounds, "beam_bound", lambda local: calls.append(local) or 0.0)
    world = gridemp.World.from_maze(gridemp.Maze(np.ones((1, 12))), slip=0.1, sensor="position")
    empowerment_bounds(world, 3)
    assert len(calls) == 4  # three distances to a wall, and far from both
