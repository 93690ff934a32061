import numpy as np
import pytest

from gridemp import Maze, MazeError
from gridemp.mazes.labels import Labels, label, listed, maze_from_labels

RING = [[0, 0, 0, 0], [0, 1, 1, 0], [0, 0, 0, 0]]  # codes: the first name is the outer ring
OPEN = [[0, 0, 0, 0], [0, 1, 1, 1], [0, 0, 0, 0]]
ISLANDS = [[0, 1, 0, 0, 1], [0, 0, 0, 0, 0], [1, 0, 1, 0, 1], [0, 0, 0, 0, 0]]
FULL = [[0] * 9, [0] * 9, [0, 1, 1, 0, 0, 0, 1, 1, 1], [0] * 9]


def read(codes, names, wall=None):
    return maze_from_labels(Labels(np.array(codes), names), wall, "maze")


@pytest.mark.parametrize(
    ("codes", "names", "wall", "reason"),
    [
        (RING, ["1", "0"], 0, "1 is taken as wall, because the outer ring consists of it"),
        (RING, ["True", "False"], 0, "True is taken as wall, because the outer ring consists of"),
        (RING, ["2", "1"], 0, "2 is taken as wall, because the outer ring consists of it"),
        (RING, ["0", "255"], 0, "0 is taken as wall, because the outer ring consists of it"),
        (RING, ["w", "."], 0, "w is taken as wall, because the outer ring consists of it"),
        (OPEN, ["1", "0"], 0, "1 is taken as wall, because this is usual in arrays of 0 and 1"),
        ([[1, 0, 1], [0, 1, 0]], ["0", "1"], 1, "1 is taken as wall, because this is usual"),
    ],
)
def test_the_value_of_walls_is_found_and_said(codes, names, wall, reason):
    reading = read(codes, names)
    (sentence,) = reading.said
    assert reading.maze == Maze(np.array(codes) != wall)
    assert sentence.startswith(reason)
    assert sentence.endswith(f", and {names[1 - wall]} as floor; set `wall` to change this")


@pytest.mark.parametrize(
    ("codes", "names", "sentence"),
    [
        (RING, ["0", "1"], "1 is the usual value, but the outer ring consists of 0; choose one"),
        (
            OPEN,
            ["0", "1"],
            "1 is the usual value, but the cells with 1 are connected, as floor is;",
        ),
        (
            ISLANDS,
            ["1", "0"],
            "whether 0 or 1 means wall: 1 is the usual value, but the cells with 1 are",
        ),
        (FULL, ["1", "0"], "1 is the usual value, but most cells hold 1; choose one with `wall`"),
        (
            RING,
            ["False", "True"],
            "cannot tell whether False or True means wall: True is the usual",
        ),
        (OPEN, ["True", "False"], "cannot tell which of the values True and False means wall"),
        (RING, ["-1", "100"], "cannot tell which of the values -1 and 100 means wall"),
        (OPEN, ["2", "8"], "cannot tell which of the values 2 and 8 means wall"),
        ([[0, 1, 2]], ["0", "1", "2"], "cannot tell which of the values 0, 1 and 2 means wall"),
        ([[0, 0]], ["1"], "all cells hold 1; use one value for wall"),
    ],
)
def test_what_may_mean_several_mazes_is_refused(codes, names, sentence):
    with pytest.raises(MazeError, match=sentence):
        read(codes, names)


@pytest.mark.parametrize(
    ("names", "wall", "code"),
    [(["0", "1"], "1", 1), (["0", "1"], "0", 0), (["0", "1"], "1.0", 1), (["x", "y"], "y", 1)]
    + [(["False", "True"], wall, 1) for wall in ("True", "1")],
)
def test_nothing_is_said_about_a_value_that_is_chosen(names, wall, code):
    reading = read(RING, names, wall)
    assert (reading.maze, reading.said) == (Maze(np.array(RING) != code), ())


def test_a_value_that_no_cell_holds_cannot_be_chosen():
    with pytest.raises(MazeError, match="no cell holds 7; choose `wall` from 0 and 1"):
        read(RING, ["0", "1"], "7")
    with pytest.raises(MazeError, match="all cells hold 3, so that none is floor; choose another"):
        read([[0]], ["3"], "3")


def test_an_empty_grid_is_all_floor():
    assert read([[0, 0]], ["0"]).said == ("all cells hold 0 and are taken as floor",)
    assert read([[0, 0]], ["0"], "1").maze == Maze([[1, 1]])


def test_labels_of_numbers_and_words():
    words = ["1.000e+00", " 0 ", '"7"', "-1", "r"]
    assert [label(word) for word in words] == ["1", "0", "7", "-1", "r"]
    for word in ("0.5", "nan", "inf"):
        with pytest.raises(ValueError, match=word):
            label(word)


def test_long_lists_are_shortened():
    assert listed(["0"]) == "0"
    assert listed([str(i) for i in range(20)]) == "0, 1, 2, 3, 4, 5, 6 and 13 others"
