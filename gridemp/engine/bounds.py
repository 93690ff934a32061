"""Certified bounds on empowerment where there are too many action sequences to enumerate.

Without a tolerance, the bounds are quick but wide. With one, see `refined_interval`. The quick
lower bound is the mutual information of a source distribution that a beam search finds, see
`beam_search`. For the quick upper bound, suppose that the first n - h steps never slip. Whatever
the n actions, the state s' after n - h of them is one of those that can be reached by then, and the
row of the sequence is a mixture,

    p(o | s, a^n) = sum_s' p(s' | s, a_1 ... a_{n-h})  p(o | s', a_{n-h+1} ... a_n).

D(. || q) is convex, so for every q the largest divergence of the n-step rows from s is at most the
largest of the h-step rows from all such s'. By the dual form of capacity, C = min_q max_x D(p_x ||
q) [1]_, the capacity of the union of these h-step channels, in which the agent also chooses s', is
an upper bound; it is solved and certified like any other.

References
----------
.. [1] R. G. Gallager, *Information Theory and Reliable Communication* (1968), theorem 4.5.1.
"""

import hashlib
import warnings
from collections.abc import Callable
from concurrent.futures import Executor
from contextlib import nullcontext
from functools import cache

import numpy as np

from gridemp.arguments import check_kinds
from gridemp.engine.beam_search import beam_bound
from gridemp.engine.channel import Window, window
from gridemp.engine.channel_cache import ChannelCache
from gridemp.engine.empowerment import (
    TOLERANCE,
    checked_horizon,
    distinct_starts,
    empowerment,
)
from gridemp.engine.map import EmpowermentMap
from gridemp.engine.processes import process_pool, shared_map
from gridemp.engine.refined_bounds import SHORTAGES, refine
from gridemp.engine.refined_interval import check_size
from gridemp.engine.sequences import Sequences
from gridemp.errors import ConvergenceWarning, GridempError
from gridemp.information.active_set import solve
from gridemp.information.capacity import check_tolerance
from gridemp.progress import Progress, ignore
from gridemp.typing import Array, Indices
from gridemp.worlds.world import World

EXACT_SEQUENCES = 2_000_000  # up to this number, empowerment itself is computed
MAX_SEQUENCES = 10_000_000  # in the h-step channels of one union
FIRST_SEQUENCES = MAX_SEQUENCES // 50  # of bounds that are brought closer afterwards
FIRST_SHARE = 0.05  # of the time, for these bounds
UPPER_TOLERANCE = 1e-4  # bits, far below the error of treating steps as perfect


class Union:
    """Rows of several channels as one channel, for `active_set.solve`.

    Row i is row i - starts[k] of channel k, the last one with starts[k] <= i.

    Parameters
    ----------
    channels : list of (Sequences, ndarray of int)
        Each channel and the sensor reading of each of its columns; equal readings become one
        column.
    """

    def __init__(self, channels: list[tuple[Sequences, Indices]]) -> None:
        labels = np.unique(np.concatenate([labels for _, labels in channels]))
        self.channels = [sequences for sequences, _ in channels]
        self.columns = [np.searchsorted(labels, labels_of_one) for _, labels_of_one in channels]
        self.negentropy = np.concatenate([channel.negentropy for channel in self.channels])
        sizes = [len(channel.negentropy) for channel in self.channels]
        self.starts = np.cumsum([0, *sizes[:-1]])
        self.outputs = len(labels)
        likeliest = np.concatenate(
            [
                start + channel.peaks
                for start, channel in zip(self.starts, self.channels, strict=True)
            ]
        )
        self.peaks = likeliest[self.rows(likeliest).argmax(axis=0)]

    def rows(self, inputs: Indices) -> Array:
        """Return p(y|x) of some inputs x: shape (len(inputs), Y)."""
        channel = np.searchsorted(self.starts, inputs, side="right") - 1
        rows = np.zeros((len(inputs), self.outputs))
        for k in np.unique(channel).tolist():
            mine = np.flatnonzero(channel == k)
            rows_of_k = self.channels[k].rows(inputs[mine] - self.starts[k])
            rows[np.ix_(mine, self.columns[k])] = rows_of_k
        return rows

    def divergences(self, q: Array) -> Array:
        """Return D(p(.|x) || q) of each row, in nats."""
        parts = zip(self.channels, self.columns, strict=True)
        return np.concatenate([channel.divergences(q[columns]) for channel, columns in parts])


def empowerment_bounds(
    world: World,
    horizon: int,
    tol: float | None = None,
    progress: Progress | None = None,
    *,
    processes: int = 1,
    executor: Executor | None = None,
    report_gap: Callable[[float], object] | None = None,
) -> EmpowermentMap:
    """Compute proven bounds on the n-step empowerment of every state.

    Use this function where there are too many action sequences, A**n, for `empowerment`. Without a
    tolerance, the bounds take about a second for each state. The distance between them depends on
    the world and grows with the noise of the steps that the upper bound treats as perfect.

    With a tolerance, the bounds of each state are brought closer until they differ by no more than
    that, or until a limit is reached: about ten minutes of work for each state, and about 3 GB of
    memory for each process. Ctrl-C ends the work early. In these cases, the bounds that have been
    reached are returned.

    In deterministic worlds, and if there are few enough sequences to solve their channels, the map
    of `empowerment` is returned.

    Parameters
    ----------
    world : World
        World of S states and A actions.
    horizon : int
        Number of steps n, 1 or more.
    tol : float, optional
        Largest certified gap to accept, in bits. By default, 1e-6 if there are at most two million
        action sequences; otherwise, the quick bounds are returned.
    progress : callable, optional
        Called with the fraction done, from 0 to 1.
    processes : int
        Number of processes that share the states; the result does not depend on it. More than one
        requires a main module that can be imported.
    executor : concurrent.futures.Executor, optional
        Executor whose workers share the states, in place of `processes`.
    report_gap : callable, optional
        With a tolerance, called with the largest gap of all states so far, in bits, each time it
        has become smaller.

    Returns
    -------
    EmpowermentMap
        `bits` holds the lower bounds and `bits + gap` the upper ones.

    Raises
    ------
    GridempError
        If an argument is invalid, as in `empowerment`, both `processes` and `executor` are given,
        or a process ends before its work is done.
    HorizonTooLarge
        If the computation for a state would not fit in memory.

    Warns
    -----
    ConvergenceWarning
        If some gaps are larger than the tolerance; the message says why.

    Examples
    --------
    >>> import gridemp, numpy as np
    >>> world = gridemp.World.from_maze(gridemp.Maze(np.ones((2, 5))), slip=0.3)
    >>> emap = gridemp.empowerment_bounds(world, 14)  # of 5**14 action sequences
    >>> emap.grid()[0].round(2)
    array([1.5 , 1.52, 1.53, 1.52, 1.5 ])
    >>> float((emap.bits + emap.gap).max().round(2))
    1.56
    """
    check_kinds(empowerment_bounds, locals())
    progress = progress or ignore
    horizon = checked_horizon(horizon, world)
    if tol is not None:
        check_tolerance(tol)
    if executor is not None and processes != 1:
        raise GridempError("both `processes` and `executor` are given; leave out one of them")
    with process_pool(processes) if executor is None else nullcontext(executor) as workers:
        if world.deterministic or fits_exactly(world, horizon):
            exact = TOLERANCE if tol is None else tol
            return empowerment(world, horizon, exact, progress, executor=workers)
        return _bounds(world, horizon, tol, progress, workers, report_gap or ignore)


def _bounds(
    world: World,
    horizon: int,
    tol: float | None,
    progress: Progress,
    workers: Executor | None,
    report_gap: Callable[[float], object],
) -> EmpowermentMap:
    """Compute the bounds of a noisy world with too many sequences, as `empowerment_bounds` does."""
    world = world.normalised()
    windows, states, group = _different_windows(world, horizon)
    upper_bound = _perfect_steps(world, horizon, MAX_SEQUENCES if tol is None else FIRST_SEQUENCES)
    if tol is not None:
        for local in windows:
            check_size(local)
    intervals = np.zeros((len(windows), 2))
    with shared_map(beam_bound, windows, workers) as lower_bounds:
        for done, (k, lower) in enumerate(lower_bounds, 1):
            intervals[k] = lower, max(lower, upper_bound(states[k]))
            progress(done / len(windows) * (1 if tol is None else FIRST_SHARE))
    if tol is not None:
        shortages = refine(
            windows,
            intervals,
            tol,
            workers,
            lambda fraction: progress(FIRST_SHARE + (1 - FIRST_SHARE) * fraction),
            report_gap,
        )
        _warn(intervals[group], [shortages[k] for k in group], tol)
    lower, upper = intervals[group].T
    return EmpowermentMap(world, horizon, lower, upper - lower)


def fits_exactly(world: World, horizon: int) -> bool:
    """Return True if there are few enough action sequences to compute empowerment itself."""
    return bool(len(world.actions) ** min(horizon, 60) <= EXACT_SEQUENCES)


def _different_windows(world: World, horizon: int) -> tuple[list[Window], list[int], Indices]:
    """Return the distinct windows, a state for each, and the index of the window of every state."""
    representatives, group = distinct_starts(world, horizon)
    windows: list[Window] = []
    states: list[int] = []
    numbers: dict[bytes, int] = {}
    number = np.empty(len(representatives), dtype=np.intp)
    for i, state in enumerate(representatives.tolist()):
        local = window(world, state, horizon)
        key = hashlib.blake2b(local.key()).digest()
        if key not in numbers:
            numbers[key] = len(windows)
            windows.append(local)
            states.append(state)
        number[i] = numbers[key]
    return windows, states, number[group]


def _perfect_steps(world: World, horizon: int, most: int) -> Callable[[int], float]:
    """Return a function that computes the upper bound of a state, in bits.

    No union has more sequences than `most`, unless one step leads to more.
    """
    sequences = ChannelCache(Sequences)

    def labelled(local: Window) -> tuple[Sequences, Indices]:
        channel = sequences(local)
        return channel, local.labels[channel.readings]

    @cache
    def of_union(states: tuple[int, ...], steps: int) -> float:
        union = Union([labelled(window(world, state, steps)) for state in states])
        return solve(union, UPPER_TOLERANCE).upper

    return lambda state: of_union(*_after_perfect_steps(world, state, horizon, most))


def _after_perfect_steps(
    world: World, state: int, horizon: int, most: int
) -> tuple[tuple[int, ...], int]:
    """Return the states that perfect steps can lead to, and the number of steps left after them.

    There are as few perfect steps as needed to leave at most so many sequences in all of these
    states together.
    """
    states = np.array([state])
    steps = horizon
    while steps > 1 and len(states) * len(world.actions) ** steps > most:
        states = np.unique(world.successors[states][world.probabilities[states] > 0])
        steps -= 1
    return tuple(states.tolist()), steps


def _warn(intervals: Array, shortages: list[str], tol: float) -> None:
    """Warn of states with bounds that are further apart than the tolerance, and say why."""
    wide = [k for k, shortage in enumerate(shortages) if shortage]
    if wide:
        reasons = "; ".join(SHORTAGES[key] for key in SHORTAGES if key in shortages)
        warnings.warn(
            f"the bounds of {len(wide)} of {len(shortages)} states are up to "
            f"{np.ptp(intervals[wide], axis=1).max():.2g} bits apart, more than the tolerance of "
            f"{tol:.9g}: {reasons}",
            ConvergenceWarning,
            stacklevel=4,
        )
