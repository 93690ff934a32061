import numpy as np
import pytest

from gridemp import World, parse_maze
from gridemp.worlds.names import outcome_names, sequence_names


@pytest.mark.parametrize(
    ("actions", "names"),
    [
        (("north", "stay"), ("NN", "N·", "·N", "··")),
        (("north", "northeast"), ("N-N", "N-NE", "NE-N", "NE-NE")),
        (("left", "forward"), ("LL", "LF", "FL", "FF")),
        (("wait", "go"), ("WW", "WG", "GW", "GG")),
        (("go", "get"), ("go-go", "go-get", "get-go", "get-get")),
    ],
)
def test_names_of_sequences(actions, names):
    assert sequence_names(actions, 2) == names


def named(world, ends, outcome):
    return outcome_names(world, np.array(ends), np.array(outcome))


def test_outcomes_of_one_cell_are_called_by_it():
    world = World.from_maze(parse_maze("..\n.."))
    assert named(world, [0, 3], [0, 1]) == ["(0, 1)", "(1, 0)"]
    assert named(world, [3, 0], [1, 0]) == ["(0, 1)", "(1, 0)"]


def test_outcomes_of_several_cells_are_called_by_what_tells_them_apart():
    world = World.from_maze(parse_maze("..\n.."))
    assert named(world, [0, 1, 2, 3], [0, 0, 1, 1]) == ["y = 1", "y = 0"]
    assert named(world, [0, 1, 2, 3], [0, 1, 0, 1]) == ["x = 0", "x = 1"]
    assert named(world, [0, 1, 2, 3], [0, 1, 1, 0]) == ["(1, 0) and 1 more", "(0, 0) and 1 more"]


def test_outcomes_of_one_heading_are_called_by_it_too():
    world = World.from_maze(parse_maze("."), moves="turn")
    assert named(world, [0, 1], [0, 1]) == ["(0, 0) N", "(0, 0) E"]
    assert named(world, [0, 1, 2], [0, 0, 1]) == ["(0, 0)", "(0, 0) S"]


def test_outcomes_are_called_by_what_the_agent_holds():
    world = World.from_maze(parse_maze(".k"), moves="turn", hands=True)
    east, pickup = 1, world.actions.index("pickup")
    after = int(world.successors[east, pickup, 0])
    assert named(world, [east, after], [0, 1]) == ["(0, 0) E", "(0, 0) E + key"]
    assert named(world, [east, after, 0], [0, 0, 1]) == ["(0, 0) E", "(0, 0) N"]


def test_outcomes_of_the_same_name_are_numbered():
    maze = parse_maze("..")
    world = World.from_transitions(np.eye(3)[:, None], maze=maze, cell=[0, 0, 1])
    assert named(world, [0, 1, 2], [0, 1, 2]) == ["(0, 0) #1", "(0, 0) #2", "(1, 0)"]
