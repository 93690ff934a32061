import pytest
from hypothesis import given
from support.formats import (
    assert_mistake,
    assert_not_expressible,
    assert_round_trip,
    assert_size_is_limited,
    expressible,
)
from support.mutations import assert_refused_or_read

from gridemp import Maze, MazeWarning, format_maze, parse_maze

UMAZE = "#####\\#GOO#\\###O#\\#OOO#\\#####"  # D4RL's smallest maze
FLOOR = [[1, 1, 1], [0, 0, 1], [1, 1, 1]]


@pytest.mark.parametrize(
    "text",
    [
        UMAZE,
        UMAZE + "\\\n",
        UMAZE.replace("\\", "\\\n"),
        UMAZE.replace("\\", "\n"),
        UMAZE.replace("O", " "),
        UMAZE.replace("O", "0"),
    ],
)
def test_rows_are_separated_by_backslashes_or_on_lines(text):
    maze = Maze(FLOOR, objects={(0, 0): "G"})
    assert parse_maze(text, format="d4rl") == maze
    if "O" in text or "\\" in text:
        with pytest.warns(MazeWarning, match="read as a D4RL maze with O for floor or"):
            assert parse_maze(text) == maze


def test_longer_rows_are_cut_as_d4rl_does():
    with pytest.warns(MazeWarning, match="longer rows are cut to the width of the first"):
        assert parse_maze("###\\#O##\\###", format="d4rl") == Maze([[1]])


@pytest.mark.parametrize(
    ("text", "line", "column", "sentence"),
    [
        ("###\\#O#\\#", 1, 1, "a row of this line has 1 characters and the first has 3"),
        ("###\\#x#\\###", 1, 6, "'x' is not part of a maze; use # for wall, O for floor or G"),
        ("\\###\\#O#", 1, 1, "the first row is empty"),
        ("###\\###", None, None, "no floor cell"),
    ],
)
def test_errors_name_line_and_column(text, line, column, sentence):
    assert_mistake(text, line, column, sentence, "d4rl")


def test_too_many_cells_are_refused(monkeypatch):
    assert_size_is_limited(monkeypatch, "OOO\\OOO", "d4rl")


@pytest.mark.slow
@given(expressible("d4rl"))
def test_mazes_survive_the_way_out_and_back(maze):
    assert_round_trip(maze, "d4rl")


def test_the_text_that_is_written():
    assert format_maze(parse_maze("#####\n#G..#\n#####"), format="d4rl") == "#####\\#GOO#\\#####\n"
    assert_not_expressible("..T", "d4rl", "a D4RL maze cannot show the trap at x = 2, y = 0")


def test_mutated_drawings_are_read_or_refused():
    read, refused = assert_refused_or_read([UMAZE], 200, "d4rl")
    assert min(read, refused) > 5
