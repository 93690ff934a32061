import pytest
from hypothesis import given
from support.formats import assert_mistake, assert_size_is_limited
from support.mutations import assert_refused_or_read
from support.strategies import furnished, mazes
from support.texts import THIN

import gridemp
from gridemp import Maze, format_maze, parse_maze


def test_thin_walls():
    maze = parse_maze(THIN)
    assert maze == Maze([[1, 1], [1, 0]], wall_right=[[1], [0]], wall_below=[[0, 1]])


@pytest.mark.parametrize(
    "text",
    [
        "+-+-+\n| | |\n+ +-+\n|  #|\n+-+-+",
        "o--o--o\n|  |  |\no  o--o\n|   ##|\no--o--o\n",
        THIN.replace("\n", "\r\n"),
        THIN.replace("\n", "\r"),
        "\ufeff" + THIN,
        "; a comment\n\n" + THIN + "\n\n",
        THIN.replace("+   +---+", "; in the middle\n+   +---+"),
        "+   +---+\n    |   |\n+   +---+\n     ### \n+---+   +",  # gaps in the outer wall
    ],
)
def test_ways_to_write_the_same_thin_walls(text):
    assert parse_maze(text) == parse_maze(THIN)


def test_a_wall_drawn_twice_is_one_wall():
    maze = parse_maze("+-+-+\n| |#|\n+-+-+")
    assert gridemp.empowerment(gridemp.World.from_maze(maze), 3).bits.tolist() == [0]


def test_letters_are_objects():
    objects = {(0, 0): "T", (0, 1): "$", (1, 1): "~"}
    text = "+---+---+\n| T    $|\n+   +   +\n|###|~  |\n+---+---+"
    assert parse_maze(text) == Maze([[1, 1], [0, 1]], wall_right=[[0], [1]], objects=objects)


@pytest.mark.parametrize(
    ("text", "line", "column", "sentence"),
    [
        ("+---+\n|   |\n+---", 3, 5, "has 4 characters"),
        ("+---+\n|   |\n", 2, 1, "the last line must be one of posts"),
        ("+---+---+", 1, 1, "the last line must be one of posts"),
        ("+---+--+\n|   |  |\n+---+--+", 1, 8, "posts are 4 characters apart"),
        ("+---+---+\n|   |   |\n+--+----+", 3, 4, "- .* or a space between two posts, not '\\+'"),
        ("+---+---+\n|   |   |\n+---- --+", 3, 5, "this must be a post .*, not '-'"),
        ("+---+---+\n|   x   |\n+---+---+", 2, 5, r"must be \| .* between two cells, not 'x'"),
        ("+---+---+\n|   |  x|\n+---+---+", 2, 8, "a cell must be spaces"),
        ("+---+---+\n|   |  \u00e9|\n+---+---+", 2, 8, "not '\u00e9'"),
        ("+---+---+\n|   | ##|\n+---+---+", 2, 7, "a cell must be solid over its whole width"),
        ("+---+---+\n|   |   |\n+   +-- +", 3, 8, "a wall between two posts must fill"),
        ("++\n++", 1, 1, "the first line must start with posts"),
        ("+\n|\n+", 1, 1, "the first line must start with posts"),
        ("+==+\n|  |\n+==+", 1, 2, "the first line must start with posts"),
        (" +--+\n |  |\n +--+", 1, 1, "the first line must start with posts"),
        ("+--+\n|\t |\n+--+", 2, 2, "this is a tab; use spaces"),
        ("+---+\n|###|\n+---+", None, None, "no floor cell"),
        ("+---+\n|#$#|\n+---+", 2, 3, "over its whole width, be empty, or hold one object"),
        ("+---+\n|$ T|\n+---+", 2, 3, "over its whole width, be empty, or hold one object"),
    ],
)
def test_errors_name_line_and_column(text, line, column, sentence):
    assert_mistake(text, line, column, sentence)


def test_too_many_cells_are_refused(monkeypatch):
    assert_size_is_limited(monkeypatch, "+-+-+-+\n|     |\n+ + + +\n|     |\n+-+-+-+")


@pytest.mark.slow
@given(mazes())
def test_mazes_survive_the_way_out_and_back(maze):
    assert parse_maze(format_maze(maze)) == maze
    assert parse_maze(format_maze(maze, thin=True)) == maze


@pytest.mark.slow
@given(furnished(max_side=6))
def test_objects_survive_the_way_out_and_back(maze):
    assert parse_maze(format_maze(maze, thin=True)) == maze


def test_mutated_texts_are_read_or_refused():
    read, refused = assert_refused_or_read([THIN, "  +--+\n  |T |\n+-++ +\n"], 300, "thin")
    assert read
    assert refused
