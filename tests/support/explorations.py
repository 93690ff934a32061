"""An exploration that several tests look at."""

from functools import cache

import numpy as np

from gridemp import World, parse_maze
from gridemp.agents.exploration import Explorer, explore

SMALL = parse_maze(
    """
+-+-+-+-+
|   |   |
+ + + +-+
| |     |
+ +-+ + +
|     | |
+-+ + + +
|   |   |
+-+-+-+-+
"""
)


@cache
def small_exploration():
    """Sixty steps in the small maze, enough to see all of it."""
    return explore(Explorer(World.from_maze(SMALL), 2), 5, 60, np.random.default_rng(0))


def true_edges(maze, torus=""):
    """True if a move works to the east and to the south, by walking: shape (2, H, W)."""
    world = World.from_maze(maze, torus=torus)
    index = np.full(maze.shape, -1)
    index[maze.floor] = np.arange(maze.floor.sum())
    works = np.zeros((2, *maze.shape), dtype=bool)
    for (row, col), state in np.ndenumerate(index):
        for way, action in enumerate(("east", "south")):
            if state >= 0:
                reached = world.successors[state, world.actions.index(action), 0]
                works[way, row, col] = reached != state
    return works
