"""`python -m benchmarks`: how long the main jobs take, the best of several runs.

Processes are compared with a bare script that imports numpy and matplotlib's Figure and saves a
colour mesh of the same size, run in turn with them.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np

import gridemp

BARE = """
import numpy as np
from matplotlib.figure import Figure
figure = Figure()
figure.subplots().pcolormesh(np.random.default_rng(0).random((11, 11)))
figure.savefig("bare.png")
"""


def main() -> None:
    """Print one line per case."""
    for label, seconds in in_process():
        print(f"{label:<52} {1000 * seconds:9.1f} ms", flush=True)
    bare, *others = as_processes()
    print(f"{bare[0]:<52} {1000 * bare[1]:9.1f} ms")
    for label, seconds in others:
        print(f"{label:<52} {1000 * seconds:9.1f} ms  {seconds / bare[1]:.2f} x bare")


def in_process() -> list[tuple[str, float]]:
    """The maps, from world to numbers."""
    klyubin = gridemp.load_maze("klyubin")
    exact = gridemp.World.from_maze(klyubin)
    noisy = gridemp.World.from_maze(klyubin, slip=0.1)
    rng = np.random.default_rng(0)
    large = gridemp.World.from_maze(
        gridemp.Maze(
            np.ones((300, 300)), rng.random((300, 299)) < 0.2, rng.random((299, 300)) < 0.2
        )
    )
    return [
        ("klyubin, n = 5", best(lambda: gridemp.empowerment(exact, 5), 20)),
        ("klyubin, n = 1000", best(lambda: gridemp.empowerment(exact, 1000), 20)),
        ("klyubin, slip 0.1, n = 5, gap 1e-6", best(lambda: gridemp.empowerment(noisy, 5), 5)),
        ("300 x 300, one wall in five, n = 10", best(lambda: gridemp.empowerment(large, 10), 5)),
    ]


def as_processes() -> list[tuple[str, float]]:
    """Whole commands, the bare script first; they take turns, so that a busy spell hits all."""
    commands: dict[str, list[str]] = {
        "bare script: numpy, Figure, 11 x 11 mesh, PNG": [sys.executable, "-c", BARE],
        "gridemp heatmap room --horizon 5": [
            *(sys.executable, "-m", "gridemp", "heatmap", "room", "--horizon", "5")
        ],
        "gridemp --help": [sys.executable, "-m", "gridemp", "--help"],
    }
    times: dict[str, list[float]] = {label: [] for label in commands}
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(10):
            for label, command in commands.items():
                times[label].append(seconds(partial(run, command, Path(folder))))
    return [(label, min(runs)) for label, runs in times.items()]


def run(command: list[str], folder: Path) -> None:
    """Run a command that must succeed, without its output."""
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)


def best(work: Callable[[], object], runs: int) -> float:
    """The shortest time of several runs, in seconds."""
    return min(seconds(work) for _ in range(runs))


def seconds(work: Callable[[], object]) -> float:
    """The time that one run takes, in seconds."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


main()
