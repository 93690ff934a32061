"""Independent pieces of work on the workers of an executor: processes here or on other machines.

Processes are for work that consists of many short calls, which threads would do one after another.
"""

import os
import signal
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from importlib import import_module
from itertools import islice
from queue import SimpleQueue
from threading import Event, Thread
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from gridemp.errors import GridempError
from gridemp.parallel import one_processor

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

Item = TypeVar("Item")
Result = TypeVar("Result")

VERSION = str(import_module("gridemp").__version__)
MAX_PROCESSES = 32  # Windows allows for at most 61
MAX_SUBMITTED = 1024  # items that wait at an executor at a time


class LostProcess(GridempError):
    """A process that ended before its work was done."""


class OtherVersion(GridempError):
    """A worker that has another version of gridemp than this process."""


@dataclass(frozen=True)
class OnWorker(Generic[Item, Result]):
    """Function of one item as it is sent to a worker, which uses a single processor for it.

    Attributes
    ----------
    function : callable
        The function.
    version : str
        Version of gridemp that the worker must have: that of the sender.

    Raises
    ------
    OtherVersion
        When it is called, if the worker has another one.
    """

    function: Callable[[Item], Result]
    version: str = VERSION

    def __call__(self, item: Item) -> Result:
        """Return the result for an item."""
        if self.version != VERSION:
            raise OtherVersion(
                f"a worker has version {VERSION} of gridemp, and this process {self.version}; "
                "install the same version everywhere"
            )
        with one_processor():
            return self.function(item)


@contextmanager
def process_pool(processes: int) -> Iterator[Executor | None]:
    """Executor of processes, for the duration of a context.

    Parameters
    ----------
    processes : int
        Number of processes. More than one requires a main module that can be imported.

    Yields
    ------
    concurrent.futures.Executor or None
        None for a single process, which is this one. The others stop when the context ends, even in
        the middle of their work.

    Raises
    ------
    GridempError
        If the number of processes is less than 1.
    """
    if processes < 1:
        raise GridempError(f"`processes` must be 1 or more, not {processes}")
    if processes == 1:
        yield None
        return
    from concurrent.futures import ProcessPoolExecutor  # not at the top: commands would start later
    from multiprocessing import get_context

    pool = ProcessPoolExecutor(min(processes, MAX_PROCESSES), get_context("spawn"), _begin)
    done = False
    try:
        yield pool
        done = not pool._pending_work_items
    finally:
        if done:
            pool.shutdown()
        else:
            _kill(pool)


def _kill(pool: "ProcessPoolExecutor") -> None:
    """End the processes of a pool now. Python 3.14 has `terminate_workers` for this."""
    processes = list((pool._processes or {}).values())
    try:
        # Calls that have not begun are withdrawn first, as Python 3.11 prints a traceback if it
        # finds a cancelled one when a process ends. The last call of more than can begin is
        # withdrawn after all others.
        with suppress(BrokenExecutor):
            withdrawn = Event()
            last = [pool.submit(int) for _ in range(len(processes) + 2)][-1]
            last.add_done_callback(lambda _: withdrawn.set())
            pool.shutdown(wait=False, cancel_futures=True)
            withdrawn.wait(timeout=1)
    finally:
        # All of them at once, as one that is left could wait for a lock that another one holds.
        for process in processes:
            process.kill()
        pool.shutdown(wait=False, cancel_futures=True)


def shared_map(
    function: Callable[[Item], Result],
    items: Iterable[Item],
    executor: Executor | None,
    most: int = MAX_SUBMITTED,
) -> closing[Generator[tuple[int, Result], None, None]]:
    """Apply a function to each item on the workers of an executor.

    Parameters
    ----------
    function : callable
        Called with one item. For processes, it must be importable, and its items and results
        picklable.
    items : iterable
        Arguments of the calls, taken as they are needed.
    executor : concurrent.futures.Executor or None
        Executor of the calls; None for this process.
    most : int
        Number of items that are submitted at a time.

    Returns
    -------
    context manager of an iterator of (int, result)
        Number and result of each item, in the order in which they are done. What an item raises is
        raised. When the context ends, calls that have not begun are cancelled.

    Raises
    ------
    LostProcess
        By the iterator, if a process ends before its work is done.
    """
    return closing(_completed(function, items, executor, most))


def _completed(
    function: Callable[[Item], Result], items: Iterable[Item], executor: Executor | None, most: int
) -> Generator[tuple[int, Result], None, None]:
    numbered = enumerate(items)
    if executor is None:
        for number, item in numbered:
            yield number, function(item)
        return
    on_worker = OnWorker(function)
    done: SimpleQueue[Future[Result]] = SimpleQueue()
    numbers: dict[Future[Result], int] = {}
    try:
        while True:
            for number, item in islice(numbered, most - len(numbers)):
                future = executor.submit(on_worker, item)
                numbers[future] = number
                future.add_done_callback(done.put)
            if not numbers:
                return
            future = done.get()
            yield numbers.pop(future), future.result()
    except Exception as error:
        if not (is_loss(error) or is_killed(error)):
            raise
        raise LostProcess(
            "a process ended before its work was done; use fewer processes if memory is short, and "
            "call functions with several processes below `if __name__ == '__main__':` in a script"
        ) from error
    finally:
        for future in numbers:
            future.cancel()


def is_loss(error: Any) -> bool:
    """True for the errors that mean that an executor, or a cluster of dask, has no workers left."""
    lost = (BrokenExecutor, CancelledError)
    return isinstance(error, lost) or type(error).__name__ in (
        "NoWorkerError",
        "NoValidWorkerError",
    )


def is_killed(error: Any) -> bool:
    """True for the error of dask for a call during which several workers ended."""
    return type(error).__name__ == "KilledWorker"


def _begin() -> None:
    """Prepare a worker: it ignores Ctrl-C, which the main process handles, and ends with that."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    from multiprocessing import parent_process

    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
