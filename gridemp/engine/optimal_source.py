"""The optimal source of one state's channel: of the many there may be, the one of most entropy.

At the capacity the outcome distribution q is unique, the source is not: any r with r P = q on the
rows that attain the capacity is optimal. Among these, one has the largest entropy: it is found if
no row lies so little below the capacity that rounding could hide it. In a
deterministic world it makes all outcomes equally likely, and all sequences that lead to the same
outcome. Otherwise it is r(x) ~ exp(sum_y p(y|x) lambda(y)) on those rows, the I-projection of
I. Csiszar, "I-divergence geometry of probability distributions and minimization problems", Annals
of Probability 3, 146-158 (1975). It has every symmetry that the channel has.
"""

import warnings
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from gridemp.engine.channel import Window, expand, transition_matrices
from gridemp.engine.sequences import Sequences, prefix_weights
from gridemp.errors import ConvergenceWarning, HorizonTooLarge
from gridemp.information.active_set import TINY, Matrix, Rows, solve
from gridemp.information.linalg import product, solution
from gridemp.information.measures import LN2
from gridemp.progress import Progress, ignore
from gridemp.typing import Array, Indices

SMALL = 125  # action sequences up to which the channel is written down
MAX_EDGE_STEPS = 10**9  # a few minutes
FEWEST_EDGES = 2000  # fewer take no less time
MAX_ENTRIES = 2**24  # of the rows that attain the capacity
MAX_NEWTON_STEPS = 200
FINEST = 1e-11  # bits, to which the channel is solved at least, to tell its rows apart
TIED, APART = 1e-9, 1e-7  # bits below the capacity: what counts as attaining it, and what not


class Optimal(NamedTuple):
    """An optimal source and what it brings about, in the local numbers of a `Window`.

    `lower` and `upper` hold the capacity, in bits, and the source attains `lower`. `readings`, of
    shape (Y,), are those that can occur, `probabilities`, of shape (Y,), how likely the source
    makes them; `first_actions`, of shape (A,), how likely it begins with each; `ends`, of shape
    (E,), the states that the last step can lead to. If there are few sequences, `rows` is their
    channel, of shape (A**n, Y), and `weights`, of shape (A**n,), the source. `most_entropy` says
    whether it is known that no optimal source has more, where rows attain the capacity that come
    within `TIED` bits of it.
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


def counted_source(window: Window, progress: Progress | None = None) -> Optimal:
    """The optimal source of a deterministic window: exact.

    The number of sequences from the start to a state is counted step by step, as a logarithm, and
    with it which share of them began with each action.
    """
    progress = progress or ignore
    left, actions, _ = window.successors.shape
    order, starts, entered = _grouped(window.successors[0, :, 0])
    logs, shares = _added(np.zeros(actions), np.eye(actions)[order], starts)
    counts = _full(logs, entered, (len(window.reading),), -np.inf)
    began = _full(shares, entered, (len(window.reading), actions), 0.0)
    order, starts, entered = _grouped(window.successors[:, :, 0].ravel())
    before = order // actions

    def step(counts: Array, began: Array) -> tuple[Array, Array]:
        logs, shares = _added(counts[before], began[before], starts)
        return (
            _full(logs - logs.max(), entered, counts.shape, -np.inf),
            _full(shares, entered, began.shape, 0.0),
        )

    counts, began = _repeated(step, counts, began, window.horizon - 1, left * actions, progress)
    ends = np.flatnonzero(np.isfinite(counts))
    order, starts, readings = _grouped(window.reading[ends])
    _, shares = _added(counts[ends][order], began[ends][order], starts)
    bits, probabilities = float(np.log2(len(readings))), np.full(len(readings), 1 / len(readings))
    rows = weights = None
    if 1 < actions ** min(window.horizon, SMALL) <= SMALL:
        rows = expand(window).probabilities[:, readings]
        outcome = rows.argmax(axis=1)
        weights = (probabilities / np.bincount(outcome))[outcome]
    first = shares.mean(axis=0)
    return Optimal(bits, bits, readings, probabilities, first, ends, rows, weights, True)


def _grouped(labels: Indices) -> tuple[Indices, Indices, Indices]:
    """The order that sorts labels, where in it each begins, and which they are."""
    order = np.argsort(labels, kind="stable")
    starts = np.flatnonzero(np.diff(labels[order], prepend=-1))
    return order, starts, labels[order[starts]]


def _added(logs: Array, shares: Array, starts: Indices) -> tuple[Array, Array]:
    """The logarithm of the sum of each group of counts, and the mean of their shares."""
    top = np.maximum.reduceat(logs, starts)
    top[np.isneginf(top)] = 0.0
    sizes = np.diff(starts, append=len(logs))
    relative = np.exp(logs - np.repeat(top, sizes))
    total = np.add.reduceat(relative, starts)
    mixed = np.add.reduceat(relative[:, None] * shares, starts)
    with np.errstate(divide="ignore"):
        return top + np.log(total), mixed / np.maximum(total, TINY)[:, None]


def _full(values: Array, places: Indices, shape: tuple[int, ...], other: float) -> Array:
    array = np.full(shape, other)
    array[places] = values
    return array


def _repeated(
    step: Callable[[Array, Array], tuple[Array, Array]],
    counts: Array,
    began: Array,
    steps: int,
    edges: int,
    progress: Progress,
) -> tuple[Array, Array]:
    """What `step` makes of both in so many steps; once they repeat, whole periods are skipped."""
    edges = max(edges, FEWEST_EDGES)
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


def noisy_source(window: Window, tol: float, progress: Progress | None = None) -> Optimal:
    """An optimal source of a noisy window, certified to `tol` bits."""
    progress = progress or ignore
    actions, horizon = window.successors.shape[1], window.horizon
    if actions == 1:
        return _only_source(window)
    ends = np.zeros(1, dtype=np.intp)
    for _ in range(horizon):
        ends = np.unique(window.successors[ends][window.probabilities[ends] > 0])
    rows: Matrix | Sequences
    if actions**horizon <= SMALL:
        written = expand(window).probabilities
        readings = np.flatnonzero(written.any(axis=0))
        rows = Matrix(np.ascontiguousarray(written[:, readings]))
        ways = np.repeat(np.eye(actions), actions ** (horizon - 1), axis=0)
    else:
        rows = Sequences(window, progress)
        readings = rows.readings
        ways = prefix_weights(window, rows, np.ones(actions))
    lower, upper, q, chosen, weights, most = _optimum(rows, ways.sum(axis=1), tol)
    if upper - lower > tol:
        warnings.warn(
            f"this cell is certified only to {upper - lower:.3g} bits, not to {tol:g}; "
            "raise the tolerance",
            ConvergenceWarning,
            stacklevel=3,
        )
    own = ways[chosen % len(ways)]
    first = np.einsum("x,xa->a", weights / own.sum(axis=1), own)
    small = rows.channel if isinstance(rows, Matrix) else None
    source = None if small is None else _full(weights, chosen, (len(small),), 0.0)
    return Optimal(lower, upper, readings, q, first, ends, small, source, most)


def _only_source(window: Window) -> Optimal:
    """Where there is but one action, and so one sequence."""
    left, states = len(window.successors), len(window.reading)
    step = np.zeros((states, states))
    step[:left] = transition_matrices(window)[0]
    row = np.linalg.matrix_power(step, window.horizon)[0]
    ends = np.flatnonzero(row)
    readings, column = np.unique(window.reading[ends], return_inverse=True)
    one: Array = np.ones(1)
    q = np.asarray(np.bincount(column, row[ends]), dtype=np.float64)
    return Optimal(0.0, 0.0, readings, q, one, ends, None, None, True)


def _optimum(
    rows: Rows, multiplicity: Array, tol: float
) -> tuple[float, float, Array, Indices, Array, bool]:
    """Bounds in bits, the outcome distribution, and the source: which rows and how likely.

    Row x stands for `multiplicity[x % len(multiplicity)]` sequences. With D the divergence
    of a row, the sum of r(x) (max D - D(x)) is at most the gap for any optimal r: rows that are
    `APART` weigh at most gap / APART in all of them.
    """
    capacity = solve(rows, min(tol, FINEST))
    chosen = np.flatnonzero(capacity.source)
    weights = capacity.source[chosen]
    q = np.einsum("x,xy->y", weights, rows.rows(chosen))
    plain = capacity.lower, capacity.upper, q, chosen, weights, False
    divergence = rows.divergences(np.maximum(q, TINY))
    missing = (divergence.max() - divergence) / LN2
    near = np.flatnonzero(missing <= TIED)
    most = not ((missing > TIED) & (missing < APART)).any()
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
    return lower, upper, q, near, weights, most and upper - lower <= FINEST


def _projection(rows: Array, base: Array, target: Array) -> Array:
    """Of all weights r with r @ rows = target, those nearest to `base`: shape (R,).

    Newton's method on the dual, whose gradient is r @ rows - target for r = base exp(rows @ l).
    """
    scaled = rows / np.sqrt(np.maximum(target, TINY))
    weights = base / base.sum()
    for _ in range(MAX_NEWTON_STEPS):
        missing = target - np.einsum("x,xy->y", weights, rows)
        if abs(missing).sum() <= 1e-13:
            break
        curvature = product(scaled.T * weights, scaled)
        curvature[np.diag_indices(len(target))] += 1e-12
        side = missing / np.sqrt(np.maximum(target, TINY))
        try:
            toward = product(scaled, solution(curvature, side[:, None]))[:, 0]
        except np.linalg.LinAlgError:
            break
        weights = weights * np.exp(toward / max(1.0, float(abs(toward).max())))
    return np.asarray(weights / weights.sum())
