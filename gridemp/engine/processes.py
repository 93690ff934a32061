"""Independent pieces of work in several processes.

Processes are for work that consists of many short calls, which threads would do one after another.
"""

import os
import signal
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import TypeVar

from gridemp.errors import GridempError

Item = TypeVar("Item")
Result = TypeVar("Result")

MAX_PROCESSES = 32  # Windows allows for at most 61


class LostProcess(GridempError):
    """A process that ended before its work was done."""


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

    Raises
    ------
    GridempError
        If the number of processes is less than 1.
    LostProcess
        By the iterator, if a process ends before its work is done.
    """
    if processes < 1:
        raise GridempError(f"`processes` must be 1 or more, not {processes}")
    return closing(_completed(function, items, min(processes, len(items), MAX_PROCESSES)))


def _completed(
    function: Callable[[Item], Result], items: Sequence[Item], processes: int
) -> Generator[tuple[int, Result], None, None]:
    if processes < 2:
        for number, item in enumerate(items):
            yield number, function(item)
        return
    pool = ProcessPoolExecutor(processes, get_context("spawn"), _begin)
    done = False
    try:
        numbers = {pool.submit(function, item): number for number, item in enumerate(items)}
        for future in as_completed(numbers):
            yield numbers[future], future.result()
        done = True
    except BrokenProcessPool as error:
        raise LostProcess(
            "a process ended before its work was done; use fewer processes if memory is short, and "
            "call functions with several processes below `if __name__ == '__main__':` in a script"
        ) from error
    finally:
        if not done:
            # All of them at once, as one that is left could wait for a lock that another one holds.
            # Python 3.14 has `terminate_workers` for this.
            for process in list((pool._processes or {}).values()):
                process.kill()
        pool.shutdown(wait=done, cancel_futures=True)


def _begin() -> None:
    """Prepare a worker: it ignores Ctrl-C, which the main process handles, and ends with that."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
