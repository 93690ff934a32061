"""How closely two quantities go together: Pearson's and Spearman's coefficients."""

import numpy as np
from numpy.typing import ArrayLike

from gridemp.errors import GridempError
from gridemp.typing import Array

ROUNDING = 1e-11  # of their magnitude, by which equal numbers may differ


def pearson(x: ArrayLike, y: ArrayLike) -> float:
    """Pearson's coefficient of correlation: cov(x, y) / (std(x) std(y)).

    Parameters
    ----------
    x, y : array_like, shape (N,)
        Pairs, in any unit; those with a NaN are left out.

    Returns
    -------
    float
        From -1 to 1; NaN where either is constant or there are fewer than two pairs.

    Raises
    ------
    GridempError
        If there are not as many of one as of the other.
    """
    one, other = _paired(x, y)
    if _is_constant(one) or _is_constant(other):
        return float("nan")
    one, other = one - one.mean(), other - other.mean()
    one, other = one / np.abs(one).max(), other / np.abs(other).max()  # squares stay in range
    r = one @ other / np.sqrt((one @ one) * (other @ other))
    return float(np.clip(r, -1.0, 1.0))


def spearman(x: ArrayLike, y: ArrayLike, slack: float = 0.0) -> float:
    """Spearman's coefficient of rank correlation: Pearson's of the ranks.

    Parameters, result and errors are those of `pearson`; numbers of `x` that differ by up to
    `slack` tie.
    """
    one, other = _paired(x, y)
    return pearson(ranks(one, slack), ranks(other))


def ranks(x: ArrayLike, slack: float = 0.0) -> Array:
    """Ranks from 1, shape (N,).

    Numbers that follow each other within `slack`, or rounding, share their mean rank.
    """
    values = np.asarray(x, dtype=float)
    order = np.argsort(values, kind="stable")
    rising = values[order]
    least = np.maximum(slack, ROUNDING * np.maximum(np.abs(rising[1:]), np.abs(rising[:-1])))
    group = np.cumsum(np.append(False, np.diff(rising) > least))
    size = np.bincount(group)
    mean = np.cumsum(size) - (size - 1) / 2
    found = np.empty(len(values))
    found[order] = mean[group[: len(values)]]
    return found


def _paired(x: ArrayLike, y: ArrayLike) -> tuple[Array, Array]:
    one, other = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    if one.ndim != 1 or one.shape != other.shape:
        raise GridempError(
            f"a correlation needs pairs; these have shapes {one.shape} and {other.shape}"
        )
    known = ~(np.isnan(one) | np.isnan(other))
    return one[known], other[known]


def _is_constant(x: Array) -> bool:
    return len(x) < 2 or bool(np.ptp(x) <= ROUNDING * np.abs(x).max())
