r"""Lower bounds on mutual information from a critic, which is a score f(x, y) of each pair.

For a source omega(x) and a channel p(y|x), with P for the joint distribution omega(x) p(y|x) and
Q for the product of its marginals, omega(x) p(y), all of these are at most I(X; Y):

    Donsker-Varadhan [1]_ [2]_        E_P[f] - log E_Q[e^f],
    Nguyen-Wainwright-Jordan [3]_     1 + E_P[f] - E_Q[e^f],
    InfoNCE with B inputs [4]_        E[f(x_1, y) - log (1/B) sum_i e^f(x_i, y)],

where y is an output of x_1, and x_2, ..., x_B are further inputs from omega. The first two are
equal to I(X; Y) for f = log p(y|x)/p(y), which the second needs exactly and the first up to a
constant. The third is never more than log B.

In practice the means are over samples, and so the result is a bound on the information in the
samples, not on I(X; Y). Passed the true channel, these functions give true bounds.

References
----------
.. [1] M. D. Donsker and S. R. S. Varadhan, "Asymptotic evaluation of certain Markov process
   expectations for large time, IV", Communications on Pure and Applied Mathematics 36, 183-212
   (1983).
.. [2] M. I. Belghazi, A. Baratin, S. Rajeswar, S. Ozair, Y. Bengio, A. Courville and R. D. Hjelm,
   "Mutual information neural estimation", ICML (2018), arXiv:1801.04062.
.. [3] X. Nguyen, M. J. Wainwright and M. I. Jordan, "Estimating divergence functionals and the
   likelihood ratio by convex risk minimization", IEEE Transactions on Information Theory 56,
   5847-5861 (2010), arXiv:0809.0853.
.. [4] A. van den Oord, Y. Li and O. Vinyals, "Representation learning with contrastive predictive
   coding" (2018), arXiv:1807.03748. B. Poole, S. Ozair, A. van den Oord, A. A. Alemi and
   G. Tucker, "On variational bounds of mutual information", ICML (2019), arXiv:1905.06922, shows
   that it is a bound.
"""

import numpy as np
from numpy.typing import ArrayLike

from gridemp.arguments import check_kinds, checked_whole
from gridemp.errors import GridempError
from gridemp.information.capacity import checked_channel
from gridemp.information.measures import LN2
from gridemp.typing import Array

MAX_SCORE = 300.0  # nats; exponentials of twice as much are finite
# Nodes of the logarithmic integration variable, beyond which the integrand is below 1e-16.
NODES = np.arange(-38.0, 2 * MAX_SCORE + 40, 0.25)
BLOCK_ENTRIES = 2**22  # of the integrand that are computed together


def donsker_varadhan_bound(channel: ArrayLike, source: ArrayLike, scores: ArrayLike) -> float:
    """Lower bound of Donsker and Varadhan on the mutual information of a source, from a critic.

    E_P[f] - log E_Q[e^f] <= I(X; Y), where P is the joint distribution and Q the product of its
    marginals. Adding a constant to all scores changes nothing.

    Parameters
    ----------
    channel : array_like, shape (M, Y)
        p(y|x): one row per input, each summing to 1.
    source : array_like, shape (M,)
        Source distribution omega(x).
    scores : array_like, shape (M, Y)
        f(x, y), in nats, from -300 to 300.

    Returns
    -------
    float
        Bound in bits.

    Raises
    ------
    GridempError
        If `channel` is not a channel, or `source` or `scores` does not fit it.

    Examples
    --------
    >>> from gridemp.information import donsker_varadhan_bound
    >>> round(donsker_varadhan_bound([[1, 0], [0, 1]], [0.5, 0.5], [[9, -9], [-9, 9]]), 6)
    1.0
    """
    check_kinds(donsker_varadhan_bound, locals())
    joint, product, f = _checked(channel, source, scores)
    top = f.max()
    return float(((joint * f).sum() - top - np.log((product * np.exp(f - top)).sum())) / LN2)


def nguyen_wainwright_jordan_bound(
    channel: ArrayLike, source: ArrayLike, scores: ArrayLike
) -> float:
    """Lower bound of Nguyen, Wainwright and Jordan on the mutual information of a source.

    1 + E_P[f] - E_Q[e^f] <= I(X; Y), where P is the joint distribution and Q the product of its
    marginals. It is at most the bound of Donsker and Varadhan with the same critic.

    Parameters
    ----------
    channel : array_like, shape (M, Y)
        p(y|x): one row per input, each summing to 1.
    source : array_like, shape (M,)
        Source distribution omega(x).
    scores : array_like, shape (M, Y)
        f(x, y), in nats, from -300 to 300.

    Returns
    -------
    float
        Bound in bits.

    Raises
    ------
    GridempError
        If `channel` is not a channel, or `source` or `scores` does not fit it.

    Examples
    --------
    >>> import math
    >>> from gridemp.information import nguyen_wainwright_jordan_bound
    >>> best = math.log(2)  # log p(y|x)/p(y) where x can lead to y
    >>> scores = [[best, -99], [-99, best]]
    >>> round(nguyen_wainwright_jordan_bound([[1, 0], [0, 1]], [0.5, 0.5], scores), 9)
    1.0
    """
    check_kinds(nguyen_wainwright_jordan_bound, locals())
    joint, product, f = _checked(channel, source, scores)
    return float((1 + (joint * f).sum() - (product * np.exp(f)).sum()) / LN2)


def info_nce_bound(channel: ArrayLike, source: ArrayLike, scores: ArrayLike, inputs: int) -> float:
    """InfoNCE lower bound on the mutual information of a source, from a critic.

    E[f(x_1, y) - log (1/B) sum_i e^f(x_i, y)] <= min(I(X; Y), log B), where y is an output of x_1,
    and x_2, ..., x_B are further inputs from the source. The mean over these is not sampled but
    computed from log z = integral of (e^-t - e^-tz)/t over t > 0.

    Parameters
    ----------
    channel : array_like, shape (M, Y)
        p(y|x): one row per input, each summing to 1.
    source : array_like, shape (M,)
        Source distribution omega(x).
    scores : array_like, shape (M, Y)
        f(x, y), in nats, from -300 to 300.
    inputs : int
        Number of inputs B among which the true one is to be recognised, 1 or more: the size of a
        batch.

    Returns
    -------
    float
        Bound in bits.

    Raises
    ------
    GridempError
        If `channel` is not a channel, `source` or `scores` does not fit it, or `inputs` is less
        than 1.

    Examples
    --------
    >>> import numpy as np
    >>> from gridemp.information import info_nce_bound
    >>> channel, source = np.eye(16), np.full(16, 1 / 16)  # 4 bits
    >>> [round(info_nce_bound(channel, source, 99 * channel, size), 2) for size in (2, 4, 256)]
    [0.94, 1.82, 3.96]
    """
    check_kinds(info_nce_bound, locals())
    inputs = checked_whole("inputs", inputs, 1)
    joint, _, f = _checked(channel, source, scores)
    source = np.asarray(source, dtype=float)
    possible = joint.sum(axis=0) > 0
    joint, f = joint[:, possible], f[:, possible]
    f = f - f.max(axis=0)
    return float((joint * (f - _mean_log(np.exp(f), source, inputs))).sum() / LN2)


def _mean_log(weights: Array, source: Array, inputs: int) -> Array:
    """Mean of log (1/B) (w(x, y) + sum of w(x_i, y) over B - 1 random inputs): shape (M, Y).

    With t = e^u, the integrand is smooth in u and vanishes quickly on both sides, where the sum of
    equally spaced nodes is as good as exact.
    """
    total = np.zeros_like(weights)
    size = max(1, BLOCK_ENTRIES // weights.size)
    nodes = NODES[40 - np.log(weights.min() / inputs) > NODES]
    for start in range(0, len(nodes), size):
        t = np.exp(nodes[start : start + size])[:, None, None]
        scaled = np.exp(-t / inputs * weights)
        others = np.einsum("x,txy->ty", source, scaled)[:, None] ** (inputs - 1)
        total += (np.exp(-t) - scaled * others).sum(axis=0)
    return np.asarray(total * (NODES[1] - NODES[0]))


def _checked(
    channel: ArrayLike, source: ArrayLike, scores: ArrayLike
) -> tuple[Array, Array, Array]:
    """Joint distribution, product of its marginals, and scores: each of shape (M, Y)."""
    channel = checked_channel(channel)
    source, scores = np.asarray(source, dtype=float), np.asarray(scores, dtype=float)
    if source.shape != channel.shape[:1] or not (
        (source >= 0).all() and np.isclose(source.sum(), 1, rtol=0, atol=1e-9)
    ):
        raise GridempError(
            f"`source` must hold {len(channel)} probabilities that sum to 1, one for each input"
        )
    if scores.shape != channel.shape or not (np.abs(scores) <= MAX_SCORE).all():
        raise GridempError(
            f"`scores` must have shape {channel.shape} and be from -{MAX_SCORE:g} to "
            f"{MAX_SCORE:g} nats"
        )
    joint = source[:, None] * channel
    return joint, source[:, None] * joint.sum(axis=0), scores
