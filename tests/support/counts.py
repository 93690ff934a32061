"""Outcomes counted by following each state on its own."""

import numpy as np

from gridemp.engine import counting

HORIZON = 3


def count_forward(world, horizon=HORIZON):
    """What following each state by itself counts."""
    starts = np.arange(len(world.cell))
    successors = world.successors[:, :, 0].T.astype(np.intp)
    return counting._count_forward(
        starts, world.sensor, successors, [horizon], lambda fraction: None
    )
