"""Numbers of windows that are nearer than the k-th neighbour, for estimates from neighbours."""

import numpy as np

from gridemp.errors import GridempError
from gridemp.logs.scipy_extra import require_scipy
from gridemp.typing import Array, Indices

ALL_PAIRS = 4000  # points up to which all distances are faster than a tree
MANY_DISTINCT = 1000  # points; of fewer, with their copies, a tree is slow
NEARLY_0 = float(np.nextafter(0, 1))  # only equal points are nearer
BLOCK = 15_000  # distances at a time: those that fit a processor's cache take a third of the time


def counts_within(
    x: Array,
    y: Array,
    z: Array | None = None,
    *,
    k: int,
    theiler: int = 0,
    times: Indices | None = None,
    farthest: float | None = None,
) -> list[Indices]:
    """For each point, the numbers of points nearer than its k-th neighbour in all columns.

    Parameters
    ----------
    x, y, z : ndarray, shapes (N, X), (N, Y), (N, Z)
        Coordinates of the same N points; z may be None.
    k : int
        Number of the nearest neighbour.
    theiler : int
        Points whose times differ by this or less are neither neighbours nor counted.
    times : ndarray of int, shape (N,), optional
        Times of the points, in ascending order; by default 0, 1, 2, ...
    farthest : float, optional
        Distance that stands for any larger one. If it is given, points may coincide: if the k-th
        neighbour coincides with a point, all that do are counted.

    Returns
    -------
    list of ndarray, shape (N,)
        Counts in x and in y, or with z in x and z, in y and z, and in z. With `farthest`, counts in
        all columns come first. All include the point itself: they are n + 1 in the formulas.
    """
    check_neighbours(len(x), k, theiler, times)
    require_scipy()
    counts = counts_of_pairs if len(x) <= ALL_PAIRS else counts_by_trees
    parts = [x, y] if z is None else [x, y, z]
    radius, found = counts(parts, k, theiler, row_numbers(x, times), farthest)
    if not radius.all():
        raise GridempError(
            f"{k + 1} windows are equal in every column; add a little noise to the columns, or set "
            "`estimator` to mixed"
        )
    return found


def check_neighbours(count: int, k: int, theiler: int, times: Indices | None) -> None:
    """Raise a GridempError if a point has fewer than k others that may be its neighbours."""
    if theiler < 0:
        raise GridempError(f"`theiler` must be 0 or more, not {theiler}")
    if not 1 <= k < count:
        raise GridempError(
            f"{count} windows are too few for {max(k, 1)} neighbours; give {max(k, 1) + 1} "
            "windows or more, or a lower `k`"
        )
    if admissible(count, theiler, times).min() <= k:
        raise GridempError(
            f"with `theiler` of {theiler}, a window has fewer than {k} others of {count} that may "
            "be its neighbours; lower `theiler` or `k`, or give more windows"
        )


def admissible(count: int, theiler: int, times: Indices | None = None) -> Indices:
    """Number of points, itself included, that may be neighbours of each point, shape (N,)."""
    times = np.arange(count) if times is None else times
    first = np.searchsorted(times, times - theiler, side="left")
    after_last = np.searchsorted(times, times + theiler, side="right")
    return np.asarray(count - (after_last - first) + 1)


def row_numbers(x: Array, times: Indices | None) -> Indices:
    """Times of points, by default the numbers of their rows."""
    return np.arange(len(x)) if times is None else times


def counts_of_pairs(
    parts: list[Array], k: int, theiler: int, times: Indices, farthest: float | None
) -> tuple[Array, list[Indices]]:
    """Distance of the k-th neighbour and the counts of `counts_within`, from all distances."""
    from scipy.spatial.distance import cdist

    count, mixed = len(times), farthest is not None
    radius = np.empty(count)
    counts = [np.empty(count, dtype=np.intp) for _ in range(len(parts) + mixed)]
    rows = min(count, max(1, BLOCK // count))
    # Used for all blocks, as fresh memory would take longer to get than distances to compute.
    memory = np.empty((len(parts) + 1, rows, count))
    comparisons = np.empty((rows, count), dtype=bool)
    for block in (slice(first, first + rows) for first in range(0, count, rows)):
        joint, *distances = memory[:, : len(radius[block])]
        for part, distance in zip(parts, distances, strict=True):
            cdist(part[block], part, "chebyshev", out=distance)
        if theiler:
            close = np.abs(times[block, None] - times) <= theiler
            close[np.arange(len(close)), np.arange(count)[block]] = False
            for distance in distances:
                np.putmask(distance, close, np.inf)
        if len(parts) == 3:
            for distance in distances[:2]:
                np.maximum(distance, distances[2], out=distance)
        np.maximum(distances[0], distances[1], out=joint)
        joint.partition(k, axis=1)
        radius[block] = bounded(joint[:, k], farthest)
        less = comparisons[: len(joint)]
        for in_space, distance in zip(counts, memory[0 if mixed else 1 :], strict=True):
            np.less(distance[: len(joint)], radius[block, None], out=less)
            # Faster than np.count_nonzero; ALL_PAIRS fits 16 bits.
            in_space[block] = less.view(np.uint8).sum(axis=1, dtype=np.int16)
    return radius, counts


def counts_by_trees(
    parts: list[Array], k: int, theiler: int, times: Indices, farthest: float | None
) -> tuple[Array, list[Indices]]:
    """Distance of the k-th neighbour and the counts of `counts_within`, from trees."""
    from scipy.spatial import KDTree

    joint = np.hstack(parts)
    nearest = min(k + 1 + 2 * theiler, len(joint))
    distance, index = KDTree(joint).query(joint, nearest, p=np.inf)
    if theiler:
        close = np.abs(times[index] - times[:, None]) <= theiler
        distance[close & (index != np.arange(len(joint))[:, None])] = np.inf
        distance.partition(k, axis=1)
    radius = bounded(distance[:, k], farthest)
    x, y, *z = parts
    spaces = [np.hstack([x, *z]), np.hstack([y, *z]), *z]
    spaces = spaces if farthest is None else [joint, *spaces]
    counts = [nearer(space, radius) for space in spaces]
    for apart in range(1, theiler + 1):
        close = times[apart:] - times[:-apart] <= theiler
        for space, in_space in zip(spaces, counts, strict=True):
            distance = np.abs(space[apart:] - space[:-apart]).max(axis=1)
            in_space[apart:] -= close & (distance < radius[apart:])
            in_space[:-apart] -= close & (distance < radius[:-apart])
    return radius, counts


def bounded(distance: Array, farthest: float | None) -> Array:
    """Distances as they are, or between the least that is not 0 and the largest."""
    return distance if farthest is None else np.clip(distance, NEARLY_0, farthest)


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
