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
from support.texts import MAP

from gridemp import Maze, format_maze, parse_maze


def test_movingai():
    assert parse_maze(MAP, format="movingai") == Maze([[1, 1, 0, 0], [0, 0, 1, 1], [0, 0, 1, 1]])


def test_a_map_keeps_its_ring():
    text = "type octile \nheight  3\nwidth 3\nmap\n@@@\n@.@\n@@@\n"
    assert parse_maze(text, format="movingai").shape == (3, 3)


@pytest.mark.parametrize(
    "change",
    [
        ("type octile\n", ""),
        ("type octile", "type tile"),
        ("height 3\nwidth 4", "width 4\nheight 3"),
        ("map\n", "map\n\n"),
        ("\n", "  \n"),
        ("\n", "\n\n"),
        ("\n", "\t\r\n"),
    ],
)
def test_other_headers_and_blanks_make_no_difference(change):
    assert MAP.replace(*change) != MAP
    assert parse_maze(MAP.replace(*change), format="movingai") == parse_maze(MAP, format="movingai")


def header(**lines):
    given = {"type": "type octile", "height": "height 2", "width": "width 3", "map": "map"} | lines
    return "".join(line + "\n" for line in given.values() if line) + "...\n.@.\n"


@pytest.mark.parametrize(
    ("text", "line", "column", "sentence"),
    [
        (header(type="kind octile"), 1, 1, "must be height, width, type or map"),
        ("o---o\n|   |\no---o", 1, 1, "this is a drawing of thin walls; set `format` to thin"),
        (header(type="type"), 1, 1, "must be type and a word"),
        (header(height=""), 3, 1, "add height and a number above this"),
        (header(width=""), 3, 1, "add width and a number above this"),
        (header(width="height 2"), 3, 1, "this is a second height; keep one"),
        (header(height="height two"), 2, 8, "must be height and a number"),
        (header(height="height 0"), 2, 8, "must be height and a number"),
        (header(width="width -3"), 3, 7, "must be width and a number"),
        (header(width="width " + 5000 * "3"), 3, 7, "must be width and a number"),
        (header(map=""), 4, 1, "must be height, width, type or map"),
        ("type octile\nheight 2", 2, 1, "add map below this"),
        ("type octile\nheight 2\nwidth 3\nmap", 2, 8, "height 2, but 0 rows follow"),
        (header(height="height 3"), 2, 8, "height 3, but 2 rows follow"),
        (header(width="width  4"), 3, 8, "width 4, but all rows have 3 characters"),
        (header() + "....\n", 2, 8, "height 2, but 3 rows follow"),
        (header(height="height 3") + "....", 7, 4, "width 3, but this row has 4 characters"),
        (MAP.replace("TW", "T#"), 6, 2, "'#' is not part of a maze; use one of"),
    ],
)
def test_errors_name_line_and_column(text, line, column, sentence):
    assert_mistake(text, line, column, sentence, "movingai")


def test_too_many_cells_are_refused(monkeypatch):
    text = "type octile\nheight 2\nwidth 3\nmap\n...\n..."
    assert_size_is_limited(monkeypatch, text, "movingai")


@given(expressible("movingai"))
def test_mazes_survive_the_way_out_and_back(maze):
    assert_round_trip(maze, "movingai")


def test_the_text_that_is_written():
    written = "type octile\nheight 2\nwidth 2\nmap\n@.\n..\n"
    assert format_maze(parse_maze("#.\n.."), format="movingai") == written


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("..\nT.", r"a MovingAI map cannot show the trap at x = 0, y = 0;"),
        ("S.", r"a MovingAI map cannot show the start, .* at x = 0, y = 0;"),
        ("+-+\n| |\n+-+\n| |\n+-+", r"cannot show the thin wall at x = 0, y = 1;"),
    ],
)
def test_errors_name_what_cannot_be_shown(text, sentence):
    assert_not_expressible(text, "movingai", sentence)


def test_terrain_is_left_out():
    head = "type octile\nheight 1\nwidth 4\nmap\n"
    assert_left_out("movingai", head + ".STW", head + "..@@")


def test_mutated_texts_are_read_or_refused():
    read, refused = assert_refused_or_read([MAP, "height 1\nwidth 2\nmap\n..\n"], 300, "movingai")
    assert read
    assert refused
