import re
import subprocess
import sys

import pytest
from support.command_line import assert_refused, run

pytestmark = pytest.mark.slow


def test_quiet_leaves_warnings_and_errors():
    assert_refused(run("heatmap", "rom", "-n", 2, "-q"), "did you mean the bundled maze 'room'?")
    words = ["heatmap", "klyubin", "-n", "2", "--slip", "0.1", "--tol", "1e-18", "-q"]
    program = [sys.executable, "-m", "gridemp"]  # where warnings are no errors
    result = subprocess.run([*program, *words], capture_output=True, text=True)
    assert (result.returncode, result.stdout) == (0, "")
    assert re.fullmatch(r"gridemp: warning: .*\n", result.stderr)
