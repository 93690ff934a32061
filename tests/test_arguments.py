from pathlib import PurePosixPath

import numpy as np
import pytest

from gridemp import GridempError, Maze
from gridemp.arguments import checked_whole, described, require


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("klyubin", "'klyubin'"),
        ("x" * 50, f"'{'x' * 40}...'"),
        (None, "None"),
        (2.5, "2.5"),
        (True, "True"),
        (PurePosixPath("a/b.txt"), "the path a/b.txt"),
        (Maze([[1]]), "a Maze"),
        (Maze, "the class Maze"),
        (ValueError(), "a ValueError"),
        (OSError(), "an OSError"),
        ([1, 2], "a list"),
        (np.zeros((2, 3)), "an array of shape (2, 3)"),
        (np.array(4), "4"),
        (np.float64(0.5), "0.5"),
        (np.int64(3), "3"),
    ],
)
def test_a_value_in_words(value, words):
    assert described(value) == words


def test_a_value_of_the_wrong_kind_is_named_with_the_remedy():
    require("maze", Maze([[1]]), Maze, "a Maze")
    require("slip", 1, (int, float), "a number")
    with pytest.raises(GridempError) as error:
        require("maze", "klyubin", Maze, "a Maze; load_maze reads one")
    assert str(error.value) == "`maze` needs a Maze, not 'klyubin'; load_maze reads one"
    with pytest.raises(GridempError) as error:
        require("rng", 0, np.random.Generator, "a random generator")
    assert str(error.value) == "`rng` needs a random generator, not 0"


def test_whole_numbers():
    assert checked_whole("steps", np.int8(3), 1) == 3
    for wrong in (0, 1.0, "2", None):
        with pytest.raises(GridempError, match="`steps` must be a whole number, 1 or more, not "):
            checked_whole("steps", wrong, 1)
