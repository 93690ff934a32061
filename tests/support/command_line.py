"""Commands of the command line, run in the process of the tests."""

import math
from unittest.mock import patch

from typer.testing import CliRunner

from gridemp.cli import app


def run(*words, text=None):
    """Run a command; text is its standard input.

    What it says does not depend on the pace of its work, as the machine may be busy.
    """
    with patch("gridemp.cli.progress.MIN_TIMED", math.inf):
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
