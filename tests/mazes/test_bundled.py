import numpy as np
import pytest

import gridemp
from gridemp import GridempError, Maze, format_maze, parse_maze
from gridemp.mazes.bundled import bundled_mazes, description, find_maze


@pytest.mark.parametrize("name", bundled_mazes())
def test_bundled_mazes_survive_the_way_out_and_back(name):
    maze = gridemp.load_maze(name)
    assert maze.name == name
    assert parse_maze(format_maze(maze)) == maze


@pytest.mark.parametrize("name", ["room", "klyubin"])
def test_the_reference_mazes_are_written_exactly_as_published(name):
    text = bundled_mazes()[name].read_text(encoding="utf-8")
    assert format_maze(gridemp.load_maze(name)) == text


def test_the_room_is_eleven_by_eleven():
    assert gridemp.load_maze("room") == Maze(np.ones((11, 11)))


def test_each_bundled_maze_is_described():
    about = {name: description(path) for name, path in bundled_mazes().items()}
    assert all(about.values())
    assert about["room"] == "an empty room: the middle can reach more than the corners"


def test_a_file_beside_a_bundled_name_wins(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "room").write_text("..\n")
    assert gridemp.load_maze("room").shape == (1, 2)
    assert gridemp.load_maze("klyubin").shape == (10, 10)
    (tmp_path / "klyubin").mkdir()
    assert gridemp.load_maze("klyubin").shape == (10, 10)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("klyubn", "no bundled maze 'klyubn'; did you mean the bundled maze 'klyubin'?"),
        ("", "give a path, or one of the names"),
        ("zzz\0", "give a path, or one of the names"),
    ],
)
def test_a_name_of_nothing_is_refused_with_the_nearest_name(name, sentence):
    with pytest.raises(GridempError, match=sentence):
        find_maze(name)


@pytest.mark.parametrize("name", ["FrozenLake-v1", "minigrid:MiniGrid-Empty-5x5-v0?seed=0"])
def test_the_name_of_an_environment_is_recognised(name):
    with pytest.raises(GridempError) as error:
        find_maze(name)
    assert str(error.value).endswith(f"; did you mean the environment gym:{name}?")
