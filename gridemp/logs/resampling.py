"""Null distribution and standard error of an estimate, by moving actions and by random halves."""

from collections.abc import Callable

import numpy as np

from gridemp.logs.plug_in import symbols
from gridemp.logs.scipy_extra import require_scipy
from gridemp.progress import Progress, ignore
from gridemp.typing import Array, Indices

Estimate = Callable[..., float]  # of x and y, or of x, y and z

NEAREST = 5  # windows of similar context, among which actions are shuffled
HALVES = 100
MIN_SHUFFLES = 19  # fewest with which p can be 0.05
NULLS = ("shift", "shuffle")
SIGNIFICANT = 0.05  # largest p at which an estimate is told apart from chance


def null_estimates(
    estimate: Estimate,
    x: Array,
    y: Array,
    z: Array | None,
    shuffles: int,
    rng: np.random.Generator,
    *,
    null: str = "shift",
    discrete: bool = False,
    progress: Progress | None = None,
) -> Array:
    """Return estimates of data with actions moved to other windows, where they tell nothing.

    "shift" moves all actions by the same number of windows, the last ones to the beginning. This
    keeps the dependence of successive windows, which causes chance agreement. With context, only
    the residuals of a linear regression of the actions on the context are moved, so that the
    information that the context has about the actions is kept too.

    "shuffle" assumes that windows are independent: actions are moved to any window. With context,
    they are moved to one of the five windows whose context is nearest, no window being used twice
    if possible [1]_.

    With a discrete context, in either case, actions are moved to any window of the same context.

    Parameters
    ----------
    estimate : callable
        Estimator in bits, called with x and y, or with x, y and z.
    x, y, z : ndarray, shapes (N, X), (N, Y), (N, Z)
        Actions, effects and context in order of time; z may be None. Columns of z should have a
        similar spread.
    shuffles : int
        Number of estimates. There are only N - 1 shifts, and each is used at most once.
    rng : numpy.random.Generator
        Source of the random orders.
    null : {"shift", "shuffle"}
        Way of moving the actions.
    discrete : bool
        Treat the context as symbols rather than points in space.
    progress : callable, optional
        Called with the fraction done, from 0 to 1.

    Returns
    -------
    ndarray, shape (M,)
        Estimates in bits.

    References
    ----------
    .. [1] J. Runge, "Conditional independence testing based on a nearest-neighbor estimator of
       conditional mutual information", AISTATS (2018).
    """
    progress = progress or ignore
    count = len(x)
    explained = np.zeros_like(x)  # the part of the actions that stays with the context
    if z is not None and discrete:
        contexts = symbols([z])
        orders = [order_within(contexts, rng) for _ in range(shuffles)]
    elif null == "shift":
        shifts = rng.permutation(np.arange(1, count))[:shuffles]
        orders = [np.roll(np.arange(count), shift) for shift in shifts]
        if z is not None:
            regressors = np.column_stack([z, np.ones(count)])
            explained = regressors @ np.linalg.lstsq(regressors, x, rcond=None)[0]
    elif z is not None:
        require_scipy()
        from scipy.spatial import KDTree

        near = KDTree(z).query(z, min(NEAREST, count))[1]
        orders = [order_among(near, rng) for _ in range(shuffles)]
    else:
        orders = [rng.permutation(count) for _ in range(shuffles)]
    rest = (y,) if z is None else (y, z)
    estimates = np.empty(len(orders))
    for i, order in enumerate(orders):
        estimates[i] = estimate(explained + (x - explained)[order], *rest)
        progress((i + 1) / len(orders))
    return estimates


def order_within(contexts: Indices, rng: np.random.Generator) -> Indices:
    """Random permutation of N points in which each is replaced by one of the same context."""
    order = np.empty(len(contexts), dtype=np.intp)
    order[np.argsort(contexts, kind="stable")] = np.lexsort((rng.random(len(contexts)), contexts))
    return order


def order_among(neighbours: Indices, rng: np.random.Generator) -> Indices:
    """Random neighbour for each of N points, none used twice if possible.

    Parameters
    ----------
    neighbours : ndarray of int, shape (N, K)
        K neighbours of each point.
    rng : numpy.random.Generator
        Source of the choice.
    """
    choices = rng.permuted(neighbours, axis=1).tolist()
    order = [0] * len(choices)
    used: set[int] = set()
    for i in rng.permutation(len(choices)).tolist():
        order[i] = next((j for j in choices[i] if j not in used), choices[i][-1])
        used.add(order[i])
    return np.array(order)


def standard_error(
    estimate: Estimate,
    x: Array,
    y: Array,
    z: Array | None,
    rng: np.random.Generator,
    progress: Progress | None = None,
) -> float:
    """Return the standard error of an estimate, from the spread of estimates of random halves.

    This is the delete-d jackknife with d of about N / 2: as the variance of an estimate is about
    inversely proportional to the number of windows, the variance of estimates from m of N windows
    times m / (N - m) is that of the estimate from all. Each half consists of whole stretches of
    about N^(1/3) windows, as successive windows are alike. No window occurs twice, unlike in a
    bootstrap, where copies would be neighbours at distance 0. The bias of the estimator is not
    included.

    Returns
    -------
    float
        Standard error in bits.

    References
    ----------
    J. Shao and C. F. J. Wu, "A general theory for jackknife variance estimation", Annals of
    Statistics 17, 1176-1197 (1989).
    """
    progress = progress or ignore
    stretch = np.arange(len(x)) // round(len(x) ** (1 / 3))
    lengths = np.bincount(stretch)
    count = len(lengths)
    parts = (x, y) if z is None else (x, y, z)
    estimates, shares = np.empty(HALVES), np.empty(HALVES)
    for i in range(HALVES):
        order = rng.permutation(count)
        enough = np.searchsorted(np.cumsum(lengths[order]), len(x) / 2) + 1
        chosen = np.isin(stretch, order[:enough])
        estimates[i] = estimate(*(part[chosen] for part in parts))
        shares[i] = chosen.mean()
        progress((i + 1) / HALVES)
    return float(np.sqrt(np.mean((estimates - estimates.mean()) ** 2 * shares / (1 - shares))))


def p_value(bits: float, null: Array) -> float:
    """Ratio (1 + number of null estimates of `bits` or more) / (1 + number of null estimates)."""
    return float((1 + np.count_nonzero(null >= bits)) / (1 + len(null)))
