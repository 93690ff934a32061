import numpy as np
import pytest
from hypothesis import given
from support.formats import assert_mistake, assert_not_expressible, assert_round_trip, expressible
from support.mutations import assert_refused_or_read
from support.texts import MOUSE

from gridemp import Maze, format_maze, parse_maze


def test_micromouse():
    maze = Maze(np.ones((2, 3)), [[0, 1], [1, 0]], [[0, 1, 0]], objects={(0, 0): "G", (1, 0): "S"})
    assert parse_maze(MOUSE, format="micromouse") == maze
    assert format_maze(maze, format="micromouse") == MOUSE


def test_errors_name_line_and_column():
    assert_mistake("o---o\n| x |\no---o", 2, 3, "a cell must be spaces", "micromouse")


@given(expressible("micromouse"))
def test_mazes_survive_the_way_out_and_back(maze):
    assert_round_trip(maze, "micromouse")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("..\n.#", r"a micromouse maze cannot show the solid cell at x = 1, y = 0;"),
        (">.", r"a micromouse maze cannot show the conveyor east at x = 0, y = 0;"),
    ],
)
def test_errors_name_what_cannot_be_shown(text, sentence):
    assert_not_expressible(text, "micromouse", sentence)


def test_mutated_texts_are_read_or_refused():
    read, refused = assert_refused_or_read([MOUSE], 300, "micromouse")
    assert read
    assert refused
