"""Entropy, divergence and mutual information of plain arrays, in bits.

Definitions and notation follow Cover & Thomas, *Elements of Information Theory* (2006), chapter 2.
"""

import math

import numpy as np
from numpy.typing import ArrayLike

from gridemp.arguments import check_kinds, checked_numbers
from gridemp.errors import GridempError
from gridemp.typing import Array

LN2 = math.log(2)  # number of nats in a bit


def entropy(p: ArrayLike) -> Array:
    """Entropy of distributions along the last axis.

    H(p) = -sum_i p_i log2 p_i, with 0 log 0 = 0.

    Parameters
    ----------
    p : array_like, shape (..., N)
        Probabilities; each slice along the last axis sums to 1.

    Returns
    -------
    ndarray, shape (...)
        Entropies in bits.

    Examples
    --------
    >>> from gridemp.information import entropy
    >>> entropy([[0.5, 0.5], [1, 0]])
    array([1., 0.])
    """
    check_kinds(entropy, locals())
    p = np.asarray(p, dtype=float)
    logs = np.log2(p, out=np.zeros_like(p), where=p > 0)
    return np.asarray(-(p * logs).sum(axis=-1) + 0.0)  # + 0.0 turns -0.0 into 0.0


def kl_divergence(p: ArrayLike, q: ArrayLike) -> Array:
    """Kullback-Leibler divergence of distributions along the last axis.

    D(p || q) = sum_i p_i log2(p_i / q_i); infinite where p has mass and q has none.

    Parameters
    ----------
    p, q : array_like, shape (..., N)
        Probabilities; their leading axes broadcast.

    Returns
    -------
    ndarray, shape (...)
        Divergences in bits.

    Raises
    ------
    GridempError
        If `p` and `q` have different numbers of probabilities.

    Examples
    --------
    >>> from gridemp.information import kl_divergence
    >>> kl_divergence([[1, 0], [0.5, 0.5]], [0.5, 0.5])
    array([1., 0.])
    """
    check_kinds(kl_divergence, locals())
    p, q = np.asarray(p, dtype=float), np.asarray(q, dtype=float)
    if p.shape[-1] != q.shape[-1]:
        raise GridempError(
            f"`p` has {p.shape[-1]} probabilities and `q` has {q.shape[-1]}; give equally many"
        )
    p, q = np.broadcast_arrays(p, q)
    support = p > 0
    with np.errstate(divide="ignore"):
        log_q = np.log2(q, out=np.zeros_like(q), where=support)
    log_p = np.log2(p, out=np.zeros_like(p), where=support)
    return np.asarray((p * (log_p - log_q)).sum(axis=-1))


def mutual_information(joint: ArrayLike) -> float:
    """Mutual information of a joint distribution, as a divergence.

    I(X; Y) = D(p(x,y) || p(x) p(y)), summed as sum_x p(x) D(p(y|x) || p(y)), in which no product
    of small masses can underflow.

    Parameters
    ----------
    joint : array_like, shape (X, Y)
        Joint probabilities, summing to 1.

    Returns
    -------
    float
        Mutual information in bits.

    Examples
    --------
    >>> from gridemp.information import mutual_information
    >>> mutual_information([[0.5, 0], [0, 0.5]])
    1.0
    """
    joint = checked_numbers("joint", joint, 2)
    p_x = joint.sum(axis=1, keepdims=True)
    p_y_given_x = np.divide(joint, p_x, out=np.zeros_like(joint), where=p_x > 0)
    return transmitted_information(p_y_given_x, p_x[:, 0])


def shared_entropy(joint: ArrayLike) -> float:
    """Mutual information of a joint distribution, from three entropies.

    I(X; Y) = H(X) + H(Y) - H(X, Y).

    Parameters
    ----------
    joint : array_like, shape (X, Y)
        Joint probabilities, summing to 1.

    Returns
    -------
    float
        Mutual information in bits, equal to that of `mutual_information` up to rounding.

    Examples
    --------
    >>> from gridemp.information import shared_entropy
    >>> shared_entropy([[0.5, 0], [0, 0.5]])
    1.0
    """
    joint = checked_numbers("joint", joint, 2)
    both = entropy(joint.sum(axis=1)) + entropy(joint.sum(axis=0))
    return float(both - entropy(joint.ravel()))


def transmitted_information(channel: ArrayLike, source: ArrayLike) -> float:
    """Mutual information between input and output of a channel, for a given source.

    I(X; Y) = sum_x r(x) D(p(.|x) || q) with the output distribution q = sum_x r(x) p(.|x). It is
    at most the capacity of the channel.

    Parameters
    ----------
    channel : array_like, shape (M, Y)
        p(y|x): one row per input.
    source : array_like, shape (M,)
        r(x): the probability of each input.

    Returns
    -------
    float
        Mutual information in bits.

    Examples
    --------
    >>> from gridemp.information import transmitted_information
    >>> transmitted_information([[1, 0], [0, 1], [0, 1]], [0.5, 0.25, 0.25])
    1.0
    """
    channel, source = checked_numbers("channel", channel, 2), checked_numbers("source", source, 1)
    if len(channel) != len(source):
        raise GridempError(
            f"`source` has {len(source)} probabilities, but `channel` has {len(channel)} inputs; "
            "give one probability for each input"
        )
    chosen = source > 0  # an input that is never chosen may have an infinite divergence
    return float(source[chosen] @ kl_divergence(channel[chosen], source @ channel))
