"""Progress bar on standard error, for work that turns out to take over a second."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from gridemp.cli.running import RUNNING

if TYPE_CHECKING:
    from rich.progress import Progress

MIN_SECONDS = 1.0  # before the bar appears


@contextmanager
def progress_bar(description: str) -> Iterator[Callable[..., None]]:
    """Yield a callable that takes the fraction done and, optionally, a text with details.

    The bar appears on a terminal only, and not if the command is to be quiet.

    Parameters
    ----------
    description : str
        Description of the work in a word or two.
    """
    started = time.monotonic()
    bar: Progress | None = None

    def advance(fraction: float, detail: str = "") -> None:
        nonlocal bar
        if bar is None:
            shown = sys.stderr.isatty() and not RUNNING.get().quiet
            if not shown or time.monotonic() - started < MIN_SECONDS:
                return
            from rich.console import Console
            from rich.progress import Progress

            bar = Progress(console=Console(stderr=True), transient=True)
            bar.add_task(description, total=1.0)
            bar.start()
        text = f"{description}, {detail}" if detail else description
        bar.update(bar.task_ids[0], completed=fraction, description=text)

    try:
        yield advance
    finally:
        if bar is not None:
            bar.stop()
