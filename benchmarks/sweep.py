"""`python -m benchmarks sweep`: sweeps on a Dask cluster of this machine.

It measures what a sweep adds to the work itself, the memory of the client over 10,000 small maps,
the time in which an interrupted sweep finds what is left, the gain of a second worker, and by
simulation how many workers a client keeps busy: the tasks of 50 workers only sleep.
"""

import logging
import resource
import sys
import tempfile
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from unittest.mock import patch

import numpy as np

import gridemp
from gridemp.cli.cluster import executor_of
from gridemp.errors import import_extra
from gridemp.mazes.maze import Maze
from gridemp.sweeps.layout import encoded
from gridemp.sweeps.store import records
from gridemp.sweeps.sweep import sweep
from gridemp.sweeps.task import MapResult, Task, TaskResult

SLIPS = [0.004 * i for i in range(1, 101)]
SIMULATED = 50  # workers, in processes of ten
PAUSES = (0.002, 0.01, 0.05, 0.25)  # seconds for each map


def main() -> None:
    """Print a row for each measurement."""
    with tempfile.TemporaryDirectory() as folder:
        small_maps(Path(folder) / "small.zarr")
        for workers in (1, 2):
            noisy_maps(Path(folder) / f"noisy-{workers}.zarr", workers)
        for pause in PAUSES:
            simulated(Path(folder) / f"simulated-{pause}.zarr", pause)


def small_maps(path: Path) -> None:
    """Measure 10,000 small maps with one worker, and a second run that finds all done."""
    mazes = [gridemp.make_maze("caves", 12, 8, seed) for seed in range(1000)]
    before = memory()
    started, used = time.perf_counter(), time.process_time()
    run(path, mazes, "1")
    elapsed, client = time.perf_counter() - started, time.process_time() - used
    done = list(records(path))
    working = sum(record["seconds"] for record in done)
    row("10,000 small maps, one worker", f"{elapsed:.1f} s")
    row("... of which the worker computed", f"{working:.1f} s")
    row("... processor time of the client, per map", f"{1e3 * client / 10_000:.2f} ms")
    row("... the same, per task", f"{1e3 * client / len(done):.2f} ms")
    row("... peak memory of the client above that of the mazes", f"{memory() - before:.0f} MB")
    started = time.perf_counter()
    run(path, mazes, None)
    row("the same sweep again, all done", f"{time.perf_counter() - started:.1f} s")
    for file in sorted((path / ".tasks").glob("*.json"))[::20]:
        file.unlink()
    started = time.perf_counter()
    run(path, mazes, None)
    row("... with one task in 20 lost", f"{time.perf_counter() - started:.1f} s")


def run(path: Path, mazes: list[Maze], workers: str | None) -> None:
    """Sweep over small maps."""
    with executor_of(workers, None, 1.0) as executor:
        sweep(mazes, [1, 2, 3, 4, 5], path, moves=["nesw", "king"], executor=executor)


def noisy_maps(path: Path, workers: int) -> None:
    """Measure noisy maps with this many workers, without the start of the cluster."""
    with executor_of(str(workers), None, 1.0) as executor:
        started = time.perf_counter()
        sweep(["klyubin"], [3], path, slip=SLIPS, executor=executor)
        elapsed = time.perf_counter() - started
    row(f"{len(SLIPS)} noisy maps, workers: {workers}", f"{elapsed:.1f} s")


def simulated(path: Path, pause: float) -> None:
    """Measure a sweep whose maps take this long on simulated workers, for five seconds or more."""
    distributed = import_extra("distributed", "the benchmark of sweeps", "distributed")
    count = max(2000, int(5 * SIMULATED / pause))
    mazes = [gridemp.make_maze("caves", 12, 8, seed) for seed in range(10)]
    slips = np.linspace(0.1, 0.2, count // 50).tolist()
    with (
        distributed.LocalCluster(
            n_workers=SIMULATED // 10,
            threads_per_worker=10,
            dashboard_address=None,
            silence_logs=logging.CRITICAL,
        ) as cluster,
        distributed.Client(cluster) as client,
        patch("gridemp.sweeps.run.compute", partial(pretended, pause)),
        patch("gridemp.sweeps.prepare.Costs", lambda: lambda task: pause * len(task.horizons)),
    ):
        started, used = time.perf_counter(), time.process_time()
        executor = client.get_executor(pure=False)
        done = sweep(mazes, [1, 2, 3, 4, 5], path, slip=slips, executor=executor).computed
        elapsed, client_time = time.perf_counter() - started, time.process_time() - used
    busy = done * pause / elapsed
    row(
        f"{done:,} maps of {1e3 * pause:.0f} ms each, {SIMULATED} simulated workers",
        f"{elapsed:.1f} s",
        f"{busy:.1f} of them busy",
        f"{1e3 * client_time / done:.2f} ms of the client per map",
    )


def pretended(pause: float, tasks: Sequence[Task]) -> list[TaskResult]:
    """Results of a batch, as large as real ones, for which a worker only sleeps."""
    time.sleep(pause * sum(len(task.horizons) for task in tasks))
    return [
        TaskResult([pretended_map(task.grid.maze.shape, horizon) for horizon in task.horizons])
        for task in tasks
    ]


def pretended_map(shape: tuple[int, int], horizon: int) -> MapResult:
    """Map of random values."""
    grid = np.random.default_rng(0).random(shape)
    numbers = dict.fromkeys(("cells", "min", "mean", "max", "gap", "peak_x", "peak_y"), 1)
    return MapResult(horizon, encoded({"empowerment": grid, "gap": grid}), numbers)


def memory() -> float:
    """Peak memory of this process, in MB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1e6 if sys.platform == "darwin" else 1e3)


def row(*cells: str) -> None:
    """Print a row of a Markdown table."""
    print("| " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main()
