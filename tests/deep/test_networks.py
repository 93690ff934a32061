"""The networks give distributions, and image planes show states."""

from itertools import product

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from support.trainers import CPU, WORLDS, trainer_of  # noqa: E402

from gridemp import GridempError, World, parse_maze  # noqa: E402
from gridemp.deep.networks import ENCODERS, all_sequences  # noqa: E402
from gridemp.deep.options import CHOICES  # noqa: E402


def test_there_is_an_encoder_for_each_choice():
    assert tuple(ENCODERS) == CHOICES["state"]


@pytest.mark.slow
@pytest.mark.parametrize("name", WORLDS)
@pytest.mark.parametrize("encoding", ENCODERS)
def test_sequence_networks_give_distributions_however_they_are_asked(name, encoding):
    world = WORLDS[name]
    trainer = trainer_of(world, state=encoding)
    sequences = all_sequences(len(world.actions), 2, CPU)
    assert sequences.tolist() == [
        list(each) for each in product(range(len(world.actions)), repeat=2)
    ]
    states = torch.arange(min(5, len(world.cell)))
    pairs = torch.cartesian_prod(states, states).T
    for network, given in ((trainer.source, (states,)), (trainer.planning, tuple(pairs))):
        whole = network.log_probabilities(*given).detach()
        np.testing.assert_allclose(whole.exp().sum(dim=1), 1, atol=1e-5)
        each = [states[:, None].expand(-1, len(sequences)) for states in given]
        single = network(sequences.expand(len(given[0]), -1, -1), *each).detach()
        np.testing.assert_allclose(single, whole, atol=1e-5)


def test_sequences_are_drawn_as_often_as_they_are_likely():
    trainer = trainer_of(WORLDS["plain"], 2)
    drawn = trainer.source.sample(20_000, torch.tensor([3]), trainer.generator)[0]
    counts = np.bincount(drawn[:, 0] * 5 + drawn[:, 1], minlength=25)
    logs = trainer.source.log_probabilities(torch.tensor([3]))[0]
    expected = 20_000 * logs.exp().detach().numpy()
    assert (abs(counts - expected) < 5 * np.sqrt(expected)).all()


def test_planes_show_the_maze_and_where_the_agent_is():
    world = WORLDS["turn"]
    encoder = ENCODERS["planes"](world)
    for state, planes in enumerate(encoder.planes(torch.arange(len(world.cell))).numpy()):
        row, col = world.maze.cells[world.cell[state]]
        expected = np.zeros((4, 2, 2))
        expected[world.heading[state], row, col] = 1
        np.testing.assert_array_equal(planes[:4], expected)
        np.testing.assert_array_equal(planes[4], world.maze.floor)
    boxed = WORLDS["box"]
    planes = ENCODERS["planes"](boxed).planes(torch.arange(len(boxed.cell))).numpy()
    for state in (0, len(boxed.cell) - 1):
        (row, col), *_ = boxed.maze.cells[boxed.boxes[state]]
        assert planes[state, -1].sum() == planes[state, -1, row, col] == 1


def test_planes_do_not_show_what_hands_use():
    world = World.from_maze(parse_maze(".k"), moves="turn", hands=True)
    with pytest.raises(GridempError, match=r"planes .* do not show keys, doors and balls"):
        ENCODERS["planes"](world)
