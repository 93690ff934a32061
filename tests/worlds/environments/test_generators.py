"""Environments that make their generator of random numbers only in the step that needs it."""

import random
from types import SimpleNamespace

import gymnasium
import numpy as np
import pytest
from support.corridors import Corridor
from support.worlds import dense

from gridemp import EstimateWarning, World
from gridemp.worlds.environments.generators import generators_in, put


class Bridge(Corridor):
    """A corridor whose third cell alone draws a number, with a chance of 1/2 to go to the first."""

    def draw(self):
        raise NotImplementedError

    def step(self, action):
        if self.position[1] == 2 and self.draw() < 0.5:
            self.position = [0, 0]
            return None, 0.0, False, False, {}
        return super().step(action)


class OfGymnasium(Bridge, gymnasium.Env):
    observation_space = gymnasium.spaces.Discrete(4)

    def draw(self):
        return self.np_random.random()


class Absent(Bridge):
    def draw(self):
        if not hasattr(self, "chance"):
            self.chance = random.Random()
            self.chance_rng_seed = self.chance.random()
        return self.chance.random()


class Nested(Bridge):
    def __init__(self):
        super().__init__()
        self.parts = {"noise": [SimpleNamespace(rng=None)]}

    def draw(self):
        (noise,) = self.parts["noise"]
        if noise.rng is None:
            noise.rng = np.random.RandomState()
        return noise.rng.random_sample()


class Item(Bridge):
    def __init__(self):
        super().__init__()
        self.parts = [None]

    def draw(self):
        if self.parts[0] is None:
            self.parts[0] = np.random.default_rng()
        return self.parts[0].random()


KINDS = [OfGymnasium, Absent, Nested, Item]


@pytest.mark.slow
@pytest.mark.parametrize("given", [None, lambda env: (env.position, env.lamp)], ids=["own", "key"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_generator_that_a_step_makes_is_no_part_of_the_state(kind, given):
    env = kind()
    with pytest.warns(EstimateWarning):
        world, again = (World.from_env(env, key=given, samples=30) for _ in range(2))
    assert not generators_in(env)  # it has not been touched
    assert len(world.cell) == 8
    assert np.array_equal(dense(world), dense(again))
    chances = (dense(world) % 1 > 0).any(axis=(1, 2))
    assert chances.sum() == 2  # the third cell, with and without the lamp
    for action in (1, 1, 0):
        env.step(action)
    assert generators_in(env)
    lamp, cell = env.lamp, env.position[1]
    assert (lamp, cell) in [(False, 0), (False, 1)]
    assert world.state_of(env) == cell


def test_generators_are_found_and_put_in_their_places():
    rng, other = np.random.default_rng(0), random.Random(0)
    owner = SimpleNamespace(rng=rng, parts=[{"a": (1, other)}], text="abc", items=np.zeros(2))
    owner.self = owner
    first, second = (True, "rng"), (True, "parts")
    path = (second, (False, 0), (False, "a"), (False, 1))
    assert generators_in(owner) == {(first,): rng, path: other}
    put(owner, (second, (False, 0), (False, "b")), rng)
    assert owner.parts[0]["b"] is rng
    put(owner, (*path[:2], (False, "none"), (False, 1)), rng)  # there is no such object
    assert set(owner.parts[0]) == {"a", "b"}
