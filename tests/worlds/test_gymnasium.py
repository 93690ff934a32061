"""Worlds of Gymnasium, of MiniGrid and of any table, against what these libraries do themselves."""

import re
import sys
from types import SimpleNamespace

import gymnasium
import numpy as np
import pytest
from support.environments import newest
from support.worlds import dense

from gridemp import GridempError, World, empowerment
from gridemp.errors import MissingExtra, pip_command
from gridemp.worlds.gymnasium import from_gymnasium, make_world

TAXI = newest("Taxi")


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
    assert world.maze.name == "FrozenLake-v1, 8x8, not slippery"


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
    env = gymnasium.make(TAXI)
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
        (f"{TAXI}?fickle_passenger=true", rf"fickle passenger of {TAXI} is not in its table P"),
        ("Nope-v0", r"gymnasium cannot make 'Nope-v0'; NameNotFound: .* doesn't exist"),
        ("FrozenLake-v0", r"gymnasium cannot make 'FrozenLake-v0'; DeprecatedEnv: "),
        ("", r"gymnasium cannot make ''; Error: Malformed environment ID"),
        ("FrozenLake-v1?colour=red", r"unexpected keyword argument 'colour'"),
        ("FrozenLake-v1?map_name=9x9", r"map_name=9x9'; KeyError: '9x9'"),
        ("FrozenLake-v1?is_slippery", r"'is_slippery' is not a list of options; write them as in"),
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
        ([[]], "transitions must have the shape"),
    ],
)
def test_a_malformed_table(table, sentence):
    with pytest.raises(GridempError, match=sentence):
        from_gymnasium(toy(table))


def test_options_are_literals_or_strings():
    lake = make_world('FrozenLake-v1?desc=["SF","HG"]&is_slippery=True&success_rate=0.5')
    assert lake.maze.shape == (2, 2)
    assert lake.maze.name == "FrozenLake-v1, desc SF HG, success rate 0.5, slippery"
    assert lake.probabilities[0, 3].max() == 0.75  # up or left


def test_without_gymnasium(monkeypatch):
    monkeypatch.setitem(sys.modules, "gymnasium", None)
    with pytest.raises(MissingExtra, match=re.escape(f"gymnasium; {pip_command('gymnasium')}")):
        make_world("FrozenLake-v1")


# Any table


# MiniGrid
