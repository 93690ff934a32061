"""Walls and marks in the letters of other programs."""

import warnings

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.command_line import run
from support.formats import assert_mistake
from support.strategies import furnished

from gridemp import GridempError, Maze, MazeWarning, format_maze, parse_maze

ROOM = "#######\n#..#..#\n#.....#\n#######\n"
WALLS = "XxwW1*█▓%&HO⬛"


def read_quietly(text, **choices):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", MazeWarning)
        return parse_maze(text, **choices)


@pytest.mark.parametrize("wall", "XxwW1*▓%&HO@")
@pytest.mark.parametrize("floor", ". ")
def test_the_frame_shows_the_letter_of_walls(wall, floor):
    text = ROOM.replace("#", wall).replace(".", floor)
    with pytest.warns(MazeWarning) as caught:
        assert parse_maze(text, format="block") == parse_maze(ROOM)
    sentence = f"maze: {wall} is read as # (wall, as in the frame)"
    assert [str(warning.message) for warning in caught] == [sentence]


@settings(max_examples=40)
@given(furnished(max_side=5), st.sampled_from(WALLS))
def test_walls_in_any_letter_read_back_equal(maze, wall):
    blocks = Maze(maze.floor, objects=maze.objects)
    text = format_maze(blocks, thin=False).replace("#", wall)
    assert read_quietly(text, wall=wall) == blocks
    assert read_quietly(text, format="block") == blocks


@pytest.mark.parametrize(
    "text",
    [
        "XX XXXX\nX..X..X\nX.....X\nXXXXX.X",
        "XXXXXXX\nS..X..X\nX.....E\nXXXXXXX",
        "  XXXX\nXXX  X\nX    X\nXXXXXX",
    ],
)
def test_a_frame_may_have_gaps_marks_and_corners(text):
    assert read_quietly(text) == read_quietly(text.replace("X", "#").replace("E", "G"))


@pytest.mark.parametrize(
    "text", ["XX\nX.", "XX.\nX..\n..X", "XYX\nY.Y\nXYX", "X.X.X\n.....\nX.X.X"]
)
def test_a_letter_that_the_frame_is_not_made_of_is_unknown(text):
    assert_mistake(text, 1, 1, "'X' is not part of a maze; use # for wall, .* with `wall`")
    assert parse_maze(text.replace("Y", "."), wall="X") == parse_maze(
        text.replace("Y", ".").replace("X", "#")
    )


@pytest.mark.parametrize(
    ("text", "own", "said"),
    [
        ("#A.g#", "#S.G#", "A is read as S (the agent); g is read as G (the goal)"),
        ("#S  E#", "#S  G#", "E is read as G (the exit)"),
        ("#P.e#", "#S.G#", "P is read as S (the agent); e is read as G (the exit)"),
        ("#@·>#", "#S.>#", "· is read as . (floor); @ is read as S (the agent)"),
        ("*****\n*P.P*\n*****", "#####\n#S.S#\n#####", None),  # spawn points of DeepMind Lab
        ("#s.ggB#", "#S.GGB#", "s is read as S (the start); g is read as G (the goal)"),
        (
            "111\n1A1\n101\n111",
            "###\n#S#\n#.#\n###",
            "1 is read as # (wall, as in the frame); 0 is read as . (floor); "
            "A is read as S (the agent)",
        ),
        (
            "------\n|.@..|\n-|-.--\n |..|\n ----",
            "######\n#.S..#\n###.##\n #..#\n ####",
            None,
        ),
        ("⬛⬛⬛\n⬛⬜⬛\n⬛⬛⬛", "###\n#.#\n###", None),
        ("#S0_G#", "#S..G#", "_ is read as . (floor); 0 is read as . (floor)"),
        ("+---+---+\n| A   E |\n+---+---+", "+---+---+\n| S   G |\n+---+---+", None),
    ],
)
def test_marks(text, own, said):
    with pytest.warns(MazeWarning) as caught:
        assert parse_maze(text) == parse_maze(own)
    assert said is None or [str(warning.message) for warning in caught] == [f"maze: {said}"]


@pytest.mark.parametrize(
    ("text", "letter", "column"),
    [
        ("#A.S#", "A", 2),
        ("#E.G#", "E", 2),
        ("#A.P#", "A", 2),
        ("#@.@#", "@", 2),
        ("#S.eE#", "e", 4),
    ],
)
def test_an_ambiguous_letter_is_no_mark(text, letter, column):
    assert_mistake(text, 1, column, f"'{letter}' is not part of a maze")


def test_the_goal_of_a_maze_from_a_to_b_may_be_a_fixed_box():
    assert_mistake("###\n#A#\n#.#\n#B#\n###", 4, 2, "this B may be a fixed box or the goal of A")
    assert read_quietly("#A.B.E#") == parse_maze("#S.B.G#")
    assert read_quietly("#A.B.B#") == parse_maze("#S.B.B#")


def test_the_letter_of_walls_can_be_chosen(tmp_path):
    path = tmp_path / "maze.txt"
    path.write_text("..T\n.TX\n")
    result = run("convert", str(path), "-", "--wall", "X")
    assert (result.stdout, result.stderr) == ("#####\n#..T#\n#.T##\n#####\n", "")
    result = run("convert", str(path), "-", "--wall", "T")
    assert "'X' is not part of a maze" in result.stderr
    with pytest.raises(GridempError, match="no wall is drawn with 'w'; set `wall` to a character"):
        parse_maze("..T", wall="w")
    for wall in (" ", "", "TT"):
        with pytest.raises(GridempError, match="no wall is drawn with"):
            parse_maze("..T T", wall=wall)
    with pytest.raises(GridempError, match="`wall` does not apply to the format thin; leave it"):
        parse_maze("+-+\n| |\n+-+", wall="-")
