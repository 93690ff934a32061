import pytest
from support.command_line import assert_refused, files, run

import gridemp
from gridemp import World, empowerment

pytestmark = pytest.mark.slow

KLYUBIN = World.from_maze(gridemp.load_maze("klyubin"))


def test_diff_takes_two_mazes_or_two_settings(empty_folder):
    settings = run("diff", "klyubin", "--horizon", 2, "--slip-b", 0.1)
    assert settings.exit_code == 0, settings.stderr
    apart = empowerment(World.from_maze(KLYUBIN.maze, slip=0.1), 2).bits
    apart = apart - empowerment(KLYUBIN, 2).bits
    assert f"difference: {apart.min():+.4f} to {apart.max():+.4f} bits" in settings.stdout
    same = run("diff", "box", "box-fixed", "--horizon", 1)
    assert same.exit_code == 0, same.stderr
    refused = run("diff", "klyubin", "room", "--horizon", 2)
    assert refused.exit_code == 1
    assert "give two mazes of the same size" in refused.stderr


def test_a_maze_from_a_pipe_is_read_once():
    text = "...\n.#.\n"
    result = run("diff", "-", "-n", "1", "--slip-b", "0.1", text=text)
    assert result.exit_code == 0, result.stderr
    assert "difference: -" in result.stdout


def test_the_second_map_can_be_without_the_torus_of_the_first():
    result = run("diff", "room", "--horizon", 2, "--torus-x", "--no-torus-b")
    maze = gridemp.load_maze("room")
    one, other = (empowerment(World.from_maze(maze, torus=torus), 2) for torus in ("x", ""))
    apart = other.bits - one.bits
    assert apart.min() < 0
    assert f"difference: {apart.min():+.4f} to {apart.max():+.4f} bits" in result.stdout


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["diff", "klyubin", "--horizon", 2], "under two settings"),
        (["diff", "klyubin", "-n", 1, "--slip", "10%", "--slip-b", 0.1], "under two settings"),
        (["diff", "klyubin", "--horizon", "1,2", "--slip-b", 0.1], "a whole number, not '1,2'"),
        (["diff", "klyubin", "--horizon", 1, "--horizon-b", "1,2"], "a whole number, not '1,2'"),
    ],
)
def test_a_difference_of_nothing_or_of_many_maps_is_refused(empty_folder, words, sentence):
    assert_refused(run(*words), sentence)
    assert files(empty_folder) == []
