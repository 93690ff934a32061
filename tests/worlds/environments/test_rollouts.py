"""Environments with a part of their state where it cannot be copied from."""

import numpy as np
import pytest
from support.corridors import Corridor

from gridemp import GridempError, World


class OfClass(Corridor):
    """A corridor that never ends, with the position in an attribute of the class."""

    position = [0, 0]  # noqa: RUF012

    def __init__(self):
        super().__init__()
        del self.position

    def step(self, action):
        OfClass.position = [0, (OfClass.position[1] + 1 - action) % 3]
        return OfClass.position, 0.0, False, False, {}


@pytest.mark.parametrize("key", [None, lambda env: env.position])
def test_state_outside_of_attributes_is_refused(key):
    with pytest.raises(GridempError, match="different results in the same state of OfClass, so"):
        World.from_env(OfClass(), key=key)


def test_observations_with_noise_and_counters_are_no_state():
    class Noisy(Corridor):
        def __init__(self):
            super().__init__()
            self.rng = np.random.default_rng(0)

        def step(self, action):
            _, *rest = super().step(action)
            return [self.rng.random(), self.step_count, self.position], *rest

    with pytest.warns(UserWarning, match="Noisy draws random numbers"):
        assert len(World.from_env(Noisy(), samples=2).cell) == 8


def test_what_a_step_bumps_into_may_be_seen():
    class Bumping(Corridor):
        def step(self, action):
            before = self.position
            _, *rest = super().step(action)
            return self.position == before, *rest

    assert len(World.from_env(Bumping()).cell) == 8
