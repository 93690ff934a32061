import numpy as np
import pytest
from numpy.testing import assert_allclose
from support.extras import required
from support.logs import points

from gridemp.errors import GridempError
from gridemp.logs import frenzel_pompe, gaussian_copula, ksg, neighbour_counts
from gridemp.logs.power import gaussian


@pytest.mark.slow
@pytest.mark.parametrize("all_pairs", [0, 4000], ids=["tree", "pairs"])
@pytest.mark.parametrize(("count", "k"), [(40, 1), (41, 3), (300, 7)])
def test_neighbours_agree_with_infomeasure(monkeypatch, all_pairs, count, k):
    judge = required("infomeasure")
    monkeypatch.setattr(neighbour_counts, "ALL_PAIRS", all_pairs)
    x, y, z = points(count, count, 4, 3, 2)
    settings = {"approach": "metric", "k": k, "noise_level": 0, "base": 2, "minkowski_p": np.inf}
    theirs = judge.mutual_information(x, y, **settings)
    assert_allclose(ksg(x, y, k), theirs, atol=1e-12)
    theirs = judge.conditional_mutual_information(x, y, cond=z, **settings)
    assert_allclose(frenzel_pompe(x, y, z, k), theirs, atol=1e-12)


@pytest.mark.parametrize(("truth", "bits"), [(0.0, 0.0), (1.5, 1.0), (3.48, 2.1)])
def test_estimates_of_four_actions_and_three_effects_are_as_documented(truth, bits):
    rng = np.random.default_rng(7)
    estimates = [ksg(*gaussian(200, truth, rng)) for _ in range(60)]
    assert np.mean(estimates) == pytest.approx(bits, abs=0.07)


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
    with pytest.raises(
        GridempError,
        match="3 windows are too few for 3 neighbours; give 4 windows or more, or a lower `k`",
    ):
        ksg(x, y)
    with pytest.raises(GridempError, match="equal in every column"):
        ksg(np.zeros((9, 1)), np.zeros((9, 1)))
