"""Worlds of Gymnasium, of MiniGrid and of any table, against what these libraries do themselves."""

import sys
from itertools import count, pairwise
from types import SimpleNamespace

import gymnasium
import minigrid
import numpy as np
import pytest
import scipy.sparse
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from minigrid.core.grid import Grid
from minigrid.core.world_object import Ball, Box, Door, Goal, Key, Lava

import gridemp
from gridemp import GridempError, World, empowerment
from gridemp.errors import MissingExtra
from gridemp.worlds import minigrid as from_there
from gridemp.worlds.gymnasium import from_gymnasium, make_world
from gridemp.worlds.minigrid import from_minigrid


def dense(world):
    """P[s, a, s'] of a world: shape (S, A, S)."""
    states, actions, _ = world.successors.shape
    table = np.zeros((states, actions, states))
    s, a, _ = np.indices(world.successors.shape)
    np.add.at(table, (s, a, world.successors), world.probabilities)
    return table


def toy(table, **fields):
    """Just as much of an environment as a table needs."""
    return SimpleNamespace(P=table, spec=SimpleNamespace(id="Toy-v0"), **fields)


def going(*targets, terminated=False):
    return [(1 / len(targets), target, 0.0, terminated) for target in targets]


# Gymnasium


@pytest.mark.parametrize(
    ("slippery", "horizon", "highest", "first"),
    [
        (True, 1, 0.4150, 0.3333),
        (True, 2, 0.6183, 0.5059),
        (True, 3, 0.7912, 0.6683),
        (True, 4, 0.9398, 0.7968),
        (False, 3, np.log2(15), np.log2(10)),
    ],
)
def test_frozen_lake(slippery, horizon, highest, first):
    world = make_world(f"FrozenLake-v1?is_slippery={slippery}")
    emap = empowerment(world, horizon)
    assert emap.bits.max() == pytest.approx(highest, abs=6e-5)
    assert emap.bits[0] == pytest.approx(first, abs=6e-5)
    holes = world.maze.where("TG")
    assert holes.tolist() == [s in (5, 7, 11, 12, 15) for s in range(16)]
    assert emap.bits[holes].tolist() == [0] * 5


@pytest.mark.parametrize("options", [{}, {"map_name": "8x8"}, {"desc": ["SFH", "FHG"]}])
def test_frozen_lake_slips_in_thirds(options):
    env = gymnasium.make("FrozenLake-v1", **options)
    world = from_gymnasium(env)
    table = dense(world)
    for state, row in env.unwrapped.P.items():
        for action, outcomes in row.items():
            expected = np.zeros(len(table))
            for probability, target, _, _ in outcomes:
                expected[target] += probability
            np.testing.assert_allclose(table[state, action], expected, atol=1e-15)
    assert set(np.round(3 * world.probabilities).ravel()) <= {0, 1, 2, 3}
    assert world.maze.shape == env.unwrapped.desc.shape
    assert world.maze.name == "FrozenLake-v1"
    assert str(world.conditions) == "own noise"


def test_frozen_lake_moves_as_its_actions_say():
    world = make_world("FrozenLake-v1?is_slippery=false&map_name=8x8")
    assert world.actions == ("west", "south", "east", "north")
    assert world.successors[1, :, 0].tolist() == [0, 9, 2, 1]
    assert (world.maze.objects[0, 0], world.maze.objects[7, 7]) == ("S", "G")
    assert str(world.conditions) == "no noise"


def test_cliff_walking():
    world = make_world("CliffWalking-v1")
    assert world.maze.shape == (4, 12)
    assert world.maze.floor.all()
    assert world.actions == ("north", "east", "south", "west")
    assert world.successors[36, :, 0].tolist() == [24, 36, 36, 36]  # east is the cliff
    assert world.successors[47, :, 0].tolist() == [47] * 4
    emap = empowerment(world, 1)
    assert emap.outcomes[[47, 36, 25]].tolist() == [1, 2, 4]


def test_taxi():
    env = gymnasium.make("Taxi-v4")
    world = from_gymnasium(env)
    assert world.maze.shape == (5, 5)
    assert np.bincount(world.cell).tolist() == [20] * 25
    table = env.unwrapped
    for state in range(500):
        row, col, *_ = table.decode(state)
        assert world.maze.cells[world.cell[state]].tolist() == [row, col]
    delivered = table.encode(0, 0, 0, 0)
    assert world.successors[delivered, :, 0].tolist() == [delivered] * 6
    for state in range(500):
        if world.successors[state, 0, 0] == state == world.successors[state, 1, 0]:
            continue
        for action, outcomes in table.P[state].items():
            assert world.successors[state, action, 0] == outcomes[0][1]
    on_foot = World.from_maze(world.maze)  # here pickup and dropoff do nothing, as staying does
    riding = table.encode(2, 2, 4, 0)
    assert empowerment(world, 2).outcomes[riding] == empowerment(on_foot, 2).outcomes[12]
    assert empowerment(world, 3).one_per_cell().grid().shape == (5, 5)


def test_repeated_next_states_are_added_up():
    world = from_gymnasium(toy({0: {0: going(0, 1, 0, 0), 1: going(1)}, 1: [going(0), going(1)]}))
    np.testing.assert_allclose(dense(world)[0], [[0.75, 0.25], [0, 1]])
    assert world.actions == ("0", "1")
    assert world.maze.shape == (1, 2)
    assert world.maze.name == "Toy-v0"


def test_terminal_states_absorb():
    table = [[going(1, terminated=True), going(2)], [going(0), going(2)], [going(0), going(1)]]
    world = from_gymnasium(toy(table))
    assert world.successors[:, :, 0].tolist() == [[1, 2], [1, 1], [0, 1]]
    assert empowerment(world, 2).bits[1] == 0
    table[0][0] = [(1.0, 1, 0.0, False), (0.0, 1, 0.0, True)]  # never happens
    assert from_gymnasium(toy(table)).successors[1, :, 0].tolist() == [0, 2]


def test_a_grid_is_used_only_where_it_has_a_cell_for_each_state():
    table = {s: {0: going(s)} for s in range(6)}
    assert from_gymnasium(toy(table, shape=(2, 3))).maze.shape == (2, 3)
    assert from_gymnasium(toy(table, shape=(2, 2))).maze.shape == (1, 6)
    assert from_gymnasium(toy(table, desc=np.array([[b"S"] * 2] * 3))).maze.shape == (3, 2)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("CartPole-v1", r"CartPole-v1 has no table .* continuous, not a finite table; make them"),
        ("Pendulum-v1", r"Pendulum-v1 has no table .* continuous, not a finite table; make them"),
        ("Blackjack-v1", r"Blackjack-v1 has no table of transitions P; give your own"),
        ("Taxi-v4?fickle_passenger=true", r"fickle passenger of Taxi-v4 is not in its table P"),
        ("Nope-v0", r"gymnasium cannot make 'Nope-v0'; NameNotFound: .* doesn't exist"),
        ("FrozenLake-v0", r"gymnasium cannot make 'FrozenLake-v0'; DeprecatedEnv: "),
        ("", r"gymnasium cannot make ''; Error: Malformed environment ID"),
        ("FrozenLake-v1?colour=red", r"unexpected keyword argument 'colour'"),
        ("FrozenLake-v1?map_name=9x9", r"map_name=9x9'; KeyError: '9x9'"),
        ("FrozenLake-v1?is_slippery", r"'is_slippery' is no list of options; write them as in"),
        ("FrozenLake-v1?success_rate=2", r"probabilities of action 'west' in state 0 hold a neg"),
    ],
)
def test_refusals(name, sentence, capfd):
    with pytest.raises(GridempError, match=sentence) as error:
        make_world(name)
    assert "\n" not in str(error.value)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        ({0: {0: going(1)}}, "action 0 in state 0 of Toy-v0 leads to state 1; .* from 0 to 0"),
        ({0: {0: going(0), 1: going(0)}, 1: {0: going(0)}}, "state 1 of Toy-v0 has 1 actions and"),
        ({1: {0: going(0)}}, r"must hold lists P\[s\]\[a\]"),
        ({}, r"must hold lists P\[s\]\[a\]"),
        (np.ones((2, 1, 2)) / 2, r"must hold lists P\[s\]\[a\]"),
        ([[[(0.5, 0, 0.0, False)]]], "probabilities of action '0' in state 0 sum to 0.5, not 1"),
        ([[[]]], "probabilities of action '0' in state 0 sum to 0, not 1"),
        ([[]], "transitions has the shape"),
    ],
)
def test_a_malformed_table(table, sentence):
    with pytest.raises(GridempError, match=sentence):
        from_gymnasium(toy(table))


def test_options_are_literals_or_strings():
    lake = make_world('FrozenLake-v1?desc=["SF","HG"]&is_slippery=True&success_rate=0.5')
    assert lake.maze.shape == (2, 2)
    assert lake.probabilities[0, 3].max() == 0.75  # up or left


def test_without_gymnasium(monkeypatch):
    monkeypatch.setitem(sys.modules, "gymnasium", None)
    with pytest.raises(MissingExtra, match=r'needs gymnasium; pip install "gridemp\[gymnasium\]"'):
        make_world("FrozenLake-v1")


# Any table


def test_tables_dense_and_sparse():
    reference = make_world("FrozenLake-v1")
    table = dense(reference)
    stack = scipy.sparse.coo_array(table)
    matrices = [scipy.sparse.csr_array(table[:, a]) for a in range(4)]
    older = [scipy.sparse.csc_matrix(table[:, a]) for a in range(4)]
    for transitions in (table, stack, matrices, older):
        world = World.from_transitions(transitions)
        np.testing.assert_array_equal(world.successors, reference.successors)
        np.testing.assert_array_equal(world.probabilities, reference.probabilities)
        assert world.actions == ("0", "1", "2", "3")
        assert world.maze.shape == (1, 16)


@pytest.mark.parametrize("kind", [np.asarray, scipy.sparse.coo_array])
@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ([0.5, 0.4], "probabilities of action 'b' in state 1 sum to 0.9, not 1"),
        ([0, 0], "probabilities of action 'b' in state 1 sum to 0, not 1"),
        ([1.5, -0.5], "probabilities of action 'b' in state 1 hold a negative number"),
        ([1, np.nan], "probabilities of action 'b' in state 1 sum to nan, not 1"),
    ],
)
def test_rows_sum_to_one(kind, row, sentence):
    table = np.array([[[1.0, 0.0], [0.0, 1.0]], [[1.0, 0.0], row]])
    with pytest.raises(GridempError, match=sentence):
        World.from_transitions(kind(table), actions=("a", "b"))


@st.composite
def tables(draw):
    """Any small P[s, a, s'], certain rows included."""
    states, actions = draw(st.integers(1, 4)), draw(st.integers(1, 3))
    shape = (states, actions, states)
    weights = draw(hnp.arrays(float, shape, elements=st.sampled_from([0.0, 0.0, 0.3, 1.0, 2.0])))
    weights[..., 0] += weights.sum(axis=2) == 0
    return weights / weights.sum(axis=2, keepdims=True)


@given(tables(), st.data(), st.integers(1, 3))
def test_a_coarser_sensor_never_sees_more(table, data, horizon):
    fine = data.draw(hnp.arrays(int, len(table), elements=st.integers(0, 3)))
    merged = np.array(data.draw(st.lists(st.integers(0, 2), min_size=4, max_size=4)))[fine]
    world = World.from_transitions(table)
    maps = [empowerment(w, horizon) for w in (world, world.with_sensor(fine))]
    maps.append(empowerment(world.with_sensor(merged), horizon))
    for finer, coarser in pairwise(maps):
        np.testing.assert_array_less(coarser.bits, finer.bits + finer.gap + 1e-9)
    blind = empowerment(world.with_sensor(np.zeros(len(table))), horizon)
    np.testing.assert_allclose(blind.bits, 0, atol=1e-9)


# MiniGrid

ENVIRONMENTS = [
    "MiniGrid-Empty-5x5-v0",
    "MiniGrid-Empty-Random-6x6-v0",
    "MiniGrid-FourRooms-v0",
    "MiniGrid-LavaGapS5-v0",
    "MiniGrid-LavaCrossingS9N2-v0",
    "MiniGrid-SimpleCrossingS9N3-v0",
    "MiniGrid-DistShift2-v0",
    "MiniGrid-DoorKey-6x6-v0",
    "MiniGrid-MultiRoom-N4-S5-v1",
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


@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_minigrid_steps_as_minigrid_does(name):
    agreed = 0
    for seed in count():
        agreed += follow(reset(name, seed), 150, seed)
        if agreed > 300:
            break


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
    with pytest.raises(GridempError, match="CartPole-v1 is no MiniGrid environment"):
        from_minigrid(gymnasium.make("CartPole-v1"))
    with pytest.raises(GridempError, match=r"Empty-5x5-v0 has no grid yet; call its reset"):
        from_minigrid(gymnasium.make("MiniGrid-Empty-5x5-v0"))
    with pytest.raises(GridempError, match=r"obstacles of .* move by themselves"):
        from_minigrid(reset("MiniGrid-Dynamic-Obstacles-5x5-v0"))
    room = Room("####", "#@K#", "####")
    room.step(room.actions.pickup)
    with pytest.raises(GridempError, match="the agent of Room carries a key; reset it"):
        from_minigrid(room)
    with pytest.raises(GridempError, match="MiniGrid-Empty-5x5-v0 has no table of transitions P"):
        from_gymnasium(gymnasium.make("MiniGrid-Empty-5x5-v0"))
    monkeypatch.setattr(from_there, "MAX_STATES", 10)
    with pytest.raises(GridempError, match=r"more than 10 .* up to 24; .* fewer doors than 1"):
        from_minigrid(Room("#####", "#@D #", "#####"))
