import numpy as np
import pytest
from hypothesis import given, settings
from support.formats import assert_mistake, assert_not_expressible, assert_size_is_limited
from support.mutations import assert_refused_or_read
from support.strategies import furnished, masks

from gridemp import Maze, MazeWarning, format_maze, parse_maze
from gridemp.mazes.protocol import Choices
from gridemp.mazes.reading import read_maze

BLOCKS = "#####\n#.#S#\n#...#\n#.#.#\n#####\n"
QUARTERS = " ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█"  # 1 upper left, 2 upper right, 4 lower left, 8 lower right


@pytest.mark.parametrize("floor", " .░·")
@pytest.mark.parametrize("wall", "█▓")
def test_one_character_for_each_cell(wall, floor):
    text = BLOCKS.replace("#", wall).replace(".", floor)
    assert read_maze(text, "maze", None, Choices())[:2] == (parse_maze(BLOCKS), ())


@pytest.mark.parametrize("agent", ["S ", " S", "A "])
def test_two_characters_for_each_cell(agent):
    text = BLOCKS.replace("#", "██").replace(".", "  ").replace("S", agent)
    text = "\n".join(f"  {line}" for line in text.splitlines())
    reading = read_maze(text, "maze", None, Choices())
    assert reading.maze == parse_maze(BLOCKS)
    assert reading.said[-1] == "a cell is taken as two characters wide and one line high"


def test_half_blocks():
    text = "█▀█▀█\n█   █\n▀▀▀▀▀"
    with pytest.warns(MazeWarning, match="taken as one character wide and half a line high"):
        assert parse_maze(text) == parse_maze(
            BLOCKS.replace("#.#S#", "#.#.#").replace("#.#.#\n###", "#...#\n###")
        )


@settings(max_examples=40)
@given(masks((5, 7), minimum=1))
def test_quarters(floor):
    wall = np.pad(~floor.astype(bool), ((1, 2), (1, 2)), constant_values=True)
    wall[-1] = wall[:, -1] = False  # the drawing has an even number of quarters
    sums = wall[::2, ::2] + 2 * wall[::2, 1::2] + 4 * wall[1::2, ::2] + 8 * wall[1::2, 1::2]
    text = "\n".join("".join(QUARTERS[sum] for sum in row) for row in sums.tolist())
    assert read_maze(text, "maze", None, Choices()).maze == Maze(floor)


@pytest.mark.parametrize(
    ("text", "line", "column", "sentence"),
    [
        ("███\n█x█\n███", 2, 2, "'x' is not part of a maze; use █ for wall, . or space for floor"),
        ("██████\n██ST██\n██████", 2, 3, "a cell can hold only one object; remove"),
        ("███\n███", None, None, "no floor cell"),
        ("███\n█\t█\n███", 2, 2, "this is a tab"),
    ],
)
def test_errors_name_line_and_column(text, line, column, sentence):
    assert_mistake(text, line, column, sentence)


def test_too_many_cells_are_refused(monkeypatch):
    assert_size_is_limited(monkeypatch, "█..\n...")


@settings(max_examples=40)
@given(furnished(max_side=5))
def test_mazes_survive_the_way_out_and_back(maze):
    maze = Maze(maze.floor, objects=maze.objects)
    text = format_maze(maze, format="block-elements")
    assert read_maze(text, "maze", None, Choices()).maze == maze


def test_the_text_that_is_written():
    maze = parse_maze("###\n#S#\n#.#\n###")
    assert format_maze(maze, format="block-elements") == "██████\n██S ██\n██  ██\n██████\n"
    thin = "+-+-+\n| | |\n+-+-+"
    assert_not_expressible(
        thin, "block-elements", "a drawing of block elements cannot show the thin"
    )


def test_mutated_drawings_are_read_or_refused():
    read, refused = assert_refused_or_read([BLOCKS.replace("#", "█")], 200, "block-elements")
    assert min(read, refused) > 5
