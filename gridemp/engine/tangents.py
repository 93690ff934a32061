"""Upper end of a capacity with too many action sequences to list, by tangents of the divergence.

For any distribution q of readings, C <= max D(p || q) over the rows p of all sequences [1]_. Let b
be the distribution over states (the belief) after a prefix, P the matrix of a suffix of k steps,
and V_k(b) = max_P D(bP || q). For any positive reference c,

    D(bP || q)  =  D(bP || cP) + <bP, log(cP / q)>
               <=  D(b || c) + <b, g_P>,        g_P = P log(cP / q),

by data processing. So a node, a reference with one vector g_P for each suffix, bounds V_k at all
beliefs:

    V_k(b)  <=  D(b || c) + max_P <b, g_P>,

with equality at b = c. This remains true if some vectors are replaced by their elementwise maximum.
It also remains true if the suffix is a block Q of r steps and a suffix of the other k - r, for
which a node (c', {g'}) of the next level stands in:

    V_{k-r}(bQ)  <=  max_g'  D(bQ || c') + <bQ, g'>
                  =  max_g'  D(bQ || cQ) + <bQ, g' + log(cQ / c')>
                 <=  max_g'  D(b || c) + <b, Q (g' + log(cQ / c'))>.

Which references are chosen, which node stands in and which vectors are merged decides how many
nodes are needed, but not whether the bound holds.

References need not sum to 1, as data processing holds for all positive measures.

Rounding. No logarithm exceeds 745, as probabilities below the smallest normal number are raised to
it, which only lowers D(. || c); so no entry of a vector exceeds 745 for each level and one more.
Each of the n products that lead to a vector, and the last one with b, is off by a few units 2^-53
for each of the S states; merging prefixes changes each probability by at most
1 / `PROBABILITY_GRID`, and sums of rows may differ from 1 by `ROUNDING`. The sum of all this is
smaller than `refined_interval.rounding`, which is added to the bound.

References
----------
.. [1] R. G. Gallager, *Information Theory and Reliable Communication* (1968), theorem 4.5.1.
"""

import numpy as np

from gridemp.engine.merged_vectors import merged
from gridemp.information.capacity import TINY, row_negentropy
from gridemp.information.linalg import product
from gridemp.typing import Array, Indices

SMOOTHING = 0.01  # weight of `base` in a reference, for each nat of room
ROOM_OF_NEXT_LEVEL = 0.5  # of the room above the target
NEAR = 0.1  # nats; a node is made at the mean of the open beliefs within this of the worst one
NODE_WORK = 5e6  # multiplications that take as long as the rest of making a node
TIE = 1e-4  # nats; maxima of vectors may be higher by this in any case, if there is room
SCREENING = 8  # vectors that tell first which beliefs a node may bound


class Level:
    """The nodes at one depth of the sequences, and the block of r steps that follows.

    Parameters
    ----------
    steps : list of r ndarrays, shape (A, B, C)
        Transition matrices of the block.
    base : ndarray, shape (B,)
        Positive distribution that smooths references.
    """

    def __init__(self, steps: list[Array], base: Array) -> None:
        self.base = np.maximum(base, TINY)
        self.actions = len(steps[0])
        self.onward = [step.transpose(1, 0, 2).reshape(step.shape[1], -1) for step in steps]
        self.back = [np.ascontiguousarray(step.transpose(0, 2, 1)) for step in steps]
        self.logs = np.empty((0, len(base)))  # of the references
        self.vectors: list[Array] = []  # of each node, shape (G, B)

    def beliefs_along(self, beliefs: Array) -> list[Array]:
        """Return the beliefs before each step of all blocks, and after the last: (K A**j, B)."""
        after = [beliefs]
        for onward in self.onward:
            states = onward.shape[1] // self.actions
            after.append(product(after[-1], onward).reshape(-1, states))
        return after

    def add(self, log: Array, vectors: Array) -> int:
        """Keep a node, and return its number."""
        self.logs = np.concatenate([self.logs, log[None]])
        self.vectors.append(vectors)
        return len(self.vectors) - 1


class Tangents:
    """Upper bounds on D(p || q) for all sequences that begin with given prefixes.

    Parameters
    ----------
    steps : list of m ndarrays, shape (A, B, C)
        Transition matrices of the steps after the prefix; the last ones lead to readings.
    sizes : list of int
        Number of steps of each block; they add up to m.
    q : ndarray, shape (Y,)
        Distribution of readings, positive everywhere.
    bases : list of m + 1 ndarrays, shape (B,)
        A typical distribution over states before each step and after the last.
    target : float
        Value that bounds of sequences must not exceed by more than little, in nats: the capacity,
        or a lower end of it.
    room : float
        How much more they may be, in nats.

    Attributes
    ----------
    work : float
        Number of multiplications done so far, and `NODE_WORK` for each node.
    """

    def __init__(
        self,
        steps: list[Array],
        sizes: list[int],
        q: Array,
        bases: list[Array],
        target: float,
        room: float,
    ) -> None:
        ends = np.cumsum(sizes).tolist()
        starts = [0, *ends[:-1]]
        self.levels = [
            Level(steps[start:end], bases[start]) for start, end in zip(starts, ends, strict=True)
        ]
        self.log_q = np.log(q)
        self.target, self.room = target, room
        self.work = 0.0

    def bounds(self, prefixes: Array, known: Array, budget: float = np.inf) -> Array:
        """Bound V of each prefix by `target` + `room`, or by about its value if that is more.

        Parameters
        ----------
        prefixes : ndarray, shape (K, B)
            Distributions over states after each prefix.
        known : ndarray, shape (K,)
            Bounds for the same q that are known already, in nats, or infinity.
        budget : float
            Largest `work`; once it is done, some bounds remain as they were.

        Returns
        -------
        ndarray, shape (K,)
            Bounds in nats.
        """
        return self._cover(0, prefixes, self.target + self.room, known, budget)[1]

    def most_divergent(self, belief: Array) -> list[int]:
        """Return a suffix with a high D(p || q), as the nodes see it: m actions."""
        actions: list[int] = []
        for depth, level in enumerate(self.levels):
            leaves = level.beliefs_along(belief[None])[-1]
            if depth + 1 < len(self.levels):
                values = self._nearest(depth + 1, leaves)[1]
            else:
                values = row_negentropy(leaves) - np.einsum("ky,y->k", leaves, self.log_q)
            best = int(values.argmax())
            belief = leaves[best]
            shape = (level.actions,) * len(level.onward)
            actions += [int(action) for action in np.unravel_index(best, shape)]
        return actions

    def _cover(
        self, depth: int, beliefs: Array, limit: float, bounds: Array, budget: float = np.inf
    ) -> tuple[Indices, Array]:
        """Make nodes until each belief is bounded by `limit`, or has a node of its own.

        Returns
        -------
        nodes : ndarray of int, shape (K,)
            The node that bounds each belief, in levels that keep their nodes: all but the first.
        bounds : ndarray, shape (K,)
            The bounds, in nats.
        """
        level = self.levels[depth]
        nodes, bounds = np.full(len(beliefs), -1), bounds.copy()
        if level.vectors:
            nodes, bounds = self._nearest(depth, beliefs)
        negentropy = row_negentropy(beliefs)
        has_own = np.zeros(len(beliefs), dtype=bool)
        while self.work <= budget:
            rest = np.flatnonzero((bounds > limit) & ~has_own)
            if not len(rest):
                break
            worst = int(rest[bounds[rest].argmax()])
            log = np.log(self._reference(level, beliefs[worst]))
            near = rest[negentropy[rest] - np.einsum("ks,s->k", beliefs[rest], log) < NEAR]
            centres = [beliefs[worst]]
            if len(near) > 1:
                centres.insert(0, beliefs[near].mean(axis=0))
            for centre in centres:
                log, vectors = self._node(depth, centre, limit)
                number = level.add(log, vectors) if depth else -1
                distance = negentropy[rest] - np.einsum("ks,s->k", beliefs[rest], log)
                chosen = self._screen(beliefs[rest], distance, centre, vectors, limit)
                chosen |= rest == worst
                tried = rest[chosen]
                values = product(beliefs[tried], vectors.T).max(axis=1) + distance[chosen]
                self.work += vectors.size * len(tried)
                lower = values < bounds[tried]
                bounds[tried[lower]] = values[lower]
                nodes[tried[lower]] = number
                if bounds[worst] <= limit:
                    break
            else:
                has_own[worst] = True
        return nodes, bounds

    def _screen(
        self, beliefs: Array, distance: Array, centre: Array, vectors: Array, limit: float
    ) -> np.ndarray:
        """Select the beliefs that the highest vectors of a node leave below the limit."""
        if len(vectors) <= 2 * SCREENING:
            return np.ones(len(beliefs), dtype=bool)
        height = np.einsum("gs,s->g", vectors, centre)
        high = vectors[np.argsort(-height, kind="stable")[:SCREENING]]
        return np.asarray(product(beliefs, high.T).max(axis=1) + distance <= limit)

    def _nearest(self, depth: int, beliefs: Array) -> tuple[Indices, Array]:
        """Return the nearest node of each belief, and the bound that it gives."""
        level = self.levels[depth]
        distance = row_negentropy(beliefs)[:, None] - product(beliefs, level.logs.T)
        nodes = distance.argmin(axis=1)
        bounds = distance[np.arange(len(beliefs)), nodes]
        for node in np.unique(nodes).tolist():
            mine = nodes == node
            bounds[mine] += product(beliefs[mine], level.vectors[node].T).max(axis=1)
        self.work += beliefs.size * len(level.logs)
        return nodes, bounds

    def _reference(self, level: Level, belief: Array) -> Array:
        """Return a positive reference near a belief."""
        weight = min(SMOOTHING * self.room, 0.1)
        return (1 - weight) * belief + weight * level.base

    def _node(self, depth: int, belief: Array, limit: float) -> tuple[Array, Array]:
        """Make a node that bounds a belief by `limit`, or by about its value if that is more.

        Returns
        -------
        log : ndarray, shape (B,)
            Logarithm of the reference.
        vectors : ndarray, shape (G, B)
            Its vectors.
        """
        level = self.levels[depth]
        self.work += NODE_WORK
        reference = self._reference(level, belief)
        log = np.log(reference)
        limit -= float(row_negentropy(belief[None])[0] - belief @ log)
        references = level.beliefs_along(reference[None])
        beliefs = level.beliefs_along(belief[None])
        ends = np.log(np.maximum(references[-1], TINY))
        if depth + 1 == len(self.levels):
            vectors, at = ends - self.log_q, np.arange(len(ends))
        else:
            following = self.levels[depth + 1]
            spare = max(limit - self.target, 0.0)
            unknown = np.full(len(ends), np.inf)
            nodes, _ = self._cover(
                depth + 1, beliefs[-1], limit - (1 - ROOM_OF_NEXT_LEVEL) * spare, unknown
            )
            at = np.repeat(np.arange(len(ends)), [len(following.vectors[k]) for k in nodes])
            vectors = np.concatenate([following.vectors[k] for k in nodes])
            vectors += (ends - following.logs[nodes])[at]
        for back, before in zip(reversed(level.back), reversed(beliefs[:-1]), strict=True):
            at, action = np.divmod(at, level.actions)
            pulled = np.empty((len(vectors), back.shape[2]))
            for a, matrix in enumerate(back):
                pulled[action == a] = product(vectors[action == a], matrix)
            self.work += vectors.size * back.shape[2]
            vectors = pulled
            if depth:  # the first level does not keep its nodes, which may be large
                vectors, at = merged(vectors, at, before, limit, min(TIE, 0.1 * self.room))
        return log, vectors
