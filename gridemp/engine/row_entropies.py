"""The negative entropies of the rows of all action sequences, found depth first.

A block of prefix rows, one per column, walks through the tree of suffixes; a row is dropped as soon
as its entropy is known, so that memory is one block per step and thread. A transition matrix is
split into the part that all actions share (noise that ignores what was meant), applied once for all
of them, and what an action adds to it, which in a gridworld has few entries.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar

import numpy as np

from gridemp.information.linalg import product
from gridemp.progress import Progress, ignore
from gridemp.typing import Array, Indices

Result = TypeVar("Result")
Product = Callable[[Array, Array], object]

BLOCK = 1400  # prefixes, few enough for the cache
MANY_SUFFIXES = 100  # for a block to be worth a thread
THREADS = os.cpu_count() or 1
MAX_SLOTS = 8  # entries a column; with more, a dense product is faster
TINY = float(np.finfo(float).tiny)


def sparse_product(matrix: Array) -> Product:
    """matrix^T block, entry by entry: slot j holds the j-th entry of each column that has one.

    Slot 0 covers every column, if need be by an entry of 0.
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
    """matrix^T block, all entries at once."""
    return partial(product, np.ascontiguousarray(matrix.T))


class Step:
    """The transition matrices of one step, split into what they share and what each adds."""

    def __init__(self, matrices: Array) -> None:
        shared = matrices.min(axis=0)
        own = matrices - shared
        most = int(np.count_nonzero(own, axis=1).max())
        apply = sparse_product if most <= MAX_SLOTS else dense_product
        self.outputs = matrices.shape[2]
        self.shared = dense_product(shared)
        self.own = [apply(matrix) for matrix in own]


def row_negentropies(
    prefixes: Array,
    steps: Sequence[Array],
    progress: Progress | None = None,
) -> tuple[Array, Indices]:
    """Of each row p = v T_1 ... T_m, sum_y p(y) ln p(y), and the likeliest row of each output.

    Parameters
    ----------
    prefixes : ndarray, shape (P, B)
        The distributions v.
    steps : sequence of ndarray, shape (A, B, C)
        The matrices T_j of each action.
    progress : callable, optional
        Called with the fraction done, from 0 to 1.

    Returns
    -------
    negentropies : ndarray, shape (A**m * P,)
        In nats. Row i has the prefix i % P and the suffix i // P, whose lowest digit is its first
        action.
    peaks : ndarray of int, shape (Y,)
        For each output, a row that makes it as likely as any row does.
    """
    progress = progress or ignore
    actions, count = len(steps[0]), len(prefixes)
    negentropies = np.empty((actions ** len(steps), count))
    split = [Step(step) for step in steps]
    starts = range(0, count, BLOCK)

    def walk(start: int) -> tuple[Array, Indices]:
        """Fill in a block of rows; for each output the highest probability in it, and where."""
        block = np.ascontiguousarray(prefixes[start : start + BLOCK].T)
        within = slice(start, start + block.shape[1])
        highest = np.full(split[-1].outputs, -1.0)
        peaks = np.zeros(len(highest), dtype=np.intp)
        logs = np.empty((len(highest), block.shape[1]))
        for suffix, rows in _leaves(block, split):
            np.log(np.maximum(rows, TINY, out=logs), out=logs)
            np.einsum("yi,yi->i", rows, logs, out=negentropies[suffix, within])
            likeliest = rows.argmax(axis=1)
            likely = rows[np.arange(len(rows)), likeliest]
            higher = likely > highest
            highest[higher] = likely[higher]
            peaks[higher] = suffix * count + start + likeliest[higher]
        return highest, peaks

    parts = []
    for part in _each(walk, starts, THREADS if len(negentropies) >= MANY_SUFFIXES else 1):
        parts.append(part)
        progress(len(parts) / len(starts))
    highest, peaks = (np.stack(several) for several in zip(*parts, strict=True))
    return negentropies.ravel(), peaks[highest.argmax(axis=0), np.arange(peaks.shape[1])]


def _each(work: Callable[[int], Result], items: Sequence[int], threads: int) -> Iterator[Result]:
    """The results of the work on each item, in order."""
    if threads == 1 or len(items) == 1:
        yield from map(work, items)
        return
    with ThreadPoolExecutor(threads) as pool:
        try:
            yield from pool.map(work, items)
        except BaseException:  # an interrupt too: what has not begun is dropped
            pool.shutdown(cancel_futures=True)
            raise


def _leaves(block: Array, steps: Sequence[Step]) -> Iterator[tuple[int, Array]]:
    """Each suffix and the rows it leads the block to, overwritten by the next."""
    step, *rest = steps
    shared, rows = np.empty((2, step.outputs, block.shape[1]))
    step.shared(block, shared)
    for action, own in enumerate(step.own):
        own(block, rows)
        rows += shared
        if not rest:
            yield action, rows
        else:
            for suffix, leaves in _leaves(rows, rest):
                yield action + len(step.own) * suffix, leaves
