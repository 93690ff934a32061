"""The losses of the training loop and its estimates."""

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from support.trainers import WORLDS, trainer_of  # noqa: E402

from gridemp.deep.dynamics import ForwardModel  # noqa: E402
from gridemp.deep.evaluation import exact_bounds  # noqa: E402

pytestmark = pytest.mark.slow


def test_drawn_sequences_give_the_gradient_of_all_on_average():
    """The score function with its baseline, against the sum over all sequences."""
    world = WORLDS["plain"]
    gradients = []
    for sequences, updates in (("listed", 1), ("drawn", 60)):
        trainer = trainer_of(world, dynamics="given", sequences=sequences)
        trainer.beta = 1.0
        trainer.visited[:] = False
        trainer.visited[5] = True  # so that every update is of this state
        for _ in range(updates):
            trainer._bound_loss(trainer.encoder()).backward()
        parts = [p.grad.ravel() for p in trainer.source.parameters()]  # not of its encoder
        gradients.append(torch.cat(parts).numpy() / updates)
    exact, drawn = gradients
    cosine = exact @ drawn / np.linalg.norm(exact) / np.linalg.norm(drawn)
    assert cosine > 0.97
    assert np.linalg.norm(drawn) == pytest.approx(np.linalg.norm(exact), rel=0.1)


def test_the_policy_plans_with_the_learned_model():
    """With a model in which every step stays, no action is better than another."""
    trainer = trainer_of(WORLDS["plain"])
    trainer.beta, trainer.bounds = 1.0, torch.rand(14, generator=torch.Generator().manual_seed(3))
    states = len(trainer.bounds)
    staying = torch.eye(states)[:, None].expand(-1, 5, -1).clone()
    gradients = []
    for table in (staying, trainer.truth.table):
        trainer.model = ForwardModel(table)
        trainer.optimizer.zero_grad()
        trainer._policy_loss(trainer.encoder()).backward()
        gradients.append(torch.cat([p.grad.ravel() for p in trainer.policy.parameters()]).norm())
    assert gradients[0] < gradients[1] / 20


def test_estimates_come_near_the_exact_bounds():
    """In a world without noise, with all sequences in each update."""
    world = WORLDS["plain"]
    trainer = trainer_of(world, updates=200, dynamics="given")
    for _ in range(200):
        trainer.update()
    assert trainer.visited.all()
    np.testing.assert_allclose(trainer.bounds, exact_bounds(trainer, world), atol=0.1)
