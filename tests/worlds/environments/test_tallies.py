"""Counters, rewards and records that matter although they are no part of a state."""

import pytest
from support.corridors import Corridor

from gridemp import GridempError, World


class Hall(Corridor):
    """A corridor of 31 cells that does not end."""

    def step(self, action):
        self.step_count += 1
        self.act(action)
        self.last_action = action
        return None, 0.0, self.ends(), False, {}

    def act(self, action):
        col = self.position[1] + (action == 1) - (action == 0)
        self.position = [0, min(max(col, 0), 30)]

    def ends(self):
        return False


class Bridge(Hall):
    def act(self, action):
        if self.position[1] < 30 or self.step_count >= 50 or action != 0:
            super().act(action)


class Parity(Hall):
    def act(self, action):
        super().act(action)
        if self.position[1] == 30 and self.step_count % 2:
            self.position = [0, 0]


class Collected(Hall):
    def __init__(self):
        super().__init__()
        self.reward = 5

    def act(self, action):
        super().act(action)
        if action == 2 and self.position[1] == 20:
            self.reward = 0
        if self.position[1] == 30 and action == 1 and not self.reward:
            self.position = [0, 77]


class Combination(Hall):
    def __init__(self):
        super().__init__()
        self.last_actions = ()

    def act(self, action):
        super().act(action)
        self.last_actions = (*self.last_actions, action)[-3:]
        if self.position[1] == 10 and self.last_actions == (2, 0, 2):
            self.position = [0, 77]


@pytest.mark.parametrize(
    ("env", "name"),
    [
        (Bridge, "step_count"),
        (Parity, "step_count"),
        (Collected, "reward"),
        (Combination, "last_actions"),
    ],
)
def test_tallies_that_matter_far_away_are_found(env, name):
    with pytest.raises(GridempError, match=f"depends on its .*`{name}`.*`key`"):
        World.from_env(env())


class Ninth(Hall):
    """A hall that has an exit for the agent that does a certain action of nine, and another."""

    def __init__(self):
        super().__init__()
        self.action_space.n = 9

    def act(self, action):
        super().act(action)
        if self.position[1] == 9 and (self.last_action, action) == (8, 7):
            self.position = [0, 77]


@pytest.mark.slow
def test_every_record_that_a_state_is_reached_with_is_tried():
    with pytest.raises(GridempError, match=r"depends on its .*`last_action`"):
        World.from_env(Ninth())
    # A key that tells the actions apart gives each cell two states, and the exit is one more.
    world = World.from_env(Ninth(), key=lambda env: (env.position, env.last_action == 8))
    assert len(world.cell) == 31 * 2 + 1


class Limited(Hall):
    def ends(self):
        return self.step_count >= 100


@pytest.mark.parametrize("steps", [0, 99])
def test_a_limit_of_steps_does_not_count(steps):
    env = Limited()
    env.step_count = steps
    world = World.from_env(env)
    assert len(world.cell) == 31
    assert (env.step_count, env.position) == (steps, [0, 0])


def test_names_that_only_begin_like_records_are_part_of_the_state():
    class Exit(Hall):
        def __init__(self):
            super().__init__()
            self.prevent_exit = self.lasting = False

        def act(self, action):
            self.prevent_exit ^= action == 2

    assert World.from_env(Exit()).finder.changing == ("prevent_exit",)
