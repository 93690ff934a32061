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
from support.texts import MICROBAN

from gridemp import GridempError, Maze, MazeError, format_maze, parse_maze


def test_sokoban():
    floor = [[1, 1, 0, 0], [1, 1, 0, 0], [1, 1, 1, 1], [1, 1, 1, 1], [1, 1, 0, 0]]
    objects = {(0, 1): "G", (2, 0): "$", (2, 1): "S", (3, 2): "$"}
    assert parse_maze(MICROBAN, format="sokoban") == Maze(floor, objects=objects)


@pytest.mark.parametrize("space", "-_")
def test_floor_in_other_characters(space):
    maze = parse_maze(MICROBAN, format="sokoban")
    head, drawing = MICROBAN.split("\n\n")
    assert parse_maze(f"{head}\n{drawing.replace(' ', space)}", format="sokoban") == maze


@pytest.mark.parametrize(
    "text",
    [
        "######\n#p-bo#\n######",
        "XXXXXX\nX@ $.X\nXXXXXX",
        "; one\nXXXXXX\nXp-boX\nXXXXXX\nTitle: Xylophone",
        "6#|#@-$.#|6#",
        "6#|#@-$.#|6#|",
        "6#\n#@-$.#\n6#",
        "6#|1#p-bo#|6#",
    ],
)
def test_other_letters_and_runs(text):
    level = parse_maze("######\n#@ $.#\n######", format="sokoban")
    assert parse_maze(text, format="sokoban") == level


def test_letters_on_goals():
    letters = parse_maze("#####\n#PoB#\n#####", format="sokoban")
    assert letters == parse_maze("#####\n#+.*#\n#####", format="sokoban")


def test_levels_of_runs_are_told_apart():
    text = "3#|#@#|3#\n\nTitle\n4#|#@.#|4#\n"
    floors = [parse_maze(text, format="sokoban", level=i).shape for i in (1, 2)]
    assert floors == [(1, 1), (1, 2)]


def test_what_is_outside_the_walls_is_not_floor():
    text = "  #####\n###   ##\n#+#$ .#* .\n#   ###\n#####\n"
    maze = Maze([[0, 0, 1, 1, 1], [1, 0, 1, 1, 1], [1, 1, 1, 0, 0]])
    maze = Maze(maze.floor, objects={(1, 0): "S", (1, 2): "$", (1, 4): "G"})
    assert parse_maze(text, format="sokoban") == maze


def test_other_lines_separate_levels():
    text = (
        "Corridors\n\n###\n#@#\n###\nTitle: one\n####\n#@.#\n####\n; three\n*###*\n#@ $#\n*###*\n"
    )
    levels = [parse_maze(text, format="sokoban", level=i) for i in (1, 2, 3)]
    assert levels == [
        Maze([[1]], objects={(0, 0): "S"}),
        Maze([[1, 1]], objects={(0, 0): "S", (0, 1): "G"}),
        Maze([[1, 1, 1]], objects={(0, 0): "S", (0, 2): "$"}),
    ]
    for level in (0, 4):
        with pytest.raises(
            GridempError, match=f"no level {level}; set `level` to a number from 1 to 3"
        ) as caught:
            parse_maze(text, format="sokoban", level=level)
        assert not isinstance(caught.value, MazeError)


@pytest.mark.parametrize(
    ("text", "line", "column", "sentence"),
    [
        ("Title\nno board", 1, 1, "no Sokoban level"),
        ("\n###\n# #\n###", 2, 1, "no player"),
        ("#####\n#@ +#\n#####", 2, 4, "a second player"),
        ("#####\n#@ x#\n#####", 2, 4, "'x' is not part of a maze"),
        ("#####\n#@\n#####", 2, 5, "gets out of the level here"),
        ("#####\n@   #\n#####", 2, 1, "gets out of the level here"),
        ("#####\n#@$ #\n#$###\n", 3, 2, "gets out of the level here"),
        ("###\n#@# $\n###\n", 2, 5, "this box is outside"),
        ("99999999#\n#@#\n###", None, None, "more than the 20,000,000 allowed"),
        ("15000000#\n15000000#\n#@#", None, None, "more than the 20,000,000 allowed"),
        ("###\n#@1\n###", 2, 3, "'1' is not part of a maze"),
        ("Title\n0#", 2, 1, "this level is empty"),
        ("######\n#@#$.#\n######\n", 2, 4, "this box is outside"),
    ],
)
def test_errors_name_line_and_column(text, line, column, sentence):
    assert_mistake(text, line, column, sentence, "sokoban")


def test_too_many_cells_are_refused(monkeypatch):
    assert_size_is_limited(monkeypatch, "###\n#@#", "sokoban")


@pytest.mark.slow
@given(expressible("sokoban"))
def test_mazes_survive_the_way_out_and_back(maze):
    assert_round_trip(maze, "sokoban")


def test_the_text_that_is_written():
    written = "#####\n#@$.#\n# # #\n#####\n"
    assert format_maze(parse_maze("S$G\n.#."), format="sokoban") == written


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("S.\n$T", r"a Sokoban level cannot show the trap at x = 1, y = 0;"),
        ("..$", r"needs one player, but the maze has 0 starts; mark one start with S"),
        ("S.S", r"needs one player, but the maze has 2 starts; mark one start with S"),
        ("S.#\n.#.", r"cannot show the floor at x = 2, y = 0, to which no path leads from the"),
    ],
)
def test_errors_name_what_cannot_be_shown(text, sentence):
    assert_not_expressible(text, "sokoban", sentence)


def test_hidden_goals_are_left_out():
    assert_left_out("sokoban", "#####\n#+ *#\n#####", "#####\n#@ $#\n#####")


def test_mutated_texts_are_read_or_refused():
    read, refused = assert_refused_or_read([MICROBAN, "6#|#@-$.#|6#\n"], 300, "sokoban")
    assert read
    assert refused
