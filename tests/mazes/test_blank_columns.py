"""Drawings with a blank between the characters of each line."""

import pytest
from hypothesis import given, settings
from support.formats import assert_mistake
from support.strategies import furnished

from gridemp import Maze, MazeWarning, format_maze, parse_maze
from gridemp.mazes.blank_columns import without_blank_columns

ROOM = "#####\n#S..#\n#.#G#\n#####"
SPREAD = "\n".join(" ".join(line) for line in ROOM.split("\n"))


@pytest.mark.parametrize(
    ("text", "own"),
    [
        (SPREAD, ROOM),
        (f"\ufeff; a room\r\n\r\n{SPREAD}  \r\n", ROOM),
        (SPREAD.replace(" ", "\t"), ROOM),
        (SPREAD.replace("#", "X"), ROOM),
        (SPREAD.replace("#", "w").replace("S", "A").replace("G", "g"), ROOM),
        ("# # # # #\n# @ $ . #\n# # # # #", "#####\n#S$G#\n#####"),
    ],
)
def test_blanks_between_the_characters_are_left_out_with_a_word(text, own):
    with pytest.warns(MazeWarning) as caught:
        assert parse_maze(text) == parse_maze(own)
    sentence = "read without the blanks between the characters; with `format` block, they are floor"
    assert str(caught[0].message) == f"maze: {sentence}"


@settings(max_examples=30)
@given(furnished(max_side=5))
def test_every_maze_of_blocks_reads_back_equal(maze):
    blocks = Maze(maze.floor, objects=maze.objects)
    text = format_maze(blocks, thin=False)
    with pytest.warns(MazeWarning):
        assert parse_maze("\n".join(map(" ".join, text.splitlines()))) == blocks
    assert without_blank_columns(text) is text


@pytest.mark.parametrize(
    "text",
    [
        "# # #\n#   #\n# # #",
        "# # #\n# . #",
        "# # #\n# . .\n# # #",
        "# # #\n#...#\n# # #",
        "# # #\n\n# . #\n# # #",
        "# # #\n# . # #\n# # #",
        "# #\n# #\n# #",
        ". . .\n. # .\n. . .",
        "+ + +\n+ + +\n+ + +",
        "X # X\nX . X\nX X X",
    ],
)
def test_other_blanks_keep_their_meaning(text):
    assert without_blank_columns(text) is text


def test_the_format_block_keeps_the_blanks():
    maze = parse_maze(SPREAD, format="block")
    assert maze.shape == (4, 9)
    assert maze.floor[:, 1::2].all()


def test_a_mistake_has_its_place_in_the_text():
    sentence = r"'\?' is not part of a maze.*; this is read without the blanks between"
    assert_mistake(f"; a room\n{SPREAD.replace('G', '?')}", 4, 7, sentence)
