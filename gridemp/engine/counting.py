"""Deterministic worlds: how many sensor readings n steps can bring about, for all starts at once.

A deterministic channel has capacity log2 of the number of its distinct outputs, so counting is all
there is to do. Let R_k(s) be the set of readings that k steps from s can end in. As R_k(s) is the
union of R_{k-1}(succ(s, a)) over the first action a, one gather per action advances every state by
one step, and no sequence is ever enumerated. Where the starts are few among the states, or reach
only few of them, each is followed forward instead.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from gridemp.engine import bitplanes
from gridemp.progress import Progress, ignore
from gridemp.typing import Counts
from gridemp.worlds.world import World

Words = NDArray[np.uint64]
Pairs = NDArray[np.int64]
Sets = TypeVar("Sets", bound=NDArray[np.integer])

FEW = 256  # how many times fewer reached states than states make following each start cheaper
MAX_PAIRS = 2**23
SPARSE = 16  # how many times fewer pairs than there could be make sorting them cheaper
MANY_GATHERS = 10**9  # set words; below, stepping takes about a second at most
BLOCK_BYTES = 2**20  # sets of all states side by side, few enough to stay in the cache


def count_outcomes(
    world: World,
    horizons: Sequence[int],
    progress: Progress | None = None,
) -> Counts:
    """How many sensor readings exactly n steps can bring about, per start, for each n given.

    Parameters
    ----------
    world : World
        A deterministic world of S states.
    horizons : sequence of int
        Numbers of steps; the longest sets the cost.
    progress : callable, optional
        Called with the fraction done, from 0 to 1.

    Returns
    -------
    ndarray of int, shape (len(horizons), T)
        Counts of each start; their log2 is the empowerment in bits.
    """
    progress = progress or ignore
    moves = bitplanes.lattice_moves(world)
    if moves is not None and bitplanes.worthwhile(world, moves, max(horizons)):
        counts = bitplanes.count_reachable(world, moves, horizons, progress)
        return counts if world.starts is None else counts[:, world.starts]
    labels = np.unique(world.sensor, return_inverse=True)[1]
    successors = world.successors[:, :, 0].T.astype(np.intp)
    if follows_starts(world, max(horizons)):
        starts = np.arange(len(labels)) if world.starts is None else world.starts
        return _count_forward(starts, labels, successors, horizons, progress)
    return _count_backward(world, labels, successors, horizons, progress)


def follows_starts(world: World, horizon: int) -> bool:
    """Whether each start is followed by itself: if they are few, or reach few of many states."""
    states = len(world.cell)
    near = 2 * horizon * (horizon + 1) + 1  # states within reach on an open grid
    gathers = states * len(world.actions) * (states // 64 + 1) * min(horizon, states)
    return world.starts is not None or (gathers > MANY_GATHERS and near * FEW < states)


def _count_backward(
    world: World,
    labels: NDArray[np.intp],
    successors: NDArray[np.intp],
    horizons: Sequence[int],
    progress: Progress,
) -> Counts:
    """The counts of all states by the recursion above."""
    words = int(labels.max()) // 64 + 1
    found: dict[int, Counts] = {}
    many = successors.size * words * min(max(horizons), len(labels)) > MANY_GATHERS
    if many and world.within is None:
        for horizon in sorted(set(horizons), reverse=True):
            everything = _count_saturated(world, labels, horizon)
            if everything is None:
                break
            found[horizon] = everything
    stepped = sorted(set(horizons) - set(found))
    if stepped:
        found |= _count_stepwise(labels, successors, stepped, progress)
    return np.stack([found[horizon] for horizon in horizons])


def _count_stepwise(
    labels: NDArray[np.intp],
    successors: NDArray[np.intp],
    horizons: list[int],
    progress: Progress,
) -> dict[int, Counts]:
    """The counts at rising horizons, by bit sets in blocks of readings."""

    def gather(sets: Words) -> Words:
        grown = sets[successors[0]]
        for successor in successors[1:]:
            grown |= sets[successor]
        return np.asarray(grown)

    states = np.arange(len(labels))
    words = int(labels.max()) // 64 + 1
    block = max(1, BLOCK_BYTES // (8 * len(labels)))
    counts = {horizon: np.zeros(len(labels), dtype=np.int64) for horizon in horizons}
    for start in range(0, words, block):
        word = labels // 64 - start
        inside = (word >= 0) & (word < block)
        sets = np.zeros((len(labels), min(block, words - start)), dtype=np.uint64)
        bit = np.uint64(1) << (labels % 64).astype(np.uint64)
        sets[states[inside], word[inside]] = bit[inside]
        for before, horizon in pairwise([0, *horizons]):
            sets = _advance(sets, gather, horizon - before)
            counts[horizon] += np.bitwise_count(sets).sum(axis=1, dtype=np.int64)
        progress(min(1.0, (start + block) / words))
    return counts


def _count_saturated(
    world: World, labels: NDArray[np.intp], horizon: int
) -> NDArray[np.int64] | None:
    """The counts if the horizon is so long that every state reaches all it ever can, else None.

    Let some action leave state b where it is, and let C be the states that b reaches. If all of C
    reach b again, then n steps from any state of C can end in any other as soon as
    n >= max d(s, b) + max d(b, t) over C: go to b, wait there, go on.
    """
    import networkx as nx

    graph = world.to_graph()
    reverse = graph.reverse(copy=False)
    counts = np.zeros(len(labels), dtype=np.int64)
    waiting = (world.successors[:, :, 0] == np.arange(len(labels))[:, None]).any(axis=1)
    for b in np.flatnonzero(waiting).tolist():
        if counts[b]:
            continue
        away = nx.single_source_shortest_path_length(graph, b)
        back = nx.single_source_shortest_path_length(reverse, b)
        if not away.keys() <= back.keys():
            return None
        if horizon < max(away.values()) + max(back[s] for s in away):
            return None
        together = np.fromiter(away, dtype=np.intp)
        counts[together] = len(np.unique(labels[together]))
    return counts if counts.all() else None


def _count_forward(
    starts: NDArray[np.integer],
    labels: NDArray[np.intp],
    successors: NDArray[np.intp],
    horizons: Sequence[int],
    progress: Progress,
) -> Counts:
    """The counts of some states, each followed to where it can get.

    What is kept are the pairs (start, state) in which a start can be, in rising order.
    """
    states, actions = len(labels), len(successors)
    apart = int(labels.max()) == states - 1  # every state is sensed apart

    def follow(pairs: Pairs) -> Pairs:
        start, state = np.divmod(pairs, states)
        reached = (start * states + successors[:, state]).ravel()
        if len(reached) * SPARSE < len(own) * states:
            return np.unique(reached)
        seen = np.zeros(len(own) * states, dtype=bool)
        seen[reached] = True
        return np.flatnonzero(seen)

    farthest = min(states, actions ** min(max(horizons), 60))
    block = max(1, MAX_PAIRS // (farthest * actions))
    counts = np.zeros((len(horizons), len(starts)), dtype=np.int64)
    for first in range(0, len(starts), block):
        own = starts[first : first + block]
        pairs = np.arange(len(own)) * states + own
        for before, horizon in pairwise([0, *sorted(set(horizons))]):
            pairs = _advance(pairs, follow, horizon - before)
            start, state = np.divmod(pairs, states)
            sensed = pairs if apart else np.unique(start * states + labels[state])
            tally = np.bincount(sensed // states, minlength=len(own))
            counts[np.equal(horizons, horizon), first : first + block] = tally
        progress(min(1.0, (first + block) / len(starts)))
    return counts


def _advance(sets: Sets, grow: Callable[[Sets], Sets], steps: int) -> Sets:
    """The sets after `steps` more steps.

    They can only take finitely many values, so they end in a cycle. Brent's method finds it with
    one checkpoint, moved on at every power of two; whole periods are then skipped.
    """
    step, checkpoint, checkpoint_step = 0, sets, 0
    while step < steps:
        sets, step = grow(sets), step + 1
        if np.array_equal(sets, checkpoint):
            steps = step + (steps - step) % (step - checkpoint_step)
        elif step & (step - 1) == 0:
            checkpoint, checkpoint_step = sets, step
    return sets
