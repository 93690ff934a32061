import warnings
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.command_line import run
from support.formats import grown
from support.strategies import masks
from support.texts import LAKE, LAYOUT, MAP, MICROBAN, MOUSE, TAXI, THIN

import gridemp
from gridemp import Maze, MazeWarning, format_maze, parse_maze
from gridemp.mazes.bundled import bundled_mazes

L_SHAPE = "#####  \n#...###\n#.....#\n#######\n"
L_FLOOR = Maze([[1, 1, 1, 0, 0], [1, 1, 1, 1, 1]])
AROUND = [(i, j) for i in (-1, 0, 1) for j in (-1, 0, 1)]


@st.composite
def drawings(draw):
    """A floor plan, and its drawing with walls around the floor and spaces outside."""
    shape = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    floor = draw(masks(shape, minimum=1))
    cells = [(row + 2, col + 2) for row, col in np.argwhere(floor).tolist()]
    walls = {(row + i, col + j) for row, col in cells for i, j in AROUND} - set(cells)
    grid = {(row, col) for row in range(shape[0] + 4) for col in range(shape[1] + 4)}
    outside = grown({(0, 0)}, grid - walls - set(cells))
    dots = draw(masks(floor.shape))
    drawing = np.full((shape[0] + 4, shape[1] + 4), "#")
    for place in outside:
        drawing[place] = " "
    for row, col in cells:
        drawing[row, col] = "." if dots[row - 2, col - 2] else " "
    down, right = np.nonzero(floor)
    crop = np.s_[down.min() : down.max() + 1, right.min() : right.max() + 1]
    return Maze(floor[crop]), ["".join(row) for row in drawing]


def read(text, format=None):
    """The maze of a text, with or without a warning."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", MazeWarning)
        return parse_maze(text, format=format)


@pytest.mark.slow
@given(drawings(), st.integers(0, 2**14 - 1))
def test_what_closed_walls_shut_out_is_no_cell(drawn, stripped):
    maze, lines = drawn
    # An empty line within a maze is an error, so rows of spaces keep them.
    cut = [
        line.rstrip() if stripped >> i & 1 and line.strip() else line
        for i, line in enumerate(lines)
    ]
    text = "\n".join(cut)
    assert read(text) == maze
    assert parse_maze(format_maze(read(text))) == maze
    layout = text.replace("#", "%")
    assert read(layout, "pacman") == maze


@pytest.mark.parametrize(
    "text",
    [
        L_SHAPE,
        "\n".join(line.rstrip() for line in L_SHAPE.splitlines()),
        "\n" + "".join(f"    {line}\n" for line in L_SHAPE.splitlines()) + "    ",
        L_SHAPE.replace(".", " "),
        L_SHAPE.replace("\n", "\t \t\n"),
        L_SHAPE.replace("###\n", "###   \n"),
    ],
)
def test_ways_to_write_the_same_l_shape(text):
    with pytest.warns(MazeWarning, match="^L: left out 2 unreachable cells outside the walls, "):
        assert parse_maze(text, "L") == L_FLOOR


@pytest.mark.parametrize(
    "text",
    [
        "   \n # \n   ",  # nothing is enclosed
        "#####\n#    \n#   #\n#####",  # a door
        "# ######\n#      #\n# #### #\n# #  # #\n# #### #\n###### #",  # doors, and an island
        " #   \n   ##\n## # \n # # \n   ##",  # walls stand free around a closed cell
        "#### .\n#..###\n#....#\n######",  # floor drawn outside
        "#### S\n#..###\n#....#\n######",
        "####..\n#..###\n#....#\n######",
    ],
)
def test_where_walls_are_open_all_spaces_are_floor(text):
    expected = [[character != "#" for character in line] for line in text.splitlines()]
    assert np.array_equal(parse_maze(text).floor, expected)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (". .\n. \n. .", 2),  # the border is open
        ("#####\n#...#\n######", 3),  # a wall too many
        ("#####\n#...#\n\n#####\n#...#\n#####", 3),
        ("   #\n####\n     ", 3),  # open walls below which a row may be floor
        ("...\n...\n ", 3),
        ("########\n########\n##....##\n##....######\n############\n############", 4),
    ],
)
def test_rows_that_may_lack_floor_are_refused(text, line):
    with pytest.raises(gridemp.MazeError, match=r"lines equally long|is blank, and a") as caught:
        parse_maze(text)
    assert caught.value.line == line


@pytest.mark.parametrize(
    ("text", "format"),
    [
        ("...\n.#.\n", None),
        ("#####\n#   #\n#####\n", None),
        (THIN, None),
        (MOUSE, "micromouse"),
        (LAKE, "frozenlake"),
        (LAYOUT, "pacman"),
        (MAP, "movingai"),
        (MICROBAN, "sokoban"),
        (TAXI, "taxi"),
    ],
)
@pytest.mark.parametrize("end", [" \t", "\t  ", "   "])
def test_blanks_at_the_ends_of_lines_are_no_cells(text, format, end):
    lines = text.splitlines()
    lines[len(lines) // 2] += end
    assert parse_maze("\n".join(lines), format=format) == parse_maze(text, format=format)


@pytest.mark.parametrize("line_end", ["   \n", " \n"])
def test_blanks_at_the_ends_of_all_lines_are_outside_closed_walls(line_end):
    closed = "#####\n#...#\n#####\n"
    assert parse_maze(closed.replace("\n", line_end)) == parse_maze(closed)
    assert parse_maze("##\n. \n".replace("\n", line_end)).floor.sum() > 2  # an open side


@pytest.mark.slow
@pytest.mark.parametrize("shape", [(2, 3), (3, 2)])
def test_a_row_without_its_blanks_never_makes_another_maze(shape):
    """All small drawings, with fewer blanks at the ends of some rows than of others.

    Blanks are strays where all floor of the drawing has dots.
    """
    height, width = shape
    for characters in product("# .", repeat=height * width):
        lines = ["".join(characters[i : i + width]) for i in range(0, height * width, width)]
        ends = [range(len(line.rstrip()), width + 1) for line in lines]
        for lengths in product(*ends):
            text = "\n".join(line[:end] for line, end in zip(lines, lengths, strict=True))
            if len(set(map(len, text.strip("\n").splitlines()))) < 2:
                continue
            try:
                maze = read(text)
            except gridemp.MazeError:
                continue
            if any(" " in line.rstrip() for line in lines) or "." not in text:
                assert maze == read("\n".join(lines)), text
            else:
                assert maze.floor.sum() == text.count("."), text


def test_thin_walls_without_posts_outside():
    corner = "+---+\n|   |\n+---+---+\n|     T |\n+---+---+\n"
    mirrored = "    +---+\n    |   |\n+---+---+\n| T     |\n+---+---+\n"
    for text, floor, place in (
        (corner, [[1, 0], [1, 1]], (1, 1)),
        (mirrored, [[0, 1], [1, 1]], (1, 0)),
    ):
        with pytest.warns(MazeWarning, match="left out 1 unreachable cell .* from line 2 on; draw"):
            maze = parse_maze(text)
        assert maze == Maze(floor, [[1], [0]], [[1, 1]], objects={place: "T"})


def test_thin_walls_may_lack_blanks_and_borders():
    text = "+   +---+\n    |   |\n+   +---+\n     ### \n+---+   +"
    short = "\n".join(line.rstrip() for line in text.splitlines())
    assert parse_maze(short) == parse_maze(text)
    assert parse_maze(text).floor.tolist() == [[True, True], [True, False]]


def test_between_thin_walls_all_cells_are_floor_unless_posts_are_missing():
    text = "+---+   +---+\n|   |   |   |\n+---+   +---+"
    maze = parse_maze(text)
    assert maze.floor.all()
    assert maze.wall_right.all()
    with pytest.warns(MazeWarning, match="left out 3 unreachable cells "):
        taller = parse_maze(text + "\n|   |\n+---+")
    assert taller.floor.tolist() == [[True, False, True], [True, False, False]]


@pytest.mark.filterwarnings("default::gridemp.MazeWarning")
def test_the_warning_names_the_file_once(tmp_path):
    path = tmp_path / "L.txt"
    path.write_text(L_SHAPE)
    sentence = (
        f"{path}: left out 2 unreachable cells outside the walls, from line 1 on; "
        "draw floor there with . and wall with #"
    )
    with pytest.warns(MazeWarning) as caught:
        assert gridemp.load_maze(path) == L_FLOOR
    assert [str(warning.message) for warning in caught] == [sentence]
    assert caught[0].filename == __file__
    result = run("values", str(path), "--horizon", "1")
    assert result.stderr == f"gridemp: warning: {sentence}\n"
    assert len(result.stdout.splitlines()) == 1 + L_FLOOR.floor.sum()
    converted = run("convert", str(path), "-")
    assert converted.stdout == "#######\n#...###\n#.....#\n#######\n"
    assert converted.stderr == "gridemp: left out: cells outside the walls (2)\n"


@pytest.mark.parametrize("path", bundled_mazes().values(), ids=lambda path: Path(path).stem)
def test_bundled_mazes_have_no_outside(path):
    gridemp.load_maze(path)  # without a warning
