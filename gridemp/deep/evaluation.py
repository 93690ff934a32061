"""What networks have learned, judged exactly: the bound by enumeration with the true dynamics."""

import numpy as np
import torch
from numpy.typing import NDArray

from gridemp.deep.learner import Learner
from gridemp.engine.channel import channel
from gridemp.information.variational import variational_bound
from gridemp.typing import Array
from gridemp.worlds.world import World

PAIRS = 2**22  # log-probabilities of sequences at once


def exact_bounds(learner: Learner, world: World) -> Array:
    """The bound that the learned source and planning distribution prove, of each start: (T,).

    sum over all a^n, s' of omega(a^n|s) p(s'|s,a^n) [log2 q(a^n|s,s') - log2 omega(a^n|s)], p that
    of the world: in bits, never above the empowerment of the start.
    """
    starts = np.arange(len(world.cell)) if world.starts is None else world.starts
    found = np.zeros(len(starts))
    for i, state in enumerate(starts.tolist()):
        true = channel(world, state, learner.horizon)
        source, planning = distributions(learner, state, true.labels)
        found[i] = variational_bound(true.probabilities, source, planning)
    return found


def distributions(learner: Learner, state: int, ends: NDArray[np.integer]) -> tuple[Array, Array]:
    """omega(a^n|s) of shape (A**n,) and q(a^n|s,s') of shape (A**n, Y) for states s' reached."""
    here = torch.tensor([state], device=learner.device)
    there = torch.as_tensor(ends.astype(np.int64), device=learner.device)
    with torch.no_grad():
        source = learner.source.of_all(here)[0]
        each = max(1, PAIRS // len(source))
        parts = [learner.planning.of_all(here.expand(len(p)), p) for p in there.split(each)]
    return _normalised(source[None])[0], _normalised(torch.cat(parts)).T


def _normalised(logs: torch.Tensor) -> Array:
    """Distributions along the last axis, whose sums are 1 in double precision too."""
    chances = np.exp(logs.cpu().numpy().astype(np.float64))
    return np.asarray(chances / chances.sum(axis=-1, keepdims=True))


def policy_of(learner: Learner) -> Array:
    """pi(a|s), of shape (S, A)."""
    everywhere = torch.arange(len(learner.bounds), device=learner.device)
    with torch.no_grad():
        return _normalised(learner.policy(everywhere)[:, 0])


def occupancy(world: World, policy: Array, steps: int) -> Array:
    """Where a policy is after some steps, begun evenly at all starts: a probability (S,)."""
    flow = policy[:, :, None] * world.probabilities
    starts = np.arange(len(world.cell)) if world.starts is None else world.starts
    where: Array = np.bincount(starts, minlength=len(world.cell)) / len(starts)
    for _ in range(steps):
        moved = (where[:, None, None] * flow).ravel()
        where = np.bincount(world.successors.ravel(), moved, len(world.cell)).astype(np.float64)
    return np.asarray(where)
