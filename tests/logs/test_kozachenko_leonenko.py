import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy.special import digamma

from gridemp.errors import GridempError
from gridemp.logs import kozachenko_leonenko

NATS = np.log(2)


def test_the_estimate_is_the_formula():
    x = np.random.default_rng(0).normal(size=(60, 2))
    apart = np.abs(x[:, None] - x).max(axis=-1)
    for k in (1, 4):
        distance = np.sort(apart, axis=1)[:, k]
        nats = digamma(60) - digamma(k) + 2 * np.log(2 * distance).mean()
        assert_allclose(kozachenko_leonenko(x, k), nats / NATS)


@pytest.mark.parametrize(
    ("draw", "bits"),
    [
        (lambda rng: rng.uniform(0, 8, (3000, 1)), 3.0),
        (lambda rng: rng.normal(size=(3000, 1)), 0.5 * np.log2(2 * np.pi * np.e)),
        (
            lambda rng: rng.multivariate_normal([0, 0], [[1, 0.8], [0.8, 1]], 3000),
            np.log2(2 * np.pi * np.e) + 0.5 * np.log2(0.36),
        ),
    ],
    ids=["uniform", "normal", "correlated"],
)
@pytest.mark.parametrize("resolution", [0.0, 0.05])
def test_known_entropies_are_found_at_any_resolution(draw, bits, resolution):
    found = [kozachenko_leonenko(draw(np.random.default_rng(i)), 3, resolution) for i in range(10)]
    assert abs(np.mean(found) - bits) < 4 * np.std(found) / np.sqrt(10) + 0.02


def test_half_the_unit_is_a_bit_for_each_column():
    x = np.random.default_rng(1).normal(size=(200, 3))
    assert_allclose(kozachenko_leonenko(2 * x), kozachenko_leonenko(x) + 3)


def test_windows_at_rest_are_counted_at_the_resolution():
    rng = np.random.default_rng(2)
    still = rng.random(4000) < 0.25
    x = np.where(still, 0.0, rng.uniform(5, 9, 4000))
    share = np.array([0.25, 0.75])
    exact = -share @ np.log2(share) + share @ [np.log2(2 * 0.01), 2.0]
    assert abs(kozachenko_leonenko(x, 3, 0.01) - exact) < 0.1
    with pytest.raises(GridempError) as error:
        kozachenko_leonenko(x)
    assert str(error.value) == (
        "4 windows are equal in every column, so their differential entropy is minus infinity; "
        "give a `resolution` above 0"
    )


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (([1.0, 2.0],), "2 windows are too few for 3 neighbours; give 4 windows or more, or a"),
        (([1.0, 2.0, 4.0], 0), "`k` must be a whole number, 1 or more, not 0"),
        (([1.0, 2.0, 4.0], 1, -1.0), "`resolution` must be a number, 0 or more, not -1"),
    ],
)
def test_wrong_arguments_are_refused(arguments, sentence):
    with pytest.raises(GridempError) as error:
        kozachenko_leonenko(*arguments)
    assert str(error.value).startswith(sentence)
