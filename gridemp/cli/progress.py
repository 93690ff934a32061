"""Progress bar on standard error, for work that turns out to take over a second.

Work that takes long is announced: before it begins, if its time is expected, and otherwise once the
pace of its beginning shows it.
"""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import copy_context
from threading import Timer
from typing import TYPE_CHECKING

from gridemp.cli.running import RUNNING
from gridemp.cli.say import MIN_ANNOUNCED, announce, note

if TYPE_CHECKING:
    from rich.progress import Progress

MIN_SECONDS = 1.0  # before the bar appears
MIN_TIMED = 3.0  # seconds of work that show its pace
MAX_SILENT = 10.0  # seconds that work without reports of progress may take before it is announced


class Pace:
    """Pace of some work from its first report of progress on, to announce the time of all of it."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._first: tuple[float, float] | None = None
        self._announced = False

    def show(self, fraction: float) -> None:
        """Announce the time of the work, once, if the fraction done shows that it takes long."""
        now = time.monotonic()
        if self._first is None:
            self._first = now, fraction
        then, before = self._first
        if self._announced or now - then < MIN_TIMED or fraction <= before:
            return
        seconds = now - self._began + (1 - fraction) * (now - then) / (fraction - before)
        announce(seconds)
        self._announced = seconds > MIN_ANNOUNCED


def shows_bars() -> bool:
    """Return True if standard error is a terminal that redraws lines, unless all is to be quiet.

    A notebook runs its `!` commands in a terminal but prints each state of a bar below the last.
    """
    in_notebook = "JPY_PARENT_PID" in os.environ
    return sys.stderr.isatty() and not in_notebook and not RUNNING.get().quiet


@contextmanager
def progress_bar(
    description: str, expected: float = 0.0, *, timed: bool = True
) -> Iterator[Callable[..., None]]:
    """Yield a callable that takes the fraction done and, optionally, a text with details.

    If the fraction is None, only the text changes, and if there is no text, only the fraction.

    The bar appears on a terminal only, not in a notebook, and not if the command is to be quiet.

    Parameters
    ----------
    description : str
        Description of the work in a word or two.
    expected : float
        Time that the work is expected to take, in seconds; 0 if that is not known.
    timed : bool
        If False, the work announces its time itself.
    """
    announce(expected)
    pace = Pace() if timed and expected <= MIN_ANNOUNCED else None
    started = time.monotonic()
    shown = shows_bars()  # threads that advance it cannot tell
    bar: Progress | None = None

    def advance(fraction: float | None, detail: str = "") -> None:
        nonlocal bar
        if pace is not None and fraction is not None:
            pace.show(fraction)
        if bar is None:
            if not shown or time.monotonic() - started < MIN_SECONDS:
                return
            from rich.console import Console
            from rich.progress import Progress

            bar = Progress(console=Console(stderr=True), transient=True)
            bar.add_task(description, total=1.0)
            bar.start()
        text = f"{description}, {detail}" if detail else None
        bar.update(bar.task_ids[0], completed=fraction, description=text)

    try:
        yield advance
    finally:
        if bar is not None:
            bar.stop()


@contextmanager
def without_reports(sentence: str) -> Iterator[None]:
    """Announce work whose time cannot be told, such as drawing, once it has taken long."""
    # A thread does not know by itself whether the command is to be quiet.
    timer = Timer(MAX_SILENT, copy_context().run, (note, sentence))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
