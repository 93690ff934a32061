"""MiniGrid environments as worlds, against MiniGrid itself."""

from itertools import count

import gymnasium
import numpy as np
import pytest
from support.environments import newest
from support.extras import required

import gridemp
from gridemp import GridempError, World, empowerment
from gridemp.worlds import minigrid as from_there
from gridemp.worlds.gymnasium import from_gymnasium
from gridemp.worlds.minigrid import from_minigrid

minigrid = required("minigrid")
Grid = minigrid.core.grid.Grid
Ball, Box, Door, Goal, Key, Lava = (
    getattr(minigrid.core.world_object, name)
    for name in ("Ball", "Box", "Door", "Goal", "Key", "Lava")
)

ENVIRONMENTS = [
    "MiniGrid-Empty-5x5-v0",
    "MiniGrid-Empty-Random-6x6-v0",
    "MiniGrid-FourRooms-v0",
    "MiniGrid-LavaGapS5-v0",
    "MiniGrid-LavaCrossingS9N2-v0",
    "MiniGrid-SimpleCrossingS9N3-v0",
    "MiniGrid-DistShift2-v0",
    "MiniGrid-DoorKey-6x6-v0",
    newest("MiniGrid-MultiRoom-N4-S5"),
    "MiniGrid-MultiRoom-N2-S4-v0",
    "MiniGrid-GoToDoor-6x6-v0",
    "MiniGrid-Fetch-6x6-N2-v0",
    "MiniGrid-KeyCorridorS3R3-v0",
    "MiniGrid-RedBlueDoors-6x6-v0",
    "MiniGrid-LockedRoom-v0",
    "BabyAI-GoToRedBall-v0",
]


def reset(name, seed=0):
    env = gymnasium.make(name)
    env.reset(seed=seed)
    return env


class Room(minigrid.minigrid_env.MiniGridEnv):
    """A MiniGrid environment of the grid that is drawn, the agent at `@`."""

    LETTERS = {  # noqa: RUF012
        "D": lambda: Door("red"),
        "d": lambda: Door("red", is_open=True),
        "L": lambda: Door("red", is_locked=True),
        "K": lambda: Key(),
        "O": lambda: Ball(),
        "X": lambda: Box("red"),
        "G": lambda: Goal(),
        "V": lambda: Lava(),
    }

    def __init__(self, *lines):
        self.lines = lines
        mission = minigrid.core.mission.MissionSpace(lambda: "be")
        super().__init__(mission, width=len(lines[0]), height=len(lines), max_steps=10**6)
        self.reset()

    def _gen_grid(self, width, height):
        self.grid = Grid(width, height)
        for row, line in enumerate(self.lines):
            for col, letter in enumerate(line):
                if letter == "#":
                    self.grid.set(col, row, minigrid.core.world_object.Wall())
                elif letter == "@":
                    self.agent_pos, self.agent_dir = (col, row), 0
                elif letter in self.LETTERS:
                    self.put_obj(self.LETTERS[letter](), col, row)


def corner(env):
    """The world, and the column and row of the grid where its maze begins: the walls tell."""
    base, world = env.unwrapped, from_minigrid(env)
    things = [[base.grid.get(c, r) for c in range(base.width)] for r in range(base.height)]
    free = np.array([[thing is None or thing.type != "wall" for thing in row] for row in things])
    height, width = world.maze.shape
    fits = [
        (left, top)
        for top in range(max(0, base.agent_pos[1] - height + 1), base.agent_pos[1] + 1)
        for left in range(max(0, base.agent_pos[0] - width + 1), base.agent_pos[0] + 1)
        if world.maze.floor[base.agent_pos[1] - top, base.agent_pos[0] - left]
        and free[top : top + height, left : left + width].shape == (height, width)
        and (free[top : top + height, left : left + width] >= world.maze.floor).all()
    ]
    assert len(fits) == 1
    return world, fits[0]


def follow(env, steps, seed):
    """Walk an environment and its world at random together; how many steps until it ended."""
    world, (left, top) = corner(env)
    base = env.unwrapped
    rng = np.random.default_rng(seed)

    def agents(states):
        rows, cols = world.maze.cells[world.cell[states]].T
        return cols + left, rows + top, (world.heading[states] - 1) % 4

    def here():
        return (*(int(i) for i in base.agent_pos), int(base.agent_dir))

    starts = [tuple(map(int, place)) for place in zip(*agents(world.starts), strict=True)]
    state = world.starts[starts.index(here())]
    for step in range(steps):
        in_front = base.grid.get(*base.front_pos)
        toggles = in_front is not None and in_front.type == "door" and rng.random() < 0.4
        name = "toggle" if toggles and "toggle" in world.actions else rng.choice(world.actions)
        if in_front is not None and in_front.type == "box" and name == "toggle":
            name = "left"
        state = world.successors[state, world.actions.index(name), 0]
        _, _, terminated, truncated, _ = env.step(base.actions[name])
        assert tuple(int(i[0]) for i in agents(np.array([state]))) == here()
        if terminated or truncated:
            thing = base.grid.get(*base.agent_pos)
            if thing is not None and thing.type in ("goal", "lava"):
                assert (world.successors[state] == state).all()
            return step + 1
    return steps


@pytest.mark.slow
@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_minigrid_steps_as_minigrid_does(name):
    agreed = 0
    for seed in count():
        agreed += follow(reset(name, seed), 150, seed)
        if agreed > 300:
            break


@pytest.mark.slow
def test_minigrid_opens_and_closes_doors_as_minigrid_does():
    drawn = ("########", "#@ D d #", "#  #O# #", "##D# ###", "#   X  #", "#K L  ##", "########")
    for seed in range(8):
        assert follow(Room(*drawn), 400, seed) == 400


def test_minigrid_of_an_empty_room():
    world = from_minigrid(reset("MiniGrid-Empty-5x5-v0"))
    assert world.maze.shape == (3, 3)
    assert world.maze.objects == {(2, 2): "G"}
    assert world.actions == ("left", "right", "forward")
    assert str(world.conditions) == "turning, no stay, no noise"
    assert world.maze.name == "MiniGrid-Empty-5x5-v0"
    turning = World.from_maze(gridemp.parse_maze("...\n...\n..T"), moves="turn", stay=False)
    np.testing.assert_array_equal(world.successors, turning.successors)
    np.testing.assert_array_equal(world.heading, turning.heading)
    assert empowerment(world, 4).grid()[2, 2] == 0


def test_a_door_between_two_cells():
    world = from_minigrid(Room("#####", "#@D #", "#####"))
    assert world.actions == ("left", "right", "forward", "toggle")
    assert len(world.starts) == 8  # not in the door, which is closed
    assert len(world.cell) == 8 + 12
    assert np.isnan(empowerment(world, 1).grid()).tolist() == [[False, True, False]]
    east = int(np.flatnonzero((world.cell[:8] == 0) & (world.heading[:8] == 1))[0])
    assert empowerment(world, 1).outcomes[east] == 4  # left, right, nothing, opened
    assert empowerment(world, 2).outcomes[east] == 4 + 3 + 1  # closed, open, gone into it
    blind = world.with_sensor(world.cell * 4 + world.heading)
    assert empowerment(blind, 1).outcomes[east] == 3


def test_lava_goal_and_obstacles():
    world = from_minigrid(Room("######", "#@VG #", "#KLOX#", "######"))
    assert world.maze.objects == {
        **{(0, 1): "T", (0, 2): "G"},
        **{(1, col): "B" for col in range(4)},
    }
    assert "toggle" not in world.actions
    assert len(world.cell) == 4 * 4
    bits = empowerment(world, 3).grid()
    assert bits[0, 1] == bits[0, 2] == 0
    assert np.isnan(bits[1]).all()


def test_cells_that_walls_cut_off_are_left_out():
    world = from_minigrid(Room("       ", " ####  ", " #@ #  ", " ####  ", "       "))
    assert world.maze.shape == (1, 2)
    no_ring = from_minigrid(Room("@  ", " # ", "   "))
    assert no_ring.maze.floor.tolist() == [[True] * 3, [True, False, True], [True] * 3]
    assert no_ring.successors[0, 2, 0] == 0  # outside there is wall


def test_minigrid_refusals(monkeypatch):
    with pytest.raises(GridempError, match="CartPole-v1 is not a MiniGrid environment"):
        from_minigrid(gymnasium.make("CartPole-v1"))
    with pytest.raises(GridempError, match=r"Empty-5x5-v0 has no grid yet; call its reset"):
        from_minigrid(gymnasium.make("MiniGrid-Empty-5x5-v0"))
    with pytest.raises(GridempError, match=r"obstacles of .* move by themselves"):
        from_minigrid(reset("MiniGrid-Dynamic-Obstacles-5x5-v0"))
    room = Room("####", "#@K#", "####")
    room.step(room.actions.pickup)
    with pytest.raises(
        GridempError, match="the agent of Room carries a key, but must carry nothing"
    ):
        from_minigrid(room)
    with pytest.raises(GridempError, match="MiniGrid-Empty-5x5-v0 has no table of transitions P"):
        from_gymnasium(gymnasium.make("MiniGrid-Empty-5x5-v0"))
    monkeypatch.setattr(from_there, "MAX_STATES", 10)
    with pytest.raises(GridempError, match=r"more than 10 .* up to 24; .* fewer doors than 1"):
        from_minigrid(Room("#####", "#@D #", "#####"))
