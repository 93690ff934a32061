"""Work in threads that can be called off, is limited in time and tells how far it is."""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Event
from typing import Any

from gridemp.errors import GridempError
from gridemp.progress import Progress
from gridemp.web.server.api import SECONDS, UNANSWERED, Refusal

AT_ONCE = 2
INTERVAL = 0.1  # seconds between two reports
Work = Callable[[Progress], Any]


class CalledOff(Exception):
    """Nobody waits for this any more."""


class Jobs:
    """All that is at work, on threads of their own."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="gridemp")
        self._running: set[Job] = set()

    def begin(self, work: Work) -> "Job":
        """A new job; it may have to wait for others."""
        job = Job(work, self._pool)
        self._running.add(job)
        return job

    def end(self, job: "Job") -> None:
        """Nobody waits for a job any more."""
        job.call_off()
        self._running.discard(job)

    def end_all(self) -> None:
        """Call off all jobs, and begin no other."""
        for job in self._running:
            job.call_off()
        self._pool.shutdown(wait=False, cancel_futures=True)


class Job:
    """One piece of work: its reports and, last, what came of it, are put into a queue.

    Reports are fractions from 0 to 1; the last entry is what the work returned, or its error, or
    None if it was called off.
    """

    def __init__(self, work: Work, pool: ThreadPoolExecutor) -> None:
        self._work = work
        self._loop = asyncio.get_running_loop()
        self._called_off = Event()
        self.queue: asyncio.Queue[Any] = asyncio.Queue()
        self._future = pool.submit(self._run)

    def call_off(self) -> None:
        """Stop at the next report, or never begin."""
        self._called_off.set()
        self._future.cancel()
        with suppress(RuntimeError):  # the server has stopped
            self._loop.call_soon_threadsafe(self.queue.put_nowait, None)

    def _run(self) -> None:
        self._begun = self._told = time.monotonic()
        try:
            self._tell(self._work(self._progress))
        except CalledOff:
            pass
        except Exception as error:
            self._tell(error)

    def _progress(self, fraction: float) -> None:
        now = time.monotonic()
        if self._called_off.is_set():
            raise CalledOff
        if now - self._begun > SECONDS:
            raise Refusal(
                f"this took more than the {SECONDS:g} seconds that the explorer gives it; lower "
                "the horizon, or run the command in a terminal",
                *("horizon", UNANSWERED),
            )
        if now - self._told > INTERVAL:
            self._told = now
            self._tell(min(max(float(fraction), 0.0), 1.0))

    def _tell(self, entry: Any) -> None:
        if not self._called_off.is_set():
            with suppress(RuntimeError):  # the server has stopped
                self._loop.call_soon_threadsafe(self.queue.put_nowait, entry)


def sentence(error: Exception) -> Refusal:
    """What to say of an error: its sentence if it is a user's mistake."""
    if isinstance(error, Refusal):
        return error
    if isinstance(error, GridempError):
        return Refusal(str(error), status=UNANSWERED)
    if isinstance(error, MemoryError):
        return Refusal(
            "this does not fit in memory; lower the horizon or make the maze smaller",
            *("horizon", UNANSWERED),
        )
    return Refusal(f"something went wrong here ({type(error).__name__})", status=500)
