"""MiniGrid environments as worlds, against MiniGrid itself."""

import copy
from dataclasses import replace

import gymnasium
import numpy as np
import pytest
from support.environments import newest
from support.extras import required

import gridemp
from gridemp import GridempError, World, empowerment
from gridemp.worlds import states
from gridemp.worlds.gymnasium import from_gymnasium
from gridemp.worlds.minigrid import from_minigrid, state_in
from gridemp.worlds.moves import TURNS

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
    "MiniGrid-MemoryS7-v0",
    "MiniGrid-ObstructedMaze-1Dlhb-v0",
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
        "K": lambda: Key("red"),
        "O": lambda: Ball(),
        "X": lambda: Box("red"),
        "B": lambda: Box("blue", Key("red")),
        "g": lambda: Box("red", Goal()),
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


def key_of(base):
    """Everything in a MiniGrid environment that decides what can happen next."""

    def kind(thing):
        if thing is None:
            return None
        if thing.type == "door":
            return "door", thing.color, thing.is_open, thing.is_locked
        return thing.type, thing.color, kind(thing.contains)

    place = *(int(i) for i in base.agent_pos), int(base.agent_dir)
    return place, kind(base.carrying), tuple(kind(thing) for thing in base.grid.grid)


def stepped(base, action):
    """A copy of a MiniGrid environment after an action; no step leaves a goal or lava."""
    under = base.grid.get(*base.agent_pos)
    if under is not None and under.type in ("goal", "lava"):
        return base
    after = copy.deepcopy(base)
    after.step(after.actions[action])
    return after


def matched(env, steps=10**6, **options):
    """The world, and the key of the environment in each state that so many steps can lead to.

    Copies of the environment are stepped breadth-first along with the world. Raises an
    AssertionError unless states and keys match one to one.
    """
    base, world = env.unwrapped, from_minigrid(env, **options)
    base.gen_obs, base.max_steps = (lambda: None), 10**9  # observations take long
    state = state_in(world, env)
    keys, layer = {state: key_of(base)}, {state: base}
    for _ in range(steps):
        onward = {}
        for before, there in layer.items():
            for action, after in zip(
                world.actions, world.successors[before, :, 0].tolist(), strict=True
            ):
                copied = stepped(there, action)
                if after not in keys:
                    onward[after] = copied
                assert keys.setdefault(after, key_of(copied)) == key_of(copied)
        layer = onward
        if not layer:
            break
    assert len(set(keys.values())) == len(keys)
    return world, keys


@pytest.mark.slow
@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_minigrid_steps_as_minigrid_does(name):
    matched(reset(name), steps=4, within=4)


def test_minigrid_opens_carries_and_drops_as_minigrid_does():
    drawn = ("#######", "#@D L #", "# O#X #", "#B ### ", "#K    #", "#######")
    for steps, seed in ((2, 0), (40, 1)):
        room = Room(*drawn)
        rng = np.random.default_rng(seed)
        for action in rng.integers(7, size=steps):
            room.step(action)
        matched(room, steps=5, within=5)


@pytest.mark.parametrize(
    "lines", [("#####", "#@DG#", "#####"), ("#####", "#@OV#", "#  ##", "#####")]
)
def test_all_states_can_be_reached(lines):
    world, keys = matched(Room(*lines))
    assert len(keys) == len(world.cell)


@pytest.mark.slow
def test_the_states_of_door_key():
    env = reset("MiniGrid-DoorKey-5x5-v0")
    world, keys = matched(env)
    assert len(keys) == len(world.cell) == 270
    assert world.actions == tuple(action.name for action in env.unwrapped.actions)
    start = state_in(world, env)
    every = replace(world, starts=None)
    for horizon, count, most in (
        *((1, 3, 5), (2, 5, 14), (3, 8, 28), (5, 18, 67)),
        *((8, 44, 141), (10, 81, 194), (15, 194, 265), (20, 265, 270)),
    ):
        outcomes = empowerment(every, horizon).outcomes
        assert (outcomes[start], outcomes.max()) == (count, most)
        ends = {start}
        for _ in range(horizon):
            ends = set(world.successors[sorted(ends)].ravel().tolist())
        assert len(ends) == count
    assert len(world.starts) == 8  # two free cells on this side of the locked door


def test_minigrid_of_an_empty_room():
    env = reset("MiniGrid-Empty-5x5-v0")
    world = from_minigrid(env, ("left", "right", "forward"))
    assert world.maze.shape == (3, 3)
    assert world.maze.objects == {(0, 0): "S", (2, 2): "G"}
    assert str(world.conditions) == "turning, no stay, no noise"
    assert str(from_minigrid(env).conditions) == "turning, hands, no noise"
    assert world.maze.name == "MiniGrid-Empty-5x5-v0"
    turning = World.from_maze(gridemp.parse_maze("...\n...\n..T"), moves="turn", stay=False)
    found, expected = (empowerment(each, 4).one_per_cell() for each in (world, turning))
    np.testing.assert_array_equal(found.grid(), expected.grid())
    assert found.grid()[2, 2] == 0
    assert len(world.cell) == 8 * 4 + 2  # the agent steps to the goal eastwards or southwards


def test_a_door_between_two_cells():
    world = from_minigrid(Room("#####", "#@D #", "#####"), [*TURNS, "forward", "toggle"])
    assert len(world.starts) == 8  # not in the door, which is closed
    assert len(world.cell) == 8 + 12
    assert np.isnan(empowerment(world, 1).grid()).tolist() == [[False, True, False]]
    east = int(np.flatnonzero((world.cell[:8] == 0) & (world.heading[:8] == 1))[0])
    assert empowerment(world, 1).outcomes[east] == 4  # left, right, nothing, opened
    assert empowerment(world, 2).outcomes[east] == 4 + 3 + 1  # closed, open, gone into it
    blind = world.with_sensor(world.cell * 4 + world.heading)
    assert empowerment(blind, 1).outcomes[east] == 3


def test_the_maze_shows_what_can_be_used():
    world = from_minigrid(Room("######", "#@VG #", "#KLOX#", "#   D#", "######"), within=3)
    assert str(world.maze) == "######\n#STG.#\n#rRbb#\n#...D#\n######"
    assert {kind.name for kind in world.kinds} == {
        *("red key", "locked red door", "closed red door", "open red door"),
        *("blue ball", "red box"),
    }
    bits = empowerment(world, 3).grid()
    assert bits[0, 1] == bits[0, 2] == 0
    assert bits[0, 3] > 0
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
    with pytest.raises(GridempError, match="MiniGrid-Empty-5x5-v0 has no table of transitions P"):
        from_gymnasium(gymnasium.make("MiniGrid-Empty-5x5-v0"))
    for actions in (["jump"], ["left", "left"], []):
        with pytest.raises(GridempError, match="`actions` must be different names from left, ri"):
            from_minigrid(reset("MiniGrid-Empty-5x5-v0"), actions)
    with pytest.raises(GridempError, match="a red box contains a goal, which hands cannot use"):
        from_minigrid(Room("#####", "#@g #", "#####"))
    monkeypatch.setattr(states, "MAX_STATES", 10)
    with pytest.raises(
        GridempError, match=r"objects to carry or open \(1\) can get into more than"
    ):
        from_minigrid(Room("#####", "#@D #", "#####"))


def test_the_state_of_an_environment():
    room = Room("#####", "#@KB#", "#   #", "#####")
    world = from_minigrid(room)
    state = state_in(world, room)
    for action in ("pickup", "right", "drop", "left", "forward", "toggle", "pickup"):
        room.step(room.actions[action])
        state = int(world.successors[state, world.actions.index(action), 0])
        assert world.state_of(room) == state_in(world, room) == state
    assert world.layout(state).held.name == "red key"  # that of the box, which is gone
    carrying = from_minigrid(room)
    assert str(carrying.conditions) == "turning, hands, holding a red key, no noise"
    assert state_in(carrying, room) in carrying.starts
    with pytest.raises(GridempError, match="the walls of Room differ from those of this world"):
        state_in(from_minigrid(reset("MiniGrid-Empty-5x5-v0")), room)
    with pytest.raises(GridempError, match="Room is in a state that this world does not have"):
        state_in(from_minigrid(Room("#####", "#@ B#", "#   #", "#####")), room)
