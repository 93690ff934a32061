"""Gap of learned bounds to the exact map of the classic maze: `python -m benchmarks.learned`.

Medians of three seeds, and the range of the gap; needs PyTorch (`pip install ".[deep]"`).
"""

import sys
import time
from statistics import median
from typing import Any

import gridemp
from gridemp.deep import TrainingOptions, train

SEEDS = range(3)
CASES: tuple[tuple[int, float, dict[str, Any]], ...] = (
    (3, 0.0, {"dynamics": "given"}),
    (3, 0.0, {"dynamics": "learned"}),
    (3, 0.0, {"dynamics": "given", "state": "planes"}),
    (3, 0.0, {"dynamics": "given", "sequences": "drawn"}),
    (2, 0.1, {"dynamics": "given"}),
    (2, 0.1, {"dynamics": "learned"}),
)


def main() -> None:
    """Print a row for each case that has all the words given."""
    print("| n | slip | options | seconds | mean gap [bits] | widest | Spearman | top tenth |")
    print("|---|---|---|---|---|---|---|---|")
    for horizon, slip, options in CASES:
        name = ", ".join(f"{option} {value}" for option, value in options.items())
        if not all(word in f"{horizon} {slip} {name}" for word in sys.argv[1:]):
            continue
        world = gridemp.World.from_maze(gridemp.load_maze("klyubin"), slip=slip)
        exact = gridemp.empowerment(world, horizon)
        rows = []
        for seed in SEEDS:
            started = time.perf_counter()
            learned = train(exact, TrainingOptions(seed=seed, **options))
            assert learned is not None
            seconds = time.perf_counter() - started
            gap = learned.gap
            rows.append((seconds, gap.mean(), gap.max(), learned.agreement, learned.top_tenth))
        seconds, mean, widest, agreement, top = map(median, zip(*rows, strict=True))
        low, *_, high = sorted(row[1] for row in rows)
        print(
            f"| {horizon} | {slip} | {name} | {seconds:.0f} | {mean:.3f} ({low:.3f} to {high:.3f}) "
            f"| {widest:.3f} | {agreement:.4f} | {top:.3f} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
