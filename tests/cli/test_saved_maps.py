"""Files of maps in place of mazes."""

import numpy as np
import pytest
from support.command_line import assert_refused, files, run

import gridemp


@pytest.fixture
def saved(empty_folder):
    assert run("values", "klyubin", "-n", 2, "--slip", 0.1, "-o", "map.npz").exit_code == 0
    return empty_folder


@pytest.mark.slow
def test_a_saved_map_is_drawn_as_the_map_itself(saved):
    result = run("heatmap", "map.npz", "--ink", "--output", "saved.svg")
    straight = run("heatmap", "klyubin", "-n", 2, "--slip", 0.1, "--ink", "--output", "own.svg")
    assert result.stdout.splitlines()[1] == straight.stdout.splitlines()[1]
    one, other = (saved / "saved.svg").read_text(), (saved / "own.svg").read_text()
    commands = "heatmap map.npz --ink", "heatmap klyubin -n 2 --slip 0.1 --ink"
    assert commands[0] in one
    assert one.replace(*commands) == other


@pytest.mark.filterwarnings("always::gridemp.MazeWarning")
def test_an_archive_of_an_array_is_a_maze(saved):
    np.savez(saved / "maze.npz", [[1, 1, 1, 1], [1, 0, 0, 1], [1, 1, 1, 1]])
    result = run("heatmap", "maze.npz", "-n", 1, "-o", "maze.svg")
    assert result.stdout.splitlines()[1].endswith("1.00 bits, 2 outcomes; 2 cells share it")
    assert "maze.npz: 1 is taken as wall, because the outer ring consists of it" in result.stderr
    result = run("heatmap", "map.npz", "maze.npz", "-n", 1)
    assert_refused(result, "map.npz is a saved map and maze.npz is a maze; draw them in separate")


@pytest.mark.slow
def test_the_default_name_is_that_of_the_file(saved):
    assert run("heatmap", "map.npz").stdout.splitlines()[0] == "figures/map.png"
    assert files(saved) == ["figures/map.png", "map.npz"]


@pytest.mark.slow
def test_several_saved_maps_are_panels(saved):
    assert run("values", "klyubin", "-n", 1, "-o", "other.npz").exit_code == 0
    lines = run("heatmap", "map.npz", "other.npz").stdout.splitlines()
    assert lines[0] == "figures/map-other.png"
    assert [line[:9] for line in lines[1:]] == ["(a) peak:", "(b) peak:"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "flag"),
    [
        (["--horizon", 2], "--horizon"),
        (["--slip", 0], "--slip"),
        (["--no-stay"], "--no-stay"),
        (["--stay"], "--stay"),
        (["--moves", "king"], "--moves"),
        (["--torus"], "--torus"),
        (["--sensor", "row"], "--sensor"),
        (["--bounds"], "--bounds"),
        (["--source", "uniform"], "--source"),
        (["--tol", "1e-3"], "--tol"),
        (["--format", "block"], "--format"),
        (["--level", 1], "--level"),
    ],
)
def test_what_would_change_the_map_is_refused(saved, words, flag):
    result = run("heatmap", "map.npz", *words)
    assert_refused(result, f"map.npz is a saved map and has its settings already; leave out {flag}")
    assert files(saved) == ["map.npz"]


def test_a_heading_is_chosen_where_the_map_has_them_all(empty_folder):
    world = gridemp.World.from_maze(gridemp.load_maze("klyubin"), moves="turn")
    gridemp.empowerment(world, 2).save("all.npz")
    assert run("heatmap", "all.npz", "--heading", "north", "-o", "n.svg").exit_code == 0
    assert "heading north" in (empty_folder / "n.svg").read_text()
    assert run("values", "klyubin", "-n", 2, "--moves", "turn", "-o", "best.npz").exit_code == 0
    result = run("heatmap", "best.npz", "--heading", "north")
    assert_refused(result, "best.npz holds only the best heading; leave out --heading")


def test_a_map_does_not_stand_beside_a_maze(saved):
    for words in (["map.npz", "klyubin"], ["klyubin", "map.npz", "-n", 2]):
        result = run("heatmap", *words)
        assert_refused(result, "map.npz is a saved map and klyubin is a maze; draw them in")


def test_files_that_hold_no_map(saved):
    (saved / "text.npz").write_text("...\n")
    assert_refused(run("heatmap", "text.npz"), "text.npz is not a complete .npz file")
    assert_refused(run("heatmap", "gone.npz"), "cannot read gone.npz: No such file or directory")


@pytest.mark.slow
@pytest.mark.parametrize(
    "words",
    [
        ("values", "map.npz", "-n", 2),
        ("cell", "map.npz", 5, 5, "-n", 2),
        ("sensitivity", "map.npz", "-n", 2),
        ("walk", "map.npz", "-n", 2),
        ("convert", "map.npz", "maze.txt"),
        ("explore", "map.npz"),
    ],
)
def test_other_commands_need_a_maze(saved, words):
    assert_refused(run(*words), "map.npz: this is a map, not a maze; load_map reads it")


def test_a_maze_needs_a_horizon(empty_folder):
    result = run("heatmap", "klyubin")
    assert result.exit_code == 2
    assert "Missing option '--horizon' / '-n'." in result.stderr
    assert (
        result.stderr.replace("heatmap", "values").splitlines()[1:]
        == (run("values", "klyubin").stderr.splitlines()[1:])
    )
