"""Jobs: work on separate threads that reports, can be cancelled and has a time limit."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Event
from time import monotonic
from typing import Any

from gridemp.progress import Progress
from gridemp.web.server.api import SECONDS, UNANSWERED, Refusal

MAX_RUNNING = 2  # jobs at a time
INTERVAL = 0.1  # seconds between two reports
Work = Callable[[Progress], Any]


class Cancelled(Exception):
    """Raised within a job that has been cancelled, as its result is no longer needed."""


class Jobs:
    """All jobs of a server, on a pool of threads."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(MAX_RUNNING, thread_name_prefix="gridemp")
        self._running: set[Job] = set()

    def begin(self, work: Work) -> "Job":
        """Return a new job, which may have to wait for others."""
        job = Job(work, self._pool)
        self._running.add(job)
        return job

    def end(self, job: "Job") -> None:
        """Forget a job that is finished or no longer needed, and cancel what is left of it."""
        job.cancel()
        self._running.discard(job)

    def end_all(self) -> None:
        """Cancel all jobs and accept no further ones."""
        for job in self._running:
            job.cancel()
        self._pool.shutdown(wait=False, cancel_futures=True)


class Job:
    """A piece of work that puts its reports and, last, its result into a queue.

    Reports are fractions from 0 to 1. The last entry is what the work returned, the exception that
    it raised, or None if it was cancelled.

    Parameters
    ----------
    work : callable
        Called with a `progress` callable, through which it is also cancelled.
    pool : ThreadPoolExecutor
        The threads to run on.
    """

    def __init__(self, work: Work, pool: ThreadPoolExecutor) -> None:
        self._work = work
        self._loop = asyncio.get_running_loop()
        self._cancelled = Event()
        self.queue: asyncio.Queue[Any] = asyncio.Queue()
        self._future = pool.submit(self._run)

    def cancel(self) -> None:
        """Stop the work at its next report, or before it begins."""
        self._cancelled.set()
        self._future.cancel()
        with suppress(RuntimeError):  # the server has stopped
            self._loop.call_soon_threadsafe(self.queue.put_nowait, None)

    def _run(self) -> None:
        self._started = self._reported = monotonic()
        try:
            self._put(self._work(self._progress))
        except Cancelled:
            pass
        except Exception as error:
            self._put(error)

    def _progress(self, fraction: float) -> None:
        now = monotonic()
        if self._cancelled.is_set():
            raise Cancelled
        if now - self._started > SECONDS:
            raise Refusal(
                f"this took more than the {SECONDS:g} seconds that the explorer gives it; lower "
                "the horizon, or run the command in a terminal",
                "horizon",
                UNANSWERED,
            )
        if now - self._reported > INTERVAL:
            self._reported = now
            self._put(min(max(float(fraction), 0.0), 1.0))

    def _put(self, entry: Any) -> None:
        if not self._cancelled.is_set():
            with suppress(RuntimeError):  # the server has stopped
                self._loop.call_soon_threadsafe(self.queue.put_nowait, entry)
