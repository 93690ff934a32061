"""Vectors of linear bounds, merged where they are alike.

The maximum of <b, g> over some vectors g is at most <b, m> for their elementwise maximum m, at any
distribution b. A few such maxima stand in for many vectors.
"""

import numpy as np

from gridemp.typing import Array, Indices

ROOM_OF_MERGING = 0.1  # of the room between the highest vector of a belief and the limit


def merged(
    vectors: Array, at: Indices, beliefs: Array, limit: float, tie: float
) -> tuple[Array, Indices]:
    """Replace vectors of the same belief by elementwise maxima that are hardly higher there.

    Parameters
    ----------
    vectors : ndarray, shape (N, B)
        Vectors g.
    at : ndarray of int, shape (N,)
        Number of the belief to which each belongs; each of the K beliefs has one.
    beliefs : ndarray, shape (K, B)
        Beliefs b.
    limit : float
        Value <b, g> that maxima must not reach, in nats, unless a vector does.
    tie : float
        Maxima may be higher than the highest vector by this in any case, in nats.

    Returns
    -------
    vectors : ndarray, shape (M, B)
        The maxima.
    at : ndarray of int, shape (M,)
        Numbers of their beliefs, in ascending order.
    """
    count = np.bincount(at, minlength=len(beliefs))
    most = int(count.max())
    if most == 1:
        return vectors, at
    heights = np.einsum("ns,ns->n", vectors, beliefs[at])
    order = np.lexsort((-heights, at))
    vectors, start = vectors[order], np.cumsum(count) - count
    highest = heights[order][start]
    allowed = highest + np.maximum(ROOM_OF_MERGING * (limit - highest), tie)
    maxima = np.full((len(beliefs), min(most, 8), vectors.shape[1]), -np.inf)
    used = np.zeros(len(beliefs), dtype=np.intp)
    for k in range(most):  # join the maximum that grows least, or begin another
        mine = np.flatnonzero(count > k)
        added = vectors[start[mine] + k]
        if k:
            tried = int(used[mine].max())
            joint = np.maximum(maxima[mine, :tried], added[:, None])
            height = np.einsum("kgs,ks->kg", joint, beliefs[mine])
            height[np.arange(tried) >= used[mine][:, None]] = np.inf
            best = height.argmin(axis=1)
            joins = height[np.arange(len(mine)), best] <= allowed[mine]
            maxima[mine[joins], best[joins]] = joint[joins, best[joins]]
            mine, added = mine[~joins], added[~joins]
            if len(mine) and used[mine].max() == maxima.shape[1]:
                maxima = np.concatenate([maxima, np.full_like(maxima, -np.inf)], axis=1)
        maxima[mine, used[mine]] = added
        used[mine] += 1
    return maxima[np.arange(maxima.shape[1]) < used[:, None]], np.repeat(np.arange(len(used)), used)
