"""The expectation of the plug-in estimate, against all cases, samples and its expansion."""

from itertools import product
from math import log

import numpy as np
import pytest
from support.worlds import drawn_world

import gridemp
from gridemp import GridempError, first_action_empowerment
from gridemp.analysis import expected_plug_in
from gridemp.analysis.plug_in_rollouts import corrected_information, plug_in_information
from gridemp.analysis.rollouts import first_action_channels, sampled_readings
from gridemp.information import mutual_information

OPEN = drawn_world("\n".join(["....."] * 5))
CORNER, CENTRE = 0, 12


def estimates(world, horizon, rollouts, repeats, start, estimate):
    channel = first_action_channels(world, horizon)[start]
    rng = np.random.default_rng(0)
    readings = (sampled_readings(world, horizon, rollouts, rng)[start] for _ in range(repeats))
    return np.array([estimate(channel.frequencies(each)) for each in readings])


def test_the_expectation_is_the_mean_over_all_samples():
    world = drawn_world("..", stay=False, slip=0.3)
    channel = first_action_channels(world, 1)[0]
    assert channel.rows.shape == (4, 2)
    expected = 0.0
    for sample in product(range(2), repeat=8):  # two rollouts after each of four actions
        readings = np.reshape(sample, (4, 2))
        probability = np.take_along_axis(channel.rows, readings, axis=1).prod()
        expected += probability * plug_in_information(channel.frequencies(channel.labels[readings]))
    assert expected_plug_in(world, 1, 2)[0] == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(("start", "truth"), [(CENTRE, 0.6964), (CORNER, 0.2468)])
def test_the_plug_in_estimate_of_ten_rollouts_is_far_too_high(start, truth):
    """Other samples had means of 1.2746 in the centre and 0.5729 in the corner."""
    exact = first_action_empowerment(OPEN, 3, source="uniform").bits[start]
    assert exact == pytest.approx(truth, abs=5e-5)
    expected = expected_plug_in(OPEN, 3, 10)[start]
    found = estimates(OPEN, 3, 10, 1500, start, plug_in_information)
    assert abs(found.mean() - expected) < 4 * found.std() / np.sqrt(len(found))
    assert expected == pytest.approx({CENTRE: 1.2746, CORNER: 0.5729}[start], abs=3e-3)


def test_without_randomness_the_estimate_is_exact():
    world = drawn_world("...")
    exact = first_action_empowerment(world, 1, source="uniform").bits
    np.testing.assert_allclose(expected_plug_in(world, 1, 3), exact, atol=1e-12)
    found = estimates(world, 1, 1, 2, 1, plug_in_information)
    np.testing.assert_allclose(found, exact[1])


@pytest.mark.parametrize("slip", [0, 0.2])
def test_the_bias_of_many_rollouts_is_that_of_the_expansion(slip):
    world, rollouts = drawn_world("...\n..#", slip=slip), 4000
    bias = expected_plug_in(world, 2, rollouts)
    bias -= first_action_empowerment(world, 2, source="uniform").bits
    for channel, found in zip(first_action_channels(world, 2), bias, strict=True):
        rows, mean = channel.rows, channel.rows.mean(axis=0)
        chi2 = ((rows - mean) ** 2).mean(axis=0) @ (1 / mean)
        of_each = ((rows > 0).sum(axis=1) - 1).mean()
        first = of_each - (len(mean) - 1 - chi2) / len(rows)
        assert found * 2 * rollouts * log(2) == pytest.approx(first, rel=0.01)


def test_the_estimate_is_the_information_of_the_frequencies_and_converges():
    channel = first_action_channels(OPEN, 3)[CENTRE]
    readings = sampled_readings(OPEN, 3, 3000, np.random.default_rng(0))[CENTRE]
    seen = channel.frequencies(readings)
    found = plug_in_information(seen)
    assert found == pytest.approx(mutual_information(seen / 5))
    assert found == pytest.approx(0.6964, abs=0.02)


def test_the_correction_removes_most_of_the_bias_of_many_rollouts():
    exact = first_action_empowerment(OPEN, 3, source="uniform").bits[CENTRE]
    plain = estimates(OPEN, 3, 100, 200, CENTRE, plug_in_information)
    corrected = estimates(OPEN, 3, 100, 200, CENTRE, lambda f: corrected_information(f, 100))
    assert 0 < abs(corrected.mean() - exact) < 0.3 * (plain.mean() - exact)
    seen = np.array([[0.5, 0.5, 0, 0], [0, 0, 1, 0]])  # of 10 rollouts after each of two actions
    terms = ((3 - 1) / 20 - (1 + 0) / 2 / 10) / (2 * log(2))
    assert corrected_information(seen, 10) - plug_in_information(seen) == pytest.approx(terms)


def test_what_is_out_of_range_is_refused():
    with pytest.raises(GridempError, match="`rollouts` must be a whole number, 1 or more"):
        expected_plug_in(OPEN, 3, 0)
    with pytest.raises(GridempError, match=r"100,000,000 `rollouts` have more than .* give fewer"):
        expected_plug_in(OPEN, 3, 100_000_000)
    with pytest.raises(GridempError, match="horizon"):
        gridemp.analysis.expected_plug_in(OPEN, 0, 3)
