r"""The variational lower bound on mutual information, and why Blahut-Arimoto works.

For a source omega(a|s), a channel p(s'|s,a) and any planning distribution q(a|s',s),

    I(A; S' | s)  >=  sum_{a,s'} omega(a|s) p(s'|s,a) [log q(a|s',s) - log omega(a|s)],

and what the right side lacks is the mean of D(omega(a|s',s) || q(a|s',s)), the divergence from the
true posterior [1]_ [2]_. It is concave in each of q and omega alone. Maximised over q, it is the
mutual information, at q(a|s',s) ~ omega(a|s) p(s'|s,a); over omega, at omega(a|s) ~ exp(sum_{s'}
p(s'|s,a) log q(a|s',s)). Each of the two half-steps can only raise the bound; in turns they are the
Blahut-Arimoto iteration [3]_ [4]_, and end at the capacity.

In the terms of `capacity.py`, for one state s: the channel is p(y|x) with inputs x = a and outputs
y = s', the source is omega(x), and the planning distribution q(x|y).

References
----------
.. [1] D. Barber and F. Agakov, "The IM algorithm: a variational approach to information
   maximization", NIPS 16 (2003).
.. [2] S. Mohamed and D. J. Rezende, "Variational information maximisation for intrinsically
   motivated reinforcement learning", NIPS 28 (2015), arXiv:1509.08731.
.. [3] S. Arimoto (1972) and R. E. Blahut (1972), see `capacity.py`.
.. [4] I. Csiszar and G. Tusnady, "Information geometry and alternating minimization procedures",
   Statistics and Decisions, Supplement 1, 205-237 (1984).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

import numpy as np
from numpy.typing import ArrayLike

from gridemp.errors import GridempError
from gridemp.information.capacity import checked_channel, divergences, row_negentropy
from gridemp.information.measures import LN2, entropy
from gridemp.typing import Array

MAX_NATS = 1e300  # in place of infinity


@dataclass(frozen=True, eq=False)
class HalfStep:
    """Where alternating maximisation has got.

    Attributes
    ----------
    source : ndarray, shape (M,)
        omega(x).
    planning : ndarray, shape (M, Y)
        q(x|y): each column sums to 1.
    bound : float
        The variational bound of the two, in bits: at most the capacity.
    upper : float
        max_x D(p(.|x) || sum_x omega(x) p(.|x)), in bits: at least the capacity. It may rise
        from one source to the next.
    updated : {"", "planning", "source"}
        Which of the two this half-step set; neither at the start.
    """

    source: Array
    planning: Array
    bound: float
    upper: float
    updated: str


def variational_bound(channel: ArrayLike, source: ArrayLike, planning: ArrayLike) -> float:
    """What a planning distribution proves about a source: a lower bound on what it sends.

    sum_{x,y} omega(x) p(y|x) [log2 q(x|y) - log2 omega(x)] <= I(X; Y) <= capacity.

    Parameters
    ----------
    channel : array_like, shape (M, Y)
        p(y|x): one row per input, each summing to 1.
    source : array_like, shape (M,)
        omega(x).
    planning : array_like, shape (M, Y)
        q(x|y): each column sums to 1.

    Returns
    -------
    float
        Bits; minus infinity if q rules out what can happen.

    Raises
    ------
    GridempError
        If the channel is none, or source and planning are no distributions of these shapes.
    """
    channel = checked_channel(channel)
    source, planning = np.asarray(source, dtype=float), np.asarray(planning, dtype=float)
    _check(source, channel.shape[:1], "the source")
    _check(planning, channel.shape, "the planning distribution q(x|y)")
    return _bound(channel, source, planning)


def best_planning(channel: Array, source: Array) -> Array:
    """The planning distribution of highest bound: the posterior q(x|y) ~ omega(x) p(y|x).

    Of shape (M, Y); uniform in columns of outputs that the source never brings about.
    """
    joint = source[:, None] * channel
    total = joint.sum(axis=0)
    uniform = np.full_like(joint, 1 / len(joint))
    return np.asarray(np.divide(joint, total, out=uniform, where=total > 0))


def best_source(channel: Array, planning: Array) -> Array:
    """The source of highest bound: omega(x) ~ exp(sum_y p(y|x) log q(x|y)), of shape (M,).

    Uniform if q rules out what each input can lead to: then all bounds are minus infinity.
    """
    with np.errstate(divide="ignore"):
        logs = np.log(planning, out=np.zeros_like(planning), where=channel > 0)
    scores = (channel * logs).sum(axis=1)
    weights = np.exp(scores - max(scores.max(), -MAX_NATS))
    if not weights.any():
        weights = np.ones(len(scores))
    return np.asarray(weights / weights.sum())


def alternate(
    channel: ArrayLike, source: ArrayLike | None = None, planning: ArrayLike | None = None
) -> Iterator[HalfStep]:
    """Alternating maximisation of the bound: the planning step, the source step, without end.

    Parameters
    ----------
    channel : array_like, shape (M, Y)
        p(y|x).
    source : array_like, shape (M,), optional
        The first omega, positive; by default uniform. Inputs of mass 0 would keep it for ever.
    planning : array_like, shape (M, Y), optional
        The first q; by default q(x|y) = 1/M, which proves nothing: its bound for the uniform source
        is 0.

    Yields
    ------
    HalfStep
        The start, and the state after each half-step; `bound` never falls but for rounding.

    Raises
    ------
    GridempError
        If the channel is none, or source and planning are no distributions of these shapes.
    """
    channel = checked_channel(channel)
    size = len(channel)
    source = np.full(size, 1 / size) if source is None else np.asarray(source, dtype=float)
    planning = np.full(channel.shape, 1 / size) if planning is None else np.asarray(planning, float)
    _check(source, channel.shape[:1], "the source")
    _check(planning, channel.shape, "the planning distribution q(x|y)")
    if not (source > 0).all():
        raise GridempError("alternating from a source needs all inputs possible; let none be 0")
    negentropy = row_negentropy(channel)
    for step in count():
        upper = max(float(divergences(channel, negentropy, source).max()) / LN2, 0.0)
        updated = ("", "planning", "source")[step and 2 - step % 2]
        yield HalfStep(source, planning, _bound(channel, source, planning), upper, updated)
        if step % 2 == 0:
            planning = best_planning(channel, source)
        else:
            source = best_source(channel, planning)


def _bound(channel: Array, source: Array, planning: Array) -> float:
    joint = source[:, None] * channel
    with np.errstate(divide="ignore"):
        logs = np.log2(planning, out=np.zeros_like(planning), where=joint > 0)
    return float((joint * logs).sum() + entropy(source))


def _check(values: Array, shape: tuple[int, ...], what: str) -> None:
    """Raise a GridempError unless these are distributions along the first axis."""
    if values.shape != shape:
        raise GridempError(f"{what} has shape {values.shape}, not {shape}")
    sums = values.sum(axis=0)
    if not ((values >= 0).all() and np.allclose(sums, 1, rtol=0, atol=1e-9)):  # NaN fails too
        raise GridempError(f"{what} is no distribution; its probabilities are to sum to 1")
