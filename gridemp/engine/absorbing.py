"""Absorbing states, which no action can change, and the span of a map without them.

They are traps, the terminal states of an environment, and cells without a way out. Their
empowerment is 0 for every horizon, which says nothing about the states in which an agent can act.
"""

import numpy as np

from gridemp.engine.map import ROUNDING, EmpowermentMap
from gridemp.typing import Indices, Mask
from gridemp.worlds.world import World


def absorbing_states(world: World) -> Mask:
    """True for the states that every action leads back to, with certainty: shape (S,)."""
    own = np.arange(len(world.cell))[:, None, None]
    stays = (world.successors == own) | (world.probabilities == 0)
    return np.asarray(stays.all(axis=(1, 2)))


def absorbing(emap: EmpowermentMap) -> Mask:
    """True for the T states of a map that are absorbing: shape (T,).

    In a map with one value for each cell, these are the cells without any empowerment that have
    such a state.
    """
    return absorbing_states(emap.world)[emap.states] & (emap.bits <= ROUNDING)


def absorbing_xy(emap: EmpowermentMap) -> Indices:
    """Coordinates x and y of the absorbing cells of a map with one value per cell: shape (N, 2)."""
    rows, cols = emap.world.maze.cells[emap.cell[absorbing(emap)]].T
    return np.stack(emap.world.maze.xy(rows, cols), axis=1)


def span(emap: EmpowermentMap) -> tuple[float, float]:
    """Lowest and highest value in bits of all states but absorbing ones; 0 and 0 if all are."""
    bits = emap.bits[~absorbing(emap)]
    return (float(bits.min()), float(bits.max())) if len(bits) else (0.0, 0.0)
