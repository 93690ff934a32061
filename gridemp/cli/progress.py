"""A progress bar on standard error, for work that turns out to take over a second."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress


PATIENCE = 1.0  # seconds


@contextmanager
def progress_bar(description: str) -> Iterator[Callable[..., None]]:
    """A callable to tell the fraction done, and how it goes if there is something to tell.

    Silent unless standard error is a terminal.
    """
    started = time.monotonic()
    bar: Progress | None = None

    def advance(fraction: float, how: str = "") -> None:
        nonlocal bar
        if bar is None:
            if not sys.stderr.isatty() or time.monotonic() - started < PATIENCE:
                return
            from rich.console import Console
            from rich.progress import Progress

            bar = Progress(console=Console(stderr=True), transient=True)
            bar.add_task(description, total=1.0)
            bar.start()
        told = f"{description}, {how}" if how else description
        bar.update(bar.task_ids[0], completed=fraction, description=told)

    try:
        yield advance
    finally:
        if bar is not None:
            bar.stop()
