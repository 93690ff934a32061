"""Worlds that are built by taking the steps of environments, against tables and real steps."""

import threading

import gymnasium
import numpy as np
import pytest
from support.corridors import Corridor
from support.extras import required
from support.worlds import dense

import gridemp
from gridemp import EstimateWarning, GridempError, World, empowerment
from gridemp.worlds.environments.name import make_world
from gridemp.worlds.gymnasium import from_gymnasium


def states_of(world, env, states, name="s"):
    """Numbers in a world of the states of an environment, each set as its attribute."""
    numbers = []
    for state in states:
        setattr(env.unwrapped, name, state)
        numbers.append(world.state_of(env))
    return np.array(numbers)


def test_a_lake_that_is_not_slippery_is_as_in_its_table():
    env = gymnasium.make("FrozenLake-v1", map_name="8x8", is_slippery=False)
    env.reset(seed=0)
    with pytest.warns(EstimateWarning, match="FrozenLake-v1 draws random numbers, .* 2 samples"):
        world = World.from_env(env, samples=2)
    table = from_gymnasium(env)
    number = states_of(world, env, range(64))
    assert sorted(number.tolist()) == list(range(64))
    assert world.actions == table.actions
    np.testing.assert_array_equal(world.successors[number, :, 0], number[table.successors[:, :, 0]])
    np.testing.assert_array_equal(world.maze.floor, table.maze.floor)
    assert world.maze.objects == table.maze.objects
    np.testing.assert_array_equal(empowerment(world, 4).grid(), empowerment(table, 4).grid())
    assert str(world.conditions) == "no noise in 2 samples"


def test_a_slippery_lake_is_estimated(tmp_path):
    env = gymnasium.make("FrozenLake-v1")
    env.reset(seed=0)
    samples = 40
    with pytest.warns(EstimateWarning):
        world = World.from_env(env, samples=samples)
    number = states_of(world, env, range(16))
    expected, found = dense(from_gymnasium(env)), dense(world)[number][:, :, number]
    assert (found[expected == 0] == 0).all()
    error = np.sqrt(expected * (1 - expected) / samples)
    assert (abs(found - expected) <= 5 * error + 1e-9).all()
    assert (found != expected).any()
    emap = empowerment(world, 1)
    emap.save(tmp_path / "lake.npz")
    saved = gridemp.load_map(tmp_path / "lake.npz")
    assert str(saved.world.conditions) == "noise estimated from 40 samples"
    title = gridemp.heatmap(saved).get_title()
    assert "noise estimated from 40 samples" in title


def test_the_same_seed_makes_the_same_world():
    with pytest.warns(EstimateWarning):
        worlds = [World.from_env(gymnasium_lake(), samples=5, seed=seed) for seed in (1, 1, 2)]
    first, same, other = (dense(world) for world in worlds)
    assert (first == same).all()
    assert first.shape != other.shape or (first != other).any()


def gymnasium_lake():
    env = gymnasium.make("FrozenLake-v1", desc=["SF", "FG"])
    env.reset(seed=0)
    return env


@pytest.mark.parametrize(
    ("actions", "names"),
    [
        (None, ("0", "1", "2")),
        (["left", "right", "lamp"], ("left", "right", "lamp")),
        ([1, 0], ("1", "0")),
        ({"right": 1}, ("right",)),
    ],
)
def test_actions_are_chosen_and_named(actions, names):
    world = World.from_env(Corridor(), actions=actions)
    assert world.actions == names
    if names == ("right",):
        assert world.successors.ravel().tolist() == [1, 2, 3, 3]


@pytest.mark.parametrize(
    ("change", "arguments", "sentence"),
    [
        ({"action_space": None}, {}, "the actions of Corridor cannot be listed; pass"),
        (
            {},
            {"actions": ["a", "b"]},
            "`actions` has 2 names, but Corridor has 3 actions; name all",
        ),
        (
            {"position": None},
            {},
            r"action ., as its step\(\) raises TypeError: .*reset\(\) first, and choose",
        ),
        ({}, {"actions": {}}, "`actions` is empty; give at least one action"),
        ({}, {"samples": 1}, "`samples` must be a whole number, 2 or more, not 1"),
        ({}, {"max_states": 0}, "`max_states` must be a whole number, 1 or more, not 0"),
        ({}, {"key": "position"}, "`key` must be a function"),
        (
            {},
            {"cell": lambda env: env.position[1]},
            "`cell` must return two whole numbers, the row",
        ),
        (
            {"lock": threading.Lock()},
            {},
            r"states of Corridor cannot be copied, because of its attribute `lock` \(TypeError",
        ),
    ],
)
def test_refusals(change, arguments, sentence):
    env = Corridor()
    vars(env).update(change)
    with pytest.raises(GridempError, match=sentence) as error:
        World.from_env(env, **arguments)
    assert "\n" not in str(error.value)


def test_a_step_that_returns_something_else_is_refused():
    class Silent(Corridor):
        def step(self, action):
            super().step(action)

    with pytest.raises(GridempError, match=r"action ., as its step\(\) returns None; it must ret"):
        World.from_env(Silent())


def test_what_is_no_environment_is_refused():
    with pytest.raises(GridempError, match=r"not the class Corridor; Corridor\(\) makes"):
        World.from_env(Corridor)
    with pytest.raises(GridempError, match="`env` must be an environment, not None"):
        World.from_env(None)


def test_the_interface_of_old_gym_is_understood():
    class Old(Corridor):
        def step(self, action):
            seen, reward, ended, _, _ = super().step(action)
            return seen, reward, ended or self.step_count > 3, {"TimeLimit.truncated": not ended}

    assert len(World.from_env(Old()).cell) == 8


@pytest.mark.slow
def test_doors_and_keys_of_minigrid():
    """270 joint states, and these outcomes, were counted by stepping the environment itself."""
    required("minigrid")
    env = gymnasium.make("MiniGrid-DoorKey-5x5-v0")
    env.reset(seed=0)
    world = World.from_env(env)
    assert len(world.cell) == 270
    assert world.actions[:3] == ("left", "right", "forward")
    assert world.finder.changing == ("agent_dir", "agent_pos", "carrying", "grid")
    outcomes = [empowerment(world, n).outcomes for n in (1, 2, 3, 5, 8, 10, 15, 20)]
    assert [counts[0] for counts in outcomes] == [3, 5, 8, 18, 44, 81, 194, 265]
    assert (outcomes[3].max(), outcomes[5].max()) == (67, 194)
    assert world.maze.shape == (3, 3)
    assert world.maze.objects == {(2, 0): "S", (2, 2): "G"}
    assert world.heading[0] == (env.unwrapped.agent_dir + 1) % 4
    rng = np.random.default_rng(0)
    for _ in range(60):
        state, action = world.state_of(env), rng.integers(7)
        _, _, terminated, _, _ = env.step(action)
        assert world.state_of(env) == world.successors[state, action, 0]
        if terminated:
            break


def test_simple_grids():
    required("gym_simplegrid")
    env = gymnasium.make("SimpleGrid-4x4-v0")
    env.reset(seed=0)
    base = env.unwrapped
    world = World.from_env(env)
    free = {tuple(map(int, place)) for place in np.argwhere(base.model.grid == 0)}
    seen, new = {base.agent_xy}, [base.agent_xy]
    while new:  # the cells that can be reached, by the map of the package
        row, col = new.pop()
        if (row, col) == base.goal_xy:
            continue
        for down, right in base.MOVES.values():
            place = (row + down, col + right)
            if place in free - seen:
                seen.add(place)
                new.append(place)
    assert len(world.cell) == len(seen)
    top, left = (min(place[axis] for place in seen) for axis in (0, 1))
    assert {(row + top, col + left) for row, col in world.maze.cells.tolist()} == seen
    marks = {"S": base.start_xy, "G": base.goal_xy}
    shifted = {(row - top, col - left): letter for letter, (row, col) in marks.items()}
    assert world.maze.objects == shifted


def test_an_environment_without_a_table_is_named_on_the_command_line():
    required("gym_simplegrid")
    world = make_world("gym_simplegrid:SimpleGrid-4x4-v0?seed=3")
    assert world.maze.name == "SimpleGrid-4x4-v0, seed 3"
    with pytest.raises(
        GridempError, match="starts differently each time; set the seed of its reset"
    ):
        make_world("gym_simplegrid:SimpleGrid-4x4-v0")
