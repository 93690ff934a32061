"""States with equal surroundings share their channels."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.channels import assert_same_rows
from support.strategies import mazes, worlds

import gridemp
from gridemp import Maze, World, blahut_arimoto, empowerment
from gridemp.engine.channel import channel
from gridemp.engine.symmetry import surroundings


def test_work_is_shared_soundly_on_a_torus_with_objects():
    maze = Maze(np.ones((9, 9)), objects={(4, 4): "T", (0, 1): "B", (7, 2): ">"})
    world = World.from_maze(maze, torus="xy", slip=0.2)
    emap = empowerment(world, 2, tol=1e-8)
    for state in range(0, 81, 5):
        capacity = blahut_arimoto(channel(world, state, 2).probabilities, tol=1e-8)
        assert emap.bits[state] == pytest.approx(capacity.lower, abs=2e-8)
    assert len(set(emap.bits.round(6).tolist())) < 40


def test_padding_does_not_split_surroundings():
    world = gridemp.World.from_maze(gridemp.Maze(np.ones((9, 9))), slip=0.1)
    padded = replace(
        world,
        successors=np.pad(world.successors, [(0, 0), (0, 0), (0, 2)]),
        probabilities=np.pad(world.probabilities, [(0, 0), (0, 0), (0, 2)]),
    )
    same = surroundings(world, 2)
    np.testing.assert_array_equal(surroundings(padded, 2), same)
    assert len(np.unique(same)) == 6


@pytest.mark.slow
@settings(max_examples=40)
@given(worlds(max_side=6, slips=(1e-9, 0.3, 1.0)), st.integers(1, 4))
def test_equal_surroundings_have_equal_rows_up_to_order(world, horizon):
    labels = surroundings(world, horizon)
    steps = min(horizon, 2 if "northeast" in world.actions else 3)  # what equal labels imply too
    for label in np.unique(labels):
        first, *others = np.flatnonzero(labels == label).tolist()
        truth = np.sort(channel(world, first, steps).probabilities, axis=1)
        for other in others:
            rows = np.sort(channel(world, other, steps).probabilities, axis=1)
            assert rows.shape == truth.shape
            assert_same_rows(rows, truth)


def test_surroundings_know_all_symmetries_of_a_room_and_no_more():
    room = gridemp.Maze(np.ones((21, 21)))
    for horizon in range(1, 6):
        # Distances to the walls beyond n - 1 cells do not matter; each octant counts once.
        kinds = (horizon + 1) * (horizon + 2) // 2
        for moves in ("nesw", "king"):
            world = gridemp.World.from_maze(room, moves=moves, slip=0.1)
            assert len(np.unique(surroundings(world, horizon))) == kinds


def test_surroundings_keep_apart_what_differs():
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


def mirrored(maze):
    return Maze(maze.floor[:, ::-1], maze.wall_right[:, ::-1], maze.wall_below[:, ::-1])


def transposed(maze):
    return Maze(maze.floor.T, maze.wall_below.T, maze.wall_right.T)


@pytest.mark.slow
@settings(max_examples=40)
@given(mazes(max_side=4), st.sampled_from(["nesw", "king"]), st.sampled_from([0.0, 0.25]))
def test_rotating_and_mirroring_the_maze_turns_the_map(maze, moves, slip):
    def grid(turned):
        return empowerment(World.from_maze(turned, moves=moves, slip=slip), 2).grid()

    np.testing.assert_allclose(grid(mirrored(maze)), grid(maze)[:, ::-1], atol=1e-6)
    np.testing.assert_allclose(grid(transposed(maze)), grid(maze).T, atol=1e-6)
