"""Values of states: the discounted sum of empowerment that can be gathered from each."""

import numpy as np

from gridemp.errors import GridempError
from gridemp.progress import Progress, ignore
from gridemp.typing import Array, Indices
from gridemp.worlds.world import World

VALUE_TOLERANCE = 1e-9  # bits: accuracy of the values of states in a plan
MAX_SWEEPS = 10**6
SWEEPS_PER_SOLUTION = 200  # sweeps before the values of the current policy are solved for
MAX_SOLVED_STATES = 1000  # size of a world up to which they are solved for
EPSILON = 32 * float(np.finfo(float).eps)  # rounding, relative to the values


def expected_next(world: World, values: Array, states: Indices | None = None) -> Array:
    """Expected value of the next state: sum over s' of P(s' | s, a) value(s').

    Parameters
    ----------
    world : World
        World of S states and A actions.
    values : ndarray, shape (S,)
        Value of each state; NaN if it is not known.
    states : ndarray of int, shape (T,), optional
        Current states s; by default all.

    Returns
    -------
    ndarray, shape (T, A)
        NaN where a possible next state has no known value.
    """
    rows = slice(None) if states is None else states
    probabilities = world.probabilities[rows]
    ahead = values[world.successors[rows]]
    return np.asarray(np.where(probabilities > 0, probabilities * ahead, 0.0).sum(axis=2))


def state_values(
    world: World, bits: Array, gamma: float, progress: Progress | None = None
) -> tuple[Array, float, float]:
    """Discounted sum of empowerment that can be gathered from each state, by value iteration.

    V(s) = max over a of sum over s' of P(s' | s, a) (E_n(s') + gamma V(s')): see R. S. Sutton and
    A. G. Barto, "Reinforcement Learning" (2018), 4.4. After a sweep that changed the values by
    d(s), the truth is at least gamma / (1 - gamma) min d and at most gamma / (1 - gamma) max d
    above them (J. MacQueen, "A modified dynamic programming method for Markovian decision
    problems", J. Math. Anal. Appl. 14, 1966). Sweeps end when these differ by less than 1e-9 bits,
    or by less than rounding allows. In worlds of up to 1000 states, the values of the current
    policy are solved for after every 200 sweeps, as in policy iteration (4.3).

    Parameters
    ----------
    world : World
        World of S states.
    bits : ndarray, shape (S,)
        Empowerment of all states, in bits.
    gamma : float
        Discount factor.
    progress : callable, optional
        Called with the fraction done, from 0 to 1.

    Returns
    -------
    value : ndarray, shape (S,)
        Value of each state, in bits.
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
    reward = expected_next(world, bits)
    value, later = reward.max(axis=1), gamma / (1 - gamma)
    change, sweeps = value, 0
    expected_sweeps = 1 + np.log(VALUE_TOLERANCE * (1 - gamma) / 100) / np.log(max(gamma, 1e-3))
    while True:
        low, high = later * float(change.min()), later * float(change.max())
        enough = max(VALUE_TOLERANCE, later * EPSILON * float(value.max()))
        if high - low <= enough or sweeps == MAX_SWEEPS:  # the bounds hold all the same
            progress(1.0)
            return value, low, high
        sweeps += 1
        ahead = reward + gamma * expected_next(world, value)
        if sweeps % SWEEPS_PER_SOLUTION == 0 and len(bits) <= MAX_SOLVED_STATES:
            value = _values_of_policy(world, reward, ahead.argmax(axis=1), gamma)
            ahead = reward + gamma * expected_next(world, value)
        value, change = ahead.max(axis=1), ahead.max(axis=1) - value
        progress(min(1.0, sweeps / expected_sweeps))


def _values_of_policy(world: World, reward: Array, actions: Indices, gamma: float) -> Array:
    """Values of the policy that takes one fixed action in each state, by a linear system."""
    states = np.arange(len(actions))
    system = np.eye(len(actions))
    ahead, weights = world.successors[states, actions], world.probabilities[states, actions]
    np.subtract.at(system, (states[:, None], ahead), gamma * weights)
    return np.asarray(np.linalg.solve(system, reward[states, actions]))


def check_gamma(gamma: float) -> None:
    """Raise a GridempError unless gamma is a discount from 0 up to but not including 1."""
    if not 0 <= gamma < 1:
        raise GridempError(f"`gamma` must be 0 or more and below 1, not {gamma:g}")
