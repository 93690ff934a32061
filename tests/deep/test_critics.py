"""Losses of critics, against sums over a batch."""

import math

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from gridemp.deep import AuditOptions  # noqa: E402
from gridemp.deep.critics import LIMIT, Critic, Loss, trained_critic  # noqa: E402

SCORES = torch.tensor([[0.5, -1.0, 2.0], [0.0, 0.3, -0.2]])
CHOSEN = torch.tensor([2, 0])


def loss(estimator, seed=0):
    return Loss(estimator, 3, torch.Generator().manual_seed(seed))(SCORES, CHOSEN).item()


def further(seed=0):
    return torch.randint(3, (2,), generator=torch.Generator().manual_seed(seed)).tolist()


def test_losses_are_those_of_the_formulas():
    own, rows = [2.0, 0.0], SCORES.tolist()
    other = [row[a] for row, a in zip(rows, further(), strict=True)]
    all_actions = [math.log(sum(map(math.exp, row))) for row in rows]
    in_batch = [math.log(math.exp(row[2]) + math.exp(row[0])) for row in rows]
    assert loss("variational") == pytest.approx(np.subtract(all_actions, own).mean())
    assert loss("info-nce") == pytest.approx(np.subtract(in_batch, own).mean())
    softplus = [np.log1p(np.exp(np.negative(own))).mean(), np.log1p(np.exp(other)).mean()]
    assert loss("mine-jsd") == pytest.approx(sum(softplus))


def test_the_gradient_of_mine_is_that_of_the_logarithm_of_the_mean():
    scores = SCORES.clone().requires_grad_()
    Loss("mine-dv", 3, torch.Generator().manual_seed(0))(scores, CHOSEN).backward()
    expected = SCORES.clone().requires_grad_()
    other = expected[[0, 1], further()]
    (other.exp().mean().log() - expected[[0, 1], [2, 0]].mean()).backward()
    torch.testing.assert_close(scores.grad, expected.grad)


def test_scores_are_bounded():
    critic = Critic(2, 3, 4)
    with torch.no_grad():
        critic.layers[-1].weight *= 1e6
    scores = critic.scores(1, np.array([0, 2, 2]))
    assert scores.shape == (4, 3)
    assert np.abs(scores).max() <= LIMIT
    np.testing.assert_array_equal(scores[:, 1], scores[:, 2])


def test_a_critic_learns_to_tell_actions_apart():
    readings = np.array([[[0, 0], [1, 1]], [[2, 2], [2, 2]]])
    critic = trained_critic("variational", readings, 3, AuditOptions(updates=200, batch=8), 0)
    scores = critic.scores(0, np.array([0, 1]))
    assert scores[0, 0] - scores[1, 0] > 2
    assert scores[1, 1] - scores[0, 1] > 2
    ((one, other),) = critic.scores(1, np.array([2])).T
    assert abs(one - other) < 1
