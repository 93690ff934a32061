import numpy as np
import pytest
from hypothesis import given
from support.extras import required
from support.formats import (
    assert_left_out,
    assert_mistake,
    assert_not_expressible,
    assert_round_trip,
    assert_size_is_limited,
    expressible,
)
from support.mutations import assert_refused_or_read
from support.texts import LAKE

from gridemp import Maze, MazeWarning, format_maze, parse_maze


def test_frozen_lake():
    traps = dict.fromkeys([(1, 1), (1, 3), (2, 3), (3, 0), (3, 3)], "T")
    maze = parse_maze(LAKE, format="frozenlake")
    assert maze == Maze(np.ones((4, 4)), objects={(0, 0): "S", **traps})


@pytest.mark.parametrize("separator", [" ", ",", "\t", ", "])
def test_blanks_and_commas_between_letters(separator):
    text = "\n".join(separator.join(line) for line in LAKE.split())
    assert parse_maze(text, format="frozenlake") == parse_maze(LAKE, format="frozenlake")


def test_a_lake_with_blanks_is_recognised():
    with pytest.warns(MazeWarning, match="read as a FrozenLake map"):
        maze = parse_maze(LAKE.replace("", " "))
    assert maze == parse_maze(LAKE, format="frozenlake")


@pytest.mark.parametrize(
    ("text", "line", "column", "sentence"),
    [
        ("SF\nF.", 2, 2, "'.' is not part of a maze; use S for the start"),
        ("SFF\nFF", 2, 3, "has 2 characters and the first has 3"),
    ],
)
def test_errors_name_line_and_column(text, line, column, sentence):
    assert_mistake(text, line, column, sentence, "frozenlake")


def test_too_many_cells_are_refused(monkeypatch):
    assert_size_is_limited(monkeypatch, "SFF\nFFF", "frozenlake")


@given(expressible("frozenlake"))
def test_mazes_survive_the_way_out_and_back(maze):
    assert_round_trip(maze, "frozenlake")


def test_the_text_that_is_written():
    assert format_maze(parse_maze("S.T\n..S"), format="frozenlake") == "SFH\nFFS\n"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("S.\n.G", r"FrozenLake cannot show the goal, .* at x = 1, y = 0;"),
        ("S.#\n...", r"FrozenLake cannot show the solid cell at x = 2, y = 1;"),
        ("+-+-+\n|S| |\n+-+-+", r"cannot show the thin wall at x = 0, y = 0;"),
        ("..T", r"FrozenLake needs a start; mark one with S in the maze"),
    ],
)
def test_errors_name_what_cannot_be_shown(text, sentence):
    assert_not_expressible(text, "frozenlake", sentence)


def test_goals_are_left_out():
    assert_left_out("frozenlake", "SG\nfg", "SH\nFH")


def test_gymnasium_takes_the_lake_that_is_written():
    gymnasium = required("gymnasium")
    maze = parse_maze("S.T\n..T\nS..")
    desc = format_maze(maze, format="frozenlake").splitlines()
    lake = gymnasium.make("FrozenLake-v1", desc=desc, is_slippery=False).unwrapped
    starts = np.reshape(lake.initial_state_distrib, maze.shape)
    assert starts.tolist() == [[0.5, 0, 0], [0, 0, 0], [0.5, 0, 0]]
    ends = {
        divmod(state, 3)
        for state, moves in lake.P.items()
        if all((after, ended) == (state, True) for [(_, after, _, ended)] in moves.values())
    }
    assert ends == {(0, 2), (1, 2)}
    lake.close()


def test_mutated_texts_are_read_or_refused():
    read, refused = assert_refused_or_read([LAKE], 300, "frozenlake")
    assert read
    assert refused
