import re

import pytest
from support.command_line import assert_refused, files, run


@pytest.mark.slow
def test_a_cell_is_drawn_and_described(empty_folder):
    result = run("cell", "klyubin", 5, 5, "--horizon", 1)
    path, *lines = result.stdout.splitlines()
    assert path == "figures/klyubin-x5-y5-h1.png"
    assert files(empty_folder) == [path]
    assert "2.3219 bits" in " ".join(lines)  # log2 5


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["a", 5], "X must be a whole number, not 'a'"),
        ([5, "1.5"], "Y must be a whole number, not '1.5'"),
        ([11, 5], "there is no cell x = 11, y = 5 in room"),
    ],
)
def test_a_cell_that_is_none_is_refused(empty_folder, words, sentence):
    assert_refused(run("cell", "room", *words, "--horizon", 1), sentence)
    assert files(empty_folder) == []


def test_no_duration_is_announced_of_what_is_refused():
    refused = run("cell", "room", "0", "0", "--horizon=15", "--slip=0.1")
    assert re.fullmatch(r"gridemp: the noisy channel .*\n", refused.stderr)
