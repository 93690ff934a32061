"""Records of explorations."""

import numpy as np
import pytest
from support.explorations import SMALL, small_exploration

from gridemp import Maze, World, parse_maze
from gridemp.agents.exploration import Explorer, explore
from gridemp.agents.exploration_record import Update, differences
from gridemp.engine.map import EmpowermentMap
from gridemp.report.exploration_text import exploration_lines


@pytest.fixture(scope="module")
def walk():
    return small_exploration()


def test_the_believed_maze_has_the_walls_that_are_more_likely_than_not(walk):
    assert walk.settled() is not None
    believed = walk.map(walk.steps).world.maze
    assert believed == Maze(SMALL.floor, SMALL.wall_right, SMALL.wall_below)
    open_maze = walk.map(0).world.maze  # at 1 : 1, it has none
    assert not open_maze.wall_right.any()
    assert not open_maze.wall_below.any()


def test_what_it_cannot_get_to_does_not_count():
    maze = parse_maze("..#.\n..##")
    walk = explore(Explorer(World.from_maze(maze), 1), 0, 40, np.random.default_rng(0))
    assert walk.reachable.tolist() == [[True, True, False, False]] * 2
    assert walk.settled() is not None
    assert walk.untried() == 0
    assert np.isnan(walk.difference(40)[0, 3])
    assert "wherever it can get to" in exploration_lines(walk)[0]


def test_intervals_count_with_their_worse_end():
    """True values in [1, 1.5] and [2, 2], believed ones in [1, 1.25] and [2, 3]."""
    world = World.from_maze(parse_maze(".."))
    truth = EmpowermentMap(world, 1, np.array([1.0, 2.0]), np.array([0.5, 0.0]))
    believed = [Update(np.arange(2), np.array([1.0, 2.0]), np.array([0.25, 1.0]))]
    largest, mean = differences(truth, believed, np.ones((1, 2), dtype=bool))
    assert (largest[0], mean[0]) == (1.0, 0.75)
