"""Repeated steps of a map on finitely many values, without the steps that only go round a cycle."""

from collections.abc import Callable
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Sets = TypeVar("Sets", bound=NDArray[np.integer])


def advance(sets: Sets, grow: Callable[[Sets], Sets], steps: int) -> Sets:
    """Return the sets after `steps` more steps.

    The sets take finitely many values, so they end in a cycle. Brent's method finds it with one
    checkpoint, which moves on at every power of two; whole periods are then skipped (R. P. Brent,
    "An improved Monte Carlo factorization algorithm", BIT 20, 1980).
    """
    step, checkpoint, checkpoint_step = 0, sets, 0
    while step < steps:
        sets, step = grow(sets), step + 1
        if np.array_equal(sets, checkpoint):
            steps = step + (steps - step) % (step - checkpoint_step)
        elif step & (step - 1) == 0:
            checkpoint, checkpoint_step = sets, step
    return sets
