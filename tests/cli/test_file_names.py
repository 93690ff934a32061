import pytest
from support.command_line import run

from gridemp import Maze
from gridemp.cli.file_names import is_list, list_part, maze_part


def test_figures_of_other_settings_have_other_names(empty_folder):
    for words in (
        ["diff", "klyubin", "--horizon", 1, "--slip-b", 0.1],
        ["diff", "klyubin", "--horizon", 1, "--moves-b", "king", "--no-stay-b"],
        ["curve", "klyubin", "--horizon", "1,2", "--cell", "5,5"],
        ["sensitivity", "dead-end", "--horizon", 1, "--cell", "13,2"],
    ):
        result = run(*words)
        assert result.exit_code == 0, result.stderr
    assert {path.name for path in (empty_folder / "figures").iterdir()} == {
        "klyubin-h1-slip0.1-difference.png",
        "klyubin-h1-king-no-stay-difference.png",
        "klyubin-x5-y5-curve.png",
        "dead-end-h1-x13-y2-walls.png",
    }


@pytest.mark.parametrize(
    ("text", "part"),
    [("1..3", "1-to-3"), ("0,0.1", "0-0.1"), ("0..0.3:0.1", "0-to-0.3-0.1"), ("2", "2")],
)
def test_a_list_is_readable_in_a_file_name(text, part):
    assert list_part(text) == part
    assert is_list(text) == (text != "2")


def test_a_maze_in_a_folder_is_one_part_of_a_file_name():
    assert maze_part(Maze([[1]], name="rooms/small")) == "rooms-small"
