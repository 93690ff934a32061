import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.formats import assert_mistake
from support.mutations import assert_refused_or_read
from support.strategies import furnished

from gridemp import Maze, MazeWarning, format_maze, parse_maze
from gridemp.mazes.protocol import Choices
from gridemp.mazes.reading import read_maze

TEXT = """\
┌───┬───┐
│   │ S │
│   ╵   │
│       │
└───────┘
"""
MAZE = Maze(np.ones((2, 2)), [[1], [0]], objects={(0, 1): "S"})
# By the sum of 1 for a line up, 2 for one to the right, 4 down, 8 to the left.
STYLES = {
    "light": " ╵╶└╷│┌├╴┘─┴┐┤┬┼",
    "heavy": " ╹╺┗╻┃┏┣╸┛━┻┓┫┳╋",
    "double": " ╵╶╚╷║╔╠╴╝═╩╗╣╦╬",
    "rounded": " ╵╶╰╷│╭├╴╯─┴╮┤┬┼",
}


def rendered(maze, style, wide, high):
    """A maze as a box drawing; at the border, short lines show all corners of cells."""
    height, width = maze.shape
    across = np.pad(maze.wall_below, ((1, 1), (0, 0)), constant_values=True)
    along = np.pad(maze.wall_right, ((0, 0), (1, 1)), constant_values=True)
    lines = []
    for y in range(height * high + 1):
        line = ""
        for x in range(width * wide + 1):
            row, on_row = y // high, y % high == 0
            col, on_col = x // wide, x % wide == 0
            sides = [
                on_col and y > 0 and along[(y - 1) // high, col],
                on_row and x < width * wide and (across[row, x // wide] or x == 0),
                on_col and y < height * high and (along[y // high, col] or y == 0),
                on_row and x > 0 and across[row, (x - 1) // wide],
            ]
            symbol = STYLES[style][sum(2**i for i, side in enumerate(sides) if side)]
            letter = maze.objects.get((row, col), " ")
            centre = y % high == (high + 1) // 2 and x % wide == (wide + 1) // 2
            line += letter if not (on_row or on_col) and centre else symbol
        lines.append(line)
    return "\n".join(lines)


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        TEXT.replace("╵", "+"),
        TEXT.translate(str.maketrans("┌─┬┐│└┘", "╔═╦╗║╚╝")),
        TEXT.translate(str.maketrans("┌─┬┐│╵└┘", "╭━┳╮┃╹╰╯")),
        "; a comment\r\n" + TEXT.replace("\n", "\r\n").replace("   │\r", "  .│\r"),
        "    " + TEXT.strip().replace("\n", "\n    "),
        "┌─┬─┐\n│ │S│\n│ ╵ │\n│   │\n└───┘",
        TEXT.replace("│       │", "        │").replace("───────┘", "───    ┘"),
    ],
)
def test_ways_to_draw_the_same_maze(text):
    assert read_maze(text, "maze", None, Choices())[:2] == (MAZE, ())


@settings(max_examples=30)
@given(
    furnished(max_side=4),
    st.sampled_from(list(STYLES)),
    st.integers(2, 4),
    st.integers(2, 3),
)
def test_a_drawing_is_read_as_the_maze_that_it_draws(maze, style, wide, high):
    maze = Maze(np.ones(maze.shape), maze.wall_right, maze.wall_below, objects=maze.objects)
    text = rendered(maze, style, wide, high)
    assert read_maze(text, "maze", None, Choices()).maze == maze


def test_cells_without_an_inside():
    assert parse_maze("┌┬┐\n├┼┤\n└┴┘") == Maze(np.ones((2, 2)), np.ones((2, 1)), np.ones((1, 2)))
    assert parse_maze("┌┬┐\n│└┤\n└─┘") == Maze(np.ones((2, 2)), [[1], [0]], [[0, 1]])


def test_cells_outside_the_lines_are_left_out():
    with pytest.warns(MazeWarning, match="left out 1 unreachable cell outside the walls, from "):
        maze = parse_maze("┌─┐\n│ │\n│ └─┐\n│   │\n└───┘")
    assert maze.floor.tolist() == [[True, False], [True, True]]


def test_the_size_of_large_cells_is_told():
    with pytest.warns(MazeWarning, match="^maze: the size of a cell is taken as 7 x 1 characters$"):
        assert parse_maze("┌───────┐\n│       │\n└───────┘").shape == (1, 1)


@pytest.mark.parametrize(
    ("text", "line", "column", "sentence"),
    [
        (TEXT.replace("S", "x"), 2, 7, "'x' is not part of a maze; use lines such as ─ and │"),
        (TEXT.replace("S ", "ST"), 2, 7, "a cell must be empty, solid .* or hold one object"),
        (TEXT.replace("─┐", " ┐"), 1, 8, "a line must go from corner to corner of a cell"),
        (TEXT.replace("┬", "T"), 1, 5, "a corner of a cell must be a line or a space"),
        ("T\n" + TEXT, 1, 1, "this character is outside the drawing"),
        ("───", 1, 1, "these lines enclose no cell; draw ┌─┐ around cells"),
        ("│\n│", 1, 1, "these lines enclose no cell"),
        (TEXT.replace("   │ S", "   │\tS"), 2, 6, "this is a tab"),
        ("┌┬┐\n╶┼┤\n└┴┘", 1, 1, "a line must go from corner to corner"),
        ("┌──┐\n│██│\n└──┘", None, None, "no floor cell"),
    ],
)
def test_errors_name_line_and_column(text, line, column, sentence):
    assert_mistake(text, line, column, sentence)


def test_too_many_cells_are_refused(monkeypatch):
    monkeypatch.setattr("gridemp.mazes.text.MAX_CELLS", 15)
    assert_mistake(TEXT, 1, 1, "this drawing is too large; make its cells smaller")


@settings(max_examples=30)
@given(furnished(max_side=4))
def test_mazes_survive_the_way_out_and_back(maze):
    text = format_maze(maze, format="box-drawing")
    assert read_maze(text, "maze", None, Choices())[:2] == (maze, ())


def test_the_text_that_is_written():
    text = "┌───┬───┐\n│ S │███│\n│   └───┤\n│       │\n└───────┘\n"
    maze = Maze([[1, 0], [1, 1]], [[1], [0]], [[0, 1]], objects={(0, 0): "S"})
    assert format_maze(maze, format="box-drawing") == text
    assert format_maze(Maze([[1, 1]]), format="box-drawing") == "┌───┬───┐\n│       │\n└───────┘\n"


def test_mutated_drawings_are_read_or_refused():
    read, refused = assert_refused_or_read([TEXT], 200, "box-drawing")
    assert min(read, refused) > 5
