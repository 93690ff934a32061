"""Optimal source distribution of the channel of one cell, and the outcomes it brings about."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from gridemp.analysis.small_channel import SmallChannel
from gridemp.arguments import check_kinds
from gridemp.engine.channel import window
from gridemp.engine.deterministic_source import deterministic_source
from gridemp.engine.empowerment import TOLERANCE, check_sequences, checked_horizon
from gridemp.engine.optimal_source import noisy_source
from gridemp.errors import GridempError
from gridemp.information.capacity import check_tolerance
from gridemp.progress import Progress, ignore, part_of
from gridemp.shown import Shown
from gridemp.typing import Array, Indices
from gridemp.worlds.cells import states_in
from gridemp.worlds.moves import HEADINGS
from gridemp.worlds.names import outcome_names, sequence_names
from gridemp.worlds.world import World

if TYPE_CHECKING:
    import networkx as nx


@dataclass(frozen=True, eq=False, repr=False)
class CellSource(Shown):
    """Optimal source of the channel of one state, and the outcomes that it brings about.

    Optimal sources are not unique; all of them give the same distribution over outcomes.

    Attributes
    ----------
    world : World
        World with A actions.
    horizon : int
        Number of steps n.
    state : int
        State in which the agent starts.
    bits : float
        Mutual information that the source attains, in bits: the certified lower end.
    gap : float
        Width of the certified interval, in bits: the empowerment of the cell lies in
        [bits, bits + gap]. It is 0 in a deterministic world.
    readings : ndarray of int, shape (Y,)
        Outcomes that can occur: sensor readings, numbered as in `world.sensor`.
    probabilities : ndarray, shape (Y,)
        Probability of each outcome under every optimal source.
    first_actions : ndarray, shape (A,)
        Probability under the source that the first action is each of the A actions.
    ends : ndarray of int, shape (E,)
        States that exactly n steps can lead to.
    outcomes : int or None
        Y in a deterministic world, where `bits` is its log2; otherwise None.
    most_entropy : bool
        True if the source is known to have the most entropy of all optimal sources. In a
        deterministic world it always is: all sequences that lead to the same outcome are equally
        likely. In a noisy world, sequences within 1e-9 bits of the capacity count as attaining it;
        the value is False if others come nearly as close, or if there are too many sequences.
    channel : SmallChannel or None
        Complete channel and source, if there are 2 to 125 sequences.
    likeliest : (ndarray of int of shape (n,), float) or None
        Actions and probability of the sequence that the source takes most often, the first one of
        several in the order of the actions; None in a deterministic world.

    Examples
    --------
    >>> import gridemp
    >>> from gridemp.analysis import cell_source
    >>> source = cell_source(gridemp.World.from_maze(gridemp.parse_maze("...")), 0, 0, horizon=1)
    >>> source.outcome_names(), source.probabilities
    (['(0, 0)', '(1, 0)'], array([0.5, 0.5]))
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
    likeliest: tuple[Indices, float] | None = None

    @property
    def rowcol(self) -> tuple[int, int]:
        """Row and column of the cell."""
        row, col = self.world.maze.cells[self.world.cell[self.state]].tolist()
        return row, col

    @property
    def xy(self) -> tuple[int, int]:
        """Coordinates (x, y) of the cell."""
        return self.world.maze.xy(*self.rowcol)

    @property
    def heading(self) -> str | None:
        """Initial heading of the agent; None in a world without headings."""
        if self.world.heading is None:
            return None
        return HEADINGS[self.world.heading[self.state]]

    def __repr__(self) -> str:
        x, y = self.xy
        return f"CellSource({self.world!r}, x = {x}, y = {y}, horizon {self.horizon})"

    def grid(self) -> Array:
        """Probability of the outcomes that are sensed in each cell.

        Returns
        -------
        ndarray, shape (H, W)
            Sum over the distinct outcomes of the states in each cell that exactly n steps can lead
            to; NaN if there are none. If the sensor tells cells apart, the values sum to 1; cells
            that look alike all have the probability of their common outcome.
        """
        world, grid = self.world, np.full(self.world.maze.shape, np.nan)
        ends = np.stack([world.cell[self.ends], self.outcome_of_ends()], axis=1)
        cell, column = np.unique(ends, axis=0).T
        sums = np.bincount(cell, self.probabilities[column])
        seen = np.unique(cell)
        grid[tuple(world.maze.cells[seen].T)] = sums[seen]
        return grid

    def outcome_of_ends(self) -> Indices:
        """Outcome that is sensed in each end state.

        Returns
        -------
        ndarray of int, shape (E,)
            Index of the outcome of each of the `ends`.
        """
        order = np.argsort(self.readings)
        place = np.searchsorted(self.readings, self.world.sensor[self.ends], sorter=order)
        return np.asarray(order[place])

    def outcome_names(self) -> list[str]:
        """Name of each outcome.

        Returns
        -------
        list of str
            Y names, such as "(x, y)" if the outcome is a cell.
        """
        return outcome_names(self.world, self.ends, self.outcome_of_ends())

    def to_graph(self) -> "nx.Graph[tuple[str, int]]":
        """Return a small channel as a bipartite graph.

        Returns
        -------
        networkx.Graph
            Graph of the nodes ("sequence", i) and ("outcome", j), with the attributes `bipartite`
            (0 or 1), `name` and `probability`, the latter under the source. An edge joins each
            sequence to every outcome that it can have; its attribute `probability` is
            p(outcome | sequence).

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
            ("outcome", self.outcome_names(), self.probabilities),
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
    tol: float = TOLERANCE,
    *,
    heading: str = "best",
    progress: Progress | None = None,
) -> CellSource:
    """Find an optimal source of the channel of one cell, and the outcomes that it brings about.

    Parameters
    ----------
    world : World
        World with A actions.
    x, y : int
        Coordinates of the cell, counted from 0; y points up.
    horizon : int
        Number of steps n, 1 or more.
    tol : float
        Largest certified gap to accept, in bits.
    heading : {"best", "north", "east", "south", "west"}
        State to use if the cell has several: that with the highest empowerment, or with a heading.
    progress : callable, optional
        Called with the fraction done, from 0 to 1.

    Returns
    -------
    CellSource
        The source, the outcomes and their probabilities.

    Raises
    ------
    GridempError
        If the cell, the heading, the horizon or the tolerance is invalid, or the cell is solid.
    HorizonTooLarge
        If the action sequences of a noisy world would not fit in memory.

    Warns
    -----
    ConvergenceWarning
        If `tol` is not reached; the interval is still certified.

    Examples
    --------
    >>> import gridemp
    >>> from gridemp.analysis import cell_source
    >>> world = gridemp.World.from_maze(gridemp.load_maze("klyubin"))
    >>> source = cell_source(world, x=0, y=0, horizon=1)
    >>> source.outcomes, source.outcome_names()
    (3, ['(0, 0)', '(0, 1)', '(1, 0)'])
    """
    check_kinds(cell_source, locals())
    progress = progress or ignore
    steps = checked_horizon(horizon, world)
    check_tolerance(tol)
    states = states_in(world, x, y, heading)
    if not world.deterministic:
        check_sequences(world, steps)
        world = world.normalised()
    sources = []
    for i, state in enumerate(states):
        part = part_of(progress, i, len(states))
        sources.append(_source_of_state(world, state, steps, tol, part))
        part(1.0)
    best = max(sources, key=lambda source: source.bits)
    upper = max(source.bits + source.gap for source in sources)
    return replace(best, gap=max(upper - best.bits, 0.0))


def _source_of_state(
    world: World, state: int, horizon: int, tol: float, progress: Progress
) -> CellSource:
    local = window(world, state, horizon)
    all_apart = replace(world, sensor=np.arange(len(world.cell), dtype=np.int32))
    states = window(all_apart, state, horizon).labels
    exact = world.deterministic
    optimal = deterministic_source(local, progress) if exact else noisy_source(local, tol, progress)
    small = None
    if optimal.rows is not None and optimal.weights is not None:
        small = SmallChannel(sequence_names(world.actions, horizon), optimal.rows, optimal.weights)
    return CellSource(
        world=world,
        horizon=horizon,
        state=state,
        bits=optimal.lower,
        gap=optimal.upper - optimal.lower,
        readings=local.labels[optimal.readings],
        probabilities=optimal.probabilities,
        first_actions=optimal.first_actions,
        ends=states[optimal.ends],
        outcomes=len(optimal.readings) if exact else None,
        most_entropy=optimal.most_entropy,
        channel=small,
        likeliest=optimal.likeliest,
    )
