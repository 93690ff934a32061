"""Information that one trial is expected to give about the probability of an event.

If P ~ Beta(works, fails), the outcome of the next trial and P have the mutual information
h(E[P]) - E[h(P)], where h is the binary entropy. It is exact through the digamma function.
"""

import numpy as np
from numpy.typing import ArrayLike

from gridemp.information.measures import LN2
from gridemp.typing import Array

BERNOULLI = 1 / 12, -1 / 120, 1 / 252, -1 / 240, 1 / 132  # B_2k / 2k


def expected_information(works: ArrayLike, fails: ArrayLike) -> Array:
    """Information that one trial is expected to give about P ~ Beta(works, fails), in bits.

    Parameters
    ----------
    works, fails : array_like
        Parameters of the Beta distribution, above 0, of equal shapes.

    Returns
    -------
    ndarray
        Expected information in bits, in the shape of the parameters.
    """
    parameters = np.asarray(works, dtype=float), np.asarray(fails, dtype=float)
    total = parameters[0] + parameters[1]
    bits = np.zeros(total.shape)
    for count in parameters:
        mean = count / total
        bits += mean * (digamma(count + 1) - digamma(total + 1) - np.log(mean))
    return np.asarray(np.maximum(bits / LN2, 0.0))


def digamma(x: ArrayLike) -> Array:
    """Derivative of ln Gamma for x > 0, to about 1e-12.

    psi(x) = psi(x + 8) - sum over k < 8 of 1 / (x + k), with the asymptotic series of psi(x + 8).
    """
    near = np.asarray(x, dtype=float)
    below = sum(1 / (near + k) for k in range(8))
    z = near + 8
    square = 1 / z**2
    series = np.polynomial.polynomial.polyval(square, [0, *BERNOULLI])
    return np.asarray(np.log(z) - 1 / (2 * z) - series - below)
