"""Simulated logs of persistent series, with and without information."""

from dataclasses import dataclass
from math import sqrt

import numpy as np
from scipy.signal import lfilter
from scipy.special import ndtr, ndtri

from gridemp.information.measures import mutual_information
from gridemp.logs import Trial, Windows, binned
from gridemp.typing import Array

CATEGORIES = 3
BEFORE = 100  # windows that are simulated and left out
REACTION = 0.3  # of actions to the previous motion
BITS = 0.5  # information of the logs for the intervals


@dataclass(frozen=True)
class Case:
    """Kind of simulated log.

    Attributes
    ----------
    estimator : str
        Name of the estimator.
    context : str
        Words for the context; empty if there is none.
    columns : tuple of int
        Numbers of columns of actions, effects and context.
    categories : tuple of bool
        True if actions, effects and context are categories.
    """

    estimator: str
    context: str = ""
    columns: tuple[int, int, int] = (1, 1, 1)
    categories: tuple[bool, bool, bool] = (False, False, False)


SHARED, WHITE, PREVIOUS = "shared", "shared, not persistent", "previous effects"
MANY = (4, 3, 3)
NAMED, BOTH, ALL = (True, False, False), (True, True, False), (True, True, True)


def persistent(count: int, columns: int, autocorrelation: float, rng: np.random.Generator) -> Array:
    """Normal series of variance 1 with this correlation of successive windows."""
    noise = rng.normal(size=(count + BEFORE, columns)) * sqrt(1 - autocorrelation**2)
    return np.asarray(lfilter([1.0], [1.0, -autocorrelation], noise, axis=0)[BEFORE:])


def in_categories(column: Array) -> Array:
    """Numbers of three categories that occur equally often, by size."""
    return binned(column, CATEGORIES).astype(float)


def without_information(
    case: Case, autocorrelation: float, count: int, rng: np.random.Generator
) -> Windows:
    """Windows whose actions tell nothing about effects beyond the context."""
    actions, effects, context = case.columns
    x = persistent(count, actions, autocorrelation, rng)
    y = persistent(count, effects, autocorrelation, rng)
    z = None
    if case.context == PREVIOUS:
        motion = persistent(count + 1, effects, autocorrelation, rng)
        y, z = motion[1:], motion[:-1]
        x[:, :context] += REACTION * z[:, :actions]
    elif case.context:
        z = persistent(count, context, 0.0 if case.context == WHITE else autocorrelation, rng)
        if case.categories[2]:
            z = in_categories(z) - 1
        x, y = x + z[:, :1], y + z[:, :1]
    return windows_of(case, x, y, z)


def with_information(
    case: Case, autocorrelation: float, count: int, rng: np.random.Generator, bits: float = BITS
) -> Windows:
    """Windows of one normal action and effect that share information, then put into categories."""
    shared = 1 - 2 ** (-2 * bits)
    x, noise = (persistent(count, 1, autocorrelation, rng) for _ in range(2))
    y = sqrt(shared) * x + sqrt(1 - shared) * noise
    return windows_of(case, x, y, None)


def bits_of(case: Case) -> float:
    """Information of `with_information`, in bits, by numerical integration over the effects."""
    shared = 1 - 2 ** (-2 * BITS)
    if not case.categories[0]:
        return BITS
    y = np.linspace(-9, 9, 20_001)
    edges = ndtri(np.arange(1, CATEGORIES) / CATEGORIES)
    below = ndtr((edges[:, None] - sqrt(shared) * y) / sqrt(1 - shared))
    density = np.exp(-(y**2) / 2)
    joint = np.diff(below, axis=0, prepend=0, append=1) * density / density.sum()
    if case.categories[1]:
        bins = np.searchsorted(edges, y)
        joint = np.stack([joint[:, bins == i].sum(axis=1) for i in range(CATEGORIES)], axis=1)
    return float(mutual_information(joint))


def windows_of(case: Case, x: Array, y: Array, z: Array | None) -> Windows:
    """Windows of a single trial, of which some columns are put into categories."""

    def categorized(part: Array, is_category: bool) -> Array:
        return in_categories(part) if is_category else part

    actions, effects = categorized(x, case.categories[0]), categorized(y, case.categories[1])
    context = None if z is None else categorized(z, case.categories[2])
    names = [
        tuple(f"{name}{i}" for i in range(0 if part is None else part.shape[1]))
        for name, part in (("x", actions), ("y", effects), ("z", context))
    ]
    labels = [str(i) for i in range(CATEGORIES)]
    categories = {
        name: labels
        for part, is_category in zip(names, case.categories, strict=True)
        for name in part
        if is_category
    }
    trial = Trial("", "", actions, effects, context)
    return Windows("simulation", (trial,), names[0], names[1], names[2], "", categories=categories)
