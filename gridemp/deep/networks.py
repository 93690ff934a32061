"""Small networks for the forward model, the policy, and distributions of action sequences."""

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

from gridemp.errors import GridempError
from gridemp.worlds.moves import HEADINGS
from gridemp.worlds.world import World

WIDTH = 64  # units of every hidden layer
CHANNELS = 16  # of every convolution


class CellEncoder(nn.Module):
    """Encoder of a state as a one-hot vector followed by a linear layer."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self.features = nn.Embedding(len(world.cell), WIDTH)

    def forward(self, states: Tensor) -> Tensor:
        """Return features of states of any shape (...): shape (..., WIDTH)."""
        return self.features(states)


class PlanesEncoder(nn.Module):
    """Encoder of a state as image planes of the maze followed by two convolutions.

    There is one plane for each heading, which shows the agent's cell; then one each for floor,
    walls to the right, walls below and, if there are any, boxes.
    """

    fixed: Tensor
    agent: Tensor
    boxes: "Tensor | None"  # in quotes, as the reference is made where PyTorch is missing

    def __init__(self, world: World) -> None:
        super().__init__()
        if world.things is not None:
            raise GridempError(
                "the image planes of a state do not show keys, doors and balls; set `state` to cell"
            )
        maze = world.maze
        height, width = maze.shape
        fixed = torch.zeros(3, height, width)
        fixed[0] = torch.tensor(maze.floor)
        fixed[1, :, :-1] = torch.tensor(maze.wall_right)
        fixed[2, :-1] = torch.tensor(maze.wall_below)
        places = torch.tensor(maze.cells @ [width, 1])
        agent = places[torch.tensor(world.cell).long()]
        self.headings = 1
        if world.heading is not None:
            self.headings = len(HEADINGS)
            agent = agent + torch.tensor(world.heading).long() * (height * width)
        boxes = None if world.boxes is None else places[torch.tensor(world.boxes).long()]
        self.register_buffer("fixed", fixed, persistent=False)
        self.register_buffer("agent", agent, persistent=False)
        self.register_buffer("boxes", boxes, persistent=False)
        planes = self.headings + 3 + (boxes is not None)
        self.layers = nn.Sequential(
            nn.Conv2d(planes, CHANNELS, 3, padding=1),
            nn.ReLU(),
            nn.Conv2d(CHANNELS, CHANNELS, 3, padding=1),
            nn.ReLU(),
            nn.Flatten(),
            nn.Linear(CHANNELS * height * width, WIDTH),
        )

    def forward(self, states: Tensor) -> Tensor:
        """Return features of states of any shape (...): shape (..., WIDTH)."""
        distinct, inverse = states.unique(return_inverse=True)
        return self.layers(self.planes(distinct))[inverse]

    def planes(self, states: Tensor) -> Tensor:
        """Return the image planes of N states: shape (N, planes, H, W)."""
        _, height, width = self.fixed.shape
        agent = torch.zeros(len(states), self.headings * height * width, device=states.device)
        agent.scatter_(1, self.agent[states][:, None], 1.0)
        parts = [
            agent.view(len(states), self.headings, height, width),
            self.fixed.expand(len(states), -1, -1, -1),
        ]
        if self.boxes is not None:
            boxes = torch.zeros(len(states), height * width, device=states.device)
            parts.append(boxes.scatter_(1, self.boxes[states], 1.0).view(-1, 1, height, width))
        return torch.cat(parts, dim=1)


ENCODERS = {"cell": CellEncoder, "planes": PlanesEncoder}


class ActionNetwork(nn.Module):
    """Network of distributions for a state: the policy pi(a|s) or the forward model p(s'|s,a).

    Parameters
    ----------
    encoder : nn.Module
        Encoder of the state.
    rows : int
        Number of distributions: 1 for a policy, A for a forward model.
    outputs : int
        Number of outcomes of each distribution.
    """

    def __init__(self, encoder: nn.Module, rows: int, outputs: int) -> None:
        super().__init__()
        self.encoder, self.shape = encoder, (rows, outputs)
        self.layers = nn.Sequential(
            nn.ReLU(), nn.Linear(WIDTH, WIDTH), nn.ReLU(), nn.Linear(WIDTH, rows * outputs)
        )

    def forward(self, states: Tensor) -> Tensor:
        """Return log-probabilities, in nats: shape (..., rows, outputs)."""
        logits = self.layers(self.encoder(states)).unflatten(-1, self.shape)
        return functional.log_softmax(logits, dim=-1)


class SequenceNetwork(nn.Module):
    """Network of a distribution over action sequences, one action after the other.

    Given one state it is a source distribution omega(a^n|s), given two a planning distribution
    q(a^n|s,s'). The probability of each action depends on the states and on the actions before it.

    Parameters
    ----------
    encoders : sequence of nn.Module
        Encoders, one for each given state.
    actions : int
        Number of actions A.
    horizon : int
        Number of steps n.
    """

    def __init__(self, encoders: Sequence[nn.Module], actions: int, horizon: int) -> None:
        super().__init__()
        self.encoders = nn.ModuleList(encoders)
        self.actions, self.horizon = actions, horizon
        self.position = nn.Embedding(horizon, WIDTH)
        self.before = nn.Linear(horizon * actions, WIDTH, bias=False)
        self.layers = nn.Sequential(
            nn.ReLU(), nn.Linear(WIDTH, WIDTH), nn.ReLU(), nn.Linear(WIDTH, actions)
        )

    def forward(self, sequences: Tensor, *states: Tensor) -> Tensor:
        """Return log-probabilities, in nats, of sequences (..., n) given states (...): (...)."""
        features = self._features(states)
        total = torch.zeros(sequences.shape[:-1], device=sequences.device)
        for i in range(self.horizon):
            steps = self._step(features, sequences[..., :i])
            total = total + steps.gather(-1, sequences[..., i : i + 1])[..., 0]
        return total

    def log_probabilities(self, *states: Tensor) -> Tensor:
        """Return log-probabilities, in nats, of all sequences given states (...): (..., A**n).

        The sequences are in the order of `all_sequences`.
        """
        features = self._features(states)[..., None, :]
        prefixes = torch.zeros(1, 0, dtype=torch.long, device=features.device)
        total = torch.zeros(1, device=features.device)
        for _ in range(self.horizon):
            steps = self._step(features, prefixes)
            total = (total[..., None] + steps).flatten(-2)
            prefixes = extended(prefixes, self.actions)
        return total

    def sample(self, count: int, states: Tensor, generator: torch.Generator) -> Tensor:
        """Return random sequences for each of B states: shape (B, count, n)."""
        features = self._features((states,))[:, None].expand(-1, count, -1)
        drawn = torch.zeros(*features.shape[:2], 0, dtype=torch.long, device=features.device)
        for _ in range(self.horizon):
            probabilities = self._step(features, drawn).exp().flatten(0, 1)
            action = torch.multinomial(probabilities, 1, generator=generator)
            drawn = torch.cat([drawn, action.view(*features.shape[:2], 1)], dim=-1)
        return drawn

    def _features(self, states: Sequence[Tensor]) -> Tensor:
        parts = [encoder(given) for encoder, given in zip(self.encoders, states, strict=True)]
        return torch.stack(parts).sum(dim=0)

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
