"""Expected information of a trial, against numerical integrals."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridemp.agents.expected_information import digamma, expected_information


@pytest.mark.parametrize(("x", "value"), [(1, -0.5772156649015329), (0.5, -1.9635100260214235)])
def test_digamma_has_its_known_values(x, value):
    assert digamma(x) == pytest.approx(value, abs=1e-11)


def test_digamma_is_the_slope_of_the_log_gamma_function():
    x = np.geomspace(0.01, 300, 40)
    h = 1e-5 * x
    slope = [(math.lgamma(a + d) - math.lgamma(a - d)) / (2 * d) for a, d in zip(x, h, strict=True)]
    np.testing.assert_allclose(digamma(x), slope, rtol=1e-6, atol=1e-6)


@pytest.mark.parametrize(("works", "fails"), [(0.5, 0.5), (1, 1), (0.5, 3.5), (7.25, 1.5), (40, 2)])
def test_what_a_look_tells_is_the_integral_over_all_that_an_edge_may_be(works, fails):
    # P = sin(t)^2 takes the poles at both ends out of the density.
    t = (np.arange(200_000) + 0.5) * (np.pi / 2) / 200_000
    p = np.sin(t) ** 2
    density = 2 * np.sin(t) ** (2 * works - 1) * np.cos(t) ** (2 * fails - 1)
    density /= density.sum()

    def h(q):
        return -q * np.log2(q) - (1 - q) * np.log2(1 - q)

    expected = h(density @ p) - density @ h(p)
    assert expected_information(works, fails) == pytest.approx(expected, abs=1e-6)


def test_a_wall_that_does_not_flicker_is_worth_one_bit_once():
    assert expected_information(1e-9, 1e-9) == pytest.approx(1, abs=1e-7)
    assert expected_information(1 + 1e-9, 1e-9) == pytest.approx(0, abs=1e-7)


@given(st.integers(0, 50), st.integers(0, 50), st.floats(1e-4, 10))
def test_a_look_tells_no_less_than_nothing_and_no_more_than_its_outcome(works, fails, prior):
    a, b = prior / 2 + works, prior / 2 + fails
    p = a / (a + b)
    assert 0 <= expected_information(a, b) <= -p * math.log2(p) - (1 - p) * math.log2(1 - p) + 1e-9
