from types import SimpleNamespace

import numpy as np
import pytest
from support.corridors import Corridor

from gridemp import GridempError, World, empowerment


def test_an_attribute_that_is_left_out_but_matters_is_refused():
    class Sticky(Corridor):
        def step(self, action):
            sticks = self.last_action == 2
            return super().step(2 if sticks and action == 0 else action)

    with pytest.raises(
        GridempError, match=r"depends on its .*`last_action`.* World.from_env a `key`"
    ):
        World.from_env(Sticky())
    world = World.from_env(Sticky(), key=lambda env: (env.position, env.lamp, env.last_action == 2))
    assert len(world.cell) > 8


class Vault(Corridor):
    """A corridor whose far end opens only if the lamp was switched on just before, 40 cells on."""

    def __init__(self):
        super().__init__()
        self.previous_lamp = False

    def step(self, action):
        previous, self.previous_lamp = self.previous_lamp, self.lamp
        opens = self.position[1] == 40 and self.lamp and not previous
        col = self.position[1]
        result = super().step(action)
        col = min(40, self.position[1]) if not opens else 41
        self.position = [0, col]
        return result[0], 0.0, False, False, {}


def test_an_attribute_that_matters_far_away_only_is_found():
    with pytest.raises(GridempError, match=r"depends on its .*`previous_lamp`"):
        World.from_env(Vault())


def test_a_key_that_merges_different_states_is_refused():
    with pytest.raises(GridempError, match="`key` is the same in two states of Twice in which act"):
        World.from_env(Twice(), key=lambda env: env.position)
    assert len(World.from_env(Twice(), key=lambda env: [env.position, env.lamp]).cell) == 7


class Twice(Corridor):
    """A corridor in which the agent moves only while the lamp is on."""

    def step(self, action):
        return super().step(action if self.lamp or action == 2 else 0)


def test_the_end_of_an_episode_is_a_state_of_its_own():
    class Bell:
        """A room of one cell where action 1 ends the episode and nothing else changes."""

        action_space = SimpleNamespace(n=2)

        def step(self, action):
            return None, 0.0, action == 1, False, {}

    world = World.from_env(Bell())
    assert world.successors[:, :, 0].tolist() == [[0, 1], [1, 1]]
    assert empowerment(world, 3).outcomes.tolist() == [2, 1]


def test_more_states_than_allowed_are_refused():
    class Endless(Corridor):
        def step(self, action):
            self.position[1] += 1
            return None, 0.0, False, False, {}

    with pytest.raises(GridempError, match="50 states: 51 have been found from the first 50; "):
        World.from_env(Endless(), max_states=50)
    endless = Endless()
    endless.observation_space = SimpleNamespace(dtype=np.dtype(float))
    with pytest.raises(GridempError, match=r"50 states, as its observations .* by a `key` for"):
        World.from_env(endless, max_states=50)


def test_continuous_states_without_a_return_are_refused_early(monkeypatch):
    monkeypatch.setattr("gridemp.worlds.environments.fields.MAX_WITHOUT_RETURN", 40)

    class Road(Corridor):
        observation_space = SimpleNamespace(dtype=np.dtype(float))
        length = 10**9

        def step(self, action):
            self.position[1] = (self.position[1] + 1) % self.length
            return None, 0.0, False, False, {}

    with pytest.raises(GridempError, match="Road has more than 40 states, as its observations"):
        World.from_env(Road(), actions={"go": 0})
    with pytest.raises(GridempError, match="Road has more than 50 states, as its observations"):
        World.from_env(Road(), actions={"go": 0}, key=lambda env: env.position, max_states=50)
    Road.length = 40
    assert len(World.from_env(Road(), actions={"go": 0}).cell) == 40
