"""`python -m benchmarks.belief [N ...]`: steps until a learned map is right, as a table.

An agent that does not know the walls of `klyubin` walks from a cell that the seed draws, until its
map is within 0.01 bit of the true one everywhere and stays so; 20 seeds for each horizon, by
default 1, 2, 3 and 5. Maps are certified to 0.001 bit, and what is left open counts against them.
"""

import sys
import time

import numpy as np

from gridemp import World, load_maze
from gridemp.agents.exploration import Explorer, explore
from gridemp.agents.exploration_record import CLOSE, ExplorationRecord

HORIZONS = 1, 2, 3, 5
SEEDS = 20
STEPS = 320
TOLERANCE = 1e-3


def main(words: list[str]) -> None:
    """Print one row per horizon, and above it what each seed took."""
    world = World.from_maze(load_maze("klyubin"))
    rows: list[tuple[str, ...]] = [
        ("n", "median", "fewest", "most", "largest difference then", "at the peak after", "time")
    ]
    rows.append(("---",) * len(rows[0]))
    for horizon in map(int, words or HORIZONS):
        began = time.perf_counter()
        explorer = Explorer(world, horizon, tol=TOLERANCE)
        walks = []
        for seed in range(SEEDS):
            rng = np.random.default_rng(seed)
            start = int(rng.integers(len(world.cell)))
            walk = explore(explorer, start, STEPS, rng)
            print(f"n = {horizon}, seed {seed}: {settled(walk):g} steps", flush=True)
            walks.append(walk)
        needed = np.array([settled(walk) for walk in walks])
        then = [walk.max_difference[int(min(settled(walk), STEPS))] for walk in walks]
        peaks = sum(at_peak(walk) for walk in walks)
        rows.append(
            (
                str(horizon),
                f"{np.median(needed):g}",
                f"{needed.min():g}",
                f"{needed.max():g}",
                f"{max(then):.4f}",
                f"{STEPS} steps: {peaks} of {SEEDS}",
                f"{(time.perf_counter() - began) / SEEDS:.0f} s each",
            )
        )
    print(f"\nSteps until within {CLOSE:g} bit everywhere, klyubin, {SEEDS} seeds\n")
    for row in rows:
        print("| " + " | ".join(row) + " |")


def settled(walk: ExplorationRecord) -> float:
    """Number of steps until the map is right; infinity if it never is."""
    steps = walk.settled()
    return float("inf") if steps is None else float(steps)


def at_peak(walk: ExplorationRecord) -> bool:
    """True if the last step ends on a cell of highest empowerment."""
    row, col = walk.path[-1]
    return bool(walk.truth.grid()[row, col] >= walk.truth.bits.max() - 1e-9)


main(sys.argv[1:])
