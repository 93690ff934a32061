import pytest
from support.command_line import assert_refused, files, run

import gridemp
from gridemp import World, empowerment

KLYUBIN = World.from_maze(gridemp.load_maze("klyubin"))


@pytest.mark.slow
def test_sensitivity_names_the_best_door():
    result = run("sensitivity", "klyubin", "--horizon", 5)
    assert result.stdout.splitlines()[1] == (
        "largest gain: open the wall between (2, 1) and (2, 2), mean 4.7834 +0.1310 bits"
    )
    maze = gridemp.load_maze("klyubin")
    below = maze.wall_below.copy()
    below[7, 2] = False  # between y = 2 and y = 1
    opened = gridemp.Maze(maze.floor, maze.wall_right, below)
    gain = empowerment(World.from_maze(opened), 5).bits.mean() - empowerment(KLYUBIN, 5).bits.mean()
    assert f"{gain:+.4f}" == "+0.1310"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["sensitivity", "gym:FrozenLake-v1", "--horizon", 3], "takes mazes only"),
        (["sensitivity", "room", "--horizon", 2, "--heading", "mean"], "leave out --heading"),
        (
            ["sensitivity", "room", "--horizon", 2, "--cell", "1,1", "--cell", "2,2"],
            "give --cell once",
        ),
    ],
)
def test_walls_that_cannot_be_tried_are_refused(empty_folder, words, sentence):
    assert_refused(run(*words), sentence)
    assert files(empty_folder) == []


def test_a_wall_that_gains_nothing_is_not_called_the_best(empty_folder):
    (empty_folder / "halves.txt").write_text("+-+-+\n| | |\n+ + +\n|   |\n+-+-+\n")
    lines = run("sensitivity", "halves.txt", "--horizon", 9).stdout.splitlines()
    assert lines[1] == "opening a wall gains nothing"
    assert lines[2].startswith("largest loss: wall up the edge between (0, 0) and (1, 0), mean")
