"""The four small networks: a forward model, a source, a planning distribution and a policy."""

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

from gridemp.worlds.moves import HEADINGS
from gridemp.worlds.world import World

WIDTH = 64  # of every hidden layer
CHANNELS = 16  # of every convolution


class CellEncoder(nn.Module):
    """A state as one-hot vector, and a linear layer on it."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self.features = nn.Embedding(len(world.cell), WIDTH)

    def forward(self, states: Tensor) -> Tensor:
        """Features of states of any shape (...): (..., WIDTH)."""
        return self.features(states)


class PlanesEncoder(nn.Module):
    """A state as image planes of the maze, and two convolutions on them.

    One plane for each heading that shows where the agent is; then floor, walls to the right, walls
    below and, if there are any, boxes.
    """

    fixed: Tensor
    agent: Tensor
    boxes: Tensor | None

    def __init__(self, world: World) -> None:
        super().__init__()
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
        """Features of states of any shape (...): (..., WIDTH)."""
        distinct, same = states.unique(return_inverse=True)
        return self.layers(self.planes(distinct))[same]

    def planes(self, states: Tensor) -> Tensor:
        """The image planes of states: (N, planes, H, W)."""
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
    """A distribution for each action of a state: the policy pi(a|s), the forward model p(s'|s,a).

    From a state it gives logits of shape (..., rows, outputs).
    """

    def __init__(self, encoder: nn.Module, rows: int, outputs: int) -> None:
        super().__init__()
        self.encoder, self.shape = encoder, (rows, outputs)
        self.layers = nn.Sequential(
            nn.ReLU(), nn.Linear(WIDTH, WIDTH), nn.ReLU(), nn.Linear(WIDTH, rows * outputs)
        )

    def forward(self, states: Tensor) -> Tensor:
        """Log-probabilities, in nats: (..., rows, outputs)."""
        logits = self.layers(self.encoder(states)).unflatten(-1, self.shape)
        return functional.log_softmax(logits, dim=-1)


class SequenceNetwork(nn.Module):
    """A distribution of sequences of n actions, one action after the other.

    Given one state it is a source omega(a^n|s), given two a planning distribution q(a^n|s,s'). The
    chance of each action depends on the states and on the actions before it.
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
        """Log-probability, in nats, of sequences (..., n) given states (...): (...)."""
        features = self._features(states)
        total = torch.zeros(sequences.shape[:-1], device=sequences.device)
        for i in range(self.horizon):
            steps = self._step(features, sequences[..., :i])
            total = total + steps.gather(-1, sequences[..., i : i + 1])[..., 0]
        return total

    def of_all(self, *states: Tensor) -> Tensor:
        """The same of all A**n sequences, the last action varying fastest: (..., A**n)."""
        features = self._features(states)[..., None, :]
        prefixes = torch.zeros(1, 0, dtype=torch.long, device=features.device)
        total = torch.zeros(1, device=features.device)
        for _ in range(self.horizon):
            steps = self._step(features, prefixes)
            total = (total[..., None] + steps).flatten(-2)
            prefixes = longer(prefixes, self.actions)
        return total

    def sample(self, count: int, states: Tensor, generator: torch.Generator) -> Tensor:
        """Some sequences for each of the states (B,): (B, count, n)."""
        features = self._features((states,))[:, None].expand(-1, count, -1)
        drawn = torch.zeros(*features.shape[:2], 0, dtype=torch.long, device=features.device)
        for _ in range(self.horizon):
            chances = self._step(features, drawn).exp().flatten(0, 1)
            action = torch.multinomial(chances, 1, generator=generator)
            drawn = torch.cat([drawn, action.view(*features.shape[:2], 1)], dim=-1)
        return drawn

    def _features(self, states: Sequence[Tensor]) -> Tensor:
        parts = [encode(own) for encode, own in zip(self.encoders, states, strict=True)]
        return torch.stack(parts).sum(dim=0)

    def _step(self, features: Tensor, before: Tensor) -> Tensor:
        """Log-probabilities of the action after so many: (..., A)."""
        step = before.shape[-1]
        coded = functional.one_hot(before, self.actions).flatten(-2).to(features.dtype)
        known = functional.linear(coded, self.before.weight[:, : step * self.actions])
        return functional.log_softmax(
            self.layers(features + known + self.position.weight[step]), dim=-1
        )


def longer(sequences: Tensor, actions: int) -> Tensor:
    """Sequences (M, i), each continued by each action, which varies fastest: (A * M, i + 1)."""
    last = torch.arange(actions, device=sequences.device).repeat(len(sequences))
    return torch.cat([sequences.repeat_interleave(actions, dim=0), last[:, None]], dim=1)


def all_sequences(actions: int, horizon: int, device: torch.device) -> Tensor:
    """The A**n sequences of actions, the last varying fastest: (A**n, n)."""
    sequences = torch.zeros(1, 0, dtype=torch.long, device=device)
    for _ in range(horizon):
        sequences = longer(sequences, actions)
    return sequences
