import os
import subprocess
import sys
import warnings
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.strategies import mazes, worlds

import gridemp
from gridemp import Maze, World, blahut_arimoto, empowerment, horizon_sweep
from gridemp.engine.channel import channel
from gridemp.information.active_set import active_set_capacity


def at(emap, x, y, values=None):
    return float(emap.grid(values)[emap.world.maze.rowcol(x, y)])


@pytest.mark.parametrize(
    ("horizon", "fewest", "most", "low", "high"),
    [
        (1, 2, 5, 1.00, 2.32),
        (2, 3, 13, 1.58, 3.70),
        (3, 6, 23, 2.58, 4.52),
        (5, 11, 46, 3.46, 5.52),
        (10, 22, 85, 4.46, 6.41),
    ],
)
def test_the_classic_maze(klyubin, horizon, fewest, most, low, high):
    emap = empowerment(klyubin, horizon)
    assert (emap.outcomes.min(), emap.outcomes.max()) == (fewest, most)
    assert (round(emap.bits.min(), 2), round(emap.bits.max(), 2)) == (low, high)
    assert (emap.bits == np.log2(emap.outcomes)).all()
    assert (emap.gap == 0).all()


def test_the_classic_peak_is_single(klyubin):
    assert empowerment(klyubin, 5).peak == (5, 5, np.log2(46), 46, 1)


def test_the_classic_maze_is_flat_from_27_steps_on(klyubin):
    world = klyubin
    assert empowerment(world, 26).bits.min() < np.log2(100)
    for horizon in (27, 28, 1000, 10**9):
        emap = empowerment(world, horizon)
        assert (emap.bits == np.log2(100)).all()
        assert emap.peak == (0, 0, np.log2(100), 100, 100)


def test_the_room_peaks_in_its_middle_alone():
    peak = empowerment(World.from_maze(gridemp.load_maze("room")), 5).peak
    assert peak == (5, 5, np.log2(61), 61, 1)
    assert round(peak.bits, 4) == 5.9307


@pytest.mark.parametrize(
    ("horizon", "low", "high"), [(1, 0.4813, 1.2000), (2, 0.7437, 1.7571), (3, 1.1188, 2.0561)]
)
def test_the_classic_maze_under_slip(klyubin, horizon, low, high):
    emap = empowerment(World.from_maze(klyubin.maze, slip=0.2), horizon, tol=1e-8)
    for ends in (emap.bits, emap.bits + emap.gap):
        assert (round(ends.min(), 4), round(ends.max(), 4)) == (low, high)
    assert emap.outcomes is None


def test_the_classic_peak_under_slip_to_nine_digits(klyubin):
    emap = empowerment(World.from_maze(klyubin.maze, slip=0.1), 5, tol=1e-10)
    low, gap = at(emap, 5, 5), at(emap, 5, 5, emap.gap)
    assert round(low, 9) == round(low + gap, 9) == 3.490946638


def test_the_gap_is_as_small_as_asked(klyubin):
    world = World.from_maze(klyubin.maze, slip=0.3)
    fine = empowerment(world, 2, tol=1e-10)
    for tol in (1e-2, 1e-6):
        coarse = empowerment(world, 2, tol=tol)
        assert coarse.gap.max() <= tol
        assert (coarse.bits <= fine.bits + fine.gap).all()
        assert (fine.bits <= coarse.bits + coarse.gap).all()


def test_noise_is_not_ignored(klyubin):
    slips = (0, 0.01, 0.1, 0.3)
    by_slip = [empowerment(World.from_maze(klyubin.maze, slip=slip), 2).bits for slip in slips]
    for less, more in pairwise(by_slip):
        assert (more < less - 1e-3).all()


@settings(max_examples=30)
@given(worlds(max_side=4, actions=("nesw",)), st.integers(1, 3))
def test_counting_is_blahut_arimoto_on_the_same_channel(world, horizon):
    emap = empowerment(world, horizon)
    state = len(emap.bits) // 2
    capacity = blahut_arimoto(channel(world, state, horizon).probabilities, tol=1e-6)
    assert capacity.lower - 1e-12 <= emap.bits[state] <= capacity.upper + 1e-12


@pytest.mark.slow
@settings(max_examples=30)
@given(worlds(max_side=4, slips=(1e-9, 0.2, 1.0)), st.integers(1, 2))
def test_the_noisy_map_is_blahut_arimoto_cell_by_cell(world, horizon):
    emap = empowerment(world, horizon)
    state = len(emap.bits) // 2
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", gridemp.ConvergenceWarning)
        plain = blahut_arimoto(channel(world, state, horizon).probabilities, 1e-6, 2000)
    assert emap.gap.max() <= 1e-6
    assert plain.lower <= emap.bits[state] + emap.gap[state] + 1e-12
    assert emap.bits[state] <= plain.upper + 1e-12


@pytest.mark.slow
@settings(max_examples=40)
@given(mazes(), st.sampled_from(["nesw", "king"]), st.integers(1, 8))
def test_empowerment_never_falls_with_the_horizon_if_one_may_stay(maze, moves, horizon):
    world = World.from_maze(maze, moves=moves)
    assert (empowerment(world, horizon).bits <= empowerment(world, horizon + 1).bits).all()


@settings(max_examples=40)
@given(worlds(max_side=4, slips=(0.0, 0.2), actions=("nesw",)), st.data())
def test_merging_sensor_readings_never_raises_empowerment(world, data):
    states = len(world.cell)
    labels = data.draw(st.lists(st.integers(0, 3), min_size=states, max_size=states))
    merged = empowerment(replace(world, sensor=np.array(labels, dtype=np.int32)), 2)
    full = empowerment(world, 2)
    assert (merged.bits <= full.bits + full.gap + 1e-12).all()
    blind = empowerment(replace(world, sensor=np.zeros(states, dtype=np.int32)), 2)
    np.testing.assert_allclose(blind.bits, 0, atol=1e-12)


@pytest.mark.slow
@given(worlds(max_side=5, slips=(0.0, 0.3), actions=("nesw",)))
def test_capacity_is_at_most_log_of_sequences_and_of_cells(world):
    emap = empowerment(world, 2)
    limit = np.log2(min(len(world.actions) ** 2, len(world.cell)))
    assert (emap.bits >= 0).all()
    assert (emap.bits <= limit + 1e-9).all()


def test_disconnected_mazes_are_fine():
    emap = empowerment(World.from_maze(gridemp.parse_maze("..#.\n..#.")), 9)
    assert emap.grid()[0].tolist()[:2] == [2, 2]
    assert emap.grid()[0, 3] == 1
    assert np.isnan(emap.grid()[0, 2])


def test_mazes_that_are_not_square():
    emap = empowerment(World.from_maze(Maze(np.ones((3, 20)))), 2)
    assert emap.grid().shape == (3, 20)
    assert at(emap, 10, 1) == np.log2(11)


@pytest.mark.parametrize("horizon", [0, -1, 2.5, "5", None, 10**18 + 1])
def test_horizon_is_a_whole_number(klyubin, horizon):
    with pytest.raises(gridemp.GridempError, match=r"horizon`? (must be|needs) a whole number"):
        empowerment(klyubin, horizon)


def test_a_numpy_integer_is_a_whole_number(klyubin):
    assert empowerment(klyubin, np.int64(2)).horizon == 2


def test_tolerance_must_be_positive_even_where_it_is_not_needed(klyubin):
    with pytest.raises(gridemp.GridempError, match="tol` must be a positive number"):
        empowerment(klyubin, 2, tol=0)


def test_a_tolerance_out_of_reach_warns_once_and_keeps_the_interval(klyubin):
    world = World.from_maze(klyubin.maze, slip=0.1)
    with pytest.warns(gridemp.ConvergenceWarning, match="raise `tol`") as caught:
        emap = empowerment(world, 2, tol=1e-16)
    assert len(caught) == 1
    assert emap.gap.max() < 1e-10


def test_equal_cells_of_a_noisy_room_share_their_number():
    emap = empowerment(World.from_maze(Maze(np.ones((9, 9))), slip=0.1), 2)
    assert len(set(emap.grid()[2:7, 2:7].ravel())) == 1
    assert emap.peak.ties == 25
    assert emap.peak[:2] == (2, 2)


def test_progress_goes_from_nothing_to_all(klyubin):
    for slip in (0, 0.1):
        fractions = []
        empowerment(World.from_maze(klyubin.maze, slip=slip), 2, progress=fractions.append)
        assert fractions == sorted(fractions)
        assert fractions[-1] == 1


@pytest.mark.slow
def test_a_sweep_is_the_maps_one_by_one(klyubin):
    for slip in (0, 0.1):
        world = World.from_maze(klyubin.maze, slip=slip)
        horizons, fractions = [2, 1, 2], []
        sweep = horizon_sweep(world, horizons, progress=fractions.append)
        assert [emap.horizon for emap in sweep] == horizons
        for emap in sweep:
            alone = empowerment(world, emap.horizon)
            np.testing.assert_array_equal(emap.bits, alone.bits)
            np.testing.assert_array_equal(emap.gap, alone.gap)
        assert fractions == sorted(fractions)
        assert fractions[-1] == pytest.approx(1)
    assert horizon_sweep(world, []) == []
    with pytest.raises(gridemp.GridempError, match="whole number"):
        horizon_sweep(world, [1, 0])


SCRIPT = """
import gridemp, sys
world = gridemp.World.from_maze(gridemp.load_maze("klyubin"), slip=0.1)
emap = gridemp.empowerment(world, 6)  # enough for products that BLAS would cut
sys.stdout.buffer.write(emap.bits.tobytes() + emap.gap.tobytes())
"""


@pytest.mark.slow
def test_the_same_bits_from_run_to_run_and_with_one_thread_or_two():
    def run(threads):
        names = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
        environment = os.environ | dict.fromkeys(names, str(threads))
        command = [sys.executable, "-c", SCRIPT]
        return subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE).stdout

    first = run(1)
    assert len(first) == 2 * 8 * 100
    assert first == run(2)


def test_open_grid_in_closed_form():
    maze = gridemp.Maze(np.ones((41, 41)))
    for n in range(1, 20):
        with_stay = gridemp.empowerment(gridemp.World.from_maze(maze), n)
        without = gridemp.empowerment(gridemp.World.from_maze(maze, stay=False), n)
        assert with_stay.grid()[20, 20] == np.log2(2 * n**2 + 2 * n + 1)
        assert without.grid()[20, 20] == np.log2((n + 1) ** 2)


def scattered(world, seed, absorbing=False):
    """Return a world with random moves: from every state to all, or to a few and state 0."""
    count = len(world.cell)
    rng = np.random.default_rng(seed)
    shape = (count, len(world.actions), count)
    probabilities = rng.dirichlet(np.full(count, 0.3), size=shape[:2])
    if absorbing:  # one column with an entry from every state
        probabilities = 0.5 * probabilities * (rng.random(shape) < 0.3)
        probabilities[:, :, 0] += 1 - probabilities.sum(axis=2)
    successors = np.broadcast_to(np.arange(count, dtype=np.int32), shape)
    return replace(world, successors=successors, probabilities=probabilities)


@pytest.mark.slow
@pytest.mark.parametrize("absorbing", [False, True])
@pytest.mark.parametrize("seed", range(5))
def test_any_transition_probabilities(seed, absorbing):
    maze = gridemp.Maze(np.ones((3, 4)))
    world = scattered(gridemp.World.from_maze(maze, stay=False, slip=0.1), seed, absorbing)
    emap = gridemp.empowerment(world, 3, tol=1e-9)
    for state in range(12):
        plain = active_set_capacity(channel(world, state, 3).probabilities, tol=1e-9)
        assert abs(emap.bits[state] - plain.lower) < 3e-9


def test_one_action_can_bring_nothing_about():
    world = gridemp.World.from_maze(gridemp.parse_maze(".."), stay=False, slip=0.5)
    alone = replace(
        world,
        actions=("drift",),
        successors=world.successors[:, :1],
        probabilities=world.probabilities[:, :1],
    )
    assert gridemp.empowerment(alone, 10**9).bits.tolist() == [0, 0]


@pytest.mark.slow
@settings(max_examples=20)
@given(worlds(max_side=3, slips=(1e-9, 0.3, 1.0)), st.integers(1, 3))
def test_the_map_is_the_capacity_of_every_written_channel(world, horizon):
    if len(world.actions) ** horizon > 200:
        horizon = 2
    emap = gridemp.empowerment(world, horizon, tol=1e-8)
    for state in range(len(world.cell)):
        plain = active_set_capacity(channel(world, state, horizon).probabilities, tol=1e-8)
        assert plain.lower <= emap.bits[state] + emap.gap[state] + 1e-11
        assert emap.bits[state] <= plain.upper + 1e-11


def test_a_sensor_takes_part_in_the_solution():
    world = gridemp.World.from_maze(gridemp.load_maze("room"), slip=0.2)
    rows_only = replace(world, sensor=world.sensor // 11)
    emap = gridemp.empowerment(rows_only, 3)
    plain = active_set_capacity(channel(rows_only, 60, 3).probabilities, tol=1e-9)
    assert abs(emap.bits[60] - plain.lower) < 2e-6
    assert emap.bits[60] < gridemp.empowerment(world, 3).bits[60]
