"""Forward models: tables of P(s'|s,a), either the true one or one that a network has learned."""

import torch
from torch import Tensor
from torch.nn import functional

from gridemp.deep.networks import NextFeaturesNetwork, NextStateNetwork
from gridemp.worlds.world import World

ForwardNetwork = NextStateNetwork | NextFeaturesNetwork


class ForwardModel:
    """Transition probabilities P(s'|s,a), to sample from and to plan with.

    Parameters
    ----------
    table : Tensor, shape (S, A, S)
        The probabilities.
    """

    def __init__(self, table: Tensor) -> None:
        self.table = table
        self.cumulative = table.cumsum(dim=-1)
        # Without this, rounding would leave some probability to the last state.
        self.cumulative /= self.cumulative[..., -1:].clone()

    def sample(self, states: Tensor, actions: Tensor, generator: torch.Generator) -> Tensor:
        """Return a random next state for each pair of state and action, of any common shape."""
        cumulative = self.cumulative[states, actions]
        uniform = torch.rand(*states.shape, 1, generator=generator, device=cumulative.device)
        return (cumulative <= uniform).sum(dim=-1)


def true_model(world: World, device: torch.device) -> ForwardModel:
    """Return the true forward model of a world."""
    successors = torch.tensor(world.successors, device=device).long()
    probabilities = torch.tensor(world.probabilities, device=device)
    states, actions, _ = successors.shape
    table = torch.zeros(states, actions, states, dtype=probabilities.dtype, device=device)
    return ForwardModel(table.scatter_add_(2, successors, probabilities).to(torch.float32))


def learned_model(network: ForwardNetwork, features: Tensor) -> ForwardModel:
    """Return the forward model that a network has learned so far.

    Parameters
    ----------
    network : NextStateNetwork or NextFeaturesNetwork
        The network.
    features : Tensor, shape (S, WIDTH)
        Features of all states for the forward model.
    """
    with torch.no_grad():
        states = torch.arange(len(features), device=features.device)
        return ForwardModel(network(features, states).exp())


def surprise(network: ForwardNetwork, features: Tensor, transitions: Tensor) -> Tensor:
    """Mean of -log p(s'|s,a), in nats, over rows of state, action and next state."""
    states, actions, following = transitions.T
    logs: Tensor = network(features, states)[torch.arange(len(states)), actions]
    return functional.nll_loss(logs, following)


def action_values(model: ForwardModel, policy: Tensor, rewards: Tensor, discount: float) -> Tensor:
    """Action values Q(s, a) of a policy pi(a|s): shape (S, A).

    Q(s, a) = sum_s' P(s'|s,a) (r(s') + discount V(s')), where V solves its linear equation.
    """
    step = torch.einsum("sa,sat->st", policy, model.table)
    identity = torch.eye(len(rewards), device=rewards.device)
    values = torch.linalg.solve(identity - discount * step, step @ rewards)
    return model.table @ (rewards + discount * values)
