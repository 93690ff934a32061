"""Worlds as tables and places, for comparison."""

import numpy as np

from gridemp import Maze, World, empowerment, load_maze


def world_of(name, **options):
    return World.from_maze(load_maze(name), **options)


def emap_of(maze, horizon=1, **options):
    return empowerment(World.from_maze(maze, **options), horizon)


def dense(world):
    """P[s, a, s'] of a world: shape (S, A, S)."""
    states, actions, _ = world.successors.shape
    table = np.zeros((states, actions, states))
    s, a, _ = np.indices(world.successors.shape)
    np.add.at(table, (s, a, world.successors), world.probabilities)
    return table


def places(world):
    rows, cols = world.maze.cells[world.cell].T
    return list(zip(*(a.tolist() for a in world.maze.xy(rows, cols)), strict=True))


def opened(maze, row, col):
    """A maze with the wall to the right of one cell toggled."""
    right = maze.wall_right.copy()
    right[row, col] ^= True
    return Maze(maze.floor, right, maze.wall_below, name="other")
