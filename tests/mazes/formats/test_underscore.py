import numpy as np
import pytest
from hypothesis import given, settings
from support.formats import assert_mistake, assert_not_expressible, assert_size_is_limited
from support.mutations import assert_refused_or_read
from support.strategies import mazes
from support.texts import THIN

from gridemp import Maze, format_maze, parse_maze

TEXT = """\
 _______
|_  |  _|
|_____|_|
"""


def test_underscores():
    maze = Maze(np.ones((2, 4)), [[0, 1, 0], [0, 0, 1]], [[1, 0, 0, 1]])
    assert parse_maze(TEXT) == maze == parse_maze(TEXT, format="underscore")


@pytest.mark.parametrize(
    "text",
    [
        TEXT.replace("|_____|_|", "|_ _ _|_|"),
        TEXT.replace(" _______", " _ _ _ _"),
        TEXT.replace(" _______", "_________"),
        TEXT.replace(" _______", " _   _"),  # gaps in the outer wall
        "; a comment\n" + TEXT.replace("|_____|_|", "|_ _  |"),
    ],
)
def test_ways_to_draw_the_same_maze(text):
    assert parse_maze(text) == parse_maze(TEXT)


@pytest.mark.parametrize(
    ("text", "line", "column", "sentence"),
    [
        (" ___\n|_|_|\n__ _|", 3, 1, r"there must be \| or a space here, not '_'"),
        (" ___\n|_|||\n|___|", 2, 4, r"there must be _ or a space here, not '\|'"),
        (" _|_\n|_|_|", 1, 3, r"there must be _ or a space here, not '\|'"),
        (" ___\n|_xS|", 2, 3, r"there must be \| or _ or a space here, not 'x'"),
        (" ___", 1, 1, r"below a line of _, draw a line such as \|_ \| for each row"),
        ("_\n|", 1, 1, "below a line of _"),
    ],
)
def test_errors_name_line_and_column(text, line, column, sentence):
    assert_mistake(text, line, column, sentence, "underscore")


def test_too_many_cells_are_refused(monkeypatch):
    assert_size_is_limited(monkeypatch, " _____\n| |_ _|\n|_ _ _|")


@pytest.mark.slow
@settings(max_examples=40)
@given(mazes())
def test_a_drawing_is_read_as_the_maze_that_it_draws(maze):
    maze = Maze(np.ones(maze.shape), maze.wall_right, maze.wall_below)
    assert parse_maze(drawing_of(maze)) == maze
    assert parse_maze(format_maze(maze, format="underscore")) == maze


def drawing_of(maze):
    """Each cell as its floor and its right side."""
    lines = [" " + "_ " * maze.width]
    for row in range(maze.height):
        line = "|"
        for col in range(maze.width):
            line += "_" if row + 1 == maze.height or maze.wall_below[row, col] else " "
            line += "|" if col + 1 == maze.width or maze.wall_right[row, col] else " "
        lines.append(line)
    return "\n".join(lines)


def test_the_text_that_is_written():
    assert format_maze(parse_maze(TEXT), format="underscore") == TEXT
    assert_not_expressible(THIN, "underscore", "a drawing of _ and | cannot show the solid cell")


def test_mutated_drawings_are_read_or_refused():
    read, refused = assert_refused_or_read([TEXT], 200, "underscore")
    assert min(read, refused) > 5
