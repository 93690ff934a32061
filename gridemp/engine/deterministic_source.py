"""Optimal source of maximum entropy in a deterministic world.

It makes all outcomes equally likely and, for each outcome, all action sequences that lead to it.
The sequences are counted, not listed.
"""

from collections.abc import Callable

import numpy as np

from gridemp.engine.channel import Window, expand
from gridemp.engine.optimal_source import MAX_LISTED_SEQUENCES, OptimalSource, filled
from gridemp.errors import HorizonTooLarge
from gridemp.information.capacity import TINY
from gridemp.progress import Progress, ignore
from gridemp.typing import Array, Indices

MAX_EDGE_STEPS = 10**9  # these take a few minutes
MIN_EDGES = 2000  # fewer edges take no less time


def deterministic_source(window: Window, progress: Progress | None = None) -> OptimalSource:
    """Compute the exact optimal source of maximum entropy of a deterministic window.

    The sequences from the start to each state are counted step by step, as logarithms, together
    with the share of sequences that begin with each action.

    Parameters
    ----------
    window : Window
        Window of n steps, with one successor for each action.
    progress : callable, optional
        Called with the fraction done, from 0 to 1.

    Raises
    ------
    HorizonTooLarge
        If counting would take hours.
    """
    progress = progress or ignore
    left, actions, _ = window.successors.shape
    order, starts, entered = _grouped(window.successors[0, :, 0])
    logs, shares = _added(np.zeros(actions), np.eye(actions)[order], starts)
    counts = filled(logs, entered, (len(window.reading),), -np.inf)
    began = filled(shares, entered, (len(window.reading), actions), 0.0)
    order, starts, entered = _grouped(window.successors[:, :, 0].ravel())
    before = order // actions

    def step(counts: Array, began: Array) -> tuple[Array, Array]:
        logs, shares = _added(counts[before], began[before], starts)
        return (
            filled(logs - logs.max(), entered, counts.shape, -np.inf),
            filled(shares, entered, began.shape, 0.0),
        )

    counts, began = _repeated(step, counts, began, window.horizon - 1, left * actions, progress)
    ends = np.flatnonzero(np.isfinite(counts))
    order, starts, readings = _grouped(window.reading[ends])
    _, shares = _added(counts[ends][order], began[ends][order], starts)
    bits, probabilities = float(np.log2(len(readings))), np.full(len(readings), 1 / len(readings))
    rows = weights = None
    if 1 < actions ** min(window.horizon, MAX_LISTED_SEQUENCES) <= MAX_LISTED_SEQUENCES:
        rows = expand(window).probabilities[:, readings]
        outcome = rows.argmax(axis=1)
        weights = (probabilities / np.bincount(outcome))[outcome]
    return OptimalSource(
        lower=bits,
        upper=bits,
        readings=readings,
        probabilities=probabilities,
        first_actions=shares.mean(axis=0),
        ends=ends,
        rows=rows,
        weights=weights,
        most_entropy=True,
    )


def _grouped(labels: Indices) -> tuple[Indices, Indices, Indices]:
    """Return the order that sorts labels, and the start and the label of each group in it."""
    order = np.argsort(labels, kind="stable")
    starts = np.flatnonzero(np.diff(labels[order], prepend=-1))
    return order, starts, labels[order[starts]]


def _added(logs: Array, shares: Array, starts: Indices) -> tuple[Array, Array]:
    """Return the logarithm of the sum of counts and the mean share, for each group of counts."""
    top = np.maximum.reduceat(logs, starts)
    top[np.isneginf(top)] = 0.0
    sizes = np.diff(starts, append=len(logs))
    relative = np.exp(logs - np.repeat(top, sizes))
    total = np.add.reduceat(relative, starts)
    mixed = np.add.reduceat(relative[:, None] * shares, starts)
    with np.errstate(divide="ignore"):
        return top + np.log(total), mixed / np.maximum(total, TINY)[:, None]


def _repeated(
    step: Callable[[Array, Array], tuple[Array, Array]],
    counts: Array,
    began: Array,
    steps: int,
    edges: int,
    progress: Progress,
) -> tuple[Array, Array]:
    """Apply `step` to both arrays `steps` times; once they repeat, whole periods are skipped."""
    edges = max(edges, MIN_EDGES)
    refused = steps * edges > MAX_EDGE_STEPS
    done, checkpoint, checkpoint_step = 0, (counts, began), 0
    while done < steps:
        if refused and done * edges > MAX_EDGE_STEPS // 16:
            raise HorizonTooLarge(
                f"the action sequences of {steps + 1} steps from one state would take hours to "
                f"count; lower the horizon to {MAX_EDGE_STEPS // edges}"
            )
        counts, began = step(counts, began)
        done += 1
        progress(done / steps)
        if np.array_equal(counts, checkpoint[0]) and np.array_equal(began, checkpoint[1]):
            steps, refused = done + (steps - done) % (done - checkpoint_step), False
        elif done & (done - 1) == 0:
            checkpoint, checkpoint_step = (counts, began), done
    return counts, began
