"""Optimal source of maximum entropy for the channel of one state.

At the capacity the outcome distribution q is unique, but the source is not: any r with r P = q on
the rows that attain the capacity is optimal. One of these has the largest entropy; it is found
unless some row lies so close below the capacity that rounding could hide the difference. It is
r(x) ~ exp(sum_y p(y|x) lambda(y)) on those rows, the I-projection of I. Csiszar, "I-divergence
geometry of probability distributions and minimization problems", Annals of Probability 3, 146-158
(1975). It has every symmetry that the channel has. For deterministic worlds see
`deterministic_source`.
"""

import warnings
from typing import NamedTuple

import numpy as np

from gridemp.engine.channel import Window, expand, transition_matrices
from gridemp.engine.sequences import Sequences, first_of_sequences, prefix_weights
from gridemp.errors import ConvergenceWarning
from gridemp.information.active_set import Matrix, Rows, solve
from gridemp.information.capacity import TINY
from gridemp.information.linalg import product, solution
from gridemp.information.measures import LN2
from gridemp.progress import Progress
from gridemp.typing import Array, Indices

MAX_LISTED_SEQUENCES = 125  # up to this number, the whole channel is listed
MAX_ENTRIES = 2**24  # in the rows that attain the capacity
MAX_NEWTON_STEPS = 200
ROW_TOLERANCE = 1e-11  # bits; the channel is solved at least to this gap, to tell its rows apart
TIED = 1e-9  # bits; a row at most this far below the capacity counts as attaining it
SAME = 1e-6  # relative difference up to which two sequences count as equally likely
APART = 1e-7  # bits; a row at least this far below the capacity certainly does not attain it


class OptimalSource(NamedTuple):
    """Optimal source and its outcomes, in the local numbers of a `Window`.

    Attributes
    ----------
    lower, upper : float
        Certified interval of the capacity, in bits; the source attains `lower`.
    readings : ndarray of int, shape (Y,)
        Sensor readings that can occur.
    probabilities : ndarray, shape (Y,)
        Probability of each reading under the source.
    first_actions : ndarray, shape (A,)
        Probability under the source that the first action is each of the A actions.
    ends : ndarray of int, shape (E,)
        States that the last step can lead to.
    rows : ndarray, shape (A**n, Y), or None
        The channel, if there are at most `MAX_LISTED_SEQUENCES` action sequences.
    weights : ndarray, shape (A**n,), or None
        Probability of each action sequence under the source, if `rows` is given.
    most_entropy : bool
        True if it is known that no optimal source has more entropy. Rows within `TIED` bits of the
        capacity count as attaining it.
    likeliest : (ndarray of int of shape (n,), float) or None
        Actions and probability of the sequence that the source takes most often, the first one of
        several in the order of the actions; None in a deterministic world.
    """

    lower: float
    upper: float
    readings: Indices
    probabilities: Array
    first_actions: Array
    ends: Indices
    rows: Array | None
    weights: Array | None
    most_entropy: bool
    likeliest: tuple[Indices, float] | None = None


def filled(values: Array, places: Indices, shape: tuple[int, ...], other: float) -> Array:
    """Return an array full of `other` but for the given values at some places of its first axis."""
    array = np.full(shape, other)
    array[places] = values
    return array


def noisy_source(window: Window, tol: float, progress: Progress | None = None) -> OptimalSource:
    """Compute an optimal source of a noisy window, if possible the one of maximum entropy.

    Parameters
    ----------
    window : Window
        Window of n steps.
    tol : float
        Largest certified gap to accept, in bits.
    progress : callable, optional
        Called with the fraction done, from 0 to 1.

    Warns
    -----
    ConvergenceWarning
        If the gap exceeds `tol`.
    """
    actions, horizon = window.successors.shape[1], window.horizon
    if actions == 1:
        return _only_source(window)
    ends = np.zeros(1, dtype=np.intp)
    for _ in range(horizon):
        ends = np.unique(window.successors[ends][window.probabilities[ends] > 0])
    rows: Matrix | Sequences
    if actions**horizon <= MAX_LISTED_SEQUENCES:
        listed = expand(window).probabilities
        readings = np.flatnonzero(listed.any(axis=0))
        rows = Matrix(np.ascontiguousarray(listed[:, readings]))
        ways = np.repeat(np.eye(actions), actions ** (horizon - 1), axis=0)
    else:
        rows = Sequences(window, progress)
        readings = rows.readings
        ways = prefix_weights(window, rows, np.ones(actions))
    lower, upper, q, chosen, weights, most_entropy = _optimum(rows, ways.sum(axis=1), tol)
    if upper - lower > tol:
        warnings.warn(
            f"this cell is certified only to within {upper - lower:.3g} bits, not {tol:g}; raise "
            "`tol`",
            ConvergenceWarning,
            stacklevel=3,
        )
    ways_of_chosen = ways[chosen % len(ways)]
    per_way = weights / ways_of_chosen.sum(axis=1)
    most = float(per_way.max())
    tied = chosen[per_way >= most * (1 - SAME)]
    if isinstance(rows, Matrix):
        sequence = np.array(np.unravel_index(tied[0], (actions,) * horizon))
    else:
        sequence = first_of_sequences(window, rows, tied)
    channel = rows.channel if isinstance(rows, Matrix) else None
    return OptimalSource(
        lower=lower,
        upper=upper,
        readings=readings,
        probabilities=q,
        first_actions=np.einsum("x,xa->a", per_way, ways_of_chosen),
        ends=ends,
        rows=channel,
        weights=None if channel is None else filled(weights, chosen, (len(channel),), 0.0),
        most_entropy=most_entropy,
        likeliest=(sequence, most),
    )


def _only_source(window: Window) -> OptimalSource:
    """Return the only source of a noisy window with a single action."""
    left, states = len(window.successors), len(window.reading)
    step = np.zeros((states, states))
    step[:left] = transition_matrices(window)[0]
    row = np.linalg.matrix_power(step, window.horizon)[0]
    ends = np.flatnonzero(row)
    readings, column = np.unique(window.reading[ends], return_inverse=True)
    return OptimalSource(
        lower=0.0,
        upper=0.0,
        readings=readings,
        probabilities=np.asarray(np.bincount(column, row[ends]), dtype=np.float64),
        first_actions=np.ones(1),
        ends=ends,
        rows=None,
        weights=None,
        most_entropy=True,
        likeliest=(np.zeros(window.horizon, dtype=np.intp), 1.0),
    )


def _optimum(
    rows: Rows, multiplicity: Array, tol: float
) -> tuple[float, float, Array, Indices, Array, bool]:
    """Solve a channel and choose its optimal source of maximum entropy.

    If D is the divergence of a row, the sum of r(x) (max D - D(x)) is at most the gap for any
    optimal r, so all rows that are `APART` have together a weight of at most gap / APART.

    Parameters
    ----------
    rows : Rows
        Channel in which row x stands for `multiplicity[x % len(multiplicity)]` sequences.
    multiplicity : ndarray, shape (P,)
        Numbers of sequences with equal rows.
    tol : float
        Largest certified gap to accept, in bits.

    Returns
    -------
    lower, upper : float
        Certified interval of the capacity, in bits.
    q : ndarray, shape (Y,)
        Outcome distribution.
    chosen : ndarray of int, shape (R,)
        Rows that the source uses.
    weights : ndarray, shape (R,)
        Probabilities of these rows.
    most_entropy : bool
        True if no optimal source has more entropy.
    """
    capacity = solve(rows, min(tol, ROW_TOLERANCE))
    chosen = np.flatnonzero(capacity.source)
    weights = capacity.source[chosen]
    q = np.einsum("x,xy->y", weights, rows.rows(chosen))
    plain = capacity.lower, capacity.upper, q, chosen, weights, False
    divergence = rows.divergences(np.maximum(q, TINY))
    missing = (divergence.max() - divergence) / LN2
    near = np.flatnonzero(missing <= TIED)
    is_clear = not ((missing > TIED) & (missing < APART)).any()
    if len(near) * len(q) > MAX_ENTRIES:
        return plain
    nearest = rows.rows(near)
    weights = _projection(nearest, multiplicity[near % len(multiplicity)], q)
    q = np.einsum("x,xy->y", weights, nearest)
    divergence = rows.divergences(np.maximum(q, TINY))
    upper = capacity.upper
    lower = min(float(weights @ divergence[near]) / LN2, upper)
    if upper - lower > tol:
        return plain
    return lower, upper, q, near, weights, is_clear and upper - lower <= ROW_TOLERANCE


def _projection(rows: Array, base: Array, target: Array) -> Array:
    """Return the weights r with r @ rows = target that are nearest to `base`: shape (R,).

    They are nearest in divergence, and are found by Newton's method on the dual, which has the
    gradient r @ rows - target for r = base exp(rows @ l).
    """
    scaled = rows / np.sqrt(np.maximum(target, TINY))
    weights, before = base / base.sum(), np.inf
    for _ in range(MAX_NEWTON_STEPS):
        missing = target - np.einsum("x,xy->y", weights, rows)
        error = float(abs(missing).sum())
        if error <= 1e-13 or before / 2 < error <= 1e-11:  # only rounding is left
            break
        before = error
        curvature = product(scaled.T * weights, scaled)
        curvature[np.diag_indices(len(target))] += 1e-12
        side = missing / np.sqrt(np.maximum(target, TINY))
        try:
            toward = product(scaled, solution(curvature, side[:, None]))[:, 0]
        except np.linalg.LinAlgError:
            break
        weights = weights * np.exp(toward / max(1.0, float(abs(toward).max())))
    return np.asarray(weights / weights.sum())
