r"""Variational lower bound on mutual information, and why Blahut-Arimoto works.

For a source omega(a|s), a channel p(s'|s,a) and any planning distribution q(a|s',s),

    I(A; S' | s)  >=  sum_{a,s'} omega(a|s) p(s'|s,a) [log q(a|s',s) - log omega(a|s)],

where the two sides differ by the mean of D(omega(a|s',s) || q(a|s',s)), the divergence of q from
the true posterior [1]_ [2]_. The bound is concave in q and in omega separately. Its maximum over q
is the mutual information, at q(a|s',s) ~ omega(a|s) p(s'|s,a); its maximum over omega is at
omega(a|s) ~ exp(sum_{s'} p(s'|s,a) log q(a|s',s)). Neither half-step can lower the bound;
alternated, they are the Blahut-Arimoto iteration [3]_ [4]_ and converge to the capacity.

In the terms of `capacity.py`, for one state s: the channel is p(y|x) with inputs x = a and outputs
y = s', the source is omega(x), and the planning distribution is q(x|y).

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
from itertools import cycle

import numpy as np
from numpy.typing import ArrayLike

from gridemp.arguments import check_kinds
from gridemp.errors import GridempError
from gridemp.information.capacity import checked_channel, divergences, row_negentropy
from gridemp.information.measures import LN2, entropy
from gridemp.typing import Array

MAX_NATS = 1e300  # finite, in place of infinity


@dataclass(frozen=True, eq=False, repr=False)
class HalfStep:
    """State of alternating maximisation after a half-step.

    Attributes
    ----------
    source : ndarray, shape (M,)
        Source distribution omega(x).
    planning : ndarray, shape (M, Y)
        Planning distribution q(x|y): each column sums to 1.
    bound : float
        Variational bound of the two distributions, in bits: at most the capacity.
    upper : float
        max_x D(p(.|x) || sum_x omega(x) p(.|x)), in bits: at least the capacity. It may rise
        from one source to the next.
    updated : {"", "planning", "source"}
        Distribution that this half-step updated; empty at the start.

    Examples
    --------
    >>> from gridemp.information import alternate
    >>> steps = alternate([[1, 0], [0.5, 0.5]])
    >>> next(steps)
    HalfStep(nothing updated, 0.000000 to 0.415037 bits)
    >>> next(steps)
    HalfStep(planning updated, 0.311278 to 0.415037 bits)
    """

    source: Array
    planning: Array
    bound: float
    upper: float
    updated: str

    def __repr__(self) -> str:
        updated = self.updated or "nothing"
        return f"HalfStep({updated} updated, {self.bound:.6f} to {self.upper:.6f} bits)"


def variational_bound(channel: ArrayLike, source: ArrayLike, planning: ArrayLike) -> float:
    """Lower bound on the mutual information of a source, from a planning distribution.

    sum_{x,y} omega(x) p(y|x) [log2 q(x|y) - log2 omega(x)] <= I(X; Y) <= capacity.

    Parameters
    ----------
    channel : array_like, shape (M, Y)
        p(y|x): one row per input, each summing to 1.
    source : array_like, shape (M,)
        Source distribution omega(x).
    planning : array_like, shape (M, Y)
        Planning distribution q(x|y): each column sums to 1.

    Returns
    -------
    float
        Bound in bits; minus infinity if q gives probability 0 to an input that can have caused an
        output.

    Raises
    ------
    GridempError
        If `channel` is not a channel, or `source` and `planning` are not distributions of these
        shapes.

    Examples
    --------
    >>> from gridemp.information import best_planning, variational_bound
    >>> channel, source = [[1, 0], [0, 1], [0, 1]], [0.5, 0.25, 0.25]
    >>> variational_bound(channel, source, best_planning(channel, source))
    1.0
    """
    check_kinds(variational_bound, locals())
    channel = checked_channel(channel)
    source, planning = np.asarray(source, dtype=float), np.asarray(planning, dtype=float)
    _check_distribution("source", source, channel.shape[:1])
    _check_distribution("planning", planning, channel.shape)
    return _bound(channel, source, planning)


def best_planning(channel: ArrayLike, source: ArrayLike) -> Array:
    """Planning distribution with the highest bound: the posterior q(x|y) ~ omega(x) p(y|x).

    Parameters
    ----------
    channel : array_like, shape (M, Y)
        p(y|x): one row per input, each summing to 1.
    source : array_like, shape (M,)
        Source distribution omega(x).

    Returns
    -------
    ndarray, shape (M, Y)
        q(x|y): each column sums to 1. Columns of outputs that never occur are uniform.

    Examples
    --------
    >>> from gridemp.information import best_planning
    >>> best_planning([[1, 0], [0.5, 0.5]], [0.5, 0.5]).round(3)
    array([[0.667, 0.   ],
           [0.333, 1.   ]])
    """
    check_kinds(best_planning, locals())
    joint = np.asarray(source, dtype=float)[:, None] * np.asarray(channel, dtype=float)
    total = joint.sum(axis=0)
    uniform = np.full_like(joint, 1 / len(joint))
    return np.asarray(np.divide(joint, total, out=uniform, where=total > 0))


def best_source(channel: ArrayLike, planning: ArrayLike) -> Array:
    """Source distribution with the highest bound: omega(x) ~ exp(sum_y p(y|x) log q(x|y)).

    Parameters
    ----------
    channel : array_like, shape (M, Y)
        p(y|x): one row per input, each summing to 1.
    planning : array_like, shape (M, Y)
        Planning distribution q(x|y): each column sums to 1.

    Returns
    -------
    ndarray, shape (M,)
        omega(x). It is uniform if the bound is minus infinity for every source.

    Examples
    --------
    >>> from gridemp.information import best_planning, best_source
    >>> channel = [[1, 0], [0.5, 0.5]]
    >>> best_source(channel, best_planning(channel, [0.5, 0.5])).round(3)
    array([0.536, 0.464])
    """
    check_kinds(best_source, locals())
    channel, planning = np.asarray(channel, dtype=float), np.asarray(planning, dtype=float)
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
    """Maximise the bound by alternating planning steps and source steps, without end.

    Parameters
    ----------
    channel : array_like, shape (M, Y)
        p(y|x): one row per input, each summing to 1.
    source : array_like, shape (M,), optional
        Initial omega(x), positive, as a probability of 0 would stay 0; by default uniform.
    planning : array_like, shape (M, Y), optional
        Initial q(x|y); by default 1/M, for which the bound of the uniform source is 0.

    Yields
    ------
    HalfStep
        The initial state, then the state after each half-step; apart from rounding, `bound` never
        falls.

    Raises
    ------
    GridempError
        If `channel` is not a channel, or `source` and `planning` are not distributions of these
        shapes.

    Examples
    --------
    >>> from itertools import islice
    >>> from gridemp.information import alternate
    >>> [round(step.bound, 3) for step in islice(alternate([[1, 0], [0.5, 0.5]]), 4)]
    [0.0, 0.311, 0.315, 0.317]
    """
    check_kinds(alternate, locals())
    channel = checked_channel(channel)
    size = len(channel)
    source = np.full(size, 1 / size) if source is None else np.asarray(source, dtype=float)
    planning = np.full(channel.shape, 1 / size) if planning is None else np.asarray(planning, float)
    _check_distribution("source", source, channel.shape[:1])
    _check_distribution("planning", planning, channel.shape)
    if not (source > 0).all():
        raise GridempError("the initial `source` must give each input a positive probability")
    negentropy = row_negentropy(channel)
    updated = ""
    for following in cycle(("planning", "source")):
        upper = max(float(divergences(channel, negentropy, source).max()) / LN2, 0.0)
        yield HalfStep(source, planning, _bound(channel, source, planning), upper, updated)
        if following == "planning":
            planning = best_planning(channel, source)
        else:
            source = best_source(channel, planning)
        updated = following


def _bound(channel: Array, source: Array, planning: Array) -> float:
    """Variational bound, in bits, for arrays that have been checked."""
    joint = source[:, None] * channel
    with np.errstate(divide="ignore"):
        logs = np.log2(planning, out=np.zeros_like(planning), where=joint > 0)
    return float((joint * logs).sum() + entropy(source))


def _check_distribution(argument: str, values: Array, shape: tuple[int, ...]) -> None:
    """Raise a GridempError unless the values are distributions along the first axis."""
    if values.shape != shape:
        raise GridempError(f"`{argument}` must have shape {shape}, not {values.shape}")
    sums = values.sum(axis=0)
    if not ((values >= 0).all() and np.allclose(sums, 1, rtol=0, atol=1e-9)):  # NaN fails too
        raise GridempError(f"`{argument}` is not a distribution; make its probabilities sum to 1")
