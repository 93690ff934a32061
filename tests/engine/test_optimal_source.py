"""Optimal sources in noisy worlds, against the condition of optimality."""

import re
import warnings
from dataclasses import replace

import numpy as np
import pytest
from support.sources import assert_attained, assert_optimal
from support.worlds import world_of

from gridemp import Maze, World, empowerment
from gridemp.analysis.cell import cell_source
from gridemp.engine import optimal_source
from gridemp.engine.channel import channel
from gridemp.errors import ConvergenceWarning
from gridemp.report.cell_text import describe


@pytest.mark.slow
@pytest.mark.parametrize("horizon", [1, 2, 3, 4, 5])
def test_noisy_outcomes_meet_the_optimality_condition(horizon):
    world = world_of("klyubin", slip=0.1)
    source = cell_source(world, 5, 5, horizon)
    row, col = world.maze.rowcol(5, 5)
    emap = empowerment(world, horizon)
    assert abs(source.bits - emap.grid()[row, col]) <= 1e-6
    assert 0 <= source.gap <= 1e-6
    assert source.most_entropy
    assert_optimal(source, channel(world, source.state, horizon))
    assert (source.channel is not None) == (horizon <= 3)
    if source.channel is not None:
        assert_attained(source)


@pytest.mark.parametrize("moves", ["nesw", "king", "turn"])
@pytest.mark.parametrize("sensor", ["state", "row", "walls"])
def test_noise_with_other_moves_and_sensors(moves, sensor):
    world = world_of("klyubin", slip=0.2, moves=moves, sensor=sensor)
    source = cell_source(world, 5, 5, 3)
    assert_optimal(source, channel(world, source.state, 3))


@pytest.mark.parametrize("horizon", [2, 4])
def test_a_small_channel_gives_what_a_large_one_does(horizon, monkeypatch):
    world = world_of("klyubin", slip=0.1)
    one = cell_source(world, 5, 5, horizon)
    monkeypatch.setattr(optimal_source, "MAX_LISTED_SEQUENCES", 1 if horizon == 2 else 1000)
    other = cell_source(world, 5, 5, horizon)
    assert (one.channel is None) != (other.channel is None)
    np.testing.assert_allclose(other.first_actions, one.first_actions, atol=1e-3)
    np.testing.assert_allclose(other.probabilities.sum(), 1)
    small = one if one.channel is not None else other
    assert_attained(small)


@pytest.mark.parametrize("place", [(0, 0), (3, 2), (5, 5)])
@pytest.mark.parametrize(("horizon", "moves"), [(2, "nesw"), (3, "king"), (4, "nesw"), (4, "turn")])
def test_the_likeliest_sequence_is_the_first_of_those_with_the_most_weight(
    place, horizon, moves, monkeypatch
):
    world = world_of("klyubin", slip=0.1, moves=moves)
    found = []
    for listed in (1, 10**4):
        monkeypatch.setattr(optimal_source, "MAX_LISTED_SEQUENCES", listed)
        found.append(cell_source(world, *place, horizon))
    merged, whole = found
    weights = whole.channel.weights
    first = np.flatnonzero(weights >= weights.max() * (1 - 1e-6))[0]
    for source in (merged, whole):
        actions, probability = source.likeliest
        assert np.ravel_multi_index(actions, (len(world.actions),) * horizon) == first
        assert probability == pytest.approx(weights.max(), rel=1e-5)


def test_a_world_without_noise_has_no_likeliest_sequence():
    assert cell_source(world_of("klyubin"), 5, 5, 2).likeliest is None


@pytest.mark.parametrize("slip", [0.0, 0.1])
@pytest.mark.parametrize("horizon", [2, 3, 4])
def test_a_symmetric_cell_has_a_symmetric_source(slip, horizon):
    source = cell_source(world_of("room", slip=slip), 5, 5, horizon)
    np.testing.assert_allclose(source.first_actions[:4], source.first_actions[0], atol=1e-6)
    grid = source.grid()
    for turned in (np.rot90(grid), grid.T):
        np.testing.assert_allclose(turned, grid, atol=1e-6)


def test_a_source_that_is_not_spread_is_still_certified(monkeypatch):
    monkeypatch.setattr(optimal_source, "MAX_ENTRIES", 0)
    world = world_of("klyubin", slip=0.1)
    source = cell_source(world, 5, 5, 4)
    assert not source.most_entropy
    assert_optimal(source, channel(world, source.state, 4))
    assert "one of the optimal sources" in describe(source)


@pytest.mark.parametrize(("name", "slip"), [("room", 0.3), ("two-rooms", 0.1)])
def test_no_optimal_source_has_more_entropy(name, slip, monkeypatch):
    """Weights exp(rows @ l) of all optimal rows have the most entropy of those with one outcome."""
    x, y = (5, 5) if name == "room" else (1, 1)
    world = world_of(name, slip=slip, torus="xy")
    source = cell_source(world, x, y, 3)
    small, q = source.channel, source.probabilities
    p = small.probabilities
    divergence = np.log2(np.where(p > 0, p / q, 1.0))
    optimal_rows = (p * divergence).sum(axis=1) > source.bits - 1e-6
    assert (small.weights[optimal_rows] > 0).all()
    assert not small.weights[~optimal_rows].any()
    logs = np.log(small.weights[optimal_rows])
    fitted, *_ = np.linalg.lstsq(p[optimal_rows], logs)
    np.testing.assert_allclose(p[optimal_rows] @ fitted, logs, atol=1e-7)
    # A start from the sequences that are merged counts each of them.
    monkeypatch.setattr(optimal_source, "MAX_LISTED_SEQUENCES", 1)
    merged = cell_source(world, x, y, 3)
    assert merged.most_entropy
    np.testing.assert_allclose(merged.first_actions, source.first_actions, atol=1e-7)


@pytest.mark.parametrize(
    ("slip", "told"), [(1e-5, True), (1e-7, True), (1e-9, False), (1e-12, False)]
)
def test_rows_almost_at_the_capacity_are_told_apart_or_said_not_to_be(slip, told):
    world = World.from_maze(Maze(np.ones((1, 3))), slip=slip)
    sources = [cell_source(world, 1, 0, 2, tol) for tol in (1e-3, 1e-9)]
    for source in sources:
        assert source.most_entropy == told
        assert ("to within the tolerance" in describe(source)) != told
        assert source.gap <= 1e-9
        if told:  # only EE, WW, and one way to stay in the middle are optimal, a third each
            np.testing.assert_allclose(source.first_actions[[1, 3]], 1 / 3, atol=1e-4)


def test_a_source_that_is_not_optimal_is_not_taken(monkeypatch):
    monkeypatch.setattr(optimal_source, "_projection", lambda rows, base, target: base / base.sum())
    source = cell_source(world_of("klyubin", slip=0.1), 5, 5, 3)
    assert source.gap <= 1e-6
    assert not source.most_entropy
    assert_attained(source)


def test_a_tolerance_below_rounding_is_missed_aloud():
    world, missed = world_of("klyubin", slip=0.1), 0
    for x, y in ((0, 0), (3, 4), (5, 5), (6, 2), (9, 9)):
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            source = cell_source(world, x, y, 4, 1e-18)
        assert 0 <= source.gap < 1e-9
        texts = [str(one.message) for one in caught if one.category is ConvergenceWarning]
        assert len(texts) == (source.gap > 1e-18)  # rounding may happen to leave no gap at all
        assert all(re.search("certified only to within .* not 1e-18", text) for text in texts)
        missed += len(texts)
    assert missed


def test_one_action_leaves_nothing_to_choose():
    chain = World.from_transitions(np.array([[[0.5, 0.5]], [[0.25, 0.75]]]))
    source = cell_source(chain, 0, 0, 10**9)
    np.testing.assert_allclose(source.probabilities, [1 / 3, 2 / 3])
    assert (source.bits, source.first_actions.tolist()) == (0.0, [1.0])
    off = replace(chain, probabilities=chain.probabilities * (1 + 5e-10))  # would grow to 1.6
    np.testing.assert_allclose(cell_source(off, 0, 0, 10**9).probabilities, [1 / 3, 2 / 3])
