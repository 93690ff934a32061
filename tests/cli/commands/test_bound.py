import pytest
from support.command_line import assert_refused, files, run


@pytest.mark.slow
def test_the_bounds_are_drawn_and_printed(empty_folder):
    words = ["bound", "klyubin", 5, 5, "--horizon", 1, "--slip", 0.2]
    lines = run(*words).stdout.splitlines()
    assert lines[:2] == [
        "figures/klyubin-x5-y5-h1-bound-slip0.2.png",
        "half-step  bound [bits]  upper [bits]",
    ]
    assert [int(line.split()[0]) for line in lines[2:-1]] == [0, 1, 2, 10, 40]
    low, high = lines[-2].split()[1:]
    assert float(low) == pytest.approx(1.2, abs=1e-5)
    assert float(high) == pytest.approx(1.2, abs=1e-5)
    first = (empty_folder / "figures/klyubin-x5-y5-h1-bound-slip0.2.png").read_bytes()
    run(*words)
    assert (empty_folder / "figures/klyubin-x5-y5-h1-bound-slip0.2.png").read_bytes() == first


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--half-steps", "many"], "--half-steps must be a whole number, not 'many'"),
        (["--at", "1,50"], "--at must be from 0 to 40, the number of half-steps, not 50"),
        (["--at", "0..9"], "at most 8 half-steps"),
        (["--tol", "0.5"], "decides how close the bound comes; leave out --tol"),
        (["--tol", "1e-6"], "leave out --tol"),
        (["--bounds"], "leave out --bounds"),
        (["--source", "uniform"], "leave out --source"),
    ],
)
def test_half_steps_that_cannot_be_shown_are_refused(empty_folder, words, sentence):
    assert_refused(run("bound", "room", 5, 5, "--horizon", 1, *words), sentence)
    assert files(empty_folder) == []
