"""Mutual information by nearest neighbours.

Both estimators assume that windows are independent of each other and that densities exist, so that
no two points coincide. They detect any dependence, including a nonlinear one, but underestimate
strong ones, more so with fewer points and more columns: with 200 points of 4 and 3 Gaussian
columns, `ksg` gives 1.0 for 1.5 bits and 2.1 for 3.5, and `frenzel_pompe`, with 2 more columns, 0.5
and 1.0. Near independence they are unbiased, so estimates may be below 0.

Points that are close in time are often close in space only because little has changed in between.
With `theiler`, they are left out, both as the k-th neighbour and from the counts, as Theiler did
for the correlation dimension in 1986. The derivation of Kraskov et al. then holds for each point i
and the N_i - 1 others that remain: psi(N) becomes the mean of psi(N_i). Near the ends of a series,
fewer points are close in time, so N_i is larger. There is no psi(N) with a context.
"""

import numpy as np
from numpy.typing import ArrayLike

from gridemp.arguments import check_kinds
from gridemp.information.measures import LN2
from gridemp.logs.neighbour_counts import admissible, counts_within
from gridemp.logs.points import checked_points
from gridemp.logs.scipy_extra import require_scipy
from gridemp.typing import Array, Indices


def ksg(x: ArrayLike, y: ArrayLike, k: int = 3, theiler: int = 0) -> float:
    """Estimate I(X; Y) by k nearest neighbours.

    I = psi(k) + psi(N) - mean(psi(n_x + 1) + psi(n_y + 1)), where psi is the digamma function and
    n_x is the number of other points that are nearer in x alone than the k-th neighbour is in x and
    y together, by the largest difference in any column.

    Parameters
    ----------
    x, y : array_like, shapes (N, X), (N, Y)
        Points, one in each row, or (N,) for a single column. The columns should have a similar
        spread, as all count equally in distances.
    k : int
        Number of the nearest neighbour to use, 1 or more; a larger one reduces the variance and
        increases the bias.
    theiler : int
        Number of points in the rows before and after each point that are neither its neighbours
        nor counted. psi(N) is then the mean of psi(N_i), where N_i is the number of points that
        remain, the point itself included.

    Returns
    -------
    float
        Estimate in bits.

    Raises
    ------
    GridempError
        If a point has fewer than k others that may be its neighbours, k + 1 points coincide, or one
        is not finite.
    MissingExtra
        If SciPy is not installed.

    References
    ----------
    A. Kraskov, H. Stoegbauer and P. Grassberger, "Estimating mutual information", Phys. Rev. E 69,
    066138 (2004): the first of its two estimators, equation 8.

    J. Theiler, "Spurious dimension from correlation algorithms applied to limited time-series
    data", Phys. Rev. A 34, 2427-2432 (1986), for `theiler`.

    Examples
    --------
    >>> import numpy as np
    >>> rng = np.random.default_rng(0)
    >>> x = rng.normal(size=(1000, 1))
    >>> y = x + rng.normal(size=(1000, 1))  # half a bit
    >>> round(ksg(x, y), 2)
    0.53
    """
    check_kinds(ksg, locals())
    return neighbour_information(*checked_points(x=x, y=y), k=k, theiler=theiler)


def frenzel_pompe(x: ArrayLike, y: ArrayLike, z: ArrayLike, k: int = 3, theiler: int = 0) -> float:
    """Estimate the conditional information I(X; Y | Z) by k nearest neighbours.

    I = psi(k) + mean(psi(n_z + 1) - psi(n_xz + 1) - psi(n_yz + 1)), with counts as in `ksg`.

    Parameters
    ----------
    x, y, z : array_like, shapes (N, X), (N, Y), (N, Z)
        Points, one in each row, with columns of similar spread.
    k : int
        Number of the nearest neighbour to use, 1 or more.
    theiler : int
        Number of points in the rows before and after each point that are neither its neighbours
        nor counted.

    Returns
    -------
    float
        Estimate in bits.

    Raises
    ------
    GridempError
        If a point has fewer than k others that may be its neighbours, k + 1 points coincide, or one
        is not finite.
    MissingExtra
        If SciPy is not installed.

    References
    ----------
    S. Frenzel and B. Pompe, "Partial mutual information for coupling analysis of multivariate time
    series", Phys. Rev. Lett. 99, 204101 (2007).

    Examples
    --------
    >>> import numpy as np
    >>> from gridemp.logs import frenzel_pompe, ksg
    >>> rng = np.random.default_rng(0)
    >>> z = rng.normal(size=(1000, 1))
    >>> x, y = z + rng.normal(size=(2, 1000, 1))  # independent, given z
    >>> round(ksg(x, y), 2), round(frenzel_pompe(x, y, z), 2)
    (0.16, 0.03)
    """
    check_kinds(frenzel_pompe, locals())
    return neighbour_information(*checked_points(x=x, y=y, z=z), k=k, theiler=theiler)


def neighbour_information(
    x: Array,
    y: Array,
    z: Array | None = None,
    *,
    k: int,
    theiler: int = 0,
    times: Indices | None = None,
) -> float:
    """Estimate the information in bits as `ksg` does, or with z as `frenzel_pompe` does.

    Points whose times differ by `theiler` or less are no neighbours; by default, the times are the
    numbers of the rows.
    """
    require_scipy()
    from scipy.special import digamma

    in_x, in_y, *in_z = counts_within(x, y, z, k=k, theiler=theiler, times=times)
    in_all = in_z[0] if in_z else admissible(len(x), theiler, times)
    psi = digamma(k) + np.mean(digamma(in_all) - digamma(in_x) - digamma(in_y))
    return float(psi) / LN2
