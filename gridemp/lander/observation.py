"""Channel from action sequences to blurred observations of their outcomes, and its capacity.

Each of the 4^n sequences a^n of actions is simulated R times, with different noise of the engines;
a flight ends at (x, y, angle). An observer with blurred vision sees the output of the channel

    p(o | a^n) = 1/R  sum_r  N(o; outcome of rollout r of a^n, resolution),

a Gaussian on a lattice in x and y, in half screens, and in the angle, in half turns, so that one
resolution fits all three. The capacity is certified (`active_set`), but the channel is estimated:
it depends on the number of rollouts and on the resolution. Bins instead of the Gaussian would give
striped maps, as places lie differently relative to the edges of the bins.
"""

import math
import warnings

import numpy as np

from gridemp.errors import ConvergenceWarning, HorizonTooLarge
from gridemp.information.active_set import active_set_capacity
from gridemp.typing import Array

UNITS = (1.0, 1.0, math.pi)  # half a screen in x and in y, and half a turn in radians
STEP = 1.5  # of the lattice, in standard deviations: a finer one changes next to nothing
REACH = 2  # lattice points to each side: others are 3.75 standard deviations away or more
TOLERANCE = 0.01  # bits of the certificate, far below the error of the estimate
MAX_ENTRIES = 2**26  # of a channel: half a gigabyte


def blurred_channel(outcomes: Array, resolution: float) -> Array:
    """Return the channel from action sequences to blurred observations of their outcomes.

    Parameters
    ----------
    outcomes : ndarray, shape (M, R, 3)
        Final x and y in half screens and angle in radians, of R rollouts of each sequence.
    resolution : float
        Standard deviation of the Gaussian, in half screens and half turns.

    Returns
    -------
    ndarray, shape (M, Y)
        Probabilities p(o | sequence) over the lattice points that are observed at all.

    Raises
    ------
    HorizonTooLarge
        If the channel would not fit in memory.
    """
    count, repeats, _ = outcomes.shape
    points = outcomes.reshape(-1, 3) / (STEP * resolution * np.array(UNITS))  # in lattice steps
    nearest = np.round(points).astype(np.intp)
    around = np.arange(-REACH, REACH + 1)
    distance = STEP * ((nearest - points)[:, :, None] + around)
    density = np.exp(-(distance**2) / 2)
    density /= density.sum(axis=2, keepdims=True)
    weights = np.einsum("ia,ib,ic->iabc", *density.transpose(1, 0, 2)).reshape(len(points), -1)
    low = nearest.min(axis=0) - REACH
    shape = nearest.max(axis=0) + REACH + 1 - low
    offsets = np.stack(np.meshgrid(around, around, around, indexing="ij"), axis=-1).reshape(-1, 3)
    lattice = (nearest - low)[:, None] + offsets
    flat = (lattice[..., 0] * shape[1] + lattice[..., 1]) * shape[2] + lattice[..., 2]
    observed, output = np.unique(flat, return_inverse=True)
    size = count * len(observed)
    if size > MAX_ENTRIES:
        raise HorizonTooLarge(
            f"the channel of {count:,} sequences and {len(observed):,} outputs would need "
            f"{8 * size / 2**30:.1f} GB; lower `horizon` or raise `resolution`"
        )
    row = np.repeat(np.arange(count), repeats * len(offsets))
    entries = np.bincount(row * len(observed) + output.ravel(), weights.ravel(), size)
    return np.asarray(entries.reshape(count, -1) / repeats)


def estimated_bits(outcomes: Array, resolution: float) -> float:
    """Return the certified lower end of the capacity of `blurred_channel`, in bits.

    Sequences with equal outcomes count once, which does not change the capacity.

    Parameters
    ----------
    outcomes : ndarray, shape (M, R, 3)
        Outcomes as in `blurred_channel`.
    resolution : float
        Standard deviation of the Gaussian, in half screens and half turns.
    """
    rows = outcomes.reshape(len(outcomes), -1)
    distinct = np.unique(rows, axis=0).reshape(-1, *outcomes.shape[1:])
    if len(distinct) == 1:
        return 0.0
    with warnings.catch_warnings():  # the estimate itself errs by more
        warnings.simplefilter("ignore", ConvergenceWarning)
        return active_set_capacity(blurred_channel(distinct, resolution), TOLERANCE).lower
