import pickle
import random
import threading
from collections import deque

import numpy as np
import pytest
from support.corridors import Corridor, Slippery
from support.worlds import dense

from gridemp import EstimateWarning, GridempError, World


def generators(owner):
    """The states of the generators of Python and NumPy, and of one more."""
    return random.getstate(), str(np.random.get_state()), pickle.dumps(owner)  # noqa: NPY002


@pytest.mark.slow
@pytest.mark.parametrize(
    "draw",
    [
        np.random.default_rng(0).random,
        np.random.RandomState(0).random_sample,
        random.Random(0).random,
        random.random,
        np.random.random,
    ],
    ids=["Generator", "RandomState", "Random", "random", "numpy"],
)
def test_every_generator_of_random_numbers_is_noticed_and_left_as_it_was(draw):
    env = Slippery(draw)
    owner = getattr(draw, "__self__", None)
    states = generators(owner)
    with pytest.warns(EstimateWarning):
        world = World.from_env(env, samples=40)
    assert generators(owner) == states
    assert world.conditions.samples == 40
    lit = next(s for s in range(8) if world.successors[0, 2, 0] == s)
    table = dense(world)
    assert table[0, 1].max() == 1  # without the lamp it never slips
    assert 0.5 < table[lit, 1].max() < 0.95


class Memory:
    """Something that forgets what it knows when it is pickled, as EzPickle does."""

    def __init__(self):
        self.count = 0

    def __reduce__(self):
        return Memory, ()


class Narrow(Memory):
    """The same without a dictionary of attributes."""

    __slots__ = ("count",)


class Proxy:
    """Something that passes questions on, also those about attributes that it does not have yet."""

    def __init__(self):
        self.inner = None
        self.count = 0

    def __getattr__(self, name):
        return getattr(self.inner, name)


@pytest.mark.parametrize("kind", [Memory, Narrow, Proxy])
def test_objects_that_lose_their_state_in_pickles_are_copied_all_the_same(kind):
    class Counting(Corridor):
        def __init__(self):
            super().__init__()
            self.memory = kind()

        def step(self, action):
            self.memory.count = min(3, self.memory.count + 1)
            return super().step(1 if action == 2 and self.memory.count == 3 else 0)

    world = World.from_env(Counting(), max_states=100)
    assert world.finder.changing == ("memory", "position")
    assert len(world.cell) == 7  # 0 to 3 steps counted, then three cells to the right


class Lights(Corridor):
    """A corridor in which the agent switches three lights that belong to the class."""

    switched = [False, False, False]  # noqa: RUF012, as of environments that are to be found

    def step(self, action):
        self.switched[action] ^= True
        return None, 0.0, False, False, {}


def test_lists_of_the_class_are_part_of_the_state():
    env = Lights()
    world = World.from_env(env)
    assert len(world.cell) == 2**3
    assert Lights.switched == [False] * 3
    assert "switched" not in vars(env)
    assert world.state_of(env) == 0


def fail():
    raise RuntimeError("never again")


def test_an_object_that_cannot_be_made_again_is_refused():
    class Once(deque):
        def __reduce__(self):
            return fail, ()

    env = Corridor()
    env.queue = Once()
    with pytest.raises(
        GridempError,
        match=r"cannot be copied \(RuntimeError: never again\); give it",
    ):
        World.from_env(env)


def test_a_state_can_be_set_where_it_cannot_be_copied():
    class Engine(Corridor):
        def __init__(self):
            super().__init__()
            self.lock = threading.Lock()

        def get_state(self):
            return [*self.position, self.lamp]

        def set_state(self, state):
            self.position, self.lamp = list(state[:2]), state[2]

    env = Engine()
    env.step(1)
    world = World.from_env(env)
    assert len(world.cell) == 8
    assert env.get_state() == [0, 1, False]
    assert world.state_of(env) == 0
