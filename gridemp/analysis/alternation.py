"""The variational bound of one cell as source and planning distribution improve it in turns."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from gridemp.engine.channel import channel
from gridemp.engine.empowerment import checked_horizon, empowerment
from gridemp.errors import GridempError
from gridemp.information.variational import HalfStep, alternate
from gridemp.progress import Progress, ignore
from gridemp.typing import Array
from gridemp.worlds.cells import states_in
from gridemp.worlds.names import outcome_names, sequence_names
from gridemp.worlds.world import World

MAX_STEPS = 100_000
MAX_ENTRIES = 2**24  # of a channel that is gone through at every half-step
FIRST = "first action"
LISTED = 125  # action sequences up to which each is shown


@dataclass(frozen=True, eq=False)
class Alternation:
    """Alternating maximisation for the channel of one state.

    Attributes
    ----------
    world : World
        Of A actions.
    horizon : int
        Number of steps n.
    state : int
        Where the agent starts.
    bounds : ndarray, shape (K + 1,)
        The variational bound at the start and after each of K half-steps, in bits; never falling.
    uppers : ndarray, shape (K + 1,)
        The certified upper value that the source of that moment proves, in bits.
    moments : tuple of int
        The half-steps that are kept, rising.
    sources : ndarray, shape (len(moments), R)
        omega at these, for each of the A**n sequences, or, if they are more than 125, summed over
        all that begin with the same action.
    plannings : ndarray, shape (len(moments), R, Y)
        q, likewise.
    rows : tuple of str
        What the R rows are called.
    columns : tuple of str
        What the Y outcomes are called.
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
    def row_label(self) -> str:
        """What the rows are."""
        listed = len(self.rows) == len(self.world.actions) ** min(self.horizon, LISTED)
        return "action sequence" if listed else FIRST

    @property
    def interval(self) -> tuple[float, float]:
        """What is certain of the empowerment in the end, in bits."""
        upper = max(0.0, float(self.uppers.min()))
        return min(max(0.0, float(self.bounds[-1])), upper), upper

    @property
    def xy(self) -> tuple[int, int]:
        """The cell, as people see it."""
        maze = self.world.maze
        return maze.xy(*maze.cells[self.world.cell[self.state]].tolist())


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
    """Raise the bound of one cell, half-step by half-step: see `variational.alternate`.

    Parameters
    ----------
    world : World
        Of A actions.
    x, y : int
        The cell; y points up.
    horizon : int
        Number of steps n.
    half_steps : int
        How many; planning and source in turns.
    moments : sequence of int
        The half-steps after which source and planning distribution are kept, 0 for the start.
    heading : {"best", "north", "east", "south", "west"}
        Which of several states in the cell: the one of most bits, or that of a heading.
    progress : callable, optional
        Called with the fraction done, from 0 to 1.

    Returns
    -------
    Alternation

    Raises
    ------
    GridempError
        If there is no such cell, horizon or number of half-steps, or the channel has too many
        entries to go through so often.
    """
    progress = progress or ignore
    steps = checked_horizon(horizon, world)
    if not 1 <= half_steps <= MAX_STEPS:
        raise GridempError(f"half-steps are counted from 1 to {MAX_STEPS:,}, not {half_steps}")
    for moment in moments:
        if not 0 <= moment <= half_steps:
            raise GridempError(
                f"there are {half_steps} half-steps, and {moment} is none; show some from 0 to "
                f"{half_steps}"
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
    listed = len(rows) <= LISTED
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
        world,
        steps,
        state,
        bounds,
        uppers,
        tuple(sorted(kept)),
        np.array([step.source.reshape(shape).sum(axis=1) for step in shown]),
        np.array([step.planning.reshape(*shape, len(labels)).sum(axis=1) for step in shown]),
        names,
        tuple(outcome_names(world, ends, outcome)),
    )
