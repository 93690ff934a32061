"""`python -m benchmarks [WORD ...]`: time and memory of all cases, or of those named, as a table.

A case is named by any part of its name. The table has ratios to dit and to cvxpy with CLARABEL if
these are installed: `pip install ".[bench]"`. `python -m benchmarks sweep` measures sweeps instead.
"""

import json
import subprocess
import sys

from benchmarks import sweep
from benchmarks.cases import CASES
from benchmarks.processes import process_times
from benchmarks.rivals import INSTALLED


def main(words: list[str]) -> None:
    """Print one row for each case and horizon, then the times of whole processes."""
    row("case", "n", "time", "per cell", "peak memory", "gap", *(f"{name} x" for name in INSTALLED))
    row(*["---"] * (6 + len(INSTALLED)))
    for number, case in enumerate(CASES):
        if words and not any(word in case.name for word in words):
            continue
        for horizon in case.horizons:
            command = [sys.executable, "-m", "benchmarks.measure", str(number), str(horizon)]
            done = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
            row(
                case.name,
                str(horizon),
                duration(done["seconds"]),
                duration(done["seconds"] / done["cells"]),
                f"{done['bytes'] / 1e6:.0f} MB",
                f"{done['gap']:.0e}",
                *(rival(name, done) for name in INSTALLED),
            )
    if not words:
        print()
        bare, *others = process_times().items()
        print(f"{bare[0]}: {duration(bare[1])}")
        for name, seconds in others:
            print(f"{name}: {duration(seconds)}, {seconds / bare[1]:.2f} times the bare script")


def row(*cells: str) -> None:
    """Print a row of a Markdown table."""
    print("| " + " | ".join(cells) + " |", flush=True)


def duration(seconds: float) -> str:
    """A time, in a unit that suits it."""
    for unit, name in ((1, "s"), (1e-3, "ms"), (1e-6, "us")):
        if seconds >= unit:
            return f"{seconds / unit:.3g} {name}"
    return f"{seconds / 1e-9:.3g} ns"


def rival(name: str, done: dict[str, float]) -> str:
    """The time of a rival as a ratio, and its error; nothing if it was not run."""
    if f"{name} ratio" not in done:
        return ""
    return f"{done[f'{name} ratio']:.0f} (off by {done[f'{name} error']:.0e} bits)"


if __name__ == "__main__":  # processes of a cluster import this file, too
    if sys.argv[1:] == ["sweep"]:
        sweep.main()
    else:
        main(sys.argv[1:])
