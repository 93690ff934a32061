"""Exact evaluation of trained networks: their bound by enumeration, with the true dynamics."""

import numpy as np
import torch
from numpy.typing import NDArray

from gridemp.agents.state_values import state_values
from gridemp.deep.encoders import Features
from gridemp.deep.trainer import DISCOUNT, Trainer
from gridemp.engine.channel import channel
from gridemp.information.variational import variational_bound
from gridemp.typing import Array
from gridemp.worlds.world import World

MAX_LOGS = 2**22  # log-probabilities of sequences at a time


def exact_bounds(trainer: Trainer, world: World) -> Array:
    """Lower bound in bits proved by the learned distributions for each of T starts: shape (T,).

    It is the sum over all a^n, s' of

        omega(a^n|s) p(s'|s,a^n) [log2 q(a^n|s,s') - log2 omega(a^n|s)]

    with the true p of the world, the learned source distribution omega and the learned planning
    distribution q. It never exceeds the empowerment of the start.

    Parameters
    ----------
    trainer : Trainer
        The trained networks.
    world : World
        The world that they were trained in, which gives p and the starts.
    """
    starts = world.start_states
    bounds = np.zeros(len(starts))
    with torch.no_grad():
        features = trainer.encoder()
    for i, state in enumerate(starts.tolist()):
        true = channel(world, state, trainer.horizon)
        source, planning = distributions(trainer, features, state, true.labels)
        bounds[i] = variational_bound(true.probabilities, source, planning)
    return bounds


def distributions(
    trainer: Trainer, features: Features, state: int, ends: NDArray[np.integer]
) -> tuple[Array, Array]:
    """Learned source distribution of a state, and planning distributions given states reached.

    Parameters
    ----------
    trainer : Trainer
        The trained networks.
    features : Features
        Features of all states.
    state : int
        The state s.
    ends : ndarray of int, shape (Y,)
        States s' reached from it.

    Returns
    -------
    source : ndarray, shape (A**n,)
        omega(a^n|s).
    planning : ndarray, shape (A**n, Y)
        q(a^n|s,s').
    """
    reached = torch.as_tensor(ends.astype(np.int64), device=trainer.device)
    with torch.no_grad():
        source = trainer.source.log_probabilities(features.source[state])
        size = max(1, MAX_LOGS // len(source))
        logs = [
            trainer.planning.log_probabilities(features.start[state] + features.end[part])
            for part in reached.split(size)
        ]
    return _normalised(source[None])[0], _normalised(torch.cat(logs)).T


def _normalised(logs: torch.Tensor) -> Array:
    """Return distributions along the last axis that sum to 1 even in double precision."""
    probabilities = np.exp(logs.cpu().numpy().astype(np.float64))
    return np.asarray(probabilities / probabilities.sum(axis=-1, keepdims=True))


def policy_of(trainer: Trainer) -> Array:
    """Learned policy pi(a|s): shape (S, A)."""
    with torch.no_grad():
        return _normalised(trainer.policy(trainer.encoder().policy))


def exact_returns(world: World, policy: Array, rewards: Array) -> tuple[float, float]:
    """Return of a policy and the highest return, as means over the starts, in bits.

    A return is the discounted sum of the rewards of the states that are entered.

    Parameters
    ----------
    world : World
        World of S states and A actions.
    policy : ndarray, shape (S, A)
        pi(a|s).
    rewards : ndarray, shape (S,)
        Reward of entering a state, in bits.
    """
    states, starts = len(rewards), world.start_states
    flow = (policy[:, :, None] * world.probabilities).ravel()
    pairs = np.arange(states)[:, None, None] * states + world.successors
    step = np.bincount(pairs.ravel(), flow, states**2).reshape(states, states)
    own = np.linalg.solve(np.eye(states) - DISCOUNT * step, step @ rewards)
    best, _, highest = state_values(world, rewards, DISCOUNT)
    return float(own[starts].mean()), float(best[starts].mean()) + highest


def occupancy(world: World, policy: Array, steps: int) -> Array:
    """Probability of each state after some steps of a policy from a uniform start: shape (S,)."""
    flow = policy[:, :, None] * world.probabilities
    starts = world.start_states
    states = len(world.cell)
    probability: Array = np.bincount(starts, minlength=states) / len(starts)
    for _ in range(steps):
        moved = (probability[:, None, None] * flow).ravel()
        probability = np.bincount(world.successors.ravel(), moved, states).astype(np.float64)
    return np.asarray(probability)
