import pytest
from support.corridors import Corridor

from gridemp import GridempError, World, empowerment


def test_the_parts_of_a_state_are_found():
    env = Corridor()
    world = World.from_env(env)
    assert len(world.cell) == 4 * 2  # cell and lamp, and none of the records of what was done
    assert world.finder.changing == ("lamp", "position")
    assert world.finder.left_out == ("last_action", "step_count", "total_reward")
    assert str(world.conditions) == "no noise"
    assert world.maze.shape == (1, 4)
    assert world.maze.objects == {(0, 0): "S", (0, 3): "G"}
    assert empowerment(world, 1).outcomes[0] == 3
    assert empowerment(world, 9).outcomes.tolist().count(1) == 2  # the ends absorb
    assert vars(env)["step_count"] == 0  # it was only read
    assert env.position == [0, 0]


def test_rewards_that_are_left_to_collect_are_part_of_the_state():
    class Dots(Corridor):
        def __init__(self):
            super().__init__()
            self.rewards = [0, 1, 1, 0]

        def step(self, action):
            result = super().step(0 if action == 2 else action)
            self.rewards[self.position[1]] = 0
            return result

    assert World.from_env(Dots()).finder.changing == ("position", "rewards")


def test_an_environment_is_followed_through_its_states():
    env = Corridor()
    world = World.from_env(env)
    emap = empowerment(world, 2)
    state = world.state_of(env)
    for action in (1, 2, 0, 0, 2, 1, 1, 2, 1):
        state = world.successors[state, action, 0]
        env.step(action)
        assert world.state_of(env) == state
        assert emap.at(env) == emap.bits[state]
    assert emap.at(env) == 0


def test_states_of_other_environments_are_refused():
    world = World.from_env(Corridor())
    other = Corridor()
    other.lights[0, 1] = 1
    with pytest.raises(
        GridempError, match="the `lights` of Corridor differs from that of the envi"
    ):
        world.state_of(other)
    outside = Corridor()
    outside.position = [0, 9]
    with pytest.raises(GridempError, match="in a state that the world of Corridor does not have"):
        world.state_of(outside)
