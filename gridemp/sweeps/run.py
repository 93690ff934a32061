"""The run of a sweep: it computes the maps that a store lacks, by any executor.

The caller of the run writes the store, so that those who compute need no disk in common with it.
"""

from collections import deque
from collections.abc import Generator, Iterable
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from contextlib import closing
from itertools import chain
from typing import Any

from gridemp.engine.processes import LostProcess, OnWorker, OtherVersion, is_killed, is_loss
from gridemp.progress import Progress, ignore
from gridemp.sweeps.batches import size
from gridemp.sweeps.group import Group
from gridemp.sweeps.prepare import Batch, Work, group_key
from gridemp.sweeps.result import Failure, SweepResult
from gridemp.sweeps.store import Store
from gridemp.sweeps.task import KILLED, Task, TaskResult, compute, failed

MAX_PENDING = 512  # batches that are being computed or wait for it
MAX_PENDING_BYTES = 2**31  # of their values
MIN_SHARED = 60.0  # seconds of a noisy map whose cells the workers share
MAX_SHARED = 8  # such maps; more of them keep all workers busy without this
MIN_DURABLE = 1.0  # seconds of a task whose result waits for the disk

END = "run the same sweep again to continue"
LOST = (
    "the worker processes ended before the sweep was finished, perhaps because memory ran out; "
    f"{END}, with fewer workers if memory is short"
)


class InThisProcess(Executor):
    """Executor that computes at once, in the process of the caller."""

    def submit(self, function: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Return the result as a future that is done."""
        future: Future[Any] = Future()
        future.set_result(function(*args, **kwargs))
        return future


def run(
    work: Work, executor: Executor | None = None, progress: Progress | None = None
) -> SweepResult:
    """Compute the maps that a store lacks, and write them.

    Parameters
    ----------
    work : Work
        What to do.
    executor : concurrent.futures.Executor, optional
        Computes batches of tasks; by default this process does.
    progress : callable, optional
        Called with the fraction of the work done, from 0 to 1.

    Returns
    -------
    SweepResult
        Numbers of maps computed and kept, and failures.

    Raises
    ------
    LostProcess
        If the executor ends, or its workers do, before the work is done; the cause is its error.
    GridempError
        If a worker has another version of gridemp, or the store cannot be written.
    """
    progress = progress or ignore
    large = [batch for batch in work.batches if _is_large(batch)]
    if len(large) > MAX_SHARED:
        large = []
    small = [batch for batch in work.batches if batch not in large]
    computed, spent, total = 0, 0.0, work.seconds
    failures: list[Failure] = []
    with (
        closing(_shared(large, executor, total, progress)) as shared,
        closing(_whole(small, executor)) as whole,
    ):
        for (cost, batch), results in chain(shared, whole):
            for task, result in zip(batch, results, strict=True):
                group = work.groups[group_key(task.grid)]
                computed += _write(work.store, group, task, result)
                failures += _failures(group.name, task, result)
            spent += cost
            progress(min(spent / total, 1.0))
    return SweepResult(work.store.path, computed, work.kept, tuple(failures))


def _is_large(batch: Batch) -> bool:
    """Return True if a batch is a noisy map that the workers share, rather than one of them."""
    seconds, tasks = batch
    return len(tasks) == 1 and seconds >= MIN_SHARED and tasks[0].condition.slip > 0


def _shared(
    large: Iterable[Batch], executor: Executor | None, total: float, progress: Progress
) -> Generator[tuple[Batch, list[TaskResult]], None, None]:
    """Yield large batches and their results: one after another, each with all workers."""
    spent = 0.0
    for batch in large:
        seconds, tasks = batch

        def within(fraction: float, before: float = spent, own: float = seconds) -> None:
            progress(min((before + fraction * own) / total, 1.0))

        try:
            results = compute(tasks, executor, within)
        except LostProcess as error:
            raise LostProcess(LOST) from error.__cause__
        spent += seconds
        yield batch, results


def _whole(
    small: Iterable[Batch], executor: Executor | None
) -> Generator[tuple[Batch, list[TaskResult]], None, None]:
    """Yield small batches and their results, in the order in which they are done."""
    function = compute if executor is None else OnWorker(compute)
    executor = executor or InThisProcess()
    waiting = deque(small)
    pending: dict[Future[list[TaskResult]], Batch] = {}
    held = 0
    try:
        while waiting or pending:
            room = len(pending) < MAX_PENDING and held < MAX_PENDING_BYTES
            if waiting and room:
                cost, batch = waiting.popleft()
                try:
                    pending[executor.submit(function, batch)] = cost, batch
                except BrokenExecutor as error:
                    raise LostProcess(LOST) from error
                held += size(batch)
            timeout = 0 if waiting and room else None
            for future in sorted(wait(pending, timeout, FIRST_COMPLETED).done, key=_is_lost):
                cost, batch = pending.pop(future)
                held -= size(batch)
                results = _results(future, batch)
                if results is None:  # one of them may have ended a process
                    waiting.extend((cost / len(batch), (task,)) for task in batch)
                else:
                    yield (cost, batch), results
    finally:
        for future in pending:
            future.cancel()


def _is_lost(future: Future[list[TaskResult]]) -> bool:
    """Return True if a future, which is done, has no results because its executor ended."""
    return future.cancelled() or is_loss(future.exception())


def _results(future: Future[list[TaskResult]], batch: tuple[Task, ...]) -> list[TaskResult] | None:
    """Results of a batch, or None if those who computed it were lost and it held several tasks."""
    try:
        return future.result()
    except OtherVersion:
        raise
    except Exception as error:
        if is_loss(error):
            raise LostProcess(LOST) from error
        if len(batch) > 1:
            return None
        reason = KILLED if is_killed(error) else f"{type(error).__name__}: {error}"
        return [failed(batch[0], reason)]


def _write(store: Store, group: Group, task: Task, result: TaskResult) -> int:
    """Write the maps of a task, then its record; return the number of maps.

    Failures have a record of their own, as another client may have computed the same maps.
    """
    durable = result.seconds >= MIN_DURABLE
    done = [one for one in result.maps if not one.failed]
    lost = [one for one in result.maps if one.failed]
    for one in done:
        store.write(group, task.place(one.horizon), one.chunks, durable=durable)
    for key, maps in (task.key, done), (f"{task.key}-failed", lost):
        if maps:
            record = task.record(group.name, maps, result.seconds)
            store.write_record(key, record, durable=durable)
    return len(done)


def _failures(group: str, task: Task, result: TaskResult) -> list[Failure]:
    return [
        Failure(group, task.place(one.horizon), one.failed) for one in result.maps if one.failed
    ]
