"""Random numbers that an environment does not draw from its own attributes."""

import pickle
import secrets

import gymnasium
import numpy as np
import pytest
from support.corridors import Corridor

from gridemp import EstimateWarning, World

RNG = np.random.default_rng(0)


class Drifting(Corridor):
    """A corridor of 40 cells; beyond the 30th, moves fail with probability 1/4."""

    rng = np.random.RandomState(0)

    def step(self, action):
        col = self.position[1]
        fails = action == 1 and col > 30 and self.fails()
        self.position = [0, min(max(col + (action == 1) - (action == 0) - fails, 0), 40)]
        return None, 0.0, False, False, {}


class OfModule(Drifting):
    def fails(self):
        return RNG.random() < 0.25


class OfClass(Drifting):
    def fails(self):
        return self.rng.random_sample() < 0.25


class OfStep(Drifting):
    def fails(self):
        return np.random.default_rng().random() < 0.5


class OfSystem(Drifting):
    def fails(self):
        return secrets.randbelow(2) == 0


@pytest.mark.slow
@pytest.mark.parametrize("kind", [OfModule, OfClass, OfStep, OfSystem])
def test_random_numbers_from_elsewhere_make_an_estimate(kind):
    before = pickle.dumps((RNG, Drifting.rng))
    with pytest.warns(EstimateWarning):
        world = World.from_env(kind(), samples=60)  # so that none of ten chances is missed
    assert len(world.cell) == 41
    assert ((world.probabilities[31:40, 1] > 0).sum(axis=1) == 2).mean() > 0.5
    assert (world.probabilities[:30].max(axis=2) == 1).all()
    assert pickle.dumps((RNG, Drifting.rng)) == before


class Opponent(gymnasium.Env):
    """A ring on which an opponent moves the agent."""

    def __init__(self):
        self.action_space, self.place = gymnasium.spaces.Discrete(2), 0

    def step(self, action):
        self.place = (self.place + action + self.action_space.sample()) % 5
        return None, 0.0, False, False, {}


@pytest.mark.parametrize("seed", [None, 3])
def test_samples_of_spaces_are_random_everywhere(seed):
    env = Opponent()
    if seed is not None:
        env.action_space.seed(seed)
    before = pickle.dumps(env.action_space)
    with pytest.warns(EstimateWarning):
        world = World.from_env(env, samples=40)
    assert ((world.probabilities > 0).sum(axis=2) == 2).all()
    assert abs(world.probabilities - 0.5).max() < 0.45
    assert pickle.dumps(env.action_space) == before
