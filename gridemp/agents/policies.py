"""What an agent does that empowerment alone moves: greedily, softly, or by a plan.

A policy is an array pi(a | s) of shape (S, A), whose rows sum to 1. Nothing here is sampled.
"""

import warnings

import numpy as np
from numpy.typing import NDArray

from gridemp.engine.map import ROUNDING
from gridemp.errors import ConvergenceWarning, GridempError
from gridemp.progress import Progress, ignore
from gridemp.typing import Array, Indices
from gridemp.worlds.world import World

TEMPERATURE, GAMMA = 0.1, 0.9  # bits; of what comes a step later
MAX_SWEEPS = 10**6
TELLING = 1e-3  # bits: a plan that is less certain says so
BOUND = 1e-9  # bits to which a plan knows its values
HELD, MAX_DENSE = 200, 1000  # sweeps before the policy so far is held to; states for that
EPSILON = 32 * float(np.finfo(float).eps)  # rounding, of the values themselves


def expected(world: World, values: Array, states: Indices | None = None) -> Array:
    """The mean of a value of the next state: sum over s' of P(s' | s, a) value(s').

    Parameters
    ----------
    values : ndarray, shape (S,)
        NaN where it is not known.
    states : ndarray of int, shape (T,), optional
        For which s; by default for all.

    Returns
    -------
    ndarray, shape (T, A)
        NaN where a next state that is possible has no known value.
    """
    rows = slice(None) if states is None else states
    chances = world.probabilities[rows]
    ahead = values[world.successors[rows]]
    return np.asarray(np.where(chances > 0, chances * ahead, 0.0).sum(axis=2))


def greedy(world: World, bits: Array, gap: Array, states: Indices | None = None) -> Array:
    """One of the actions of highest expected empowerment, all of them alike.

    argmax over a of sum over s' of P(s' | s, a) E_n(s'), after A. S. Klyubin, D. Polani and
    C. L. Nehaniv, "All else being equal be empowered", ECAL (2005). Actions are equally good as far
    as the certificate can tell: within the widest gap of a next state.

    Parameters
    ----------
    world : World
        Of S states and A actions.
    bits, gap : ndarray, shape (S,)
        Empowerment in bits, see `drive`.
    states : ndarray of int, shape (T,), optional
        In which states; by default in all.

    Returns
    -------
    ndarray, shape (T, A)
        pi(a | s); NaN where not all next states are known.
    """
    return _uniform(expected(world, bits, states), _slack(world, gap, states))


def soft(
    world: World, bits: Array, temperature: float = TEMPERATURE, states: Indices | None = None
) -> Array:
    """Every action, the likelier the higher its expected empowerment: a softmax.

    pi(a | s) = exp(Q(s, a) / T) / sum over b of exp(Q(s, b) / T) with Q(s, a) the sum over s' of
    P(s' | s, a) E_n(s'): see R. S. Sutton and A. G. Barto, "Reinforcement Learning" (2018), 2.8.

    Parameters
    ----------
    world : World
        Of S states and A actions.
    bits : ndarray, shape (S,)
        Empowerment in bits, see `drive`.
    temperature : float
        T, in bits: with T bits more an action is e times as likely.
    states : ndarray of int, shape (T,), optional
        In which states; by default in all.

    Returns
    -------
    ndarray, shape (T, A)
        pi(a | s); NaN where not all next states are known.

    Raises
    ------
    GridempError
        If the temperature is not above 0.
    """
    check_temperature(temperature)
    mean = expected(world, bits, states)
    with np.errstate(over="ignore"):  # a temperature next to 0 leaves the best alone
        weights = np.exp((mean - mean.max(axis=1, keepdims=True)) / temperature)
    return np.asarray(weights / weights.sum(axis=1, keepdims=True))


def plan(
    world: World,
    bits: Array,
    gamma: float = GAMMA,
    gap: Array | None = None,
    progress: Progress | None = None,
) -> Array:
    """One of the actions from which most empowerment can be gathered over time, all alike.

    argmax over a of sum over s' of P(s' | s, a) (E_n(s') + gamma V(s')), with V as `worth` finds
    it. Actions are equally good as far as the certificates of V and of the empowerment can tell.

    Parameters
    ----------
    world : World
        Of S states and A actions.
    bits : ndarray, shape (S,)
        Empowerment of all states, in bits.
    gamma : float
        How much the next step counts, from 0 up to but not 1; 0 is `greedy`.
    gap : ndarray, shape (S,), optional
        The empowerment lies in [bits, bits + gap]; by default bits are exact.
    progress : callable, optional
        Called with the fraction done, from 0 to 1.

    Returns
    -------
    ndarray, shape (S, A)
        pi(a | s).

    Raises
    ------
    GridempError
        If gamma is not in [0, 1), or the empowerment of a state is missing.

    Warns
    -----
    ConvergenceWarning
        If gamma is so near to 1 that the certificates leave more than 0.001 bits open.
    """
    progress = progress or ignore
    gap = np.zeros(len(bits)) if gap is None else gap
    value, low, high = worth(world, bits, gamma, progress)
    mean = expected(world, bits + gamma * value)
    unknown = high - low + float(gap.max()) / (1 - gamma) + EPSILON * float(value.max())
    if gamma * unknown > TELLING:
        warnings.warn(
            f"with gamma {gamma:.9g} a plan is certain only to {gamma * unknown:.2g} bits, and "
            "takes what differs by less as equally good; lower gamma or the tolerance",
            ConvergenceWarning,
            stacklevel=2,
        )
    return _uniform(mean, _slack(world, gap) + gamma * unknown)


def worth(
    world: World, bits: Array, gamma: float, progress: Progress | None = None
) -> tuple[Array, float, float]:
    """The empowerment that can be gathered from each state on, by value iteration.

    V(s) = max over a of sum over s' of P(s' | s, a) (E_n(s') + gamma V(s')): see R. S. Sutton and
    A. G. Barto, "Reinforcement Learning" (2018), 4.4. After a sweep that changed the values by
    d(s), the truth is at least gamma / (1 - gamma) min d and at most gamma / (1 - gamma) max d
    above them (J. MacQueen, "A modified dynamic programming method for Markovian decision
    problems", J. Math. Anal. Appl. 14, 1966); sweeps end when these differ by `BOUND`, or by what
    rounding leaves of it. If they are many, what the policy so far is worth is solved for in
    between, as in policy iteration (4.3).

    Returns
    -------
    value : ndarray, shape (S,)
        In bits.
    low, high : float
        V lies in [value + low, value + high].

    Raises
    ------
    GridempError
        If gamma is not in [0, 1), or the empowerment of a state is missing.
    """
    progress = progress or ignore
    check_gamma(gamma)
    if np.isnan(bits).any():
        raise GridempError("to plan, give the empowerment of every state")
    reward = expected(world, bits)
    value, later = reward.max(axis=1), gamma / (1 - gamma)
    change, swept = value, 0
    most = 1 + np.log(BOUND * (1 - gamma) / 100) / np.log(max(gamma, 1e-3))  # sweeps, roughly
    while True:
        low, high = later * float(change.min()), later * float(change.max())
        enough = max(BOUND, later * EPSILON * float(value.max()))
        if high - low <= enough or swept == MAX_SWEEPS:  # the bounds hold all the same
            progress(1.0)
            return value, low, high
        swept += 1
        ahead = reward + gamma * expected(world, value)
        if swept % HELD == 0 and len(bits) <= MAX_DENSE:
            value = _held(world, reward, ahead.argmax(axis=1), gamma)
            ahead = reward + gamma * expected(world, value)
        value, change = ahead.max(axis=1), ahead.max(axis=1) - value
        progress(min(1.0, swept / most))


def _held(world: World, reward: Array, actions: NDArray[np.intp], gamma: float) -> Array:
    """What is gathered by one action in each state, held to: the solution of a linear system."""
    every = np.arange(len(actions))
    system = np.eye(len(actions))
    ahead, chances = world.successors[every, actions], world.probabilities[every, actions]
    np.subtract.at(system, (every[:, None], ahead), gamma * chances)
    return np.asarray(np.linalg.solve(system, reward[every, actions]))


def check_temperature(temperature: float) -> None:
    """Raise a GridempError if there is no such temperature."""
    if not temperature > 0:
        raise GridempError(f"a temperature is a number of bits above 0, not {temperature:g}")


def check_gamma(gamma: float) -> None:
    """Raise a GridempError if later steps cannot count so much."""
    if not 0 <= gamma < 1:
        raise GridempError(f"gamma is a number from 0 up to but not 1, not {gamma:g}")


def _slack(world: World, gap: Array, states: Indices | None = None) -> Array:
    """The widest gap of a next state, and never less than rounding: shape (T,)."""
    rows = slice(None) if states is None else states
    possible = world.probabilities[rows] > 0
    widest = np.where(possible, gap[world.successors[rows]], 0.0).max(axis=(1, 2))
    return np.asarray(np.maximum(widest, ROUNDING))


def _uniform(mean: Array, slack: Array) -> Array:
    """All actions alike whose mean is within the slack of the highest; NaN stays NaN."""
    best = mean.max(axis=1, keepdims=True)
    good = mean >= best - slack[:, None]
    return np.asarray(
        np.where(np.isnan(best), np.nan, good / np.maximum(good.sum(axis=1), 1)[:, None])
    )
