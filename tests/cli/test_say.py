import re
from importlib import import_module

import pytest
from support.command_line import run

import gridemp
from gridemp import GridempError


@pytest.mark.slow
def test_long_work_is_announced_before_it_starts_and_short_work_is_not(monkeypatch):
    assert run("values", "klyubin", "-n", 3, "--slip", 0.1).stderr == ""
    started = []

    def work(*arguments, **options):
        started.append(options)
        raise gridemp.GridempError("stopped here")

    monkeypatch.setattr("gridemp.cli.map_options.solve_maps", work)
    told = run("values", "klyubin", "-n", 9, "--slip", 0.1).stderr
    assert re.match(r"gridemp: this takes about \d+ (seconds|minutes)\n", told)
    told = run("values", "klyubin", "-n", 10**6, "--slip", 0.1, "--bounds").stderr
    assert re.match(r"gridemp: this takes about [\d,]+ (days|years)\n", told)
    refused = run("values", "klyubin", "-n", 12, "--slip", 0.1)
    assert "this takes about" not in refused.stderr
    assert "lower the horizon to 11" in refused.stderr
    assert len(started) == 2


@pytest.mark.parametrize(
    ("words", "measured"),
    [
        (["cell", "klyubin", 5, 5, "--horizon", 11, "--slip", 0.1], 42),
        (["curve", "klyubin", "--horizon", "6..8", "--slip", 0.1], 25),
        (["sensitivity", "klyubin", "--horizon", 4, "--slip", 0.1], 24),
    ],
)
def test_long_work_is_announced_right_to_a_factor_of_three(monkeypatch, words, measured):
    told = []

    def stop(expected):
        told.append(expected)
        raise GridempError("stopped")

    monkeypatch.setattr("gridemp.cli.say.MIN_ANNOUNCED", 0.0)
    monkeypatch.setattr("gridemp.cli.say.duration", stop)
    assert run(*words).exit_code == 1
    (seconds,) = told
    assert measured / 3 < seconds < 3 * measured


@pytest.mark.slow
@pytest.mark.parametrize(
    "words",
    [
        ["heatmap", "dead-end", "trap", "-n", 1],
        ["values", "dead-end", "-n", 1, "--sensor", "state,row"],
        ["animate", "dead-end", "trap", "-n", 1],
        ["diff", "dead-end", "-n", 1, "--sensor-b", "row"],
    ],
)
def test_the_time_of_several_maps_is_announced_once(monkeypatch, words, empty_folder):
    monkeypatch.setattr("gridemp.cli.map_options.expected_seconds", lambda world, horizon: 15.0)
    assert run(*words).stderr == "gridemp: this takes about 30 seconds\n"


@pytest.mark.slow
def test_noisy_numbers_come_with_their_certificate():
    curve = run("curve", "dead-end", "--horizon", "1,2", "--slip", 0.1)
    assert curve.stdout.count("bits, each within ") == 4
    walls = run("sensitivity", "dead-end", "--horizon", 1, "--slip", 0.1, "--tol", "1e-3")
    assert walls.stdout.count("bits, the change within ") == 2


@pytest.mark.slow
@pytest.mark.parametrize(
    "words",
    [
        ["values", "klyubin", "-n", 1, "-o", "values.csv"],
        ["mi", "--power", "--shuffles", 19, "--sample", 12],
        ["heatmap", "klyubin", "-n", 1],
    ],
)
def test_a_quiet_command_prints_nothing(monkeypatch, words, empty_folder):
    if words[0] == "mi":
        pytest.importorskip("scipy")
        module = import_module("gridemp.logs.power")  # `gridemp.logs.power` is the function
        monkeypatch.setattr(module, "RUNS", 2)
    monkeypatch.setattr("gridemp.cli.map_options.expected_seconds", lambda world, horizon: 30.0)
    assert run(*words).output
    result = run(*words, "--quiet")
    assert (result.exit_code, result.output) == (0, "")


def test_values_are_printed_quietly_where_they_are_the_output(monkeypatch):
    monkeypatch.setattr("gridemp.cli.map_options.expected_seconds", lambda world, horizon: 30.0)
    words = ["values", "dead-end", "-n", 1]
    assert run(*words).stderr
    quiet = run(*words, "-q")
    assert quiet.stderr == ""
    assert quiet.stdout == run(*words).stdout


def test_obstacles_that_hands_could_move_are_noted_once_and_only_without_hands(tmp_path):
    maze = tmp_path / "ball.txt"
    maze.write_text("..b..\n")
    noted = run("values", maze, "-n", "1,2", "--slip", "0,0.1")
    assert noted.exit_code == 0
    assert noted.stderr == (
        "gridemp: ball: keys, doors and balls are obstacles for an agent without hands; "
        "add --moves turn --hands\n"
    )
    assert run("values", maze, "-n", 1, "--quiet").stderr == ""
    assert run("values", maze, "-n", 1, "--moves", "turn", "--hands").stderr == ""
    assert run("values", "box-fixed", "-n", 1).stderr == ""  # hands move no fixed box
    figure = tmp_path / "walls.png"
    handless = run("sensitivity", maze, "-n", 1, "-o", figure)  # in any case
    assert (handless.exit_code, handless.stderr) == (0, "")
