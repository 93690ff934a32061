"""Measures of the states of a world that empowerment is compared with.

They are the centralities of the world as a graph, properties of random walks, the numbers of
reachable states and of valid actions, and POWER. All are exact but POWER, which is estimated.
"""

from typing import NamedTuple

import numpy as np

from gridemp.analysis.centrality import (
    CENTRALITIES,
    KINDS,
    centrality,
    expected_centrality_seconds,
)
from gridemp.analysis.measure_kind import MeasureKind
from gridemp.analysis.power import (
    DISCOUNT,
    POWER,
    SAMPLES,
    SEED,
    PowerEstimate,
    estimate_power,
    expected_power_seconds,
)
from gridemp.analysis.random_walk import (
    end_entropy,
    end_variance,
    expected_walk_seconds,
    path_entropy,
    reachable_states,
    valid_actions,
)
from gridemp.arguments import check_kinds
from gridemp.engine.empowerment import checked_horizon
from gridemp.errors import GridempError
from gridemp.progress import Progress, ignore
from gridemp.typing import Array
from gridemp.worlds.cells import check_heading, check_heading_name
from gridemp.worlds.moves import HEADINGS
from gridemp.worlds.world import World

#: Quantity, unit and need of a horizon of each measure, by name.
MEASURES = {
    **KINDS,
    "actions": MeasureKind("valid actions"),
    "reachable": MeasureKind("reachable states", needs_horizon=True),
    "entropy": MeasureKind("random-walk entropy", "bits", needs_horizon=True),
    "path-entropy": MeasureKind("causal path entropy", "bits", needs_horizon=True),
    "variance": MeasureKind("random-walk variance", "cells²", needs_horizon=True),
    "power": POWER,
}


class Measured(NamedTuple):
    """Values of a measure, with what a figure says about them.

    Attributes
    ----------
    name : str
        Name of the measure.
    label : str
        Label of an axis or a colourbar, with the unit, and the standard error of an estimate.
    values : ndarray, shape (T,)
        Value of each start.
    estimate : PowerEstimate, optional
        Standard errors and settings of an estimate; None for an exact measure.
    """

    name: str
    label: str
    values: Array
    estimate: PowerEstimate | None = None

    @property
    def note(self) -> str:
        """Line below a title that says how an estimate was made; empty for an exact measure."""
        return "" if self.estimate is None else self.estimate.note


def measure(
    world: World,
    which: str,
    horizon: int | None = None,
    *,
    discount: float = DISCOUNT,
    samples: int = SAMPLES,
    seed: int = SEED,
    progress: Progress | None = None,
) -> Array:
    """Compute a measure of each start of a world; all measures but POWER are exact.

    In these formulas, S_0 = s, S_1, ..., S_n are the states of an agent that draws each of n
    actions uniformly at random, in a world with or without noise.

    - reachable: number of states that at most n actions can lead to, s included. Its log2 is at
      least the empowerment E_n. It is equal to E_n if there is no noise, all states are sensed,
      and the agent can stay.
    - entropy: H(S_n | s), in bits; at most log2 of `reachable`.
    - path-entropy: causal path entropy [1]_ H(S_1, ..., S_n | s), in bits, by the chain rule for
      Markov chains, sum_t E[h(S_t)], where h is the entropy of one step; at least `entropy`.
    - variance: E|X_n - E X_n|^2 of the position X of S_n in the maze, in cells^2, which is the sum
      of the variances of x and y. A similar variance, estimated from random walks, serves as an
      inexpensive substitute for empowerment in AvE [2]_.
    - actions: number of actions that may lead to another state.
    - power: POWER [3]_, see `estimate_power`, which also returns the standard errors.
    - distance, closeness, betweenness, degree, eigenvector: see `centrality`.

    Parameters
    ----------
    world : World
        World with T starts.
    which : str
        Name of the measure, a key of `MEASURES`, which holds its unit.
    horizon : int, optional
        Number of steps n, for the measures that need it: reachable, entropy, path-entropy and
        variance. The others do not use it.
    discount : float
        Discount factor of POWER.
    samples : int
        Number of reward functions to sample for POWER.
    seed : int
        Seed of these samples.
    progress : callable, optional
        Called with the fraction done, from 0 to 1.

    Returns
    -------
    ndarray, shape (T,)
        One value for each start, in the order of `EmpowermentMap.bits`.

    Raises
    ------
    GridempError
        If there is no such measure, it needs a horizon and none is given, the horizon is out of
        range, or the measure is not defined in this world.
    HorizonTooLarge
        If a random walk of so many steps would take too long.

    References
    ----------
    .. [1] A. D. Wissner-Gross & C. E. Freer, "Causal Entropic Forces", Physical Review Letters 110,
       168702 (2013), doi:10.1103/PhysRevLett.110.168702; here with k_B ln 2 = 1.
    .. [2] Y. Du, S. Tiomkin, E. Kiciman, D. Polani, P. Abbeel & A. Dragan, "AvE: Assistance via
       Empowerment", Advances in Neural Information Processing Systems 33 (2020), arXiv:2006.14796.
    .. [3] A. M. Turner, L. Smith, R. Shah, A. Critch & P. Tadepalli, "Optimal Policies Tend to Seek
       Power", Advances in Neural Information Processing Systems 34 (2021), arXiv:1912.01683.

    Examples
    --------
    >>> import gridemp
    >>> from gridemp.analysis import measure
    >>> world = gridemp.World.from_maze(gridemp.parse_maze("...."))
    >>> measure(world, "reachable", horizon=1)
    array([2., 3., 3., 2.])
    >>> measure(world, "entropy", horizon=1).round(3)
    array([0.722, 1.371, 1.371, 0.722])
    """
    check_kinds(measure, locals())
    return measured(world, which, horizon, discount, samples, seed, progress).values


def measured(
    world: World,
    which: str,
    horizon: int | None = None,
    discount: float = DISCOUNT,
    samples: int = SAMPLES,
    seed: int = SEED,
    progress: Progress | None = None,
) -> Measured:
    """Compute a measure as `measure` does; return it with its label."""
    kind, progress = checked_measure(which), progress or ignore
    if which in CENTRALITIES:
        return Measured(which, kind.label, centrality(world, which, progress))
    if which == "power":
        estimate = estimate_power(world, discount, samples, seed, progress)
        return Measured(which, estimate.label, estimate.values, estimate)
    world = world if world.deterministic else world.normalised()
    starts = world.start_states
    if which == "actions":
        return Measured(which, kind.label, valid_actions(world)[starts])
    if horizon is None:
        raise GridempError(f"the measure {which} looks ahead some steps; give a `horizon`")
    steps = checked_horizon(horizon, world)
    if which == "reachable":
        values = reachable_states(world, steps, progress)
    elif which == "entropy":
        values = end_entropy(world, steps, progress)
    elif which == "path-entropy":
        values = path_entropy(world, steps)[starts]
    else:
        values = end_variance(world, steps)[starts]
    return Measured(which, kind.label, values)


def checked_measure(which: str) -> MeasureKind:
    """Return the kind of a measure; raise a GridempError if there is no such measure."""
    if which not in MEASURES:
        raise GridempError(f"there is no measure '{which}'; use one of {', '.join(MEASURES)}")
    return MEASURES[which]


def expected_measure_seconds(
    world: World, which: str, horizon: int | None, discount: float, samples: int
) -> float:
    """Rough estimate of the time that `measure` takes, in seconds."""
    if which == "power":
        return expected_power_seconds(world, discount, samples)
    if MEASURES[which].needs_horizon and horizon is not None:
        each = which in ("reachable", "entropy")
        return expected_walk_seconds(world, horizon, each_start=each)
    return expected_centrality_seconds(world, which)


def cell_values(world: World, values: Array, which: str = "best") -> Array:
    """Arrange values of the starts of a world over the cells of its maze.

    Parameters
    ----------
    world : World
        World with T starts.
    values : ndarray, shape (T,)
        Value of each start, NaN where there is none.
    which : {"best", "mean", "north", "east", "south", "west"}
        Value of a cell with several starts: the highest, the mean, or that of a heading.

    Returns
    -------
    ndarray, shape (H, W)
        Values in array order, NaN where there are none.

    Raises
    ------
    GridempError
        If there is not one value for each start, or no such heading in this world.
    """
    starts = world.start_states
    if values.shape != starts.shape:
        raise GridempError(
            f"the world has {len(starts)} starts, but the values have shape {values.shape}; give "
            "one value for each start"
        )
    check_heading(world, which)
    if which in HEADINGS and world.heading is not None:
        facing = world.heading[starts] == HEADINGS.index(which)
        starts, values = starts[facing], values[facing]
    cell = world.cell[starts]
    each = np.full(len(world.maze.cells), np.nan)
    if which == "mean":
        np.divide(
            np.bincount(cell, values, minlength=len(each)),
            np.bincount(cell, minlength=len(each)),
            out=each,
            where=np.isin(np.arange(len(each)), cell),
        )
    else:
        np.fmax.at(each, cell, values)
    grid = np.full(world.maze.shape, np.nan)
    grid[tuple(world.maze.cells.T)] = each
    return grid


def shown_words(world: World, which: str) -> str:
    """Words for the choice among the states of a cell, for a title; empty if there is none."""
    check_heading_name(which, has_headings=world.heading is not None)
    cells = world.cell[world.start_states]
    if len(np.unique(cells)) == len(cells):
        return ""
    if which in HEADINGS:
        return f"heading {which}"
    return "mean of each cell" if which == "mean" else "highest of each cell"
