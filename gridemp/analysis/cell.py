"""Why a cell has its number: what an optimal source brings about from it, and how it begins."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from gridemp.engine.channel import window
from gridemp.engine.empowerment import check_sequences, checked_horizon
from gridemp.engine.optimal_source import counted_source, noisy_source
from gridemp.errors import GridempError
from gridemp.information.capacity import check_tolerance
from gridemp.progress import Progress, ignore
from gridemp.typing import Array, Indices
from gridemp.worlds.moves import HEADINGS
from gridemp.worlds.names import outcome_names, sequence_names
from gridemp.worlds.world import World

if TYPE_CHECKING:
    import networkx as nx
from gridemp.worlds.cells import states_in


@dataclass(frozen=True, eq=False)
class SmallChannel:
    """The whole n-step channel of one state, where it has few action sequences.

    Attributes
    ----------
    names : tuple of str
        The A**n sequences, such as "NNE"; a stay is a dot.
    probabilities : ndarray, shape (A**n, Y)
        p(outcome | sequence), the columns those of the `CellSource`.
    weights : ndarray, shape (A**n,)
        The source: how likely each sequence is chosen.
    """

    names: tuple[str, ...]
    probabilities: Array
    weights: Array


@dataclass(frozen=True, eq=False, repr=False)
class CellSource:
    """An optimal source of the channel of one state, and the outcomes that it brings about.

    Optimal sources are not unique; the distribution of the outcomes is the same for all of them.

    Attributes
    ----------
    world : World
        Of A actions.
    horizon : int
        Number of steps n.
    state : int
        Where the agent starts.
    bits : float
        The mutual information that the source attains, in bits: the certified lower end.
    gap : float
        The empowerment of the cell lies in [bits, bits + gap]; 0 in a deterministic world.
    readings : ndarray of int, shape (Y,)
        The outcomes that can occur: sensor readings, as `world.sensor` has them.
    probabilities : ndarray, shape (Y,)
        Of these outcomes, under every optimal source.
    first_actions : ndarray, shape (A,)
        How likely the source begins with each action.
    ends : ndarray of int, shape (E,)
        The states that exactly n steps can lead to.
    outcomes : int or None
        Y in a deterministic world, in which bits is its log2; else None.
    most_entropy : bool
        Whether the source is known to be the one of most entropy among the optimal. It always is
        in a deterministic world, where it makes all sequences that lead to an outcome equally
        likely. In a noisy one, sequences within 1e-9 bits of the capacity count as attaining it;
        False if some come nearly as close, or if they are too many.
    channel : SmallChannel or None
        The whole channel and the whole source, if there are 2 to 125 sequences.
    """

    world: World
    horizon: int
    state: int
    bits: float
    gap: float
    readings: NDArray[np.integer]
    probabilities: Array
    first_actions: Array
    ends: Indices
    outcomes: int | None
    most_entropy: bool
    channel: SmallChannel | None

    @property
    def rowcol(self) -> tuple[int, int]:
        """Row and column of the cell."""
        row, col = self.world.maze.cells[self.world.cell[self.state]].tolist()
        return row, col

    @property
    def xy(self) -> tuple[int, int]:
        """The cell, as people see it."""
        return self.world.maze.xy(*self.rowcol)

    @property
    def heading(self) -> str | None:
        """Where the agent looks at first, if it does."""
        if self.world.heading is None:
            return None
        return HEADINGS[self.world.heading[self.state]]

    def __repr__(self) -> str:
        x, y = self.xy
        return f"CellSource({self.world!r}, x = {x}, y = {y}, horizon {self.horizon})"

    def grid(self) -> Array:
        """How likely the outcomes are that are seen in each cell: shape (H, W).

        The sum over the outcomes that a state in the cell gives, of those that exactly n steps can
        lead to; NaN where there is none. Where a sensor tells cells apart these sum to 1; cells
        that look alike all have the probability of their common outcome.
        """
        world, grid = self.world, np.full(self.world.maze.shape, np.nan)
        ends = np.stack([world.cell[self.ends], self.columns()], axis=1)
        cell, column = np.unique(ends, axis=0).T
        sums = np.bincount(cell, self.probabilities[column])
        seen = np.unique(cell)
        grid[tuple(world.maze.cells[seen].T)] = sums[seen]
        return grid

    def columns(self) -> Indices:
        """Which outcome each end gives: shape (E,)."""
        order = np.argsort(self.readings)
        found = np.searchsorted(self.readings, self.world.sensor[self.ends], sorter=order)
        return np.asarray(order[found])

    def names(self) -> list[str]:
        """What to call each outcome, such as "(x, y)": see `naming.outcome_names`."""
        return outcome_names(self.world, self.ends, self.columns())

    def to_graph(self) -> "nx.Graph[tuple[str, int]]":
        """The channel as a bipartite networkx Graph, if it is small.

        Nodes are ("sequence", i) and ("outcome", j), with `bipartite` 0 or 1, `name` and
        `probability` under the source; an edge for each outcome that a sequence can have, with
        `probability`.

        Raises
        ------
        GridempError
            If the channel has too many sequences.
        """
        import networkx as nx

        if self.channel is None:
            raise GridempError(
                "this channel has too many action sequences for a graph; lower the horizon"
            )
        graph: nx.Graph[tuple[str, int]] = nx.Graph()
        parts = (
            ("sequence", self.channel.names, self.channel.weights),
            ("outcome", self.names(), self.probabilities),
        )
        for side, (kind, names, weights) in enumerate(parts):
            for i, (name, weight) in enumerate(zip(names, weights.tolist(), strict=True)):
                graph.add_node((kind, i), bipartite=side, name=name, probability=weight)
        for i, j in np.argwhere(self.channel.probabilities > 0).tolist():
            probability = float(self.channel.probabilities[i, j])
            graph.add_edge(("sequence", i), ("outcome", j), probability=probability)
        return graph


def cell_source(
    world: World,
    x: int,
    y: int,
    horizon: int,
    tol: float = 1e-6,
    *,
    heading: str = "best",
    progress: Progress | None = None,
) -> CellSource:
    """An optimal source of the channel of one cell, and the outcomes that it brings about.

    Parameters
    ----------
    world : World
        Of A actions.
    x, y : int
        The cell; y points up.
    horizon : int
        Number of steps n, 1 or more.
    tol : float
        Largest certified gap to accept, in bits.
    heading : {"best", "north", "east", "south", "west"}
        Which of several states in the cell: the one of most bits, or that of a heading.
    progress : callable, optional
        Called with the fraction done, from 0 to 1.

    Returns
    -------
    CellSource

    Raises
    ------
    GridempError
        If there is no such cell, heading, horizon or tolerance, or the cell is solid.
    HorizonTooLarge
        If the action sequences of a noisy world would not fit.

    Warns
    -----
    ConvergenceWarning
        If `tol` is missed; the interval holds all the same.
    """
    progress = progress or ignore
    steps = checked_horizon(horizon, world)
    check_tolerance(tol)
    states = states_in(world, x, y, heading)
    if not world.deterministic:
        check_sequences(world, steps)
        world = world.normalised()
    found = []
    for i, state in enumerate(states):

        def within(fraction: float, i: int = i) -> None:
            progress((i + fraction) / len(states))

        found.append(_source(world, state, steps, tol, within))
        within(1.0)
    best = max(found, key=lambda source: source.bits)
    upper = max(source.bits + source.gap for source in found)
    return replace(best, gap=max(upper - best.bits, 0.0))


def _source(world: World, state: int, horizon: int, tol: float, progress: Progress) -> CellSource:
    local = window(world, state, horizon)
    apart = replace(world, sensor=np.arange(len(world.cell), dtype=np.int32))
    states = window(apart, state, horizon).labels
    exact = world.deterministic
    found = counted_source(local, progress) if exact else noisy_source(local, tol, progress)
    small = None
    if found.rows is not None and found.weights is not None:
        small = SmallChannel(sequence_names(world.actions, horizon), found.rows, found.weights)
    return CellSource(
        world,
        horizon,
        state,
        found.lower,
        found.upper - found.lower,
        local.labels[found.readings],
        found.probabilities,
        found.first_actions,
        states[found.ends],
        len(found.readings) if exact else None,
        found.most_entropy,
        small,
    )
