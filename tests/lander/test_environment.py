import re
import subprocess
import sys

import numpy as np
import pytest
from support.extras import required

from gridemp.errors import GridempError, MissingExtra, pip_command
from gridemp.lander import environment

required("Box2D")


@pytest.mark.parametrize(("wind", "gravity"), [(0.0, 10.0), (12.0, 4.0)])
def test_buttons_do_what_the_discrete_actions_do(wind, gravity):
    env = environment.make_lander(gravity, wind)
    discrete = environment.make_lander(gravity, wind, continuous=False)
    none, left, right, main = environment.SINGLE_BUTTONS
    order = [none, left, main, right]
    choices = np.random.default_rng(1).integers(4, size=70)
    np.testing.assert_array_equal(env.reset(seed=5)[0], discrete.reset(seed=5)[0])
    for choice in choices:
        one = env.step(environment.continuous_action(order[choice]))
        other = discrete.step(int(choice))
        np.testing.assert_allclose(one[0], other[0], rtol=0, atol=1e-6)
        assert one[1:3] == pytest.approx(other[1:3], abs=1e-3)


def test_two_buttons_at_once():
    both = environment.continuous_action(environment.Buttons(True, True, True))
    np.testing.assert_array_equal(both, [1.0, 0.0])
    left_and_main = environment.continuous_action(environment.Buttons(True, False, True))
    np.testing.assert_array_equal(left_and_main, [1, -1])


def test_wind_and_gravity_reach_the_environment():
    env = environment.make_lander(3.5, 8.0)
    assert tuple(env.world.gravity) == (0, -3.5)
    assert (env.enable_wind, env.wind_power) == (True, 8.0)
    assert env.turbulence_power == pytest.approx(0.8)
    environment.set_conditions(env, 6.0, 0.0)
    assert not env.enable_wind
    env.reset(seed=0)
    assert tuple(env.world.gravity) == (0, -6.0)


@pytest.mark.parametrize(
    ("gravity", "wind", "sentence"),
    [
        (12.0, 0.0, "`gravity` must be a number above 0 and below 12, not 12"),
        (0.0, 0.0, "`gravity` must be a number above 0 and below 12, not 0"),
        (10.0, 21.0, "`wind` must be a number from 0 to 20, not 21"),
        (10.0, float("nan"), "`wind` must be a number from 0 to 20, not nan"),
    ],
)
def test_gravity_and_wind_out_of_range_are_refused(gravity, wind, sentence):
    with pytest.raises(GridempError) as error:
        environment.make_lander(gravity, wind)
    assert str(error.value) == sentence


def test_a_missing_package_is_named_with_its_extra(monkeypatch):
    environment.require_lander.cache_clear()
    monkeypatch.setitem(sys.modules, "Box2D", None)
    with pytest.raises(
        MissingExtra, match=rf"^gridemp\.lander needs Box2D; {re.escape(pip_command('lander'))}$"
    ):
        environment.make_lander()


def test_nothing_of_the_extra_is_imported_before_it_is_needed():
    code = (
        "import sys, gridemp.lander, gridemp.lander.frame_log, gridemp.lander.empowerment_map, "
        "gridemp.cli.commands.lander; from gridemp.lander import *; "
        "print([m for m in ('gymnasium', 'Box2D', 'pygame', 'scipy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
