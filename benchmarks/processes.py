"""Whole commands against a bare script that saves a mesh and a figure of the same size, in turn."""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

BARE = """
import numpy as np
from matplotlib.figure import Figure
figure = Figure(figsize=(6.53, 6.11))
figure.subplots().pcolormesh(np.random.default_rng(0).random((11, 11)))
figure.savefig("bare.png", dpi=200)
"""
COMMANDS = {
    "a bare script: numpy, Figure, 11 x 11 mesh, PNG of that size": ["-c", BARE],
    "gridemp heatmap room --horizon 5": ["-m", "gridemp", "heatmap", "room", "--horizon", "5"],
    "gridemp --help": ["-m", "gridemp", "--help"],
    "import gridemp": ["-c", "import gridemp"],
}
ROUNDS = 10


def process_times() -> dict[str, float]:
    """The shortest time of each command, in seconds, the bare script first."""
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(ROUNDS):  # they take turns, so that a busy spell hits all
            for name, arguments in COMMANDS.items():
                start = time.perf_counter()
                subprocess.run(
                    [sys.executable, *arguments],
                    cwd=Path(folder),
                    check=True,
                    stdout=subprocess.DEVNULL,
                )
                times[name].append(time.perf_counter() - start)
    return {name: min(runs) for name, runs in times.items()}
