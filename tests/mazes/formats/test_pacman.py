import pytest
from hypothesis import given
from support.formats import (
    assert_left_out,
    assert_mistake,
    assert_not_expressible,
    assert_round_trip,
    assert_size_is_limited,
    expressible,
)
from support.mutations import assert_refused_or_read
from support.texts import LAYOUT

from gridemp import Maze, format_maze, parse_maze


def test_pacman():
    floor = [[1, 1, 1, 1, 1], [1, 0, 0, 0, 1], [1, 1, 1, 1, 1]]
    assert parse_maze(LAYOUT, format="pacman") == Maze(floor, objects={(2, 2): "S"})


def test_a_layout_with_a_gap_in_its_ring_keeps_it():
    assert parse_maze("%%%\n%P \n%%%", format="pacman").shape == (3, 3)


@pytest.mark.parametrize("text", ["%%%%\n%P.%\n%%%%%", "%%%%\n%P.%.%\n%%%%", "%%%%  \n%P %\n%%%%"])
def test_the_first_line_gives_the_width(text):
    assert parse_maze(text, format="pacman") == parse_maze("%%%%\n%P %\n%%%%", format="pacman")


@pytest.mark.parametrize(
    ("text", "line", "column", "sentence"),
    [
        ("%%%\n%P%\n%#%", 3, 2, "'#' is not part of a maze; use % for wall"),
        ("%%%%\n%P.%\n%%", 3, 3, "has 2 characters and the first has 4"),
        ("  %%%\n  %%%\n  %%%", 1, 1, "the drawing is indented"),
        ("%%%\n%5%\n%%%", 2, 2, "'5' is not part"),
    ],
)
def test_errors_name_line_and_column(text, line, column, sentence):
    assert_mistake(text, line, column, sentence, "pacman")


def test_too_many_cells_are_refused(monkeypatch):
    assert_size_is_limited(monkeypatch, "P..\n...", "pacman")


@given(expressible("pacman"))
def test_mazes_survive_the_way_out_and_back(maze):
    assert_round_trip(maze, "pacman")


def test_the_text_that_is_written():
    written = "%%%%%\n%%P %\n%   %\n%%%%%\n"
    assert format_maze(parse_maze("#S.\n..."), format="pacman") == written


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("..\nS~", r"a Pac-Man layout cannot show the ice at x = 1, y = 0;"),
        ("...", r"needs one Pac-Man, but the maze has 0 starts; mark one start with S"),
        ("S.S", r"needs one Pac-Man, but the maze has 2 starts; mark one start with S"),
    ],
)
def test_errors_name_what_cannot_be_shown(text, sentence):
    assert_not_expressible(text, "pacman", sentence)


def test_food_and_ghosts_are_left_out():
    assert_left_out("pacman", "%P.oG1234%", "%P       %")


def test_mutated_texts_are_read_or_refused():
    read, refused = assert_refused_or_read([LAYOUT], 300, "pacman")
    assert read
    assert refused
