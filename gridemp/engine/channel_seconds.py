"""Estimates of the time that the window and the channel of one state take."""

import math

from gridemp.worlds.world import World

# Seconds on one core of a computer from 2023.
PER_WINDOW_SUCCESSOR = 1e-7
PER_PROBABILITY = 6e-9  # of an output, given a sequence
PER_SOLUTION = 3e-3


def expected_channel_seconds(world: World, horizon: int) -> float:
    """Estimate the time that the channel of one state of a noisy world takes, in seconds."""
    sequences = float(len(world.actions)) ** horizon
    return PER_SOLUTION + PER_PROBABILITY * window_size(world, horizon) * sequences


def expected_window_seconds(world: World, horizon: int) -> float:
    """Estimate the time to build the window of one state and its key, in seconds."""
    successors = math.prod(world.successors.shape[1:])  # of a state
    return PER_WINDOW_SUCCESSOR * window_size(world, horizon) * successors


def window_size(world: World, horizon: int) -> int:
    """Number of states within `horizon` steps on an open grid, at most that of the world."""
    return min(len(world.cell), 2 * horizon * (horizon + 1) + 1)
