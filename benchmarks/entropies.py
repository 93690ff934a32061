"""`python -m benchmarks.entropies [N ...]`: errors of the entropies of `gridemp mi`, as a table.

For each simulated distribution whose entropy is known, and by default for 100, 300, 1000 and 10,000
windows: mean error and standard deviation in bits, of counting with Miller's correction for
symbols and of nearest neighbours for amounts, as `gridemp mi --entropies` uses them.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from benchmarks.estimators import FEW_RUNS, MANY, RUNS, row
from gridemp.information.measures import entropy
from gridemp.logs import kozachenko_leonenko
from gridemp.logs.entropies import RESOLUTION
from gridemp.logs.plug_in import corrected_entropy, symbols
from gridemp.parallel import parallel_map
from gridemp.typing import Array

WINDOWS = 100, 300, 1000, 10_000
K = 3
SYMBOLS = 0.93 ** np.arange(60)  # relative frequencies, about those of keys held in Lunar Lander
CORRELATION = 0.8  # of each two of three normal columns
STILL = 0.05  # share of windows at rest


@dataclass(frozen=True)
class Case:
    """Simulated distribution.

    Attributes
    ----------
    name : str
        Words for it.
    bits : float
        Its entropy.
    draw : callable
        Function of a number of windows and a generator that draws points, shape (N, columns).
    counted : bool
        True if the points are symbols.
    """

    name: str
    bits: float
    draw: Callable[[int, np.random.Generator], Array]
    counted: bool = False


def normal_bits(columns: int, correlation: float = 0.0) -> float:
    """Differential entropy of normal columns of variance 1."""
    covariance = np.full((columns, columns), correlation) + (1 - correlation) * np.eye(columns)
    return float(0.5 * np.linalg.slogdet(2 * np.pi * np.e * covariance)[1] / np.log(2))


def correlated(count: int, rng: np.random.Generator) -> Array:
    """Three normal columns of variance 1, each two of which are correlated."""
    shared = np.sqrt(CORRELATION) * rng.normal(size=(count, 1))
    return np.asarray(shared + np.sqrt(1 - CORRELATION) * rng.normal(size=(count, 3)))


def resting(count: int, rng: np.random.Generator) -> Array:
    """Three normal columns, all of which are 0 in some windows."""
    return np.where(rng.random((count, 1)) < STILL, 0.0, rng.normal(size=(count, 3)))


def resting_bits() -> float:
    """Entropy of `resting` at the resolution of `gridemp mi`, at which rest has a volume."""
    shares = np.array([STILL, 1 - STILL])
    return float(entropy(shares) + shares @ [3 * np.log2(2 * RESOLUTION), normal_bits(3)])


PROBABILITIES = SYMBOLS / SYMBOLS.sum()
CASES = (
    Case("coin", 1.0, lambda n, rng: rng.integers(0, 2, (n, 1)).astype(float), counted=True),
    Case(
        f"{len(SYMBOLS)} symbols",
        float(entropy(PROBABILITIES)),
        lambda n, rng: rng.choice(len(SYMBOLS), (n, 1), p=PROBABILITIES).astype(float),
        counted=True,
    ),
    Case("uniform, 1 column", 0.0, lambda n, rng: rng.random((n, 1))),
    Case("uniform, 3 columns", 0.0, lambda n, rng: rng.random((n, 3))),
    Case("normal, 1 column", normal_bits(1), lambda n, rng: rng.normal(size=(n, 1))),
    Case("normal, 3 columns", normal_bits(3), lambda n, rng: rng.normal(size=(n, 3))),
    Case("normal, 3 correlated columns", normal_bits(3, CORRELATION), correlated),
    Case("normal, 3 columns, 5 % at rest", resting_bits(), resting),
)


def main(words: list[str]) -> None:
    """Print a row for each case, with a column for each number of windows."""
    counts = [int(word) for word in words] or list(WINDOWS)
    row("distribution", "true bits", *(f"{count:,} windows" for count in counts))
    row(*["---"] * (2 + len(counts)))
    for case in CASES:
        row(case.name, f"{case.bits:.3f}", *(error(case, count) for count in counts))


def error(case: Case, count: int) -> str:
    """Mean error of an entropy and its standard deviation."""

    def estimate(run: int) -> float:
        points = case.draw(count, np.random.default_rng([count, run]))
        if case.counted:
            return corrected_entropy(symbols([points]))
        return kozachenko_leonenko(points, K, RESOLUTION)

    runs = RUNS if count < MANY else FEW_RUNS
    bits = np.array(list(parallel_map(estimate, range(runs))))
    return f"{bits.mean() - case.bits:+.3f} ± {bits.std():.3f}"


if __name__ == "__main__":
    main(sys.argv[1:])
