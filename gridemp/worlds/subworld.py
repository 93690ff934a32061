"""The part of a world that a number of steps from some states can lead to."""

from dataclasses import replace

import numpy as np

from gridemp.typing import Indices
from gridemp.worlds.world import World


def nearby(world: World, states: Indices, steps: int | None = None) -> Indices:
    """States that at most `steps` steps can lead to from the given states, these included.

    Parameters
    ----------
    world : World
        Of S states.
    states : ndarray of int
        Where the steps begin.
    steps : int, optional
        Number of steps; by default any number.

    Returns
    -------
    ndarray of int
        Numbers of states, rising.
    """
    seen = np.zeros(len(world.cell), dtype=bool)
    seen[states] = True
    layer = np.flatnonzero(seen)
    taken = 0
    while len(layer) and (steps is None or taken < steps):
        ahead: Indices = np.unique(world.successors[layer][world.probabilities[layer] > 0]).astype(
            np.intp
        )
        layer = ahead[~seen[ahead]]
        seen[layer] = True
        taken += 1
    return np.flatnonzero(seen)


def part(world: World, states: Indices, steps: int | None = None) -> tuple[World, Indices]:
    """The world of the states `nearby`, renumbered.

    Parameters
    ----------
    world : World
        Of S states.
    states : ndarray of int
        Where the steps begin.
    steps : int, optional
        Number of steps for which the part holds; by default any number.

    Returns
    -------
    part : World
        Of P states.
    places : ndarray of int, shape (P,)
        The number of each of its states in the whole world.
    """
    places = nearby(world, states, steps)
    number = np.full(len(world.cell), -1, dtype=np.int32)
    number[places] = np.arange(len(places), dtype=np.int32)
    own = np.arange(len(places), dtype=np.int32)[:, None, None]
    ahead = number[world.successors[places]]
    near = replace(
        world,
        successors=np.where(ahead < 0, own, ahead),
        probabilities=world.probabilities[places],
        sensor=world.sensor[places],
        cell=world.cell[places],
        starts=None,
        heading=None if world.heading is None else world.heading[places],
        boxes=None if world.boxes is None else world.boxes[places],
        within=world.within if steps is None else steps,
    )
    return near, places
