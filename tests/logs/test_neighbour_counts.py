"""Neighbours that are not close in time, against the definition, point by point."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from scipy.special import digamma
from support.logs import points, slow

from gridemp.errors import GridempError
from gridemp.information.measures import LN2
from gridemp.logs import frenzel_pompe, ksg, mixed_ksg, neighbour_counts
from gridemp.logs.ksg import neighbour_information
from gridemp.logs.mixed_ksg import mixed_information, separated
from gridemp.logs.neighbour_counts import admissible

BY_TREE = pytest.mark.parametrize("all_pairs", [4000, 0], ids=["pairs", "tree"])
GAPS = np.cumsum(np.random.default_rng(1).integers(1, 4, 120))  # times with windows missing


def defined(x, y, z, k, theiler, times, mixed):
    """The estimate in bits, by the definition."""
    given = [] if z is None else [z]
    spaces = [np.hstack([x, *given]), np.hstack([y, *given]), *given]
    joint = np.hstack([x, y, *given])
    total = 0.0
    for i in range(len(x)):
        others = [j for j in range(len(x)) if abs(times[i] - times[j]) > theiler]
        distance = [np.abs(space[others] - space[i]).max(axis=1) for space in (joint, *spaces)]
        radius = np.sort(distance[0])[k - 1]
        inside = [d == 0 if mixed and radius == 0 else d < radius for d in distance]
        m, in_x, in_y, *in_z = (1 + np.count_nonzero(part) for part in inside)
        total += digamma(m if mixed else k) - digamma(in_x) - digamma(in_y)
        total += digamma(in_z[0] if in_z else len(others) + 1)
    return total / len(x) / LN2


@pytest.mark.slow
@BY_TREE
@pytest.mark.parametrize("with_gaps", [False, True])
@pytest.mark.parametrize("context", [False, True])
@pytest.mark.parametrize(("k", "theiler"), [(1, 1), (3, 4), (2, 30)])
def test_estimates_are_as_defined(monkeypatch, all_pairs, with_gaps, context, k, theiler):
    monkeypatch.setattr(neighbour_counts, "ALL_PAIRS", all_pairs)
    rng = np.random.default_rng(2)
    x, y, z = (np.cumsum(part, axis=0) for part in points(5, 120, 2, 1, 1))
    z = z if context else None
    times = GAPS if with_gaps else None
    known = np.arange(120) if times is None else times
    found = neighbour_information(x, y, z, k=k, theiler=theiler, times=times)
    assert_allclose(found, defined(x, y, z, k, theiler, known, mixed=False), atol=1e-12)
    parts = [np.round(x[:, :1]), y * (rng.random(y.shape) < 0.5)]
    if context:
        parts.append(rng.integers(0, 2, (120, 1)).astype(float))
    masks = [np.array([False])] * 2 + [np.array([True])]
    x, y, *given = separated(parts, masks[: len(parts)])
    z = given[0] if given else None
    expected = defined(x, y, z, k, theiler, known, mixed=True)
    found = mixed_information(x, y, z, k=k, theiler=theiler, times=times)
    most = np.log2(min(len(np.unique(x)), len(np.unique(y))))
    assert_allclose(found, min(expected, most), atol=1e-12)
    assert expected < most


def test_public_estimators_leave_out_rows_close_by():
    x, y, z = points(6, 60, 2, 1, 1)
    times = np.arange(60)
    assert_allclose(ksg(x, y, 3, 2), defined(x, y, None, 3, 2, times, mixed=False))
    assert_allclose(frenzel_pompe(x, y, z, 3, 2), defined(x, y, z, 3, 2, times, mixed=False))
    assert_allclose(mixed_ksg(x, y, z, 3, 2), defined(x, y, z, 3, 2, times, mixed=False))


def test_fewer_points_are_close_in_time_near_the_ends():
    assert_array_equal(admissible(6, 0), [6] * 6)
    assert_array_equal(admissible(6, 2), [4, 3, 2, 2, 3, 4])
    assert_array_equal(admissible(4, 2, np.array([0, 1, 7, 8])), [3, 3, 3, 3])


@pytest.mark.slow
def test_the_mean_of_independent_windows_stays():
    rng = np.random.default_rng(8)
    differences = []
    for _ in range(60):
        x = rng.normal(size=(150, 1))
        y = x + rng.normal(size=x.shape)
        differences.append(ksg(x, y, theiler=5) - ksg(x, y))
    error = np.std(differences) / len(differences) ** 0.5
    assert abs(np.mean(differences)) < 3 * error
    assert error < 0.01


@pytest.mark.slow
def test_the_bias_of_persistent_series_is_less():
    """They are independent, so the information is 0."""
    rng = np.random.default_rng(9)
    plain, apart = [], []
    for _ in range(60):
        x, y = slow(rng, 300, 1, 0.97), slow(rng, 300, 1, 0.97)
        plain.append(ksg(x, y))
        apart.append(ksg(x, y, theiler=20))
    assert np.mean(plain) > np.mean(apart) + 0.1


@pytest.mark.parametrize(
    ("count", "k", "theiler", "sentence"),
    [
        (
            20,
            3,
            9,
            "with `theiler` of 9, a window has fewer than 3 others of 20 that may be its "
            "neighbours; lower `theiler` or `k`, or give more windows",
        ),
        (20, 3, -1, "`theiler` must be 0 or more, not -1"),
    ],
)
def test_a_window_needs_neighbours(count, k, theiler, sentence):
    x, y, z = points(7, count, 1, 1, 1)
    for estimate in (ksg, mixed_ksg):
        with pytest.raises(GridempError) as error:
            estimate(x, y, k=k, theiler=theiler)
        assert str(error.value) == sentence
    with pytest.raises(GridempError, match="theiler"):
        frenzel_pompe(x, y, z, k=k, theiler=theiler)
    assert np.isfinite(ksg(x, y, k=3, theiler=8))  # 20 - 1 - 2 * 8 are left
