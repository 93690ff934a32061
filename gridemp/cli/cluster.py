"""The processes that compute the maps of a sweep: this one, those of this machine, or a cluster."""

import logging
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from gridemp.cli.parse import parse_whole
from gridemp.cli.say import note
from gridemp.errors import GridempError, import_extra
from gridemp.parallel import available_processors

MIN_SHARED = 20.0  # expected seconds of work for which other processes are started unasked
HERE = "127.0.0.1"


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
    count = available_processors() if workers is None else parse_whole("--workers", workers)
    if count < 1:
        raise GridempError(f"--workers must be 1 or more, not {count}")
    if scheduler is not None and workers is not None:
        raise GridempError("a cluster that is running has its workers already; leave out --workers")
    if not seconds or (scheduler is None and workers is None and seconds < MIN_SHARED):
        yield None
        return
    distributed = import_extra("distributed", "a sweep in several processes", "distributed")
    # Lost workers are not the user's concern, and of a lost scheduler a sentence tells.
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    with _client(distributed, count, scheduler) as client:
        if scheduler is not None or find_spec("bokeh"):
            note(f"dashboard: {client.dashboard_link}")
        yield client.get_executor(pure=False)


@contextmanager
def _client(distributed: Any, workers: int, scheduler: str | None) -> Iterator[Any]:
    if scheduler is None:
        with (
            distributed.LocalCluster(
                n_workers=workers,
                threads_per_worker=1,
                host=HERE,
                dashboard_address=f"{HERE}:0",
                silence_logs=logging.CRITICAL,
            ) as cluster,
            distributed.Client(cluster) as client,
        ):
            yield client
        return
    place = {"scheduler_file": scheduler} if Path(scheduler).is_file() else {"address": scheduler}
    try:
        client = distributed.Client(**place)
    except (OSError, ValueError) as error:
        raise GridempError(
            f"cannot connect to a Dask scheduler at {scheduler}: {error}; check the address, or "
            "start one with dask scheduler"
        ) from None
    with client:
        if not client.scheduler_info()["workers"]:
            note("the cluster has no workers yet; the work begins when one connects")
        yield client
