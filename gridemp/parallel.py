"""Independent pieces of work on several threads or processes, and the number of processors to use.

Threads are enough for long calls of NumPy and SciPy, which release the interpreter lock while they
compute. Work with many short calls needs processes.
"""

import os
import signal
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor, as_completed
from contextlib import closing
from multiprocessing import active_children, get_context
from typing import TypeVar

from gridemp.progress import Progress, ignore

Item = TypeVar("Item")
Result = TypeVar("Result")


def available_processors() -> int:
    """Return the number of processors that this process may use."""
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


def process_map(
    function: Callable[[Item], Result], items: Sequence[Item], processes: int
) -> closing[Generator[tuple[int, Result], None, None]]:
    """Apply a function to each item in several processes.

    Parameters
    ----------
    function : callable
        Called with one item. It must be importable, and its items and results picklable.
    items : sequence
        Arguments of the calls.
    processes : int
        Number of processes. More than one requires a main module that can be imported.

    Returns
    -------
    context manager of an iterator of (int, result)
        Number and result of each item, in the order in which they are done. The processes stop when
        the context ends, even in the middle of their work.
    """
    return closing(_completed(function, items, min(processes, len(items))))


def _completed(
    function: Callable[[Item], Result], items: Sequence[Item], processes: int
) -> Generator[tuple[int, Result], None, None]:
    if processes < 2:
        for number, item in enumerate(items):
            yield number, function(item)
        return
    others = active_children()
    pool = ProcessPoolExecutor(processes, get_context("spawn"), _ignore_interrupts)
    done = False
    try:
        numbers = {pool.submit(function, item): number for number, item in enumerate(items)}
        for future in as_completed(numbers):
            yield numbers[future], future.result()
        done = True
    finally:
        if not done:
            for process in set(active_children()) - set(others):
                process.terminate()
        pool.shutdown(wait=done, cancel_futures=True)


def _ignore_interrupts() -> None:
    """Ignore Ctrl-C in a worker: the main process stops its workers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
