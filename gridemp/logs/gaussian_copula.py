"""Mutual information by a Gaussian copula: the linear dependence of the columns' ranks."""

import numpy as np
from numpy.typing import ArrayLike

from gridemp.arguments import check_kinds
from gridemp.errors import GridempError
from gridemp.information.measures import LN2
from gridemp.logs.points import checked_points
from gridemp.logs.scipy_extra import require_scipy
from gridemp.typing import Array

MAX_SQUARED_CORRELATION = 1 - 1e-12  # the information of a correlation of 1 is infinite
MIN_SINGULAR_VALUE = 1e-9  # relative to the largest; smaller ones are numerical noise


def gaussian_copula(x: ArrayLike, y: ArrayLike, z: ArrayLike | None = None) -> float:
    """Estimate I(X; Y), or I(X; Y | Z), of the Gaussian with the same ranks in each column.

    Each column is replaced by the normal scores of its ranks, and with `z`, both x and y by the
    residuals of their linear regression on z. Then I = -1/2 sum_i log2(1 - r_i^2), where r_i are
    the canonical correlations of x and y. The bias of this formula for N Gaussian points is
    subtracted.

    The estimate assumes that windows are independent, and detects only the linear dependence of
    normal scores; it misses some or all of any other dependence, so that the true information is
    higher. Its bias is small: with 200 points of 4 and 3 Gaussian columns it gives 1.47 for 1.5
    bits and 3.4 for 3.5. Near independence it may be below 0.

    Parameters
    ----------
    x, y, z : array_like, shapes (N, X), (N, Y), (N, Z)
        Points, one in each row, in any units.

    Returns
    -------
    float
        Estimate in bits.

    Raises
    ------
    GridempError
        If there are not more points than columns, or a point is not finite.
    MissingExtra
        If SciPy is not installed.

    References
    ----------
    R. A. A. Ince et al., "A statistical framework for neuroimaging data analysis based on mutual
    information estimated via a Gaussian copula", Human Brain Mapping 38, 1541-1573 (2017).

    Examples
    --------
    >>> import numpy as np
    >>> rng = np.random.default_rng(0)
    >>> x = rng.normal(size=(1000, 1))
    >>> y = x + rng.normal(size=(1000, 1))  # half a bit
    >>> round(gaussian_copula(x, y), 2)
    0.5
    """
    check_kinds(gaussian_copula, locals())
    points = checked_points(x=x, y=y, **({} if z is None else {"z": z}))
    return linear_information(*map(normal_scores, points))


def linear_information(x: Array, y: Array, z: Array | None = None) -> float:
    """Estimate the information in bits of columns of normal scores, as `gaussian_copula` does."""
    x, y = (part - part.mean(axis=0) for part in (x, y))
    freedom = len(x) - 1  # the mean takes one degree of freedom
    if z is not None:
        basis = orthonormal_basis(z - z.mean(axis=0))
        x, y = (part - basis @ (basis.T @ part) for part in (x, y))
        freedom -= basis.shape[1]
    x, y = orthonormal_basis(x), orthonormal_basis(y)
    x_rank, y_rank = x.shape[1], y.shape[1]
    if freedom < x_rank + y_rank:
        raise GridempError(
            f"{len(x)} windows are too few for the copula of {x_rank + y_rank} columns; give more "
            "windows or fewer columns"
        )
    r = np.linalg.svd(x.T @ y, compute_uv=False)
    nats = -0.5 * np.log1p(-np.minimum(r**2, MAX_SQUARED_CORRELATION)).sum()
    bias = log_bias(freedom, x_rank) + log_bias(freedom, y_rank)
    bias -= log_bias(freedom, x_rank + y_rank)
    return float(nats - bias) / LN2


def normal_scores(x: ArrayLike) -> Array:
    """Normal quantiles of each column's ranks over N + 1, shape (N, X); ties share a rank."""
    require_scipy()
    from scipy.special import ndtri
    from scipy.stats import rankdata

    ranks = rankdata(np.asarray(x, dtype=float), axis=0)
    return np.asarray(ndtri(ranks / (len(ranks) + 1)))


def orthonormal_basis(x: Array) -> Array:
    """Orthonormal basis of the space that the columns span, shape (N, rank)."""
    u, s, _ = np.linalg.svd(x, full_matrices=False)
    return np.asarray(u[:, s > MIN_SINGULAR_VALUE * s.max(initial=1e-300)])


def log_bias(freedom: int, columns: int) -> float:
    """Bias of half the log-determinant of a sample covariance, in nats, up to terms that cancel."""
    require_scipy()
    from scipy.special import digamma

    return float(digamma((freedom - np.arange(columns)) / 2).sum()) / 2
