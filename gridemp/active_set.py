"""Channel capacity from the few rows that carry weight, certified against all of them.

At the optimum only some inputs have weight: at most as many as there are outputs are needed. So
solve the channel of an active set of rows by an interior-point method, price every row of the whole
channel with one matrix-vector product, add the rows that beat the active ones, repeat. The
certificate is the one of `capacity`, over all rows, so nothing is lost.

Interior point, in nats: maximise I(r) over sum r = 1, r >= 0. With dI/dr(x) = D(x) - 1 where
D(x) = D(p(.|x) || q), slacks s >= 0 and a multiplier t, the optimum has

    D(x) + s(x) = t,   sum_x r(x) = 1,   r(x) s(x) = 0.

Each round takes a Newton step towards r(x) s(x) = mu for a falling mu; as dD/dr = -P diag(1/q) P^T,
a step solves one symmetric system of the size of the active set. This is the primal-dual method of
S. Boyd & L. Vandenberghe, *Convex Optimization* (2004), section 11.7.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gridemp.capacity import (
    LN2,
    Capacity,
    certified,
    check_tolerance,
    checked_channel,
    divergences,
    row_negentropy,
    warn_not_converged,
)

Array = NDArray[np.float64]
Indices = NDArray[np.intp]

MAX_ROUNDS = 100
MAX_NEWTON_STEPS = 60
CENTRING = 0.1
STEP_TO_BOUNDARY = 0.95


def active_set_capacity(channel: ArrayLike, tol: float = 1e-9) -> Capacity:
    """Capacity of a channel of many inputs by an active-set method.

    The same certificate as `blahut_arimoto`, in far fewer rounds where the channel has many more
    inputs than outputs.

    Parameters
    ----------
    channel : array_like, shape (M, Y)
        p(y|x): one row per input, each summing to 1.
    tol : float
        Largest certified gap to accept, in bits.

    Returns
    -------
    Capacity
        In bits, with the source distribution of shape (M,); `iterations` counts Newton steps.

    Raises
    ------
    GridempError
        If a row is not a probability distribution, or if `tol` is not positive.

    Warns
    -----
    ConvergenceWarning
        If `tol` is not reached, which takes a `tol` near the rounding error of the arithmetic; the
        interval returned is certified all the same.
    """
    channel = checked_channel(channel)
    check_tolerance(tol)
    negentropy = row_negentropy(channel)
    # The most peaked row of each output: every output that can occur does.
    active = np.unique(channel.argmax(axis=0))
    weights = np.full(len(active), 1 / len(active))
    lower, upper, steps = -np.inf, np.inf, 0
    source = np.zeros(len(channel))
    for _ in range(MAX_ROUNDS):
        weights, taken = _interior_point(
            channel[active], negentropy[active], weights, tol * LN2 / 4
        )
        steps += taken
        trial = np.zeros(len(channel))
        trial[active] = weights
        divergence = divergences(channel, negentropy, trial)
        upper = min(upper, float(divergence.max()))
        if (attained := float(trial @ divergence)) > lower:
            lower, source = attained, trial
        if upper - lower <= tol * LN2:
            break
        joining = np.setdiff1d(_offenders(channel, divergence, active), active)
        if not len(joining):
            break
        active = np.concatenate([active, joining])
        weights = np.concatenate([0.9 * weights, np.full(len(joining), 0.1 / len(joining))])
    result = certified(lower, upper, source, steps, tol)
    if not result.converged:
        warn_not_converged(result, tol, "raise tol")
    return result


def _offenders(channel: Array, divergence: Array, active: Indices) -> Indices:
    """Of the rows that beat all active ones, the best for each most likely output."""
    beating = np.flatnonzero(divergence > divergence[active].max())
    beating = beating[np.argsort(-divergence[beating], kind="stable")]
    _, best = np.unique(channel[beating].argmax(axis=1), return_index=True)
    return beating[best]


def _interior_point(
    channel: Array, negentropy: Array, source: Array, tol: float
) -> tuple[Array, int]:
    """A source of the small channel with a gap of at most `tol` nats, and the steps it took.

    At the limit of rounding a step may fail or make things worse; the best source met is returned.
    """
    count = len(channel)
    ones = np.ones(count)
    slack, multiplier = ones, 0.0
    best, smallest = source, np.inf
    for step in range(MAX_NEWTON_STEPS):
        q = np.maximum(source @ channel, np.finfo(float).tiny)
        divergence = negentropy - channel @ np.log(q)
        gap = float(divergence.max() - source @ divergence)
        if gap < smallest:
            best, smallest = source, gap
        if gap <= tol or source.min() <= 0:
            break
        if step == 0:
            multiplier = float(divergence.max()) + 0.1
            slack = multiplier - divergence
        mu = CENTRING * float(source @ slack) / count
        curvature = (channel / q) @ channel.T
        curvature[np.diag_indices(count)] += slack / source
        pull = divergence - multiplier + mu / source
        try:
            toward, level = np.linalg.solve(curvature, np.stack([pull, ones], axis=1)).T
        except np.linalg.LinAlgError:
            break
        if not level.sum() > 0:  # positive for any positive definite curvature
            break
        d_multiplier = float(toward.sum() / level.sum())
        d_source = toward - d_multiplier * level
        d_slack = (mu - slack * d_source) / source - slack
        length = min(_to_boundary(source, d_source), _to_boundary(slack, d_slack))
        source = source + length * d_source
        source /= source.sum()
        slack = slack + length * d_slack
        multiplier += length * d_multiplier
    return best, step


def _to_boundary(x: Array, dx: Array) -> float:
    """How much of the step dx keeps x positive."""
    shrinking = dx < 0
    if not shrinking.any():
        return 1.0
    return min(1.0, STEP_TO_BOUNDARY * float((x[shrinking] / -dx[shrinking]).min()))
