"""Lower bound on a capacity with too many action sequences to list, by a beam search.

Any source distribution on some of the sequences attains its mutual information, so every result is
certified. The method is column generation: solve the channel of the sequences at hand, search for
others with a higher divergence D(p || q) from its output distribution q, and repeat until none is
found.

At every step, the beam keeps the prefixes that score best among those that favour the same state: a
prefix favours the state at which its probability exceeds that of the average prefix by most. A
distribution v with m steps to go scores sum_s v(s) ln v(s) + v W_m. Here W_m is the value of the
reward -ln q at the end for an agent that sees its state: W_0 = -ln q, W_m = max_a T_a W_{m-1}. The
score only guides the search.
"""

import numpy as np

from gridemp.engine.channel import Window, transition_matrices
from gridemp.engine.sequences import distinct
from gridemp.information.active_set import Matrix, solve
from gridemp.information.capacity import TINY, row_negentropy
from gridemp.information.linalg import product
from gridemp.typing import Array

BEAM_WIDTH = 8  # prefixes kept for each state that they favour
MAX_ROUNDS = 20
MIN_WEIGHT = 1e-9  # a sequence with less weight in the source is dropped


def beam_bound(window: Window, tol: float = 1e-4) -> float:
    """Compute a lower bound on the n-step capacity of a window.

    Parameters
    ----------
    window : Window
        Window of n steps.
    tol : float
        Smallest promised gain, in bits, for which the search continues.

    Returns
    -------
    float
        Mutual information, in bits, of a source distribution on some action sequences.
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
        candidates = _beam(square, sense, q, window.horizon)
        divergence = row_negentropy(candidates) - candidates @ np.log(q)
        higher = divergence > (capacity.upper + tol / 2) * np.log(2)
        if not higher.any():
            break
        kept = rows[capacity.source > MIN_WEIGHT]
        rows = distinct(np.concatenate([kept, candidates[higher]]))
    return best


def _beam(step: Array, sense: Array, q: Array, horizon: int) -> Array:
    """Search for action sequences with a high D(p || q).

    Parameters
    ----------
    step : ndarray, shape (A, W, W)
        Transition matrix of each action.
    sense : ndarray, shape (W, Y)
        1 where a state gives a reading, else 0.
    q : ndarray, shape (Y,)
        Output distribution, positive everywhere.
    horizon : int
        Number of steps n.

    Returns
    -------
    ndarray, shape (rows, Y)
        Distinct rows p(y | sequence) of the sequences found.
    """
    actions, states, _ = step.shape
    onward = step.transpose(1, 0, 2).reshape(states, actions * states)
    values = [sense @ -np.log(q)]
    for _ in range(horizon - 1):
        values.append((step @ values[-1]).max(axis=0))
    rows = np.eye(1, states)
    for value in reversed(values):
        rows = distinct(product(rows, onward).reshape(-1, states))
        score = row_negentropy(rows) + rows @ value
        favoured = (rows - rows.mean(axis=0)).argmax(axis=1)
        order = np.lexsort((-score, favoured))
        rank = np.arange(len(order)) - np.searchsorted(favoured[order], favoured[order])
        rows = rows[order[rank < BEAM_WIDTH]]
    return distinct(rows @ sense)
