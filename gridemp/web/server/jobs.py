"""Jobs: work on separate threads that reports, can be cancelled and has a time limit."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from threading import Event
from time import monotonic
from typing import Any

from gridemp.progress import Progress
from gridemp.web.server.api import SECONDS, UNANSWERED, Refusal
from gridemp.web.server.memory import give_back

# Lanes of jobs, and the number of jobs that run in each. Figures, which take a moment to stop, and
# texts, which take no time, do not share the threads of maps.
LANES = {"maps": 2, "figures": 1, "texts": 1}
LANE_OF = {"figure": "figures", "describe": "texts", "read": "texts"}  # kinds of questions
INTERVAL = 0.1  # seconds between two reports
LONG = 0.5  # seconds of work that may have used much memory
PARTIAL_INTERVAL = 0.5  # seconds between two reports with a partial result
Work = Callable[[Progress], Any]


class Cancelled(Exception):
    """Raised within a job that has been cancelled, as its result is no longer needed."""


class Jobs:
    """All jobs of a server, on a pool of threads for each lane."""

    def __init__(self) -> None:
        self._pools = {
            lane: ThreadPoolExecutor(count, thread_name_prefix=f"gridemp-{lane}")
            for lane, count in LANES.items()
        }
        self._running: set[Job] = set()

    def begin(self, work: Work, kind: str = "map") -> "Job":
        """Return a new job for a question of some kind; it may have to wait for others."""
        job = Job(work, self._pools[LANE_OF.get(kind, "maps")])
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
        for pool in self._pools.values():
            pool.shutdown(wait=False, cancel_futures=True)


@dataclass(frozen=True)
class Report:
    """Progress of a job that has no result yet.

    Attributes
    ----------
    progress : float
        Fraction done, from 0 to 1.
    partial : object
        Part of the result, or None.
    """

    progress: float
    partial: Any = None


class Job:
    """A piece of work that puts its reports and, last, its result into a queue.

    The last entry is what the work returned, the exception that it raised, or None if it was
    cancelled; those before it are instances of `Report`.

    Parameters
    ----------
    work : callable
        Called with the job itself, a `progress` callable through which it is also cancelled.
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
        self._started = self._reported = self._shown = monotonic()
        self._fraction = 0.0
        try:
            self._put(self._work(self))
        except Cancelled:
            pass
        except Exception as error:
            self._put(error)
        finally:
            if monotonic() - self._started > LONG:
                give_back()

    def __call__(self, fraction: float) -> None:
        """Report the fraction done, unless there was a report just before; the work may end here.

        Raises
        ------
        Cancelled
            If the job was cancelled.
        Refusal
            If it has taken too long.
        """
        now = monotonic()
        if self._cancelled.is_set():
            raise Cancelled
        if now - self._started > SECONDS:
            raise Refusal(
                f"this took more than the {SECONDS:g} seconds that the explorer gives it; lower "
                "the horizon, or run the command in a terminal",
                "horizon",
                UNANSWERED,
                kind="too_slow",
                facts={"limit": SECONDS},
            )
        self._fraction = min(max(float(fraction), 0.0), 1.0)
        if now - self._reported > INTERVAL:
            self._reported = now
            self._put(Report(self._fraction))

    def show(self, part: Callable[[], Any]) -> None:
        """Report the part of the result that a callable returns, unless one was shown just before.

        Work is cancelled only where it reports its progress, not here.
        """
        now = monotonic()
        if now - self._shown > PARTIAL_INTERVAL:
            self._shown = self._reported = now
            self._put(Report(self._fraction, part()))

    def _put(self, entry: Any) -> None:
        if not self._cancelled.is_set():
            with suppress(RuntimeError):  # the server has stopped
                self._loop.call_soon_threadsafe(self.queue.put_nowait, entry)
