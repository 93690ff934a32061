import os
import re
import signal
import stat
import subprocess
import sys
import time

import pytest
from support.command_line import files, run

import gridemp

GRIDEMP = [sys.executable, "-m", "gridemp"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "text", "sentence"),
    [
        (["nosuch.txt"], None, "there is no file and no bundled maze 'nosuch.txt'; give a path"),
        ([""], None, "there is no file and no bundled maze ''"),
        (["ROOM"], None, "did you mean the bundled maze 'room'?"),
        (
            ["room", "--moves", "queen"],
            None,
            "--moves must be one of nesw, king, turn, not 'queen'",
        ),
        (["rom"], None, "did you mean the bundled maze 'room'?"),
        (["mazes/klyubim.txt"], None, "did you mean the bundled maze 'klyubin'?"),
        (["folder"], None, "cannot read folder: Is a directory"),
        (["x" * 5000], None, "there is no file and no bundled maze 'xxx"),
        (["empty"], None, "empty: this is empty"),
        (["binary"], None, "binary: this is not UTF-8 text"),
        (["-"], "....\n...", "standard input, line 2, column 4: this line has 3 characters"),
        (["-"], "...\n.?.", "standard input, line 2, column 2: '?' is not part of a maze"),
        (["-"], "\0\0", "standard input, line 1, column 1: '\\x00' is not part of a maze"),
        (["-"], "##\n##", "standard input: the maze has no floor cell"),
        (
            ["-"],
            "+---+\n|   |\n+--+-",
            "line 3, column 4: there must be - (a wall) or a space between two posts",
        ),
        (["room", "--horizon", "0"], None, "horizon must be a whole number of steps from 1"),
        (["room", "--horizon", "-1"], None, "horizon must be a whole number of steps from 1"),
        (["room", "--horizon", "2.5"], None, "--horizon must be a whole number, not '2.5'"),
        (["room", "--horizon", "abc"], None, "--horizon must be a whole number, not 'abc'"),
        (["room", "--horizon", "9" * 5000], None, "--horizon must be a whole number, not '999"),
        (["room", "--horizon", "1" + "0" * 30], None, "horizon must be a whole number of steps"),
        (["room", "--slip", "-0.1"], None, "slip must be a probability from 0 to 1, not -0.1"),
        (["room", "--slip", "1.01"], None, "slip must be a probability from 0 to 1, not 1.01"),
        (["room", "--slip", "nan"], None, "slip must be a probability from 0 to 1, not nan"),
        (
            ["room", "--slip", "a bit"],
            None,
            "--slip must be a probability from 0 to 1, not 'a bit'",
        ),
        (["room", "--tol", "0"], None, "tol must be a positive number of bits"),
        (["room", "--tol", "x"], None, "--tol must be a number of bits, not 'x'"),
        (["room", "--slip", "0.1", "--horizon", "1000000000"], None, "lower the horizon to 11"),
        (["room", "--output", "a.xyz"], None, "cannot write a.xyz: its name must end in ."),
        (["room", "--output", "a"], None, "cannot write a: its name must end in ."),
        (["room", "--output", "no/a{}"], None, "create the folder no first"),
        (["room", "--output", "folder.d{}"], None, "it is a folder; name a file"),
        (["room", "--output", "/proc/a{}"], None, "cannot write /proc/a"),
        (["room", "--output", "empty/a{}"], None, "empty is not a writable folder"),
    ],
)
@pytest.mark.parametrize("command", ["heatmap", "values"])
def test_bad_input_is_one_sentence_and_no_file(empty_folder, command, arguments, text, sentence):
    suffix = {"heatmap": ".png", "values": ".csv"}[command]
    (empty_folder / "folder").mkdir()
    (empty_folder / f"folder.d{suffix}").mkdir()
    (empty_folder / "empty").touch()
    (empty_folder / "binary").write_bytes(bytes(range(256)))
    before = sorted(empty_folder.rglob("*"))
    arguments = [a.replace("{}", suffix) for a in arguments]
    if "--horizon" not in arguments:
        arguments += ["--horizon", "5"]
    result = run(command, *arguments, text=text)
    assert result.exit_code == 1, result.output
    assert result.stdout == ""
    assert result.stderr.startswith("gridemp: ")
    assert sentence in result.stderr
    assert result.stderr.count("\n") == 1
    assert sorted(empty_folder.rglob("*")) == before


@pytest.mark.ci
@pytest.mark.parametrize(
    ("junk", "sentence"),
    [
        (b"x" * 5_000_000, "line 1, column 1: 'x' is not part"),
        (bytes(5_000_000), "line 1, column 1: '\\x00' is not part"),
        (b"." * 20_000_001, "has 20,000,001 cells, more than the 20,000,000 allowed"),
        (b"#" * 20_000_001, "more than the 20,000,000 allowed"),
        ((b"#" * 4999 + b"\n") * 1000, "no floor cell"),
        (b"\xff" * 50_000_000, "not UTF-8 text"),
        (b"+-" * 2_500_000 + b"+", "the last line must be one of posts"),
        (b".\n" * 25_000_000, "this has 25,000,001 lines, more than the 100,000 allowed"),
    ],
    ids=["letters", "zeros", "cells", "solid", "no floor", "binary", "posts", "lines"],
)
def test_megabytes_of_junk(empty_folder, junk, sentence):
    (empty_folder / "junk").write_bytes(junk)
    result = run("heatmap", "junk", "--horizon", 5)
    assert result.exit_code == 1
    assert sentence in result.stderr
    assert len(result.stderr) < 300
    assert files(empty_folder) == ["junk"]


def test_an_endless_file_is_not_read_to_its_end(monkeypatch):
    monkeypatch.setattr("gridemp.mazes.parsing.MAX_BYTES", 1000)
    assert "longer than the 1,000 bytes" in run("heatmap", "/dev/zero", "--horizon", 5).stderr


def test_a_pipe_is_not_replaced_by_a_file(empty_folder):
    os.mkfifo("pipe.csv")
    for command in (("values", "room", "-n", 1, "-o", "pipe.csv"), ("convert", "room", "pipe.csv")):
        result = run(*command, *(["--to", "block"] if command[0] == "convert" else []))
        assert result.exit_code == 1
        assert "pipe.csv: it is not a regular file; name another" in result.stderr
        assert stat.S_ISFIFO(os.stat("pipe.csv").st_mode)


def test_too_little_memory_is_a_sentence(monkeypatch):
    def hungry(*_, **options):
        raise MemoryError

    monkeypatch.setattr("gridemp.cli.map_options.solve_maps", hungry)
    result = run("values", "room", "--horizon", 2)
    assert result.exit_code == 1
    assert "does not fit in memory" in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [["heatmap"], ["heatmap", "room"], ["heatmap", "room", "--horizon", 5, "--nope"], ["nope"]],
)
def test_wrong_usage_exits_with_2(arguments):
    result = run(*arguments)
    assert result.exit_code == 2
    assert "Usage: " in result.stderr


def test_a_misspelt_command_gets_a_suggestion():
    sentence = "No such command 'heatmp'. Did you mean 'heatmap'?"
    assert sentence in run("heatmp", "room").stderr


def test_version_and_help():
    assert run("--version").stdout == f"gridemp {gridemp.__version__}\n"
    assert "heatmap" in run("--help").stdout
    assert run("-h").stdout == run("--help").stdout


@pytest.mark.slow
def test_the_program(empty_folder):
    result = subprocess.run(
        [*GRIDEMP, "heatmap", "klyubin", "--horizon", "5"], capture_output=True, text=True
    )
    assert result.returncode == 0
    assert result.stderr == ""
    assert "peak: x = 5, y = 5, 5.52 bits, 46 outcomes" in result.stdout
    assert files(empty_folder) == ["figures/klyubin-h5.png"]


@pytest.mark.slow
def test_a_mistake_shows_no_traceback():
    result = subprocess.run(
        [*GRIDEMP, "heatmap", "klyubim", "--horizon", "5"], capture_output=True, text=True
    )
    assert result.returncode == 1
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    assert "did you mean the bundled maze 'klyubin'?" in result.stderr


def test_a_maze_from_a_pipe():
    result = subprocess.run(
        [*GRIDEMP, "values", "-", "--horizon", "1"], input="..\n", capture_output=True, text=True
    )
    assert result.stdout == "x,y,empowerment,gap\n0,0,1.0,0.0\n1,0,1.0,0.0\n"


@pytest.mark.slow
def test_a_reader_that_stops_early_is_no_error():
    process = subprocess.Popen(
        [*GRIDEMP, "values", "halls", "--horizon", "1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline() == "x,y,empowerment,gap\n"
    process.stdout.close()
    assert process.stderr.read() == ""
    process.stderr.close()
    process.wait()


@pytest.mark.slow
def test_a_missed_tolerance_is_one_sentence_and_no_error():
    result = subprocess.run(
        [*GRIDEMP, "values", "klyubin", "--horizon", "2", "--slip", "0.1", "--tol", "1e-18"],
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0
    assert re.fullmatch(
        r"gridemp: warning: \d+ of 100 cells are certified only to .*\n", result.stderr
    )


@pytest.mark.slow
def test_interrupting_leaves_nothing_behind(empty_folder):
    process = subprocess.Popen(
        [*GRIDEMP, "heatmap", "halls", "--horizon", "8", "--slip", "0.1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # what runs in the background ignores interrupts, and so would this
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    assert "this takes about" in process.stderr.readline()  # now the work begins
    time.sleep(0.2)
    assert process.poll() is None, "it ended before it could be interrupted"
    os.kill(process.pid, signal.SIGINT)
    output, errors = process.communicate()
    assert process.returncode != 0
    assert output == ""
    assert "Traceback" not in errors
    assert list(empty_folder.iterdir()) == []
