import numpy as np
import pytest
from hypothesis import given
from support.strategies import furnished, mazes

import gridemp
from gridemp import Maze, MazeError, format_maze, parse_maze
from gridemp.mazes.bundled import bundled_mazes

THIN = """\
+---+---+
|   |   |
+   +---+
|    ###|
+---+---+
"""


def test_blocks():
    maze = parse_maze("#####\n#. .#\n#.#.#\n#####\n")
    assert maze == Maze([[1, 1, 1], [1, 0, 1]])


def test_only_a_whole_ring_is_outer_wall():
    assert parse_maze("###\n#..\n###").shape == (3, 3)
    assert parse_maze("..\n.#").shape == (2, 2)
    assert parse_maze("#####\n#####\n##.##\n#####\n#####").shape == (3, 3)


def test_the_room_is_eleven_by_eleven():
    assert gridemp.load_maze("room") == Maze(np.ones((11, 11)))


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


@pytest.mark.parametrize(
    "text", ["#..\n...", "#  \n. .\n", "\ufeff#..\r\n...\r\n", ";x\n#..\n;\n..."]
)
def test_ways_to_write_the_same_blocks(text):
    assert parse_maze(text) == Maze([[0, 1, 1], [1, 1, 1]])


def test_a_blank_first_row_is_floor_if_it_is_as_wide_as_the_rest():
    assert parse_maze("   \n # \n   ") == Maze([[1, 1, 1], [1, 0, 1], [1, 1, 1]])


def test_a_wall_drawn_twice_is_one_wall():
    maze = parse_maze("+-+-+\n| |#|\n+-+-+")
    assert gridemp.empowerment(gridemp.World.from_maze(maze), 3).bits.tolist() == [0]


@given(mazes())
def test_thin_text_and_back(maze):
    assert parse_maze(format_maze(maze)) == maze
    assert parse_maze(format_maze(maze, thin=True)) == maze


@given(mazes(thin=False))
def test_block_text_and_back(maze):
    assert parse_maze(format_maze(maze)) == maze
    assert parse_maze(format_maze(maze, thin=False)) == maze


@given(furnished(max_side=6))
def test_objects_survive_the_way_to_text_and_back(maze):
    assert parse_maze(format_maze(maze, thin=True)) == maze
    blocks = Maze(maze.floor, objects=maze.objects)
    assert parse_maze(format_maze(blocks, thin=False)) == blocks


def test_objects_in_both_dialects():
    objects = {(0, 0): "T", (0, 1): "$", (1, 1): "~"}
    assert parse_maze("T$.\n#~.") == Maze([[1, 1, 1], [0, 1, 1]], objects=objects)
    thin = "+---+---+\n| T    $|\n+   +   +\n|###|~  |\n+---+---+"
    walls = {"wall_right": [[0], [1]]}
    assert parse_maze(thin) == Maze([[1, 1], [0, 1]], **walls, objects=objects)


def test_blocks_cannot_show_thin_walls():
    with pytest.raises(
        gridemp.GridempError, match="the block text cannot show the thin wall at x = 0, y = 1"
    ):
        format_maze(parse_maze(THIN), thin=False)


@pytest.mark.parametrize("name", bundled_mazes())
def test_bundled_mazes_survive_the_way_out_and_back(name):
    maze = gridemp.load_maze(name)
    assert maze.name == name
    assert parse_maze(format_maze(maze)) == maze


@pytest.mark.parametrize("name", ["room", "klyubin"])
def test_the_reference_mazes_are_written_exactly_as_published(name):
    text = bundled_mazes()[name].read_text(encoding="utf-8")
    assert format_maze(gridemp.load_maze(name)) == text


@pytest.mark.parametrize(
    ("text", "line", "column", "sentence"),
    [
        ("", None, None, "empty"),
        ("\n\n", None, None, "empty"),
        ("  \n  ", None, None, "empty"),
        ("; only a comment", None, None, "empty"),
        ("####\n####", None, None, "no floor cell"),
        ("....\n...\n", 2, 4, "has 3 characters and the first has 4"),
        ("....\n\n....\n", 2, 1, "has 0 characters"),
        ("....\n....  \n", 2, 5, "has 6 characters"),
        ("; c\n....\n..x.\n", 3, 3, "'x' is not part of a maze"),
        ("..\n.\t", 2, 2, r"'\\t' is not part"),
        ("..\n.\u00e9", 2, 2, "is not part"),
        ("+---+\n|   |\n+---", 3, 5, "has 4 characters"),
        ("+---+\n|   |\n", 2, 1, "end in a line of posts"),
        ("+---+---+", 1, 1, "end in a line of posts"),
        ("+---+--+\n|   |  |\n+---+--+", 1, 8, "posts stand 4 characters apart"),
        ("+---+---+\n|   |   |\n+--+----+", 3, 4, "only - .* or a space can stand, not '\\+'"),
        ("+---+---+\n|   |   |\n+---- --+", 3, 5, "a post .* is due here"),
        ("+---+---+\n|   x   |\n+---+---+", 2, 5, r"only \| .* not 'x'"),
        ("+---+---+\n|   |  x|\n+---+---+", 2, 8, "a cell holds spaces"),
        ("+---+---+\n|   |  \u00e9|\n+---+---+", 2, 8, "not '\u00e9'"),
        ("+---+---+\n|   | ##|\n+---+---+", 2, 7, "a cell is drawn over its whole width"),
        ("+---+---+\n|   |   |\n+   +-- +", 3, 8, "a wall between two posts is drawn"),
        ("++\n++", 1, 1, "the first line must start with posts"),
        ("+\n|\n+", 1, 1, "the first line must start with posts"),
        ("+==+\n|  |\n+==+", 1, 2, "the first line must start with posts"),
        (" +--+\n |  |\n +--+", 1, 1, "the first line must start with posts"),
        ("+--+\n|\t |\n+--+", 2, 2, "a tab stands here; use spaces"),
        ("  ####\n  #..#\n  ####", 1, 1, "the drawing is indented"),
        ("+---+\n|###|\n+---+", None, None, "no floor cell"),
        ("+---+\n|#$#|\n+---+", 2, 3, "over its whole width or not at all, or holds one object"),
        ("+---+\n|$ T|\n+---+", 2, 3, "over its whole width or not at all, or holds one object"),
        ("..\n.H", 2, 2, "'H' is not part of a maze; use .* or another --format"),
    ],
)
def test_errors_name_line_and_column(text, line, column, sentence):
    with pytest.raises(MazeError, match=sentence) as caught:
        parse_maze(text)
    assert (caught.value.line, caught.value.column) == (line, column)


def test_a_file_with_an_error_is_named(tmp_path):
    path = tmp_path / "bad.txt"
    path.write_text("...\n.?.\n")
    with pytest.raises(MazeError) as caught:
        gridemp.load_maze(path)
    assert str(caught.value) == (
        f"{path}, line 2, column 2: '?' is not part of a maze; "
        "use # for wall, . or space for floor, an object (T $ B ~ ^ > v < S G), or another --format"
    )


def test_too_many_cells_are_refused(monkeypatch):
    monkeypatch.setattr("gridemp.mazes.text.MAX_CELLS", 5)
    for text in ("...\n...", "+-+-+-+\n|     |\n+ + + +\n|     |\n+-+-+-+"):
        with pytest.raises(MazeError, match="has 6 cells, more than the 5 allowed"):
            parse_maze(text)


def test_a_file_beside_a_bundled_name_wins(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "room").write_text("..\n")
    assert gridemp.load_maze("room").shape == (1, 2)
    assert gridemp.load_maze("klyubin").shape == (10, 10)
    (tmp_path / "klyubin").mkdir()
    assert gridemp.load_maze("klyubin").shape == (10, 10)
