"""Number of sensor readings that n steps can bring about in a deterministic world, for all starts.

The capacity of a deterministic channel is log2 of the number of its distinct outputs, so counting
them is enough. Let R_k(s) be the set of readings that k steps from s can end in. As R_k(s) is the
union of R_{k-1}(succ(s, a)) over the first action a, one gather per action advances every state by
one step, and no sequence is ever enumerated. Where few states can be reached from each, the sets
are kept sparse; where few of the states are starts, these are followed forward instead.
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from gridemp.engine import bitplanes
from gridemp.engine.cycles import advance
from gridemp.engine.sparse_bitsets import count_sparse
from gridemp.progress import Progress, ignore
from gridemp.typing import Counts, Indices
from gridemp.worlds.world import World

BitSets = NDArray[np.uint64]
Pairs = NDArray[np.int64]

MAX_PAIRS = 2**23  # pairs of a start and a state that are kept at once
BLOCK_BYTES = 2**20  # of the bit sets of all states, few enough to stay in the cache
MAX_QUICK_GATHERS = 10**9  # words of bit sets that take about a second
FORWARD_FACTOR = 16  # starts are followed if they are less than 1/16 of the states
SPARSE_FACTOR = 8  # bit sets are sparse if each state reaches less than 1/8 of the states
SAMPLE_SIZE = 16  # starts that are followed to see what each reaches
MAX_SAMPLE_PAIRS = 2**22  # over all steps
SORTING_FACTOR = 16  # pairs are sorted if they are less than 1/16 of those possible


def count_outcomes(
    world: World,
    horizons: Sequence[int],
    progress: Progress | None = None,
) -> Counts:
    """Count the sensor readings that exactly n steps can bring about, for each of several n.

    Parameters
    ----------
    world : World
        Deterministic world of S states and T starts.
    horizons : sequence of int
        Numbers of steps n; the largest determines the cost.
    progress : callable, optional
        Called with the fraction done, from 0 to 1.

    Returns
    -------
    ndarray of int, shape (len(horizons), T)
        Count for each start; its log2 is the empowerment in bits.

    Examples
    --------
    >>> import gridemp
    >>> from gridemp.engine.counting import count_outcomes
    >>> world = gridemp.World.from_maze(gridemp.parse_maze("...."))
    >>> count_outcomes(world, [1, 2])
    array([[2, 3, 3, 2],
           [3, 4, 4, 3]])
    """
    progress = progress or ignore
    moves = bitplanes.lattice_moves(world)
    if moves is not None and bitplanes.worthwhile(world, moves, max(horizons)):
        counts = bitplanes.count_reachable(world, moves, horizons, progress)
        return counts if world.starts is None else counts[:, world.starts]
    labels = np.unique(world.sensor, return_inverse=True)[1]
    successors = world.successors[:, :, 0]
    if follows_starts(world):
        columns = successors.T.astype(np.intp)
        return _count_forward(world.start_states, labels, columns, horizons, progress)
    if transitions_followed(world, max(horizons)) is not None:
        counts = count_sparse(labels, successors, horizons, progress)
    else:
        counts = _count_backward(world, labels, successors.T.astype(np.intp), horizons, progress)
    return counts if world.starts is None else counts[:, world.starts]


def follows_starts(world: World) -> bool:
    """True if starts are followed forward, as few of the states are starts."""
    return len(world.start_states) * FORWARD_FACTOR < len(world.cell)


def gathers(world: World, horizon: int) -> int:
    """Number of words of bit sets that the recursion gathers for all states."""
    states, actions = world.successors.shape[:2]
    readings = int(np.ptp(world.sensor)) + 1
    return int(states * actions * (min(states, readings) // 64 + 1) * min(horizon, states))


def transitions_followed(world: World, horizon: int) -> float | None:
    """Mean number of transitions that lead from the states that a start reaches, over all steps.

    It is that of a sample of starts, and measures the work if they are followed or bit sets are
    sparse. It is None if sparse bit sets do not pay: if the recursion is quick as it is, or the
    sample reaches too many states.
    """
    states = len(world.cell)
    if not follows_starts(world) and gathers(world, horizon) <= MAX_QUICK_GATHERS:
        return None
    starts = world.start_states
    starts = starts[:: -(-len(starts) // SAMPLE_SIZE)]
    pairs = np.arange(len(starts)) * states + starts
    total, remaining = 0, min(horizon, states)
    while remaining:
        start, state = np.divmod(pairs, states)
        reached = start[:, None] * states + world.successors[state, :, 0].astype(np.int64)
        grown = _distinct(reached.ravel())
        if np.array_equal(grown, pairs):
            total, remaining = total + len(pairs) * remaining, 0
        else:
            total, remaining, pairs = total + len(pairs), remaining - 1, grown
        if len(pairs) * SPARSE_FACTOR > len(starts) * states or total > MAX_SAMPLE_PAIRS:
            return None
    some = np.sort(world.successors[:: -(-states // 1000), :, 0], axis=1)
    different = 1 + (some[:, 1:] != some[:, :-1]).sum(axis=1).mean()
    return float(different * total / len(starts))


def _distinct(values: Pairs) -> Pairs:
    """Return the different values in ascending order; `np.unique` may take far longer."""
    values.sort()
    is_new = np.append(True, values[1:] != values[:-1])
    return np.asarray(values[is_new])


def _count_backward(
    world: World,
    labels: Indices,
    successors: Indices,
    horizons: Sequence[int],
    progress: Progress,
) -> Counts:
    """Count for all states by the recursion at the top of this module: (len(horizons), S)."""
    counts: dict[int, Counts] = {}
    if gathers(world, max(horizons)) > MAX_QUICK_GATHERS and world.within is None:
        for horizon in sorted(set(horizons), reverse=True):
            saturated = _count_saturated(world, labels, horizon)
            if saturated is None:
                break
            counts[horizon] = saturated
    remaining = sorted(set(horizons) - set(counts))
    if remaining:
        counts |= _count_stepwise(labels, successors, remaining, progress)
    return np.stack([counts[horizon] for horizon in horizons])


def _count_stepwise(
    labels: Indices,
    successors: Indices,
    horizons: list[int],
    progress: Progress,
) -> dict[int, Counts]:
    """Count for all states at ascending horizons, with bit sets in blocks of readings."""

    def gather(sets: BitSets) -> BitSets:
        grown = sets.take(successors[0], axis=0)  # much faster than an index
        for successor in successors[1:]:
            grown |= sets.take(successor, axis=0)
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
            sets = advance(sets, gather, horizon - before)
            counts[horizon] += np.bitwise_count(sets).sum(axis=1, dtype=np.int64)
        progress(min(1.0, (start + block) / words))
    return counts


def _count_saturated(world: World, labels: Indices, horizon: int) -> Counts | None:
    """Count for all states if each has reached all that it ever can; otherwise return None.

    Let b be a state in which some action leaves the agent, and C the states that b can reach. If b
    can be reached from all of C, then n steps from any state of C can end in any other as soon as
    n >= max d(s, b) + max d(b, t) over s and t in C: go to b, wait there, go on.
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
    starts: Indices,
    labels: Indices,
    successors: Indices,
    horizons: Sequence[int],
    progress: Progress,
) -> Counts:
    """Count for some starts, each followed forward: shape (len(horizons), len(starts)).

    Pairs of a start and a state that is reached from it are kept in ascending order.
    """
    states, actions = len(labels), len(successors)
    fully_observed = int(labels.max()) == states - 1

    def follow(pairs: Pairs) -> Pairs:
        start, state = np.divmod(pairs, states)
        reached = (start * states + successors[:, state]).ravel()
        possible = len(block_starts) * states
        if len(reached) * SORTING_FACTOR < possible:
            return _distinct(reached)
        is_reached = np.zeros(possible, dtype=bool)
        is_reached[reached] = True
        return np.flatnonzero(is_reached)

    most_reached = min(states, actions ** min(max(horizons), 60))
    block = max(1, MAX_PAIRS // (most_reached * actions))
    counts = np.zeros((len(horizons), len(starts)), dtype=np.int64)
    for first in range(0, len(starts), block):
        block_starts = starts[first : first + block]
        pairs = np.arange(len(block_starts)) * states + block_starts
        for before, horizon in pairwise([0, *sorted(set(horizons))]):
            pairs = advance(pairs, follow, horizon - before)
            start, state = np.divmod(pairs, states)
            sensed = pairs if fully_observed else _distinct(start * states + labels[state])
            tally = np.bincount(sensed // states, minlength=len(block_starts))
            counts[np.equal(horizons, horizon), first : first + block] = tally
        progress(min(1.0, (first + block) / len(starts)))
    return counts
