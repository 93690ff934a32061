import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy.special import digamma
from scipy.stats import rankdata
from support.logs import points

from gridemp.errors import GridempError
from gridemp.information.measures import LN2
from gridemp.logs import gaussian_copula
from gridemp.logs.gaussian_copula import normal_scores
from gridemp.logs.power import gaussian


def entropy_of_gaussian(x):
    """Ince et al.'s estimate from N points of d columns, in nats, up to terms that cancel."""
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


def test_too_few_points():
    with pytest.raises(GridempError, match="5 windows are too few for the copula of 7 columns"):
        gaussian_copula(*points(11, 5, 4, 3))


@pytest.mark.parametrize(("truth", "bits"), [(0.0, 0.0), (1.5, 1.48), (3.48, 3.4)])
def test_estimates_of_four_actions_and_three_effects_are_as_documented(truth, bits):
    rng = np.random.default_rng(7)
    estimates = [gaussian_copula(*gaussian(200, truth, rng)) for _ in range(60)]
    assert np.mean(estimates) == pytest.approx(bits, abs=0.06)
