"""The processes that compute the maps of a sweep: this one, those of this machine, or a cluster."""

import asyncio
import json
import logging
from collections.abc import Iterator
from concurrent.futures import CancelledError, Executor
from contextlib import ExitStack, contextmanager, suppress
from contextvars import copy_context
from importlib.util import find_spec
from pathlib import Path
from threading import Event, Thread
from typing import Any

from gridemp.cli.interrupts import interrupts_held
from gridemp.cli.parse import parse_whole
from gridemp.cli.say import note
from gridemp.engine.processes import LostProcess
from gridemp.errors import GridempError, import_extra
from gridemp.parallel import available_processors
from gridemp.sweeps.run import END

MIN_SHARED = 20.0  # expected seconds of work for which other processes are started unasked
MAX_CONNECTING = 30.0  # seconds to wait for the answer of a scheduler
MAX_IDLE = 30.0  # seconds without any worker on this machine after which the work is given up
WATCHED = 2.0  # seconds between two looks at the workers of a cluster
HERE = "127.0.0.1"


def check_cluster(workers: str | None, scheduler: str | None) -> None:
    """Raise a GridempError unless there can be that many workers, and such a scheduler answers.

    See `executor_of` for the parameters.
    """
    _count(workers, scheduler)
    if scheduler is not None:
        distributed = _distributed()
        address = _address(scheduler)
        try:
            found = asyncio.run(_identity(distributed, address))
        except Exception as error:
            raise _unreachable(scheduler, f"it does not answer{_reason(error)}") from None
        if found.get("type") != "Scheduler":
            raise _unreachable(scheduler, f"it is the address of a {found.get('type')}")


@contextmanager
def executor_of(
    workers: str | None, scheduler: str | None, seconds: float
) -> Iterator[Executor | None]:
    """Yield an executor of Dask, or None if this process does the work itself.

    Parameters
    ----------
    workers : str, optional
        Number of processes on this machine, as typed.
    scheduler : str, optional
        Address or file of the scheduler of a cluster that runs.
    seconds : float
        Expected time of the work; 0 if there is none.
    """
    count = _count(workers, scheduler)
    if not seconds or (scheduler is None and workers is None and seconds < MIN_SHARED):
        yield None
        return
    distributed = _distributed()
    with ExitStack() as stack:
        # Lost workers are not the user's concern, and of a lost scheduler a sentence tells.
        for name in ("distributed", "tornado.application"):
            stack.enter_context(distributed.utils.silence_logging_cmgr(logging.CRITICAL, name))
        released = stack.enter_context(interrupts_held())
        if scheduler is None:
            client = stack.enter_context(_workers_here(distributed, count))
        else:
            client = stack.enter_context(_cluster_at(distributed, scheduler))
        stack.enter_context(released())
        if scheduler is not None or find_spec("bokeh"):
            note(f"dashboard: {client.dashboard_link}")
        yield client.get_executor(pure=False)


def _distributed() -> Any:
    return import_extra("distributed", "a sweep in several processes", "distributed")


def _count(workers: str | None, scheduler: str | None) -> int:
    """Return the number of workers on this machine."""
    count = available_processors() if workers is None else parse_whole("--workers", workers)
    if count < 1:
        raise GridempError(f"--workers must be 1 or more, not {count}")
    if scheduler is not None and workers is not None:
        raise GridempError("a cluster that is running has its workers already; leave out --workers")
    return count


@contextmanager
def _workers_here(distributed: Any, count: int) -> Iterator[Any]:
    """Client of a cluster on this machine, which gives up when it has had no workers for long."""
    config = import_extra("dask.config", "a sweep in several processes", "distributed")
    with ExitStack() as stack:
        limit = {"distributed.scheduler.no-workers-timeout": f"{MAX_IDLE}s"}
        stack.enter_context(config.set(limit))
        try:
            cluster = distributed.LocalCluster(
                n_workers=count,
                threads_per_worker=1,
                host=HERE,
                dashboard_address=f"{HERE}:0",
                silence_logs=logging.CRITICAL,
            )
            client = distributed.Client(stack.enter_context(cluster))
        except Exception as error:
            raise GridempError(
                f"cannot start {count} worker processes{_reason(error)}, perhaps because memory "
                "ran out; use fewer with --workers"
            ) from None
        yield stack.enter_context(client)


@contextmanager
def _cluster_at(distributed: Any, scheduler: str) -> Iterator[Any]:
    """Client of a cluster that runs."""
    address = _address(scheduler)
    try:
        client = distributed.Client(address, timeout=MAX_CONNECTING)
    except Exception as error:
        raise _unreachable(scheduler, f"it does not answer{_reason(error)}") from None
    ended = Event()
    try:
        with client:
            # A thread does not know by itself whether the command is to be quiet.
            context = copy_context()
            Thread(target=context.run, args=(_watch, client, ended), daemon=True).start()
            yield client
    except LostProcess as error:
        if not isinstance(error.__cause__, CancelledError):
            raise
        raise GridempError(
            f"the connection to the scheduler at {address} was lost; start it again if it has "
            f"ended, and {END}"
        ) from None
    finally:
        ended.set()


def _watch(client: Any, ended: Event) -> None:
    """Print once that a cluster has no workers, whenever it has lost all of them."""
    had_any = True
    with suppress(Exception):  # of a connection that is lost, of which others tell
        while not ended.is_set():
            has_any = bool(client.scheduler_info()["workers"]) or client.status != "running"
            if had_any and not has_any:
                note("the cluster has no workers; the work goes on when one connects")
            had_any = has_any
            ended.wait(WATCHED)


async def _identity(distributed: Any, address: str) -> dict[str, Any]:
    """Reply of a process of Dask to the question who it is."""
    options = distributed.Security().get_connection_args("client")
    async with distributed.rpc(address, connection_args=options) as process:
        found: dict[str, Any] = await asyncio.wait_for(process.identity(), MAX_CONNECTING)
    return found


def _address(scheduler: str) -> str:
    """Return the address of a scheduler: what was typed, or what its file says."""
    file = Path(scheduler)
    if not file.is_file():
        if ":" not in scheduler:
            raise _unreachable(scheduler, "there is no such file")
        return scheduler
    try:
        return str(json.loads(file.read_text(encoding="utf-8"))["address"])
    except (OSError, ValueError, LookupError, TypeError):
        raise _unreachable(scheduler, "it is not the file of a scheduler") from None


def _unreachable(scheduler: str, reason: str) -> GridempError:
    return GridempError(
        f"cannot connect to a Dask scheduler at '{scheduler}': {reason}; give the address that "
        "dask scheduler prints, such as tcp://10.0.0.1:8786, or the file that its option "
        "--scheduler-file writes"
    )


def _reason(error: Exception) -> str:
    """Return the first line of an error in brackets, if it has one."""
    line = str(error).partition("\n")[0].rstrip(".")
    return f" ({line})" if line else ""
