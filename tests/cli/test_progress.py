import io
import sys
from threading import Thread

import pytest

from gridemp.cli import progress
from gridemp.cli.running import RUNNING, Running


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_progress_shows_on_a_terminal_once_it_takes_long(monkeypatch):
    screen = Terminal()
    monkeypatch.delenv("JPY_PARENT_PID", raising=False)
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


def test_progress_is_silent_in_the_terminal_of_a_notebook(monkeypatch):
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setattr(progress, "MIN_SECONDS", 0)
    monkeypatch.setenv("JPY_PARENT_PID", "1")
    with progress.progress_bar("mapping") as advance:
        advance(0.5)
    assert screen.getvalue() == ""


def test_progress_is_silent_in_a_command_that_is_to_be_quiet(monkeypatch):
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setattr(progress, "MIN_SECONDS", 0)
    token = RUNNING.set(Running({"quiet": True}))
    try:
        with progress.progress_bar("mapping") as advance:
            advance(0.5)
            worker = Thread(target=advance, args=(0.6,))
            worker.start()
            worker.join()
    finally:
        RUNNING.reset(token)
    assert screen.getvalue() == ""


@pytest.fixture
def clock(monkeypatch):
    """A clock that stands still until it is set."""
    now = [0.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])

    def set_to(seconds):
        now[0] = seconds

    return set_to


def reported(clock, capsys, reports, **options):
    """What is said while work reports a fraction done at each of these times."""
    with progress.progress_bar("mapping", **options) as advance:
        for seconds, fraction in reports:
            clock(seconds)
            advance(fraction)
    return capsys.readouterr().err


def test_long_work_is_announced_once_its_pace_shows(clock, capsys):
    # The first report comes after 10 s of preparations; then 1 % takes a second.
    reports = [(10, 0.0), (12, 0.02), (14, 0.04), (60, 0.5), (110, 1.0)]
    assert reported(clock, capsys, reports) == "gridemp: this takes about 110 seconds\n"


def test_short_work_is_not_announced(clock, capsys):
    reports = [(0, 0.1), (3, 0.1), (4, 0.5), (8, 1.0)]
    assert reported(clock, capsys, reports) == ""


def test_work_that_slows_down_is_announced_later(clock, capsys):
    reports = [(0, 0.0), (4, 0.5), (8, 0.6), (40, 0.7)]
    assert reported(clock, capsys, reports).startswith("gridemp: this takes about 5")


def test_work_of_an_expected_time_is_announced_before_it_begins(clock, capsys):
    reports = [(0, 0.0), (10, 0.01)]
    sentence = "gridemp: this takes about 5 minutes\n"
    assert reported(clock, capsys, reports, expected=300.0) == sentence
    assert reported(clock, capsys, reports, timed=False) == ""


@pytest.mark.parametrize(("quiet", "told"), [(False, "gridemp: drawing\n"), (True, "")])
def test_work_without_reports_is_announced_once_it_has_taken_long(monkeypatch, capsys, quiet, told):
    monkeypatch.setattr(progress, "MAX_SILENT", 0.0)
    timers = []

    class Recorded(progress.Timer):
        def start(self):
            timers.append(self)
            super().start()

    monkeypatch.setattr(progress, "Timer", Recorded)
    token = RUNNING.set(Running({"quiet": quiet}))
    try:
        with progress.without_reports("drawing"):
            timers[0].join()
    finally:
        RUNNING.reset(token)
    assert capsys.readouterr().err == told


def test_short_work_without_reports_is_not_announced(capsys):
    with progress.without_reports("drawing"):
        pass
    assert capsys.readouterr().err == ""
