from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.strategies import worlds

import gridemp
from gridemp.engine import column_generation
from gridemp.engine import refined_interval as module
from gridemp.engine.channel import window
from gridemp.engine.refined_interval import MAX_NUMBERS, level_sizes, refined_interval
from gridemp.engine.sequences import Sequences
from gridemp.engine.tangents import Tangents
from gridemp.information.active_set import solve
from gridemp.information.capacity import row_negentropy


@pytest.mark.slow
@settings(max_examples=50)
@given(
    worlds(max_side=4, slips=(1e-9, 0.1, 0.5, 1.0)),
    st.integers(1, 4),
    st.sampled_from([1, 30]),
    st.sampled_from([1, 30]),
    st.sampled_from([1, 3, 200]),
    st.sampled_from([1e6, 1e8, 1e12]),
    st.sampled_from([1e-4, 0.01]),
)
def test_the_capacity_lies_in_every_interval(world, horizon, prefixes, blocks, rounds, work, tol):
    local = window(world.normalised(), 0, horizon)
    truth = solve(Sequences(local), 1e-9)
    ends = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "MAX_PREFIXES", prefixes)
        patch.setattr(module, "MAX_BLOCKS", blocks)
        patch.setattr(column_generation, "MAX_ROUNDS", rounds)  # the first columns lack some
        patch.setattr(column_generation, "MAX_CHANGES", 40 if rounds == 200 else 0)
        patch.setattr(column_generation, "VARIANTS", 4)
        patch.setattr(column_generation, "MAX_VARIANTS", 8)
        last = refined_interval(local, tol, work=work, report=lambda *both: ends.append(both))
    for lower, upper in [*ends, last[:2]]:
        assert lower <= truth.upper + 1e-12
        assert truth.lower <= upper
    assert last.upper - last.lower <= tol or last.shortage in ("work", "precision", "search")
    if work == 1e12 and rounds == 200:
        assert not last.shortage


def classic(horizon, state=90, **options):
    world = gridemp.World.from_maze(gridemp.load_maze("klyubin"), slip=0.1, **options)
    return window(world.normalised(), state, horizon)


@pytest.mark.slow
def test_the_classic_maze_to_a_hundredth_of_a_bit():
    lower, upper, _ = refined_interval(classic(12), 0.01)  # x = y = 0
    assert upper - lower <= 0.01
    assert 2.93 < lower <= 2.93873 + 1e-5
    assert upper >= 2.93872


@pytest.mark.slow
def test_the_tolerance_of_maps_can_be_reached():
    local = classic(7)
    truth = solve(Sequences(local), 1e-7)
    lower, upper, shortage = refined_interval(local, 1e-6)
    assert upper - lower <= 1e-6
    assert lower <= truth.upper
    assert truth.lower <= upper
    assert not shortage


def test_sensors_that_merge_states_have_intervals_as_well():
    maze = gridemp.parse_maze("....\n.#..\n....")
    world = gridemp.World.from_maze(maze, slip=0.2, sensor="walls").normalised()
    assert len(np.unique(world.sensor)) < len(world.cell)
    local = window(world, 0, 5)
    truth = solve(Sequences(local), 1e-9)
    lower, upper, _ = refined_interval(local, 0.01)
    assert lower <= truth.upper + 1e-12
    assert truth.lower <= upper <= lower + 0.01


def test_without_work_there_is_only_a_lower_end():
    lower, upper, shortage = refined_interval(classic(5, 0), 0.01, work=0)
    assert lower > 1
    assert upper == np.inf
    assert shortage == "work"


def test_an_interval_only_becomes_narrower_and_holds_when_work_ends_midway():
    local = classic(8)
    truth = solve(Sequences(local), 1e-6)
    reports = []
    whole = refined_interval(local, 0.01, report=lambda *ends: reports.append(ends))
    lower, upper = np.array(reports).T
    assert (np.diff(lower) >= 0).all()
    assert np.isinf(upper[0])
    assert (upper[1:] <= upper[:-1]).all()
    assert lower.max() <= truth.upper
    assert upper.min() >= truth.lower
    part = refined_interval(local, 0.01, work=2e8)
    assert part.shortage == "work"
    assert whole.upper < part.upper < np.inf


def test_bounds_that_are_kept_for_another_source_hold_for_it(monkeypatch):
    monkeypatch.setattr(column_generation, "MAX_ROUNDS", 1)
    monkeypatch.setattr(column_generation, "MAX_CHANGES", 0)
    monkeypatch.setattr(column_generation, "VARIANTS", 100)
    narrow, kept = Tangents.narrow, []

    def watched(tangents, prefixes, bounds):
        rows = prefixes
        for level in tangents.levels:
            rows = level.beliefs_along(rows)[-1]
        divergences = row_negentropy(rows) - rows @ tangents.log_q
        assert (bounds >= divergences.reshape(len(bounds), -1).max(axis=1) - 1e-12).all()
        kept.append((tangents.log_q.tobytes(), np.isfinite(bounds).any()))
        return narrow(tangents, prefixes, bounds)

    monkeypatch.setattr(Tangents, "narrow", watched)
    refined_interval(classic(6), 0.3)
    changed = [now for (last, _), now in pairwise(kept) if now[0] != last]
    assert any(finite for _, finite in changed)


@pytest.mark.parametrize(
    ("actions", "horizon", "sizes"),
    [
        (5, 12, [6, 3, 3]),
        (5, 15, [7, 3, 5]),
        (5, 20, [7, 4, 4, 5]),
        (5, 2, [1, 1]),
        (5, 1, [0, 1]),
        (9, 12, [5, 2, 2, 3]),
        (2, 6, [3, 3]),
    ],
)
def test_steps_are_split_into_a_prefix_and_blocks(actions, horizon, sizes):
    assert level_sizes(actions, [10] * horizon) == sizes


def test_parts_are_shorter_if_many_states_can_be_reached():
    sizes = level_sizes(5, [4000] * 15)
    assert sizes == [5, 3, 3, 4]
    assert max(5**k * 4000 for k in sizes) <= MAX_NUMBERS


def test_a_tolerance_below_the_rounding_error_ends():
    world = gridemp.World.from_maze(gridemp.parse_maze("..\n.."), slip=0.8).normalised()
    lower, upper, shortage = refined_interval(window(world, 0, 4), 1e-12)
    assert 0 < upper - lower < 1e-3
    assert shortage == "precision"


def test_a_tolerance_below_the_rounding_error_ends_with_several_levels():
    world = gridemp.World.from_maze(gridemp.parse_maze("..\n.."), slip=0.8).normalised()
    lower, upper, shortage = refined_interval(window(world, 0, 12), 1e-8)
    assert 1e-8 < upper - lower < 1e-6
    assert shortage == "precision"


@pytest.mark.parametrize("horizon", [2000, 10**5])
def test_horizons_that_do_not_fit_in_memory_are_refused_at_the_start(horizon):
    world = gridemp.World.from_maze(gridemp.parse_maze("...\n..."), slip=0.1)
    with pytest.raises(gridemp.HorizonTooLarge, match="leave out `tol`"):
        gridemp.empowerment_bounds(world, horizon, tol=0.1)
