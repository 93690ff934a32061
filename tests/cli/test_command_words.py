import platform

import matplotlib
import numpy as np
import pytest
from support.command_line import run
from typer.testing import CliRunner

import gridemp
from gridemp import World
from gridemp.cli.command_words import COMMAND_WORDS, command
from gridemp.cli.main import app
from gridemp.mazes.maze_hash import maze_hash
from gridemp.report.provenance import as_recorded, read_record


@pytest.mark.slow
@pytest.mark.parametrize("where", [["-o", "{}"], ["-o{}"], ["--output={}"], ["--output", "{}"]])
def test_a_record_tells_nothing_of_the_machine(empty_folder, where):
    style = empty_folder / "own.mplstyle"
    style.write_text("font.size: 9\n")
    path = empty_folder / "a.png"
    words = ["heatmap", "room", "--horizon", 2, f"--style={style}"]
    result = run(*words, *(word.format(path) for word in where))
    assert result.exit_code == 0, result.stderr
    assert read_record(path)["command"] == "gridemp heatmap room --horizon 2 --style=own.mplstyle"


WORLD = World.from_maze(gridemp.load_maze("klyubin"))


FORMATS = (".png", ".pdf", ".svg")


def test_the_recorded_command_tells_nothing_of_folders():
    token = COMMAND_WORDS.set(
        ("heatmap", "/home/me/m.txt", "-o", "/x/f.png", "--output=/y", "-n", "5")
    )
    try:
        assert command() == ["heatmap", "m.txt", "-n", "5"]
    finally:
        COMMAND_WORDS.reset(token)


@pytest.mark.parametrize(
    ("typed", "recorded"),
    [
        ("-qo/tmp/x/q.png room -n1", "room -n1"),
        ("-qo q.png room -n 1", "room -n 1"),
        ("-q room -qn 1 -qqoq.png", "room -n 1"),
        ("room --jobs 4 -n 1 --jobs=2", "room -n 1"),
        ("room --title /home/me/x -o q.png", "room --title /home/me/x"),
        ("room --title=/home/me/x --ink /home/me/m.txt", "room --title=/home/me/x --ink m.txt"),
        ("room --title -o --style=/a=b/own.mplstyle", "room --title -o --style=own.mplstyle"),
        ("log.csv --trial /x/y --table /home/me/t.csv", "log.csv --trial /x/y --table t.csv"),
        ("- -n 1 -- /home/me/-q.txt -q", "- -n 1 -- -q.txt -q"),
    ],
)
def test_the_record_has_the_words_that_make_the_picture(typed, recorded):
    assert as_recorded(typed.split()) == recorded.split()


@pytest.mark.slow
@pytest.mark.parametrize("suffix", FORMATS)
def test_the_command_line_says_what_made_its_figure(tmp_path, suffix):
    path = tmp_path / f"a{suffix}"
    words = ["heatmap", "klyubin", "--horizon", "2", "--slip", "0.1", "--no-stay"]
    result = CliRunner().invoke(app, [*words, "--output", str(path)])
    assert result.exit_code == 0, result.stderr
    assert read_record(path) == {
        "gridemp": gridemp.__version__,
        "with": f"numpy {np.__version__}, matplotlib {matplotlib.__version__}, "
        f"Python {platform.python_version()}",
        "command": "gridemp heatmap klyubin --horizon 2 --slip 0.1 --no-stay",
        "maze": "klyubin",
        "cells": "10 x 10",
        "sha256": maze_hash(WORLD.maze),
        "horizon": 2,
        "actions": "north east south west",
        "slip": 0.1,
        "conditions": "no stay, slip 0.1",
    }
