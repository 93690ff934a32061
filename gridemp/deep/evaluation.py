"""Exact evaluation of trained networks: their bound by enumeration, with the true dynamics."""

import numpy as np
import torch
from numpy.typing import NDArray

from gridemp.deep.trainer import Trainer
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
    for i, state in enumerate(starts.tolist()):
        true = channel(world, state, trainer.horizon)
        source, planning = distributions(trainer, state, true.labels)
        bounds[i] = variational_bound(true.probabilities, source, planning)
    return bounds


def distributions(trainer: Trainer, state: int, ends: NDArray[np.integer]) -> tuple[Array, Array]:
    """Learned source distribution of a state, and planning distributions given states reached.

    Parameters
    ----------
    trainer : Trainer
        The trained networks.
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
    start = torch.tensor([state], device=trainer.device)
    reached = torch.as_tensor(ends.astype(np.int64), device=trainer.device)
    with torch.no_grad():
        source = trainer.source.log_probabilities(start)[0]
        size = max(1, MAX_LOGS // len(source))
        logs = [
            trainer.planning.log_probabilities(start.expand(len(part)), part)
            for part in reached.split(size)
        ]
    return _normalised(source[None])[0], _normalised(torch.cat(logs)).T


def _normalised(logs: torch.Tensor) -> Array:
    """Return distributions along the last axis that sum to 1 even in double precision."""
    probabilities = np.exp(logs.cpu().numpy().astype(np.float64))
    return np.asarray(probabilities / probabilities.sum(axis=-1, keepdims=True))


def policy_of(trainer: Trainer) -> Array:
    """Learned policy pi(a|s): shape (S, A)."""
    states = torch.arange(len(trainer.bounds), device=trainer.device)
    with torch.no_grad():
        return _normalised(trainer.policy(states)[:, 0])


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
