import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy.integrate import quad
from scipy.special import digamma
from scipy.stats import norm, poisson
from support.logs import points

from gridemp.errors import GridempError
from gridemp.information.measures import entropy
from gridemp.logs import frenzel_pompe, ksg, mixed_ksg, neighbour_counts, plug_in
from gridemp.logs.mixed_ksg import separated

BY_TREE = pytest.mark.parametrize("all_pairs", [4000, 0], ids=["pairs", "tree"])


def pairs_or_tree(monkeypatch, all_pairs):
    monkeypatch.setattr(neighbour_counts, "ALL_PAIRS", all_pairs)
    monkeypatch.setattr(neighbour_counts, "MANY_DISTINCT", 60)


def slow_estimate(x, y, k, z=None):
    """The definition, point by point, for points that may coincide."""
    spaces = (
        [np.hstack([x, y]), x, y]
        if z is None
        else [np.hstack([x, y, z]), np.hstack([x, z]), np.hstack([y, z]), z]
    )
    total = 0.0
    for i in range(len(x)):
        distances = [np.abs(space - space[i]).max(axis=1) for space in spaces]
        radius = np.sort(distances[0])[k]
        joint, *others = (
            np.count_nonzero(d == 0 if radius == 0 else d < radius) for d in distances
        )
        signs = [-1, -1] if z is None else [-1, -1, 1]
        total += digamma(joint) + sum(s * digamma(n) for s, n in zip(signs, others, strict=True))
    return (total / len(x) + (digamma(len(x)) if z is None else 0)) / np.log(2)


def ross(labels, amounts, k):
    """The estimator of Ross (2014), with counts of points that are nearer than the k-th."""
    total = 0.0
    for label, amount in zip(labels, amounts, strict=True):
        same = amounts[labels == label]
        radius = np.sort(np.abs(same - amount))[k]
        total += digamma(len(same)) + digamma(np.count_nonzero(np.abs(amounts - amount) < radius))
    return (digamma(len(labels)) + digamma(k) - total / len(labels)) / np.log(2)


@BY_TREE
def test_it_is_ksg_where_no_points_coincide(monkeypatch, all_pairs):
    pairs_or_tree(monkeypatch, all_pairs)
    x, y, z = points(5, 120, 2, 1, 2)
    assert_allclose(mixed_ksg(x, y, k=4), ksg(x, y, 4), atol=1e-12)
    assert_allclose(mixed_ksg(x, y, z, 4), frenzel_pompe(x, y, z, 4), atol=1e-12)
    assert_allclose(mixed_ksg(1e6 * x, 1e6 * y), ksg(x, y), atol=1e-12)


@BY_TREE
@pytest.mark.parametrize("k", [1, 3])
def test_it_is_the_estimator_of_ross_between_categories_and_amounts(monkeypatch, all_pairs, k):
    pairs_or_tree(monkeypatch, all_pairs)
    rng = np.random.default_rng(6)
    names = rng.choice(["left", "none", "right"], 150)
    amounts = np.where(names == "left", 1.0, 0.0) + rng.normal(size=150)
    expected = ross(names, amounts, k)
    assert_allclose(mixed_ksg(names, amounts, k=k), expected, atol=1e-12)
    assert_allclose(mixed_ksg(amounts * 1e9, names, k=k), expected, atol=1e-12)


@BY_TREE
def test_it_counts_where_both_are_categories(monkeypatch, all_pairs):
    """The digamma function has the correction of Miller in it, up to terms of the second order."""
    pairs_or_tree(monkeypatch, all_pairs)
    rng = np.random.default_rng(7)
    x = rng.integers(0, 3, 2000)
    y = (x + rng.integers(0, 2, 2000)) % 4
    z = rng.random(2000) < 0.5
    assert mixed_ksg(x.astype(str), y.astype(str)) == pytest.approx(plug_in(x, y), abs=1e-4)
    assert mixed_ksg(x.astype(str), y.astype(str), z) == pytest.approx(plug_in(x, y, z), abs=1e-4)
    assert mixed_ksg(x, y * 0.1) == pytest.approx(plug_in(x, y), abs=1e-4)  # amounts that coincide


@BY_TREE
def test_points_may_coincide_in_part(monkeypatch, all_pairs):
    pairs_or_tree(monkeypatch, all_pairs)
    rng = np.random.default_rng(8)
    x = np.where(rng.random((90, 2)) < 0.5, 0, rng.random((90, 2)).round(1))
    y = (x[:, :1] + rng.normal(size=(90, 1))).round(1)
    z = rng.integers(0, 3, (90, 1)).astype(float)
    assert_allclose(mixed_ksg(x, y), slow_estimate(x, y, 3), atol=1e-12)
    assert_allclose(mixed_ksg(x, y, z), slow_estimate(x, y, 3, z), atol=1e-12)
    spread = mixed_ksg(x, y, z.astype(int).astype(str))
    assert_allclose(spread, slow_estimate(x, y, 3, 1e3 * z), atol=1e-12)


def three_means(rng, count):
    means = np.array([-2.0, 0.0, 2.0])
    action = rng.integers(0, 3, count)
    return np.array(["left", "none", "right"])[action], means[action] + rng.normal(size=count)


@pytest.mark.parametrize(("count", "within"), [(100, 0.06), (1000, 0.02)])
def test_the_error_is_known_for_categories_with_normal_effects(count, within):
    """The table of the documentation has errors of 0.04 and 0.01 bits."""

    def part(y):
        density = norm.pdf(y - np.array([-2.0, 0.0, 2.0])).mean()
        return -density * np.log2(density)

    truth = quad(part, -9, 9)[0] - 0.5 * np.log2(2 * np.pi * np.e)
    rng = np.random.default_rng(9)
    runs = 60 if count == 100 else 20
    bits = [mixed_ksg(*three_means(rng, count)) for _ in range(runs)]
    assert np.mean(bits) == pytest.approx(truth, abs=within)


def inflated_bits(share):
    """Information of a rate with exponential density and of a Poisson count, or 0 instead of it."""
    k = np.arange(150)
    zeros = np.where(k == 0, share, 0.0)

    def noise(rate):
        return np.exp(-rate) * entropy(zeros + (1 - share) * poisson.pmf(k, rate))

    return entropy(zeros + (1 - share) * 0.5 ** (k + 1)) - quad(noise, 0, 50, limit=300)[0]


def test_the_error_is_known_for_the_mixtures_of_gao():
    rng = np.random.default_rng(10)
    steps, counts = [], []
    for _ in range(20):
        x = rng.integers(0, 5, 1000)
        steps.append(mixed_ksg(x, x + rng.uniform(0, 2, 1000)))
        rate = rng.exponential(size=1000)
        counts.append(mixed_ksg(rate, np.where(rng.random(1000) < 0.15, 0, rng.poisson(rate))))
    assert np.mean(steps) == pytest.approx(np.log2(5) - 4 / 5, abs=0.02)
    assert np.mean(counts) == pytest.approx(inflated_bits(0.15), abs=0.03)


def test_given_the_context_actions_tell_no_more():
    """Each action is chosen by the place, and so is the effect."""
    rng = np.random.default_rng(11)
    alone, given = [], []
    for _ in range(12):
        place = rng.choice(["ice", "sand"], 400)
        action = np.where(rng.random(400) < 0.8, place, "other")
        effect = np.where(place == "ice", 3.0, 0.0) + rng.normal(size=400)
        alone.append(mixed_ksg(action, effect))
        given.append(mixed_ksg(action, effect, place))
    assert min(alone) > 0.3
    assert np.mean(given) == pytest.approx(0, abs=0.03)


def test_the_estimate_is_at_most_that_of_equal_shares():
    x = np.array(["a", "b"] * 20)
    y = np.array([0.0, 9.0] * 20) + np.random.default_rng(0).random(40)
    assert mixed_ksg(x, y) == 1.0
    assert mixed_ksg(x, np.array(["c", "d", "c", "d"] * 10)) == 1.0


def test_a_category_of_few_points_tells_nothing():
    names = np.array(["a", "b", "c"] * 3)
    assert mixed_ksg(names, np.arange(9.0)) == pytest.approx(0, abs=1e-12)
    assert mixed_ksg(names, np.arange(9.0), k=1) != pytest.approx(0, abs=1e-3)


def test_categories_are_further_apart_than_amounts():
    amounts = np.array([[-3.0, 0.0], [5.0, 1.0]])
    mask = np.array([False, True])
    (found,) = separated([amounts], [mask])
    assert np.ptp(found[:, 0]) <= 0.5 < 1 <= np.ptp(found[:, 1])
    (same,) = separated([np.zeros((2, 1))], [np.array([False])])
    assert same.tolist() == [[0.0], [0.0]]


@pytest.mark.parametrize(
    ("x", "sentence"),
    [
        ([["a", 1.0], ["b"]], "`x` must be numbers, texts or truth values, with a row for each"),
        ([None, 1], "`x` must be numbers, texts or truth values"),
        ([1.0, np.nan, 0, 0, 0], "row 1 of `x` holds NaN"),
        (["a", "b"], "rows and `x` has 2"),
    ],
)
def test_what_is_wrong_with_points_is_said(x, sentence):
    with pytest.raises(GridempError) as error:
        mixed_ksg(x, np.arange(5.0))
    assert sentence in str(error.value)
