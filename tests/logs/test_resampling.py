import numpy as np
import pytest
from support.logs import slow

from gridemp.logs import frenzel_pompe, gaussian_copula, ksg
from gridemp.logs.resampling import (
    null_estimates,
    order_among,
    order_within,
    p_value,
    standard_error,
)

pytestmark = pytest.mark.slow


def test_shifts_keep_what_shuffles_destroy():
    """The actions and effects are independent, and both change slowly."""
    rng = np.random.default_rng(13)
    p = {"shift": [], "shuffle": []}
    for _ in range(24):
        x, y = slow(rng, 120, 2, 0.9), slow(rng, 120, 2, 0.9)
        bits = gaussian_copula(x, y)
        for null, found in p.items():
            chance = null_estimates(gaussian_copula, x, y, None, 19, rng, null=null)
            found.append(p_value(bits, chance))
    assert np.mean(np.array(p["shuffle"]) <= 0.05) > 0.5
    assert np.mean(np.array(p["shift"]) <= 0.05) < 0.2
    assert 0.3 < np.mean(p["shift"]) < 0.7


def test_shifts_hold_with_context_too():
    """The actions depend on the context and on themselves, and have no effect."""
    rng = np.random.default_rng(21)
    p = {"shift": [], "shuffle": []}
    for _ in range(24):
        moved = slow(rng, 151, 3, 0.85)
        y, z = moved[1:], moved[:-1]
        x = slow(rng, 150, 4, 0.85)
        x[:, :3] += 0.3 * z
        bits = frenzel_pompe(x, y, z)
        for null, found in p.items():
            found.append(p_value(bits, null_estimates(frenzel_pompe, x, y, z, 19, rng, null=null)))
    assert np.mean(np.array(p["shuffle"]) <= 0.05) > 0.6
    assert np.mean(np.array(p["shift"]) <= 0.05) < 0.35  # 0.12 to 0.21 in the long run


def test_stretches_see_that_windows_are_alike():
    """The error of a mean is known: 1 / sqrt(N), and 3 times that if 0.8 is kept."""
    rng = np.random.default_rng(22)

    def error(kept):
        draws = [slow(rng, 1000, 1, kept) for _ in range(6)]
        return np.mean([standard_error(lambda x, y: x.mean(), d, d, None, rng) for d in draws])

    assert error(0.0) * 1000**0.5 == pytest.approx(1.0, abs=0.15)
    assert 1.7 < error(0.8) * 1000**0.5 < 3.2


def test_every_shift_comes_once_and_none_is_none():
    seen = []
    x = np.arange(6.0)[:, None]
    null_estimates(
        lambda own, y: seen.append(own[:, 0].tolist()) or 0.0,
        x,
        x,
        None,
        99,
        np.random.default_rng(0),
    )
    assert len(seen) == 5
    assert x[:, 0].tolist() not in seen
    assert sorted(order[0] for order in seen) == [1, 2, 3, 4, 5]


def test_chance_keeps_what_the_context_tells():
    """Actions and effects depend on the context, and on nothing else."""
    rng = np.random.default_rng(14)
    p, plain = [], []
    for _ in range(20):
        z = rng.normal(size=(150, 1))
        x, y = z + 0.5 * rng.normal(size=(150, 2)), z + 0.5 * rng.normal(size=(150, 2))
        plain.append(gaussian_copula(x, y))
        bits = gaussian_copula(x, y, z)
        p.append(p_value(bits, null_estimates(gaussian_copula, x, y, z, 19, rng)))
    assert min(plain) > 0.4
    assert np.mean(np.array(p) <= 0.05) <= 0.2


def test_orders_go_to_neighbours_or_equals():
    rng = np.random.default_rng(15)
    near = np.array([[0, 1, 2], [1, 0, 2], [2, 1, 0], [3, 4, 5], [4, 3, 5], [5, 4, 3]])
    orders = {tuple(order_among(near, rng)) for _ in range(200)}
    assert len(orders) > 10
    assert all(set(order[:3]) <= {0, 1, 2} and set(order[3:]) <= {3, 4, 5} for order in orders)
    labels = np.array([1, 0, 1, 0, 2, 1])
    found = np.array([order_within(labels, rng) for _ in range(50)])
    assert (labels[found] == labels).all()
    assert (np.sort(found, axis=1) == np.arange(6)).all()
    assert len(np.unique(found, axis=0)) > 5


@pytest.mark.parametrize("estimate", [ksg, gaussian_copula])
@pytest.mark.parametrize("kept", [0.0, 0.5])
def test_the_standard_error_is_the_spread_of_estimates(estimate, kept):
    rng = np.random.default_rng(16)

    def draw():
        x = slow(rng, 150, 2, kept)
        return x, x[:, :1] + slow(rng, 150, 1, kept)

    truth = np.std([estimate(*draw()) for _ in range(100)])
    errors = [standard_error(estimate, *draw(), None, rng) for _ in range(8)]
    assert 0.75 < np.mean(errors) / truth < 1.35


def test_p_counts_the_estimate_itself():
    assert p_value(1.0, np.array([0.0, 1.0, 2.0])) == 3 / 4
    assert p_value(3.0, np.zeros(99)) == 1 / 100
