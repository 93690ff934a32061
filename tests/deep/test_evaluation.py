"""Exact evaluation of networks, as theorems on mazes of a few cells."""

import numpy as np
import pytest

from gridemp import empowerment
from gridemp.engine.channel import channel

torch = pytest.importorskip("torch")

from support.trainers import WORLDS, trainer_of, world_of  # noqa: E402

from gridemp.deep.evaluation import (  # noqa: E402
    exact_bounds,
    exact_returns,
    occupancy,
    policy_of,
)

pytestmark = pytest.mark.slow

ROUNDING = 1e-9


@pytest.mark.parametrize("name", WORLDS)
@pytest.mark.parametrize(
    ("encoding", "dynamics", "trunk"),
    [
        ("cell", "given", "separate"),
        ("planes", "learned", "separate"),
        ("pixels", "features", "shared"),
    ],
)
def test_the_bound_never_exceeds_the_exact_map(name, encoding, dynamics, trunk):
    """A theorem, whatever the networks are: before training and during it."""
    world = WORLDS[name]
    exact = empowerment(world, 2, 1e-7)
    trainer = trainer_of(world, state=encoding, dynamics=dynamics, trunk=trunk)
    for _ in range(2):
        proved = exact_bounds(trainer, world if world.deterministic else world.normalised())
        assert (proved <= exact.bits + exact.gap + ROUNDING).all()
        for _ in range(4):
            trainer.update()


def test_the_exact_bound_is_the_sum_over_all_sequences_and_outcomes():
    world = WORLDS["slip"].normalised()
    trainer = trainer_of(world)
    for _ in range(5):
        trainer.update()
    state = 5
    true = channel(world, state, 2)
    total = 0.0
    features = trainer.encoder()
    omega = trainer.source.log_probabilities(features.source[state]).exp().detach().double()
    omega /= omega.sum()
    for a, row in enumerate(true.probabilities):
        for p, label in zip(row, true.labels, strict=True):
            given = features.start[state] + features.end[int(label)]
            q = trainer.planning.log_probabilities(given).exp().detach().double()
            total += float(omega[a] * p * (torch.log2(q[a] / q.sum()) - torch.log2(omega[a])))
    assert exact_bounds(trainer, world)[state] == pytest.approx(total, abs=1e-6)


def test_occupancy_of_a_policy_after_some_steps():
    world = world_of("...")
    east = np.zeros((3, 5))
    east[:, world.actions.index("east")] = 1
    np.testing.assert_allclose(occupancy(world, east, 1), [0, 1 / 3, 2 / 3])
    np.testing.assert_allclose(occupancy(world, east, 2), [0, 0, 1])
    trainer = trainer_of(world)
    np.testing.assert_allclose(policy_of(trainer).sum(axis=1), 1)


def test_returns_of_policies_are_discounted_sums_and_at_most_the_best():
    world = world_of("...")
    rewards = np.array([1.0, 2.0, 4.0])
    stay = np.zeros((3, 5))
    stay[:, world.actions.index("stay")] = 1
    own, best = exact_returns(world, stay, rewards)
    assert own == pytest.approx(np.mean(rewards) / 0.05)
    # From the left, one step earns 2 and all later ones 4; from elsewhere, all earn 4.
    assert best == pytest.approx((2 + 0.95 * 80 + 80 + 80) / 3)
    uniform = np.full((3, 5), 0.2)
    assert exact_returns(world, uniform, rewards)[0] < best
    assert exact_returns(world, uniform, -rewards)[0] < exact_returns(world, stay, -rewards)[1]
