"""Impoverished empowerment is a lower bound that a large repertoire attains."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.policies import noisy_tables

import gridemp
from gridemp import GridempError, HorizonTooLarge, World, impoverished_empowerment, parse_maze
from gridemp.engine import repertoire

KLYUBIN = World.from_maze(gridemp.load_maze("klyubin"))
ROOM = World.from_maze(parse_maze("....\n.##.\n...."))
SLIPPERY = World.from_maze(parse_maze("...\n..#"), slip=0.2)


@given(noisy_tables(), st.integers(1, 3), st.integers(1, 6), st.integers(1, 2), st.data())
@settings(deadline=None)
def test_it_is_a_lower_bound_of_at_most_log2_of_the_repertoire(world, horizon, size, step, data):
    states = len(world.cell)
    numbers = st.lists(st.integers(0, 2), min_size=states, max_size=states)
    world = world.with_sensor(data.draw(numbers))
    exact = gridemp.empowerment(world, horizon)
    emap = impoverished_empowerment(world, horizon, size, step)
    assert (emap.bits <= exact.bits + exact.gap + 1e-9).all()
    assert (emap.bits <= np.log2(size) + 1e-9).all()
    assert (emap.bits >= 0).all()
    assert (emap.gap <= 1e-6).all()
    again = impoverished_empowerment(world, horizon, size, step)
    np.testing.assert_array_equal(emap.bits, again.bits)


@given(noisy_tables(), st.integers(1, 3), st.integers(1, 3))
@settings(deadline=None)
def test_a_large_repertoire_loses_nothing(world, horizon, step):
    exact = gridemp.empowerment(world, horizon)
    emap = impoverished_empowerment(world, horizon, len(world.actions) ** horizon, step)
    assert (emap.bits + emap.gap >= exact.bits - 1e-9).all()
    assert (emap.bits <= exact.bits + exact.gap + 1e-9).all()


@pytest.mark.parametrize("moves", ["nesw", "turn"])
@pytest.mark.parametrize("sensor", ["position", "row", "walls"])
@pytest.mark.parametrize("horizon", [1, 4, 30])
def test_without_noise_a_large_repertoire_counts_all_outcomes(moves, sensor, horizon):
    world = World.from_maze(ROOM.maze, moves=moves, sensor=sensor)
    emap = impoverished_empowerment(world, horizon, 10**6, 3)
    exact = gridemp.empowerment(world, horizon)
    np.testing.assert_array_equal(emap.outcomes, exact.outcomes)
    np.testing.assert_array_equal(emap.bits, exact.bits)
    assert not emap.gap.any()


@pytest.mark.parametrize("size", [1, 4, 16, 64])
def test_in_the_classic_maze_a_repertoire_without_noise_loses_only_its_limit(size):
    exact = gridemp.empowerment(KLYUBIN, 5)
    emap = impoverished_empowerment(KLYUBIN, 5, size)
    np.testing.assert_array_equal(emap.outcomes, np.minimum(exact.outcomes, size))


@pytest.mark.slow
@pytest.mark.parametrize(("size", "loss"), [(4, 1.174), (8, 0.534), (16, 0.164), (32, 0.009)])
def test_loss_in_the_classic_maze_with_slips(size, loss):
    world = World.from_maze(KLYUBIN.maze, slip=0.1)
    lost = gridemp.empowerment(world, 5).bits - impoverished_empowerment(world, 5, size).bits
    assert lost.mean() == pytest.approx(loss, abs=2e-3)
    assert lost.min() > -2e-6


@pytest.mark.slow
def test_horizons_without_end_in_sight_are_within_reach():
    long = impoverished_empowerment(KLYUBIN.with_sensor(KLYUBIN.cell), 60, 8)
    np.testing.assert_array_equal(long.bits, 3)
    slippery = impoverished_empowerment(SLIPPERY, 200, 4)
    assert (slippery.gap <= 1e-6).all()
    assert (slippery.bits > 0.5).all()


def test_boxes_are_part_of_the_state():
    world = World.from_maze(parse_maze("..$.\n...."), within=4)
    exact = gridemp.empowerment(world, 4)
    emap = impoverished_empowerment(world, 4, 8)
    np.testing.assert_array_equal(emap.outcomes, np.minimum(exact.outcomes, 8))


def test_the_map_says_how_it_was_made():
    emap = impoverished_empowerment(SLIPPERY, 3, repertoire=2, step=1)
    assert (emap.kind.name, emap.kind.repertoire, emap.kind.step) == ("impoverished", 2, 1)
    assert "repertoire of 2, grown by 1 step" in repr(emap)
    assert emap.outcomes is None


def test_progress_ends_at_one():
    for world in (ROOM, SLIPPERY):
        told = []
        impoverished_empowerment(world, 5, 3, progress=told.append)
        assert told == sorted(told)
        assert told[-1] == 1


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"horizon": 0}, "the horizon must be a whole number"),
        ({"horizon": 10_001}, "to at most 10,000 steps, not 10,001; lower the horizon"),
        ({"repertoire": 0}, "`repertoire` must be a whole number, 1 or more, not 0"),
        ({"step": 0}, "`step` must be a whole number, 1 or more, not 0"),
        ({"tol": -1}, "`tol` must be a positive number"),
    ],
)
def test_wrong_arguments(given, sentence):
    with pytest.raises(GridempError, match=sentence):
        impoverished_empowerment(ROOM, **{"horizon": 1, **given})


def test_candidates_that_do_not_fit_are_refused(monkeypatch):
    monkeypatch.setattr(repertoire, "MAX_BYTES", 10**4)
    with pytest.raises(HorizonTooLarge, match=r"candidates.*lower `step`"):
        impoverished_empowerment(SLIPPERY, 6, 10, 6)
    with pytest.raises(HorizonTooLarge, match=r"candidates.*lower `repertoire`"):
        impoverished_empowerment(SLIPPERY, 6, 20, 1)
    assert impoverished_empowerment(SLIPPERY, 6, 1, 1).bits.max() == 0  # the remedy helps
