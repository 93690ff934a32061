"""Mutual information of vectors, as far as their ranks go together linearly."""

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import digamma, ndtri
from scipy.stats import rankdata

from gridemp.errors import GridempError
from gridemp.information.measures import LN2
from gridemp.typing import Array

CLOSEST = 1 - 1e-12  # squared correlation: beyond it the information has no end
RANK = 1e-9  # of the largest singular value, below which a direction is none


def gaussian_copula(x: ArrayLike, y: ArrayLike, z: ArrayLike | None = None) -> float:
    """Estimate I(X; Y), or I(X; Y | Z), of the Gaussian with the same ranks in each column.

    Each column becomes normal scores of its ranks; then I = -1/2 sum_i log2(1 - r_i^2) with the
    canonical correlations r_i of x and y, of what a linear regression on z leaves of both. The
    bias that the formula has for N Gaussian points is subtracted.

    It takes as given that the windows are independent and that nothing but the linear dependence of
    normal scores matters: of any other it sees a part or nothing, so that the truth is above. Its
    bias is small: at 200 points of 4 and 3 Gaussian columns it reads 1.47 of 1.5 bits and 3.4 of
    3.5. Near independence it may be below 0.

    Parameters
    ----------
    x, y, z : array_like, shapes (N, X), (N, Y), (N, Z)
        Points, one in each row, in any units.

    Returns
    -------
    float
        Bits.

    Raises
    ------
    GridempError
        If there are no more points than columns.

    References
    ----------
    R. A. A. Ince et al., "A statistical framework for neuroimaging data analysis based on mutual
    information estimated via a Gaussian copula", Human Brain Mapping 38, 1541-1573 (2017).
    """
    return linear_information(*(normal_scores(part) for part in (x, y, z) if part is not None))


def linear_information(x: Array, y: Array, z: Array | None = None) -> float:
    """`gaussian_copula` of columns that are normal scores already."""
    one, other = (part - part.mean(axis=0) for part in (x, y))
    points = len(one) - 1  # degrees of freedom, the mean being known
    if z is not None:
        known = directions(z - z.mean(axis=0))
        one, other = (part - known @ (known.T @ part) for part in (one, other))
        points -= known.shape[1]
    one, other = directions(one), directions(other)
    wide, high = one.shape[1], other.shape[1]
    if points < wide + high:
        raise GridempError(
            f"{len(one)} windows are too few for the copula of {wide + high} columns; give more "
            "windows or fewer columns"
        )
    r = np.linalg.svd(one.T @ other, compute_uv=False)
    found = -0.5 * np.log1p(-np.minimum(r**2, CLOSEST)).sum()
    bias = log_bias(points, wide) + log_bias(points, high) - log_bias(points, wide + high)
    return float(found - bias) / LN2


def normal_scores(x: ArrayLike) -> Array:
    """The normal quantiles of each column's ranks over N + 1, shape (N, X); ties share a rank."""
    ranks = rankdata(np.asarray(x, dtype=float), axis=0)
    return np.asarray(ndtri(ranks / (len(ranks) + 1)))


def directions(x: Array) -> Array:
    """An orthonormal basis of the columns, shape (N, rank)."""
    u, s, _ = np.linalg.svd(x, full_matrices=False)
    return np.asarray(u[:, s > RANK * s.max(initial=1e-300)])


def log_bias(points: int, columns: int) -> float:
    """Half of what the log-determinant of a sample covariance is off, but for what cancels."""
    return float(digamma((points - np.arange(columns)) / 2).sum()) / 2
