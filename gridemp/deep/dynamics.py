"""Forward models: tables P(s'|s,a), the true one or what a network has learned of it."""

import torch
from torch import Tensor
from torch.nn import functional

from gridemp.deep.networks import ActionNetwork
from gridemp.worlds.world import World


class ForwardModel:
    """P(s'|s,a), to draw from and to plan with.

    Attributes
    ----------
    table : Tensor, shape (S, A, S)
        The probabilities.
    """

    def __init__(self, table: Tensor) -> None:
        self.table = table
        self.below = table.cumsum(dim=-1)
        self.below /= self.below[..., -1:].clone()  # or rounding would leave some to the last state

    def follow(self, states: Tensor, actions: Tensor, generator: torch.Generator) -> Tensor:
        """A next state for each of the states and actions, of any common shape."""
        below = self.below[states, actions]
        chance = torch.rand(*states.shape, 1, generator=generator, device=below.device)
        return (below <= chance).sum(dim=-1)


def true_model(world: World, device: torch.device) -> ForwardModel:
    """The world's own."""
    successors = torch.tensor(world.successors, device=device).long()
    probabilities = torch.tensor(world.probabilities, device=device)
    states, actions, _ = successors.shape
    table = torch.zeros(states, actions, states, dtype=probabilities.dtype, device=device)
    return ForwardModel(table.scatter_add_(2, successors, probabilities).to(torch.float32))


def learned_model(network: ActionNetwork) -> ForwardModel:
    """What a network has learned."""
    with torch.no_grad():
        device = next(network.parameters()).device
        return ForwardModel(network(torch.arange(network.shape[1], device=device)).exp())


def surprise(network: ActionNetwork, transitions: Tensor) -> Tensor:
    """The mean of -log p(s'|s,a), in nats, over rows of state, action, next state."""
    states, actions, following = transitions.T
    logs: Tensor = network(states)[torch.arange(len(states)), actions]
    return functional.nll_loss(logs, following)


def returns(model: ForwardModel, policy: Tensor, rewards: Tensor, discount: float) -> Tensor:
    """Q(s, a) = sum_s' P(s'|s,a) (r(s') + discount V(s')) of a policy pi(a|s): (S, A).

    V solves its linear equation.
    """
    step = torch.einsum("sa,sat->st", policy, model.table)
    identity = torch.eye(len(rewards), device=rewards.device)
    values = torch.linalg.solve(identity - discount * step, step @ rewards)
    return model.table @ (rewards + discount * values)
