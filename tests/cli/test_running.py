import io
import re
import subprocess
import sys

import pytest
from PIL import Image
from support.command_line import assert_refused, files, run

from gridemp.report.provenance import read_record

DRAWN = [
    ["heatmap", "klyubin", "-n", 2],
    ["cell", "klyubin", 5, 5, "-n", 1],
    ["compare", "klyubin", "-n", 2],
    ["diff", "klyubin", "-n", 1, "--slip-b", 0.1],
    ["curve", "klyubin", "-n", "1,2"],
    ["sensitivity", "dead-end", "-n", 1],
    ["walk", "klyubin", "-n", 1, "--start", "0,0"],
    ["walk", "klyubin", "-n", 1, "--starts", "all"],
    ["walk", "klyubin", "-n", 1, "--start", "0,0", "--learn", "--steps", 2],
    ["bound", "klyubin", 5, 5, "-n", 1, "--half-steps", 3],
    ["animate", "klyubin", "-n", "1,2"],
    ["export", "klyubin", "-n", 1],
]


@pytest.mark.parametrize("words", DRAWN, ids=lambda words: " ".join(map(str, words)))
def test_quiet_prints_nothing_and_changes_nothing(empty_folder, monkeypatch, words):
    path = run(*words).stdout.splitlines()[0]
    drawn = (empty_folder / path).read_bytes()
    monkeypatch.setattr("gridemp.cli.say.MIN_ANNOUNCED", -1)
    quiet = run(*words, "--quiet")
    assert (quiet.exit_code, quiet.stdout, quiet.stderr) == (0, "", "")
    assert (empty_folder / path).read_bytes() == drawn
    assert files(empty_folder) == [path]


def test_quiet_leaves_warnings_and_errors(empty_folder):
    assert_refused(run("heatmap", "rom", "-n", 2, "-q"), "did you mean the bundled maze 'room'?")
    words = ["heatmap", "klyubin", "-n", "2", "--slip", "0.1", "--tol", "1e-18", "-q"]
    program = [sys.executable, "-m", "gridemp"]  # where warnings are no errors
    result = subprocess.run([*program, *words], capture_output=True, text=True)
    assert (result.returncode, result.stdout) == (0, "")
    assert re.fullmatch(r"gridemp: warning: .*\n", result.stderr)


@pytest.mark.parametrize("words", DRAWN, ids=lambda words: " ".join(map(str, words)))
def test_the_output_alone_goes_to_standard_output(empty_folder, words):
    written = run(*words)
    path, *lines = written.stdout.splitlines()
    piped = run(*words, "--output", "-")
    assert piped.exit_code == 0, piped.stderr
    assert piped.stdout_bytes == (empty_folder / path).read_bytes()
    assert piped.stderr.splitlines() == lines
    assert files(empty_folder) == [path]
    assert read_record(empty_folder / path)["command"].split()[1] == words[0]


def test_a_picture_on_standard_output_is_a_png():
    result = run("heatmap", "klyubin", "-n", 2, "-o", "-", "-q")
    with Image.open(io.BytesIO(result.stdout_bytes)) as image:
        assert image.format == "PNG"
    assert result.stderr == ""


def test_a_terminal_gets_no_picture(monkeypatch):
    class Terminal(io.TextIOWrapper):
        def isatty(self):
            return True

    monkeypatch.setattr("gridemp.cli.figure_options.sys.stdout", Terminal(io.BytesIO()))
    from gridemp.cli.figure_options import PageOptions
    from gridemp.cli.running import STDOUT
    from gridemp.errors import GridempError

    with pytest.raises(GridempError, match=r"a terminal cannot show it; add > map\.gif"):
        PageOptions(STDOUT).check((".gif",))
    PageOptions(STDOUT).check((".html",))
    assert sys.stdout.isatty()


def test_values_go_to_standard_output_for_a_hyphen():
    plain = run("values", "klyubin", "-n", 1)
    assert run("values", "klyubin", "-n", 1, "-o", "-").stdout == plain.stdout


def test_a_log_does_not_go_to_standard_output():
    pytest.importorskip("Box2D")
    assert_refused(run("lander", "-o", "-"), "a log goes to a file; name one with -o")
