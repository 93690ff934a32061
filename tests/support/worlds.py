"""Worlds as tables and places, for comparison."""

import numpy as np


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
