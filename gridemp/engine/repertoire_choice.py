"""Choice of the k sequences that a repertoire keeps, of all its candidates.

With noise, a sequence x contributes what is lost without it. The candidates p(s|x) are one channel,
whose capacity is computed once. The 4k candidates with the largest weights r(x) are the pool (of
equal weights, those of larger D(p(.|x) || q), then those that come first). Then one sequence after
another is removed from the pool until k are left, namely the one without which

    I(r') = sum over y of r'(y) D(p(.|y) || q'),   r'(y) = r(y) / (1 - r(x)) for y != x,

is largest: the information of the others, whose weights keep their proportions. After each removal,
three steps of Blahut-Arimoto adapt the weights. This is greedy; other k sequences may do better.

Without noise, all sequences with different ends contribute equally, log2 k bits for any k of them.
Of these, the ends that are far apart share the fewest futures. The first one kept is the end with
the longest way from the start; each further one is the end with the longest way from the nearest of
those kept. This is the greedy method for k centres of T. F. Gonzalez, "Clustering to minimize the
maximum intercluster distance", Theor. Comput. Sci. 38, 293-306 (1985).
"""

import numpy as np

from gridemp.information.active_set import Matrix, solve
from gridemp.information.capacity import TINY, row_negentropy
from gridemp.typing import Array, Indices

POOL = 4  # candidates among which sequences are removed, as a multiple of those kept
ADAPTING_STEPS = 3  # of Blahut-Arimoto, after each removal
CHOICE_TOLERANCE = 1e-4  # bits, of the capacity of the candidates
EQUAL = 1e-9  # bits or probability; closer values count as equal, whatever the rounding
MAX_STORED = 2**25  # distances


class Distances:
    """Numbers of steps between states of a deterministic world, computed when they are asked for.

    Parameters
    ----------
    successors : ndarray of int, shape (S, A)
        State after each action.
    """

    def __init__(self, successors: Indices) -> None:
        self._successors = successors
        self._stored: dict[int, Indices] = {}

    def steps_from(self, state: int) -> Indices:
        """Steps from a state to each of the S states; S for those that cannot be reached."""
        if state not in self._stored:
            if len(self._stored) * len(self._successors) > MAX_STORED:
                self._stored.clear()
            self._stored[state] = self._search(state)
        return self._stored[state]

    def _search(self, state: int) -> Indices:
        count = len(self._successors)
        steps = np.full(count, count, dtype=np.intp)
        steps[state] = taken = 0
        frontier = np.array([state])
        while len(frontier):
            taken += 1
            after = self._successors[frontier].ravel()
            frontier = np.unique(after[steps[after] == count])
            steps[frontier] = taken
        return steps


def farthest_ends(ends: Indices, start: int, count: int, distances: Distances) -> Indices:
    """Indices of ends that are far from the start and from each other, in ascending order."""
    if len(ends) <= count:
        return np.arange(len(ends))
    nearest = distances.steps_from(start)[ends]
    chosen = [int(nearest.argmax())]
    nearest = distances.steps_from(int(ends[chosen[0]]))[ends]
    while len(chosen) < count:
        chosen.append(int(nearest.argmax()))
        nearest = np.minimum(nearest, distances.steps_from(int(ends[chosen[-1]]))[ends])
    return np.sort(np.array(chosen))


def contributing_rows(rows: Array, count: int) -> Indices:
    """Indices of rows of a channel that contribute most to its capacity, in ascending order.

    Parameters
    ----------
    rows : ndarray, shape (M, Y)
        Distinct rows p(y|x).
    count : int
        Number of rows to choose, k.

    Returns
    -------
    ndarray of int, shape (min(k, M),)
    """
    if len(rows) <= count:
        return np.arange(len(rows))
    capacity = solve(Matrix(rows), CHOICE_TOLERANCE)
    outputs = np.maximum(np.einsum("x,xy->y", capacity.source, rows), TINY)
    divergence = row_negentropy(rows) - np.einsum("xy,y->x", rows, np.log(outputs))
    grid = [np.rint(values / EQUAL) for values in (divergence, capacity.source)]
    pool = np.sort(np.lexsort([-values for values in grid])[: POOL * count])
    return _remaining(rows, pool, capacity.source[pool], count)


def _remaining(rows: Array, pool: Indices, weights: Array, count: int) -> Indices:
    """Rows of the pool that are left when the others have been removed, one after another."""
    weighted = weights > EQUAL
    if weighted.sum() <= count:  # the others contribute nothing, and the first of them are kept
        order = np.argsort(~weighted, kind="stable")
        return np.sort(pool[order[:count]])
    pool, weights = pool[weighted], weights[weighted] / weights[weighted].sum()
    negentropy = row_negentropy(rows)[pool]
    while len(pool) > count:
        left = _information_without_each(rows[pool], negentropy, weights)
        last = np.flatnonzero(left >= left.max() - EQUAL)[-1]
        others = np.arange(len(pool)) != last
        pool, weights, negentropy = pool[others], weights[others], negentropy[others]
        weights = _adapted(rows[pool], negentropy, weights / weights.sum())
    return pool


def _information_without_each(rows: Array, negentropy: Array, weights: Array) -> Array:
    """Information in nats that the other rows send, if their weights keep their proportions."""
    parts = weights[:, None] * rows
    rest = np.maximum(1 - weights, EQUAL)
    others = np.maximum(parts.sum(axis=0) - parts, 0) / rest[:, None]
    conditional = (np.sum(weights * negentropy) - weights * negentropy) / rest
    return np.asarray(conditional - row_negentropy(others))


def _adapted(rows: Array, negentropy: Array, weights: Array) -> Array:
    """Weights after some steps of Blahut-Arimoto."""
    for _ in range(ADAPTING_STEPS):
        outputs = np.maximum(np.einsum("x,xy->y", weights, rows), TINY)
        divergence = negentropy - np.einsum("xy,y->x", rows, np.log(outputs))
        weights = weights * np.exp(divergence - divergence.max())
        weights /= weights.sum()
    return weights
