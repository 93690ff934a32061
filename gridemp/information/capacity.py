"""Channel capacity with a certificate, for any channel matrix.

The capacity of a channel p(y|x) is C = max over p(x) of I(X; Y). For any source distribution r with
output distribution q = r P,

    sum_x r(x) D(p(.|x) || q)  <=  C  <=  max_x D(p(.|x) || q),

with equality on both sides exactly at an optimal r [1]_ [2]_. The left side is I(X; Y) under r; the
two sides are the `lower` and `upper` of every result here.

References
----------
.. [1] S. Arimoto, "An algorithm for computing the capacity of arbitrary discrete memoryless
   channels", IEEE Trans. Inf. Theory 18, 14-20 (1972).
.. [2] R. E. Blahut, "Computation of channel capacity and rate-distortion functions", IEEE Trans.
   Inf. Theory 18, 460-473 (1972).
"""

import math
import warnings
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from gridemp.errors import ConvergenceWarning, GridempError
from gridemp.information.measures import LN2, entropy
from gridemp.typing import Array

ROW_SUM_TOLERANCE = 1e-9
ROUNDING = 1e-12  # rows that miss a sum of 1 by more are divided by it, for the bounds to hold


@dataclass(frozen=True, eq=False)
class Capacity:
    """A certified channel capacity: the true value lies in [lower, upper].

    Attributes
    ----------
    lower : float
        Mutual information in bits that `source` attains.
    upper : float
        max_x D(p(.|x) || q) in bits for the output distribution q of `source`.
    source : ndarray, shape (M,)
        Source distribution: the probability of each input.
    iterations : int
        Rounds used.
    converged : bool
        Whether upper - lower is within the tolerance asked for.
    """

    lower: float
    upper: float
    source: Array
    iterations: int
    converged: bool

    @property
    def gap(self) -> float:
        """Width of the certified interval, upper - lower, in bits."""
        return self.upper - self.lower


def blahut_arimoto(
    channel: ArrayLike, tol: float = 1e-9, max_iterations: int = 100_000
) -> Capacity:
    """Capacity of a channel by the Blahut-Arimoto iteration.

    From the uniform source, each round sets r(x) <- r(x) exp D(p(.|x) || q) and normalises (D in
    nats), which never lowers the mutual information. It stops when the certified gap
    max_x D - sum_x r(x) D(x) is at most `tol`, never because a step got small.

    Parameters
    ----------
    channel : array_like, shape (M, Y)
        p(y|x): one row per input, each summing to 1.
    tol : float
        Largest certified gap to accept, in bits.
    max_iterations : int
        Rounds after which to give up.

    Returns
    -------
    Capacity
        In bits, with the source distribution of shape (M,).

    Raises
    ------
    GridempError
        If a row holds a negative or non-finite number or does not sum to 1 (the text names the
        row), or if `tol` or `max_iterations` is not positive.

    Warns
    -----
    ConvergenceWarning
        If the rounds run out; the interval returned is certified all the same.

    References
    ----------
    Arimoto (1972) and Blahut (1972), see the head of this module.
    """
    channel = checked_channel(channel)
    check_tolerance(tol)
    if max_iterations < 1:
        raise GridempError(f"max_iterations must be 1 or more, not {max_iterations}")
    negentropy = row_negentropy(channel)
    source = np.full(len(channel), 1 / len(channel))
    for iteration in range(1, max_iterations + 1):
        divergence = divergences(channel, negentropy, source)
        lower, upper = float(source @ divergence), float(divergence.max())
        result = certified(lower, upper, source, iteration, tol)
        if result.converged:
            return result
        # Subtracting the maximum changes nothing after normalising and cannot overflow.
        source = source * np.exp(divergence - divergence.max())
        source /= source.sum()
    warn_not_converged(result, tol, "raise max_iterations or tol")
    return result


def checked_channel(channel: ArrayLike) -> Array:
    """The channel as a float array, or a GridempError that names the offending row."""
    try:
        array = np.asarray(channel, dtype=float)
    except (TypeError, ValueError):
        raise GridempError(
            "a channel is a 2-D array of numbers; its rows must have the same length"
        ) from None
    if array.ndim != 2 or 0 in array.shape:
        raise GridempError(
            f"a channel is a 2-D array with a row per input; this one has shape {array.shape}"
        )
    bad = ~(np.isfinite(array) & (array >= 0)).all(axis=1)
    if bad.any():
        row = int(bad.argmax())
        raise GridempError(
            f"row {row} of the channel holds a negative, infinite or NaN entry; "
            "probabilities are numbers from 0 to 1"
        )
    sums = array.sum(axis=1)
    off = abs(sums - 1) > ROW_SUM_TOLERANCE
    if off.any():
        row = int(off.argmax())
        raise GridempError(
            f"row {row} of the channel sums to {sums[row]:.12g}, not 1; divide it by its sum"
        )
    if abs(sums - 1).max() > ROUNDING:
        array = array / sums[:, None]
    return array


def check_tolerance(tol: float) -> None:
    """Raise GridempError unless `tol` is a positive number of bits."""
    if not (math.isfinite(tol) and tol > 0):
        raise GridempError(f"`tol` must be a positive number of bits, not {tol}")


def row_negentropy(channel: Array) -> Array:
    """sum_y p(y|x) ln p(y|x) of each row, shape (M,), in nats."""
    return -entropy(channel) * LN2


def divergences(channel: Array, negentropy: Array, source: Array) -> Array:
    """D(p(.|x) || q) of each row for the output distribution q of `source`: (M,), in nats."""
    # An output that q misses only by underflow keeps the bound valid at the smallest number.
    q = np.maximum(source @ channel, np.finfo(float).tiny)
    return np.asarray(negentropy - channel @ np.log(q))


def certified(lower: float, upper: float, source: Array, iterations: int, tol: float) -> Capacity:
    """The certificate in bits, from bounds in nats; rounding may not turn it inside out."""
    upper = max(upper / LN2, 0.0) + 0.0  # no -0.0
    lower = min(max(lower / LN2, 0.0), upper)
    return Capacity(lower, upper, source, iterations, upper - lower <= tol)


def warn_not_converged(result: Capacity, tol: float, remedy: str) -> None:
    """Say that `result` missed `tol`, what still holds, and what to do."""
    warnings.warn(
        f"after {result.iterations} iterations the capacity is only known to lie in "
        f"[{result.lower:.9g}, {result.upper:.9g}] bits, not within {tol:g}; {remedy}",
        ConvergenceWarning,
        stacklevel=3,
    )
