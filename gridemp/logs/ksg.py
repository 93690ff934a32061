"""Mutual information by nearest neighbours.

Both estimators assume that windows are independent of each other and that densities exist, so that
no two points coincide. They detect any dependence, including a nonlinear one, but underestimate
strong ones, more so with fewer points and more columns: with 200 points of 4 and 3 Gaussian
columns, `ksg` gives 1.0 for 1.5 bits and 2.1 for 3.5, and `frenzel_pompe`, with 2 more columns, 0.5
and 1.0. Near independence they are unbiased, so estimates may be below 0.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from gridemp.arguments import check_kinds
from gridemp.errors import GridempError
from gridemp.information.measures import LN2
from gridemp.logs.points import checked_points
from gridemp.logs.scipy_extra import require_scipy
from gridemp.typing import Array, Indices

ALL_PAIRS = 4000  # points up to which all distances are faster than a tree
MANY_DISTINCT = 1000  # points; of fewer, with their copies, a tree is slow
NEARLY_0 = float(np.nextafter(0, 1))  # only equal points are nearer
BLOCK = 15_000  # distances at a time: those that fit a processor's cache take a third of the time


def ksg(x: ArrayLike, y: ArrayLike, k: int = 3) -> float:
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

    Returns
    -------
    float
        Estimate in bits.

    Raises
    ------
    GridempError
        If there are fewer than k + 1 points, k + 1 of them coincide, or one is not finite.
    MissingExtra
        If SciPy is not installed.

    References
    ----------
    A. Kraskov, H. Stoegbauer and P. Grassberger, "Estimating mutual information", Phys. Rev. E 69,
    066138 (2004): the first of its two estimators, equation 8.

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
    spaces = checked_points(x=x, y=y)
    require_scipy()
    from scipy.special import digamma

    in_x, in_y = counts_within(spaces, k)
    psi = digamma(k) + digamma(len(in_x)) - np.mean(digamma(in_x) + digamma(in_y))
    return float(psi) / LN2


def frenzel_pompe(x: ArrayLike, y: ArrayLike, z: ArrayLike, k: int = 3) -> float:
    """Estimate the conditional information I(X; Y | Z) by k nearest neighbours.

    I = psi(k) + mean(psi(n_z + 1) - psi(n_xz + 1) - psi(n_yz + 1)), with counts as in `ksg`.

    Parameters
    ----------
    x, y, z : array_like, shapes (N, X), (N, Y), (N, Z)
        Points, one in each row, with columns of similar spread.
    k : int
        Number of the nearest neighbour to use, 1 or more.

    Returns
    -------
    float
        Estimate in bits.

    Raises
    ------
    GridempError
        If there are fewer than k + 1 points, k + 1 of them coincide, or one is not finite.
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
    x, y, z = checked_points(x=x, y=y, z=z)
    require_scipy()
    from scipy.special import digamma

    in_xz, in_yz, in_z = counts_within([np.hstack([x, z]), np.hstack([y, z]), z], k)
    psi = digamma(k) + np.mean(digamma(in_z) - digamma(in_xz) - digamma(in_yz))
    return float(psi) / LN2


def counts_within(
    spaces: Sequence[Array], k: int, *, farthest: float | None = None
) -> list[Indices]:
    """For each space and point, the number of points nearer than the k-th neighbour in all spaces.

    Parameters
    ----------
    spaces : sequence of ndarray, shapes (N, ...)
        Coordinates of the same N points.
    k : int
        Number of the nearest neighbour.
    farthest : float, optional
        Distance that stands for any larger one. If it is given, points may coincide: if the k-th
        neighbour coincides with a point, all that do are counted. The counts in all spaces together
        then come first.

    Returns
    -------
    list of ndarray, shape (N,)
        Counts that include the point itself: n + 1 in the formulas.
    """
    require_scipy()
    from scipy.spatial import KDTree
    from scipy.spatial.distance import cdist

    count, mixed = len(spaces[0]), farthest is not None
    if not 1 <= k < count:
        raise GridempError(
            f"{count} windows are too few for {max(k, 1)} neighbours; give {max(k, 1) + 1} "
            "windows or more, or a lower `k`"
        )
    least, most = (NEARLY_0, farthest) if mixed else (0.0, None)
    radius = np.empty(count)
    counts = [np.empty(count, dtype=np.intp) for _ in range(len(spaces) + mixed)]
    if count <= ALL_PAIRS:
        rows = min(count, max(1, BLOCK // count))
        # Used for all blocks, as fresh memory would take longer to get than distances to compute.
        memory = np.empty((len(spaces) + 1, rows, count))
        for block in (slice(first, first + rows) for first in range(0, count, rows)):
            joint, *distances = memory[:, : len(radius[block])]
            for space, distance in zip(spaces, distances, strict=True):
                cdist(space[block], space, "chebyshev", out=distance)
            np.max(memory[1:, : len(joint)], axis=0, out=joint)
            joint.partition(k, axis=1)
            radius[block] = np.clip(joint[:, k], least, most)
            counted = [joint, *distances] if mixed else distances
            for in_space, distance in zip(counts, counted, strict=True):
                in_space[block] = np.count_nonzero(distance < radius[block, None], axis=1)
    else:
        joint = np.hstack(spaces)
        tree = KDTree(joint)
        radius = np.clip(tree.query(joint, k + 1, p=np.inf)[0][:, k], least, most)
        counts = [nearer(space, radius) for space in ([joint, *spaces] if mixed else spaces)]
    if not radius.all():
        raise GridempError(
            f"{k + 1} windows are equal in every column; add a little noise to the columns, or set "
            "`estimator` to mixed"
        )
    return counts


def nearer(points: Array, radius: Array) -> Indices:
    """For each point, the number of points, itself included, that are nearer than its radius."""
    from scipy.spatial import KDTree
    from scipy.spatial.distance import cdist

    distinct, place, copies = np.unique(points, axis=0, return_inverse=True, return_counts=True)
    if len(distinct) > MANY_DISTINCT:
        below = np.nextafter(radius, 0)
        tree = KDTree(points)
        return np.asarray(tree.query_ball_point(points, below, p=np.inf, return_length=True))
    counts = np.empty(len(points), dtype=np.intp)
    for rows, point in zip(
        np.split(np.argsort(place.ravel(), kind="stable"), np.cumsum(copies)[:-1]),
        distinct,
        strict=True,
    ):
        distance = cdist(point[None], distinct, "chebyshev")[0]
        order = np.argsort(distance)
        total = np.concatenate([[0], np.cumsum(copies[order])])
        counts[rows] = total[np.searchsorted(distance[order], radius[rows])]
    return counts
