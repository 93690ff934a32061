"""Explorers as processes of their own, started as a user would start them."""

import signal
import subprocess
import sys
from contextlib import contextmanager

COMMAND = [sys.executable, "-m", "gridemp", "explore"]


@contextmanager
def started(*words, env=None):
    """A process of the command, and its port."""
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen([*COMMAND, *words], **pipes, env=env, text=True) as process:
        try:
            line = process.stdout.readline()
            assert line.startswith("http://127.0.0.1:")
            assert line.endswith("/ (press Ctrl-C to stop)\n")
            yield process, int(line.partition("1:")[2].partition("/")[0])
        finally:
            process.kill()


def assert_ends(process):
    """Raise unless Ctrl-C ends a process without a word."""
    process.send_signal(signal.SIGINT)
    assert process.wait(120) == 0
    assert (process.stdout.read(), process.stderr.read()) == ("", "")
