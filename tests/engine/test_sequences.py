"""Every shortcut of the noisy engine against the channel written down row by row."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.strategies import worlds

import gridemp
from gridemp.engine import row_entropies
from gridemp.engine.channel import channel, window
from gridemp.engine.sequences import Sequences
from gridemp.engine.symmetry import surroundings
from gridemp.information.active_set import active_set_capacity
from gridemp.information.capacity import divergences, row_negentropy

NOISY = (1e-9, 0.3, 1.0)


def assert_same_rows(some, others):
    """The same set of rows up to rounding, whatever their order and however often they occur."""
    for one, other in ((some, others), (others, some)):
        for row in one:
            nearest = abs(other - row).max(axis=1).min()
            np.testing.assert_array_less(nearest, 1e-13)


def test_the_comparison_itself_can_fail():
    with pytest.raises(AssertionError):
        assert_same_rows(np.eye(2), np.eye(2)[:1])


@settings(max_examples=60)
@given(worlds(max_side=4, slips=(0.0, *NOISY), actions=("nesw",)), st.integers(1, 4), st.data())
def test_implicit_rows_are_the_rows_written_down(world, horizon, data):
    state = data.draw(st.integers(0, len(world.cell) - 1))
    world = replace(world, sensor=world.sensor // data.draw(st.integers(1, 3)))
    written = channel(world, state, horizon).probabilities
    with pytest.MonkeyPatch.context() as patch:  # from all prefix to nearly all suffix
        patch.setattr(
            "gridemp.engine.sequences.PREFIXES_PER_SUFFIX", data.draw(st.sampled_from([0, 1, 99]))
        )
        sequences = Sequences(window(world, state, horizon))
    rows = sequences.rows(np.arange(len(sequences.negentropy)))
    assert len(rows) <= len(written)
    assert_same_rows(rows, written[:, written.any(axis=0)])
    np.testing.assert_allclose(sequences.negentropy, row_negentropy(rows), atol=1e-13)
    np.testing.assert_allclose(rows[sequences.peaks, range(rows.shape[1])], rows.max(axis=0))
    source = np.random.default_rng(0).dirichlet(np.ones(len(rows)))
    truth = divergences(rows, row_negentropy(rows), source)
    np.testing.assert_allclose(sequences.divergences(source @ rows), truth, atol=1e-12)


def scattered(world, seed, absorbing=False):
    """The same states under probabilities drawn at random, every move to anywhere or to state 0."""
    count = len(world.cell)
    rng = np.random.default_rng(seed)
    shape = (count, len(world.actions), count)
    probabilities = rng.dirichlet(np.full(count, 0.3), size=shape[:2])
    if absorbing:  # one column with an entry from every state
        probabilities = 0.5 * probabilities * (rng.random(shape) < 0.3)
        probabilities[:, :, 0] += 1 - probabilities.sum(axis=2)
    successors = np.broadcast_to(np.arange(count, dtype=np.int32), shape)
    return replace(world, successors=successors, probabilities=probabilities)


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


@pytest.mark.parametrize(
    ("factor", "sentence"),
    [(1.1, "sum to 1.1, not 1"), (np.nan, "sum to nan"), (-1, "hold a negative number")],
)
def test_what_is_no_distribution_is_refused_by_state_and_action(factor, sentence):
    world = gridemp.World.from_maze(gridemp.parse_maze("..."), slip=0.1)
    probabilities = world.probabilities.copy()
    probabilities[1, 2] *= factor
    broken = replace(world, probabilities=probabilities)
    for function in (gridemp.empowerment, gridemp.empowerment_bounds):
        with pytest.raises(gridemp.GridempError, match=f"action 'south' in state 1 {sentence}"):
            function(broken, 2)
    probabilities = world.probabilities.copy()
    probabilities[1, 2, :2] += 2, -2
    with pytest.raises(gridemp.GridempError, match="state 1 hold a negative number"):
        gridemp.empowerment(replace(world, probabilities=probabilities), 2)
    nearly = replace(world, probabilities=world.probabilities * (1 + 1e-10))
    exact, divided = (gridemp.empowerment(w, 2, tol=1e-12) for w in (world, nearly))
    np.testing.assert_allclose(divided.bits, exact.bits, atol=3e-12)


def test_a_window_that_does_not_fit_is_refused_with_its_size(monkeypatch):
    world = gridemp.World.from_maze(gridemp.Maze(np.ones((9, 9))), slip=0.1)
    monkeypatch.setattr("gridemp.engine.channel.MAX_BYTES", 50_000)
    with pytest.raises(gridemp.HorizonTooLarge, match="can lead to 41 states"):
        Sequences(window(world, 40, 4))


def test_padding_does_not_split_neighbourhoods():
    world = gridemp.World.from_maze(gridemp.Maze(np.ones((9, 9))), slip=0.1)
    padded = replace(
        world,
        successors=np.pad(world.successors, [(0, 0), (0, 0), (0, 2)]),
        probabilities=np.pad(world.probabilities, [(0, 0), (0, 0), (0, 2)]),
    )
    same = surroundings(world, 2)
    np.testing.assert_array_equal(surroundings(padded, 2), same)
    assert len(np.unique(same)) == 6


def test_blocks_of_prefixes_change_nothing(monkeypatch):
    local = window(gridemp.World.from_maze(gridemp.load_maze("klyubin"), slip=0.1), 45, 4)
    whole, told = Sequences(local), []
    monkeypatch.setattr(row_entropies, "BLOCK", 7)
    blocks = Sequences(local, told.append)
    np.testing.assert_allclose(blocks.negentropy, whole.negentropy, atol=1e-14)
    outputs = range(len(whole.peaks))
    likeliest = [part.rows(part.peaks)[outputs, outputs] for part in (blocks, whole)]
    np.testing.assert_allclose(*likeliest)
    assert told == sorted(told)
    assert told[-1] == 1


def test_the_same_bits_with_one_thread_or_several(monkeypatch):
    local = window(gridemp.World.from_maze(gridemp.load_maze("klyubin"), slip=0.1), 45, 6)
    monkeypatch.setattr(row_entropies, "BLOCK", 50)
    monkeypatch.setattr(row_entropies, "MIN_SUFFIXES", 1)
    monkeypatch.setattr("gridemp.parallel.available_processors", lambda: 1)
    alone = Sequences(local)
    monkeypatch.setattr("gridemp.parallel.available_processors", lambda: 3)
    for _ in range(3):
        together = Sequences(local)
        np.testing.assert_array_equal(together.negentropy, alone.negentropy)
        np.testing.assert_array_equal(together.peaks, alone.peaks)


@settings(max_examples=40)
@given(worlds(max_side=3, slips=NOISY), st.integers(1, 3))
def test_the_map_is_the_capacity_of_every_written_channel(world, horizon):
    if len(world.actions) ** horizon > 200:
        horizon = 2
    emap = gridemp.empowerment(world, horizon, tol=1e-8)
    for state in range(len(world.cell)):
        plain = active_set_capacity(channel(world, state, horizon).probabilities, tol=1e-8)
        assert plain.lower <= emap.bits[state] + emap.gap[state] + 1e-11
        assert emap.bits[state] <= plain.upper + 1e-11


@settings(max_examples=40)
@given(worlds(max_side=6, slips=NOISY), st.integers(1, 4))
def test_equal_neighbourhoods_have_equal_rows_up_to_order(world, horizon):
    labels = surroundings(world, horizon)
    steps = min(horizon, 2 if "northeast" in world.actions else 3)  # what equal labels imply too
    for label in np.unique(labels):
        first, *others = np.flatnonzero(labels == label).tolist()
        truth = np.sort(channel(world, first, steps).probabilities, axis=1)
        for other in others:
            rows = np.sort(channel(world, other, steps).probabilities, axis=1)
            assert rows.shape == truth.shape
            assert_same_rows(rows, truth)


def test_neighbourhoods_know_all_symmetries_of_a_room_and_no_more():
    room = gridemp.Maze(np.ones((21, 21)))
    for horizon in range(1, 6):
        # Distances to the walls beyond n - 1 cells do not matter; each octant counts once.
        kinds = (horizon + 1) * (horizon + 2) // 2
        for moves in ("nesw", "king"):
            world = gridemp.World.from_maze(room, moves=moves, slip=0.1)
            assert len(np.unique(surroundings(world, horizon))) == kinds


def test_neighbourhoods_keep_apart_what_differs():
    world = gridemp.World.from_maze(gridemp.Maze(np.ones((9, 9))), slip=0.1)
    labels = surroundings(world, 2).reshape(9, 9)
    assert labels[0, 0] == labels[8, 8] == labels[0, 8]
    assert labels[0, 1] == labels[1, 0] != labels[1, 1]
    # Two actions that change places in one cell: a difference there and one move away.
    swapped = world.probabilities.copy()
    swapped[40] = swapped[40][[1, 0, 2, 3, 4]]
    odd = surroundings(replace(world, probabilities=swapped), 2).reshape(9, 9)
    assert (odd == odd[4, 4]).sum() == 1
    assert odd[4, 3] != odd[2, 2] != odd[4, 4]
    alone = surroundings(replace(world, sensor=world.sensor // 2), 2)
    assert len(np.unique(alone)) == 81


def test_a_sensor_takes_part_in_the_solution():
    world = gridemp.World.from_maze(gridemp.load_maze("room"), slip=0.2)
    rows_only = replace(world, sensor=world.sensor // 11)
    emap = gridemp.empowerment(rows_only, 3)
    plain = active_set_capacity(channel(rows_only, 60, 3).probabilities, tol=1e-9)
    assert abs(emap.bits[60] - plain.lower) < 2e-6
    assert emap.bits[60] < gridemp.empowerment(world, 3).bits[60]
