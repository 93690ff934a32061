"""Negative entropies of the rows of all action sequences, computed depth first.

A block of prefix rows, one per column, is taken through the tree of suffixes. A row is dropped as
soon as its entropy is known, so that only one block per step and thread is in memory. Each
transition matrix is split into a part that all actions share (noise that does not depend on the
intended action), which is applied once for all of them, and the rest for each action, which in a
gridworld has few entries.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

import numpy as np

from gridemp.information.capacity import TINY
from gridemp.information.linalg import product
from gridemp.parallel import parallel_map
from gridemp.progress import Progress
from gridemp.typing import Array, Indices

Product = Callable[[Array, Array], object]  # called with a block and the array for the result

BLOCK = 1400  # prefixes, few enough to stay in the cache
MIN_SUFFIXES = 100  # from this number on, several threads pay off
MAX_SLOTS = 8  # entries per column; with more, a dense product is faster


def sparse_product(matrix: Array) -> Product:
    """Return the function block -> matrix^T block, computed entry by entry.

    Slot j holds the j-th entry of each column that has one; slot 0 covers every column, with an
    entry of 0 where a column is empty.
    """
    columns, rows = np.nonzero(matrix.T)
    rank = np.arange(len(columns)) - np.searchsorted(columns, columns)
    first = np.zeros(matrix.shape[1], dtype=np.intp)
    first[columns[rank == 0]] = rows[rank == 0]
    values = matrix[first, np.arange(matrix.shape[1])][:, None]
    others = [
        (columns[rank == j], rows[rank == j], matrix[rows[rank == j], columns[rank == j], None])
        for j in range(1, int(rank.max(initial=0)) + 1)
    ]

    def apply(block: Array, out: Array) -> None:
        np.take(block, first, axis=0, out=out, mode="clip")
        np.multiply(out, values, out=out)
        for columns, rows, values_there in others:
            out[columns] += values_there * np.take(block, rows, axis=0)

    return apply


def dense_product(matrix: Array) -> Product:
    """Return the function block -> matrix^T block, computed as one matrix product."""
    return partial(product, np.ascontiguousarray(matrix.T))


class Step:
    """Products with the transition matrices of one step, split into a shared part and the rest.

    Parameters
    ----------
    matrices : ndarray, shape (A, B, C)
        Transition matrix of each action, from B states to C states or readings.
    """

    def __init__(self, matrices: Array) -> None:
        shared = matrices.min(axis=0)
        rest = matrices - shared
        slots = int(np.count_nonzero(rest, axis=1).max())
        product_with = sparse_product if slots <= MAX_SLOTS else dense_product
        self.outputs = matrices.shape[2]
        self.shared = dense_product(shared)
        self.rest = [product_with(matrix) for matrix in rest]


def row_negentropies(
    prefixes: Array,
    steps: Sequence[Array],
    progress: Progress | None = None,
) -> tuple[Array, Indices]:
    """Compute sum_y p(y) ln p(y) of each row p = v T_1 ... T_m, and the peak row of each output.

    Parameters
    ----------
    prefixes : ndarray, shape (P, B)
        Distributions v.
    steps : sequence of m ndarrays, shape (A, B, C)
        Matrices T_j for each action.
    progress : callable, optional
        Called with the fraction done, from 0 to 1.

    Returns
    -------
    negentropies : ndarray, shape (A**m * P,)
        Negative entropies in nats. Row i has the prefix i % P and the suffix i // P; the lowest
        digit of the suffix in base A is its first action.
    peaks : ndarray of int, shape (Y,)
        For each output, a row that gives it the highest probability.
    """
    actions, count = len(steps[0]), len(prefixes)
    negentropies = np.empty((actions ** len(steps), count))
    split = [Step(step) for step in steps]
    starts = range(0, count, BLOCK)

    def walk(start: int) -> tuple[Array, Indices]:
        """Fill in a block; return the highest probability of each output in it, and its row."""
        block = np.ascontiguousarray(prefixes[start : start + BLOCK].T)
        columns = slice(start, start + block.shape[1])
        highest = np.full(split[-1].outputs, -1.0)
        peaks = np.zeros(len(highest), dtype=np.intp)
        logs = np.empty((len(highest), block.shape[1]))
        for suffix, rows in _leaves(block, split):
            np.log(np.maximum(rows, TINY, out=logs), out=logs)
            np.einsum("yi,yi->i", rows, logs, out=negentropies[suffix, columns])
            likeliest = rows.argmax(axis=1)
            likely = rows[np.arange(len(rows)), likeliest]
            higher = likely > highest
            highest[higher] = likely[higher]
            peaks[higher] = suffix * count + start + likeliest[higher]
        return highest, peaks

    threads = None if len(negentropies) >= MIN_SUFFIXES else 1
    parts = parallel_map(walk, starts, progress, threads)
    highest, peaks = (np.stack(several) for several in zip(*parts, strict=True))
    return negentropies.ravel(), peaks[highest.argmax(axis=0), np.arange(peaks.shape[1])]


def _leaves(block: Array, steps: Sequence[Step]) -> Iterator[tuple[int, Array]]:
    """Yield each suffix and the rows of the block after it; the next suffix overwrites them."""
    step, *later = steps
    shared, rows = np.empty((2, step.outputs, block.shape[1]))
    step.shared(block, shared)
    for action, add_rest in enumerate(step.rest):
        add_rest(block, rows)
        rows += shared
        if not later:
            yield action, rows
        else:
            for suffix, leaves in _leaves(rows, later):
                yield action + len(step.rest) * suffix, leaves
