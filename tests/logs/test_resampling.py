import numpy as np
import pytest
from support.logs import slow

from gridemp.logs import frenzel_pompe, gaussian_copula
from gridemp.logs.mixed_ksg import mixed_information, separated
from gridemp.logs.resampling import (
    null_estimates,
    order_among,
    order_within,
    orthonormal_basis,
    p_value,
    residual_shifts,
    shift_within,
    without,
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
        shuffled = null_estimates(frenzel_pompe, x, y, z, 19, rng, null="shuffle")
        shifted = residual_shifts(frenzel_pompe, x, y, z, 19, rng)
        p["shuffle"].append(p_value(bits, shuffled))
        p["shift"].append(p_value(bits, shifted))
    assert np.mean(np.array(p["shuffle"]) <= 0.05) > 0.6
    assert np.mean(np.array(p["shift"]) <= 0.05) < 0.15  # 0.26 by shifts of residuals alone


def test_both_estimates_of_a_shift_are_free_of_both_contexts():
    rng = np.random.default_rng(23)
    z, x, y = slow(rng, 60, 2, 0.8), slow(rng, 60, 1, 0.8), slow(rng, 60, 1, 0.8)
    calls = []

    def estimate(*parts):
        calls.append(parts)
        return float(len(calls))

    found = residual_shifts(estimate, x + z[:, :1], y + z[:, 1:], z, 3, rng)
    assert len(calls) == 7  # the actual one, and two for each shift
    assert found.tolist() == [2.0, 2.0, 2.0]  # 1 and the difference of two successive numbers
    for with_both, by_chance in zip(calls[1::2], calls[2::2], strict=True):
        free = [
            np.roll(z, shift, axis=0)
            for shift in range(1, 60)
            if all(
                np.abs(np.roll(z, shift, axis=0).T @ part).max() < 1e-9
                for part in (with_both[0], with_both[1], by_chance[0])
            )
        ]
        assert len(free) == 1
        assert with_both[1] is by_chance[1]
        for part in (with_both[0], with_both[1], by_chance[0]):
            assert np.abs(z.T @ part).max() < 1e-9
            assert np.abs(part).max() > 0.1


def test_the_context_may_explain_any_part_of_the_actions():
    rng = np.random.default_rng(24)
    x, y, z = (slow(rng, 80, 1, 0.7) for _ in range(3))

    def chance(part):
        def estimate(x, y, z):
            return float(np.corrcoef(x[:, 0], y[:, 0])[0, 1])

        found = residual_shifts(estimate, x + part * z, y, z, 20, np.random.default_rng(1))
        return found - estimate(x + part * z, y, z)

    assert chance(0.0) == pytest.approx(chance(50.0), abs=1e-9)


def test_regressors_may_depend_on_each_other():
    """The projection is that of least squares, also where the regressors are of lower rank."""
    rng = np.random.default_rng(27)
    z = np.hstack([np.ones((50, 1)), rng.normal(size=(50, 2))])
    columns = rng.normal(size=(50, 3))
    solution = np.linalg.lstsq(z, columns, rcond=None)[0]
    for regressors in (z, np.hstack([z, z[:, :2], 3 * z[:, 1:2] - z[:, 2:]])):
        basis = orthonormal_basis(regressors)
        assert basis.shape == (50, 3)
        np.testing.assert_allclose(without(basis, columns), columns - z @ solution, atol=1e-13)


def test_effects_are_shifted_if_actions_are_categories():
    """Neither tells about the other beyond a context on which both depend."""
    rng = np.random.default_rng(25)
    masks = [np.array([True]), np.array([False]), np.array([True])]
    p = []
    for _ in range(24):
        z = np.digitize(slow(rng, 120, 1, 0.9), [-0.4, 0.4]).astype(float)
        x = (slow(rng, 120, 1, 0.9) + z > 1).astype(float)
        y = slow(rng, 120, 1, 0.9) + z
        parts = separated([x, y, z], masks)
        bits = mixed_information(*parts, k=3)

        def estimate(*parts):
            return mixed_information(*parts, k=3)

        p.append(p_value(bits, residual_shifts(estimate, *parts, 19, rng, masks)))
    assert np.mean(np.array(p) <= 0.05) < 0.2
    assert 0.25 < np.mean(p) < 0.75


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


def test_shifts_within_contexts_are_rotations():
    labels = np.array([1, 0, 1, 0, 2, 1])
    rng = np.random.default_rng(26)
    orders = {tuple(shift_within(labels, rng).tolist()) for _ in range(200)}
    rows = ([1, 3], [0, 2, 5], [4])
    assert len(orders) == 2 * 3 * 1
    for order in orders:
        for own in rows:
            moved = [order[row] for row in own]
            assert moved in [own[shift:] + own[:shift] for shift in range(len(own))]


def test_p_counts_the_estimate_itself():
    assert p_value(1.0, np.array([0.0, 1.0, 2.0])) == 3 / 4
    assert p_value(3.0, np.zeros(99)) == 1 / 100
