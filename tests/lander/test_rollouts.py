import numpy as np
import pytest
from support.extras import required

from gridemp.lander import LanderState
from gridemp.lander.observation import estimated_bits
from gridemp.lander.rollouts import Noise, Rollouts

required("Box2D")


def test_a_rollout_is_that_of_the_environment_from_rest():
    rollouts = Rollouts(0, 10.0, 0.0)
    outcomes = rollouts.outcomes(LanderState(0.1, 0.9), 2, 15, 1)
    fall = outcomes[0, 0]  # no engine, twice
    seconds, gravity, half_high = 30 / 50, 10.0, 400 / 30 / 2
    assert fall[0] == pytest.approx(0.1, abs=1e-3)
    assert fall[1] == pytest.approx(0.9 - gravity * seconds**2 / 2 / half_high, abs=0.02)
    assert fall[2] == pytest.approx(0.0, abs=1e-3)
    left, main, right = (outcomes[4 * k + k, 0] for k in (1, 2, 3))
    assert main[1] > fall[1] + 0.1
    assert left[2] * right[2] < 0


def test_a_rollout_from_a_flight_goes_on_as_the_flight_did():
    """The whole flight, and one that begins in its middle with the velocities observed there."""
    rollouts = Rollouts(0, 10.0, 0.0)
    rollouts._place(LanderState(0.1, 1.2))
    env = rollouts._env
    env.np_random = noise = Noise(0, 0, 200)
    seen = [env.step(action)[0] for action in [2] * 5 + [1] * 15 + [0] * 20]
    x, y, across, up, angle, spin = (float(value) for value in seen[19][:6])
    half_wide, half_high = rollouts._half_width, rollouts._half_height
    speeds = across * 50 / half_wide**2, up * 50 / half_high**2, spin * 50 / 20
    middle = LanderState(x, y, angle, *speeds)
    assert min(abs(speed) for speed in speeds) > 0.05
    rollouts._place(middle)
    (end_x, end_y, end_angle), _ = rollouts._fly((0,), 20, noise)
    assert end_x == pytest.approx(seen[39][0], abs=0.003)
    assert end_y == pytest.approx(seen[39][1], abs=0.003)
    assert end_angle == pytest.approx(seen[39][4], abs=0.01)


def test_sequences_that_are_not_simulated_have_the_outcome_of_a_simulation():
    rollouts = Rollouts(0, 10.0, 0.0)
    outcomes = rollouts.outcomes(LanderState(0.0, 0.3), 2, 40, 1).reshape(4, 4, 3)
    first = outcomes[0]  # the lander falls to the ground before the second action
    np.testing.assert_array_equal(first, first[[0, 0, 0, 0]])
    noise = Noise(0, 0, 160)
    for second in range(4):
        rollouts._place(LanderState(0.0, 0.3))
        end, taken = rollouts._fly((0, second), 40, noise)
        np.testing.assert_allclose(end, first[second], atol=1e-5)
        assert taken == 1


def test_rollouts_do_not_depend_on_those_before_them():
    rollouts = Rollouts(2, 10.0, 5.0)
    first = rollouts.outcomes(LanderState(0.3, 1.0), 2, 10, 2)
    rollouts.outcomes(LanderState(-0.5, 0.6), 2, 10, 1)
    np.testing.assert_array_equal(rollouts.outcomes(LanderState(0.3, 1.0), 2, 10, 2), first)
    assert (first[:, 0] != first[:, 1]).any()  # wind and engines differ between repeats


def test_a_lander_on_the_ground_can_do_less_under_strong_gravity_than_one_in_the_air():
    rollouts = Rollouts(0, 11.9, 0.0)
    assert rollouts.is_free(LanderState(0.0, 0.01))
    assert not rollouts.is_free(LanderState(0.0, -0.1))
    assert not rollouts.is_free(LanderState(1.0, 1.0))
    standing, flying = (
        estimated_bits(rollouts.outcomes(LanderState(0.0, y), 2, 25, 1), 0.1) for y in (0.01, 1.1)
    )
    assert 0 < standing < flying - 0.5
