"""Deterministic worlds: how many sensor readings n steps can bring about, for all states at once.

A deterministic channel has capacity log2 of the number of its distinct outputs, so counting is all
there is to do. Let R_k(s) be the set of readings that k steps from s can end in. As R_k(s) is the
union of R_{k-1}(succ(s, a)) over the first action a, one gather per action advances every state by
one step, and no sequence is ever enumerated.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from gridemp import lattice
from gridemp.world import World

Words = NDArray[np.uint64]
Counts = NDArray[np.int64]

MANY_GATHERS = 10**9  # set words; below, stepping takes about a second at most
BLOCK_BYTES = 2**20  # sets of all states side by side, few enough to stay in the cache


def count_outcomes(
    world: World,
    horizons: Sequence[int],
    progress: Callable[[float], object] = lambda fraction: None,
) -> Counts:
    """How many sensor readings exactly n steps can bring about, per state, for each n given.

    Parameters
    ----------
    world : World
        A deterministic world of S states.
    horizons : sequence of int
        Numbers of steps; the longest sets the cost.
    progress : callable, optional
        Told the fraction done.

    Returns
    -------
    ndarray of int, shape (len(horizons), S)
        Counts; their log2 is the empowerment in bits.
    """
    steps = lattice.lattice_steps(world)
    if steps is not None and lattice.worthwhile(world, steps, max(horizons)):
        return lattice.count_reachable(world, steps, horizons, progress)
    labels = np.unique(world.sensor, return_inverse=True)[1]
    successors = world.successors[:, :, 0].T.astype(np.intp)
    words = int(labels.max()) // 64 + 1
    found: dict[int, Counts] = {}
    if successors.size * words * min(max(horizons), len(labels)) > MANY_GATHERS:
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
    progress: Callable[[float], object],
) -> dict[int, Counts]:
    """The counts at rising horizons, by bit sets in blocks of readings."""
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
            sets = _advance(sets, successors, horizon - before)
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

    from gridemp.graph import to_graph

    graph = to_graph(world)
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


def _advance(sets: Words, successors: NDArray[np.intp], steps: int) -> Words:
    """The sets after `steps` more steps.

    They can only take finitely many values, so they end in a cycle. Brent's method finds it with
    one checkpoint, moved on at every power of two; whole periods are then skipped.
    """
    step, checkpoint, checkpoint_step = 0, sets, 0
    while step < steps:
        grown = sets[successors[0]]
        for successor in successors[1:]:
            grown |= sets[successor]
        sets, step = grown, step + 1
        if np.array_equal(sets, checkpoint):
            steps = step + (steps - step) % (step - checkpoint_step)
        elif step & (step - 1) == 0:
            checkpoint, checkpoint_step = sets, step
    return sets
