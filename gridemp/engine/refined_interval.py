"""Bounds on the capacity of one window to within a tolerance, for too many sequences to list.

`column_generation` finds a source on some action sequences, the columns. It gives the lower end
and an output distribution q. `tangents` finds an upper end for this q, first loosely, then as
tightly as the tolerance requires. The prefixes with the highest upper bounds suggest which
sequences to add. These change q a little, which raises the bounds of prefixes a little, and most of
them remain low enough.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np

from gridemp.engine.allowance import Allowance, Exhausted
from gridemp.engine.channel import MAX_BYTES, PROBABILITY_GRID, Window
from gridemp.engine.column_generation import (
    BATCH,
    Columns,
    climb,
    distributions,
    generate_columns,
)
from gridemp.engine.sequences import step_matrices
from gridemp.engine.tangents import Tangents
from gridemp.errors import HorizonTooLarge
from gridemp.information.capacity import ROUNDING as ROW_SUMS
from gridemp.information.linalg import product
from gridemp.information.measures import LN2
from gridemp.typing import Array, Indices

MAX_PREFIXES = 80_000
MAX_BLOCKS = 650  # action sequences of a block; the last one is a step longer
MAX_NUMBERS = 3e7  # in the distributions over states after all of them
COLUMN_TOLERANCE = 0.01  # of the tolerance, for a sequence to join the columns
LEAST_COLUMN_TOLERANCE = 1e-9  # bits
FIRST_ROOM = 0.1  # bits, where the tolerance is much smaller
ROOM = 0.9  # of the tolerance; the rest is for rounding
MAX_LEVELS = 200  # blocks of steps, each with nodes of its own
MAX_FOUND = 300  # prefixes whose most divergent sequences are tried after a pass
WIDTH = 8  # sequences that are tried for a prefix with a bound above the limit
MAX_WORK = 6e12  # about ten minutes, in multiplications


class Interval(NamedTuple):
    """Certified bounds on a capacity, in bits, and what kept them from being closer, if anything.

    Attributes
    ----------
    lower, upper : float
        The bounds.
    shortage : str
        What ran out, `work`, `memory`, `precision` or, if no more sequences were found, `search`;
        an empty string if the bounds are close enough.
    """

    lower: float
    upper: float
    shortage: str


def refined_interval(
    window: Window,
    tol: float,
    upper: float = np.inf,
    *,
    work: float | None = None,
    report: Callable[[float, float], object] | None = None,
) -> Interval:
    """Compute an interval of the capacity of a window of n steps.

    If the tolerance is small, a first pass only brings the upper end to within `FIRST_ROOM`, as it
    may already find sequences that the columns lack.

    Parameters
    ----------
    window : Window
        Window of n steps.
    tol : float
        Width at which the interval is narrow enough, in bits.
    upper : float
        An upper end that is known already, in bits.
    work : float, optional
        Work that the upper end may take, in multiplications; by default `MAX_WORK`.
    report : callable, optional
        Called with the ends of the interval, in bits, whenever it has become narrower.

    Returns
    -------
    Interval
    """
    report = report or (lambda lower, upper: None)
    allowance = Allowance(MAX_WORK if work is None else work)
    steps, _ = step_matrices(window)
    sizes = level_sizes(len(steps[0]), [step.shape[2] for step in steps])
    prefixes, beginnings = _prefixes(steps[: sizes[0]])
    column_tol = max(COLUMN_TOLERANCE * tol, LEAST_COLUMN_TOLERANCE)
    columns = generate_columns(steps, column_tol, allowance)
    report(columns.lower, upper)
    bases = _typical(steps, columns.sequences)[sizes[0] :]
    tangents = Tangents(steps[sizes[0] :], sizes[1:], bases, allowance)
    slack = rounding(steps, 745 * (len(sizes) + 1))
    last_room = min(ROOM * tol, max(tol - 2 * slack / LN2, 0.1 * tol))
    room = FIRST_ROOM if tol < FIRST_ROOM / 2 else last_room
    bounds, shortage = np.full(len(prefixes), np.inf), ""
    while upper - columns.lower > tol and not shortage:
        rise = tangents.aim(columns.q, columns.lower * LN2, room * LN2)
        bounds += np.einsum("ks,s->k", prefixes, rise)
        upper = min(upper, (float(bounds.max()) + slack) / LN2)
        if bounds.max() <= (columns.lower + room) * LN2:  # what remains is rounding
            shortage = "precision"
            break
        found: list[Indices] = []
        before, enough = allowance.work, -np.inf
        try:
            for likely in _narrowed(tangents, prefixes, beginnings, bounds):
                upper = min(upper, (float(bounds.max()) + slack) / LN2)
                report(columns.lower, upper)
                found += _lacking(steps, columns, likely, column_tol)
                if found and enough < 0:  # look for others for as long again
                    enough = max(2 * allowance.work - before, 0.0)
                if allowance.work < enough:
                    break
        except Exhausted as error:
            shortage = str(error)
            break
        q = columns.q
        if found:
            known = np.concatenate([columns.sequences, np.array(found)])
            better = generate_columns(steps, column_tol, allowance, known)
            columns = better._replace(lower=max(better.lower, columns.lower))
            slack += rounding(steps, float(np.abs(np.log(q / columns.q)).max()))
            report(columns.lower, upper)
        if room == last_room and np.array_equal(q, columns.q):
            shortage = "search"
        room = last_room
    upper = max(upper, columns.lower)
    return Interval(columns.lower, upper, shortage if upper - columns.lower > tol else "")


def _narrowed(
    tangents: Tangents,
    prefixes: Array,
    beginnings: Indices,
    bounds: Array,
) -> Iterator[list[Indices]]:
    """Lower the bounds of prefixes, and yield groups of sequences that the columns may lack."""

    def likely(prefix: int, width: int) -> Indices:
        ends = tangents.most_divergent(prefixes[prefix], width)
        return np.column_stack([np.tile(beginnings[prefix], (len(ends), 1)), ends])

    for above in tangents.narrow(prefixes, bounds):
        yield [likely(above, WIDTH)] if above >= 0 else []
    highest = np.argsort(-bounds, kind="stable")[:MAX_FOUND].tolist()
    yield [likely(prefix, 1) for prefix in highest]


def _lacking(
    steps: list[Array], columns: Columns, sequences: list[Indices], tol: float
) -> list[Indices]:
    """Return sequences that stand out from the columns, after a climb from likely ones."""
    if not sequences:
        return []
    found, _, divergence = climb(steps, np.concatenate(sequences), columns.q)
    return list(np.unique(found[divergence > (columns.lower + 2 * tol) * LN2], axis=0))


def check_size(window: Window) -> None:
    """Raise HorizonTooLarge if `refined_interval` would take too much memory from the start."""
    left, actions, _ = window.successors.shape
    states, horizon = len(window.reading), window.horizon
    needed = 8 * (2 * BATCH * horizon * (states + left) + 4 * actions * states * left)
    if needed > MAX_BYTES or len(level_sizes(actions, [states] * horizon)) > MAX_LEVELS:
        raise HorizonTooLarge(
            f"bounds to a tolerance at {horizon} steps with {states:,} states in reach would take "
            f"more than the {MAX_BYTES / 1e9:.1f} GB allowed; lower the horizon, or leave out `tol`"
        )


def level_sizes(actions: int, states: list[int]) -> list[int]:
    """Return the number of steps in the prefix and in each block.

    The sequences of each are few enough to be listed; there is at least one block.

    Parameters
    ----------
    actions : int
        Number of actions A.
    states : list of n ints
        Number of states that can be reached by each step.

    Returns
    -------
    list of int
        The numbers of steps, which add up to n.
    """
    horizon = len(states)

    def longest(most: int, limit: int) -> int:
        fits = (
            k
            for k in range(1, most + 1)
            if actions**k <= limit and actions**k * states[k - 1] <= MAX_NUMBERS
        )
        return max(fits, default=0)

    prefix = longest(min(horizon - 1, -(-horizon // 2)), MAX_PREFIXES)
    rest = horizon - prefix
    block = max(1, longest(rest, MAX_BLOCKS))
    blocks = max(1, -(-(rest - 1) // block))  # the last one may be a step longer
    middle = 0
    if blocks > 1:
        least = -(-(rest - block - 1) // (blocks - 1))
        middle = max(least, min(block - 1, rest // blocks))
    return [prefix, *[middle] * (blocks - 1), rest - middle * (blocks - 1)]


def rounding(steps: list[Array], largest: float) -> float:
    """Return an upper bound on the rounding error of an upper end, in nats: see `tangents`.

    Parameters
    ----------
    steps : list of n ndarrays, shape (A, B, C)
        Transition matrices of each step.
    largest : float
        No entry of a vector that is pulled back through the steps is larger than this, in nats.
    """
    states = max(step.shape[2] for step in steps)
    of_step = (states + 2) * (4 * np.finfo(float).eps + 2 / PROBABILITY_GRID) + ROW_SUMS
    return float((len(steps) + 2) * of_step * largest)


def _prefixes(steps: list[Array]) -> tuple[Array, Indices]:
    """Return the distinct beliefs after some steps, and actions that lead to each."""
    beliefs, actions = np.ones((1, 1)), np.zeros((1, 0), dtype=np.intp)
    for step in steps:
        beliefs = np.concatenate([product(beliefs, matrix) for matrix in step])
        actions = np.concatenate(
            [
                np.column_stack([actions, np.full(len(actions), action)])
                for action in range(len(step))
            ]
        )
        first: dict[bytes, int] = {}
        for i, row in enumerate(np.rint(beliefs * PROBABILITY_GRID)):
            first.setdefault(row.tobytes(), i)
        kept = list(first.values())
        beliefs, actions = beliefs[kept], actions[kept]
    return beliefs, actions


def _typical(steps: list[Array], sequences: Indices) -> list[Array]:
    """Return mean distributions over states before each step: half of sequences, half random."""
    used = [rows.mean(axis=0) for rows in distributions(steps, sequences)]
    drifting = [np.ones(1)]
    for step in steps:
        drifting.append(np.einsum("b,abc->c", drifting[-1], step) / len(step))
    return [(mean + drift) / 2 for mean, drift in zip(used, drifting, strict=True)]
