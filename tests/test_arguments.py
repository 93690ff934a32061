from pathlib import PurePosixPath

import numpy as np
import pytest

from gridemp import GridempError, Maze
from gridemp.analysis import sensitivity
from gridemp.arguments import check_kinds, checked_whole, described, require


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
        ([1, "a"], "[1, 'a']"),
        ((0.5, 1), "(0.5, 1)"),
        ([1] * 50, "a list"),
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
    assert str(error.value) == "`maze` must be a Maze, not 'klyubin'; load_maze reads one"
    with pytest.raises(GridempError) as error:
        require("rng", 0, np.random.Generator, "a random generator")
    assert str(error.value) == "`rng` must be a random generator, not 0"


def test_whole_numbers():
    assert checked_whole("steps", np.int8(3), 1) == 3
    for wrong in (0, 1.0, "2", None):
        with pytest.raises(GridempError, match="`steps` must be a whole number, 1 or more, not "):
            checked_whole("steps", wrong, 1)


def test_a_misspelt_keyword_is_named_with_the_nearest():
    check_kinds(sensitivity, {"options": {"slip": 0.1, "moves": "king"}})
    with pytest.raises(GridempError) as error:
        check_kinds(sensitivity, {"options": {"slip": 0.1, "move": "king"}})
    assert str(error.value) == "sensitivity has no argument `move`; did you mean `moves`?"
    with pytest.raises(GridempError, match=r"^sensitivity has no argument `x`; it has maze, hor"):
        check_kinds(sensitivity, {"options": {"x": 1}})
    with pytest.raises(GridempError, match=r"`moves` must be a str, not 3"):
        check_kinds(sensitivity, {"options": {"moves": 3}})
