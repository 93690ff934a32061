"""Certified bounds on empowerment where the action sequences are too many to go through.

**Lower**: a source distribution on sequences that a beam search finds, see `beam`.

**Upper**: let the first n - h steps be perfect. Whatever the n actions, the state s' after n - h of
them is one of those that can then be reached, and the row of the sequence is a mixture,

    p(o | s, a^n) = sum_s' p(s' | s, a_1 ... a_{n-h})  p(o | s', a_{n-h+1} ... a_n).

D(. || q) is convex, so for every q the largest divergence of the n-step rows from s is at most the
largest of the h-step rows from all such s'. By the dual form of capacity, C = min_q max_x D(p_x ||
q) [1]_, the capacity of all the h-step channels together, with s' at the agent's choice, is an
upper bound; that one is solved and certified as every other.

References
----------
.. [1] R. G. Gallager, *Information Theory and Reliable Communication* (1968), theorem 4.5.1.
"""

import hashlib

import numpy as np

from gridemp.engine.beam_search import beam_bound
from gridemp.engine.channel import window
from gridemp.engine.empowerment import checked_horizon, distinct_starts, empowerment
from gridemp.engine.map import EmpowermentMap
from gridemp.engine.sequences import Sequences
from gridemp.information.active_set import solve
from gridemp.information.capacity import check_tolerance
from gridemp.progress import Progress, ignore
from gridemp.typing import Array, Indices
from gridemp.worlds.world import World

EXACT_SEQUENCES = 2_000_000
MAX_SEQUENCES = 10_000_000  # of all starts together
TOLERANCE = 1e-4  # bits, far below what taking steps as perfect costs


class Union:
    """The rows of several channels as one, for `active_set.solve`.

    Row i is row i - starts[k] of channel k, the last whose start is not beyond i; `columns` says
    where its readings stand.
    """

    def __init__(self, channels: list[tuple[Sequences, Indices]]) -> None:
        labels = np.unique(np.concatenate([labels for _, labels in channels]))
        self.channels = [sequences for sequences, _ in channels]
        self.columns = [np.searchsorted(labels, own) for _, own in channels]
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
        """p(y|x) of some inputs, shape (len(inputs), Y)."""
        which = np.searchsorted(self.starts, inputs, side="right") - 1
        rows = np.zeros((len(inputs), self.outputs))
        for k in np.unique(which).tolist():
            own = np.flatnonzero(which == k)
            rows[np.ix_(own, self.columns[k])] = self.channels[k].rows(inputs[own] - self.starts[k])
        return rows

    def divergences(self, q: Array) -> Array:
        """D(p(.|x) || q) of each row, in nats."""
        parts = zip(self.channels, self.columns, strict=True)
        return np.concatenate([channel.divergences(q[columns]) for channel, columns in parts])


def empowerment_bounds(
    world: World,
    horizon: int,
    tol: float = 1e-6,
    progress: Progress | None = None,
) -> EmpowermentMap:
    """Bounds on the n-step empowerment of every state, at horizons where A**n is out of reach.

    Both ends are proved; how far apart they are depends on the world and grows with the noise of
    the steps that the upper bound takes as perfect. Where the sequences are few enough to solve
    them all, and in deterministic worlds, that is done instead.

    Parameters
    ----------
    world : World
        Of S states.
    horizon : int
        Number of steps n, 1 or more.
    tol : float
        Largest gap to accept, in bits, where all sequences are solved.
    progress : callable, optional
        Called with the fraction done, from 0 to 1.

    Returns
    -------
    EmpowermentMap
        `bits` holds the lower bounds and `bits + gap` the upper ones.

    Raises
    ------
    GridempError
        As `empowerment` does.
    """
    progress = progress or ignore
    horizon = checked_horizon(horizon, world)
    check_tolerance(tol)
    if world.deterministic or fits_exactly(world, horizon):
        return empowerment(world, horizon, tol, progress)
    world = world.normalised()
    distinct, same = distinct_starts(world, horizon)
    solved: dict[bytes, Sequences] = {}
    uppers: dict[bytes, float] = {}
    found = np.zeros((len(distinct), 2))
    for i, state in enumerate(distinct.tolist()):
        starts, steps = _after_perfect_steps(world, state, horizon)
        key = starts.tobytes() + bytes([steps])
        if key not in uppers:
            channels = [_exact(world, start, steps, solved) for start in starts.tolist()]
            uppers[key] = solve(Union(channels), TOLERANCE).upper
        lower = beam_bound(window(world, state, horizon))
        found[i] = lower, max(uppers[key] - lower, 0.0)
        progress((i + 1) / len(distinct))
    bits, gap = found[same].T
    return EmpowermentMap(world, horizon, bits, gap)


def fits_exactly(world: World, horizon: int) -> bool:
    """Whether the sequences of a horizon are so few that bounds on them would be a waste."""
    return bool(len(world.actions) ** min(horizon, 60) <= EXACT_SEQUENCES)


def _after_perfect_steps(world: World, state: int, horizon: int) -> tuple[Indices, int]:
    """Where as few perfect steps as need be can lead, and how many steps are left after them."""
    states = np.array([state])
    for steps in range(horizon, 1, -1):
        if len(states) * len(world.actions) ** steps <= MAX_SEQUENCES:
            return states, steps
        states = np.unique(world.successors[states][world.probabilities[states] > 0])
    return states, 1


def _exact(
    world: World, state: int, steps: int, solved: dict[bytes, Sequences]
) -> tuple[Sequences, Indices]:
    """The channel of a state and the readings of its columns; equal windows share the work."""
    local = window(world, state, steps)
    key = hashlib.blake2b(local.key()).digest()
    if key not in solved:
        solved[key] = Sequences(local)
    return solved[key], local.labels[solved[key].readings]
