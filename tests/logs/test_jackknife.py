from itertools import combinations

import numpy as np
import pytest
from scipy.special import stdtrit
from support.logs import slow

from gridemp.logs import gaussian_copula, ksg
from gridemp.logs.jackknife import (
    common_persistence,
    interval,
    likeness_of_stretches,
    standard_error,
)

pytestmark = pytest.mark.slow


def mean(x, y, z=None):
    return float(x.mean())


def test_stretches_see_that_windows_are_alike():
    """The error of a mean is known: 1 / sqrt(N), and 3 times that if 0.8 is kept."""
    rng = np.random.default_rng(22)

    def error(kept):
        draws = [slow(rng, 1000, 1, kept) for _ in range(6)]
        return np.mean([standard_error(mean, (d, d, None)) for d in draws])

    assert error(0.0) * 1000**0.5 == pytest.approx(1.0, abs=0.15)
    assert 1.7 < error(0.8) * 1000**0.5 < 3.5


@pytest.mark.parametrize("estimate", [ksg, gaussian_copula])
@pytest.mark.parametrize("kept", [0.0, 0.5])
def test_the_standard_error_is_the_spread_of_estimates(estimate, kept):
    rng = np.random.default_rng(16)

    def draw():
        x = slow(rng, 150, 2, kept)
        return x, x[:, :1] + slow(rng, 150, 1, kept)

    truth = np.std([estimate(*draw()) for _ in range(100)])
    errors = [standard_error(estimate, (*draw(), None)) for _ in range(8)]
    assert 0.75 < np.mean(errors) / truth < 1.35


def test_each_half_is_four_of_eight_stretches_and_brings_its_times():
    x = np.arange(21.0)[:, None]
    halves = []

    def estimate(x, y, *, times):
        assert x[:, 0].tolist() == times.tolist()
        halves.append(tuple(times.tolist()))
        return 0.0

    assert standard_error(estimate, (x, x, None), with_times=True) == 0
    stretch = np.arange(21) * 8 // 21
    assert set(halves) == {
        tuple(np.flatnonzero(np.isin(stretch, half)).tolist()) for half in combinations(range(8), 4)
    }
    assert len(halves) == 70


def test_the_error_of_a_mean_is_that_of_the_means_of_stretches():
    """Without persistence, and with stretches of one length, the formula is the textbook's."""
    x = np.random.default_rng(3).normal(size=(80, 1))
    alternating = np.tile([[1.0], [-1.0]], (40, 1))  # has no persistence, so neither have products
    stretches = x.reshape(8, 10).mean(axis=1)
    expected = stretches.std(ddof=1) / 8**0.5
    assert standard_error(mean, (x, alternating, None)) == pytest.approx(expected)
    low, high = interval(1.0, mean, (x, alternating, None))
    assert (low + high) / 2 == pytest.approx(1.0)
    assert (high - low) / 2 == pytest.approx(expected * stdtrit(7, 0.975))


@pytest.mark.parametrize("kept", [0.0, 0.4, 0.81])
def test_the_likeness_of_stretches_is_that_of_autoregressive_series(kept):
    """The expected squared error of means of stretches, from the exact covariance matrix."""
    count, stretches = 40, 8
    covariance = kept ** np.abs(np.subtract.outer(np.arange(count), np.arange(count)))
    means = np.kron(np.eye(stretches), np.full((1, count // stretches), stretches / count))
    among = means @ covariance @ means.T
    spread = (np.trace(among) - among.mean() * stretches) / (stretches - 1) / stretches
    ratio = likeness_of_stretches(kept, count, stretches)
    assert ratio**2 == pytest.approx(covariance.mean() / spread)
    assert ratio == pytest.approx(1.0) if kept == 0 else ratio > 1


def test_what_the_context_explains_is_not_persistent():
    rng = np.random.default_rng(4)
    z = slow(rng, 2000, 1, 0.95)
    x, y = 5 * z + rng.normal(size=z.shape), slow(rng, 2000, 1, 0.9)
    assert common_persistence((x, y, None)) > 0.75
    assert common_persistence((x, y, z)) < 0.1
    masks = [np.array([True]), np.array([False])]
    third = np.digitize(slow(rng, 2000, 1, 0.9), [-0.4, 0.4]).astype(float)
    renamed = np.array([2.0, 0.0, 1.0])[third.astype(int)]
    found = common_persistence((third, y, None), masks)
    assert found == pytest.approx(common_persistence((renamed, y, None), masks))
    assert 0.5 < found < 0.8
