import pytest
from support.formats import assert_mistake
from support.mutations import assert_refused_or_read

from gridemp import MazeError, load_maze, parse_maze

DRAWING = """\
o---o---o---o
|   |       |
o   o---o   o
|   |       |
o   o   o---o
|       |   |
o---o---o---o
"""
# North 1, east 2, south 4, west 8, row by row from the top, as the drawing shows.
CELLS = [[11, 13, 3], [10, 9, 6], [12, 6, 15]]
ROWS_FROM_TOP = bytes(cell for row in CELLS for cell in row)
ROWS_FROM_BOTTOM = bytes(cell for row in CELLS[::-1] for cell in row)
COLUMNS = bytes(CELLS[2 - y][x] for x in range(3) for y in range(3))
LINES = [
    f"{x} {y} " + " ".join(str(CELLS[2 - y][x] >> bit & 1) for bit in range(4))
    for x in range(3)
    for y in range(3)
]


@pytest.mark.parametrize("data", [COLUMNS, ROWS_FROM_BOTTOM, ROWS_FROM_TOP])
def test_neighbours_show_the_order_of_the_bytes(tmp_path, data):
    path = tmp_path / "mouse.maz"
    path.write_bytes(data)
    maze = load_maze(path)
    assert (maze.name, maze) == ("mouse", parse_maze(DRAWING))
    path.write_bytes(bytes(byte | 0x50 for byte in data))  # other bits, such as visited cells
    assert load_maze(path) == maze


@pytest.mark.parametrize("lines", [LINES, LINES[::-1], ["; a maze", *sorted(LINES)]])
def test_lines_of_numbers(tmp_path, lines):
    for suffix in ("num", "maz"):
        path = tmp_path / f"mouse.{suffix}"
        path.write_text("\n".join(lines) + "\n")
        assert load_maze(path) == parse_maze(DRAWING)


def test_mazes_of_numbers_need_not_be_square():
    assert parse_maze("0 0 1 0 1 1\n1 0 1 1 1 0\n", format="maz").shape == (1, 2)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "has one byte for each cell of a square"),
        (COLUMNS[:8], "has one byte for each cell of a square, such as 256 .* but this one has 8"),
        (bytes([13, 3, *COLUMNS[2:]]), "disagree on the wall between them"),
        (
            b"\x8d" + COLUMNS[1:],
            r"cells x = 0, y = 1 and x = 0, y = 0 disagree .* \(1 such walls in all\); give it",
        ),
        (LINES[1:], "there is no line for x = 0, y = 0; add one"),
        (["999999 999999 0 0 0 0"], "there is no line for x = 0, y = 0"),
        ([*LINES[:-1], "2 2 1 1 0 1"], "cells x = 1, y = 2 and x = 2, y = 2 disagree"),
    ],
)
def test_mazes_that_contradict_themselves_are_refused(tmp_path, data, sentence):
    path = tmp_path / "mouse.maz"
    path.write_bytes(data if isinstance(data, bytes) else "\n".join(data).encode())
    with pytest.raises(MazeError, match=sentence):
        load_maze(path)


@pytest.mark.parametrize(
    ("text", "line", "sentence"),
    [
        ("0 0 1 1 1 1\n1 0 1 1 1", 2, "a line gives x and y of a cell and 1 or 0 for each"),
        ("x y\n0 0 1 1 1 0", 1, "such as 0 0 0 1 1 1"),
        ("\n0 0 1 1 1 1\n0 0 1 1 1 1", 3, "this is a second line for x = 0, y = 0"),
    ],
)
def test_errors_name_line_and_column(text, line, sentence):
    assert_mistake(text, line, 1, sentence, "maz")


def test_too_many_cells_are_refused(monkeypatch):
    monkeypatch.setattr("gridemp.mazes.text.MAX_CELLS", 8)
    with pytest.raises(MazeError, match="has 9 cells, more than the 8 allowed"):
        parse_maze("\1" * 9, format="maz")


@pytest.mark.parametrize("data", [COLUMNS, "\n".join(LINES).encode()])
def test_mutated_mazes_are_read_or_refused(data):
    read, refused = assert_refused_or_read([data], 500, "maz")
    assert read
    assert refused
