"""Outcomes of deterministic worlds, counted in other ways, and such worlds made by hand."""

import numpy as np

import gridemp
from gridemp.engine import counting

HORIZON = 3


def count_forward(world, horizon=HORIZON):
    """The counts of all states, each followed forward: shape (1, S)."""
    starts = np.arange(len(world.cell))
    successors = world.successors[:, :, 0].T.astype(np.intp)
    return counting._count_forward(
        starts, world.sensor, successors, [horizon], lambda fraction: None
    )


def count_outcomes(world, horizon, *progress):
    """The counts of all starts at one horizon."""
    (counts,) = counting.count_outcomes(world, [horizon], *progress)
    return counts


def deterministic_world(successors):
    """A deterministic world of S states given as an (S, A) table."""
    table = np.array(successors, dtype=np.int32)
    maze = gridemp.Maze(np.ones((1, len(table))))
    states = np.arange(len(table), dtype=np.int32)
    return gridemp.World(
        maze=maze,
        actions=tuple("abcdefgh"[: table.shape[1]]),
        successors=table[:, :, None],
        probabilities=np.ones((*table.shape, 1)),
        sensor=states,
        cell=states,
    )
