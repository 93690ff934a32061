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
from support.texts import TAXI

from gridemp import Maze, format_maze, parse_maze


def test_taxi():
    walls = [[0, 1, 0, 0], [0, 1, 0, 0], [0, 0, 0, 0], [1, 0, 1, 0], [1, 0, 1, 0]]
    assert parse_maze(TAXI, format="taxi") == Maze(np.ones((5, 5)), wall_right=walls)


@pytest.mark.parametrize(
    ("text", "line", "column", "sentence"),
    [
        ("+--+\n| :|\n+--+", 1, 4, "one - for each cell and one between two"),
        ("|R:G|\n+---+", 1, 1, "the first line must be"),
        ("+---+\n| : |", 2, 1, "the last line must be like the first"),
        ("+---+\n| : |\n+-+-+", 3, 3, "the last line must be like the first"),
        ("+---+\n+---+", 2, 1, "with the rows of cells between"),
        ("+---+\n| : \n+---+", 2, 4, "has 3 characters"),
        ("+---+\n| : |\n| :X|\n+---+", 3, 4, r"a location \(R G Y B\), not 'X'"),
        ("+---+\n| \u00e9 |\n+---+", 2, 3, "between two cells, not '\u00e9'"),
        ("+---+\n| : :\n+---+", 2, 5, r"must start and end with \|, not ':'"),
    ],
)
def test_errors_name_line_and_column(text, line, column, sentence):
    assert_mistake(text, line, column, sentence, "taxi")


def test_too_many_cells_are_refused(monkeypatch):
    assert_size_is_limited(monkeypatch, "+-----+\n| : : |\n| : : |\n+-----+", "taxi")


@given(expressible("taxi"))
def test_mazes_survive_the_way_out_and_back(maze):
    assert_round_trip(maze, "taxi")


def test_the_text_that_is_written():
    maze = parse_maze("+-+-+-+\n| |   |\n+ + + +\n|   | |\n+-+-+-+")
    assert format_maze(maze, format="taxi") == "+-----+\n| | : |\n| : | |\n+-----+\n"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("+-+\n| |\n+-+\n| |\n+-+", r"the Taxi map cannot show the thin wall at x = 0, y"),
        ("..\n.#", r"the Taxi map cannot show the solid cell at x = 1, y = 0;"),
        ("..\n.S", r"the Taxi map cannot show the start, .* at x = 1, y = 0;"),
    ],
)
def test_errors_name_what_cannot_be_shown(text, sentence):
    assert_not_expressible(text, "taxi", sentence)


def test_locations_are_left_out():
    assert_left_out("taxi", "+-------+\n|R:G:Y:B|\n+-------+", "+-------+\n| : : : |\n+-------+")


def test_gymnasium_drives_through_the_walls_that_are_read():
    taxi = required("gymnasium.envs.toy_text.taxi")
    maze = parse_maze("\n".join(taxi.MAP), format="taxi")
    env = taxi.TaxiEnv()
    for row in range(5):
        for col in range(4):
            state = env.encode(row, col, 0, 1)
            [(_, after, _, _)] = env.P[state][2]
            assert (after == state) == maze.wall_right[row, col]
    env.close()


def test_mutated_texts_are_read_or_refused():
    read, refused = assert_refused_or_read([TAXI], 300, "taxi")
    assert read
    assert refused
