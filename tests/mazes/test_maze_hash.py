"""Hashes of mazes."""

import numpy as np

from gridemp import Maze, parse_maze
from gridemp.mazes.maze_hash import maze_hash


def test_the_hash_is_of_the_maze_not_of_its_name_or_file():
    one = parse_maze("..#\n...")
    assert maze_hash(one) == maze_hash(one.named("other"))
    others = [
        "...\n..#",
        "..#\n..T",
        "..#\n...\n...",
        "+-+-+-+\n|   |#|\n+-+ + +\n|     |\n+-+-+-+",
    ]
    assert len({maze_hash(maze) for maze in (one, *map(parse_maze, others))}) == 5


def test_the_hash_tells_shapes_walls_and_objects_apart():
    wall = [[True, False], [False, False]]
    mazes = [
        Maze(np.ones((1, 4))),
        Maze(np.ones((2, 2))),
        Maze(np.ones((2, 3))),
        Maze(np.ones((3, 2))),  # whose bits are those of the one before
        Maze(np.ones((2, 3)), wall_right=wall),
        Maze(np.ones((2, 3)), wall_below=[[True, False, False]]),
        Maze(np.ones((2, 3)), objects={(0, 0): "T"}),
        Maze(np.ones((2, 3)), objects={(0, 1): "T"}),
        Maze(np.ones((2, 3)), objects={(0, 0): "B"}),
    ]
    assert len({maze_hash(maze) for maze in mazes}) == len(mazes)
