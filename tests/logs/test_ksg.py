"""Estimates of mutual information: against another package, formulas, and known truths."""

import infomeasure
import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy.special import digamma
from scipy.stats import rankdata

import gridemp.logs.ksg as neighbours
from gridemp.errors import GridempError
from gridemp.logs.gaussian_copula import gaussian_copula, normal_scores
from gridemp.logs.ksg import frenzel_pompe, ksg
from gridemp.logs.plug_in import binned, plug_in
from gridemp.logs.power import gaussian, power
from gridemp.logs.resampling import (
    null_estimates,
    order_among,
    order_within,
    p_value,
    standard_error,
)

LN2 = np.log(2)


def points(seed, count, *columns):
    """Dependent points: all columns share a part."""
    rng = np.random.default_rng(seed)
    shared = rng.normal(size=(count, 1))
    return [shared + rng.normal(size=(count, width)) ** 3 for width in columns]


@pytest.mark.parametrize("all_pairs", [0, 4000], ids=["tree", "pairs"])
@pytest.mark.parametrize(("count", "k"), [(40, 1), (41, 3), (300, 7)])
def test_neighbours_agree_with_infomeasure(monkeypatch, all_pairs, count, k):
    monkeypatch.setattr(neighbours, "ALL_PAIRS", all_pairs)
    x, y, z = points(count, count, 4, 3, 2)
    settings = {"approach": "metric", "k": k, "noise_level": 0, "base": 2, "minkowski_p": np.inf}
    theirs = infomeasure.mutual_information(x, y, **settings)
    assert_allclose(ksg(x, y, k), theirs, atol=1e-12)
    theirs = infomeasure.conditional_mutual_information(x, y, cond=z, **settings)
    assert_allclose(frenzel_pompe(x, y, z, k), theirs, atol=1e-12)


def test_counting_agrees_with_infomeasure():
    rng = np.random.default_rng(3)
    x = rng.integers(0, 4, 200)
    y = (x + rng.integers(0, 2, 200)) % 4
    theirs = infomeasure.mutual_information(x, y, approach="miller_madow", base=2)
    assert_allclose(plug_in(x[:, None], y[:, None]), theirs, atol=1e-12)


def test_counting_what_is_known_already():
    z = np.repeat([[0], [1]], 200, axis=0)
    own = np.tile([[0], [1]], (200, 1))
    assert plug_in(own, own) == pytest.approx(1 + 1 / (2 * 400 * LN2))
    assert plug_in(z, z, z) == pytest.approx(0.0, abs=1e-12)
    # x xor z is independent of x, and x given z
    assert plug_in(own, own ^ z) == pytest.approx(-1 / (2 * 400 * LN2))
    assert plug_in(own, own ^ z, z) == pytest.approx(1 + 2 / (2 * 400 * LN2))


def entropy_of_gaussian(x):
    """Ince et al.'s estimate from N points of d columns, in nats, up to what cancels."""
    count, wide = x.shape
    half_log = np.linalg.slogdet(np.cov(x.T).reshape(wide, wide))[1] / 2
    freedom = (count - np.arange(1, wide + 1)) / 2
    return half_log - (digamma(freedom) + np.log(2) - np.log(count - 1)).sum() / 2


def test_copula_is_a_difference_of_gaussian_entropies():
    x, y, z = points(5, 60, 4, 3, 2)
    a, b, c = map(normal_scores, (x, y, z))
    h = entropy_of_gaussian
    plain = h(a) + h(b) - h(np.hstack([a, b]))
    assert_allclose(gaussian_copula(x, y), plain / LN2, atol=1e-12)
    given = h(np.hstack([a, c])) + h(np.hstack([b, c])) - h(np.hstack([a, b, c])) - h(c)
    assert_allclose(gaussian_copula(x, y, z), given / LN2, atol=1e-12)


def test_copula_sees_ranks_only_and_no_column_twice():
    x, y = points(6, 80, 2, 2)
    assert_allclose(gaussian_copula(np.exp(x), -y), gaussian_copula(x, y), atol=1e-12)
    assert_allclose(gaussian_copula(np.hstack([x, x]), y), gaussian_copula(x, y), atol=1e-9)
    assert_allclose(normal_scores(x).argsort(axis=0), rankdata(x, axis=0).argsort(axis=0))


@pytest.mark.parametrize(
    ("truth", "by_ksg", "by_copula"), [(0.0, 0.0, 0.0), (1.5, 1.0, 1.48), (3.48, 2.1, 3.4)]
)
def test_estimates_of_four_actions_and_three_effects_are_as_documented(truth, by_ksg, by_copula):
    rng = np.random.default_rng(7)
    both = [gaussian(200, truth, rng) for _ in range(60)]
    assert np.mean([ksg(x, y) for x, y in both]) == pytest.approx(by_ksg, abs=0.07)
    assert np.mean([gaussian_copula(x, y) for x, y in both]) == pytest.approx(by_copula, abs=0.06)
    bits = [plug_in(binned(x, 4), binned(y, 4)) for x, y in both]
    assert np.mean(bits) > 5


def test_the_true_information_is_what_it_is_called():
    x, y = gaussian(200_000, 1.5, np.random.default_rng(8))
    sign = np.linalg.slogdet(np.cov(x.T))[1] + np.linalg.slogdet(np.cov(y.T))[1]
    both = np.linalg.slogdet(np.cov(np.hstack([x, y]).T))[1]
    assert (sign - both) / 2 / LN2 == pytest.approx(1.5, abs=0.02)


def test_neighbours_fall_shorter_with_fewer_windows():
    rng = np.random.default_rng(9)
    few, many = (
        np.mean([ksg(*gaussian(count, 1.5, rng)) for _ in range(30)]) for count in (40, 400)
    )
    assert few < many - 0.25


def test_neighbours_see_what_is_not_linear():
    rng = np.random.default_rng(10)
    x = rng.normal(size=(400, 1))
    y = x**2 + 0.1 * rng.normal(size=x.shape)
    assert ksg(x, y) > 1
    assert gaussian_copula(x, y) < 0.1


def test_too_few_points_or_all_alike():
    x, y = points(11, 3, 2, 2)
    with pytest.raises(GridempError, match="3 windows have no neighbour number 3; it takes 4"):
        ksg(x, y)
    with pytest.raises(GridempError, match="5 windows are too few for the copula of 7 columns"):
        gaussian_copula(*points(11, 5, 4, 3))
    with pytest.raises(GridempError, match="alike in every column"):
        ksg(np.zeros((9, 1)), np.zeros((9, 1)))


def test_bins_hold_as_many_each_and_equal_values_together():
    column = np.random.default_rng(12).normal(size=(400, 1))
    assert np.bincount(binned(column, 4)[:, 0]).tolist() == [100] * 4
    held = np.array([[0.0]] * 300 + [[0.02]] * 60 + [[0.04]] * 40)
    labels = binned(held, 4)[:, 0]
    assert len(set(labels[:300])) == 1
    assert len(set(labels.tolist())) == 2


def slow(rng, count, columns, kept):
    """Columns that keep a part of what they were a window before."""
    x = rng.normal(size=(count + 50, columns))
    for i in range(1, len(x)):
        x[i] = kept * x[i - 1] + np.sqrt(1 - kept**2) * x[i]
    return x[50:]


def test_shifts_keep_what_shuffles_destroy():
    """Independent actions and effects, both of which change slowly."""
    rng = np.random.default_rng(13)
    p = {"shift": [], "shuffle": []}
    for _ in range(30):
        x, y = slow(rng, 120, 2, 0.9), slow(rng, 120, 2, 0.9)
        bits = gaussian_copula(x, y)
        for null, found in p.items():
            chance = null_estimates(gaussian_copula, x, y, None, 39, rng, null=null)
            found.append(p_value(bits, chance))
    assert np.mean(np.array(p["shuffle"]) <= 0.05) > 0.5
    assert np.mean(np.array(p["shift"]) <= 0.05) < 0.2
    assert 0.3 < np.mean(p["shift"]) < 0.7


def test_shifts_hold_with_context_too():
    """Actions that follow the context and themselves, and bear on nothing."""
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
    """The error of a mean, whose truth is known: 1 / sqrt(N), and 3 times that at 0.8."""
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
    """Actions and effects that both follow the context, and nothing else."""
    rng = np.random.default_rng(14)
    p, plain = [], []
    for _ in range(20):
        z = rng.normal(size=(150, 1))
        x, y = z + 0.5 * rng.normal(size=(150, 2)), z + 0.5 * rng.normal(size=(150, 2))
        plain.append(gaussian_copula(x, y))
        bits = gaussian_copula(x, y, z)
        p.append(p_value(bits, null_estimates(gaussian_copula, x, y, z, 39, rng)))
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

    truth = np.std([estimate(*draw()) for _ in range(150)])
    errors = [standard_error(estimate, *draw(), None, rng) for _ in range(8)]
    assert 0.75 < np.mean(errors) / truth < 1.35


def test_p_counts_the_estimate_itself():
    assert p_value(1.0, np.array([0.0, 1.0, 2.0])) == 3 / 4
    assert p_value(3.0, np.zeros(99)) == 1 / 100


def test_power_rises_from_false_alarms_to_certainty(monkeypatch):
    monkeypatch.setattr("gridemp.logs.power.RUNS", 25)
    monkeypatch.setattr("gridemp.logs.power.TRUTHS", (0.0, 0.5, 2.0))
    told = []
    found = list(power(40, ("copula",), shuffles=19, progress=told.append))
    assert [one.truth for one in found] == [0.0, 0.5, 2.0]
    assert found[0].found < 0.2
    assert found[0].found < found[1].found < found[2].found == 1.0
    assert told[-1] == 1.0
    assert found == list(power(40, ("copula",), shuffles=19))
