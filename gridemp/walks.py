"""The walk of an agent that empowerment alone moves, step by step and in words."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from gridemp.drives import Agent
from gridemp.errors import GridempError
from gridemp.maps import rounded_up
from gridemp.moves import HEADINGS
from gridemp.naming import sequence_names
from gridemp.source import states_in
from gridemp.world import World

Array = NDArray[np.float64]
Indices = NDArray[np.intp]
Mask = NDArray[np.bool_]
Cell = tuple[int, int]

MOST_STEPS = 100_000
MOST_LETTERS = 40  # actions that are written one by one
MOST_LINES, LAST_LINES = 40, 5
TIMES = "\N{MULTIPLICATION SIGN}"
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
    progress: Callable[[float], object] = lambda fraction: None,
) -> int:
    """The state in a cell from which to start: of several, that of most empowerment.

    Raises
    ------
    GridempError
        If there is no such cell or heading, or the cell is solid.
    """
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
    progress: Callable[[float], object] = lambda fraction: None,
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
        Told the fraction done, from 0 to 1.

    Returns
    -------
    Walk

    Raises
    ------
    GridempError
        If there is no such number of steps; and as `empowerment` does.
    """
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
    if not 1 <= steps <= MOST_STEPS:
        raise GridempError(f"a walk takes 1 to {MOST_STEPS:,} steps, not {steps}")


def likeliest(world: World, states: Indices) -> Mask:
    """Which next states an action most likely leads to: shape (T, A, K), as `world.successors`."""
    ahead, chances = world.successors[states], world.probabilities[states]
    if chances.shape[2] == 1:
        return np.ones(chances.shape, dtype=bool)
    alike = ahead[:, :, :, None] == ahead[:, :, None, :]
    whole = (alike * chances[:, :, None, :]).sum(axis=3)
    return np.asarray((whole >= whole.max(axis=2, keepdims=True) - ROUNDING) & (chances > 0))


def in_words(path: Walk) -> list[str]:
    """The walk in lines: its actions, where each step led, and what the walk gained."""
    gap = float(path.gap.max())
    certified = f", each within {rounded_up(gap)} bits" if gap else ""
    start = f"start: {place_in_words(path, 0)}, {path.bits[0]:.2f} bits"
    lines = [f"actions: {letters(path)}", start]
    told = step_lines(path)
    if len(told) > MOST_LINES:
        left = len(told) - MOST_LINES
        first = MOST_LINES - LAST_LINES
        told = [*told[:first], f"... {left} more lines ...", *told[-LAST_LINES:]]
    low, high, settled = path.bits[0], path.bits[-1], path.settled
    steps = f"in {settled} step{'s' * (settled != 1)}" if settled else "as it stays where it is"
    gained = f"gained: {low:.2f} to {high:.2f} bits, {path.gain + 0.0:+.2f} {steps}{certified}"
    return [*lines, *told, gained]


def letters(path: Walk) -> str:
    """The actions by their letters, such as "N N E", a stay as a dot; counted if they are many."""
    names = sequence_names(path.world.actions, 1)
    taken = [names[action] for action in path.actions.tolist()]
    if len(taken) <= MOST_LETTERS:
        return " ".join(taken)
    runs = ((name, len(list(run))) for name, run in groupby(taken))
    return " ".join(name if count == 1 else f"{count}{TIMES}{name}" for name, count in runs)


def step_lines(path: Walk) -> list[str]:
    """A line for each step; those in which nothing changes share one."""
    lines, step = [], 0
    while step < len(path.actions):
        last = step + 1
        while not path.moved[step] and last < len(path.actions) and not path.moved[last]:
            last += 1
        number = f"step {last}" if last == step + 1 else f"steps {step + 1} to {last}"
        lines.append(f"{number}: {step_in_words(path, last)}")
        step = last
    return lines


def step_in_words(path: Walk, step: int) -> str:
    """What a step did, counted from 1, and where the agent is after it."""
    before, after = path.xy[step - 1 : step + 1].tolist()
    action = path.world.actions[path.actions[step - 1]]
    did = f"{action}, slips to" if path.slipped[step - 1] else f"{action} to"
    if not path.moved[step - 1]:
        did = "stays at"
    elif before == after:
        did = f"{action} at"
    place = f"{did} {place_in_words(path, step)}"
    for _, (x, y) in path.pushes.get(step - 1, []):
        place += f", pushes a box to ({x}, {y})"
    return f"{place}, {path.bits[step]:.2f} bits"


def place_in_words(path: Walk, step: int) -> str:
    """Where the agent is after a step, and where it looks if it does."""
    x, y = path.xy[step].tolist()
    headings = path.headings
    return f"({x}, {y})" + (f" facing {headings[step]}" if headings else "")
