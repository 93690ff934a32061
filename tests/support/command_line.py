"""Commands of the command line, run in the process of the tests."""

import math
from unittest.mock import patch

from typer.testing import CliRunner

from gridemp.cli import app

A_DAY = 86_400.0  # seconds


def run(*words, text=None):
    """Run a command; text is its standard input.

    What it says does not depend on the pace of its work, as the machine may be busy.
    """
    progress = "gridemp.cli.progress"
    with patch(f"{progress}.MIN_TIMED", math.inf), patch(f"{progress}.MAX_SILENT", A_DAY):
        return CliRunner().invoke(app, [str(word) for word in words], input=text)


def files(folder):
    """Paths of all files under a folder, relative to it."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def assert_refused(result, sentence):
    """Raise unless a command printed nothing but one sentence that contains this one."""
    assert result.exit_code == 1, result.output
    assert result.stdout == ""
    assert result.stderr.startswith("gridemp: ")
    assert sentence in result.stderr
    assert result.stderr.count("\n") == 1
