"""Walks and basins in words, for terminals and alternative texts."""

from itertools import groupby

import numpy as np

from gridemp.agents.flow import EITHER, Flow
from gridemp.agents.walk import Walk
from gridemp.report.rounding import rounded_up
from gridemp.shown import counted
from gridemp.worlds.names import sequence_names
from gridemp.worlds.world import World

MAX_BASINS = 10  # with a line each
MAX_CELLS = 3  # of an attractor that are listed one by one
MAX_LETTERS = 40  # actions that are written one by one
MAX_LINES, LAST_LINES = 40, 5  # lines of steps, and how many of these are kept from the end
TIMES = "\N{MULTIPLICATION SIGN}"


def unless_slips(world: World) -> str:
    """Proviso for a noisy world, in which only the likeliest outcomes are followed."""
    return "" if world.deterministic else ", if it never slips"


def basin_lines(found: Flow) -> list[str]:
    """One line for each attractor: its place, its empowerment, and the share of starts."""
    whole = len(found.basin)
    gap = float(found.emap.gap.max())
    world = found.emap.world
    certified = f", within {rounded_up(gap)} bits{world.conditions.proviso}" if gap else ""
    lines = (
        []
        if world.deterministic
        else [f"where agents from every cell end up{unless_slips(world)}:"]
    )
    for i, count in enumerate(found.basin_sizes[:MAX_BASINS].tolist()):
        low, high = (f"{values[i]:.2f}" for values in (found.low, found.high))
        bits = f"{low} bits" if low == high else f"{low} to {high} bits"
        lines.append(
            f"{i + 1}: {_attractor_place(found, i)}, {bits}{certified}, {share(count, whole)}"
        )
    if (more := len(found.attractors) - MAX_BASINS) > 0:
        count = int(found.basin_sizes[MAX_BASINS:].sum())
        lines.append(f"and {more} more, {share(count, whole)}")
    if either := int((found.basin == EITHER).sum()):
        lines.append(f"one of several of these, by chance, {share(either, whole)}")
    return lines


def share(count: int, whole: int) -> str:
    """Number of starts, as a count and in percent."""
    return f"{count} of {whole} starts ({count / whole:.1%})"


def _attractor_place(found: Flow, attractor: int) -> str:
    """Cells of an attractor, or one of them and the number of the others, and the boxes."""
    cells = found.cells(attractor)
    place = " and ".join(f"({x}, {y})" for x, y in cells)
    if len(cells) > MAX_CELLS:
        place = f"({cells[0][0]}, {cells[0][1]}) and {len(cells) - 1} more cells"
    world = found.world
    if world.boxes is None:
        return place
    layouts = np.unique(world.boxes[found.attractors[attractor]], axis=0)
    if len(layouts) > 1:
        return f"{place}, boxes in changing places"
    x, y = world.maze.xy(*world.maze.cells[layouts[0]].T)
    boxes = " and ".join(map(str, zip(x.tolist(), y.tolist(), strict=True)))
    return f"{place}, box{'es' * (len(x) > 1)} at {boxes}"


def walk_lines(path: Walk) -> list[str]:
    """Walk in words, line by line: the actions, each step, and the bits gained."""
    gap = float(path.gap.max())
    proviso = path.world.conditions.proviso
    certified = f", each within {rounded_up(gap)} bits{proviso}" if gap else ""
    start = f"start: {place_in_words(path, 0)}, {path.bits[0]:.2f} bits"
    lines = [f"actions: {letters(path)}", start]
    told = step_lines(path)
    if len(told) > MAX_LINES:
        left = len(told) - MAX_LINES
        first = MAX_LINES - LAST_LINES
        told = [*told[:first], f"... {left} more lines ...", *told[-LAST_LINES:]]
    low, high, settled = path.bits[0], path.bits[-1], path.settled
    steps = f"in {counted(settled, 'step')}" if settled else "without moving"
    gained = f"gained: {low:.2f} to {high:.2f} bits, {path.gain + 0.0:+.2f} {steps}{certified}"
    return [*lines, *told, gained]


def letters(path: Walk) -> str:
    """Actions as letters, such as "N N E", with a dot for stay; in long walks, runs are counted."""
    names = sequence_names(path.world.actions, 1)
    taken = [names[action] for action in path.actions.tolist()]
    if len(taken) <= MAX_LETTERS:
        return " ".join(taken)
    runs = ((name, len(list(run))) for name, run in groupby(taken))
    return " ".join(name if count == 1 else f"{count}{TIMES}{name}" for name, count in runs)


def step_lines(path: Walk) -> list[str]:
    """One line for each step; consecutive steps in which nothing changes share a line."""
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
    """Step in words: its action and the place of the agent after it; steps count from 1."""
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
    """Place of the agent after a step, with its heading if it has one."""
    x, y = path.xy[step].tolist()
    headings = path.headings
    return f"({x}, {y})" + (f" facing {headings[step]}" if headings else "")
