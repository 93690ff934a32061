"""Empowerment of every state: E_n(s) = max over p(a^n) of I(A^n; O_{t+n} | s), in bits.

The n actions are chosen before the first is taken (open loop). See A. S. Klyubin, D. Polani and
C. L. Nehaniv, "Empowerment: a universal agent-centric measure of control", IEEE CEC (2005).
"""

import operator
import warnings
from collections.abc import Callable, Sequence
from concurrent.futures import Executor

import numpy as np

from gridemp.arguments import check_kinds, described
from gridemp.engine.channel import check_size
from gridemp.engine.channel_cache import CapacityCache
from gridemp.engine.counting import count_outcomes
from gridemp.engine.map import EmpowermentMap
from gridemp.engine.maps import EmpowermentMaps
from gridemp.engine.sequences import SEQUENCE_BYTES
from gridemp.engine.shared_world import SharedWorld, shared_world
from gridemp.engine.symmetry import surroundings
from gridemp.errors import ConvergenceWarning, GridempError
from gridemp.information.capacity import check_tolerance
from gridemp.progress import Progress, ignore
from gridemp.shown import counted
from gridemp.typing import Array, Indices
from gridemp.worlds.world import World

MAX_HORIZON = 10**18
TOLERANCE = 1e-6  # bits: the gap that maps are certified to by default


def empowerment(
    world: World,
    horizon: int,
    tol: float = TOLERANCE,
    progress: Progress | None = None,
    *,
    executor: Executor | None = None,
) -> EmpowermentMap:
    """Compute the n-step empowerment of every state of a world.

    In a deterministic world it is exact: log2 of the number of distinct sensor readings that n
    steps can bring about. In a noisy world it is the capacity of the channel of all A**n action
    sequences, certified to `tol`. Nothing is sampled.

    Parameters
    ----------
    world : World
        World of S states and A actions.
    horizon : int
        Number of steps n, 1 or more.
    tol : float
        Largest certified gap to accept, in bits.
    progress : callable, optional
        Called with the fraction done, from 0 to 1.
    executor : concurrent.futures.Executor, optional
        Executor whose workers share the states of a noisy world; by default, this process does all
        the work. The map does not depend on it. A deterministic world is counted at once, and
        uses no executor.

    Returns
    -------
    EmpowermentMap
        Bits and gap of each state where an agent may start.

    Raises
    ------
    GridempError
        If `horizon` is not a positive whole number, `tol` is not positive, or the probabilities of
        a noisy world are not distributions.
    HorizonTooLarge
        If the action sequences of a noisy world would not fit in memory (raised before any work is
        done), or the window of a state would not (raised when that state is reached).
    LostProcess
        If a worker of the executor ends before its work is done.

    Warns
    -----
    ConvergenceWarning
        If the gap of some state exceeds `tol`; its interval is still certified.

    Examples
    --------
    >>> import gridemp
    >>> maze = gridemp.load_maze("klyubin")
    >>> gridemp.empowerment(gridemp.World.from_maze(maze), 5).peak
    Peak(x=5, y=5, bits=5.523561956057013, outcomes=46, ties=1)
    >>> noisy = gridemp.empowerment(gridemp.World.from_maze(maze, slip=0.1), 2)
    >>> round(noisy.peak.bits, 4), bool(noisy.gap.max() <= 1e-6)
    (2.4972, True)

    The same on two processes (in a script, below `if __name__ == "__main__":`):

    >>> from concurrent.futures import ProcessPoolExecutor
    >>> from multiprocessing import get_context
    >>> with ProcessPoolExecutor(2, get_context("spawn")) as pool:
    ...     shared = gridemp.empowerment(noisy.world, 2, executor=pool)
    >>> shared.bits.tobytes() == noisy.bits.tobytes()
    True
    """
    check_kinds(empowerment, locals())
    (emap,) = horizon_sweep(world, [horizon], tol, progress, executor=executor)
    return emap


def horizon_sweep(
    world: World,
    horizons: Sequence[int],
    tol: float = TOLERANCE,
    progress: Progress | None = None,
    *,
    executor: Executor | None = None,
) -> EmpowermentMaps:
    """Compute the maps of several horizons for little more than the cost of the longest.

    Errors and warnings are those of `empowerment`.

    Parameters
    ----------
    world : World
        World of S states.
    horizons : sequence of int
        Numbers of steps, in any order.
    tol : float
        Largest certified gap to accept, in bits.
    progress : callable, optional
        Called with the fraction done, from 0 to 1.
    executor : concurrent.futures.Executor, optional
        Executor whose workers share the states of a noisy world, as in `empowerment`.

    Returns
    -------
    EmpowermentMaps
        List of maps, one for each horizon, in the order given.

    Examples
    --------
    >>> import gridemp
    >>> world = gridemp.World.from_maze(gridemp.load_maze("klyubin"))
    >>> [emap.peak.outcomes for emap in gridemp.horizon_sweep(world, [1, 2, 3])]
    [5, 13, 23]
    """
    check_kinds(horizon_sweep, locals())
    progress = progress or ignore
    horizons = [checked_horizon(horizon, world) for horizon in horizons]
    check_tolerance(tol)
    if not horizons:
        return EmpowermentMaps()
    if world.deterministic:
        counts = count_outcomes(world, horizons, progress)
        return EmpowermentMaps(
            EmpowermentMap(world, horizon, np.log2(outcomes), np.zeros(len(outcomes)), outcomes)
            for horizon, outcomes in zip(horizons, counts, strict=True)
        )
    check_sequences(world, max(horizons))
    world = world.normalised()
    costs = [len(world.actions) ** (horizon - max(horizons)) for horizon in horizons]
    cache = CapacityCache(tol)
    shared = shared_world(world, executor)
    maps = EmpowermentMaps()
    for i, horizon in enumerate(horizons):

        def within(fraction: float, i: int = i) -> None:
            progress((sum(costs[:i]) + fraction * costs[i]) / sum(costs))

        interval = capacities(world, horizon, cache, within, shared=shared)
        maps.append(EmpowermentMap(world, horizon, *interval))
    return maps


def distinct_starts(world: World, horizon: int) -> tuple[Indices, Indices]:
    """Group the starts of a world by their surroundings.

    Returns
    -------
    representatives : ndarray of int, shape (R,)
        One state of each group; all states of a group have equal channels up to the order of
        inputs and outputs.
    group : ndarray of int, shape (T,)
        Number of the group of each start.
    """
    starts = world.start_states
    labels = surroundings(world, horizon)[starts]
    _, firsts, group = np.unique(labels, return_index=True, return_inverse=True)
    return starts[firsts], group


def check_sequences(world: World, horizon: int) -> None:
    """Raise HorizonTooLarge if a noisy world has too many action sequences."""
    check_size(len(world.actions), horizon, lambda n: SEQUENCE_BYTES)


def checked_horizon(horizon: int, world: World | None = None) -> int:
    """Return the horizon as an int.

    Raises
    ------
    GridempError
        If the horizon is not a whole number from 1 to `MAX_HORIZON`, or exceeds the `within` of
        the world.
    """
    try:
        steps = operator.index(horizon)
    except TypeError:
        steps = 0
    if not 1 <= steps <= MAX_HORIZON:
        raise GridempError(
            f"the horizon must be a whole number of steps from 1 to {MAX_HORIZON:.0e}, not "
            f"{described(horizon)}"
        )
    if world is not None and world.within is not None and steps > world.within:
        raise GridempError(
            f"this world was built for {counted(world.within, 'step')}, not for {steps}; "
            "build it with a larger `within`"
        )
    return steps


def capacities(
    world: World,
    horizon: int,
    cache: CapacityCache,
    progress: Progress | None = None,
    found: Callable[[Callable[[], Array]], object] | None = None,
    shared: SharedWorld | None = None,
) -> tuple[Array, Array]:
    """Lower end and gap of the capacity of each start of a noisy world, in bits.

    The same as `intervals`, but with a warning.

    Warns
    -----
    ConvergenceWarning
        If the gap of some start exceeds the tolerance of the cache.
    """
    lower, gap = intervals(world, horizon, cache, progress, found, shared)
    warn_wide(gap, cache.tol, "cells", stacklevel=5)
    return lower, gap


def warn_wide(gap: Array, tol: float, what: str = "states", stacklevel: int = 3) -> None:
    """Warn if gaps, in bits, exceed a tolerance."""
    wide = int((gap > tol).sum())
    if wide:
        warnings.warn(
            f"{wide} of {len(gap)} {what} are certified only to within {gap.max():.3g} bits, not "
            f"{tol:g}; raise `tol`",
            ConvergenceWarning,
            stacklevel=stacklevel,
        )


def intervals(
    world: World,
    horizon: int,
    cache: CapacityCache,
    progress: Progress | None = None,
    found: Callable[[Callable[[], Array]], object] | None = None,
    shared: SharedWorld | None = None,
) -> tuple[Array, Array]:
    """Lower end and gap of the capacity of each start of a noisy world, in bits.

    Arguments are not checked; the world must be `normalised`.

    Parameters
    ----------
    world : World
        World with T starts.
    horizon : int
        Number of steps n.
    cache : CapacityCache
        Capacities found so far, in this world or others; new ones are added.
    progress : callable, optional
        Called with the fraction done, from 0 to 1.
    found : callable, optional
        Called whenever the capacity of one or more starts has been found. Its argument is a
        callable that returns the lower ends so far, NaN for the other starts: shape (T,).
    shared : SharedWorld, optional
        The same world on the workers of an executor, which compute what is not in the cache.

    Returns
    -------
    lower, gap : ndarray, shape (T,)
    """
    representatives, group = distinct_starts(world, horizon)
    if len(world.actions) == 1:  # nothing to choose
        return np.zeros(len(group)), np.zeros(len(group))
    ends = np.full((len(representatives), 2), np.nan)
    results = cache.of_states(world, representatives, horizon, progress or ignore, shared)
    for i, interval in results:
        ends[i] = interval
        if found is not None:
            found(lambda: ends[group, 0])
    lower, gap = ends[group].T
    return lower, gap
