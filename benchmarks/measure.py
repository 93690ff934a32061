"""`python -m benchmarks.measure CASE N`: one case in a process of its own, as a line of JSON.

Time is from the world to its numbers, the best of several runs if they are short. Memory is the
peak of the process less what it was after the imports, the world included.
"""

import json
import resource
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from benchmarks.cases import CASES, Case
from benchmarks.rivals import RIVALS
from gridemp import World, empowerment
from gridemp.engine.channel import channel, window
from gridemp.engine.refined_interval import refined_interval
from gridemp.engine.sequences import Sequences
from gridemp.information.active_set import solve

Result = TypeVar("Result")

TOLERANCE = 1e-6
RIVAL_CELLS = 5
RIVAL_SEQUENCES = 4000  # they would take minutes, or all memory, beyond


def main() -> None:
    """Print the measurements of one case."""
    case, horizon = CASES[int(sys.argv[1])], int(sys.argv[2])
    imported = peak_bytes()
    world = case.world()
    seconds, gap = best(lambda: work(case, world, horizon))
    result = {
        "cells": len(world.cell) if case.cell is None else 1,
        "seconds": seconds,
        "gap": gap,
        "bytes": peak_bytes() - imported,
    }
    within = [n for n in case.horizons if len(world.actions) ** n <= RIVAL_SEQUENCES]
    if not world.deterministic and horizon == max(within, default=0):
        result |= against_rivals(world, horizon)
    print(json.dumps(result))


def work(case: Case, world: World, horizon: int) -> float:
    """Compute the map, or the one cell; the largest gap."""
    if case.cell is None:
        return float(empowerment(world, horizon, TOLERANCE).gap.max())
    row, col = world.maze.rowcol(*case.cell)
    state = int(world.maze.floor.ravel()[: row * world.maze.shape[1] + col].sum())
    if case.bounds is not None:
        lower, upper, _ = refined_interval(window(world, state, horizon), case.bounds)
        return upper - lower
    return one(world, state, horizon)[1]


def one(world: World, state: int, horizon: int) -> tuple[float, float]:
    """Bits and gap of one state."""
    capacity = solve(Sequences(window(world, state, horizon)), TOLERANCE)
    return capacity.lower, capacity.gap


def against_rivals(world: World, horizon: int) -> dict[str, float]:
    """Times of the rivals, as ratios, and their largest errors in bits, on a few channels."""
    states = range(0, len(world.cell), len(world.cell) // RIVAL_CELLS)[:RIVAL_CELLS]
    own = sum(best(partial(one, world, state, horizon))[0] for state in states)
    result: dict[str, float] = {}
    for name, capacity in RIVALS.items():
        spent, error = 0.0, 0.0
        for state in states:
            rows = channel(world, state, horizon).probabilities
            start = time.perf_counter()
            bits = capacity(rows)
            spent += time.perf_counter() - start
            error = max(error, abs(bits - one(world, state, horizon)[0]))
        result |= {f"{name} ratio": spent / own, f"{name} error": error}
    return result


def best(work: Callable[[], Result]) -> tuple[float, Result]:
    """The shortest time of one run, or of up to ten within a second; and what the work returns."""
    times: list[float] = []
    while not times or (len(times) < 10 and sum(times) < 1):
        start = time.perf_counter()
        value = work()
        times.append(time.perf_counter() - start)
    return min(times), value


def peak_bytes() -> int:
    """The peak memory of this process so far."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else 1024 * peak


if __name__ == "__main__":
    main()
