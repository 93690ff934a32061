"""Correlation coefficients of two quantities: Pearson's and Spearman's."""

import numpy as np
from numpy.typing import ArrayLike

from gridemp.arguments import check_kinds, checked_numbers
from gridemp.errors import GridempError
from gridemp.typing import Array

ROUNDING = 1e-11  # relative difference up to which numbers count as equal


def pearson(x: ArrayLike, y: ArrayLike) -> float:
    """Pearson's correlation coefficient: cov(x, y) / (std(x) std(y)).

    Parameters
    ----------
    x, y : array_like, shape (N,)
        Pairs of numbers, in any unit; pairs with a NaN are left out.

    Returns
    -------
    float
        Coefficient from -1 to 1; NaN if `x` or `y` is constant or there are fewer than two pairs.

    Raises
    ------
    GridempError
        If `x` and `y` are not of the same length.

    Examples
    --------
    >>> from gridemp.information import pearson
    >>> round(pearson([1, 2, 3], [1, 4, 9]), 4)
    0.9897
    """
    check_kinds(pearson, locals())
    u, v = _pairs(x, y)
    if _is_constant(u) or _is_constant(v):
        return float("nan")
    u, v = u - u.mean(), v - v.mean()
    u, v = u / np.abs(u).max(), v / np.abs(v).max()  # so that no square overflows or underflows
    r = u @ v / np.sqrt((u @ u) * (v @ v))
    return float(np.clip(r, -1.0, 1.0))


def spearman(x: ArrayLike, y: ArrayLike, slack: float = 0.0) -> float:
    """Spearman's rank correlation coefficient: Pearson's coefficient of the ranks.

    Parameters
    ----------
    x, y : array_like, shape (N,)
        Pairs of numbers, in any unit; pairs with a NaN are left out.
    slack : float
        Largest difference at which consecutive numbers of the sorted `x` count as equal.

    Returns
    -------
    float
        Coefficient from -1 to 1; NaN if `x` or `y` is constant or there are fewer than two pairs.

    Raises
    ------
    GridempError
        If `x` and `y` are not of the same length.

    Examples
    --------
    >>> from gridemp.information import spearman
    >>> round(spearman([1, 2, 3], [1, 4, 9]), 4)
    1.0
    """
    check_kinds(spearman, locals())
    x, y = _pairs(x, y)
    return pearson(ranks(x, slack), ranks(y))


def ranks(x: ArrayLike, slack: float = 0.0) -> Array:
    """Ranks of numbers, from 1; equal numbers share their mean rank.

    Parameters
    ----------
    x : array_like, shape (N,)
        The numbers.
    slack : float
        Largest difference at which consecutive numbers of the sorted `x` count as equal; numbers
        that differ only by rounding always do.

    Returns
    -------
    ndarray, shape (N,)
        Rank of each number.

    Examples
    --------
    >>> from gridemp.information import ranks
    >>> ranks([10, 30, 10])
    array([1.5, 3. , 1.5])
    """
    check_kinds(ranks, locals())
    x = checked_numbers("x", x, 1)
    values = np.asarray(x, dtype=float)
    order = np.argsort(values, kind="stable")
    ordered = values[order]
    rounding = ROUNDING * np.maximum(np.abs(ordered[1:]), np.abs(ordered[:-1]))
    group = np.cumsum(np.append(False, np.diff(ordered) > np.maximum(slack, rounding)))
    size = np.bincount(group)
    mean_rank = np.cumsum(size) - (size - 1) / 2
    result = np.empty(len(values))
    result[order] = mean_rank[group[: len(values)]]
    return result


def _pairs(x: ArrayLike, y: ArrayLike) -> tuple[Array, Array]:
    """Return the pairs without a NaN."""
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    if x.ndim != 1 or x.shape != y.shape:
        raise GridempError(
            f"a correlation needs pairs; `x` and `y` have shapes {x.shape} and {y.shape}"
        )
    known = ~(np.isnan(x) | np.isnan(y))
    return x[known], y[known]


def _is_constant(x: Array) -> bool:
    return len(x) < 2 or bool(np.ptp(x) <= ROUNDING * np.abs(x).max())
