"""Repertoires of action sequences: k sequences kept, continued in all ways, and chosen from again.

A repertoire begins with the empty sequence. In each round, its sequences are continued by all
sequences of m actions, and of those that lead to the same distribution over states, only the first
is a candidate. Of the candidates, `repertoire_choice` keeps k. In the last round, which is shorter
if m does not divide n, sequences are told apart by the distribution over sensor readings; before
it, by that over states, because different states have different futures.
"""

from typing import NamedTuple

import numpy as np

from gridemp.engine.channel import MAX_BYTES, PROBABILITY_GRID
from gridemp.engine.repertoire_choice import Distances, contributing_rows, farthest_ends
from gridemp.errors import HorizonTooLarge
from gridemp.information.active_set import Matrix, solve
from gridemp.progress import Progress
from gridemp.typing import Array, Indices
from gridemp.worlds.world import World

COPIES = 4  # arrays of rows that are held at a time


class KeptSequences(NamedTuple):
    """Sequences of a repertoire, the distributions they lead to, and their capacity.

    Attributes
    ----------
    sequences : ndarray of int, shape (R, n)
        Actions of the R <= k sequences.
    weights : ndarray, shape (R,)
        Probability of each sequence under an optimal source.
    states : ndarray of int, shape (V,)
        States that the last step can lead to.
    rows : ndarray, shape (R, V)
        Probability of each of these states after each sequence.
    lower, upper : float
        Certified ends of the capacity of these sequences, in bits.
    """

    sequences: Indices
    weights: Array
    states: Indices
    rows: Array
    lower: float
    upper: float


class Repertoires:
    """Repertoires of the states of a world.

    Parameters
    ----------
    world : World
        World, `normalised` if it is noisy.
    horizon : int
        Number of steps n.
    size : int
        Number of sequences to keep, k.
    step : int
        Number of actions by which the sequences grow in a round, m.
    tol : float
        Largest certified gap to accept, in bits.
    """

    def __init__(self, world: World, horizon: int, size: int, step: int, tol: float) -> None:
        self.world = world
        self.size = size
        self.tol = tol
        rounds, rest = divmod(horizon, step)
        self.rounds = [step] * rounds + [rest] * (rest > 0)
        self._distances = Distances(world.successors[:, :, 0].astype(np.intp))

    def of(self, state: int, progress: Progress) -> KeptSequences:
        """Repertoire of a state."""
        if self.world.deterministic:
            return self._of_certain(state, progress)
        return self._of_noisy(state, progress)

    def _of_certain(self, state: int, progress: Progress) -> KeptSequences:
        actions = len(self.world.actions)
        ends = np.array([state])
        sequences = np.empty((1, 0), dtype=np.intp)
        for number, steps in enumerate(self.rounds, 1):
            for _ in range(steps):
                sequences = _continued(sequences, actions)
                ends = self.world.successors[ends, :, 0].ravel().astype(np.intp)
                sequences, ends = (each[_firsts(ends)] for each in (sequences, ends))
            if number == len(self.rounds):
                firsts = _firsts(self.world.sensor[ends].astype(np.intp))
                sequences, ends = sequences[firsts], ends[firsts]
            kept = farthest_ends(ends, state, self.size, self._distances)
            sequences, ends = sequences[kept], ends[kept]
            progress(number / len(self.rounds))
        count = len(ends)
        states, place = np.unique(ends, return_inverse=True)
        bits = float(np.log2(count))
        rows = np.eye(count)[place]
        return KeptSequences(sequences, np.full(count, 1 / count), states, rows, bits, bits)

    def _of_noisy(self, state: int, progress: Progress) -> KeptSequences:
        actions = len(self.world.actions)
        states, rows = np.array([state]), np.ones((1, 1))
        sequences = np.empty((1, 0), dtype=np.intp)
        for number, steps in enumerate(self.rounds, 1):
            begun = len(rows)
            for _ in range(steps):
                sequences = _continued(sequences, actions)
                states, rows = self._after_a_step(states, rows, begun)
                firsts = _distinct(rows)
                sequences, rows = sequences[firsts], rows[firsts]
            if number == len(self.rounds):
                firsts = _distinct(self._sensed(states, rows))
                sequences, rows = sequences[firsts], rows[firsts]
                kept = contributing_rows(self._sensed(states, rows), self.size)
            else:
                kept = contributing_rows(rows, self.size)
            sequences, rows = sequences[kept], rows[kept]
            progress(number / len(self.rounds))
        capacity = solve(Matrix(self._sensed(states, rows)), self.tol)
        possible = rows.any(axis=0)
        ends = max(0.0, capacity.lower), max(0.0, capacity.upper)
        return KeptSequences(sequences, capacity.source, states[possible], rows[:, possible], *ends)

    def _after_a_step(self, states: Indices, rows: Array, begun: int) -> tuple[Indices, Array]:
        """States after one more action, and the distributions over them, actions varying fastest.

        The rows have grown from those of `begun` sequences in this round.

        Raises
        ------
        HorizonTooLarge
            If the distributions would not fit in memory.
        """
        possible = rows.any(axis=0)
        successors = self.world.successors[states[possible]].astype(np.intp)
        probabilities = self.world.probabilities[states[possible]]
        after, place = np.unique(successors, return_inverse=True)
        place = place.reshape(successors.shape)
        _, actions, ways = successors.shape
        size = COPIES * 8 * len(rows) * actions * len(after)
        if size > MAX_BYTES:
            lower = "step" if size > MAX_BYTES * begun else "repertoire"
            raise HorizonTooLarge(
                f"a repertoire has {len(rows) * actions:,} candidates, whose distributions over "
                f"{len(after):,} states would take {size / 1e9:.1f} GB, more than the "
                f"{MAX_BYTES / 1e9:.1f} GB allowed; lower `{lower}`"
            )
        leaving = np.ascontiguousarray(rows[:, possible].T)
        grown = np.zeros((actions, len(after), len(rows)))
        for action in range(actions):
            for way in range(ways):
                moved = probabilities[:, action, way, None] * leaving
                np.add.at(grown[action], place[:, action, way], moved)
        return after, grown.transpose(2, 0, 1).reshape(-1, len(after))

    def _sensed(self, states: Indices, rows: Array) -> Array:
        """Distributions over the sensor readings of some states."""
        labels, reading = np.unique(self.world.sensor[states], return_inverse=True)
        sensed = np.zeros((len(labels), len(rows)))
        np.add.at(sensed, reading, rows.T)
        return np.ascontiguousarray(sensed[sensed.any(axis=1)].T)


def _continued(sequences: Indices, actions: int) -> Indices:
    """Sequences followed by each action, which varies fastest."""
    longer = np.repeat(sequences, actions, axis=0)
    last = np.tile(np.arange(actions), len(sequences))
    return np.hstack([longer, last[:, None]])


def _firsts(values: Indices) -> Indices:
    """Index of the first occurrence of each value, in ascending order."""
    return np.sort(np.unique(values, return_index=True)[1])


def _distinct(rows: Array) -> Indices:
    """Indices of the rows without those that equal an earlier one, up to rounding."""
    first: dict[bytes, int] = {}
    for i, row in enumerate(np.rint(rows * PROBABILITY_GRID)):
        first.setdefault(row.tobytes(), i)
    return np.fromiter(first.values(), dtype=np.intp)
