import math

import numpy as np
import pytest
from support.landers import COARSE, coarse_map

from gridemp.errors import GridempError
from gridemp.information.capacity import blahut_arimoto
from gridemp.lander import LanderState, MapSettings, lander_map
from gridemp.lander.observation import blurred_channel
from gridemp.lander.rollouts import Noise, Rollouts


def test_the_estimate_is_the_capacity_of_the_channel_of_all_sequences():
    """The capacity is computed by another method, from an environment made anew for each one."""
    coarse = coarse_map()
    x, y = coarse.x[2], coarse.y[2]
    outcomes = np.empty((16, 1, 3))
    for i in range(16):
        rollouts = Rollouts(0, 10.0, 0.0)
        rollouts._env.reset(seed=0)
        rollouts._place(LanderState(x, y))
        outcomes[i, 0], _ = rollouts._fly(divmod(i, 4), 20, Noise(0, 0, 80))
    capacity = blahut_arimoto(blurred_channel(outcomes, 0.1), 1e-4)
    assert capacity.lower - 0.011 <= coarse.bits[2, 2] <= capacity.upper + 1e-6


def test_a_map_lies_between_nothing_and_all_sequences():
    coarse = coarse_map()
    assert coarse.bits.shape == (4, 5)
    values = coarse.bits[~np.isnan(coarse.bits)]
    assert ((values >= 0) & (values <= math.log2(16))).all()
    assert np.isnan(coarse.bits[0]).all()  # in the ground
    assert not np.isnan(coarse.bits[-1]).any()
    x, y, bits = coarse.peak
    assert bits == values.max()
    assert coarse.bits[list(coarse.y).index(y), list(coarse.x).index(x)] == bits


@pytest.mark.slow
def test_a_map_does_not_depend_on_the_number_of_processes():
    shared = lander_map(COARSE, processes=2)
    np.testing.assert_array_equal(shared.bits, coarse_map().bits)


@pytest.mark.slow
def test_several_seeds_give_the_mean_and_its_standard_error():
    one, other = coarse_map(), lander_map(COARSE, seed=1)
    both = lander_map(COARSE, seed=(0, 1))
    free = ~np.isnan(both.bits)
    np.testing.assert_array_equal(free, ~np.isnan(one.bits) & ~np.isnan(other.bits))
    np.testing.assert_allclose(both.bits[free], (one.bits + other.bits)[free] / 2, atol=1e-12)
    half = np.abs(one.bits - other.bits)[free] / 2
    np.testing.assert_allclose(both.standard_error[free], half, atol=1e-12)
    assert half.max() > 0
    assert np.isnan(both.standard_error[~free]).all()
    np.testing.assert_array_equal(both.ground, np.maximum(one.ground, other.ground))
    assert (both.seeds, one.seeds, one.standard_error) == ((0, 1), (0,), None)


@pytest.mark.parametrize("seed", [-1, 0.5, (), "0", [[1, 2]], (0, -2)])
def test_seeds_that_are_none(seed):
    with pytest.raises(GridempError, match="`seed` must be a whole number from 0, or several"):
        lander_map(COARSE, seed=seed)


def test_a_seed_that_is_given_twice():
    with pytest.raises(GridempError, match="`seed` holds a number twice"):
        lander_map(COARSE, seed=(1, 1))


def test_progress_rises_to_one():
    reported = []
    settings = MapSettings(horizon=1, frames=2, repeats=1, shape=(2, 1))
    lander_map(settings, progress=reported.append)
    assert reported == sorted(reported)
    assert reported[-1] == 1.0


def test_a_grid_in_the_ground_is_refused(monkeypatch):
    monkeypatch.setattr(Rollouts, "is_free", lambda self, state: False)
    with pytest.raises(GridempError, match="below the ground; give `shape` more places"):
        lander_map(MapSettings(horizon=1, shape=(1, 1)))
