"""The walk of an agent that empowerment alone moves, step by step and in words."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from gridemp.agents.agent import Agent
from gridemp.engine.map import EmpowermentMap
from gridemp.errors import GridempError
from gridemp.mazes.maze import Maze
from gridemp.progress import Progress, ignore
from gridemp.typing import Array, Cell, Indices, Mask
from gridemp.worlds.cells import states_in
from gridemp.worlds.moves import HEADINGS
from gridemp.worlds.subworld import nearby
from gridemp.worlds.world import World

MAX_STEPS = 100_000
ROUNDING = 1e-12  # of probabilities that are alike


@dataclass(frozen=True, eq=False, repr=False)
class Walk:
    """Where an agent went, and why.

    Attributes
    ----------
    world : World
        Of A actions.
    horizon : int
        Number of steps n of the empowerment that moved it.
    policy : str
        What moved it, in words.
    states : ndarray of int, shape (K + 1,)
        Where it was, the start first.
    actions : ndarray of int, shape (K,)
        What it meant to do in each of the K steps.
    bits, gap : ndarray, shape (K + 1,)
        Its empowerment there is in [bits, bits + gap].
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
        """The cell of each state, as people see it: shape (K + 1, 2)."""
        maze = self.world.maze
        return np.stack(maze.xy(*maze.cells[self.world.cell[self.states]].T), axis=1)

    @cached_property
    def moved(self) -> Mask:
        """Whether each step changed anything: shape (K,)."""
        return np.asarray(self.states[1:] != self.states[:-1])

    @cached_property
    def slipped(self) -> Mask:
        """Whether each step led elsewhere than its action is likeliest to: shape (K,)."""
        before = self.states[:-1]
        ahead = self.world.successors[before, self.actions]
        meant = likeliest(self.world, before)[np.arange(len(before)), self.actions]
        return np.asarray(~(meant & (ahead == self.states[1:, None])).any(axis=1))

    @property
    def gain(self) -> float:
        """What the walk gained, in bits."""
        return float(self.bits[-1] - self.bits[0])

    @property
    def settled(self) -> int:
        """After how many steps nothing changed any more."""
        changes = np.flatnonzero(self.moved)
        return int(changes[-1]) + 1 if len(changes) else 0

    @cached_property
    def headings(self) -> list[str] | None:
        """Where it looked, if it does."""
        if self.world.heading is None:
            return None
        return [HEADINGS[number] for number in self.world.heading[self.states]]

    @cached_property
    def pushes(self) -> dict[int, list[tuple[Cell, Cell]]]:
        """For each step that pushed a box, counted from 0, the (x, y) that it left and entered."""
        if self.world.boxes is None:
            return {}
        maze, found = self.world.maze, {}
        held = [set(cells) for cells in self.world.boxes[self.states].tolist()]

        def place(cell: int) -> Cell:
            row, col = maze.cells[cell].tolist()
            return maze.xy(row, col)

        for step in np.flatnonzero(self.moved).tolist():
            before, after = held[step], held[step + 1]
            if before != after:
                pairs = zip(sorted(before - after), sorted(after - before), strict=True)
                found[step] = [(place(old), place(new)) for old, new in pairs]
        return found

    def __repr__(self) -> str:
        (x, y), steps = self.xy[0].tolist(), len(self.actions)
        return f"Walk({self.world!r}, {self.policy}, from ({x}, {y}), {steps} steps)"


def start_in(
    agent: Agent,
    x: int,
    y: int,
    heading: str = "best",
    progress: Progress | None = None,
) -> int:
    """The state in a cell from which to start: of several, that of most empowerment.

    Raises
    ------
    GridempError
        If there is no such cell or heading, or the cell is solid.
    """
    progress = progress or ignore
    if heading == "mean":
        raise GridempError("an agent looks one way at a time; take best, or a heading by name")
    states = np.array(states_in(agent.world, x, y, heading), dtype=np.intp)
    agent.learn(states, progress)
    return int(states[agent.bits[states].argmax()])


def walk(
    agent: Agent,
    start: int,
    steps: int,
    rng: np.random.Generator,
    progress: Progress | None = None,
) -> Walk:
    """Follow an agent for some steps.

    Parameters
    ----------
    agent : Agent
        What moves it.
    start : int
        The state where it is.
    steps : int
        How many, K.
    rng : numpy.random.Generator
        Draws among actions as the policy weighs them, and what noise does.
    progress : callable, optional
        Called with the fraction done, from 0 to 1.

    Returns
    -------
    Walk

    Raises
    ------
    GridempError
        If there is no such number of steps; and as `empowerment` does.
    """
    progress = progress or ignore
    check_steps(steps)
    world, states = agent.world, [start]
    actions: list[int] = []
    known: dict[int, Array] = {}
    for step in range(steps):
        here = states[-1]
        if here not in known:
            done = step / steps
            told = lambda fraction, done=done: progress(done + fraction / steps)  # noqa: E731
            (known[here],) = agent.chances(np.array([here]), told)
        actions.append(int(rng.choice(len(world.actions), p=known[here])))
        ways = world.probabilities[here, actions[-1]]
        way = 0 if len(ways) == 1 else int(rng.choice(len(ways), p=ways / ways.sum()))
        states.append(int(world.successors[here, actions[-1], way]))
        progress((step + 1) / steps)
    been = np.array(states, dtype=np.intp)
    agent.learn(np.unique(been))
    parts = been, np.array(actions, dtype=np.intp), agent.bits[been], agent.gap[been]
    return Walk(world, agent.horizon, agent.name, *parts)


def check_steps(steps: int) -> None:
    """Raise a GridempError if no walk has so many."""
    if not 1 <= steps <= MAX_STEPS:
        raise GridempError(f"a walk takes 1 to {MAX_STEPS:,} steps, not {steps}")


def likeliest(world: World, states: Indices) -> Mask:
    """Which next states an action most likely leads to: shape (T, A, K), as `world.successors`."""
    ahead, chances = world.successors[states], world.probabilities[states]
    if chances.shape[2] == 1:
        return np.ones(chances.shape, dtype=bool)
    alike = ahead[:, :, :, None] == ahead[:, :, None, :]
    whole = (alike * chances[:, :, None, :]).sum(axis=3)
    return np.asarray((whole >= whole.max(axis=2, keepdims=True) - ROUNDING) & (chances > 0))


def maps_along(
    agent: Agent,
    states: Indices,
    heading: str = "best",
    progress: Progress | None = None,
) -> list[EmpowermentMap]:
    """The map that an agent finds itself in at each of some states: that for the boxes as they are.

    Parameters
    ----------
    agent : Agent
        Of any world.
    states : ndarray of int, shape (K,)
        Such as those of a walk.
    heading : str
        Which of several states in a cell it shows: see `EmpowermentMap.one_per_cell`.
    progress : callable, optional
        Called with the fraction done, from 0 to 1.

    Returns
    -------
    list of EmpowermentMap
        K of them, the same one as long as no box moves. Its maze has the boxes where they are. In a
        world that is not whole, a cell that the agent cannot come to in time has no value.
    """
    progress = progress or ignore
    world = agent.world
    starts: Indices = np.arange(len(world.cell))
    starts = starts if world.starts is None else world.starts.astype(np.intp)
    first = agent.map(starts).one_per_cell(heading)
    if world.boxes is None:
        return [first] * len(states)
    ahead = None if world.within is None else world.within - agent.horizon
    known = nearby(world, starts, ahead)
    found = {world.boxes[starts[0]].tobytes(): first}
    maze = world.maze
    kept = {place: letter for place, letter in maze.objects.items() if letter != "$"}
    maps = []
    for i, state in enumerate(states.tolist()):
        boxes = world.boxes[state]
        if (key := boxes.tobytes()) not in found:
            same = known[(world.boxes[known] == boxes).all(axis=1)]
            moved = kept | dict.fromkeys(map(tuple, maze.cells[boxes].tolist()), "$")
            drawn = Maze(maze.floor, maze.wall_right, maze.wall_below, maze.name, moved)
            found[key] = agent.map(same, replace(world, maze=drawn)).one_per_cell(heading)
        maps.append(found[key])
        progress((i + 1) / len(states))
    return maps
