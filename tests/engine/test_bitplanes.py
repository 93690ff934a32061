"""Counting reachable cells on bit planes, against the recursion on bit sets."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from support.counts import HORIZON, count_forward
from support.strategies import furnished, options

from gridemp import Maze, World, parse_maze
from gridemp.engine import bitplanes


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
