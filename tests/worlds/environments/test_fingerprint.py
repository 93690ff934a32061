"""Values in environments that are more, or less, than the attributes of an object."""

import random
from collections import deque

import numpy as np
import pytest
from support.extras import required

from gridemp import EstimateWarning, World
from gridemp.worlds.environments.fingerprint import fingerprint


class Env:
    """Environment of any number of attributes, without Gymnasium."""

    def __init__(self):
        self.action_space = type("Actions", (), {"n": 3})()

    def step(self, action):
        self.act(action)
        return None, 0.0, False, False, {}


class History(deque):
    pass


class Remembering(Env):
    def __init__(self, kind):
        super().__init__()
        self.done = kind([0], maxlen=2)

    def act(self, action):
        self.done.append(action)


@pytest.mark.parametrize("kind", [deque, History])
def test_what_an_object_holds_besides_attributes_tells_states_apart(kind):
    env = Remembering(kind)
    assert len(World.from_env(env).cell) == 1 + 9  # one action so far, then all pairs
    assert env.done == kind([0])


def forwards(place):
    return (place + 1) % 5


def backwards(place):
    return (place - 1) % 5


class Modes(Env):
    """Ring of five places, on which an action moves, and another turns around."""

    def __init__(self, *modes):
        super().__init__()
        self.place, self.mode = 0, modes[0] if modes else self.advance
        self.modes = modes or (self.advance, self.retreat)

    def advance(self, place):
        return forwards(place)

    def retreat(self, place):
        return backwards(place)

    def act(self, action):
        if action == 2:
            first, second = self.modes
            self.mode = second if self.mode == first else first
        elif action:
            self.place = self.mode(self.place)


@pytest.mark.parametrize(
    "modes",
    [(), (forwards, backwards), (lambda place: (place + 1) % 5, lambda place: (place - 1) % 5)],
    ids=["methods", "functions", "lambdas"],
)
def test_functions_tell_states_apart(modes):
    world = World.from_env(Modes(*modes))
    assert len(world.cell) == 5 * 2
    assert (np.sort(world.successors[:, 1, 0]) == np.arange(10)).all()  # a move is invertible


class Closure(Env):
    def __init__(self):
        super().__init__()
        place, seen = 0, [False]

        def act(action):
            nonlocal place
            place = (place + action) % 5
            seen[0] |= place == 3

        self.act, self.place, self.seen = act, lambda: place, lambda: seen[0]


def test_variables_that_functions_hold_are_part_of_the_state():
    env = Closure()
    world = World.from_env(env)
    assert len(world.cell) == 5 * 2 - 1  # it has been at 3 once it is there
    assert (env.place(), env.seen()) == (0, False)
    for action in (1, 2, 2, 1):
        state = world.successors[world.state_of(env), action, 0]
        env.step(action)
        assert world.state_of(env) == state


class Space:
    """Square of a board, which is no space of Gymnasium."""

    def __init__(self):
        self.piece = 0


class Board(Env):
    def __init__(self):
        super().__init__()
        self.board = [Space(), Space(), Space()]

    def act(self, action):
        self.board[action].piece ^= 1


def test_only_the_spaces_of_gymnasium_are_no_state():
    assert len(World.from_env(Board()).cell) == 2**3


@pytest.mark.parametrize("is_changed", [True, False], ids=["changed", "replaced"])
def test_places_of_pygame_are_part_of_the_state(is_changed):
    pygame = required("pygame")

    class Moving(Env):
        def __init__(self):
            super().__init__()
            self.place, self.box = pygame.Vector2(0, 0), pygame.Rect(0, 0, 1, 1)
            self.screen = pygame.Surface((2, 2))

        def act(self, action):
            if not is_changed:
                self.place, self.box = pygame.Vector2(self.place), pygame.Rect(self.box)
            if action == 1:
                self.place.x = (self.place.x + 1) % 4
            if action == 2:
                self.box.y = (self.box.y + 1) % 4
            self.screen.fill((action, 0, 0))

    env = Moving()
    assert len(World.from_env(env).cell) == 4 * 4
    assert (env.place, env.box.topleft) == (pygame.Vector2(0, 0), (0, 0))


class Urandom(Env):
    def __init__(self):
        super().__init__()
        self.place, self.random = 0, random.SystemRandom()

    def act(self, action):
        self.place = (self.place + self.random.choice([0, 1])) % 5


def test_a_generator_without_a_seed_always_draws():
    with pytest.warns(EstimateWarning):
        world = World.from_env(Urandom(), samples=40)
    assert ((world.probabilities > 0).sum(axis=2) == 2).all()


def holding(value):
    return lambda: value


def test_functions_of_one_name_differ_by_what_they_do_and_hold():
    adders = [lambda x, by=by: x + by for by in (1, 2)]
    assert fingerprint(adders[0]) != fingerprint(adders[1])
    assert fingerprint(holding(1)) == fingerprint(holding(1)) != fingerprint(holding(2))
    assert fingerprint(forwards) != fingerprint(backwards)
    assert fingerprint(int) != fingerprint(float)
    assert fingerprint([].append) == fingerprint([].append) != fingerprint([1].append)
    assert fingerprint(random.Random(0)) == fingerprint(random.Random(1))
