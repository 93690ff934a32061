"""Forward models: the true one, a learned one, and planning with either."""

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from support.trainers import CPU, WORLDS, trainer_of, world_of  # noqa: E402

from gridemp.deep.dynamics import (  # noqa: E402
    ForwardModel,
    action_values,
    learned_model,
    true_model,
)


@pytest.mark.parametrize("name", WORLDS)
def test_the_true_model_is_the_world(name):
    world = WORLDS[name]
    model = true_model(world, CPU)
    table = np.zeros(model.table.shape)
    for s, a, k in np.ndindex(world.successors.shape):
        table[s, a, world.successors[s, a, k]] += world.probabilities[s, a, k]
    np.testing.assert_allclose(model.table, table, atol=1e-7)
    generator = torch.Generator().manual_seed(1)
    states = torch.arange(len(table)).repeat_interleave(500)
    actions = torch.full_like(states, 1)
    drawn = model.sample(states, actions, generator).view(len(table), 500)
    shares = np.array([np.bincount(row, minlength=len(table)) for row in drawn]) / 500
    assert (abs(shares - table[:, 1]) < 0.12).all()
    assert ((shares > 0) <= (table[:, 1] > 0)).all()


def test_action_values_are_discounted_sums():
    model = true_model(WORLDS["slip"], CPU)
    states = len(model.table)
    policy = torch.rand(states, 5, generator=torch.Generator().manual_seed(2))
    policy /= policy.sum(dim=1, keepdim=True)
    rewards = torch.arange(states, dtype=torch.float32)
    step = np.einsum("sa,sat->st", policy.numpy(), model.table.double().numpy())
    total, ahead = np.zeros((states, 5)), model.table.double().numpy()
    for power in range(200):
        total += 0.9**power * ahead @ rewards.numpy()
        ahead = ahead @ step
    np.testing.assert_allclose(action_values(model, policy, rewards, 0.9), total, rtol=1e-4)


@pytest.mark.slow
@pytest.mark.parametrize("dynamics", ["learned", "features"])
def test_a_learned_forward_model_comes_to_know_the_world(dynamics):
    world = world_of("...\n...")
    trainer = trainer_of(world, updates=100, dynamics=dynamics)
    before = learned_model(trainer.forward, trainer.encoder().model).table
    for _ in range(100):
        trainer.update()
    after = learned_model(trainer.forward, trainer.encoder().model).table
    truth = true_model(world, CPU).table
    assert abs(after - truth).mean() < abs(before - truth).mean() / 5
    assert trainer.surprise < 0.3


def test_nothing_impossible_is_drawn():
    """Rounding leaves nothing to states of probability 0."""
    table = torch.zeros(1, 1, 30)
    table[0, 0, :10] = torch.rand(10, generator=torch.Generator().manual_seed(4))
    table /= table.sum()
    model = ForwardModel(table)
    assert (model.cumulative[0, 0, 9:] == 1).all()
