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
It also remains true if the suffix is a block Q of r steps followed by a suffix of the other k - r,
whose divergence is bounded by a node (c', {g'}) of the next level:

    V_{k-r}(bQ)  <=  max_g'  D(bQ || c') + <bQ, g'>
                  =  max_g'  D(bQ || cQ) + <bQ, g' + log(cQ / c')>
                 <=  max_g'  D(b || c) + <b, Q (g' + log(cQ / c'))>.

Which references are chosen, which node bounds each belief and which vectors are merged decides how
many nodes are needed, but not whether the bound holds.

If q is replaced by some q', the divergence of each row changes,

    D(bP || q')  =  D(bP || q) + <bP, log(q / q')>  <=  D(bP || q) + <b, h>,

where h is the highest mean of log(q / q') that an agent could reach from each state if it always
knew its state. So a bound on V_k(b) for q becomes one for q' if <b, h> is added.

Rounding. Probabilities in c below the smallest normal number are replaced by it; the bounds still
hold, as data processing holds for all positive measures, whatever their sum. So no logarithm
exceeds 745 in size, and no entry of a vector exceeds 745 (L + 1) for L levels. Each of the n
products that lead to a vector, and the last one with b, is off by a few units 2^-53 for each of the
S states; merging prefixes changes each probability by at most 1 / `PROBABILITY_GRID`, and sums of
rows may differ from 1 by `ROUNDING`. `refined_interval.rounding` is larger than the sum of all this
and is added to the bound.

References
----------
.. [1] R. G. Gallager, *Information Theory and Reliable Communication* (1968), theorem 4.5.1.
"""

from collections.abc import Iterator

import numpy as np

from gridemp.engine.allowance import Allowance
from gridemp.engine.merged_vectors import merged
from gridemp.engine.node_level import Level, highest
from gridemp.information.capacity import TINY, row_negentropy
from gridemp.typing import Array, Indices

SMOOTHING = 0.01  # weight of `base` in a reference, for each nat of room
ROOM_OF_NEXT_LEVEL = 0.5  # of the room above the target
NEAR = 0.1  # nats; a node is made at the mean of the open beliefs within this of the worst one
WORK_OF_COMPARISON = 20  # multiplications that take as long as one, in merging vectors
NODE_WORK = 5e6  # multiplications that take as long as the rest of making a node
TIE = 1e-4  # nats; maxima of vectors may be higher by this in any case, if there is room
KEPT = 0.8  # fraction of beliefs that are open, below which the others are left out
MAX_AVERAGED = 2000  # open beliefs from which those near the worst one are taken
SCREENING = 8  # vectors that tell first which beliefs a node may bound


class Tangents:
    """Upper bounds on D(p || q) for all sequences that begin with given prefixes.

    Parameters
    ----------
    steps : list of m ndarrays, shape (A, B, C)
        Transition matrices of the steps after the prefix; the last ones lead to readings.
    sizes : list of int
        Number of steps of each block; they add up to m.
    bases : list of m + 1 ndarrays, shape (B,)
        A typical distribution over states before each step and after the last.
    allowance : Allowance
        Work, in multiplications and `NODE_WORK` for each node, and memory that may be taken.
    """

    def __init__(
        self,
        steps: list[Array],
        sizes: list[int],
        bases: list[Array],
        allowance: Allowance,
    ) -> None:
        ends = np.cumsum(sizes).tolist()
        starts = [0, *ends[:-1]]
        self.levels = [
            Level(steps[start:end], bases[start]) for start, end in zip(starts, ends, strict=True)
        ]
        self.allowance = allowance
        self.log_q = np.zeros(steps[-1].shape[2])
        self._kept = 0  # numbers in the vectors of all nodes

    def aim(self, q: Array, target: float, room: float) -> Array:
        """Set the distribution q and how close the bounds should come.

        Nodes are kept as long as q remains the same.

        Parameters
        ----------
        q : ndarray, shape (Y,)
            Distribution of readings, positive everywhere.
        target : float
            The capacity or a lower bound on it, in nats.
        room : float
            Bounds are lowered until they exceed the target by at most this, in nats.

        Returns
        -------
        ndarray, shape (B,)
            The vector h by which a bound for the previous q, if any, becomes one for this q.
        """
        self.target, self.room = target, room
        self.weight = min(SMOOTHING * room, 0.1)  # of the base in a reference
        before, self.log_q = self.log_q, np.log(q)
        rise = before - self.log_q
        if rise.any():
            self._kept = 0
            for level in self.levels:
                level.clear()
        for level in reversed(self.levels):
            rise = level.highest_mean(rise)
        return rise

    def narrow(self, prefixes: Array, bounds: Array) -> Iterator[int]:
        """Lower the bounds on V of prefixes to `target` + `room`, or to about V if that is more.

        Parameters
        ----------
        prefixes : ndarray, shape (K, B)
            Distributions over states after each prefix.
        bounds : ndarray, shape (K,)
            Bounds in nats for the same q, or infinity. They are lowered in place, some of them
            before each value is yielded.

        Yields
        ------
        int
            Number of a prefix whose bound is now close to V but above `target` + `room`; -1 if the
            worst bound is now within it.

        Raises
        ------
        Exhausted
            If the work or the memory is used up.
        """
        nodes = np.full(len(prefixes), -1)
        yield from self._cover(0, prefixes, self.target + self.room, nodes, bounds)

    def most_divergent(self, belief: Array, width: int) -> Indices:
        """Return suffixes with a high D(p || q), as the nodes see it: shape (width or fewer, m).

        Parameters
        ----------
        belief : ndarray, shape (B,)
            Distribution over states after the prefix.
        width : int
            Number of suffixes that are kept after each block.
        """
        beliefs, actions = belief[None], np.zeros((1, 0), dtype=np.intp)
        for depth, level in enumerate(self.levels):
            leaves = level.beliefs_along(beliefs)[-1]
            if depth + 1 < len(self.levels):
                values = self._nearest(depth + 1, leaves)[1]
            else:
                values = row_negentropy(leaves) - np.einsum("ky,y->k", leaves, self.log_q)
            best = np.argsort(-values, kind="stable")[:width]
            before, block = np.divmod(best, len(leaves) // len(beliefs))
            shape = (level.actions,) * len(level.onward)
            of_block = np.stack(np.unravel_index(block, shape), axis=1)
            actions = np.concatenate([actions[before], of_block], axis=1)
            beliefs = leaves[best]
        return actions

    def _cover(
        self, depth: int, beliefs: Array, limit: float, nodes: Indices, bounds: Array
    ) -> Iterator[int]:
        """Make nodes until each belief is bounded by `limit`, or has a node of its own.

        Parameters
        ----------
        depth : int
            Number of the level.
        beliefs : ndarray, shape (K, B)
            Distributions over states.
        limit : float
            Limit in nats.
        nodes : ndarray of int, shape (K,)
            The node that bounds each belief, changed in place. Only the levels after the first keep
            their nodes.
        bounds : ndarray, shape (K,)
            The bounds in nats, lowered in place.

        Yields
        ------
        int
            Number of a belief that has got a node of its own, but is still above the limit; -1 if
            the worst belief is now bounded.
        """
        level = self.levels[depth]
        rest = np.flatnonzero(bounds > limit)
        inside, negentropy = beliefs[rest], row_negentropy(beliefs[rest])
        is_open = np.ones(len(rest), dtype=bool)  # neither bounded nor with a node of its own
        while is_open.any():
            if np.count_nonzero(is_open) < KEPT * len(rest):
                rest, inside, negentropy = rest[is_open], inside[is_open], negentropy[is_open]
                is_open = is_open[is_open]
            worst = int(np.where(is_open, bounds[rest], -np.inf).argmax())
            some = np.flatnonzero(is_open)
            some = some[:: -(-len(some) // MAX_AVERAGED)]
            log = np.log(self._reference(level, inside[worst]))
            near = some[negentropy[some] - np.einsum("ks,s->k", inside[some], log) < NEAR]
            centres = [inside[worst]]
            if len(near) > 1:
                centres.insert(0, inside[near].mean(axis=0))
            for centre in centres:
                log, vectors = self._node(depth, centre, limit)
                number = self._keep(level, log, vectors) if depth else -1
                height = np.einsum("gs,s->g", vectors, centre)
                high = vectors[np.argsort(-height, kind="stable")[:SCREENING]]
                passed = highest(inside, high - log) + negentropy <= limit
                passed[worst] = True
                tried = np.flatnonzero(passed)
                values = highest(inside[tried], vectors)
                values += negentropy[tried] - np.einsum("ks,s->k", inside[tried], log)
                self.allowance.spend(vectors.size * len(tried))
                lower = values < bounds[rest[tried]]
                tried, values = tried[lower], values[lower]
                bounds[rest[tried]] = values
                nodes[rest[tried]] = number
                is_open[tried[values <= limit]] = False
                if not is_open[worst]:
                    break
            yield int(rest[worst]) if is_open[worst] else -1
            is_open[worst] = False

    def _keep(self, level: Level, log: Array, vectors: Array) -> int:
        """Keep a node of a level, and return its number."""
        self._kept += vectors.size
        self.allowance.hold(self._kept)
        return level.add(log, vectors)

    def _nearest(self, depth: int, beliefs: Array) -> tuple[Indices, Array]:
        """Return the nearest node of each belief, and the bound that it gives."""
        level = self.levels[depth]
        self.allowance.spend(beliefs.size * len(level.logs))
        self.allowance.hold(self._kept + 2 * len(beliefs) * len(level.logs))
        return level.nearest(beliefs)

    def _reference(self, level: Level, belief: Array) -> Array:
        """Return a positive reference near a belief."""
        return (1 - self.weight) * belief + self.weight * level.base

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
        self.allowance.spend(NODE_WORK)
        reference = self._reference(level, belief)
        log = np.log(reference)
        limit -= float(row_negentropy(belief[None])[0] - belief @ log)
        beliefs = level.beliefs_along(belief[None])
        ends = (1 - self.weight) * beliefs[-1] + self.weight * level.base_ends
        ends = np.log(np.maximum(ends, TINY))
        if depth + 1 == len(self.levels):
            vectors, at = ends - self.log_q, np.arange(len(ends))
        else:
            following = self.levels[depth + 1]
            spare = max(limit - self.target, 0.0)
            if following.vectors:
                nodes, bounds = self._nearest(depth + 1, beliefs[-1])
            else:
                nodes, bounds = np.full(len(ends), -1), np.full(len(ends), np.inf)
            limit_of_next = limit - (1 - ROOM_OF_NEXT_LEVEL) * spare
            for _ in self._cover(depth + 1, beliefs[-1], limit_of_next, nodes, bounds):
                pass
            counts = [len(following.vectors[k]) for k in nodes]
            self.allowance.hold(self._kept + 3 * sum(counts) * following.logs.shape[1])
            at = np.repeat(np.arange(len(ends)), counts)
            vectors = np.concatenate([following.vectors[k] for k in nodes])
            vectors += (ends - following.logs[nodes])[at]
        for step in range(len(level.back) - 1, -1, -1):
            vectors, at = level.pulled_back(step, vectors, at)
            self.allowance.spend(vectors.size * level.back[step].shape[1])
            if depth:  # the first level does not keep its nodes, which may be large
                tie = min(TIE, 0.1 * self.room)
                vectors, at, work = merged(vectors, at, beliefs[step], limit, tie)
                self.allowance.spend(WORK_OF_COMPARISON * work)
        return log, vectors
