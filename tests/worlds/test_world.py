import numpy as np
import pytest
from hypothesis import given
from scipy import sparse
from support.places import places
from support.simulator import Simulator
from support.strategies import worlds

import gridemp
from gridemp import World, parse_maze


@given(worlds())
def test_successors_are_those_of_the_simulator(world):
    simulator = Simulator(world.maze, world.actions)
    at = places(world)
    for state, place in enumerate(at):
        for a, action in enumerate(world.actions):
            assert at[world.successors[state, a, 0]] == simulator.move(place, action)


@given(worlds(max_side=3, slips=(1e-9, 0.3, 1.0)))
def test_noise_is_that_of_the_simulator(world):
    simulator = Simulator(world.maze, world.actions, world.conditions.slip)
    at = places(world)
    for state, place in enumerate(at):
        for a, action in enumerate(world.actions):
            expected = simulator.step({place: 1.0}, action)
            found = dict.fromkeys(at, 0.0)
            for s, p in zip(world.successors[state, a], world.probabilities[state, a], strict=True):
                found[at[s]] += p
            for end in at:
                assert found[end] == pytest.approx(expected[end], abs=1e-15)


def test_actions():
    maze = parse_maze(".")
    assert World.from_maze(maze).actions == ("north", "east", "south", "west", "stay")
    assert World.from_maze(maze, stay=False).actions == ("north", "east", "south", "west")
    assert len(World.from_maze(maze, moves="king").actions) == 9


def test_no_corner_is_cut():
    corner = parse_maze("+-+-+\n|   |\n+ +-+\n|   |\n+-+-+")  # a wall under the top right cell
    world = World.from_maze(corner, moves="king")
    southeast = world.actions.index("southeast")
    assert world.successors[0, southeast, 0] == 0
    open_world = World.from_maze(parse_maze("..\n.."), moves="king")
    assert open_world.successors[0, southeast, 0] == 3


@pytest.mark.parametrize("slip", [-0.1, 1.1, float("nan"), float("inf")])
def test_slip_is_a_probability(slip):
    with pytest.raises(gridemp.GridempError, match="slip is a probability from 0 to 1"):
        World.from_maze(parse_maze("."), slip=slip)


def test_unknown_moves():
    with pytest.raises(gridemp.GridempError, match="no moves 'queen'; use one of nesw, king, turn"):
        World.from_maze(parse_maze("."), moves="queen")


@pytest.mark.parametrize(
    ("options", "conditions"),
    [
        ({}, "no noise"),
        ({"slip": 0.1}, "slip 0.1"),
        ({"moves": "king", "stay": False}, "king moves, no stay, no noise"),
    ],
)
def test_conditions_say_what_is_not_the_default(options, conditions):
    assert str(World.from_maze(parse_maze("."), **options).conditions) == conditions


def test_probabilities_sum_to_one():
    world = World.from_maze(gridemp.load_maze("klyubin"), moves="king", slip=0.3)
    np.testing.assert_allclose(world.probabilities.sum(axis=2), 1)
    assert not world.deterministic


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"successors": [[[0]], [[2]]]}, "successors must hold numbers of states, from 0 to 1"),
        ({"successors": [[[0]], [[-1]]]}, "successors must hold numbers of states, from 0 to 1"),
        ({"successors": [[[0.0]], [[1.0]]]}, "successors holds whole numbers, not float64"),
        ({"successors": [[0], [1]]}, r"successors has shape \(2, 1\); .* need \(2, 1, K\)"),
        ({"actions": ("a", "b")}, r"2 states in `cell` and 2 actions need \(2, 2, K\)"),
        ({"probabilities": [[[1.0, 0.0]], [[1.0, 0.0]]]}, r"probabilities has shape \(2, 1, 2\)"),
        ({"sensor": [0]}, r"sensor has shape \(1,\), not \(2,\)"),
        ({"cell": [0, 2]}, "cell must hold numbers of floor cells, from 0 to 1"),
    ],
)
def test_a_world_by_hand_names_the_field_that_is_wrong(fields, sentence):
    right = {
        "maze": gridemp.parse_maze(".."),
        "actions": ("swap",),
        "successors": [[[1]], [[0]]],
        "probabilities": [[[1.0]], [[1.0]]],
        "sensor": [0, 1],
        "cell": [0, 1],
    }
    assert gridemp.empowerment(gridemp.World(**right), 3).bits.tolist() == [0, 0]
    with pytest.raises(gridemp.GridempError, match=sentence):
        gridemp.World(**right | fields)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"slip": "a"}, "slip is a probability from 0 to 1, not 'a'"),
        ({"slip": None}, "slip is a probability from 0 to 1, not None"),
        ({"within": 0}, "`within` is a number of steps, 1 or more, not 0"),
        ({"within": 1.5}, "`within` is a number of steps, 1 or more, not 1.5"),
        ({"within": "a"}, "`within` is a number of steps, 1 or more, not 'a'"),
    ],
)
def test_options_of_the_wrong_kind(options, sentence):
    with pytest.raises(gridemp.GridempError, match=sentence):
        World.from_maze(parse_maze("..."), **options)


def test_true_is_a_whole_torus():
    maze = parse_maze("...\n...\n...")
    np.testing.assert_array_equal(
        World.from_maze(maze, torus=True).successors, World.from_maze(maze, torus="xy").successors
    )


@pytest.mark.parametrize(
    ("table", "options", "sentence"),
    [
        ([[[1, 0], [1]], [[0, 1], [1, 0]]], {}, "transitions is an array of numbers"),
        ([], {}, r"transitions has the shape \(S, A, S\), not \(0,\)"),
        ("x", {}, "transitions is an array of numbers"),
        (sparse.csr_array((2, 2)), {}, "a list of one sparse matrix per action"),
        (
            [sparse.csr_array((2, 2)), sparse.csr_array((3, 3))],
            {},
            r"of action 1 has shape \(3, 3\)",
        ),
        ([sparse.csr_array((2, 3))], {}, r"of action 0 has shape \(2, 3\)"),
        (np.ones((1, 2, 1)), {"actions": ["a"]}, "`actions` has 1 different names; give 2"),
        (np.ones((1, 2, 1)), {"sensor": [0, 1]}, "each of the 1 states, not 2 labels"),
        (np.ones((1, 2, 1)), {"sensor": [{}]}, "labels of a sensor are numbers, strings or rows"),
        (np.ones((1, 2, 1)), {"sensor": 5}, "labels of a sensor are numbers, strings or rows"),
        (np.ones((1, 2, 1)), {"actions": ["a", "a"]}, "`actions` has 1 different names; give 2"),
        (np.ones((1, 2, 1)), {"cell": [[0]]}, r"cell has shape \(1, 1\), not \(1,\)"),
        (np.full((2, 1, 2), 0.4), {}, "of action '0' in state 0 sum to 0.8, not 1; make them"),
        (np.full((1, 1, 1), 0.5), {}, "of action '0' in state 0 sum to 0.5, not 1; make them"),
    ],
)
def test_tables_that_are_no_worlds(table, options, sentence):
    with pytest.raises(gridemp.GridempError, match=sentence):
        World.from_transitions(table, **options)


def test_padding_leads_nowhere_new():
    table = np.zeros((4, 1, 4))
    table[:, 0, :] = [[0.5, 0.5, 0, 0], [0, 0, 1, 0], [0, 0, 0.5, 0.5], [0, 0, 0, 1]]
    world = World.from_transitions(table)
    assert world.successors.tolist() == [[[0, 1]], [[2, 2]], [[2, 3]], [[3, 3]]]


def test_rows_of_labels_are_a_sensor():
    world = World.from_maze(parse_maze("....")).with_sensor([(0, 0), (0, 1), (0, 1), (1, 0)])
    assert world.sensor.tolist() == [0, 1, 1, 2]
    assert "own sensor" in str(world.conditions)


@pytest.mark.parametrize(
    ("labels", "numbers"),
    [
        ([1, "1", 2], [0, 1, 2]),
        ([2**63, 2**63 + 1, -1], [0, 1, 2]),
        (["a", "a\0", None], [0, 1, 2]),
        ([frozenset("ab"), frozenset("ba"), 0.5], [0, 0, 1]),
        (np.array([[1, 2], [1, 3], [1, 2]]), [0, 1, 0]),
        (np.array(["b", "a", "b"]), [1, 0, 1]),
    ],
)
def test_labels_that_differ_stay_apart(labels, numbers):
    world = World.from_maze(parse_maze("...")).with_sensor(labels)
    assert world.sensor.tolist() == numbers


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"starts": [[0, 1]]}, "starts must hold numbers of states"),
        ({"starts": 1}, "starts must hold numbers of states"),
        ({"heading": [0]}, r"heading has shape \(1,\), not \(2,\)"),
        ({"heading": [0, 7]}, "heading must hold numbers of headings, from 0 to 3"),
        ({"probabilities": np.broadcast_to(0.5, (2, 1, 1))}, "sum to 0.5, not 1"),
        ({"torus": "z"}, "there is no torus 'z'"),
    ],
)
def test_fields_of_a_hand_made_world(fields, sentence):
    right = {
        "maze": parse_maze(".."),
        "actions": ("go",),
        "successors": [[[1]], [[0]]],
        "probabilities": [[[1.0]], [[1.0]]],
        "sensor": [0, 1],
        "cell": [0, 1],
    }
    World(**right)
    with pytest.raises(gridemp.GridempError, match=sentence):
        World(**{**right, **fields})
