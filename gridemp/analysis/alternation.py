"""Alternating maximisation of the variational bound for the channel of one cell.

The planning distribution and the source distribution are improved in turn, which is the
Blahut-Arimoto iteration in half-steps: see `gridemp.information.variational`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from gridemp.arguments import check_kinds
from gridemp.engine.channel import channel
from gridemp.engine.empowerment import checked_horizon, empowerment
from gridemp.engine.optimal_source import MAX_LISTED_SEQUENCES
from gridemp.errors import GridempError
from gridemp.information.variational import HalfStep, alternate
from gridemp.progress import Progress, ignore
from gridemp.shown import Shown, counted
from gridemp.typing import Array
from gridemp.worlds.cells import states_in
from gridemp.worlds.names import outcome_names, sequence_names
from gridemp.worlds.world import World

MAX_HALF_STEPS = 100_000
MAX_ENTRIES = 2**24  # in a channel; every half-step goes through all of them


@dataclass(frozen=True, eq=False, repr=False)
class Alternation(Shown):
    """Record of alternating maximisation for the channel of one state.

    Attributes
    ----------
    world : World
        World with A actions.
    horizon : int
        Number of steps n.
    state : int
        State in which the agent starts.
    bounds : ndarray, shape (K + 1,)
        Variational bound at the start and after each of K half-steps, in bits; it never falls.
    uppers : ndarray, shape (K + 1,)
        Upper bound on the capacity, in bits, that the source certifies at each of these moments.
    moments : tuple of int
        Numbers of the half-steps after which the distributions are kept, in ascending order.
    sources : ndarray, shape (len(moments), R)
        Source distribution omega at each moment. It has one entry for each of the A**n action
        sequences or, if there are more than 125, one for each first action.
    plannings : ndarray, shape (len(moments), R, Y)
        Planning distribution q at each moment, with the same rows.
    rows : tuple of str
        Names of the R action sequences or first actions.
    columns : tuple of str
        Names of the Y outcomes.

    Examples
    --------
    >>> import gridemp
    >>> from gridemp.analysis import cell_alternation
    >>> world = gridemp.World.from_maze(gridemp.load_maze("klyubin"), slip=0.1)
    >>> alternation = cell_alternation(world, 5, 5, horizon=1, half_steps=6)
    >>> len(alternation.bounds), [round(end, 3) for end in alternation.interval]
    (7, [1.653, 1.653])
    >>> alternation.rows, alternation.by_first_action
    (('N', 'E', 'S', 'W', '·'), False)
    """

    world: World
    horizon: int
    state: int
    bounds: Array
    uppers: Array
    moments: tuple[int, ...]
    sources: Array
    plannings: Array
    rows: tuple[str, ...]
    columns: tuple[str, ...]

    @property
    def by_first_action(self) -> bool:
        """True if the rows are first actions, as there are too many action sequences."""
        sequences: int = len(self.world.actions) ** min(self.horizon, MAX_LISTED_SEQUENCES)
        return len(self.rows) != sequences

    @property
    def row_label(self) -> str:
        """Label of an axis along the rows."""
        return "first action" if self.by_first_action else "action sequence"

    @property
    def interval(self) -> tuple[float, float]:
        """Certified interval that holds the empowerment of the state, in bits."""
        upper = max(0.0, float(self.uppers.min()))
        return min(max(0.0, float(self.bounds[-1])), upper), upper

    @property
    def xy(self) -> tuple[int, int]:
        """Coordinates (x, y) of the cell."""
        maze = self.world.maze
        return maze.xy(*maze.cells[self.world.cell[self.state]].tolist())

    def __repr__(self) -> str:
        (x, y), steps = self.xy, counted(len(self.bounds) - 1, "half-step")
        return f"Alternation({self.world!r}, x = {x}, y = {y}, horizon {self.horizon}, {steps})"


def cell_alternation(
    world: World,
    x: int,
    y: int,
    horizon: int,
    half_steps: int = 40,
    moments: Sequence[int] = (1, 2),
    *,
    heading: str = "best",
    progress: Progress | None = None,
) -> Alternation:
    """Raise the variational bound of one cell by alternating maximisation.

    Half-steps improve the planning distribution q and the source distribution omega in turn, as
    in `gridemp.information.alternate`.

    Parameters
    ----------
    world : World
        World with A actions.
    x, y : int
        Coordinates of the cell, counted from 0; y points up.
    horizon : int
        Number of steps n.
    half_steps : int
        Number of half-steps K.
    moments : sequence of int
        Numbers of the half-steps after which both distributions are kept; 0 is the start.
    heading : {"best", "north", "east", "south", "west"}
        State to use if the cell has several: that with the highest empowerment, or with a heading.
    progress : callable, optional
        Called with the fraction done, from 0 to 1.

    Returns
    -------
    Alternation
        The bounds after each half-step, and the distributions at some of them.

    Raises
    ------
    GridempError
        If the cell, the horizon, a moment or the number of half-steps is invalid, or the channel
        has more than 2**24 entries.

    Examples
    --------
    >>> import gridemp
    >>> from gridemp.analysis import cell_alternation
    >>> world = gridemp.World.from_maze(gridemp.load_maze("klyubin"), slip=0.1)
    >>> cell_alternation(world, x=5, y=5, horizon=2).bounds[[0, 1, 2, 40]].round(3)
    array([-0.   ,  2.207,  2.329,  2.416])
    """
    check_kinds(cell_alternation, locals())
    progress = progress or ignore
    steps = checked_horizon(horizon, world)
    if not 1 <= half_steps <= MAX_HALF_STEPS:
        raise GridempError(f"`half_steps` must be from 1 to {MAX_HALF_STEPS:,}, not {half_steps}")
    for moment in moments:
        if not 0 <= moment <= half_steps:
            raise GridempError(
                f"`moments` must be from 0 to {half_steps}, the number of half-steps, not {moment}"
            )
    states = states_in(world, x, y, heading)
    world = world if world.deterministic else world.normalised()
    best = 0
    if len(states) > 1:
        starts = np.array(states, dtype=np.int32)
        best = int(empowerment(replace(world, starts=starts), steps).bits.argmax())
    state = states[best]
    whole = channel(world, state, steps)
    reached = np.flatnonzero(whole.probabilities.any(axis=0))
    rows, labels = whole.probabilities[:, reached], whole.labels[reached]
    if rows.size > MAX_ENTRIES:
        raise GridempError(
            f"this channel has {len(rows):,} action sequences and {len(labels)} outcomes, too many "
            "for hundreds of half-steps; lower the horizon"
        )
    ends = np.flatnonzero(np.isin(world.sensor, labels))
    order = np.argsort(labels)
    outcome = order[np.searchsorted(labels, world.sensor[ends], sorter=order)]
    listed = len(rows) <= MAX_LISTED_SEQUENCES
    bounds, uppers = np.zeros((2, half_steps + 1))
    kept: dict[int, HalfStep] = {}
    for i, step in zip(range(half_steps + 1), alternate(rows), strict=False):
        bounds[i], uppers[i] = step.bound, step.upper
        if i in moments:
            kept[i] = step
        progress(i / half_steps)
    actions, names = len(world.actions), sequence_names(world.actions, steps if listed else 1)
    shape = (len(rows) if listed else actions, -1)
    shown = [kept[i] for i in sorted(kept)]
    return Alternation(
        world=world,
        horizon=steps,
        state=state,
        bounds=bounds,
        uppers=uppers,
        moments=tuple(sorted(kept)),
        sources=np.array([step.source.reshape(shape).sum(axis=1) for step in shown]),
        plannings=np.array(
            [step.planning.reshape(*shape, len(labels)).sum(axis=1) for step in shown]
        ),
        rows=names,
        columns=tuple(outcome_names(world, ends, outcome)),
    )
