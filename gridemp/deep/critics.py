"""Critics: networks that score first actions, trained on rollouts by the loss of an estimator.

A critic gives a score f(s, a, o), in nats, to each first action a, given the start s and the sensor
reading o after the last step. A minibatch holds rollouts of all starts; with the actions a_i of its
rollouts i and further actions a'_i from the uniform source, the losses are, up to a constant,

    info-nce      -mean_i [f(s_i, a_i, o_i) - log mean_j e^f(s_i, a_j, o_i)],
    mine-dv       -mean_i f(s_i, a_i, o_i) + log mean_i e^f(s_i, a'_i, o_i),
    mine-jsd      mean_i softplus(-f(s_i, a_i, o_i)) + mean_i softplus(f(s_i, a'_i, o_i)),
    variational   -mean_i log q(a_i|s_i, o_i),   q(a|s, o) ~ e^f(s, a, o).
"""

from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from gridemp.deep.encoders import WIDTH
from gridemp.deep.training import one_thread
from gridemp.typing import Array, Indices

if TYPE_CHECKING:
    from gridemp.deep.audit_options import AuditOptions

RATE = 1e-3  # learning rate of Adam
AVERAGING = 0.99  # weight of earlier batches in the mean of e^f, which makes up for its bias
LIMIT = 20.0  # nats: scores stay between -20 and 20


class Critic(nn.Module):
    """Network that scores all first actions, given a start and a reading.

    Parameters
    ----------
    starts, readings, actions : int
        Numbers of starts, of readings and of actions A.
    """

    def __init__(self, starts: int, readings: int, actions: int) -> None:
        super().__init__()
        self.start = nn.Embedding(starts, WIDTH)
        self.reading = nn.Embedding(readings, WIDTH)
        self.layers = nn.Sequential(
            nn.ReLU(), nn.Linear(WIDTH, WIDTH), nn.ReLU(), nn.Linear(WIDTH, actions)
        )

    def forward(self, starts: Tensor, readings: Tensor) -> Tensor:
        """Return scores in nats of all actions: shape (..., A)."""
        scores: Tensor = self.layers(self.start(starts) + self.reading(readings))
        return LIMIT * torch.tanh(scores / LIMIT)

    def scores(self, start: int, readings: Indices) -> Array:
        """Return scores of all actions for one start and Y readings: shape (A, Y)."""
        reached = torch.as_tensor(readings, dtype=torch.long)
        with torch.no_grad():
            found = self(torch.full_like(reached, start), reached)
        return np.asarray(found.T.numpy(), dtype=float)


@one_thread()
def trained_critic(
    estimator: str, readings: Indices, count: int, options: "AuditOptions", seed: int
) -> Critic:
    """Return a critic that is trained by the loss of an estimator on rollouts.

    Parameters
    ----------
    estimator : {"info-nce", "mine-dv", "mine-jsd", "variational"}
        The estimator.
    readings : ndarray of int, shape (T, A, K)
        Reading at the end of each rollout, from 0.
    count : int
        Number of different readings.
    options : AuditOptions
        Number of updates and size of the minibatches.
    seed : int
        Seed of the initial parameters and of the minibatches.
    """
    starts, actions, _ = readings.shape
    generator = torch.Generator().manual_seed(seed)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        critic = Critic(starts, count, actions)
    optimizer = torch.optim.Adam(critic.parameters(), lr=RATE)
    start_of, action_of, _ = (torch.as_tensor(i.ravel()) for i in np.indices(readings.shape))
    reading_of = torch.as_tensor(readings.ravel(), dtype=torch.long)
    loss_of = Loss(estimator, actions, generator)
    for _ in range(options.updates):
        rows = torch.randint(len(reading_of), (options.batch,), generator=generator)
        loss = loss_of(critic(start_of[rows], reading_of[rows]), action_of[rows])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return critic


class Loss:
    """Loss of an estimator for a minibatch, as given at the top of this file.

    Parameters
    ----------
    estimator : str
        Name of the estimator.
    actions : int
        Number of actions A.
    generator : torch.Generator
        Source of further actions.
    """

    def __init__(self, estimator: str, actions: int, generator: torch.Generator) -> None:
        self.estimator, self.actions, self.generator = estimator, actions, generator
        self.average: Tensor | None = None  # of e^f in the batches so far

    def __call__(self, scores: Tensor, chosen: Tensor) -> Tensor:
        """Return the loss of scores (B, A) of rollouts with B chosen actions."""
        if self.estimator == "variational":
            return functional.cross_entropy(scores, chosen)
        own = scores.gather(1, chosen[:, None])[:, 0]
        if self.estimator == "info-nce":
            return (scores[:, chosen].logsumexp(dim=1) - own).mean()
        further = torch.randint(self.actions, chosen.shape, generator=self.generator)
        other = scores.gather(1, further[:, None])[:, 0]
        if self.estimator == "mine-jsd":
            return functional.softplus(-own).mean() + functional.softplus(other).mean()
        mean = other.exp().mean()
        old = mean.detach() if self.average is None else self.average
        self.average = AVERAGING * old + (1 - AVERAGING) * mean.detach()
        # Its gradient is that of log mean e^f, with the average of many batches as the mean.
        return mean / self.average - own.mean()
