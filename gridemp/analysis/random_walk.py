"""Measures of the walk of an agent that draws every action uniformly at random.

The states S_0, S_1, ..., S_n of this walk are a Markov chain with the average step of all actions,
p(s' | s) = (1/A) sum_a P(s' | s, a). Quantities that are sums over the steps follow for all starts
at once from the last step back to the first. Only the distribution of S_n itself has to be followed
from each start.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from gridemp.errors import GridempError, HorizonTooLarge
from gridemp.information.measures import entropy
from gridemp.progress import Progress, ignore
from gridemp.typing import Array, Indices
from gridemp.worlds.subworld import nearby, part
from gridemp.worlds.world import World

MAX_STEPS = 10**5  # beyond which a walk is not followed
MAX_STARTS = 64  # that are followed together
BLOCK_ENTRIES = 2**21  # pairs of a start and a transition that one block holds
SECONDS_PER_ENTRY = 3e-9
SECONDS_PER_STEP = 3e-8  # of all starts at once, for each transition


class Transitions(NamedTuple):
    """Transitions of the average step, each pair of states once, sorted by the state they lead to.

    Attributes
    ----------
    source, target : ndarray of int, shape (E,)
        States that each transition leads from and to.
    probability : ndarray, shape (E,)
        Probability of the transition in its source.
    """

    source: Indices
    target: Indices
    probability: Array

    @classmethod
    def of(cls, world: World) -> "Transitions":
        """Return the transitions of the average step of a world."""
        states, actions, _ = world.successors.shape
        possible = world.probabilities > 0
        source = np.nonzero(possible)[0]
        target = world.successors[possible].astype(np.intp)
        pairs, which = np.unique(target * states + source, return_inverse=True)
        weights = world.probabilities[possible] / actions
        probability = np.asarray(np.bincount(which, weights), dtype=float)
        return cls(pairs % states, pairs // states, probability)

    def mean_next(self, values: Array) -> Array:
        """Return the mean value of the next state, in each state: shape (S,)."""
        return self.mean(values[self.target])

    def mean(self, amounts: Array) -> Array:
        """Return the mean of amounts of the transitions, in each state: shape (S,)."""
        return np.asarray(np.bincount(self.source, self.probability * amounts), dtype=float)

    def layers(self) -> list["Transitions"]:
        """Return the transitions in groups, in each of which no two lead to the same state."""
        starts = np.unique(self.target, return_index=True)[1]
        count = np.diff(np.append(starts, len(self.target)))
        rank = np.arange(len(self.target)) - np.repeat(starts, count)
        order = np.argsort(rank, kind="stable")
        ends = np.cumsum(np.bincount(rank))[:-1]
        return [
            Transitions(self.source[each], self.target[each], self.probability[each])
            for each in np.split(order, ends)
        ]


def path_entropy(world: World, horizon: int) -> Array:
    """Entropy of the path S_1, ..., S_n of a random walk from each state, in bits: shape (S,).

    By the chain rule, H(S_1, ..., S_n | s) = sum_t H(S_{t+1} | S_0 = s, S_1, ..., S_t). As the
    chain is Markov, the states before S_t change nothing, and each term is E[h(S_t)], the mean over
    S_t of the entropy h of one step. The sum of n terms therefore is F_n(s) with F_0 = 0 and
    F_n(s) = h(s) + sum_s' p(s' | s) F_{n-1}(s').
    """
    steps = Transitions.of(world)
    each = steps.mean(-np.log2(steps.probability)) + 0.0
    total = np.zeros(len(world.cell))
    for _ in range(_checked(horizon)):
        total = each + steps.mean_next(total)
    return total


def end_variance(world: World, horizon: int) -> Array:
    """Variance of the position after a random walk from each state, in cells^2: shape (S,).

    With the position X_n = (x, y), it is E|X_n - E X_n|^2, the sum of the variances of x and y. By
    the law of total variance, that of n steps from s is the mean of that of n - 1 steps from the
    next state, plus the variance of their mean. Nothing is subtracted from a large square, and the
    variance of an end that is certain is exactly 0.

    Raises
    ------
    GridempError
        If edges of the maze are joined, as positions on a torus have no mean.
    """
    if world.torus:
        raise GridempError(
            "positions on a torus have no mean, so they have no variance; choose another measure, "
            "such as entropy"
        )
    steps = Transitions.of(world)
    rows, cols = world.maze.cells[world.cell].T.astype(float)
    variance = np.zeros(len(world.cell))
    for _ in range(_checked(horizon)):
        across, up = steps.mean_next(cols), steps.mean_next(rows)
        apart = (cols[steps.target] - across[steps.source]) ** 2
        apart += (rows[steps.target] - up[steps.source]) ** 2
        variance = steps.mean_next(variance) + steps.mean(apart)
        rows, cols = up, across
    return variance


def end_entropy(world: World, horizon: int, progress: Progress = ignore) -> Array:
    """Entropy of the state S_n after a random walk from each start, in bits: shape (T,)."""
    found = []
    for near, starts in _blocks(world, _checked(horizon), progress):
        layers = Transitions.of(near).layers()
        chance = np.zeros((len(near.cell), len(starts)))
        chance[starts, np.arange(len(starts))] = 1
        for _ in range(horizon):
            before, chance = chance, np.zeros_like(chance)
            for source, target, probability in layers:
                moved = before[source]
                moved *= probability[:, None]
                chance[target] += moved
        found.append(entropy(chance.T))
    return np.concatenate(found)


def reachable_states(world: World, horizon: int, progress: Progress = ignore) -> Array:
    """Number of states that at most n actions can lead to from each start: shape (T,).

    The start is one of them. A state counts if some action sequence leads to it with a positive
    probability.
    """
    found = []
    for near, starts in _blocks(world, horizon, progress):
        layers = Transitions.of(near).layers()
        seen = np.zeros((len(near.cell), len(starts)), dtype=bool)
        seen[starts, np.arange(len(starts))] = True
        for _ in range(horizon):
            more = seen.copy()
            for source, target, _ in layers:
                more[target] |= seen[source]
            if np.array_equal(more, seen):
                break
            seen = more
        found.append(seen.sum(axis=0))
    return np.concatenate(found).astype(float)


def valid_actions(world: World) -> Array:
    """Number of actions that may lead to another state, in each state: shape (S,)."""
    own = np.arange(len(world.cell))[:, None, None]
    leaves = (world.successors != own) & (world.probabilities > 0)
    return np.asarray(leaves.any(axis=2).sum(axis=1), dtype=float)


def expected_walk_seconds(world: World, horizon: int, *, each_start: bool) -> float:
    """Rough estimate of the time of a measure of random walks, in seconds.

    Parameters
    ----------
    world : World
        World with T starts.
    horizon : int
        Number of steps n.
    each_start : bool
        True if the walk is followed from each start.
    """
    starts = world.start_states
    middle = starts[len(starts) // 2 :][:MAX_STARTS]
    ahead = world.successors[middle].reshape(len(middle), -1)
    each = float(np.mean([len(np.unique(row)) for row in ahead]))  # transitions of a state
    if not each_start:
        return SECONDS_PER_STEP * each * len(world.cell) * horizon
    states = len(nearby(world, middle, horizon))
    return SECONDS_PER_ENTRY * each * states * horizon * len(starts)


def _blocks(world: World, horizon: int, progress: Progress) -> Iterator[tuple[World, Indices]]:
    """Parts of a world that hold n steps from some starts, and these starts in each part."""
    starts = world.start_states
    for first in range(0, len(starts), MAX_STARTS):
        chosen = starts[first : first + MAX_STARTS]
        near, places = part(world, chosen, horizon)
        own = np.searchsorted(places, chosen)
        size = max(1, BLOCK_ENTRIES // near.successors.size)
        for i in range(0, len(own), size):
            yield near, own[i : i + size]
        progress(min(1.0, (first + MAX_STARTS) / len(starts)))


def _checked(horizon: int) -> int:
    """Return the horizon; raise a HorizonTooLarge if so long a walk is not followed."""
    if horizon > MAX_STEPS:
        raise HorizonTooLarge(
            f"random walks of {horizon} steps would take too long to follow; lower the horizon to "
            f"{MAX_STEPS} or less"
        )
    return horizon
