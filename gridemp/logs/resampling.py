"""Null distribution of an estimate, by moving actions to other windows."""

from collections.abc import Callable, Sequence

import numpy as np

from gridemp.logs.plug_in import symbols
from gridemp.logs.scipy_extra import require_scipy
from gridemp.progress import Progress, ignore
from gridemp.typing import Array, Indices, Mask

Estimate = Callable[..., float]  # of x and y, or of x, y and z

NEAREST = 5  # windows of similar context, among which actions are shuffled
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
    categories: Sequence[Mask] = (),
    progress: Progress | None = None,
) -> Array:
    """Return estimates of data with actions moved to other windows, where they tell nothing.

    "shift" moves all actions by the same number of windows, the last ones to the beginning. This
    keeps the dependence of successive windows, which causes chance agreement. With a context, only
    the residuals of a linear regression of the actions on it are moved, or of the effects if the
    actions hold categories; a test needs `residual_shifts`. With a discrete context, the actions in
    each context are moved by a number of their own.

    "shuffle" assumes that windows are independent: actions are moved to any window. With context,
    they are moved to one of the five windows whose context is nearest, no window being used twice
    if possible [1]_, or to any window of the same context if it is discrete.

    An estimator with `theiler` leaves out neighbours by the number of their row, which is the time
    of the effects. With shifts, rows that are close by are close in time for the actions, too,
    except at the joint of their end and beginning.

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
    categories : sequence of ndarray of bool, shapes (columns,)
        True for each column of x, of y and of z that holds categories; none does by default.
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
    if null == "shift":
        if z is not None and discrete:
            contexts = symbols([z])
            orders = [shift_within(contexts, rng) for _ in range(shuffles)]
        else:
            shifts = rng.permutation(np.arange(1, count))[:shuffles]
            orders = [np.roll(np.arange(count), shift) for shift in shifts]
    elif z is not None and discrete:
        contexts = symbols([z])
        orders = [order_within(contexts, rng) for _ in range(shuffles)]
    elif z is not None:
        require_scipy()
        from scipy.spatial import KDTree

        near = KDTree(z).query(z, min(NEAREST, count))[1]
        orders = [order_among(near, rng) for _ in range(shuffles)]
    else:
        orders = [rng.permutation(count) for _ in range(shuffles)]
    residual = by_residuals(z, null, discrete=discrete)
    first = not residual or not (categories and categories[0].any())
    moved, other = (x, y) if first else (y, x)
    explained = np.zeros_like(moved)  # the part that stays with the context
    if z is not None and residual:
        mask = categories[2] if categories else np.zeros(z.shape[1], dtype=bool)
        basis = orthonormal_basis(columns_of_regression(z, mask))
        explained = moved - without(basis, moved)
    given = () if z is None else (z,)
    estimates = np.empty(len(orders))
    for i, order in enumerate(orders):
        null_part = explained + (moved - explained)[order]
        pair = (null_part, other) if first else (other, null_part)
        estimates[i] = estimate(*pair, *given)
        progress((i + 1) / len(orders))
    return estimates


def by_residuals(z: Array | None, null: str, *, discrete: bool) -> bool:
    """True if residuals of regressions on the context are moved."""
    return z is not None and null == "shift" and not discrete


def residual_shifts(
    estimate: Estimate,
    x: Array,
    y: Array,
    z: Array,
    shuffles: int,
    rng: np.random.Generator,
    categories: Sequence[Mask] = (),
    progress: Progress | None = None,
) -> Array:
    """Null estimates for a test with a context, from shifts of residuals compared in pairs.

    The residuals of the actions, or if these hold categories those of the effects, are shifted. The
    linear part of what the context explains would otherwise be left over in one estimate and not in
    the other, and regressions of persistent series remove much of their slow changes. Therefore,
    for each shift, the estimates with and without it are both made from residuals of regressions on
    the context and on the shifted context together, which treat the two alike. A null estimate is
    the actual estimate less their difference. It serves the p value, not as a level of chance.

    Parameters are those of `null_estimates`.

    Returns
    -------
    ndarray, shape (M,)
        Estimates in bits.
    """
    progress = progress or ignore
    masks = categories or [np.zeros(part.shape[1], dtype=bool) for part in (x, y, z)]
    amounts = [not mask.any() for mask in masks[:2]]
    if not any(amounts):
        raise ValueError("there are no residuals of categories")
    moved, other = (x, y) if amounts[0] else (y, x)
    other_is_amounts = all(amounts)
    regressors = columns_of_regression(z, masks[2])
    basis = orthonormal_basis(regressors)
    remaining = without(basis, moved)
    shifts = rng.permutation(np.arange(1, len(x)))[:shuffles]
    bits, estimates = estimate(x, y, z), np.empty(len(shifts))
    for i, shift in enumerate(shifts):
        both = orthonormal_basis(np.hstack([basis, np.roll(basis, shift, axis=0)]))
        rest = without(both, other) if other_is_amounts else other
        actual, shifted = without(both, moved), without(both, np.roll(remaining, shift, axis=0))
        pairs = [(part, rest) if amounts[0] else (rest, part) for part in (actual, shifted)]
        with_both, by_chance = (estimate(*pair, z) for pair in pairs)
        estimates[i] = bits - (with_both - by_chance)
        progress((i + 1) / len(shifts))
    return estimates


def columns_of_regression(z: Array, categories: Mask) -> Array:
    """Columns of a linear regression on z: a constant, amounts, and 0 or 1 for each category."""
    indicators = [column[:, None] == np.unique(column)[1:] for column in z[:, categories].T]
    return np.hstack([np.ones((len(z), 1)), z[:, ~categories], *indicators]).astype(float)


def orthonormal_basis(columns: Array) -> Array:
    """Orthonormal basis of the space that the columns span, which may depend on each other."""
    u, s, _ = np.linalg.svd(columns, full_matrices=False)
    smallest = np.finfo(float).eps * max(columns.shape) * s.max()  # as in np.linalg.lstsq
    return np.asarray(u[:, s > smallest])


def without(basis: Array, columns: Array) -> Array:
    """Residuals of the linear regressions of columns on an orthonormal basis."""
    return np.asarray(columns - basis @ (basis.T @ columns))


def shift_within(contexts: Indices, rng: np.random.Generator) -> Indices:
    """Permutation of N points that shifts those of each context by a random number of them."""
    order = np.arange(len(contexts))
    for context in np.unique(contexts):
        (rows,) = np.nonzero(contexts == context)
        order[rows] = np.roll(rows, rng.integers(len(rows)))
    return order


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


def p_value(bits: float, null: Array) -> float:
    """Ratio (1 + number of null estimates of `bits` or more) / (1 + number of null estimates)."""
    return float((1 + np.count_nonzero(null >= bits)) / (1 + len(null)))
