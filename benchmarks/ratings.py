"""`python -m benchmarks.ratings [RUNS]`: false alarms and power of the test of `--ratings`.

The first table has the share of simulated studies with p of 0.05 or less where gains tell nothing
about ratings; the second the share where they are correlated within players.
"""

import sys
from math import sqrt

import numpy as np

from benchmarks.estimators import row
from gridemp.logs import rating_power
from gridemp.logs.rating_power import SHIFTS, persistent
from gridemp.logs.rating_relation import shift_test, without_line
from gridemp.logs.resampling import SIGNIFICANT
from gridemp.parallel import parallel_map
from gridemp.typing import Array

RUNS = 2000
STUDIES = (1, 40), (3, 6), (5, 10), (10, 5), (10, 20), (30, 20)  # players and trials
PLANNED = (5, 10), (5, 20), (10, 10), (10, 20), (20, 10), (20, 20), (40, 20)
PERSISTENCES = 0.0, 0.5, 0.8, 0.9  # of ratings
EFFECTS = 0.1, 0.2, 0.3, 0.5
GAINS = "differences", "persistent", "trend", "trend, lines removed"
TREND = 1.0  # standard deviations by which gains and ratings both fall over a trend


def without_relation(
    gains: str, pairs: int, persistence: float, rng: np.random.Generator
) -> tuple[Array, Array]:
    """Gains and ratings of a player, less their means, that tell nothing about each other."""
    x = np.diff(rng.normal(size=pairs + 1))
    y = persistent(pairs, persistence, rng)
    if gains == "persistent":
        x = persistent(pairs, 0.5, rng)
    if gains.startswith("trend"):
        fall = np.linspace(TREND, 0.0, pairs)
        x, y = x / sqrt(2) + fall, y + fall
    x, y = x - x.mean(), y - y.mean()
    if gains.endswith("removed"):
        x, y = (without_line(values, np.arange(pairs)) for values in (x, y))
    return x, y


def share(gains: str, players: int, trials: int, persistence: float, runs: int) -> str:
    """Percentage of false alarms, with its standard error."""

    def p_value(run: int) -> float:
        rng = np.random.default_rng([players, trials, round(100 * persistence), run])
        study = [without_relation(gains, trials - 1, persistence, rng) for _ in range(players)]
        return shift_test(study, rng, SHIFTS)[0]

    found = float(np.mean(np.array(list(parallel_map(p_value, range(runs)))) <= SIGNIFICANT))
    return f"{100 * found:.1f} ± {100 * sqrt(found * (1 - found) / runs):.1f}"


def main(words: list[str]) -> None:
    """Print both tables."""
    runs = int(words[0]) if words else RUNS
    row("players", "trials", "gains", *(f"ratings {value:g}" for value in PERSISTENCES))
    row(*["---"] * (3 + len(PERSISTENCES)))
    for gains in GAINS:
        for players, trials in STUDIES:
            shares = [share(gains, players, trials, value, runs) for value in PERSISTENCES]
            row(f"{players}", f"{trials}", gains, *shares)
    print()
    row("players", "trials", *(f"correlation {effect:g}" for effect in EFFECTS))
    row(*["---"] * (2 + len(EFFECTS)))
    for players, trials in PLANNED:
        results = rating_power(players, trials, EFFECTS, runs=max(1, runs // 2))
        row(f"{players}", f"{trials}", *(f"{100 * each.found:.0f}" for each in results))


if __name__ == "__main__":
    main(sys.argv[1:])
