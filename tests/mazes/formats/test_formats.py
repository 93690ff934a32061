"""The formats of others: what their texts mean, where their mistakes stand, what they can show."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.strategies import masks
from support.texts import LAYOUT, MAP, MICROBAN

import gridemp
from gridemp import Maze, MazeError, format_maze, parse_maze
from gridemp.mazes.formats import FORMATS

LAKE = """\
SFFF
FHFH
FFFH
HFFG
"""
MOUSE = """\
o---o---o---o
| G     |   |
o   o---o   o
| S |       |
o---o---o---o
"""
TAXI = """\
+---------+
|R: | : :G|
| : | : : |
| : : : : |
| | : | : |
|Y| : |B: |
+---------+
"""
STARTED = {"frozenlake": (1, 9), "sokoban": (1, 1), "pacman": (1, 1)}
SHOWN = {"frozenlake": "T", "sokoban": "$G", "micromouse": "SG"}
SOLID = {"movingai", "sokoban", "pacman"}


def test_frozen_lake():
    traps = dict.fromkeys([(1, 1), (1, 3), (2, 3), (3, 0), (3, 3)], "T")
    maze = parse_maze(LAKE, format="frozenlake")
    assert maze == Maze(np.ones((4, 4)), objects={(0, 0): "S", **traps})


def test_movingai():
    assert parse_maze(MAP, format="movingai") == Maze([[1, 1, 0, 0], [0, 0, 1, 1], [0, 0, 1, 1]])


def test_a_movingai_map_keeps_its_ring():
    text = "type octile \nheight  3\nwidth 3\nmap\n@@@\n@.@\n@@@\n"
    assert parse_maze(text, format="movingai").shape == (3, 3)


def test_sokoban():
    floor = [[1, 1, 0, 0], [1, 1, 0, 0], [1, 1, 1, 1], [1, 1, 1, 1], [1, 1, 0, 0]]
    objects = {(0, 1): "G", (2, 0): "$", (2, 1): "S", (3, 2): "$"}
    assert parse_maze(MICROBAN, format="sokoban") == Maze(floor, objects=objects)


@pytest.mark.parametrize("space", "-_")
def test_sokoban_floor_in_other_characters(space):
    maze = parse_maze(MICROBAN, format="sokoban")
    head, drawing = MICROBAN.split("\n\n")
    assert parse_maze(f"{head}\n{drawing.replace(' ', space)}", format="sokoban") == maze


def test_what_is_outside_of_the_walls_is_not_floor():
    text = "  #####\n###   ##\n#+#$ .#* .\n#   ###\n#####\n"
    maze = Maze([[0, 0, 1, 1, 1], [1, 0, 1, 1, 1], [1, 1, 1, 0, 0]])
    maze = Maze(maze.floor, objects={(1, 0): "S", (1, 2): "$", (1, 4): "G"})
    assert parse_maze(text, format="sokoban") == maze


def test_sokoban_levels_are_what_other_lines_part():
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
        with pytest.raises(gridemp.GridempError, match=f"no level {level}; .* the 3 of") as caught:
            parse_maze(text, format="sokoban", level=level)
        assert not isinstance(caught.value, MazeError)


def test_pacman():
    floor = [[1, 1, 1, 1, 1], [1, 0, 0, 0, 1], [1, 1, 1, 1, 1]]
    assert parse_maze(LAYOUT, format="pacman") == Maze(floor, objects={(2, 2): "S"})


def test_a_layout_with_a_gap_in_its_ring_keeps_it():
    assert parse_maze("%%%\n%P \n%%%", format="pacman").shape == (3, 3)


def test_micromouse():
    maze = Maze(np.ones((2, 3)), [[0, 1], [1, 0]], [[0, 1, 0]], objects={(0, 0): "G", (1, 0): "S"})
    assert parse_maze(MOUSE, format="micromouse") == maze
    assert format_maze(maze, format="micromouse") == MOUSE


def test_taxi():
    walls = [[0, 1, 0, 0], [0, 1, 0, 0], [0, 0, 0, 0], [1, 0, 1, 0], [1, 0, 1, 0]]
    assert parse_maze(TAXI, format="taxi") == Maze(np.ones((5, 5)), wall_right=walls)


@pytest.mark.parametrize(
    ("suffix", "text", "shape"),
    [
        (".map", MAP, (3, 4)),
        (".xsb", MICROBAN, (5, 4)),
        (".sok", MICROBAN, (5, 4)),
        (".LAY", LAYOUT, (3, 5)),
        (".txt", MOUSE, (2, 3)),
    ],
)
def test_the_suffix_tells_the_format(tmp_path, suffix, text, shape):
    path = tmp_path / f"maze{suffix}"
    path.write_text(text)
    maze = gridemp.load_maze(path)
    assert (maze.name, maze.shape) == ("maze", shape)


@pytest.mark.parametrize(
    ("format", "text", "shape"), [("frozenlake", LAKE, (4, 4)), ("taxi", TAXI, (5, 5))]
)
def test_a_format_without_a_suffix_is_named(tmp_path, format, text, shape):
    path = tmp_path / "maze.txt"
    path.write_text(text)
    assert gridemp.load_maze(path, format=format).shape == shape
    with pytest.raises(MazeError, match=r"maze\.txt, line \d, column"):
        gridemp.load_maze(path)


def test_a_level_of_a_file(tmp_path):
    path = tmp_path / "set.sok"
    path.write_text(MICROBAN + "\n####\n#@ #\n####\n")
    assert gridemp.load_maze(path, level=2).shape == (1, 2)


def header(**lines):
    given = {"type": "type octile", "height": "height 2", "width": "width 3", "map": "map"} | lines
    return "".join(line + "\n" for line in given.values() if line) + "...\n.@.\n"


@pytest.mark.parametrize(
    ("format", "text", "line", "column", "sentence"),
    [
        ("frozenlake", "SF\nF.", 2, 2, "'.' is not part of a maze; use S for the start"),
        ("frozenlake", "SFF\nFF", 2, 3, "has 2 characters and the first has 3"),
        ("movingai", header(type="type tile"), 1, 6, "here is due type octile"),
        ("movingai", header(type=""), 1, 1, "here is due type octile"),
        ("movingai", header(height="width 3", width="height 2"), 2, 1, "due height and a number"),
        ("movingai", header(height="height two"), 2, 8, "due height and a number"),
        ("movingai", header(height="height 0"), 2, 8, "due height and a number"),
        ("movingai", header(width="width -3"), 3, 7, "due width and a number"),
        ("movingai", header(width="width " + 5000 * "3"), 3, 7, "due width and a number"),
        ("movingai", header(map=""), 4, 1, "due map"),
        ("movingai", "type octile\nheight 2", 3, 1, "due width and a number"),
        ("movingai", "type octile\nheight 2\nwidth 3\nmap", 2, 8, "height 2, but 0 rows follow"),
        ("movingai", header(height="height 3"), 2, 8, "height 3, but 2 rows follow"),
        ("movingai", header(width="width  4"), 3, 8, "width 4, but all rows have 3 characters"),
        ("movingai", header() + "....\n", 2, 8, "height 2, but 3 rows follow"),
        (
            "movingai",
            header(height="height 3") + "....",
            7,
            4,
            "width 3, but this row has 4 characters",
        ),
        ("movingai", MAP.replace("TW", "T#"), 6, 2, "'#' is not part of a maze; use one of"),
        ("sokoban", "Title\nno board", 1, 1, "no Sokoban level"),
        ("sokoban", "\n###\n# #\n###", 2, 1, "no player"),
        ("sokoban", "#####\n#@ +#\n#####", 2, 4, "a second player"),
        ("sokoban", "#####\n#@ x#\n#####", 2, 4, "'x' is not part of a maze"),
        ("sokoban", "#####\n#@\n#####", 2, 5, "gets out of the level here"),
        ("sokoban", "#####\n@   #\n#####", 2, 1, "gets out of the level here"),
        ("sokoban", "#####\n#@$ #\n#$###\n", 3, 2, "gets out of the level here"),
        ("sokoban", "###\n#@# $\n###\n", 2, 5, "this box is outside"),
        ("sokoban", "######\n#@#$.#\n######\n", 2, 4, "this box is outside"),
        ("pacman", "%%%\n%P%\n%#%", 3, 2, "'#' is not part of a maze; use % for wall"),
        ("pacman", "%%%\n%P%\n%%%%", 3, 4, "has 4 characters and the first has 3"),
        ("pacman", "  %%%\n  %P%\n  %%%", 1, 1, "the drawing is indented"),
        ("pacman", "%%%\n%5%\n%%%", 2, 2, "'5' is not part"),
        ("micromouse", "o---o\n| x |\no---o", 2, 3, "a cell holds spaces"),
        ("taxi", "+--+\n| :|\n+--+", 1, 4, "one - for each cell and one between two"),
        ("taxi", "|R:G|\n+---+", 1, 1, "the first line must be"),
        ("taxi", "+---+\n| : |", 2, 1, "the last line must be like the first"),
        ("taxi", "+---+\n| : |\n+-+-+", 3, 3, "the last line must be like the first"),
        ("taxi", "+---+\n+---+", 2, 1, "with the rows of cells between"),
        ("taxi", "+---+\n| : \n+---+", 2, 5, "has 4 characters"),
        ("taxi", "+---+\n| : |\n| :X|\n+---+", 3, 4, r"a location \(R G Y B\), not 'X'"),
        ("taxi", "+---+\n| \u00e9 |\n+---+", 2, 3, "between two cells only .* not '\u00e9'"),
        ("taxi", "+---+\n| : :\n+---+", 2, 5, r"must start and end with \|, not ':'"),
    ],
)
def test_errors_name_line_and_column(format, text, line, column, sentence):
    with pytest.raises(MazeError, match=sentence) as caught:
        parse_maze(text, format=format)
    assert (caught.value.line, caught.value.column) == (line, column)


@pytest.mark.parametrize(
    ("format", "text"),
    [
        ("frozenlake", "SFF\nFFF"),
        ("movingai", "type octile\nheight 2\nwidth 3\nmap\n...\n..."),
        ("sokoban", "###\n#@#"),
        ("pacman", "P..\n..."),
        ("taxi", "+-----+\n| : : |\n| : : |\n+-----+"),
    ],
)
def test_too_many_cells_are_refused(monkeypatch, format, text):
    monkeypatch.setattr("gridemp.mazes.text.MAX_CELLS", 5)
    with pytest.raises(MazeError, match="has 6 cells, more than the 5 allowed"):
        parse_maze(text, format=format)


@st.composite
def expressible(draw, format):
    """A maze of what a format can show, with as many starts as it needs."""
    height, width = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    floor = draw(masks((height, width), minimum=1)) if format in SOLID else np.ones((height, width))
    cells = [tuple(cell) for cell in np.argwhere(floor).tolist()]
    if format == "sokoban":  # keep what a path joins to one cell, without the solid rows around it
        cells = sorted(grown({draw(st.sampled_from(cells))}, set(cells)))
        top, left = np.min(cells, axis=0).tolist()
        cells = [(row - top, col - left) for row, col in cells]
        floor = np.zeros(np.max(cells, axis=0) + 1)
        floor[tuple(np.transpose(cells))] = 1
    fewest, most = STARTED.get(format, (0, 0))
    starts = draw(st.lists(st.sampled_from(cells), min_size=fewest, max_size=most, unique=True))
    objects = {}
    if letters := SHOWN.get(format):
        objects = draw(st.dictionaries(st.sampled_from(cells), st.sampled_from(letters)))
    right = draw(masks((height, width - 1))) if format in ("micromouse", "taxi") else None
    below = draw(masks((height - 1, width))) if format == "micromouse" else None
    return Maze(floor, right, below, objects=objects | dict.fromkeys(starts, "S"))


def grown(region, cells):
    while True:
        near = {(r + i, c + j) for r, c in region for i, j in ((0, 1), (1, 0), (0, -1), (-1, 0))}
        if (near := near & cells) <= region:
            return region
        region |= near


@pytest.mark.parametrize("format", [name for name in FORMATS if name not in ("block", "thin")])
@given(data=st.data())
def test_what_a_format_can_show_survives_the_way_out_and_back(format, data):
    maze = data.draw(expressible(format))
    assert parse_maze(format_maze(maze, format=format), format=format) == maze


@pytest.mark.parametrize(
    ("format", "text", "written"),
    [
        ("frozenlake", "S.T\n..S", "SFH\nFFS\n"),
        ("movingai", "#.\n..", "type octile\nheight 2\nwidth 2\nmap\n@.\n..\n"),
        ("sokoban", "S$G\n.#.", "#####\n#@$.#\n# # #\n#####\n"),
        ("pacman", "#S.\n...", "%%%%%\n%%P %\n%   %\n%%%%%\n"),
        (
            "taxi",
            "+-+-+-+\n| |   |\n+ + + +\n|   | |\n+-+-+-+",
            "+-----+\n| | : |\n| : | |\n+-----+\n",
        ),
    ],
)
def test_what_is_written(format, text, written):
    assert format_maze(parse_maze(text), format=format) == written


@pytest.mark.parametrize(
    ("format", "text", "sentence"),
    [
        ("frozenlake", "S.\n.G", r"FrozenLake cannot show the goal, .* at x = 1, y = 0;"),
        ("frozenlake", "S.#\n...", r"FrozenLake cannot show the solid cell at x = 2, y = 1;"),
        ("frozenlake", "+-+-+\n|S| |\n+-+-+", r"cannot show the thin wall at x = 0, y = 0;"),
        ("frozenlake", "..T", r"FrozenLake needs a start; mark one with S in the maze"),
        ("movingai", "..\nT.", r"a MovingAI map cannot show the trap at x = 0, y = 0;"),
        ("movingai", "S.", r"a MovingAI map cannot show the start, .* at x = 0, y = 0;"),
        ("movingai", "+-+\n| |\n+-+\n| |\n+-+", r"cannot show the thin wall at x = 0, y = 1;"),
        ("sokoban", "S.\n$T", r"a Sokoban level cannot show the trap at x = 1, y = 0;"),
        ("sokoban", "..$", r"needs one player, but the maze has 0 starts; mark one start with S"),
        ("sokoban", "S.S", r"needs one player, but the maze has 2 starts; mark one start with S"),
        ("sokoban", "S.#\n.#.", r"cannot show the floor at x = 2, y = 0, which no path joins"),
        ("pacman", "..\nS~", r"a Pac-Man layout cannot show the ice at x = 1, y = 0;"),
        ("pacman", "...", r"needs one Pac-Man, but the maze has 0 starts; mark one start with S"),
        ("pacman", "S.S", r"needs one Pac-Man, but the maze has 2 starts; mark one start with S"),
        ("micromouse", "..\n.#", r"a micromouse maze cannot show the solid cell at x = 1, y = 0;"),
        ("micromouse", ">.", r"a micromouse maze cannot show the conveyor east at x = 0, y = 0;"),
        ("taxi", "+-+\n| |\n+-+\n| |\n+-+", r"the Taxi map cannot show the thin wall at x = 0, y"),
        ("taxi", "..\n.#", r"the Taxi map cannot show the solid cell at x = 1, y = 0;"),
        ("taxi", "..\n.S", r"the Taxi map cannot show the start, .* at x = 1, y = 0;"),
    ],
)
def test_what_a_format_cannot_show_is_named(format, text, sentence):
    with pytest.raises(gridemp.GridempError, match=sentence):
        format_maze(parse_maze(text), format=format)


@pytest.mark.parametrize(
    ("format", "text", "without"),
    [
        ("frozenlake", "SG", "SH"),
        (
            "movingai",
            "type octile\nheight 1\nwidth 4\nmap\n.STW",
            "type octile\nheight 1\nwidth 4\nmap\n..@@",
        ),
        ("sokoban", "#####\n#+ *#\n#####", "#####\n#@ $#\n#####"),
        ("pacman", "%P.oG1234%", "%P       %"),
        ("taxi", "+-------+\n|R:G:Y:B|\n+-------+", "+-------+\n| : : : |\n+-------+"),
    ],
)
def test_a_maze_does_not_keep_what_is_left_out(format, text, without):
    left_out = FORMATS[format].LEFT_OUT
    assert {letter for letter in left_out if letter in text} == set(left_out)
    assert not any(letter in without for letter in left_out)
    assert parse_maze(text, format=format) == parse_maze(without, format=format)


def test_gymnasium_takes_the_lake_that_is_written():
    gymnasium = pytest.importorskip("gymnasium")
    maze = parse_maze("S.T\n..T\nS..")
    desc = format_maze(maze, format="frozenlake").splitlines()
    lake = gymnasium.make("FrozenLake-v1", desc=desc, is_slippery=False).unwrapped
    starts = np.reshape(lake.initial_state_distrib, maze.shape)
    assert starts.tolist() == [[0.5, 0, 0], [0, 0, 0], [0.5, 0, 0]]
    ends = {
        divmod(state, 3)
        for state, moves in lake.P.items()
        if all((after, ended) == (state, True) for [(_, after, _, ended)] in moves.values())
    }
    assert ends == {(0, 2), (1, 2)}
    lake.close()


def test_gymnasium_drives_through_the_walls_that_are_read():
    taxi = pytest.importorskip("gymnasium.envs.toy_text.taxi")
    maze = parse_maze("\n".join(taxi.MAP), format="taxi")
    env = taxi.TaxiEnv()
    for row in range(5):
        for col in range(4):
            state = env.encode(row, col, 0, 1)
            [(_, after, _, _)] = env.P[state][2]
            assert (after == state) == maze.wall_right[row, col]
    env.close()
