"""Training loop: act, fit the forward model, raise the bound, raise the return of the policy.

The bound of a state, for a source distribution omega, a planning distribution q and a forward model
p, is

    sum over a^n, s' of omega(a^n|s) p(s'|s,a^n) [log q(a^n|s,s') - log omega(a^n|s)].

It is estimated here: outcomes are drawn from the forward model, and action sequences from omega
where there are too many to list. The trained networks are evaluated exactly in `evaluation.py`.
"""

import math
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from gridemp.deep.dynamics import action_values, learned_model, surprise, true_model
from gridemp.deep.encoders import Features, StateEncoder, of_states
from gridemp.deep.networks import (
    NextFeaturesNetwork,
    NextStateNetwork,
    PolicyNetwork,
    SequenceNetwork,
    all_sequences,
)
from gridemp.deep.options import MAX_TRANSITIONS, TrainingOptions
from gridemp.information.measures import LN2
from gridemp.worlds.world import World

MAX_LISTED = 125  # action sequences that are listed rather than drawn

AGENTS = 64  # that act at the same time
RANDOM_ACTIONS = 0.2  # share of steps with a random action, so that the forward model sees all
EPISODE = 25  # mean number of steps before an agent restarts in a random state
STATES = 32  # per update, drawn uniformly from those visited
SEQUENCES = 64  # drawn for each state, where not all are listed
OUTCOMES = 8  # drawn for each listed sequence in a noisy world
TRANSITIONS = 1024  # per update of the forward model, drawn uniformly from memory
RATE, LAST_RATE = 3e-3, 0.05  # learning rate of Adam, and the share of it at the end
DISCOUNT = 0.95
CURIOSITY, LAST_CURIOSITY = 1.0, 0.005  # weight of the policy's entropy: falls as beta rises
TEMPERED = 0.5  # share of the updates in which beta rises to 1
AVERAGING = 0.9  # weight of earlier estimates of a state's bound


class Trainer:
    """Encoders and four networks, with the data that they learn from; `update` runs the loop once.

    Parameters
    ----------
    world : World
        A world of S states whose sensor tells all of them apart.
    horizon : int
        Number of steps n.
    options : TrainingOptions, optional
        Options of training; the learning rate falls over `options.updates` updates.
    images : ndarray, shape (S, P, H, W), optional
        Images of the states, from which they are encoded; by default by their numbers.
    """

    def __init__(
        self,
        world: World,
        horizon: int,
        options: TrainingOptions | None = None,
        images: NDArray[np.floating] | None = None,
    ) -> None:
        options = options or TrainingOptions()
        self.horizon, self.updates = horizon, options.updates
        states, actions, _ = world.successors.shape
        self.device = torch.device(options.device)
        self.generator = torch.Generator(self.device).manual_seed(options.seed)
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(options.seed)
            self.encoder = StateEncoder(states, options, images)
            self.source = SequenceNetwork(actions, horizon)
            self.planning = SequenceNetwork(actions, horizon)
            self.policy = PolicyNetwork(actions)
            self.forward = (
                NextFeaturesNetwork(actions)
                if options.dynamics == "features"
                else NextStateNetwork(actions, states)
            )
        self.networks: list[nn.Module] = [
            self.encoder,
            self.source,
            self.planning,
            self.policy,
            self.forward,
        ]
        for network in self.networks:
            network.to(self.device)
        parameters = [p for network in self.networks for p in network.parameters()]
        self.optimizer = torch.optim.Adam(parameters, lr=RATE)
        self.truth = self.model = true_model(world, self.device)
        self.learns_model = options.dynamics != "given"
        self.sign = 1.0 if options.reward == "empowerment" else -1.0
        self.transitions = options.transitions or MAX_TRANSITIONS
        self.renews = options.transitions is None
        few = actions**horizon <= MAX_LISTED
        listed = few if options.sequences == "auto" else options.sequences == "listed"
        self.sequences = all_sequences(actions, horizon, self.device) if listed else None
        self.outcomes = 1 if world.deterministic else OUTCOMES
        self.starts = torch.tensor(world.start_states).to(self.device).long()
        self.done = 0  # updates
        self.beta = 0.0  # weight of log q for the source distribution
        self.agents = self._random_starts(AGENTS)
        self.memory = torch.zeros(0, 3, dtype=torch.long, device=self.device)
        self.visited = torch.zeros(states, dtype=torch.bool, device=self.device)
        self.visited[self.agents] = True
        self.bounds = torch.zeros(states, device=self.device)  # estimates, in bits
        self.surprise = math.nan  # of the forward model, in bits per transition

    def update(self) -> None:
        """Run the loop once."""
        share = self.done / max(1, self.updates)
        self.beta = min(1.0, share / TEMPERED)
        rate = RATE * (
            LAST_RATE + (1 - LAST_RATE) * 0.5 * (1 + math.cos(math.pi * min(1.0, share)))
        )
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        features: Features = self.encoder()
        self._act(features)
        if self.learns_model:
            self.model = learned_model(self.forward, features.model)
        loss = self._bound_loss(features) + self._policy_loss(features)
        if self.learns_model:
            rows = self._random_indices(len(self.memory), TRANSITIONS)
            model_loss = surprise(self.forward, features.model, self.memory[rows])
            self.surprise = model_loss.item() / LN2
            loss = loss + model_loss
        self.optimizer.zero_grad()
        loss.backward()
        self.optimizer.step()
        self.done += 1

    def _act(self, features: Features) -> None:
        """Let every agent take a step of the policy in the true world; some then restart.

        Nobody acts once there are as many transitions as the networks may learn from.
        """
        missing = self.transitions - len(self.memory)
        if not self.renews and not missing:
            return
        with torch.no_grad():
            policy = self.policy(of_states(features.policy, self.agents)).exp()
        policy = (1 - RANDOM_ACTIONS) * policy + RANDOM_ACTIONS / policy.shape[1]
        actions = torch.multinomial(policy, 1, generator=self.generator)[:, 0]
        following = self.truth.sample(self.agents, actions, self.generator)
        transitions = torch.stack([self.agents, actions, following], dim=1)
        if not self.renews:
            transitions = transitions[:missing]
        self.memory = torch.cat([self.memory, transitions])[-self.transitions :]
        ended = torch.rand(AGENTS, generator=self.generator, device=self.device) < 1 / EPISODE
        self.agents = torch.where(ended, self._random_starts(AGENTS), following)
        self.visited[following] = True
        self.visited[self.agents] = True

    def _bound_loss(self, features: Features) -> Tensor:
        """Return a loss that falls as the bound of visited states rises; update the estimates."""
        visited = self.visited.nonzero()[:, 0]
        states = visited[self._random_indices(len(visited), STATES)]
        if self.sequences is not None:
            logs = self.source.log_probabilities(of_states(features.source, states))
            sequences = self.sequences.expand(STATES, -1, -1)
            planned = self._planned(features, states, sequences, self.outcomes)
            bounds = (logs.exp() * (planned - logs)).sum(dim=1)
            tempered = (logs.exp() * (self.beta * planned.detach() - logs)).sum(dim=1)
            loss = -(tempered + (logs.exp().detach() * planned).sum(dim=1)).mean()
        else:
            start = of_states(features.source, states)
            with torch.no_grad():
                sequences = self.source.sample(SEQUENCES, start, self.generator)
            logs = self.source(sequences, start[:, None].expand(-1, SEQUENCES, -1))
            planned = self._planned(features, states, sequences, 1)
            bounds = (planned - logs).mean(dim=1)
            values = (self.beta * planned - logs).detach()
            baselines = (values.sum(dim=1, keepdim=True) - values) / (SEQUENCES - 1)
            loss = -(planned.mean() + ((values - baselines) * logs).mean())
        with torch.no_grad():
            old = self.bounds[states]
            new = AVERAGING * old + (1 - AVERAGING) * bounds / LN2
            self.bounds[states] = torch.where(old == 0, bounds / LN2, new)
        return loss

    def _planned(
        self, features: Features, states: Tensor, sequences: Tensor, outcomes: int
    ) -> Tensor:
        """Mean of log q(a^n|s,s') over outcomes s' drawn from the forward model: (B, M)."""
        end = states[:, None, None].expand(-1, sequences.shape[1], outcomes)
        sequences = sequences[:, :, None].expand(-1, -1, outcomes, -1)
        for i in range(self.horizon):
            end = self.model.sample(end, sequences[..., i], self.generator)
        start = of_states(features.start, states)[:, None, None]
        return self.planning(sequences, start + of_states(features.end, end)).mean(dim=2)

    def _policy_loss(self, features: Features) -> Tensor:
        """Return a loss that falls as the policy's return under the forward model rises.

        The reward of a step is the bound of the state it leads to, or minus this bound. The
        policy's entropy is added, which keeps it exploring.
        """
        logs = self.policy(features.policy)
        with torch.no_grad():
            rewards = self.sign * self.bounds
            advantages = action_values(self.model, logs.exp(), rewards, DISCOUNT)
            advantages -= advantages.mean(dim=1, keepdim=True)
        weight = LAST_CURIOSITY + (CURIOSITY - LAST_CURIOSITY) * (1 - self.beta)
        return -(logs.exp() * (advantages - weight * logs / LN2)).sum(dim=1).mean()

    def _random_starts(self, count: int) -> Tensor:
        return self.starts[self._random_indices(len(self.starts), count)]

    def _random_indices(self, size: int, count: int) -> Tensor:
        return torch.randint(size, (count,), generator=self.generator, device=self.device)

    def state(self) -> dict[str, Any]:
        """Return everything that the next update depends on, as tensors and numbers."""
        return {
            "done": self.done,
            "networks": [network.state_dict() for network in self.networks],
            "optimizer": self.optimizer.state_dict(),
            "generator": self.generator.get_state(),
            "surprise": self.surprise,
            **{name: getattr(self, name) for name in ("agents", "memory", "visited", "bounds")},
        }

    def restore(self, state: dict[str, Any]) -> None:
        """Continue from the `state` of a trainer that was made with the same arguments."""
        for network, parameters in zip(self.networks, state["networks"], strict=True):
            network.load_state_dict(parameters)
        self.optimizer.load_state_dict(state["optimizer"])
        if self.device.type == "cpu":  # other devices have generators of their own
            self.generator.set_state(state["generator"])
        for name in ("done", "surprise"):
            setattr(self, name, state[name])
        for name in ("agents", "memory", "visited", "bounds"):
            setattr(self, name, state[name].to(self.device))
