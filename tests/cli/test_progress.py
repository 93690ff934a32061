import io
import sys

from gridemp.cli import progress
from gridemp.cli.running import RUNNING, Running


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_progress_shows_on_a_terminal_once_it_takes_long(monkeypatch):
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    with progress.progress_bar("mapping") as advance:
        advance(0.1)
        assert screen.getvalue() == ""
        monkeypatch.setattr(progress, "MIN_SECONDS", 0)
        advance(0.5)
        advance(1.0)
    assert "mapping" in screen.getvalue()
    assert "100%" in screen.getvalue()


def test_progress_is_silent_where_there_is_no_terminal(monkeypatch, capsys):
    monkeypatch.setattr(progress, "MIN_SECONDS", 0)
    with progress.progress_bar("mapping") as advance:
        advance(0.5)
    assert capsys.readouterr().err == ""


def test_progress_is_silent_in_a_command_that_is_to_be_quiet(monkeypatch):
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setattr(progress, "MIN_SECONDS", 0)
    token = RUNNING.set(Running({"quiet": True}))
    try:
        with progress.progress_bar("mapping") as advance:
            advance(0.5)
    finally:
        RUNNING.reset(token)
    assert screen.getvalue() == ""
