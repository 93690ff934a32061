"""Environments that cannot be copied, but whose state can be set."""

import random
import threading

import numpy as np
import pytest

from gridemp import EstimateWarning, GridempError, World


class Engine:
    """A ring of four places that counts its steps."""

    def __init__(self):
        self.lock = threading.Lock()
        self.action_space = type("Actions", (), {"n": 3})()
        self.place, self.count, self.seen = 0, 0, []
        self.rng = np.random.default_rng(1)

    def get_state(self):
        return self.place

    def set_state(self, state):
        self.place = state

    def step(self, action):
        self.count += 1
        self.seen.append(action)
        self.place = (self.place + action + self.chance()) % 4
        return None, 0.0, False, False, {}

    def chance(self):
        return 0


def test_attributes_that_are_no_part_of_its_state_are_put_back():
    env = Engine()
    assert len(World.from_env(env).cell) == 4
    assert (env.place, env.count, env.seen) == (0, 0, [])


class Own(Engine):
    def chance(self):
        return int(self.rng.integers(2))


class Global(Engine):
    def chance(self):
        return random.randrange(2)


@pytest.mark.parametrize("kind", [Own, Global])
def test_all_of_its_random_numbers_are_seen(kind):
    env = kind()
    before = str(env.rng.bit_generator.state), random.getstate()
    with pytest.warns(EstimateWarning):
        world = World.from_env(env, samples=40)
    assert ((world.probabilities > 0).sum(axis=2) == 2).all()
    assert (str(env.rng.bit_generator.state), random.getstate()) == before


class Incomplete(Engine):
    """A ring that turns around once the agent has been at 3, which its state does not say."""

    def __init__(self):
        super().__init__()
        self.lock, self.turned = None, False

    def step(self, action):
        result = super().step(-action if self.turned else action)
        self.turned |= self.place == 3
        return result


def test_a_state_that_does_not_say_everything_is_refused():
    with pytest.raises(GridempError, match="`get_state"):
        World.from_env(Incomplete())


class Key(Engine):
    """A corridor of five cells; beyond the third it needs a key, which its state leaves out."""

    def __init__(self):
        super().__init__()
        self.lock, self.has_key = None, False

    def step(self, action):
        self.has_key |= action == 2 and self.place == 2
        last = 4 if self.has_key else 3
        self.place = min(max(self.place + (action == 1) - (action == 0), 0), last)
        return None, 0.0, False, False, {}


@pytest.mark.parametrize("key", [None, lambda env: env.place])
def test_what_matters_only_later_is_found(key):
    name = "get_state" if key is None else "key"
    with pytest.raises(GridempError, match=rf"`{name}(\(\))?` is the same in two states of Key"):
        World.from_env(Key(), key=key)
