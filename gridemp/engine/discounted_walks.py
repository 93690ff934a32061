"""Walks of a deterministic world whose discounted occupancy diverges most from a distribution.

A deterministic stationary policy takes an agent through k states to a state c, and then round a
cycle of L states for ever. With the discount g, its discounted occupancy is

    p(s) = (1 - g) sum over t >= 0 of g^t [s(t) = s],                             0 < g < 1.

If the cycle is written down once, the state at time t has the weight w(t) = (1 - g) g^t in p for
t < k, and w(t) = (1 - g) g^t / (1 - g^L) for k <= t < k + L. The k + L states differ, so that

    D(p || q) = sum over t < k + L of w(t) [ln w(t) - ln q(s(t))].                           (1)

`DiscountedWalks.best` maximises the right side of (1) over all walks of k < S steps from the start
to any c, followed by L <= S steps from c back to c. These may meet a state several times, yet the
maximum is exactly that of D(p || q) over all policies:

- It is not too small, because the walks of all deterministic stationary policies are among them,
  and the maximum of the convex function D(. || q) over the polytope of all occupancies is at one of
  its corners, which are the occupancies of such policies (M. L. Puterman, "Markov Decision
  Processes" (1994), section 6.9).
- It is not too large. If a walk meets a state twice, the weights a and b add up in p, and
  (a + b) ln[(a + b) / q] >= a ln(a / q) + b ln(b / q), the log-sum inequality. So the right side of
  (1) is at most D(p || q), and p lies in the polytope, as the occupancy of a policy with memory.

The right side of (1) separates into A_k(c) + g^k V(c), where, with u = ln g,

    A_k(c) = sum over t < k of (1 - g) g^t ln[(1 - g) g^t] + g^k k u + (1 - g) D_k(c),
    V(c) = max over L of a_L + (1 - g) / (1 - g^L) C_L(c),
    a_L = ln[(1 - g) / (1 - g^L)] + u (1 - g) / (1 - g^L) sum over j < L of j g^j.

Here D_k(c) is the largest discounted sum of -ln q over walks of k steps from the start to c, and
C_L(c) that over walks of L steps from c to c. Both are dynamic programs over the steps: one for all
D_k(c), but one for each c for C_L(c). A walk from c that may end anywhere gives an upper bound on
C_L(c) for all c at once, so the exact program is run in the order of these bounds, and only for the
few c whose bound exceeds what has been found.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np

from gridemp.typing import Array, Indices

SHORT = 2  # states in the cycles that are tried first
BATCH = 16  # states whose longer cycles are searched at the same time


class CyclingWalk(NamedTuple):
    """Walk that ends in a cycle, which goes on for ever.

    Attributes
    ----------
    states : tuple of int, length k + L
        States from the start on, those of the cycle once.
    tail : int
        Number k of states before the cycle.

    Examples
    --------
    Two steps, then back and forth between the last two states:

    >>> from gridemp.analysis import CyclingWalk
    >>> walk = CyclingWalk((0, 1, 2), tail=1)
    >>> walk.states[walk.tail :]
    (1, 2)
    """

    states: tuple[int, ...]
    tail: int


def shortest(walk: CyclingWalk) -> CyclingWalk:
    """Same walk with the shortest cycle and the shortest tail."""
    way, cycle = list(walk.states[: walk.tail]), list(walk.states[walk.tail :])
    length = next(n for n in range(1, len(cycle) + 1) if cycle == cycle[:n] * (len(cycle) // n))
    cycle = cycle[:length]
    while way and way[-1] == cycle[-1]:
        cycle = [way.pop(), *cycle[:-1]]
    return CyclingWalk((*way, *cycle), len(way))


def distinct(walks: Iterable[CyclingWalk]) -> list[CyclingWalk]:
    """Walks that differ, in their order."""
    return list(dict.fromkeys(map(shortest, walks)))


class DiscountedWalks:
    """Walks of a deterministic world of S states under a discount.

    Parameters
    ----------
    successors : ndarray of int, shape (S, A)
        State after each action.
    discount : float
        Discount g, between 0 and 1.
    """

    def __init__(self, successors: Indices, discount: float) -> None:
        self.discount = discount
        self.states = states = len(successors)
        following = [sorted(set(after)) for after in successors.tolist()]
        leading: list[list[int]] = [[] for _ in range(states)]
        for state, after in enumerate(following):
            for other in after:
                leading[other].append(state)
        self.after = _columns(following, states)
        self.before = _columns(leading, states)
        times = np.arange(states)
        log = np.log(discount)
        self.power = discount**times
        weights = (1 - discount) * self.power
        passed = np.cumsum(weights * (np.log1p(-discount) + times * log))
        self.of_tail = np.concatenate([[0.0], passed[:-1]]) + self.power * times * log
        self.share = (discount - 1) / np.expm1((times + 1) * log)  # (1 - g) / (1 - g^L)
        self.of_cycle = np.log(self.share) + log * self.share * np.cumsum(times * self.power)

    def occupancies(self, walks: list[CyclingWalk]) -> Array:
        """Discounted occupancies of the states under W walks, shape (W, S)."""
        rows = np.empty((len(walks), self.states))
        for row, (states, tail) in zip(rows, walks, strict=True):
            weights = self.discount ** np.arange(len(states))
            weights[:tail] *= 1 - self.discount
            weights[tail:] *= self.share[len(states) - tail - 1]
            row[:] = np.bincount(states, weights, minlength=self.states)
        return rows

    def best(
        self, start: int, q: Array, level: float, tol: float = 0.0
    ) -> tuple[float, list[CyclingWalk]]:
        """Largest D(p || q) over all policies, in nats, and walks with large divergences.

        Parameters
        ----------
        start : int
            State in which the walks begin.
        q : ndarray, shape (S,)
            Distribution, positive everywhere.
        level : float
            Divergence that the walks returned exceed.
        tol : float
            Where the largest divergence is at most this much above the level, an upper bound that
            is so, too, may be returned instead.
        """
        reward = np.append(-np.log(q), 0)
        sums = self._sums(np.array([start]), reward, self.states - 1)
        tails = self.of_tail[:, None] + (1 - self.discount) * sums[:, 0, :-1]
        open_cycles = self._of_cycles(self._open_sums(reward)).max(axis=0)
        bounds = self._values(tails, open_cycles).max(axis=0)
        order = np.argsort(-bounds, kind="stable")
        highest = -np.inf
        found: list[CyclingWalk] = []
        for targets, longest in self._searches(order):
            bound = float(bounds[targets[0]])
            if bound <= max(level + tol, highest):
                return max(highest, bound), found
            rounds = self._sums(targets, reward, longest)
            places = np.arange(len(targets))
            cycles = self._of_cycles(rounds[1:, places, targets])
            values = self._values(tails[:, targets], cycles.max(axis=0))
            steps, lengths = values.argmax(axis=0), cycles.argmax(axis=0) + 1
            values = values[steps, places]
            chosen = np.flatnonzero(values > level)
            ends, ks = targets[chosen], steps[chosen]
            of_start = np.broadcast_to(sums, (len(sums), len(chosen), self.states + 1))
            tails_to = self._paths(of_start, reward, ends, ks)
            cycles_of = self._paths(rounds[:, chosen], reward, ends, lengths[chosen])
            found += [
                CyclingWalk(tail + cycle, len(tail))
                for tail, cycle in zip(tails_to, cycles_of, strict=True)
            ]
            highest = max(highest, float(values.max()))
        return highest, found

    def _searches(self, order: Indices) -> Iterator[tuple[Indices, int]]:
        """States c in turn, in a given order, each with the length of the longest cycle to try."""
        yield order, min(SHORT, self.states)
        for begin in range(0, self.states, BATCH):
            yield order[begin : begin + BATCH], self.states

    def _values(self, tails: Array, cycles: Array) -> Array:
        """Right side of (1) for each k and c, given the best cycle of each c: shape (S, C)."""
        values = tails + self.power[:, None] * np.where(np.isfinite(cycles), cycles, 0)
        values[:, np.isneginf(cycles)] = -np.inf
        return np.asarray(values)

    def _of_cycles(self, sums: Array) -> Array:
        """Values of cycles of L = 1, 2, ... states, given their discounted sums of rewards."""
        longest = len(sums)
        return np.asarray(self.of_cycle[:longest, None] + self.share[:longest, None] * sums)

    def _sums(self, starts: Indices, reward: Array, steps: int) -> Array:
        """Largest discounted sums of rewards of walks of 0, 1, ... steps from starts to all states.

        Returns
        -------
        ndarray, shape (steps + 1, len(starts), S + 1)
            Sums over the states of the walk but the last; -inf where there is no walk, and in the
            last column, which is that of no state.
        """
        sums = np.full((steps + 1, len(starts), self.states + 1), -np.inf)
        sums[0, np.arange(len(starts)), starts] = 0
        for step in range(steps):
            gained = sums[step] + self.discount**step * reward
            best = gained[:, self.before[0]]
            for column in self.before[1:]:
                np.maximum(best, gained[:, column], out=best)
            sums[step + 1, :, :-1] = best
        return sums

    def _open_sums(self, reward: Array) -> Array:
        """Largest discounted sums of rewards of walks of 1, 2, ..., S steps from each state."""
        sums = np.empty((self.states, self.states))
        ahead = np.append(np.zeros(self.states), -np.inf)
        for step in range(self.states):
            best = ahead[self.after[0]]
            for column in self.after[1:]:
                np.maximum(best, ahead[column], out=best)
            sums[step] = ahead[:-1] = reward[:-1] + self.discount * best
        return sums

    def _paths(
        self, sums: Array, reward: Array, ends: Indices, steps: Indices
    ) -> list[tuple[int, ...]]:
        """States before the last one on the walks with the largest sums.

        Parameters
        ----------
        sums : ndarray, shape (steps + 1, W, S + 1)
            Sums of `_sums` for the start of each walk.
        reward : ndarray, shape (S + 1,)
            Rewards of the states.
        ends, steps : ndarray of int, shape (W,)
            Last state and number of steps of each walk.
        """
        longest = int(steps.max(initial=0))
        paths = np.empty((longest + 1, len(ends)), dtype=np.intp)
        paths[steps, np.arange(len(ends))] = ends
        for step in range(longest - 1, -1, -1):
            going = np.flatnonzero(steps > step)
            before = self.before[:, paths[step + 1, going]]
            gained = sums[step, going, before] + self.discount**step * reward[before]
            paths[step, going] = before[gained.argmax(axis=0), np.arange(len(going))]
        columns = zip(paths.T.tolist(), steps.tolist(), strict=True)
        return [tuple(path[:count]) for path, count in columns]


def _columns(lists: list[list[int]], filler: int) -> Indices:
    """Lists as columns, with a filler after the end of the shorter ones."""
    longest = max(map(len, lists))
    return np.array([each + [filler] * (longest - len(each)) for each in lists], dtype=np.intp).T
