"""Small networks for the policy, the forward model, and distributions of action sequences.

They are given the features of states, which come from the encoders.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional

from gridemp.deep.encoders import WIDTH, of_states


def layers(outputs: int) -> nn.Sequential:
    """Make the layers from features to a number of outputs."""
    return nn.Sequential(nn.ReLU(), nn.Linear(WIDTH, WIDTH), nn.ReLU(), nn.Linear(WIDTH, outputs))


class PolicyNetwork(nn.Module):
    """Network of a policy pi(a|s).

    Parameters
    ----------
    actions : int
        Number of actions A.
    """

    def __init__(self, actions: int) -> None:
        super().__init__()
        self.layers = layers(actions)

    def forward(self, features: Tensor) -> Tensor:
        """Return log-probabilities, in nats, given features (..., WIDTH): shape (..., A)."""
        return functional.log_softmax(self.layers(features), dim=-1)


class NextStateNetwork(nn.Module):
    """Forward model p(s'|s,a) with an output for each action and next state.

    Parameters
    ----------
    actions, states : int
        Numbers of actions A and of states S.
    """

    def __init__(self, actions: int, states: int) -> None:
        super().__init__()
        self.shape = actions, states
        self.layers = layers(actions * states)

    def forward(self, features: Tensor, states: Tensor) -> Tensor:
        """Return log-probabilities, in nats, of all next states: shape (..., A, S).

        Parameters
        ----------
        features : Tensor, shape (S, WIDTH)
            Features of all states.
        states : Tensor of int, shape (...)
            Current states.
        """
        logits = self.layers(of_states(features, states)).unflatten(-1, self.shape)
        return functional.log_softmax(logits, dim=-1)


class NextFeaturesNetwork(nn.Module):
    """Forward model p(s'|s,a) that predicts the features of the next state.

    With the predicted features f(s, a) and the features g(s') of a state, p(s'|s,a) is proportional
    to exp(f(s, a) . g(s') / 8), where 8 is the square root of the number of features.

    Parameters
    ----------
    actions : int
        Number of actions A.
    """

    def __init__(self, actions: int) -> None:
        super().__init__()
        self.shape = actions, WIDTH
        self.layers = layers(actions * WIDTH)

    def forward(self, features: Tensor, states: Tensor) -> Tensor:
        """Return log-probabilities, in nats, of all next states: shape (..., A, S).

        Parameters are those of `NextStateNetwork.forward`.
        """
        predicted = self.layers(of_states(features, states)).unflatten(-1, self.shape)
        return functional.log_softmax(predicted @ features.T / WIDTH**0.5, dim=-1)


FORWARD_MODELS = {
    "learned": NextStateNetwork,
    "features": NextFeaturesNetwork,
}


class SequenceNetwork(nn.Module):
    """Network of a distribution over action sequences, one action after the other.

    Given the features of one state it is a source distribution omega(a^n|s); given the sum of the
    features of two, a planning distribution q(a^n|s,s'). The probability of each action depends on
    the features and on the actions before it.

    Parameters
    ----------
    actions : int
        Number of actions A.
    horizon : int
        Number of steps n.
    """

    def __init__(self, actions: int, horizon: int) -> None:
        super().__init__()
        self.actions, self.horizon = actions, horizon
        self.position = nn.Embedding(horizon, WIDTH)
        self.before = nn.Linear(horizon * actions, WIDTH, bias=False)
        self.layers = layers(actions)

    def forward(self, sequences: Tensor, features: Tensor) -> Tensor:
        """Return log-probabilities, in nats, of sequences (..., n) given (..., WIDTH): (...)."""
        total = torch.zeros(sequences.shape[:-1], device=sequences.device)
        for i in range(self.horizon):
            steps = self._step(features, sequences[..., :i])
            total = total + steps.gather(-1, sequences[..., i : i + 1])[..., 0]
        return total

    def log_probabilities(self, features: Tensor) -> Tensor:
        """Return log-probabilities, in nats, of all sequences given (..., WIDTH): (..., A**n).

        The sequences are in the order of `all_sequences`.
        """
        features = features[..., None, :]
        prefixes = torch.zeros(1, 0, dtype=torch.long, device=features.device)
        total = torch.zeros(1, device=features.device)
        for _ in range(self.horizon):
            steps = self._step(features, prefixes)
            total = (total[..., None] + steps).flatten(-2)
            prefixes = extended(prefixes, self.actions)
        return total

    def sample(self, count: int, features: Tensor, generator: torch.Generator) -> Tensor:
        """Return random sequences given the features (B, WIDTH) of B states: (B, count, n)."""
        features = features[:, None].expand(-1, count, -1)
        drawn = torch.zeros(*features.shape[:2], 0, dtype=torch.long, device=features.device)
        for _ in range(self.horizon):
            probabilities = self._step(features, drawn).exp().flatten(0, 1)
            action = torch.multinomial(probabilities, 1, generator=generator)
            drawn = torch.cat([drawn, action.view(*features.shape[:2], 1)], dim=-1)
        return drawn

    def _step(self, features: Tensor, before: Tensor) -> Tensor:
        """Return log-probabilities of the next action after i actions (..., i): (..., A)."""
        step = before.shape[-1]
        coded = functional.one_hot(before, self.actions).flatten(-2).to(features.dtype)
        past = functional.linear(coded, self.before.weight[:, : step * self.actions])
        return functional.log_softmax(
            self.layers(features + past + self.position.weight[step]), dim=-1
        )


def extended(sequences: Tensor, actions: int) -> Tensor:
    """Return sequences (M, i), each followed by each action in turn: shape (M * A, i + 1)."""
    last = torch.arange(actions, device=sequences.device).repeat(len(sequences))
    return torch.cat([sequences.repeat_interleave(actions, dim=0), last[:, None]], dim=1)


def all_sequences(actions: int, horizon: int, device: torch.device) -> Tensor:
    """Return all sequences of n actions, the last varying fastest: shape (A**n, n)."""
    sequences = torch.zeros(1, 0, dtype=torch.long, device=device)
    for _ in range(horizon):
        sequences = extended(sequences, actions)
    return sequences
