"""Successors and predecessors of states as adjacency lists in two arrays."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from gridemp.typing import Indices


class Adjacency(NamedTuple):
    """Neighbours of each of S states, those of state s at `first[s]` to `first[s + 1] - 1`.

    Attributes
    ----------
    first : ndarray of int, shape (S + 1,)
        Position of the first neighbour of each state, and the number N of all neighbours.
    neighbours : ndarray of int, shape (N,)
        States.
    """

    first: Indices
    neighbours: Indices

    def of(self, states: Indices) -> tuple[Indices, Indices]:
        """Neighbours of some states, one after the other, and where those of each begin."""
        begin = self.first.take(states)
        count = self.first.take(states + 1) - begin
        end = np.cumsum(count)
        place = np.arange(end[-1] if len(end) else 0)
        place += np.repeat(begin - (end - count), count)
        return self.neighbours.take(place), end - count

    def reverse(self) -> "Adjacency":
        """Adjacency with all arrows turned round."""
        count = np.diff(self.first)
        tails = np.repeat(np.arange(len(count)), count)
        order = np.argsort(self.neighbours)
        return Adjacency(_starts(np.bincount(self.neighbours, minlength=len(count))), tails[order])

    def renumbered(self, order: Indices, number: Indices) -> "Adjacency":
        """Adjacency with the states in this order, in which each has this number."""
        neighbours, _ = self.of(order)
        return Adjacency(_starts(np.diff(self.first)[order]), number.take(neighbours))


def distinct_successors(successors: NDArray[np.integer]) -> Adjacency:
    """Adjacency of the different states that the actions lead to, from a table of shape (S, A)."""
    ascending = np.sort(successors, axis=1)
    is_new = np.ones(ascending.shape, dtype=bool)
    np.not_equal(ascending[:, 1:], ascending[:, :-1], out=is_new[:, 1:])
    return Adjacency(_starts(is_new.sum(axis=1)), ascending[is_new].astype(np.intp))


def _starts(counts: Indices) -> Indices:
    """Positions of the first neighbours, if each state has so many."""
    return np.concatenate([[0], np.cumsum(counts)])
