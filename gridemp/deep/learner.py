"""The loop: act, fit the forward model, raise the bound, raise what the policy gets of it.

The bound of a state, for a source omega, a planning distribution q and a forward model p, is

    sum over a^n, s' of omega(a^n|s) p(s'|s,a^n) [log q(a^n|s,s') - log omega(a^n|s)].

It is an estimate here: outcomes are drawn from the forward model, and so are the sequences from
omega where they are too many to list. What is learned is judged exactly in `evaluation.py`.
"""

import math
from typing import Any

import torch
from torch import Tensor, nn

from gridemp.deep.dynamics import learned_model, returns, surprise, true_model
from gridemp.deep.networks import ENCODERS, ActionNetwork, SequenceNetwork, all_sequences
from gridemp.information.measures import LN2
from gridemp.worlds.world import World

LISTED = 125  # action sequences up to which all are listed

AGENTS = 64  # that act at once
RANDOM = 0.2  # share of steps that are taken at random, for the forward model to see all of them
EPISODE = 25  # steps, on average, after which one begins anew anywhere
STATES = 32  # of an update, drawn evenly from those visited
DRAWN = 64  # sequences of each state, where not all are listed
OUTCOMES = 8  # of each sequence that is listed, in a world with noise
TRANSITIONS = 1024  # of an update of the forward model, drawn evenly from those remembered
MEMORY = 100_000  # transitions
RATE, LAST_RATE = 3e-3, 0.05  # of Adam, and to which share of it the rate falls in the end
DISCOUNT = 0.95
CURIOSITY, LAST_CURIOSITY = 1.0, 0.005  # weight of the policy's entropy: falls as beta rises
TEMPERED = 0.5  # share of the updates in which beta rises to 1
REMEMBERED = 0.9  # weight of earlier estimates of a state's bound


class Learner:
    """Four networks and all that they learn from; `update` is one round of the loop.

    Parameters
    ----------
    world : World
        Of S states, all told apart by the sensor.
    horizon : int
        Number of steps n.
    updates : int
        After how many rounds the learning rate has fallen to its last.
    seed : int
        Of everything random.
    encoding : {"cell", "planes"}
        Whether networks see states as one-hot cells or as image planes.
    dynamics : {"learned", "given"}
        Whether the forward model is learned or the true one.
    listed : bool, optional
        Whether all sequences take part in each update, or some are drawn; by default, whether they
        are few.
    device : str
        Where the networks are, such as "cpu" or "cuda".
    """

    def __init__(
        self,
        world: World,
        horizon: int,
        updates: int,
        *,
        seed: int = 0,
        encoding: str = "cell",
        dynamics: str = "learned",
        listed: bool | None = None,
        device: str = "cpu",
    ) -> None:
        self.horizon, self.updates = horizon, updates
        states, actions, _ = world.successors.shape
        self.device = torch.device(device)
        self.generator = torch.Generator(self.device).manual_seed(seed)
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed)
            encoders = [ENCODERS[encoding](world) for _ in range(5)]
            self.source = SequenceNetwork(encoders[:1], actions, horizon)
            self.planning = SequenceNetwork(encoders[1:3], actions, horizon)
            self.policy = ActionNetwork(encoders[3], 1, actions)
            self.forward = ActionNetwork(encoders[4], actions, states)
        self.networks: list[nn.Module] = [self.source, self.planning, self.policy, self.forward]
        for network in self.networks:
            network.to(self.device)
        parameters = [p for network in self.networks for p in network.parameters()]
        self.optimizer = torch.optim.Adam(parameters, lr=RATE)
        self.truth = self.model = true_model(world, self.device)
        self.learns_model = dynamics == "learned"
        listed = actions**horizon <= LISTED if listed is None else listed
        self.sequences = all_sequences(actions, horizon, self.device) if listed else None
        self.outcomes = 1 if world.deterministic else OUTCOMES
        starts = torch.arange(states) if world.starts is None else torch.tensor(world.starts)
        self.starts = starts.to(self.device).long()
        self.done, self.beta = 0, 0.0  # beta: the weight of log q for the source
        self.agents = self._anywhere(AGENTS)
        self.memory = torch.zeros(0, 3, dtype=torch.long, device=self.device)
        self.visited = torch.zeros(states, dtype=torch.bool, device=self.device)
        self.visited[self.agents] = True
        self.bounds = torch.zeros(states, device=self.device)  # the estimate of each state, in bits
        self.surprise = math.nan  # of the forward model, in bits a transition

    def update(self) -> None:
        """One round of the loop."""
        share = self.done / max(1, self.updates)
        self.beta = min(1.0, share / TEMPERED)
        rate = RATE * (
            LAST_RATE + (1 - LAST_RATE) * 0.5 * (1 + math.cos(math.pi * min(1.0, share)))
        )
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        self._act()
        if self.learns_model:
            self.model = learned_model(self.forward)
        loss = self._raise_bound() + self._raise_returns()
        if self.learns_model:
            rows = self._drawn(len(self.memory), TRANSITIONS)
            lost = surprise(self.forward, self.memory[rows])
            self.surprise = lost.item() / LN2
            loss = loss + lost
        self.optimizer.zero_grad()
        loss.backward()
        self.optimizer.step()
        self.done += 1

    def _act(self) -> None:
        """Every agent takes a step of the policy in the true world, and may begin anew."""
        with torch.no_grad():
            chances = self.policy(self.agents)[:, 0].exp()
        chances = (1 - RANDOM) * chances + RANDOM / chances.shape[1]
        actions = torch.multinomial(chances, 1, generator=self.generator)[:, 0]
        following = self.truth.follow(self.agents, actions, self.generator)
        seen = torch.stack([self.agents, actions, following], dim=1)
        self.memory = torch.cat([self.memory, seen])[-MEMORY:]
        again = torch.rand(AGENTS, generator=self.generator, device=self.device) < 1 / EPISODE
        self.agents = torch.where(again, self._anywhere(AGENTS), following)
        self.visited[following] = True
        self.visited[self.agents] = True

    def _raise_bound(self) -> Tensor:
        """A loss that falls as the bound of states visited rises; their estimates are kept."""
        visited = self.visited.nonzero()[:, 0]
        states = visited[self._drawn(len(visited), STATES)]
        if self.sequences is not None:
            logs = self.source.of_all(states)
            sequences = self.sequences.expand(STATES, -1, -1)
            planned = self._planned(states, sequences, self.outcomes)
            bounds = (logs.exp() * (planned - logs)).sum(dim=1)
            tempered = (logs.exp() * (self.beta * planned.detach() - logs)).sum(dim=1)
            loss = -(tempered + (logs.exp().detach() * planned).sum(dim=1)).mean()
        else:
            sequences = self.source.sample(DRAWN, states, self.generator)
            logs = self.source(sequences, states[:, None].expand(-1, DRAWN))
            planned = self._planned(states, sequences, 1)
            bounds = (planned - logs).mean(dim=1)
            values = (self.beta * planned - logs).detach()
            others = (values.sum(dim=1, keepdim=True) - values) / (DRAWN - 1)  # baselines
            loss = -(planned.mean() + ((values - others) * logs).mean())
        with torch.no_grad():
            old = self.bounds[states]
            new = REMEMBERED * old + (1 - REMEMBERED) * bounds / LN2
            self.bounds[states] = torch.where(old == 0, bounds / LN2, new)
        return loss

    def _planned(self, states: Tensor, sequences: Tensor, outcomes: int) -> Tensor:
        """The mean of log q(a^n|s,s') over outcomes that the forward model draws: (B, M)."""
        start = states[:, None, None].expand(-1, sequences.shape[1], outcomes)
        sequences = sequences[:, :, None].expand(-1, -1, outcomes, -1)
        end = start
        for i in range(self.horizon):
            end = self.model.follow(end, sequences[..., i], self.generator)
        return self.planning(sequences, start, end).mean(dim=2)

    def _raise_returns(self) -> Tensor:
        """A loss that falls as the policy's return under the forward model rises.

        The reward of a step is the bound of the state it leads to; the entropy keeps it trying.
        """
        everywhere = torch.arange(len(self.bounds), device=self.device)
        logs = self.policy(everywhere)[:, 0]
        with torch.no_grad():
            gains = returns(self.model, logs.exp(), self.bounds, DISCOUNT)
            gains -= gains.mean(dim=1, keepdim=True)
        weight = LAST_CURIOSITY + (CURIOSITY - LAST_CURIOSITY) * (1 - self.beta)
        return -(logs.exp() * (gains - weight * logs / LN2)).sum(dim=1).mean()

    def _anywhere(self, count: int) -> Tensor:
        return self.starts[self._drawn(len(self.starts), count)]

    def _drawn(self, among: int, count: int) -> Tensor:
        return torch.randint(among, (count,), generator=self.generator, device=self.device)

    def state(self) -> dict[str, Any]:
        """All that the next update depends on, as tensors and numbers."""
        return {
            "done": self.done,
            "networks": [network.state_dict() for network in self.networks],
            "optimizer": self.optimizer.state_dict(),
            "generator": self.generator.get_state(),
            "surprise": self.surprise,
            **{name: getattr(self, name) for name in ("agents", "memory", "visited", "bounds")},
        }

    def restore(self, state: dict[str, Any]) -> None:
        """Go on from a `state` of a learner that was made in the same way."""
        for network, own in zip(self.networks, state["networks"], strict=True):
            network.load_state_dict(own)
        self.optimizer.load_state_dict(state["optimizer"])
        if self.device.type == "cpu":  # another device draws its own numbers
            self.generator.set_state(state["generator"])
        for name in ("done", "surprise"):
            setattr(self, name, state[name])
        for name in ("agents", "memory", "visited", "bounds"):
            setattr(self, name, state[name].to(self.device))
