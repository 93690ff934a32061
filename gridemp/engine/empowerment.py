"""The empowerment of every state: E_n(s) = max over p(a^n) of I(A^n; O_{t+n} | s), in bits.

The n actions are chosen before the first is taken (open loop). See A. S. Klyubin, D. Polani and
C. L. Nehaniv, "Empowerment: a universal agent-centric measure of control", IEEE CEC (2005).
"""

import hashlib
import operator
import warnings
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from gridemp.engine.channel import check_size, window
from gridemp.engine.counting import count_outcomes
from gridemp.engine.map import EmpowermentMap
from gridemp.engine.sequences import SEQUENCE_BYTES, Sequences
from gridemp.engine.symmetry import neighbourhoods
from gridemp.errors import ConvergenceWarning, GridempError
from gridemp.information.active_set import solve
from gridemp.information.capacity import check_tolerance
from gridemp.progress import Progress, ignore
from gridemp.typing import Array
from gridemp.worlds.world import World

MAX_HORIZON = 10**18


def empowerment(
    world: World,
    horizon: int,
    tol: float = 1e-6,
    progress: Progress | None = None,
) -> EmpowermentMap:
    """The n-step empowerment of every state of a world.

    Deterministic worlds: log2 of the number of distinct sensor readings that n steps can bring
    about, exact. Noisy worlds: the capacity of the channel of all A**n action sequences, certified
    to `tol`; nothing is sampled.

    Parameters
    ----------
    world : World
        Of S states.
    horizon : int
        Number of steps n, 1 or more.
    tol : float
        Largest certified gap to accept, in bits.
    progress : callable, optional
        Called with the fraction done, from 0 to 1.

    Returns
    -------
    EmpowermentMap
        Bits and gap of each state.

    Raises
    ------
    GridempError
        If `horizon` is no positive whole number, `tol` is not positive, or the probabilities of a
        noisy world are none.
    HorizonTooLarge
        If the action sequences of a noisy world would not fit, before any work is done; if the
        window of a state would not, when that state's turn comes.

    Warns
    -----
    ConvergenceWarning
        If some cell misses `tol`; its interval holds all the same.
    """
    progress = progress or ignore
    (emap,) = horizon_sweep(world, [horizon], tol, progress)
    return emap


def horizon_sweep(
    world: World,
    horizons: Sequence[int],
    tol: float = 1e-6,
    progress: Progress | None = None,
) -> list[EmpowermentMap]:
    """The maps of several horizons for little more than the longest of them costs.

    Parameters, errors and warnings are those of `empowerment`, but for `horizons`.

    Parameters
    ----------
    world : World
        Of S states.
    horizons : sequence of int
        Numbers of steps, in any order.
    tol : float
        Largest certified gap to accept, in bits.
    progress : callable, optional
        Called with the fraction done, from 0 to 1.

    Returns
    -------
    list of EmpowermentMap
        One for each horizon, in their order.
    """
    progress = progress or ignore
    horizons = [checked_horizon(horizon, world) for horizon in horizons]
    check_tolerance(tol)
    if not horizons:
        return []
    if world.deterministic:
        counts = count_outcomes(world, horizons, progress)
        return [
            EmpowermentMap(world, horizon, np.log2(outcomes), np.zeros(len(outcomes)), outcomes)
            for horizon, outcomes in zip(horizons, counts, strict=True)
        ]
    check_sequences(world, max(horizons))
    world = world.normalised()
    costs = [len(world.actions) ** (horizon - max(horizons)) for horizon in horizons]
    maps = []
    for i, horizon in enumerate(horizons):

        def within(fraction: float, i: int = i) -> None:
            progress((sum(costs[:i]) + fraction * costs[i]) / sum(costs))

        maps.append(EmpowermentMap(world, horizon, *capacities(world, horizon, tol, within)))
    return maps


def distinct_starts(world: World, horizon: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """States that stand for all starts, and which of them stands for each: shape (T,)."""
    starts = np.arange(len(world.cell)) if world.starts is None else world.starts.astype(np.intp)
    labels = neighbourhoods(world, horizon)[starts]
    _, firsts, same = np.unique(labels, return_index=True, return_inverse=True)
    return starts[firsts], same


def check_sequences(world: World, horizon: int) -> None:
    """Raise HorizonTooLarge if the action sequences of a noisy world are too many."""
    check_size(len(world.actions), horizon, lambda n: SEQUENCE_BYTES)


def checked_horizon(horizon: int, world: World) -> int:
    """The horizon as an int, or a GridempError if it is none or beyond what the world holds."""
    try:
        steps = operator.index(horizon)
    except TypeError:
        steps = 0
    if not 1 <= steps <= MAX_HORIZON:
        raise GridempError(
            f"the horizon is a whole number of steps from 1 to {MAX_HORIZON:.0e}, not {horizon!r}"
        )
    if world.within is not None and steps > world.within:
        raise GridempError(
            f"this world was built for {world.within} steps, not for {steps}; "
            "build it with a larger `within`"
        )
    return steps


def capacities(
    world: World,
    horizon: int,
    tol: float,
    progress: Progress,
    solved: dict[bytes, tuple[float, float]] | None = None,
) -> tuple[Array, Array]:
    """Lower end and gap of each start's capacity; equal surroundings share the work.

    For noisy worlds that are `normalised`, after all checks. A dictionary that is given as `solved`
    is filled, and carries what is found over to other worlds of the same `tol`.
    """
    starts, same = distinct_starts(world, horizon)
    if len(world.actions) == 1:  # nothing to choose
        return np.zeros(len(same)), np.zeros(len(same))
    found = np.zeros((len(starts), 2))
    solved = {} if solved is None else solved
    for i, state in enumerate(starts.tolist()):

        def within(fraction: float, done: int = i) -> None:
            progress((done + fraction) / len(starts))

        local = window(world, state, horizon)
        key = hashlib.blake2b(local.key()).digest()
        if key not in solved:
            capacity = solve(Sequences(local, within), tol)
            solved[key] = capacity.lower, capacity.gap
        found[i] = solved[key]
        within(1.0)
    bits, gap = found[same].T
    missed = int((gap > tol).sum())
    if missed:
        warnings.warn(
            f"{missed} of {len(gap)} cells are certified only to {gap.max():.3g} bits, not to "
            f"{tol:g}; raise the tolerance",
            ConvergenceWarning,
            stacklevel=4,
        )
    return bits, gap
