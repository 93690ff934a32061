import pytest
from hypothesis import given
from support.formats import assert_mistake, assert_not_expressible, assert_size_is_limited
from support.mutations import assert_refused_or_read
from support.strategies import furnished, mazes
from support.texts import THIN

from gridemp import GridempError, Maze, format_maze, parse_maze


def test_blocks():
    maze = parse_maze("#####\n#. .#\n#.#.#\n#####\n")
    assert maze == Maze([[1, 1, 1], [1, 0, 1]])


def test_only_a_whole_ring_is_outer_wall():
    assert parse_maze("###\n#..\n###").shape == (3, 3)
    assert parse_maze("..\n.#").shape == (2, 2)
    assert parse_maze("#####\n#####\n##.##\n#####\n#####").shape == (3, 3)


@pytest.mark.parametrize(
    "text", ["#..\n...", "#  \n. .\n", "\ufeff#..\r\n...\r\n", ";x\n#..\n;\n..."]
)
def test_ways_to_write_the_same_blocks(text):
    assert parse_maze(text) == Maze([[0, 1, 1], [1, 1, 1]])


def test_a_blank_first_row_is_floor_if_it_is_as_wide_as_the_rest():
    assert parse_maze("   \n # \n   ") == Maze([[1, 1, 1], [1, 0, 1], [1, 1, 1]])


def test_letters_are_objects():
    objects = {(0, 0): "T", (0, 1): "$", (1, 1): "~"}
    assert parse_maze("T$.\n#~.") == Maze([[1, 1, 1], [0, 1, 1]], objects=objects)


@pytest.mark.parametrize(
    ("text", "line", "column", "sentence"),
    [
        ("####\n####", None, None, "no floor cell"),
        ("....\n...\n", 2, 4, "has 3 characters and the first has 4"),
        ("....\n\n....\n", 2, 1, "this line is blank, and a file holds one maze"),
        ("....\n. ..  \n", 2, 5, "has 6 characters"),
        ("; c\n....\n..x.\n", 3, 3, "'x' is not part of a maze"),
        ("..\n.\t", 2, 2, "has 1 characters"),
        ("...\n.\t.", 2, 2, "this is a tab; use spaces"),
        ("# a maze\n####\n#..#\n####", 1, 3, "'a' is not part of a maze; if .* comment, .* ;$"),
        ("#....\n##abc", 2, 3, "if this line is a comment, begin it with ;$"),
        ("####\n#.z#\n####", 2, 3, "'z' is not part of a maze; use # for wall"),
        ("..\n.\u00e9", 2, 2, "is not part"),
        ("  ####\n  ####\n  ####", 1, 1, "the drawing is indented"),
        ("..\n.H", 2, 2, "'H' is not part of a maze; use .* or another `format`"),
    ],
)
def test_errors_name_line_and_column(text, line, column, sentence):
    assert_mistake(text, line, column, sentence)


def test_too_many_cells_are_refused(monkeypatch):
    assert_size_is_limited(monkeypatch, "...\n...")


@given(mazes(thin=False))
def test_mazes_survive_the_way_out_and_back(maze):
    assert parse_maze(format_maze(maze)) == maze
    assert parse_maze(format_maze(maze, thin=False)) == maze


@pytest.mark.slow
@given(furnished(max_side=6))
def test_objects_survive_the_way_out_and_back(maze):
    blocks = Maze(maze.floor, objects=maze.objects)
    assert parse_maze(format_maze(blocks, thin=False)) == blocks


def test_errors_name_what_cannot_be_shown():
    sentence = "the block text cannot show the thin wall at x = 0, y = 1"
    assert_not_expressible(THIN, "block", sentence)
    with pytest.raises(GridempError, match=sentence):
        format_maze(parse_maze(THIN), thin=False)


def test_mutated_texts_are_read_or_refused():
    read, refused = assert_refused_or_read(
        ["#######\n#..#.T#\n#S.$ ~#\n#######\n", "  ####\n###..#\n#....#\n######\n"], 300, "block"
    )
    assert read
    assert refused
