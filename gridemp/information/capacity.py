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

from gridemp.arguments import check_kinds
from gridemp.errors import ConvergenceWarning, GridempError
from gridemp.information.measures import LN2, entropy
from gridemp.shown import Shown, counted
from gridemp.typing import Array

ROW_SUM_TOLERANCE = 1e-9
TINY = float(np.finfo(float).tiny)  # replaces probabilities q(y) that underflow to 0
ROUNDING = 1e-12  # a row with a sum further from 1 is normalised, so that the bounds hold


@dataclass(frozen=True, eq=False, repr=False)
class Capacity(Shown):
    """Certified channel capacity: the true value lies in [lower, upper].

    Attributes
    ----------
    lower : float
        Mutual information in bits that `source` attains.
    upper : float
        max_x D(p(.|x) || q) in bits for the output distribution q of `source`.
    source : ndarray, shape (M,)
        Source distribution: the probability of each input.
    iterations : int
        Number of iterations.
    converged : bool
        True if upper - lower is within the tolerance.

    Examples
    --------
    >>> import gridemp
    >>> gridemp.blahut_arimoto([[0.9, 0.1], [0.1, 0.9]])
    Capacity(0.531004 to 0.531004 bits, 2 inputs, 1 iteration, converged)
    >>> capacity = gridemp.blahut_arimoto([[1, 0], [0.5, 0.5]])
    >>> round(capacity.lower, 6), capacity.gap <= 1e-9, capacity.source.round(2)
    (0.321928, True, array([0.6, 0.4]))
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

    def __repr__(self) -> str:
        inputs = counted(len(self.source), "input")
        steps = counted(self.iterations, "iteration")
        return (
            f"Capacity({self.lower:.6f} to {self.upper:.6f} bits, {inputs}, {steps}, "
            f"{'converged' if self.converged else 'not converged'})"
        )


def blahut_arimoto(
    channel: ArrayLike, tol: float = 1e-9, max_iterations: int = 100_000
) -> Capacity:
    """Capacity of a channel by the Blahut-Arimoto iteration.

    Starting from the uniform source, each iteration sets r(x) <- r(x) exp D(p(.|x) || q) and
    normalises (D in nats), which never lowers the mutual information. The iteration stops when the
    certified gap max_x D(x) - sum_x r(x) D(x) is at most `tol`, never because steps became small.

    Parameters
    ----------
    channel : array_like, shape (M, Y)
        p(y|x): one row per input, each summing to 1.
    tol : float
        Largest certified gap to accept, in bits.
    max_iterations : int
        Maximum number of iterations.

    Returns
    -------
    Capacity
        Certified capacity in bits and the source distribution that attains its lower end.

    Raises
    ------
    GridempError
        If a row holds a negative or non-finite number or does not sum to 1 (the text names the
        row), or if `tol` or `max_iterations` is not positive.

    Warns
    -----
    ConvergenceWarning
        If `max_iterations` is too small; the interval returned is certified all the same.

    References
    ----------
    Arimoto (1972) and Blahut (1972), given in full at the top of this module.

    Examples
    --------
    >>> import gridemp
    >>> capacity = gridemp.blahut_arimoto([[0.9, 0.1], [0.1, 0.9]])
    >>> round(capacity.lower, 4), capacity.converged
    (0.531, True)
    """
    check_kinds(blahut_arimoto, locals(), "channel")
    channel = checked_channel(channel)
    check_tolerance(tol)
    if max_iterations < 1:
        raise GridempError(f"`max_iterations` must be 1 or more, not {max_iterations}")
    negentropy = row_negentropy(channel)
    source = np.full(len(channel), 1 / len(channel))
    for iteration in range(1, max_iterations + 1):
        divergence = divergences(channel, negentropy, source)
        lower, upper = float(source @ divergence), float(divergence.max())
        result = certified(lower, upper, source, iteration, tol)
        if result.converged:
            return result
        # Subtracting the maximum prevents overflow and makes no difference after normalising.
        source = source * np.exp(divergence - divergence.max())
        source /= source.sum()
    warn_not_converged(result, tol, "raise `max_iterations` or `tol`")
    return result


def checked_channel(channel: ArrayLike) -> Array:
    """Return the channel as a float array, or raise a GridempError that names the invalid row."""
    try:
        array = np.asarray(channel, dtype=float)
    except (TypeError, ValueError):
        raise GridempError(
            "a channel must be a 2-D array of numbers with rows of the same length"
        ) from None
    if array.ndim != 2 or 0 in array.shape:
        raise GridempError(
            "a channel must be a 2-D array with a row for each input; this one has shape "
            f"{array.shape}"
        )
    invalid = ~(np.isfinite(array) & (array >= 0)).all(axis=1)
    if invalid.any():
        row = int(invalid.argmax())
        raise GridempError(
            f"row {row} of the channel holds a negative, infinite or NaN entry; "
            "probabilities are numbers from 0 to 1"
        )
    sums = array.sum(axis=1)
    not_normalised = abs(sums - 1) > ROW_SUM_TOLERANCE
    if not_normalised.any():
        row = int(not_normalised.argmax())
        raise GridempError(
            f"row {row} of the channel sums to {sums[row]:.12g}, not 1; divide it by its sum"
        )
    if abs(sums - 1).max() > ROUNDING:
        array = array / sums[:, None]
    return array


def check_tolerance(tol: float) -> None:
    """Raise a GridempError unless `tol` is a positive number of bits."""
    if not (math.isfinite(tol) and tol > 0):
        raise GridempError(f"`tol` must be a positive number of bits, not {tol}")


def row_negentropy(channel: Array) -> Array:
    """sum_y p(y|x) ln p(y|x) of each row, shape (M,), in nats."""
    return -entropy(channel) * LN2


def divergences(channel: Array, negentropy: Array, source: Array) -> Array:
    """D(p(.|x) || q) of each row for the output distribution q of `source`, (M,), in nats."""
    q = np.maximum(source @ channel, TINY)  # keeps the bound valid
    return np.asarray(negentropy - channel @ np.log(q))


def certified(lower: float, upper: float, source: Array, iterations: int, tol: float) -> Capacity:
    """Capacity in bits from bounds in nats; if rounding swapped them, both become the upper one."""
    upper = max(upper / LN2, 0.0) + 0.0  # no -0.0
    lower = min(max(lower / LN2, 0.0), upper)
    return Capacity(lower, upper, source, iterations, upper - lower <= tol)


def warn_not_converged(result: Capacity, tol: float, remedy: str) -> None:
    """Warn that the gap of `result` is larger than `tol`, and name the remedy."""
    warnings.warn(
        f"after {result.iterations} iterations the capacity is only known to lie in "
        f"[{result.lower:.9g}, {result.upper:.9g}] bits, not within {tol:g}; {remedy}",
        ConvergenceWarning,
        stacklevel=3,
    )
