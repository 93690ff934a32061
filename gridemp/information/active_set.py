"""Channel capacity from the few rows that carry weight, certified against all of them.

An optimal source needs no more inputs than there are outputs. The method therefore solves the
channel of an active set of rows by an interior-point method, computes the divergence of every row
of the whole channel with one matrix-vector product, adds the rows that exceed the active ones, and
repeats. The certificate is that of `capacity`, over all rows, so it holds for the whole channel.

Interior point, in nats: maximise I(r) over sum r = 1, r >= 0. With dI/dr(x) = D(x) - 1 where
D(x) = D(p(.|x) || q), slacks s >= 0 and a multiplier t, the optimum satisfies

    D(x) + s(x) = t,   sum_x r(x) = 1,   r(x) s(x) = 0.

Each step is a Newton step towards r(x) s(x) = mu for a decreasing mu. As
dD/dr = -P diag(1/q) P^T, it solves one symmetric system of the size of the active set. This is the
primal-dual method of S. Boyd & L. Vandenberghe, *Convex Optimization* (2004), section 11.7.
"""

from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike

from gridemp.arguments import check_kinds
from gridemp.information.capacity import (
    TINY,
    Capacity,
    certified,
    check_tolerance,
    checked_channel,
    row_negentropy,
    warn_not_converged,
)
from gridemp.information.linalg import product, solution
from gridemp.information.measures import LN2
from gridemp.typing import Array, Indices

MAX_ROUNDS = 100
MAX_NEWTON_STEPS = 60
MAX_CANDIDATES = 1000  # rows considered for the active set in one round
CENTRING = 0.02  # mu, as a fraction of the mean r(x) s(x)
STEP_TO_BOUNDARY = 0.99  # longest step, as a fraction of the step that makes an r(x) or s(x) 0


class Rows(Protocol):
    """Protocol of the M rows of a channel, which need not be stored.

    Attributes
    ----------
    negentropy : ndarray, shape (M,)
        sum_y p(y|x) ln p(y|x) of each row, in nats.
    peaks : ndarray of int, shape (Y,)
        For each output, a row in which its probability is largest.
    """

    negentropy: Array
    peaks: Indices

    def rows(self, inputs: Indices) -> Array:
        """Probabilities p(y|x) of some inputs, shape (len(inputs), Y)."""

    def divergences(self, q: Array) -> Array:
        """Divergence D(p(.|x) || q) of each row, shape (M,), in nats, for a positive q."""


class Matrix:
    """Rows of a channel that is stored as an array of shape (M, Y)."""

    def __init__(self, channel: Array) -> None:
        self.channel = channel
        self.negentropy = row_negentropy(channel)
        self.peaks = channel.argmax(axis=0)

    def rows(self, inputs: Indices) -> Array:
        """Probabilities p(y|x) of some inputs, shape (len(inputs), Y)."""
        return self.channel[inputs]

    def divergences(self, q: Array) -> Array:
        """Divergence D(p(.|x) || q) of each row, shape (M,), in nats."""
        return np.asarray(self.negentropy - np.einsum("xy,y->x", self.channel, np.log(q)))


def active_set_capacity(channel: ArrayLike, tol: float = 1e-9) -> Capacity:
    """Capacity of a channel by an active-set method, which suits channels with many inputs.

    The certificate is the same as that of `blahut_arimoto`, but a channel with many more inputs
    than outputs takes far fewer iterations.

    Parameters
    ----------
    channel : array_like, shape (M, Y)
        p(y|x): one row per input, each summing to 1.
    tol : float
        Largest certified gap to accept, in bits.

    Returns
    -------
    Capacity
        Certified capacity in bits and the source distribution that attains its lower end;
        `iterations` counts Newton steps.

    Raises
    ------
    GridempError
        If a row is not a probability distribution, or if `tol` is not positive.

    Warns
    -----
    ConvergenceWarning
        If `tol` is not reached, which happens only for a `tol` near the rounding error; the
        interval returned is certified all the same.

    Examples
    --------
    >>> import numpy as np
    >>> import gridemp
    >>> capacity = gridemp.active_set_capacity(np.eye(4)[[0, 0, 1, 2, 3]])
    >>> round(capacity.lower, 4), capacity.converged
    (2.0, True)
    """
    check_kinds(active_set_capacity, locals(), "channel")
    rows = checked_channel(channel)
    check_tolerance(tol)
    result = solve(Matrix(rows), tol)
    if not result.converged:
        warn_not_converged(result, tol, "raise `tol`")
    return result


def solve(channel: Rows, tol: float) -> Capacity:
    """Capacity of a channel given as `Rows`, like `active_set_capacity` but without checks."""
    # These rows give every possible output a positive probability.
    active = np.unique(channel.peaks)
    rows = channel.rows(active)
    weights = np.full(len(active), 1 / len(active))
    lower, upper, steps = -np.inf, np.inf, 0
    source = np.zeros(len(channel.negentropy))
    for _ in range(MAX_ROUNDS):
        weights, taken = interior_point(rows, channel.negentropy[active], weights, tol * LN2 / 4)
        steps += taken
        divergence = channel.divergences(np.maximum(np.einsum("x,xy->y", weights, rows), TINY))
        upper = min(upper, float(divergence.max()))
        if (attained := float(weights @ divergence[active])) > lower:
            lower = attained
            source[:] = 0
            source[active] = weights
        if upper - lower <= tol * LN2:
            break
        joining = np.setdiff1d(_candidates(channel, divergence, divergence[active].max()), active)
        if not len(joining):
            break
        active = np.concatenate([active, joining])
        rows = np.concatenate([rows, channel.rows(joining)])
        weights = np.concatenate([0.9 * weights, np.full(len(joining), 0.1 / len(joining))])
    return certified(lower, upper, source, steps, tol)


def _candidates(channel: Rows, divergence: Array, level: float) -> Indices:
    """Rows with a divergence above `level`; of those with the same likeliest output, the best."""
    if np.count_nonzero(divergence > level) > MAX_CANDIDATES:
        level = np.nextafter(np.partition(divergence, -MAX_CANDIDATES)[-MAX_CANDIDATES], -np.inf)
    above = np.flatnonzero(divergence > level)
    above = above[np.argsort(-divergence[above], kind="stable")[:MAX_CANDIDATES]]
    _, best = np.unique(channel.rows(above).argmax(axis=1), return_index=True)
    return above[best]


def interior_point(
    channel: Array, negentropy: Array, source: Array, tol: float
) -> tuple[Array, int]:
    """Source of a small channel with a gap of at most `tol` nats, and the number of steps taken.

    Near the rounding error a step may fail or widen the gap; the best source so far is returned.
    """
    count = len(channel)
    diagonal = np.diag_indices(count)
    sides = np.ones((count, 2))
    slack, multiplier = sides[:, 1], 0.0
    best, smallest = source, np.inf
    for step in range(MAX_NEWTON_STEPS):
        q = np.maximum(np.einsum("x,xy->y", source, channel), TINY)
        divergence = negentropy - np.einsum("xy,y->x", channel, np.log(q))
        gap = float(divergence.max() - source @ divergence)
        if gap < smallest:
            best, smallest = source, gap
        if gap <= tol or source.min() <= 0:
            break
        if step == 0:
            multiplier = float(divergence.max()) + 0.1
            slack = multiplier - divergence
        mu = CENTRING * float(source @ slack) / count
        curvature = product(channel / q, channel.T)
        curvature[diagonal] += slack / source
        sides[:, 0] = divergence - multiplier + mu / source
        try:
            toward, level = solution(curvature, sides).T
        except np.linalg.LinAlgError:
            break
        if not level.sum() > 0:  # positive for any positive definite curvature
            break
        d_multiplier = float(toward.sum() / level.sum())
        d_source = toward - d_multiplier * level
        d_slack = (mu - slack * d_source) / source - slack
        shrinking = -min(float((d_source / source).min()), float((d_slack / slack).min()))
        length = STEP_TO_BOUNDARY / max(shrinking, STEP_TO_BOUNDARY)
        source = source + length * d_source
        source /= source.sum()
        slack = slack + length * d_slack
        multiplier += length * d_multiplier
    return best, step
