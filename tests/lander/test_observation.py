import numpy as np
import pytest
from support.extras import required

from gridemp.errors import HorizonTooLarge
from gridemp.lander.observation import STEP, UNITS, blurred_channel, estimated_bits

required("Box2D")


def test_the_blurred_channel_is_a_gaussian_in_all_three():
    outcomes = np.array([[[0.0, 0.0, 0.0], [0.0, 0.0, 0.0]], [[0.3, 0.0, 0.0], [9.0, 0.0, 0.0]]])
    channel = blurred_channel(outcomes, 0.1)
    np.testing.assert_allclose(channel.sum(axis=1), 1)
    weights = np.exp(-((STEP * np.arange(-2, 3)) ** 2) / 2)
    alone = np.multiply.outer(np.multiply.outer(weights, weights), weights).ravel()
    row = np.sort(channel[0][channel[0] > 0])
    np.testing.assert_allclose(row, np.sort(alone / alone.sum()))
    assert np.count_nonzero(channel[0] * channel[1]) == 3 * 25  # two lattice points apart


def test_a_channel_that_does_not_fit_is_refused():
    outcomes = np.random.default_rng(0).normal(size=(3000, 1, 3)) * 10
    with pytest.raises(HorizonTooLarge, match="lower `horizon` or raise `resolution`"):
        blurred_channel(outcomes, 0.01)


@pytest.mark.parametrize("apart", [0.02, 0.1, 0.3, 2.0])
def test_two_outcomes_are_told_apart_as_by_two_gaussians(apart):
    """The capacity of two Gaussians is an integral; a half turn counts as a half screen.

    It holds wherever the two lie relative to the lattice, although its step is 1.5 standard
    deviations.
    """
    z = np.linspace(-12, 12, 4001) + apart / 0.2
    p, q = (np.exp(-((z - mean) ** 2) / 2) for mean in (0.0, apart / 0.1))
    p, q = p / p.sum(), q / q.sum()
    middle = (p + q) / 2
    exact = sum(0.5 * np.sum(r[r > 0] * np.log2(r[r > 0] / middle[r > 0])) for r in (p, q))
    for k, unit in enumerate(UNITS):
        for start in (0.0, 0.033, 0.071):
            outcomes = np.zeros((2, 1, 3))
            outcomes[:, 0, k] = [start * unit, (start + apart) * unit]
            assert estimated_bits(outcomes, 0.1) == pytest.approx(exact, abs=0.012)
