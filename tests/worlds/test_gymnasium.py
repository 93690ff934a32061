"""Worlds of environments with a table, against what Gymnasium does itself."""

import pickle
from dataclasses import replace
from types import SimpleNamespace

import gymnasium
import numpy as np
import pytest
import scipy.sparse
from support.environments import newest
from support.worlds import dense

from gridemp import GridempError, World, empowerment
from gridemp.worlds.environments.name import make_world
from gridemp.worlds.gymnasium import from_gymnasium

TAXI = newest("Taxi")


def toy(table, **fields):
    """Just as much of an environment as a table needs."""
    return SimpleNamespace(P=table, spec=SimpleNamespace(id="Toy-v0"), **fields)


def going(*targets, terminated=False):
    return [(1 / len(targets), target, 0.0, terminated) for target in targets]


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
    assert np.argwhere(~world.maze.floor).tolist() == [[3, col] for col in range(1, 11)]
    assert world.maze.objects == {(3, 0): "S", (3, 11): "G"}
    assert world.start_states.tolist() == [*range(37), 47]  # all but those of the cliff
    for state in world.start_states:
        row, col = divmod(int(state), 12)
        assert world.maze.cells[world.cell[state]].tolist() == [row, col]
    assert world.actions == ("north", "east", "south", "west")
    assert world.successors[36, :, 0].tolist() == [24, 36, 36, 36]  # east is the cliff
    assert world.successors[47, :, 0].tolist() == [47] * 4
    emap = empowerment(world, 1)
    assert emap.grid()[[3, 3, 2], [11, 0, 1]].tolist() == [0, 1, 2]
    assert np.isnan(emap.grid()[3, 1:11]).all()


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
    emap = empowerment(world, 2)
    outcomes = emap.outcomes[list(emap.states).index(riding)]
    assert outcomes == empowerment(on_foot, 2).outcomes[12]
    assert empowerment(world, 3).one_per_cell().grid().shape == (5, 5)


def walked(env, seeds, steps):
    """States that an environment is in on walks at random, by the numbers that it returns."""
    found = set()
    for seed in range(seeds):
        state, _ = env.reset(seed=seed)
        env.action_space.seed(seed)
        for _ in range(steps):
            found.add(int(state))
            state, _, terminated, _, _ = env.step(env.action_space.sample())
            if terminated:
                found.add(int(state))
                break
    return found


def test_taxi_starts_where_the_taxi_can_get():
    """The passenger is never set down at the destination by anything but the last drop-off."""
    env = gymnasium.make(TAXI).unwrapped
    world = from_gymnasium(env)
    starts = set(world.start_states.tolist())
    assert len(starts) == 404
    decoded = {state: tuple(env.decode(state)) for state in range(500)}
    delivered = {s for s, (_, _, passenger, to) in decoded.items() if passenger == to}
    corners = {s for s in delivered if decoded[s][:2] == env.locs[decoded[s][3]]}
    assert starts == set(range(500)) - delivered | corners
    assert walked(env, 30, 60) <= starts


def test_all_states_are_start_states_if_the_environment_does_not_say_where_it_begins():
    table = [[going(1)], [going(1)]]
    assert from_gymnasium(toy(table)).starts is None
    isd = from_gymnasium(toy(table, isd=np.array([0.0, 1.0])))
    assert isd.starts.tolist() == [1]
    assert isd.maze.floor.all()  # a strip has no solid cells
    shaped = from_gymnasium(toy(table, isd=np.array([0.0, 1.0]), shape=(1, 2)))
    assert shaped.maze.floor.tolist() == [[False, True]]


# Tables that are arrays

LAKE = gymnasium.make("FrozenLake-v1", is_slippery=True).unwrapped


def array_of(env):
    """P[s, a, s'] of an environment with a table; terminal states have no transitions."""
    array = np.zeros((env.observation_space.n, env.action_space.n, env.observation_space.n))
    for state, row in env.P.items():
        for action, outcomes in row.items():
            for probability, target, _, _ in outcomes:
                array[state, action, target] += probability
    array[[5, 7, 11, 12, 15]] = 0
    return array


@pytest.mark.parametrize(
    "convert",
    [
        lambda array: array,
        lambda array: [scipy.sparse.csr_array(array[:, a]) for a in range(4)],
        lambda array: scipy.sparse.coo_array(array),
    ],
    ids=["dense", "matrices", "sparse"],
)
def test_a_table_can_be_an_array(convert):
    world = from_gymnasium(toy(convert(array_of(LAKE)), desc=LAKE.desc))
    expected = from_gymnasium(LAKE)
    np.testing.assert_allclose(dense(world), dense(expected), atol=1e-15)
    assert world.maze.objects == expected.maze.objects


def test_an_environment_says_which_states_of_an_array_are_terminal():
    table = np.array([[[0, 1.0]], [[1, 0]]])
    assert from_gymnasium(toy(table)).successors.ravel().tolist() == [1, 0]
    ends = from_gymnasium(toy(table, terminal_states=[1]))
    assert ends.successors.ravel().tolist() == [1, 1]
    with pytest.raises(GridempError, match="terminal_states of Toy-v0 must hold numbers of states"):
        from_gymnasium(toy(table, terminal_states=[2]))


# The state of an environment


@pytest.mark.parametrize("name", ["FrozenLake-v1", "CliffWalking-v1", TAXI])
def test_the_state_of_an_environment_is_found(name):
    env = gymnasium.make(name)
    world = from_gymnasium(env)
    emap = empowerment(world, 1)
    state, _ = env.reset(seed=3)
    env.action_space.seed(3)
    for _ in range(20):
        assert world.state_of(env) == world.state_of(env.unwrapped) == state
        assert emap.at(env) == emap.bits[list(emap.states).index(state)]
        assert emap.at(env, values=emap.gap) <= 1e-6
        state, _, terminated, _, _ = env.step(env.action_space.sample())
        if terminated:
            break


def test_a_map_without_the_state_of_an_environment_has_no_value():
    env = gymnasium.make(TAXI)
    emap = empowerment(from_gymnasium(env), 1)
    env.reset(seed=0)
    here = emap.world.state_of(env)
    with pytest.raises(
        GridempError, match=f"no value for state {here}, the current state of the e"
    ):
        emap.one_per_cell().at(env)
    elsewhere = replace(emap.world, starts=emap.world.starts[emap.world.starts != here])
    with pytest.raises(
        GridempError, match=f"no value for state {here}, .* for all states with agents"
    ):
        empowerment(elsewhere, 1).at(env)


def test_an_environment_whose_state_is_not_found():
    env = gymnasium.make("FrozenLake-v1")
    world = from_gymnasium(env)
    with pytest.raises(
        GridempError, match="cannot find the current state of FrozenLake-v1; call its reset"
    ):
        world.state_of(env)
    larger = gymnasium.make("FrozenLake-v1", map_name="8x8")
    larger.reset(seed=0)
    with pytest.raises(GridempError, match="world was made from FrozenLake-v1, with 16 states, n"):
        world.state_of(larger)
    with pytest.raises(GridempError, match="`env` must be an environment, not None"):
        world.state_of(None)
    copied = pickle.loads(pickle.dumps(world))
    np.testing.assert_array_equal(copied.successors, world.successors)
    for other in (copied, World.from_maze(world.maze)):
        with pytest.raises(GridempError, match="is not linked to an environment"):
            other.state_of(env)


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
    ("table", "sentence"),
    [
        ({0: {0: going(1)}}, "action 0 in state 0 of Toy-v0 leads to state 1; .* from 0 to 0"),
        ({0: {0: going(0), 1: going(0)}, 1: {0: going(0)}}, "state 1 of Toy-v0 has 1 actions and"),
        ({1: {0: going(0)}}, r"must hold lists P\[s\]\[a\]"),
        ({}, r"must hold lists P\[s\]\[a\]"),
        (np.ones((2, 1, 2)), "probabilities of action '0' in state 0 sum to 2, not 1"),
        (np.ones((2, 2)), r"table P of Toy-v0 cannot be read: .* shape \(S, A, S\), not \(2, 2\)"),
        (np.full((2, 1, 2), None), r"must hold lists P\[s\]\[a\]"),
        ([[[(0.5, 0, 0.0, False)]]], "probabilities of action '0' in state 0 sum to 0.5, not 1"),
        ([[[]]], "probabilities of action '0' in state 0 sum to 0, not 1"),
        ([[]], "transitions must have the shape"),
    ],
)
def test_a_malformed_table(table, sentence):
    with pytest.raises(GridempError, match=sentence):
        from_gymnasium(toy(table))
