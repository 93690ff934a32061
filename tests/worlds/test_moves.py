"""Actions by name, and the targets of steps."""

import numpy as np
import pytest

import gridemp
from gridemp import World, parse_maze


def test_actions():
    maze = parse_maze(".")
    assert World.from_maze(maze).actions == ("north", "east", "south", "west", "stay")
    assert World.from_maze(maze, stay=False).actions == ("north", "east", "south", "west")
    assert len(World.from_maze(maze, moves="king").actions) == 9


def test_no_corner_is_cut():
    corner = parse_maze("+-+-+\n|   |\n+ +-+\n|   |\n+-+-+")  # a wall under the top right cell
    world = World.from_maze(corner, moves="king")
    southeast = world.actions.index("southeast")
    assert world.successors[0, southeast, 0] == 0
    open_world = World.from_maze(parse_maze("..\n.."), moves="king")
    assert open_world.successors[0, southeast, 0] == 3


def test_unknown_moves():
    with pytest.raises(gridemp.GridempError, match="must be one of nesw, king, turn, not 'queen'"):
        World.from_maze(parse_maze("."), moves="queen")


def test_true_is_a_whole_torus():
    maze = parse_maze("...\n...\n...")
    np.testing.assert_array_equal(
        World.from_maze(maze, torus=True).successors, World.from_maze(maze, torus="xy").successors
    )
