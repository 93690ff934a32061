import pytest
from support.texts import LAKE, LAYOUT, MAP, MICROBAN, MOUSE, TAXI

import gridemp
from gridemp import GridempError, MazeError, parse_maze
from gridemp.mazes.protocol import Choices
from gridemp.mazes.reading import read_maze


def test_a_file_with_an_error_is_named(tmp_path):
    path = tmp_path / "bad.txt"
    path.write_text("...\n.?.\n")
    with pytest.raises(MazeError) as caught:
        gridemp.load_maze(path)
    assert str(caught.value) == (
        f"{path}, line 2, column 2: '?' is not part of a maze; "
        "use # for wall, . or space for floor, an object (T $ B ~ ^ > v < S G D d b k r y l c m "
        "K R Y L C M), another character for walls with `wall`, a `legend` or another `format`"
    )


@pytest.mark.parametrize(
    ("suffix", "text", "shape"),
    [
        (".map", MAP, (3, 4)),
        (".xsb", MICROBAN, (5, 4)),
        (".sok", MICROBAN, (5, 4)),
        (".LAY", LAYOUT, (3, 5)),
        (".txt", MOUSE, (2, 3)),
    ],
)
def test_the_suffix_tells_the_format(tmp_path, suffix, text, shape):
    path = tmp_path / f"maze{suffix}"
    path.write_text(text)
    maze = gridemp.load_maze(path)
    assert (maze.name, maze.shape) == ("maze", shape)


@pytest.mark.parametrize(
    ("format", "text", "shape"), [("frozenlake", LAKE, (4, 4)), ("taxi", TAXI, (5, 5))]
)
def test_a_format_without_a_suffix_is_named(tmp_path, format, text, shape):
    path = tmp_path / "maze.txt"
    path.write_text(text)
    assert gridemp.load_maze(path, format=format).shape == shape


def test_a_level_of_a_file(tmp_path):
    path = tmp_path / "set.sok"
    path.write_text(MICROBAN + "\n####\n#@ #\n####\n")
    maze = gridemp.load_maze(path, level=2)
    assert (maze.name, maze.shape) == ("set-2", (1, 2))


def test_there_is_no_second_level_of_one_maze():
    with pytest.raises(GridempError, match="there is no level 2; the format block has no levels"):
        parse_maze("..", level=2)


def test_an_unknown_format_is_refused_with_the_known_ones():
    for name in ("minigird", "Minigrid"):
        with pytest.raises(GridempError, match=f"no format '{name}'; did you mean 'minigrid'"):
            parse_maze("...", format=name)
    with pytest.raises(GridempError, match="there is no format 'doom'; use one of block, thin, "):
        parse_maze("..", format="doom")


def test_parts_that_a_maze_leaves_out_are_counted():
    parts = ["food (3)", "power capsules (1)", "ghosts (1)", "contest agents (2)"]
    assert list(read_maze(LAYOUT, "maze", "pacman", Choices()).left_out) == parts
    assert read_maze("..", "maze", None, Choices()).left_out == ()
