"""Worlds as tables and places, for comparison."""

import numpy as np

from gridemp import Maze, World, empowerment, load_maze, parse_maze


def world_of(name, **options):
    """The world of a maze that comes with the package."""
    return World.from_maze(load_maze(name), **options)


def drawn_world(text="...\n...", name="maze", **options):
    """The world of a maze drawn as a text."""
    return World.from_maze(parse_maze(text, name=name), **options)


def graph_of(world):
    """The networkx graph of a world, without loops."""
    graph = world.to_graph()
    graph.remove_edges_from([(state, state) for state in graph])
    return graph


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
