"""The one check of a cell, and the states where an agent may start."""

from dataclasses import replace

import numpy as np
import pytest

from gridemp import GridempError, Maze, World, parse_maze
from gridemp.worlds.cells import check_heading, floor_cell, start_cells, states_in

MAZE = Maze(parse_maze("...\n.#.").floor, name="corner")


def test_y_points_up():
    assert floor_cell(MAZE, 0, 0) == (1, 0)
    assert floor_cell(MAZE, 2, np.int64(1)) == (0, 2)


@pytest.mark.parametrize(
    ("x", "y", "sentence"),
    [
        (3, 0, "there is no cell x = 3, y = 0 in corner; x goes from 0 to 2 and y from 0 to 1"),
        (-1, 0, "there is no cell x = -1, y = 0 in corner"),
        (0, 2, "there is no cell x = 0, y = 2 in corner"),
        (1, 0, "the cell x = 1, y = 0 of corner is solid; choose a floor cell"),
        (1.5, 0, "a cell must be two whole numbers, x and y, not 1.5 and 0"),
        ("a", None, "a cell must be two whole numbers, x and y, not 'a' and None"),
    ],
)
def test_what_is_no_floor_cell_is_said_alike_everywhere(x, y, sentence):
    world = World.from_maze(MAZE)
    for check in (
        lambda: floor_cell(MAZE, x, y),
        lambda: states_in(world, x, y),
        lambda: start_cells(world, [(0, 0), (x, y)]),
    ):
        with pytest.raises(GridempError) as error:
            check()
        assert str(error.value).startswith(sentence)


def test_states_of_a_cell_by_heading():
    world = World.from_maze(MAZE, moves="turn")
    assert len(states_in(world, 2, 1)) == 4
    (south,) = states_in(world, 2, 1, "south")
    assert world.heading[south] == 2
    assert world.maze.cells[world.cell[south]].tolist() == [0, 2]
    with pytest.raises(GridempError, match="there is no heading 'up' in this world; use one of b"):
        states_in(world, 2, 1, "up")
    with pytest.raises(GridempError, match="a mean of several states has no source of its own"):
        states_in(world, 2, 1, "mean")


def test_only_starts_count():
    world = replace(World.from_maze(MAZE), starts=np.array([1]))
    assert world.start_states.tolist() == [1]
    assert states_in(world, 1, 1) == [1]
    with pytest.raises(GridempError, match="the agent cannot start at x = 0, y = 1; choose anoth"):
        start_cells(world, [(1, 1), (0, 1)])


def test_cells_come_once_and_in_order():
    world = World.from_maze(MAZE)
    assert start_cells(world, [(2, 1), (0, 0), (2, 1)]) == ((2, 1), (0, 0))
    assert start_cells(world, []) == ()


def test_headings_are_those_of_a_world_that_has_them():
    check_heading(World.from_maze(MAZE), "mean")
    with pytest.raises(
        GridempError, match="no heading 'north' in this world; use one of best, mean"
    ):
        check_heading(World.from_maze(MAZE), "north")
