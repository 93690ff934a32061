"""Independent pieces of work on several threads, and the number of processors to use.

Threads are enough for long calls of NumPy and SciPy, which release the interpreter lock while they
compute. Work that consists of many short calls needs processes: see `engine.processes`.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

from gridemp.progress import Progress, ignore

Item = TypeVar("Item")
Result = TypeVar("Result")


_ONE_PROCESSOR = ContextVar("one processor", default=False)


@contextmanager
def one_processor() -> Iterator[None]:
    """Use a single processor for the duration of a context, as the others have work of their own.

    It concerns the thread of the caller.
    """
    token = _ONE_PROCESSOR.set(True)
    try:
        yield
    finally:
        _ONE_PROCESSOR.reset(token)


def available_processors() -> int:
    """Return the number of processors that this process may use."""
    if _ONE_PROCESSOR.get():
        return 1
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on every system
        return os.cpu_count() or 1


def parallel_map(
    function: Callable[[Item], Result],
    items: Sequence[Item],
    progress: Progress | None = None,
    threads: int | None = None,
) -> list[Result]:
    """Apply a function to each item on several threads.

    If a call fails or is interrupted, the calls that have not begun are dropped.

    Parameters
    ----------
    function : callable
        Called with one item; must be safe to run on several threads at once.
    items : sequence
        Arguments of the calls.
    progress : callable, optional
        Called with the fraction done, from 0 to 1.
    threads : int, optional
        Number of threads; by default one for each available processor. With one thread, or one
        item, all calls are made on the calling thread.

    Returns
    -------
    list
        Results in the order of the items.
    """
    progress = progress or ignore
    threads = available_processors() if threads is None else threads
    results: list[Result] = []
    if threads == 1 or len(items) == 1:
        for item in items:
            results.append(function(item))
            progress(len(results) / len(items))
        return results
    pool = ThreadPoolExecutor(threads)
    try:
        for result in pool.map(function, items):
            results.append(result)
            progress(len(results) / len(items))
    finally:
        pool.shutdown(cancel_futures=True)
    return results
