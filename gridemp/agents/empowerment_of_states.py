"""The empowerment of some or all states of a world, as arrays for the policies."""

from dataclasses import replace

import numpy as np

from gridemp.arguments import check_kinds
from gridemp.engine.empowerment import TOLERANCE, checked_horizon, empowerment
from gridemp.errors import GridempError
from gridemp.progress import Progress, ignore
from gridemp.shown import counted
from gridemp.typing import Array, Indices, Mask
from gridemp.worlds.cells import checked_states
from gridemp.worlds.subworld import nearby, part
from gridemp.worlds.world import World


def empowerment_of_states(
    world: World,
    horizon: int,
    tol: float = TOLERANCE,
    *,
    states: Indices | None = None,
    progress: Progress | None = None,
) -> tuple[Array, Array]:
    """Compute the empowerment of some or all states of a world, as arrays for the policies.

    Parameters
    ----------
    world : World
        World of S states.
    horizon : int
        Number of steps n.
    tol : float
        Largest certified gap to accept, in bits.
    states : ndarray of int, optional
        States to compute; by default all states, not only those where an agent may start.
    progress : callable, optional
        Called with the fraction done, from 0 to 1.

    Returns
    -------
    bits, gap : ndarray, shape (S,)
        The empowerment of each of these states lies in [bits, bits + gap]; both are NaN for all
        other states.

    Raises
    ------
    GridempError, HorizonTooLarge
        For the same reasons as in `empowerment`, or if the world was built with too small a
        `within` for some state.

    Examples
    --------
    >>> import gridemp
    >>> from gridemp.agents import empowerment_of_states
    >>> world = gridemp.World.from_maze(gridemp.parse_maze("..."))
    >>> bits, gap = empowerment_of_states(world, horizon=1, states=[0, 1])
    >>> bits.round(3)
    array([1.   , 1.585,   nan])
    """
    check_kinds(empowerment_of_states, locals())
    every = np.arange(len(world.cell))
    states = every if states is None else checked_states(world, states)
    check_complete(world, complete_states(world, checked_horizon(horizon, world))[states])
    return checked_empowerment(world, horizon, tol, states, progress or ignore)


def checked_empowerment(
    world: World, horizon: int, tol: float, states: Indices, progress: Progress
) -> tuple[Array, Array]:
    """Empowerment and gap of states that the world is complete for; NaN for all others."""
    near, places = world, np.arange(len(world.cell))
    movable = world.boxes is not None or world.things is not None
    if movable and len(states) < len(places):
        near, places = part(world, states, checked_horizon(horizon, world))
    starts = np.searchsorted(places, states).astype(np.int32)
    emap = empowerment(replace(near, starts=starts), horizon, tol, progress)
    bits, gap = np.full((2, len(world.cell)), np.nan)
    bits[states], gap[states] = emap.bits, emap.gap
    return bits, gap


def complete_states(world: World, horizon: int) -> Mask:
    """Mask of the states from which the world contains everything within n steps: shape (S,)."""
    if world.within is None or world.starts is None:
        return np.ones(len(world.cell), dtype=bool)
    complete = np.zeros(len(world.cell), dtype=bool)
    complete[nearby(world, world.start_states, world.within - horizon)] = True
    return complete


def check_complete(world: World, complete: Mask) -> None:
    """Raise a GridempError unless the mask is true for all of the states that are needed."""
    if world.within is not None and not complete.all():
        steps = counted(world.within, "step")
        raise GridempError(
            f"this world was built for {steps}, too few to compute this horizon for every state "
            "that is needed; build it with a larger `within`"
        )
