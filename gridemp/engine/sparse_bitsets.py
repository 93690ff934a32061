"""Number of readings that n steps can bring about, where each state can reach few of many states.

The sets R_k(s) of `counting` are bit sets, and most of their words are empty: only the states that
can lead to some reading of a block within k steps have words for the block that are not. For a
block of readings, this module keeps the words of these states alone. They are the predecessors of
those of the step before, and R_k(s) is the union of R_{k-1} over the successors of s as ever.

A block is worth its words if many of its readings can be reached from the same states. Readings are
therefore put in the order of their min-hashes: give all states random numbers; the min-hash of a
state is the smallest number of all states that can lead to it in so many steps. Two states have
equal min-hashes with a probability that is the share of common states among all that lead to one or
the other (A. Z. Broder, "On the resemblance and containment of documents", 1997). The order affects
the time only; the counts are exact with any.
"""

import threading
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from gridemp.engine.adjacency import Adjacency, distinct_successors
from gridemp.engine.cycles import advance
from gridemp.parallel import parallel_map
from gridemp.progress import Progress
from gridemp.typing import Counts, Indices

BitSets = NDArray[np.uint64]

BLOCK_WORDS = 4  # of 64 readings
MAX_HASH_STEPS = 32
SEED = 0  # of the random numbers of states, which affect the time only


class Blocks:
    """Bit sets of a deterministic world, grown block by block.

    States and readings have new numbers here: readings in the order of their min-hashes, and states
    in that of their readings, so that a block is a range of states.

    Parameters
    ----------
    labels : ndarray of int, shape (S,)
        Reading of each state, from 0 without gaps.
    successors : ndarray of int, shape (S, A)
        State that each action leads to.
    horizon : int
        Number of steps for which the order of readings is good.
    """

    def __init__(self, labels: Indices, successors: NDArray[np.integer], horizon: int) -> None:
        after = distinct_successors(successors)
        before = after.reverse()
        rank = _ranks(np.lexsort(_min_hashes(before, horizon)))
        first = np.full(int(labels.max()) + 1, len(labels))
        np.minimum.at(first, labels, rank)
        reading = _ranks(np.argsort(first))[labels]
        order = np.lexsort((rank, reading))
        self.number = _ranks(order)  # of each state here
        self.after = after.renumbered(order, self.number)
        self.before = before.renumbered(order, self.number)
        self.reading = reading[order]
        self._scratch = threading.local()

    def beginning(self, first: int) -> BitSets:
        """Sets before any step, for the block that begins with this reading.

        Returns
        -------
        ndarray of uint64, shape (states, 1 + BLOCK_WORDS)
            A row for each state whose set is not empty: its number, and the words of its set.
        """
        begin, end = np.searchsorted(self.reading, [first, first + 64 * BLOCK_WORDS])
        word, bit = np.divmod(self.reading[begin:end] - first, 64)
        sets = np.zeros((end - begin, 1 + BLOCK_WORDS), dtype=np.uint64)
        sets[:, 0] = np.arange(begin, end)
        sets[np.arange(end - begin), 1 + word] = np.uint64(1) << bit.astype(np.uint64)
        return sets

    def grow(self, sets: BitSets) -> BitSets:
        """Sets after one more step at the front, in the form of `beginning`."""
        words, owner = self._arrays()
        states = sets[:, 0].astype(np.intp)
        words[states] = sets[:, 1:]
        leading, _ = self.before.of(states)
        # Each state that occurs in `leading` belongs to one of its places there.
        places = np.arange(len(leading), dtype=owner.dtype)
        owner[leading] = places
        leading = leading[owner.take(leading) == places]
        leading.sort()
        grown = np.empty((len(leading), 1 + BLOCK_WORDS), dtype=np.uint64)
        grown[:, 0] = leading
        if len(leading):
            reached, begin = self.after.of(leading)
            np.bitwise_or.reduceat(words.take(reached, axis=0), begin, axis=0, out=grown[:, 1:])
        words[states] = 0
        return grown

    def _arrays(self) -> tuple[BitSets, Indices]:
        """Words of all states, which are 0 between calls, and room for a number for each state."""
        if not hasattr(self._scratch, "arrays"):
            words = np.zeros((len(self.reading), BLOCK_WORDS), dtype=np.uint64)
            self._scratch.arrays = words, np.empty(len(words), dtype=np.intp)
        arrays: tuple[BitSets, Indices] = self._scratch.arrays
        return arrays


def count_sparse(
    labels: Indices,
    successors: NDArray[np.integer],
    horizons: Sequence[int],
    progress: Progress,
) -> Counts:
    """Count for all states, block by block and on all processors: shape (len(horizons), S).

    Parameters
    ----------
    labels : ndarray of int, shape (S,)
        Reading of each state, from 0 without gaps.
    successors : ndarray of int, shape (S, A)
        State that each action leads to.
    horizons : sequence of int
        Numbers of steps n.
    progress : callable
        Called with the fraction done, from 0 to 1.
    """
    blocks = Blocks(labels, successors, max(horizons))
    counts = np.zeros((len(horizons), len(labels)), dtype=np.int64)
    lock = threading.Lock()

    def count(first: int) -> None:
        sets = blocks.beginning(first)
        for before, horizon in pairwise([0, *sorted(set(horizons))]):
            sets = advance(sets, blocks.grow, horizon - before)
            states = sets[:, 0].astype(np.intp)
            found = np.bitwise_count(sets[:, 1:]).sum(axis=1, dtype=np.int64)
            with lock:
                for i in np.flatnonzero(np.equal(horizons, horizon)):
                    counts[i, states] += found

    parallel_map(count, range(0, int(labels.max()) + 1, 64 * BLOCK_WORDS), progress)
    return counts[:, blocks.number]


def _min_hashes(before: Adjacency, horizon: int) -> list[Indices]:
    """Min-hash of each state after half of the steps, all, and twice as many, within limits."""
    states = len(before.first) - 1
    hashes = np.random.default_rng(SEED).permutation(states)
    wanted = {min(MAX_HASH_STEPS, max(1, horizon * i // 2)) for i in (1, 2, 4)}
    reached = np.flatnonzero(np.diff(before.first))
    found = []
    for step in range(1, max(wanted) + 1):
        least = np.full(states, states)
        smallest = np.minimum.reduceat(hashes.take(before.neighbours), before.first[reached])
        least[reached] = smallest
        hashes = least
        if step in wanted:
            found.append(hashes)
    return found


def _ranks(order: Indices) -> Indices:
    """Position of each number from 0 in an order of them."""
    ranks = np.empty_like(order)
    ranks[order] = np.arange(len(order))
    return ranks
