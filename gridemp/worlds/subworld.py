"""Part of a world that can be reached from some states in a number of steps."""

from dataclasses import replace

import numpy as np

from gridemp.typing import Indices
from gridemp.worlds.world import World


def nearby(world: World, states: Indices, steps: int | None = None) -> Indices:
    """States that can be reached in at most `steps` steps from given states, these included.

    Parameters
    ----------
    world : World
        World of S states.
    states : ndarray of int
        States where the steps begin.
    steps : int, optional
        Number of steps; by default any number.

    Returns
    -------
    ndarray of int
        Numbers of the states, in ascending order.
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
    """World of the states that `nearby` returns, renumbered.

    Parameters
    ----------
    world : World
        World of S states.
    states : ndarray of int
        States where the steps begin.
    steps : int, optional
        Longest horizon for which the part is valid; by default any horizon.

    Returns
    -------
    part : World
        World of P states.
    places : ndarray of int, shape (P,)
        Number in the whole world of each state of the part.
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
        things=None if world.things is None else world.things[places],
        within=world.within if steps is None else steps,
        finder=None,
        names=tuple(world.names[i] for i in places) if world.names else (),
    )
    return near, places
