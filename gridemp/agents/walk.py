"""The walk of an agent that follows empowerment, and the maps that it sees on its way."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from gridemp.agents.agent import Agent
from gridemp.arguments import check_kinds
from gridemp.errors import GridempError
from gridemp.progress import Progress, ignore, part_of
from gridemp.shown import counted
from gridemp.typing import Array, Cell, Indices, Mask
from gridemp.worlds.cells import checked_states, states_in
from gridemp.worlds.moves import HEADINGS
from gridemp.worlds.world import World

MAX_STEPS = 100_000
ROUNDING = 1e-12  # by which equal probabilities may differ


@dataclass(frozen=True, eq=False, repr=False)
class Walk:
    """A walk of K steps of an agent.

    Attributes
    ----------
    world : World
        World of A actions.
    horizon : int
        Number of steps n of the empowerment that the agent follows.
    policy : str
        Name of the policy, for captions.
    states : ndarray of int, shape (K + 1,)
        States visited, beginning with the start.
    actions : ndarray of int, shape (K,)
        Intended action of each step.
    bits, gap : ndarray, shape (K + 1,)
        The empowerment of each visited state lies in [bits, bits + gap].

    Examples
    --------
    >>> import gridemp
    >>> import numpy as np
    >>> from gridemp.agents import Agent, start_state, walk
    >>> agent = Agent(gridemp.World.from_maze(gridemp.load_maze("klyubin")), horizon=5)
    >>> path = walk(agent, start_state(agent, 3, 3), steps=8, rng=np.random.default_rng(0))
    >>> path.xy[-1], round(path.gain, 2), path.settled
    (array([5, 5]), 0.67, 4)
    """

    world: World
    horizon: int
    policy: str
    states: Indices
    actions: Indices
    bits: Array
    gap: Array

    @cached_property
    def xy(self) -> Indices:
        """The (x, y) of the cell of each visited state: shape (K + 1, 2)."""
        maze = self.world.maze
        return np.stack(maze.xy(*maze.cells[self.world.cell[self.states]].T), axis=1)

    @cached_property
    def moved(self) -> Mask:
        """True for each step that changed the state: shape (K,)."""
        return np.asarray(self.states[1:] != self.states[:-1])

    @cached_property
    def slipped(self) -> Mask:
        """True for each step whose outcome was not the likeliest one of its action: shape (K,)."""
        before = self.states[:-1]
        ahead = self.world.successors[before, self.actions]
        likely = likeliest(self.world, before)[np.arange(len(before)), self.actions]
        return np.asarray(~(likely & (ahead == self.states[1:, None])).any(axis=1))

    @property
    def gain(self) -> float:
        """Empowerment at the end minus that at the start, in bits."""
        return float(self.bits[-1] - self.bits[0])

    @property
    def settled(self) -> int:
        """Number of steps after which the state no longer changed."""
        changes = np.flatnonzero(self.moved)
        return int(changes[-1]) + 1 if len(changes) else 0

    @cached_property
    def headings(self) -> list[str] | None:
        """Heading in each visited state; None in a world without headings."""
        if self.world.heading is None:
            return None
        return [HEADINGS[number] for number in self.world.heading[self.states]]

    @cached_property
    def pushes(self) -> dict[int, list[tuple[Cell, Cell]]]:
        """For each step that pushed boxes, counted from 0, the old and the new cell of each box."""
        if self.world.boxes is None:
            return {}
        maze, pushes = self.world.maze, {}
        occupied = [set(cells) for cells in self.world.boxes[self.states].tolist()]

        def place(cell: int) -> Cell:
            row, col = maze.cells[cell].tolist()
            return maze.xy(row, col)

        for step in np.flatnonzero(self.moved).tolist():
            before, after = occupied[step], occupied[step + 1]
            if before != after:
                pairs = zip(sorted(before - after), sorted(after - before), strict=True)
                pushes[step] = [(place(old), place(new)) for old, new in pairs]
        return pushes

    def __repr__(self) -> str:
        (x, y), steps = self.xy[0].tolist(), counted(len(self.actions), "step")
        return f"Walk({self.world!r}, {self.policy}, from ({x}, {y}), {steps})"


def check_one_heading(heading: str) -> None:
    """Raise a GridempError if a heading is "mean", which no agent can have."""
    if heading == "mean":
        raise GridempError(
            "an agent has one heading at a time, not the mean of all; choose best, or name a "
            "heading"
        )


def start_state(
    agent: Agent,
    x: int,
    y: int,
    heading: str = "best",
    progress: Progress | None = None,
) -> int:
    """State in which an agent starts in a cell; of several states, that of highest empowerment.

    Parameters
    ----------
    agent : Agent
        The agent.
    x, y : int
        Cell in which the agent starts, counted from 0, with y pointing up.
    heading : {"best", "north", "east", "south", "west"}
        The heading of the agent; "best" for any.
    progress : callable, optional
        Called with the fraction done, from 0 to 1.

    Returns
    -------
    int
        The state.

    Raises
    ------
    GridempError
        If there is no such cell or heading, or the cell is solid.

    Examples
    --------
    >>> import gridemp
    >>> from gridemp.agents import Agent, start_state
    >>> agent = Agent(gridemp.World.from_maze(gridemp.load_maze("klyubin")), horizon=5)
    >>> start_state(agent, x=0, y=0)
    90
    """
    check_kinds(start_state, locals())
    check_one_heading(heading)
    states = np.array(states_in(agent.world, x, y, heading), dtype=np.intp)
    agent.compute(states, progress)
    return int(states[agent.bits[states].argmax()])


def walk(
    agent: Agent,
    start: int,
    steps: int,
    rng: np.random.Generator,
    progress: Progress | None = None,
) -> Walk:
    """Let an agent walk for a number of steps.

    Parameters
    ----------
    agent : Agent
        The agent.
    start : int
        State in which the agent starts, such as the one that `start_state` returns.
    steps : int
        Number of steps K.
    rng : numpy.random.Generator
        Source of the actions, drawn from the policy, and of the outcomes in a noisy world.
    progress : callable, optional
        Called with the fraction done, from 0 to 1.

    Returns
    -------
    Walk
        The states and actions of the walk.

    Raises
    ------
    GridempError
        If the number of steps is out of range, or for the same reasons as in `empowerment`.

    Examples
    --------
    >>> import gridemp
    >>> import numpy as np
    >>> from gridemp.agents import Agent, start_state, walk
    >>> agent = Agent(gridemp.World.from_maze(gridemp.load_maze("room")), horizon=5)
    >>> path = walk(agent, start_state(agent, 0, 0), steps=20, rng=np.random.default_rng(0))
    >>> path.settled, path.xy[-1].tolist(), round(path.gain, 3)
    (10, [5, 5], 1.538)
    """
    check_kinds(walk, locals())
    progress = progress or ignore
    check_steps(steps)
    world, states = agent.world, checked_states(agent.world, [start], "start").tolist()
    actions: list[int] = []
    policy: dict[int, Array] = {}
    for step in range(steps):
        part = part_of(progress, step, steps)
        state = states[-1]
        if state not in policy:
            (policy[state],) = agent.action_probabilities(np.array([state]), part)
        action = int(rng.choice(len(world.actions), p=policy[state]))
        weights = world.probabilities[state, action]
        outcome = 0
        if len(weights) > 1:
            outcome = int(rng.choice(len(weights), p=weights / weights.sum()))
        actions.append(action)
        states.append(int(world.successors[state, action, outcome]))
        part(1.0)
    visited = np.array(states, dtype=np.intp)
    agent.compute(np.unique(visited))
    return Walk(
        world=world,
        horizon=agent.horizon,
        policy=agent.name,
        states=visited,
        actions=np.array(actions, dtype=np.intp),
        bits=agent.bits[visited],
        gap=agent.gap[visited],
    )


def check_steps(steps: int) -> None:
    """Raise a GridempError if the number of steps is out of range."""
    if not 1 <= steps <= MAX_STEPS:
        raise GridempError(f"`steps` must be from 1 to {MAX_STEPS:,}, not {steps}")


def likeliest(world: World, states: Indices) -> Mask:
    """Mask of the likeliest next states of each action: shape (T, A, K), as `world.successors`."""
    ahead, probabilities = world.successors[states], world.probabilities[states]
    if probabilities.shape[2] == 1:
        return np.ones(probabilities.shape, dtype=bool)
    same = ahead[:, :, :, None] == ahead[:, :, None, :]
    totals = (same * probabilities[:, :, None, :]).sum(axis=3)
    likely = totals >= totals.max(axis=2, keepdims=True) - ROUNDING
    return np.asarray(likely & (probabilities > 0))
