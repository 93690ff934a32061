"""Policies that follow empowerment: greedy, soft, and by planning ahead.

A policy is an array pi(a | s) of shape (S, A) whose rows sum to 1. Nothing here is sampled.
"""

import warnings

import numpy as np

from gridemp.agents.state_values import EPSILON, expected_next, state_values
from gridemp.arguments import check_kinds
from gridemp.engine.map import ROUNDING
from gridemp.errors import ConvergenceWarning, GridempError
from gridemp.progress import Progress, ignore
from gridemp.typing import Array, Indices
from gridemp.worlds.cells import checked_states
from gridemp.worlds.transitions import check_length
from gridemp.worlds.world import World

TEMPERATURE = 0.1  # bits
GAMMA = 0.9
MAX_UNCERTAINTY = 1e-3  # bits, above which a plan warns


def greedy(world: World, bits: Array, gap: Array, states: Indices | None = None) -> Array:
    """Greedy policy: the actions with the highest expected empowerment, all equally likely.

    It takes the argmax over a of sum over s' of P(s' | s, a) E_n(s'), after A. S. Klyubin, D.
    Polani and C. L. Nehaniv, "All else being equal be empowered", ECAL (2005). Actions count as
    equally good if the certificate cannot tell them apart, that is, if they differ by no more than
    the widest gap of a possible next state.

    Parameters
    ----------
    world : World
        World of S states and A actions.
    bits, gap : ndarray, shape (S,)
        The empowerment lies in [bits, bits + gap], as `empowerment_of_states` returns it.
    states : ndarray of int, shape (T,), optional
        States in which to act; by default all.

    Returns
    -------
    ndarray, shape (T, A)
        pi(a | s); NaN if the empowerment of some possible next state is not known.

    Examples
    --------
    >>> import gridemp
    >>> from gridemp.agents import empowerment_of_states, greedy
    >>> world = gridemp.World.from_maze(gridemp.parse_maze("..."), stay=False)
    >>> bits, gap = empowerment_of_states(world, horizon=1)
    >>> world.actions, greedy(world, bits, gap)[0]
    (('north', 'east', 'south', 'west'), array([0., 1., 0., 0.]))
    """
    check_kinds(greedy, locals())
    bits, gap, states = _checked(world, bits, gap, states)
    return _uniform(expected_next(world, bits, states), _slack(world, gap, states))


def soft(
    world: World, bits: Array, temperature: float = TEMPERATURE, states: Indices | None = None
) -> Array:
    """Soft policy: every action, weighted by the softmax of its expected empowerment.

    pi(a | s) = exp(Q(s, a) / T) / sum over b of exp(Q(s, b) / T) with Q(s, a) the sum over s' of
    P(s' | s, a) E_n(s'): see R. S. Sutton and A. G. Barto, "Reinforcement Learning" (2018), 2.8.

    Parameters
    ----------
    world : World
        World of S states and A actions.
    bits : ndarray, shape (S,)
        Empowerment in bits, as `empowerment_of_states` returns it.
    temperature : float
        Temperature T in bits; an action with T bits more is e times as likely.
    states : ndarray of int, shape (T,), optional
        States in which to act; by default all.

    Returns
    -------
    ndarray, shape (T, A)
        pi(a | s); NaN if the empowerment of some possible next state is not known.

    Raises
    ------
    GridempError
        If the temperature is not positive.

    Examples
    --------
    >>> import gridemp
    >>> from gridemp.agents import empowerment_of_states, soft
    >>> world = gridemp.World.from_maze(gridemp.parse_maze("..."), stay=False)
    >>> bits, _ = empowerment_of_states(world, horizon=1)
    >>> world.actions, soft(world, bits, temperature=0.5)[0].round(3)
    (('north', 'east', 'south', 'west'), array([0.161, 0.518, 0.161, 0.161]))
    """
    check_kinds(soft, locals())
    bits, _, states = _checked(world, bits, None, states)
    check_temperature(temperature)
    mean = expected_next(world, bits, states)
    with np.errstate(over="ignore"):  # at a temperature close to 0, only the best action is left
        weights = np.exp((mean - mean.max(axis=1, keepdims=True)) / temperature)
    return np.asarray(weights / weights.sum(axis=1, keepdims=True))


def plan(
    world: World,
    bits: Array,
    gamma: float = GAMMA,
    gap: Array | None = None,
    progress: Progress | None = None,
) -> Array:
    """Planning policy: actions with the highest discounted sum of empowerment, all equally likely.

    It takes the argmax over a of sum over s' of P(s' | s, a) (E_n(s') + gamma V(s')), where V(s)
    is the discounted sum of empowerment that can be gathered from s, found by value iteration
    (Sutton and Barto, 2018, 4.4). Actions count as equally good if the certificates of V and of the
    empowerment cannot tell them apart.

    Parameters
    ----------
    world : World
        World of S states and A actions.
    bits : ndarray, shape (S,)
        Empowerment of all states, in bits.
    gamma : float
        Discount factor, from 0 up to but not including 1; with 0 the policy is `greedy`.
    gap : ndarray, shape (S,), optional
        The empowerment lies in [bits, bits + gap]; by default the gap is 0.
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
        If gamma is so close to 1 that the certificates leave more than 0.001 bits open.

    Examples
    --------
    >>> import gridemp
    >>> from gridemp.agents import empowerment_of_states, plan
    >>> world = gridemp.World.from_maze(gridemp.parse_maze("....."), stay=False)
    >>> bits, gap = empowerment_of_states(world, horizon=2)
    >>> world.actions, plan(world, bits, gap=gap)[0]
    (('north', 'east', 'south', 'west'), array([0., 1., 0., 0.]))
    """
    check_kinds(plan, locals())
    progress = progress or ignore
    bits, gap, _ = _checked(world, bits, gap)
    value, low, high = state_values(world, bits, gamma, progress)
    mean = expected_next(world, bits + gamma * value)
    unknown = high - low + float(gap.max()) / (1 - gamma) + EPSILON * float(value.max())
    if gamma * unknown > MAX_UNCERTAINTY:
        warnings.warn(
            f"with gamma {gamma:.9g} the value of a plan is known only to within "
            f"{gamma * unknown:.2g} bits, so that actions that differ by less count as equally "
            "good; lower `gamma`, or solve the map with a lower `tol`",
            ConvergenceWarning,
            stacklevel=2,
        )
    return _uniform(mean, _slack(world, gap) + gamma * unknown)


def _checked(
    world: World, bits: Array, gap: Array | None, states: Indices | None = None
) -> tuple[Array, Array, Indices | None]:
    """Values and gaps of all states, the gaps 0 if none are given, and the chosen states."""
    bits = np.asarray(bits, dtype=float)
    gap = np.zeros(len(bits)) if gap is None else np.asarray(gap, dtype=float)
    check_length("bits", bits, len(world.cell))
    check_length("gap", gap, len(world.cell))
    return bits, gap, None if states is None else checked_states(world, states)


def check_temperature(temperature: float) -> None:
    """Raise a GridempError unless the temperature is positive."""
    if not temperature > 0:
        raise GridempError(f"`temperature` must be a number of bits above 0, not {temperature:g}")


def _slack(world: World, gap: Array, states: Indices | None = None) -> Array:
    """Widest gap of a possible next state, but no less than rounding: shape (T,)."""
    rows = slice(None) if states is None else states
    possible = world.probabilities[rows] > 0
    widest = np.where(possible, gap[world.successors[rows]], 0.0).max(axis=(1, 2))
    return np.asarray(np.maximum(widest, ROUNDING))


def _uniform(mean: Array, slack: Array) -> Array:
    """Uniform policy over the actions whose mean is within the slack of the best; NaN stays NaN."""
    best = mean.max(axis=1, keepdims=True)
    good = mean >= best - slack[:, None]
    return np.asarray(
        np.where(np.isnan(best), np.nan, good / np.maximum(good.sum(axis=1), 1)[:, None])
    )
