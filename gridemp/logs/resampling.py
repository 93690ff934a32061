"""What an estimate would be by chance, and how far it may be off: by shuffles and by halves."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import KDTree

from gridemp.logs.plug_in import labels
from gridemp.typing import Array

Order = NDArray[np.intp]
Estimate = Callable[..., float]  # of x and y, or of x, y and z

NEAREST = 5  # windows of like context, among which actions are shuffled
HALVES = 100
NULLS = ("shift", "shuffle")


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
) -> Array:
    """Estimates of data in which actions have gone to other windows, so that they tell nothing.

    "shift" moves all actions by the same number of windows, the last ones to the beginning. What
    successive windows have in common stays as it is, and makes for chance agreement. With context,
    only what a linear regression on the context leaves of the actions is moved, so that what the
    context tells about actions stays too.

    "shuffle" takes windows for independent: actions go to any window. With context, they go to
    one of like context, the nearest five, none twice if possible [1]_.

    Of a discrete context, in either case, actions go to any window of the same context.

    Parameters
    ----------
    estimate : callable
        Of x and y, or of x, y and z, in bits.
    x, y, z : ndarray, shapes (N, X), (N, Y), (N, Z), z may be None
        Actions, effects and context, in order of time; columns of z of like spread.
    shuffles : int
        How many estimates; of the N - 1 shifts there may be fewer, and then each is in once.
    rng : numpy.random.Generator
        Of the orders.
    null : {"shift", "shuffle"}
        How actions move.
    discrete : bool
        Whether the context is symbols, not a place.

    Returns
    -------
    ndarray, shape (M,)
        Bits.

    References
    ----------
    .. [1] J. Runge, "Conditional independence testing based on a nearest-neighbor estimator of
       conditional mutual information", AISTATS (2018).
    """
    count = len(x)
    follows = np.zeros_like(x)  # what moves with the context and not with the actions
    if z is not None and discrete:
        alike = labels([z])
        orders = [order_within(alike, rng) for _ in range(shuffles)]
    elif null == "shift":
        shifts = rng.permutation(np.arange(1, count))[:shuffles]
        orders = [np.roll(np.arange(count), shift) for shift in shifts]
        if z is not None:
            line = np.column_stack([z, np.ones(count)])
            follows = line @ np.linalg.lstsq(line, x, rcond=None)[0]
    elif z is not None:
        near = KDTree(z).query(z, min(NEAREST, count))[1]
        orders = [order_among(near, rng) for _ in range(shuffles)]
    else:
        orders = [rng.permutation(count) for _ in range(shuffles)]
    rest = (y,) if z is None else (y, z)
    return np.array([estimate(follows + (x - follows)[order], *rest) for order in orders])


def order_within(alike: Order, rng: np.random.Generator) -> Order:
    """For each of N points one of the same label, none twice."""
    order = np.empty(len(alike), dtype=np.intp)
    order[np.argsort(alike, kind="stable")] = np.lexsort((rng.random(len(alike)), alike))
    return order


def order_among(near: Order, rng: np.random.Generator) -> Order:
    """For each of N points one of its K neighbours, shape (N, K), none twice if possible."""
    choices = rng.permuted(near, axis=1).tolist()
    order = [0] * len(choices)
    lent: set[int] = set()
    for i in rng.permutation(len(choices)).tolist():
        order[i] = next((j for j in choices[i] if j not in lent), choices[i][-1])
        lent.add(order[i])
    return np.array(order)


def standard_error(
    estimate: Estimate, x: Array, y: Array, z: Array | None, rng: np.random.Generator
) -> float:
    """The standard error of an estimate, by the spread of the estimates of random halves.

    Each half is of whole stretches of about N^(1/3) windows, as successive windows are alike. No
    window is in it twice, as in a bootstrap, which would bring neighbours at distance 0. As the
    variance of an estimate is about inverse to N, that of m of N windows times m / (N - m) is that
    of all: the delete-d jackknife, m being about N / 2. How far the estimator is off in the mean is
    not in it.

    Returns
    -------
    float
        Bits.

    References
    ----------
    J. Shao and C. F. J. Wu, "A general theory for jackknife variance estimation", Annals of
    Statistics 17, 1176-1197 (1989).
    """
    stretch = np.arange(len(x)) // round(len(x) ** (1 / 3))
    lengths = np.bincount(stretch)
    count = len(lengths)
    parts = (x, y) if z is None else (x, y, z)
    found, shares = np.empty(HALVES), np.empty(HALVES)
    for i in range(HALVES):
        order = rng.permutation(count)
        enough = np.searchsorted(np.cumsum(lengths[order]), len(x) / 2) + 1
        chosen = np.isin(stretch, order[:enough])
        found[i] = estimate(*(part[chosen] for part in parts))
        shares[i] = chosen.mean()
    return float(np.sqrt(np.mean((found - found.mean()) ** 2 * shares / (1 - shares))))


def p_value(bits: float, null: Array) -> float:
    """(1 + how many of the null are as large) / (1 + how many there are)."""
    return float((1 + np.count_nonzero(null >= bits)) / (1 + len(null)))
