"""Nodes at one depth of the action sequences, for bounds by tangents: see `tangents`."""

import numpy as np

from gridemp.information.capacity import TINY, row_negentropy
from gridemp.information.linalg import product
from gridemp.typing import Array, Indices

MAX_PRODUCTS = 2**22  # of beliefs with vectors, held in memory at once


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
        # Equal steps share one array, which is copied once.
        flat = {id(step): step.transpose(1, 0, 2).reshape(step.shape[1], -1) for step in steps}
        self.onward = [flat[id(step)] for step in steps]
        self.back = [step.transpose(0, 2, 1) for step in steps]
        self.base_ends = self.beliefs_along(self.base[None])[-1]
        self.clear()

    def clear(self) -> None:
        """Remove all nodes."""
        self.logs = np.empty((0, len(self.base)))  # of the references
        self.vectors: list[Array] = []  # of each node, shape (G, B)

    def beliefs_along(self, beliefs: Array) -> list[Array]:
        """Return the beliefs before each step of all blocks, and after the last: (K A**j, B)."""
        after = [beliefs]
        for onward in self.onward:
            states = onward.shape[1] // self.actions
            after.append(product(after[-1], onward).reshape(-1, states))
        return after

    def highest_mean(self, values: Array) -> Array:
        """Return the highest mean of values after the block, if states are known: shape (B,)."""
        for back in reversed(self.back):
            values = np.einsum("c,acb->ab", values, back).max(axis=0)
        return values

    def add(self, log: Array, vectors: Array) -> int:
        """Keep a node, and return its number."""
        self.logs = np.concatenate([self.logs, log[None]])
        self.vectors.append(vectors)
        return len(self.vectors) - 1

    def nearest(self, beliefs: Array) -> tuple[Indices, Array]:
        """Return the nearest node of each of K beliefs, and the bound that it gives: (K,) each."""
        distance = row_negentropy(beliefs)[:, None] - product(beliefs, self.logs.T)
        nodes = distance.argmin(axis=1)
        bounds = distance[np.arange(len(beliefs)), nodes]
        for node in np.unique(nodes).tolist():
            mine = nodes == node
            bounds[mine] += highest(beliefs[mine], self.vectors[node])
        return nodes, bounds

    def pulled_back(self, step: int, vectors: Array, at: Indices) -> tuple[Array, Indices]:
        """Pull vectors back through one step of the block.

        Parameters
        ----------
        step : int
            Number of the step, from 0.
        vectors : ndarray, shape (N, C)
            Vectors g; they become P g, of shape (N, B), with the matrix of an action.
        at : ndarray of int, shape (N,)
            Belief after the step to which each belongs, as numbered by `beliefs_along`.

        Returns
        -------
        vectors : ndarray, shape (N, B)
            The vectors, in another order.
        at : ndarray of int, shape (N,)
            Belief before the step to which each belongs.
        """
        at, action = np.divmod(at, self.actions)
        order = np.argsort(action, kind="stable")
        first = np.searchsorted(action[order], np.arange(self.actions + 1))
        vectors, at = vectors[order], at[order]
        pulled = np.empty((len(vectors), self.back[step].shape[2]))
        for matrix, begin, end in zip(self.back[step], first, first[1:], strict=False):
            product(vectors[begin:end], matrix, pulled[begin:end])
        return pulled, at


def highest(beliefs: Array, vectors: Array) -> Array:
    """Return the largest <b, g> of each of K beliefs, over all vectors: shape (K,)."""
    height = max(1, MAX_PRODUCTS // len(vectors))
    values = np.empty(len(beliefs))
    for start in range(0, len(beliefs), height):
        part = slice(start, start + height)
        values[part] = product(beliefs[part], vectors.T).max(axis=1)
    return values
