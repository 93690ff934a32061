"""The negative entropies of the rows of all action sequences, found depth first.

A block of prefix rows, one per column, walks through the tree of suffixes; a row is dropped as soon
as its entropy is known, so that memory is one block per step. A transition matrix is split into the
part that all actions share (noise that ignores what was meant), applied once for all of them, and
what an action adds to it, which has few entries.
"""

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Indices = NDArray[np.intp]

BLOCK = 1024  # prefixes, few enough for the cache
SMALL_PRODUCT = 2**18  # OpenBLAS starts threads for more, which crawl when the cores are busy
TINY = float(np.finfo(float).tiny)


class SparseMatrix:
    """A matrix with few entries per column: slot j holds the j-th entry of each column.

    Slot 0 covers every column, if need be by an entry of 0; the others those that have so many.
    """

    def __init__(self, matrix: Array) -> None:
        columns, rows = np.nonzero(matrix.T)
        slot = np.arange(len(columns)) - np.searchsorted(columns, columns)
        self.first = np.zeros(matrix.shape[1], dtype=np.intp)
        self.first[columns[slot == 0]] = rows[slot == 0]
        self.weight = matrix[self.first, np.arange(matrix.shape[1])][:, None]
        self.others = [
            (columns[slot == j], rows[slot == j], matrix[rows, columns][slot == j][:, None])
            for j in range(1, int(slot.max(initial=0)) + 1)
        ]

    def applied(self, block: Array, out: Array) -> Array:
        """matrix^T block, where each column of `block` is one distribution."""
        np.take(block, self.first, axis=0, out=out, mode="clip")
        out *= self.weight
        for columns, rows, weights in self.others:
            out[columns] += weights * np.take(block, rows, axis=0)
        return out


class SparseStep:
    """The transition matrices of one step, split into what they share and what each adds."""

    def __init__(self, matrices: Array) -> None:
        shared = matrices.min(axis=0)
        self.outputs = matrices.shape[2]
        self.shared = np.ascontiguousarray(shared.T)
        self.own = [SparseMatrix(matrix - shared) for matrix in matrices]


def row_negentropies(
    prefixes: Array,
    steps: Sequence[Array],
    progress: Callable[[float], object] = lambda fraction: None,
) -> tuple[Array, Indices]:
    """Of each row p = v T_1 ... T_m, sum_y p(y) ln p(y), and the likeliest row of each output.

    Parameters
    ----------
    prefixes : ndarray, shape (P, B)
        The distributions v.
    steps : sequence of ndarray, shape (A, B, C)
        The matrices T_j of each action.
    progress : callable, optional
        Told the fraction done.

    Returns
    -------
    negentropies : ndarray, shape (A**m * P,)
        In nats. Row i has the prefix i % P and the suffix i // P, whose lowest digit is its first
        action.
    peaks : ndarray of int, shape (Y,)
        For each output, a row that makes it as likely as any row does.
    """
    actions, count = len(steps[0]), len(prefixes)
    negentropies = np.empty((actions ** len(steps), count))
    sparse = [SparseStep(step) for step in steps]
    highest = np.full(sparse[-1].outputs, -1.0)
    peaks = np.zeros(len(highest), dtype=np.intp)
    for start in range(0, count, BLOCK):
        block = np.ascontiguousarray(prefixes[start : start + BLOCK].T)
        within = slice(start, start + block.shape[1])
        logs = np.empty((len(highest), block.shape[1]))
        for i, (suffix, rows) in enumerate(_leaves(block, sparse)):
            np.log(np.maximum(rows, TINY, out=logs), out=logs)
            np.einsum("yi,yi->i", rows, logs, out=negentropies[suffix, within])
            likeliest = rows.argmax(axis=1)
            likely = rows[np.arange(len(rows)), likeliest]
            higher = likely > highest
            highest[higher] = likely[higher]
            peaks[higher] = suffix * count + start + likeliest[higher]
            progress((start + block.shape[1] * (i + 1) / len(negentropies)) / count)
    return negentropies.ravel(), peaks


def _leaves(block: Array, steps: Sequence[SparseStep]) -> Iterator[tuple[int, Array]]:
    """Each suffix and the rows it leads the block to, overwritten by the next."""
    step, *rest = steps
    shared, rows = np.empty((2, step.outputs, block.shape[1]))
    few = max(1, SMALL_PRODUCT // step.shared.size)
    for start in range(0, block.shape[1], few):
        part = slice(start, start + few)
        np.matmul(step.shared, block[:, part], out=shared[:, part])
    for action, own in enumerate(step.own):
        own.applied(block, rows)
        rows += shared
        if not rest:
            yield action, rows
        else:
            for suffix, leaves in _leaves(rows, rest):
                yield action + len(step.own) * suffix, leaves
