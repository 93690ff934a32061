import re
import subprocess
import sys

import pytest
from support.command_line import assert_refused, files, run
from support.drawings import DRAWN

pytestmark = pytest.mark.slow


@pytest.mark.ci
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
