"""The networks give distributions."""

from itertools import product

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from support.trainers import CPU, WORLDS, trainer_of  # noqa: E402

from gridemp.deep.networks import all_sequences  # noqa: E402
from gridemp.deep.options import CHOICES  # noqa: E402


@pytest.mark.slow
@pytest.mark.parametrize("name", WORLDS)
@pytest.mark.parametrize("encoding", CHOICES["state"])
@pytest.mark.parametrize("trunk", CHOICES["trunk"])
def test_sequence_networks_give_distributions_however_they_are_asked(name, encoding, trunk):
    world = WORLDS[name]
    trainer = trainer_of(world, state=encoding, trunk=trunk)
    sequences = all_sequences(len(world.actions), 2, CPU)
    assert sequences.tolist() == [
        list(each) for each in product(range(len(world.actions)), repeat=2)
    ]
    features = trainer.encoder()
    first = torch.arange(min(5, len(world.cell)))
    start, end = torch.cartesian_prod(first, first).T
    for network, given in (
        (trainer.source, features.source[first]),
        (trainer.planning, features.start[start] + features.end[end]),
    ):
        whole = network.log_probabilities(given).detach()
        np.testing.assert_allclose(whole.exp().sum(dim=1), 1, atol=1e-5)
        each = given[:, None].expand(-1, len(sequences), -1)
        single = network(sequences.expand(len(given), -1, -1), each).detach()
        np.testing.assert_allclose(single, whole, atol=1e-5)


def test_sequences_are_drawn_as_often_as_they_are_likely():
    trainer = trainer_of(WORLDS["plain"], 2)
    start = trainer.encoder().source[3:4]
    drawn = trainer.source.sample(20_000, start, trainer.generator)[0]
    counts = np.bincount(drawn[:, 0] * 5 + drawn[:, 1], minlength=25)
    logs = trainer.source.log_probabilities(start)[0]
    expected = 20_000 * logs.exp().detach().numpy()
    assert (abs(counts - expected) < 5 * np.sqrt(expected)).all()


@pytest.mark.parametrize("dynamics", ["learned", "features"])
def test_forward_networks_give_distributions_of_next_states(dynamics):
    trainer = trainer_of(WORLDS["plain"], dynamics=dynamics)
    logs = trainer.forward(trainer.encoder().model, torch.tensor([[0, 1], [2, 3]])).detach()
    assert logs.shape == (2, 2, 5, 14)
    np.testing.assert_allclose(logs.exp().sum(dim=-1), 1, atol=1e-5)
