"""A lower bound on a capacity with too many action sequences, from the best that a beam finds.

Any source distribution on some of the sequences attains its mutual information, so that whatever is
found is certified. Column generation: solve the channel of the sequences at hand, look for others
whose divergence D(p || q) from its output distribution q is higher, repeat until none is found.

The beam keeps, step by step, the prefixes that score best among those that favour the same state,
the one they make likelier than the average prefix does by most. A distribution v with m steps to go
scores sum_s v(s) ln v(s) + v W_m, where W_m is what the reward -ln q at the end is worth to an
agent that sees its state: W_0 = -ln q, W_m = max_a T_a W_{m-1}. The score only guides the search.
"""

import numpy as np

from gridemp.engine.channel import Window, transition_matrices
from gridemp.engine.sequences import distinct
from gridemp.information.active_set import Matrix, solve
from gridemp.information.capacity import row_negentropy
from gridemp.information.linalg import product
from gridemp.typing import Array

BEAM = 8  # prefixes kept for each state they favour
MAX_ROUNDS = 20
MIN_WEIGHT = 1e-9
TINY = float(np.finfo(float).tiny)


def beam_bound(window: Window, tol: float = 1e-4) -> float:
    """A capacity, in bits, that some source distribution on the window's sequences attains.

    Parameters
    ----------
    window : Window
        Of n steps.
    tol : float
        Bits by which new sequences must promise to raise it for the search to go on.

    Returns
    -------
    float
        A lower bound on the n-step capacity.
    """
    step = transition_matrices(window)
    actions, left, states = step.shape
    square = np.zeros((actions, states, states))
    square[:, :left] = step
    sense = np.eye(len(window.labels))[window.reading]
    rows = _beam(square, sense, np.full(len(window.labels), 1 / len(window.labels)), window.horizon)
    best = 0.0
    for _ in range(MAX_ROUNDS):
        capacity = solve(Matrix(rows), tol / 2)
        best = max(best, capacity.lower)
        q = np.maximum(capacity.source @ rows, TINY)
        found = _beam(square, sense, q, window.horizon)
        divergence = row_negentropy(found) - found @ np.log(q)
        higher = divergence > (capacity.upper + tol / 2) * np.log(2)
        if not higher.any():
            break
        rows = distinct(np.concatenate([rows[capacity.source > MIN_WEIGHT], found[higher]]))
    return best


def _beam(step: Array, sense: Array, q: Array, horizon: int) -> Array:
    """The rows p(y | sequence) of sequences of high D(p || q), shape (rows, Y)."""
    actions, states, _ = step.shape
    onward = step.transpose(1, 0, 2).reshape(states, actions * states)
    worth = [sense @ -np.log(q)]
    for _ in range(horizon - 1):
        worth.append((step @ worth[-1]).max(axis=0))
    rows = np.eye(1, states)
    for value in reversed(worth):
        rows = distinct(product(rows, onward).reshape(-1, states))
        score = row_negentropy(rows) + rows @ value
        favoured = (rows - rows.mean(axis=0)).argmax(axis=1)
        order = np.lexsort((-score, favoured))
        rank = np.arange(len(order)) - np.searchsorted(favoured[order], favoured[order])
        rows = rows[order[rank < BEAM]]
    return distinct(rows @ sense)
