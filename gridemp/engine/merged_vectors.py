"""Vectors of linear bounds, merged where they are alike.

The maximum of <b, g> over some vectors g is at most <b, m> for their elementwise maximum m, at any
distribution b. A few such maxima stand in for many vectors.
"""

import numpy as np

from gridemp.typing import Array, Indices

MAX_TRIED = 256  # maxima of a belief that a vector may join
ROOM_OF_MERGING = 0.05  # of the room between the highest vector of a belief and the limit


def merged(
    vectors: Array, at: Indices, beliefs: Array, limit: float, tie: float
) -> tuple[Array, Indices, int]:
    """Replace vectors of the same belief by elementwise maxima that are hardly higher there.

    Parameters
    ----------
    vectors : ndarray, shape (N, B)
        Vectors g.
    at : ndarray of int, shape (N,)
        Number of the belief to which each belongs; each of the K beliefs has at least one.
    beliefs : ndarray, shape (K, B)
        Beliefs b.
    limit : float
        Largest useful value <b, g>, in nats. Maxima may exceed the highest vector by
        `ROOM_OF_MERGING` of the room between the two.
    tie : float
        Maxima may exceed the highest vector by this in any case, in nats.

    Returns
    -------
    vectors : ndarray, shape (M, B)
        The maxima.
    at : ndarray of int, shape (M,)
        Numbers of their beliefs.
    work : int
        Number of comparisons of two numbers that this took.
    """
    count = np.bincount(at, minlength=len(beliefs))
    most = int(count.max())
    if most == 1:
        return vectors, at, 0
    heights = np.einsum("ns,ns->n", vectors, beliefs[at])
    order = np.lexsort((-heights, at))
    by_count = np.argsort(-count, kind="stable")
    start = (np.cumsum(count) - count)[by_count]
    highest = heights[order][start]
    allowed = highest + np.maximum(ROOM_OF_MERGING * (limit - highest), tie)
    count, beliefs = count[by_count], beliefs[by_count]
    maxima = np.full((len(beliefs), 8, vectors.shape[1]), -np.inf)
    used, places = np.zeros(len(beliefs), dtype=np.intp), np.arange(len(beliefs))
    work = 0
    for k in range(most):  # join the maximum that would be lowest, or begin another
        mine = places[: np.searchsorted(-count, -k)]
        slots = int(used[: len(mine)].max()) + 1
        tried = min(slots, MAX_TRIED)
        if slots > maxima.shape[1]:
            maxima = np.concatenate([maxima, np.full_like(maxima, -np.inf)], axis=1)
        added = vectors[order[start[: len(mine)] + k]]
        joint = np.maximum(maxima[: len(mine), :tried], added[:, None])
        work += joint.size
        height = np.einsum("kgs,ks->kg", joint, beliefs[: len(mine)])
        height[np.arange(tried) >= used[: len(mine), None]] = np.inf
        slot = height.argmin(axis=1)
        joins = height[mine, slot] <= allowed[: len(mine)]
        grown = np.where(joins[:, None], joint[mine, slot], added)
        maxima[mine, np.where(joins, slot, used[: len(mine)])] = grown
        used[: len(mine)] += ~joins
    rank = np.argsort(by_count)
    maxima, used = maxima[rank], used[rank]
    kept = np.arange(maxima.shape[1]) < used[:, None]
    return maxima[kept], np.repeat(np.arange(len(used)), used), work
