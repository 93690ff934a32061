"""Values of actions where arriving in a state and acting are both worth something."""

import numpy as np

from gridemp.typing import Array
from gridemp.worlds.world import World

DISCOUNT = 0.98
CONVERGED = 1e-9  # bits by which values may still change when planning ends
SWEEPS_PER_POLICY = 60
MAX_IMPROVEMENTS = 1000


def action_values(world: World, bits: Array, bonus: Array, values: Array) -> tuple[Array, Array]:
    """Value of each action if arriving in a state is worth `bits` and acting is worth `bonus`.

    The method is value iteration with discount g; after each choice of the best actions, many
    sweeps update the values under these actions (modified policy iteration: M. L. Puterman and M.
    C. Shin, Management Science 24, 1978). It ends when all values change by the same amount.

    Parameters
    ----------
    world : World
        World of S states and A actions.
    bits : ndarray, shape (S,)
        Value of arriving in each state.
    bonus : ndarray, shape (S, A)
        Value of taking each action.
    values : ndarray, shape (S,)
        Initial values, such as those found for a similar world.

    Returns
    -------
    gains : ndarray, shape (S, A)
        Value of each action, up to a constant, in bits.
    values : ndarray, shape (S,)
        Value of the best action in each state, shifted so that the lowest is 0.
    """
    successors, probabilities = world.successors, world.probabilities
    reward = (probabilities * bits[successors]).sum(axis=2) + bonus
    states = np.arange(len(bits))
    for _ in range(MAX_IMPROVEMENTS):
        gains = reward + DISCOUNT * (probabilities * values[successors]).sum(axis=2)
        best = gains.max(axis=1)
        change = best - values
        values = best - best.min()
        if change.max() - change.min() <= CONVERGED:
            break
        chosen = states, gains.argmax(axis=1)
        ahead, weights, now = successors[chosen], probabilities[chosen], reward[chosen]
        for _ in range(SWEEPS_PER_POLICY):
            values = now + DISCOUNT * (weights * values[ahead]).sum(axis=1)
    return gains, values
