import numpy as np
import pytest
from numpy.testing import assert_allclose
from support.extras import required

from gridemp.information.measures import LN2
from gridemp.logs import binned, plug_in
from gridemp.logs.power import gaussian


def test_counting_agrees_with_infomeasure():
    rng = np.random.default_rng(3)
    x = rng.integers(0, 4, 200)
    y = (x + rng.integers(0, 2, 200)) % 4
    theirs = required("infomeasure").mutual_information(x, y, approach="miller_madow", base=2)
    assert_allclose(plug_in(x[:, None], y[:, None]), theirs, atol=1e-12)


def test_counting_what_is_known_already():
    z = np.repeat([[0], [1]], 200, axis=0)
    own = np.tile([[0], [1]], (200, 1))
    assert plug_in(own, own) == pytest.approx(1 + 1 / (2 * 400 * LN2))
    assert plug_in(z, z, z) == pytest.approx(0.0, abs=1e-12)
    # x xor z is independent of x, and x given z
    assert plug_in(own, own ^ z) == pytest.approx(-1 / (2 * 400 * LN2))
    assert plug_in(own, own ^ z, z) == pytest.approx(1 + 2 / (2 * 400 * LN2))


@pytest.mark.parametrize("truth", [0.0, 1.5, 3.48])
def test_seven_columns_in_four_bins_read_far_too_much_as_documented(truth):
    rng = np.random.default_rng(7)
    pairs = [gaussian(200, truth, rng) for _ in range(60)]
    assert np.mean([plug_in(binned(x, 4), binned(y, 4)) for x, y in pairs]) > 5


def test_bins_hold_as_many_each_and_equal_values_together():
    column = np.random.default_rng(12).normal(size=(400, 1))
    assert np.bincount(binned(column, 4)[:, 0]).tolist() == [100] * 4
    held = np.array([[0.0]] * 300 + [[0.02]] * 60 + [[0.04]] * 40)
    labels = binned(held, 4)[:, 0]
    assert len(set(labels[:300])) == 1
    assert len(set(labels.tolist())) == 2
    assert binned(np.zeros((9, 0)), 4).shape == (9, 0)
