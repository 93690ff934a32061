"""Interval of the capacity of one window with too many action sequences to list, to a tolerance.

`column_generation` finds the lower end and an output distribution q, and `tangents` an upper end
for this q, pass by pass with less room above the lower end. A prefix that cannot be bounded within
the room begins a sequence with a divergence that is higher than the lower end, which then joins the
columns.
"""

import numpy as np

from gridemp.engine.channel import MAX_BYTES, PROBABILITY_GRID, Window
from gridemp.engine.column_generation import VARIANTS, distributions, generate_columns
from gridemp.engine.sequences import step_matrices
from gridemp.engine.tangents import Tangents
from gridemp.errors import HorizonTooLarge
from gridemp.information.capacity import ROUNDING as ROW_SUMS
from gridemp.information.linalg import product
from gridemp.information.measures import LN2
from gridemp.typing import Array, Indices

MAX_PREFIXES = 20_000
MAX_BLOCKS = 125  # action sequences of one level
COLUMN_TOLERANCE = 0.01  # of the tolerance, for a sequence to join the columns
FIRST_ROOM = 0.3  # bits
NARROWER = 0.3  # room of a pass, as a fraction of that of the pass before
MAX_FOUND = 300  # sequences that join the columns after a pass
MAX_WORK = 1.5e11  # about a minute, in units of `Tangents.work`


def refined_interval(
    window: Window, tol: float, upper: float = np.inf, budget: float | None = None
) -> tuple[float, float]:
    """Compute an interval of the capacity of a window of n steps.

    Parameters
    ----------
    window : Window
        Window of n steps.
    tol : float
        Width at which the interval is narrow enough, in bits.
    upper : float
        An upper end that is known already, in bits.
    budget : float, optional
        Work after which the interval is returned as it is, in units of `Tangents.work`; by default
        `MAX_WORK`.

    Returns
    -------
    lower, upper : float
        Certified ends of the interval, in bits.

    Raises
    ------
    HorizonTooLarge
        If the search for sequences would not fit in memory.
    """
    budget = MAX_WORK if budget is None else budget
    steps, _ = step_matrices(window)
    states = sum(step.shape[2] + len(step) for step in steps)
    if 16 * VARIANTS * states > MAX_BYTES:
        raise HorizonTooLarge(
            f"bounds to a tolerance at {len(steps)} steps would take "
            f"{16 * VARIANTS * states / 1e9:,.1f} GB, more than the {MAX_BYTES / 1e9:.1f} GB "
            "allowed; lower the horizon, or leave out `tol`"
        )
    sizes = level_sizes(len(steps[0]), len(steps))
    prefixes, beginnings = _prefixes(steps[: sizes[0]])
    columns = generate_columns(steps, COLUMN_TOLERANCE * tol)
    room, least = FIRST_ROOM, 0.9 * tol  # the rest is for rounding
    bounds = np.full(len(prefixes), np.inf)
    while upper - columns.lower > tol and budget > 0:
        room = max(min(room, NARROWER * (upper - columns.lower)), least)
        tangents = Tangents(
            steps[sizes[0] :],
            sizes[1:],
            columns.q,
            _typical(steps, columns.sequences)[sizes[0] :],
            columns.lower * LN2,
            room * LN2,
        )
        bounds = tangents.bounds(prefixes, bounds, budget)
        budget -= tangents.work
        upper = min(upper, (float(bounds.max()) + rounding(steps, len(sizes))) / LN2)
        beyond = np.flatnonzero(bounds > (columns.lower + room) * LN2)
        beyond = beyond[np.argsort(-bounds[beyond], kind="stable")[:MAX_FOUND]]
        if budget > 0 and len(beyond):
            ends = map(tangents.most_divergent, prefixes[beyond])
            found = [[*begin, *end] for begin, end in zip(beginnings[beyond], ends, strict=True)]
            known = np.concatenate([columns.sequences, np.array(found)])
            better = generate_columns(steps, COLUMN_TOLERANCE * tol, known)
            if better.lower > columns.lower:
                columns, bounds = better, np.full(len(prefixes), np.inf)
                continue
        if room == least:  # what is left is the room of nodes and rounding
            break
        room *= NARROWER
    return columns.lower, max(upper, columns.lower)


def level_sizes(actions: int, horizon: int) -> list[int]:
    """Split n steps into a prefix and at least one block, of as many steps as can be listed."""
    longest = max(1, _most_steps(actions, horizon, MAX_BLOCKS))
    prefix = min(horizon - 1, _most_steps(actions, horizon, MAX_PREFIXES))
    blocks = -(-(horizon - prefix) // longest)
    return [prefix, *(len(part) for part in np.array_split(np.empty(horizon - prefix), blocks))]


def rounding(steps: list[Array], levels: int) -> float:
    """Return more than the rounding error of an upper end, in nats: see `tangents`."""
    states = max(step.shape[2] for step in steps)
    largest = 745 * (levels + 1)
    of_step = (states + 2) * (4 * np.finfo(float).eps + 2 / PROBABILITY_GRID) + ROW_SUMS
    return float((len(steps) + 2) * of_step * largest)


def _most_steps(actions: int, horizon: int, limit: int) -> int:
    """Return the most steps, up to a horizon, with at most `limit` action sequences."""
    return max(k for k in range(horizon + 1) if actions**k <= limit)


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
    """Return the mean distribution over states before each step, of sequences and of noise."""
    used = [rows.mean(axis=0) for rows in distributions(steps, sequences)]
    drifting = [np.ones(1)]
    for step in steps:
        drifting.append(np.einsum("b,abc->c", drifting[-1], step) / len(step))
    return [(mean + drift) / 2 for mean, drift in zip(used, drifting, strict=True)]
