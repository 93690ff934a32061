"""Differences of maps and their intervals."""

from dataclasses import replace

import numpy as np
import pytest
from support.worlds import opened

import gridemp
from gridemp import GridempError, Maze, World, empowerment
from gridemp.analysis.difference import changed_walls, difference
from gridemp.render.figures.difference import difference_figure


def test_a_difference_is_the_second_less_the_first(klyubin):
    one, other = empowerment(klyubin, 2), empowerment(klyubin, 3)
    apart = difference(one, other)
    np.testing.assert_array_equal(apart.bits, other.grid() - one.grid())
    np.testing.assert_array_equal(apart.lower, apart.upper)
    assert apart.gap == 0


def test_a_difference_is_certified_by_both_intervals():
    maze = gridemp.parse_maze("...\n..#")
    one, other = (empowerment(World.from_maze(maze, slip=slip), 2, tol=1e-2) for slip in (0.1, 0.3))
    truth = [empowerment(World.from_maze(maze, slip=slip), 2, tol=1e-9) for slip in (0.1, 0.3)]
    exact = truth[1].grid() - truth[0].grid()
    apart = difference(one, other)
    floor = maze.floor
    assert (apart.lower[floor] <= exact[floor] + 1e-8).all()
    assert (exact[floor] <= apart.upper[floor] + 1e-8).all()
    assert apart.gap == pytest.approx((one.gap + other.gap).max())
    assert np.isnan(apart.bits[1, 2])


def test_no_difference_where_either_is_solid():
    one, other = (
        empowerment(World.from_maze(gridemp.parse_maze(text)), 1) for text in ("#..", "..#")
    )
    assert np.isnan(difference(one, other).bits).tolist() == [[True, False, True]]


def test_mazes_that_cannot_be_compared(klyubin):
    small = empowerment(World.from_maze(gridemp.parse_maze("..\n..\n..", "small")), 1)
    with pytest.raises(
        GridempError, match=r"klyubin has 10 x 10 cells and small has 2 x 3; give two mazes"
    ):
        difference(empowerment(klyubin, 1), small)
    left, right = (
        empowerment(World.from_maze(gridemp.parse_maze(text)), 1) for text in ("#.", ".#")
    )
    with pytest.raises(GridempError, match="share no cell"):
        difference(left, right)


def test_walls_of_one_maze_alone(klyubin):
    changed = changed_walls(klyubin.maze, opened(klyubin.maze, 0, 2))
    assert np.argwhere(changed.wall_right).tolist() == [[0, 2]]
    assert not changed.wall_below.any()


def test_of_headings_the_interval_of_the_best_counts_in_a_difference():
    world = World.from_maze(gridemp.parse_maze("..\n.."), moves="turn")
    flat = empowerment(world, 1)
    assert len(flat.bits) == 16
    heading = world.heading[flat.states]
    bits = np.where(heading == 2, 1.0, 0.5)
    one = replace(flat, bits=bits, gap=np.where(heading == 3, 0.75, 0.0))  # up to 1.25
    other = replace(flat, bits=bits + 1, gap=np.where(heading == 1, 0.875, 0.125))  # to 2.375
    apart = difference(one, other)
    np.testing.assert_array_equal(apart.bits, np.full((2, 2), 1.0))
    np.testing.assert_array_equal(apart.lower, np.full((2, 2), 0.75))
    np.testing.assert_array_equal(apart.upper, np.full((2, 2), 1.375))
    title = difference_figure(empowerment(world, 2), empowerment(world, 3)).texts[0].get_text()
    assert title.endswith("turning, no noise, best heading")


def test_changed_walls_are_between_cells_that_both_have():
    right = [[True, True], [True, True], [False, True]]
    below = [[True, True, False], [True, True, True]]
    one = Maze([[1, 1, 1], [1, 1, 0], [1, 1, 1]], right, below)
    other = Maze([[1, 1, 1], [0, 1, 1], [1, 1, 1]])
    changed = changed_walls(one, other)
    assert np.argwhere(changed.wall_right).tolist() == [[0, 0], [0, 1], [2, 1]]
    assert np.argwhere(changed.wall_below).tolist() == [[0, 1], [1, 1]]
    assert changed == changed_walls(other, one)
