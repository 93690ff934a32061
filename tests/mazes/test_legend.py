import numpy as np
import pytest
from support.mutations import assert_refused_or_read

from gridemp import GridempError, Maze, MazeError, load_maze, parse_maze
from gridemp.mazes.legend import LETTER, MEANINGS, checked_legend
from gridemp.mazes.objects import OBJECTS
from gridemp.mazes.protocol import Choices

LEVEL = "wwwwww\nw.A..w\nw.1h.w\nwwwwww\n"
LEGEND = "w=wall,.=floor,A=agent,1=box,h=hole"
SEPARATED = "W   W    W    W\nW   a1-U b/g  W\nW   g    .    W\nW   W    W    W\n"


def test_each_character_is_a_cell():
    maze = Maze([[1] * 4] * 2, objects={(0, 1): "S", (1, 1): "$", (1, 2): "T"})
    assert parse_maze(LEVEL, legend=LEGEND) == maze
    spaced = LEGEND.replace("=", " = ").replace(",", ", ")
    assert parse_maze(LEVEL, legend=spaced) == maze
    pairs = {"w": "wall", ".": "floor", "A": "Start", "1": "$", "h": "lava"}
    assert parse_maze(LEVEL, legend=pairs) == maze


def test_blanks_separate_cells_unless_the_legend_explains_them():
    maze = Maze([[1] * 2] * 2, objects={(0, 0): "S", (0, 1): "$"})
    assert parse_maze(SEPARATED, legend="W=wall,.=floor,g=floor,a=start,b=box") == maze
    assert parse_maze("w w\nw.w", legend="w=wall,.=floor, =floor") == parse_maze("# #\n#.#")
    assert parse_maze("w w\nw.w", legend="  = floor, w = wall, . = floor") == parse_maze("# #\n#.#")
    assert parse_maze("w w\nw.w", legend="w=wall,.=floor, =fixed box") == parse_maze("#B#\n#.#")


@pytest.mark.parametrize(
    "text",
    ["w,w,w\nw,A,.", "w, w, w\nw, A, .", "w;w;w;\nw;A;.;", '[["w", "w", "w"], ["w", "A", "."]]'],
)
def test_commas_and_semicolons_separate_cells(text, tmp_path):
    maze = parse_maze("www\nwA.", legend=LEGEND)
    assert parse_maze(text, legend=LEGEND) == maze
    path = tmp_path / "maze.csv"
    path.write_text(text)
    assert load_maze(path, legend=LEGEND) == maze


def test_a_comma_that_the_legend_explains_is_a_cell():
    assert parse_maze("w,w\nw,w", legend="w=wall,,=floor") == parse_maze("#.#\n#.#")


def test_spaces_outside_closed_walls_are_left_out():
    with pytest.warns(UserWarning, match="left out 2 unreachable cells"):
        maze = parse_maze("  ww\nwwew\nw  w\nwwww", legend="w=wall, =floor,e=exit")
    assert maze == Maze([[0, 1], [1, 1]], objects={(0, 1): "G"})


def test_a_meaning_stands_for_each_object():
    assert set(LETTER.values()) == set(MEANINGS.values()) == {"#", ".", *OBJECTS}
    assert checked_legend(",=wall,==ice,a=conveyor-north,b= Fixed_Box ") == {
        ",": "#",
        "=": "~",
        "a": "^",
        "b": "B",
    }


@pytest.mark.parametrize(
    ("legend", "sentence"),
    [
        ("", "`legend` is empty; `legend` gives each character a meaning, as in 'w=wall"),
        ({}, "`legend` is empty"),
        ("wall", "cannot read `legend` from 'wall' on; "),
        ("w=wall,.", r"cannot read `legend` from '\.' on; "),
        ("w=wall,.=flor", "'flor' is not a meaning in `legend`; did you mean 'floor'"),
        ("w=wall,.=", "'' is not a meaning in `legend`; use one of wall, floor, trap, box, "),
        ("w=wall,w=floor", "`legend` gives 'w' two meanings; keep one"),
        (";=wall", "`legend` cannot explain ; because it starts a"),
        ({"ww": "wall"}, "'ww' is not one character"),
    ],
)
def test_errors_in_legends(legend, sentence):
    with pytest.raises(GridempError, match=sentence) as caught:
        parse_maze("ww\nw.", legend=legend)
    assert not isinstance(caught.value, MazeError)


@pytest.mark.parametrize(
    ("text", "line", "column", "sentence"),
    [
        ("ww\nw?", 2, 2, r"`legend` does not explain '\?'; add \?= and its meaning"),
        ("w w\nww w", 1, 2, "does not explain ' '"),
        ("w w\nw ?", 2, 3, r"does not explain '\?'"),
        ("w w\nw b/A", 2, 3, "the cell 'b/A' holds several objects, but"),
        ("w w w\nw .", 2, 3, "this line has 2 characters and the first has 3"),
        ("ww\n\tw", 2, 1, "this is a tab"),
        ("w,w\nw,?", 2, 3, r"does not explain '\?'"),
        ("w,w\nw,..", 1, 2, "does not explain ','"),
        ("w,w\nw,", 2, 2, "this line has 1 character"),
    ],
)
def test_errors_name_line_and_column(text, line, column, sentence):
    with pytest.raises(MazeError, match=sentence) as caught:
        parse_maze(text, legend="w=wall,.=floor,A=start,b=box")
    assert (caught.value.line, caught.value.column) == (line, column)


@pytest.mark.parametrize("text", ["[[1, 0], [0, 1]]", "x = np.array([[1, 0],\n[0, 1]])"])
def test_lists_of_numbers_take_no_legend(text):
    with pytest.raises(GridempError, match=r"array.*; leave it out"):
        parse_maze(text, legend="1=wall,0=floor")
    assert parse_maze("[1]\n[[]", legend="[=wall,]=wall,1=floor") == parse_maze("#.#\n###")


def test_files_of_arrays_and_pictures_take_no_legend(tmp_path):
    np.save(tmp_path / "a.npy", np.eye(3, dtype=int))
    with pytest.raises(GridempError, match=r"array.*; leave it out"):
        load_maze(tmp_path / "a.npy", legend="1=wall,0=floor")
    with pytest.raises(MazeError, match="this is a NumPy array; set `format` to array"):
        load_maze(tmp_path / "a.npy", format="block")


def test_other_formats_need_no_legend():
    with pytest.raises(
        GridempError, match="`legend` does not apply to the format thin; leave it out, or"
    ):
        parse_maze("+-+\n| |\n+-+", format="thin", legend="w=wall")


@pytest.mark.parametrize(
    ("text", "legend"),
    [(LEVEL, LEGEND), (SEPARATED, "W=wall,.=floor,g=floor,a=start,b=box")],
)
def test_mutated_levels_are_read_or_refused(text, legend):
    read, refused = assert_refused_or_read([text], 500, choices=Choices(legend=legend))
    assert read
    assert refused
