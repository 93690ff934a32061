"""Counting reachable cells on bit planes, against the recursion on bit sets."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from support.counts import HORIZON, count_forward, count_outcomes, deterministic_world
from support.strategies import furnished, options, worlds

import gridemp
from gridemp import Maze, World, parse_maze
from gridemp.engine import bitplanes, counting


@pytest.mark.slow
@given(furnished(max_side=9, most=3, boxes=0), options(), st.integers(1, HORIZON))
@example(Maze(np.ones((7, 7))), {"torus": "xy", "moves": "king"}, 3)
@example(Maze(np.ones((6, 9)), objects={(0, 0): "T", (5, 8): "B"}), {"torus": "x"}, 3)
def test_the_fast_path_counts_right_wherever_it_is_taken(maze, options, horizon):
    world = World.from_maze(maze, **options)
    moves = bitplanes.lattice_moves(world)
    if moves is not None and bitplanes.unrolls(world, moves, horizon):
        (fast,) = bitplanes.count_reachable(world, moves, [horizon])
        (slow,) = count_forward(world, horizon)
        assert fast.tolist() == slow.tolist()


@pytest.mark.parametrize(
    ("text", "options", "fast"),
    [
        ("...\n.T.\n...", {}, True),
        ("...\n.B.\n...", {"moves": "king"}, True),
        ("...\n.S.\n..G", {}, True),
        ("...\n...\n...", {"torus": "x"}, True),
        ("..\n..\n..", {"torus": "x"}, False),  # left and right lead to the same cell
        ("...\n...\n...", {"torus": "xy", "moves": "king"}, True),
        ("...\n.$.\n...", {}, False),
        ("....\n.~~.\n....", {}, False),  # too small for so many offsets
        ("........\n..~.....\n........\n........", {}, True),
        ("........\n..>.....\n........\n........", {}, True),
        ("...\n...\n...", {"moves": "turn"}, False),
        ("...\n...\n...", {"sensor": "row"}, False),
    ],
)
def test_the_fast_path_is_taken_where_it_applies(text, options, fast):
    world = World.from_maze(parse_maze(text), **options)
    moves = bitplanes.lattice_moves(world)
    assert (moves is not None and bitplanes.worthwhile(world, moves, 1)) == fast


@pytest.mark.slow
@given(worlds(max_side=8), st.integers(1, 12))
def test_bit_planes_and_bit_sets_agree(world, horizon):
    moves = bitplanes.lattice_moves(world)
    planes = bitplanes.count_reachable(world, moves, [horizon])[0]
    sets = count_outcomes(replace(world, sensor=world.sensor[::-1]), horizon)
    assert planes.tolist() == sets.tolist()


@pytest.mark.slow
@given(worlds(max_side=8), st.lists(st.integers(1, 9), min_size=1, max_size=4), st.integers(1, 3))
def test_bands_of_rows_and_sweeps_of_horizons_change_nothing(world, horizons, rows):
    moves = bitplanes.lattice_moves(world)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bitplanes, "BAND_BYTES", rows * 4000)
        planes = bitplanes.count_reachable(world, moves, horizons)
        patch.setattr(bitplanes, "worthwhile", lambda *_: False)
        sets = counting.count_outcomes(world, horizons)
    assert planes.tolist() == sets.tolist()
    assert sets.tolist() == [count_outcomes(world, horizon).tolist() for horizon in horizons]


def test_bit_planes_keep_rows_and_offsets_apart():
    # Knight moves on 9 columns: offsets of two, and a width that fills no byte.
    maze = gridemp.Maze(np.ones((7, 9)))
    cells = maze.cells
    table = []
    for drow, dcol in ((1, 2), (-2, 1), (2, -1), (0, 0)):
        ends = cells + np.array([drow, dcol])
        inside = ((ends >= 0) & (ends < maze.shape)).all(axis=1)
        table.append(np.where(inside, ends @ (9, 1), np.arange(63)))
    world = replace(deterministic_world(np.stack(table, axis=1)), maze=maze)
    moves = bitplanes.lattice_moves(world)
    assert list(moves) == [(0, 0), (1, 2), (-2, 1), (2, -1)]
    follow = [set(ends) for ends in world.successors[:, :, 0].tolist()]
    reached = [{s} for s in range(63)]
    for horizon in range(1, 6):
        reached = [set().union(*(follow[s] for s in now)) for now in reached]
        (counts,) = bitplanes.count_reachable(world, moves, [horizon])
        assert counts.tolist() == [len(now) for now in reached]


@given(st.data())
def test_bit_planes_of_moves_that_only_go_one_way(data):
    height, width = data.draw(st.integers(1, 9)), data.draw(st.integers(1, 18))
    steps = data.draw(
        st.lists(st.tuples(st.integers(-2, 2), st.integers(-2, 2)), min_size=1, max_size=3)
    )
    maze = gridemp.Maze(np.ones((height, width)))
    closed = (
        np.random.default_rng(data.draw(st.integers(0, 99))).random((len(steps), height * width))
        < 0.2
    )
    states = np.arange(height * width)
    table = []
    for step, shut in zip(steps, closed, strict=True):
        ends = maze.cells + np.array(step)
        inside = ((ends >= 0) & (ends < maze.shape)).all(axis=1) & ~shut
        table.append(np.where(inside, ends @ (width, 1), states))
    world = replace(deterministic_world(np.stack(table, axis=1)), maze=maze)
    found = bitplanes.lattice_moves(world)
    follow = [set(ends) for ends in world.successors[:, :, 0].tolist()]
    reached = [{s} for s in states.tolist()]
    for horizon in range(1, 5):
        reached = [set().union(*(follow[s] for s in now)) for now in reached]
        (counts,) = bitplanes.count_reachable(world, found, [horizon])
        assert counts.tolist() == [len(now) for now in reached]


def _lattice(height, width):
    world = gridemp.World.from_maze(gridemp.Maze(np.ones((height, width))))
    return world, bitplanes.lattice_moves(world)


def test_a_large_maze_takes_bit_planes_and_a_small_one_does_not():
    assert bitplanes.worthwhile(*_lattice(60, 60), horizon=10)
    assert not bitplanes.worthwhile(*_lattice(5, 5), horizon=10)
    assert not bitplanes.worthwhile(
        *_lattice(1, 1), horizon=10**6
    )  # nothing moves: no need to step
    assert not bitplanes.worthwhile(*_lattice(4000, 1), horizon=3000)  # too many rows of offsets
    assert not bitplanes.worthwhile(*_lattice(1, 30), horizon=10**18)  # too many steps


def test_what_is_no_lattice_is_recognised():
    ring = deterministic_world([[1, 0], [2, 1], [0, 2]])
    assert list(bitplanes.lattice_moves(ring)) == [(0, 0), (0, -2), (0, 1)]  # its torus is unknown
    walk = gridemp.World.from_maze(gridemp.parse_maze("..\n.."))
    assert list(bitplanes.lattice_moves(walk)) == [(0, 0), (-1, 0), (0, 1), (1, 0), (0, -1)]
    jumps = deterministic_world([[(7 * s * s) % 200] for s in range(200)])  # many different ones
    assert bitplanes.lattice_moves(jumps) is None
    assert bitplanes.lattice_moves(replace(walk, sensor=np.zeros(4, dtype=np.int32))) is None
    slippery = gridemp.World.from_maze(walk.maze, slip=0.1)
    assert bitplanes.lattice_moves(slippery) is None
