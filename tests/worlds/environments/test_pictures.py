"""Pictures of environments show each state as the environment renders it."""

import numpy as np
import pytest

import gridemp
from gridemp.worlds.environments.name import make_world
from gridemp.worlds.environments.pictures import named_pictures, reduced

gymnasium = pytest.importorskip("gymnasium")
pytest.importorskip("pygame")

DOOR = "MiniGrid-DoorKey-5x5-v0?seed=0"


def test_states_of_a_table_are_rendered_one_by_one():
    env = gymnasium.make("CliffWalking-v1", render_mode="rgb_array")
    env.reset(seed=0)
    world = gridemp.from_gymnasium(env)
    pictures = gridemp.environment_pictures(env, world)
    assert pictures.shape == (48, *reduced(env.render()).shape)
    assert len(np.unique(pictures.reshape(48, -1), axis=0)) == 48
    np.testing.assert_array_equal(pictures[world.state_of(env)], reduced(env.render()))


@pytest.mark.slow
def test_states_of_minigrid_are_rendered_on_the_way():
    pytest.importorskip("minigrid")
    world = make_world(DOOR)
    done = []
    pictures = named_pictures(DOOR, world, done.append)
    assert done[-1] == 1
    assert pictures.shape == (270, 80, 80, 3)
    assert len(np.unique(pictures.reshape(270, -1), axis=0)) == 270
    env = gymnasium.make("MiniGrid-DoorKey-5x5-v0", render_mode="rgb_array")
    env.reset(seed=0)
    for action in (1, 1, 2, 3, 0):
        env.step(action)
        expected = reduced(env.render())
        np.testing.assert_array_equal(pictures[world.state_of(env)], expected)


def test_the_environment_is_left_where_it_was():
    env = gymnasium.make("CliffWalking-v1", render_mode="rgb_array")
    env.reset(seed=0)
    before = env.unwrapped.s
    gridemp.environment_pictures(env, gridemp.from_gymnasium(env))
    assert env.unwrapped.s == before


def test_environments_that_render_no_pictures_are_refused():
    env = gymnasium.make("FrozenLake-v1")
    env.reset(seed=0)
    with pytest.raises(gridemp.GridempError, match="make it with render_mode='rgb_array'"):
        gridemp.environment_pictures(env, gridemp.from_gymnasium(env))


def test_worlds_with_states_that_no_step_leads_to_are_refused():
    pytest.importorskip("minigrid")
    env = gymnasium.make("MiniGrid-Empty-5x5-v0", render_mode="rgb_array")
    env.reset(seed=0)
    world = gridemp.from_minigrid(env)
    env.unwrapped.action_space = gymnasium.spaces.Discrete(2)  # turns only
    with pytest.raises(gridemp.GridempError, match="lead to 4 of the 34 states of the world"):
        gridemp.environment_pictures(env, world)


@pytest.mark.parametrize(
    ("size", "small"),
    [((90, 90), (90, 90)), ((160, 160), (80, 80)), ((128, 384), (32, 96)), ((30, 20), (30, 20))],
)
def test_large_pictures_are_reduced_by_whole_factors(size, small):
    picture = np.full((*size, 3), 7, dtype=np.uint8)
    assert reduced(picture).shape == (*small, 3)
    assert (reduced(picture) == 7).all()
