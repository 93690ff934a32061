"""What an observer with a blurred eye sees of flights, as a channel, and its capacity.

All 4^n sequences a^n of actions are flown R times each, with different noise of the engines; a
flight ends at (x, y, angle). What is seen of that is the output of a channel

    p(o | a^n) = 1/R  sum_r  N(o; outcome of flight r of a^n, resolution),

a Gaussian on a lattice, in x and y in half screens and in the angle in half turns, so that one
resolution fits all three. Its capacity is certified (`active_set`), but the channel is estimated:
it depends on the number of flights and on the resolution. Bins in place of the Gaussian give maps
with stripes, where places lie differently to the edges of the bins.
"""

import math
import warnings

import numpy as np

from gridemp.errors import ConvergenceWarning, HorizonTooLarge
from gridemp.information.active_set import active_set_capacity
from gridemp.typing import Array

UNITS = (1.0, 1.0, math.pi)  # half screens, half screens, radians in half a turn
STEP = 1.5  # of the lattice, in standard deviations: a finer one changes next to nothing
REACH = 2  # lattice points to each side; what is left out is 3.75 deviations off or more
TOLERANCE = 0.01  # bits of the certificate, far below what the estimate is sure of
MAX_ENTRIES = 2**26  # of a channel, half a gigabyte


def blurred_channel(outcomes: Array, resolution: float) -> Array:
    """The channel from sequences to what is seen of their outcomes.

    Parameters
    ----------
    outcomes : ndarray, shape (M, R, 3)
        x and y in half screens and angle in radians, of R flights of each sequence.
    resolution : float
        Standard deviation of the Gaussian, in half screens and half turns.

    Returns
    -------
    ndarray, shape (M, Y)
        p(o | sequence) over the points of the lattice that are seen at all.

    Raises
    ------
    HorizonTooLarge
        If it would not fit in memory.
    """
    count, repeats, _ = outcomes.shape
    at = outcomes.reshape(-1, 3) / (STEP * resolution * np.array(UNITS))
    nearest = np.round(at).astype(np.intp)
    beside = np.arange(-REACH, REACH + 1)
    distance = STEP * ((nearest - at)[:, :, None] + beside)
    along = np.exp(-(distance**2) / 2)
    along /= along.sum(axis=2, keepdims=True)
    weights = np.einsum("ia,ib,ic->iabc", *along.transpose(1, 0, 2)).reshape(len(at), -1)
    low = nearest.min(axis=0) - REACH
    shape = nearest.max(axis=0) + REACH + 1 - low
    offsets = np.stack(np.meshgrid(beside, beside, beside, indexing="ij"), axis=-1).reshape(-1, 3)
    points = (nearest - low)[:, None] + offsets
    flat = (points[..., 0] * shape[1] + points[..., 1]) * shape[2] + points[..., 2]
    seen, output = np.unique(flat, return_inverse=True)
    if count * len(seen) > MAX_ENTRIES:
        raise HorizonTooLarge(
            f"the channel of {count:,} sequences and {len(seen):,} outputs would need "
            f"{8 * count * len(seen) / 2**30:.1f} GB; lower --horizon or raise --resolution"
        )
    row = np.repeat(np.arange(count), repeats * len(offsets))
    size = count * len(seen)
    entries = np.bincount(row * len(seen) + output.ravel(), weights.ravel(), size)
    return np.asarray(entries.reshape(count, -1) / repeats)


def estimated_bits(outcomes: Array, resolution: float) -> float:
    """Capacity of `blurred_channel` in bits, the certified lower end; sequences alike count once.

    Parameters
    ----------
    outcomes : ndarray, shape (M, R, 3)
    resolution : float
        As `blurred_channel` takes them.
    """
    count = len(outcomes)
    kinds = np.unique(outcomes.reshape(count, -1), axis=0).reshape(-1, *outcomes.shape[1:])
    if len(kinds) == 1:
        return 0.0
    with warnings.catch_warnings():  # what it certified holds, and the estimate is less sure
        warnings.simplefilter("ignore", ConvergenceWarning)
        return active_set_capacity(blurred_channel(kinds, resolution), TOLERANCE).lower
