"""Short names of action sequences and of outcomes, for graphs, matrices and lists."""

from collections import Counter
from itertools import product

import numpy as np
from numpy.typing import NDArray

from gridemp.worlds.moves import HEADINGS
from gridemp.worlds.world import World

LETTERS = {
    **{"north": "N", "east": "E", "south": "S", "west": "W", "stay": "\N{MIDDLE DOT}"},
    **{"northeast": "NE", "southeast": "SE", "southwest": "SW", "northwest": "NW"},
    **{"left": "L", "right": "R", "forward": "F"},
    **{"pickup": "P", "drop": "D", "toggle": "T", "done": "\N{MIDDLE DOT}"},
}


def sequence_names(actions: tuple[str, ...], horizon: int) -> tuple[str, ...]:
    """Names of the A**n action sequences, the last action varying fastest.

    "NNE" means north, north, east; a dot means stay. Letters of diagonal moves are joined by
    hyphens, as in "NE-N". Actions other than those of mazes are named by their initials if these
    differ, and in full otherwise.
    """
    initials = [name[:1].upper() for name in actions]
    apart = len(set(initials)) == len(actions) and "" not in initials
    short = list(initials) if apart else list(actions)
    if set(actions) <= set(LETTERS):
        short = [LETTERS[name] for name in actions]
    joint = "" if max(map(len, short)) == 1 else "-"
    return tuple(joint.join(sequence) for sequence in product(short, repeat=horizon))


def outcome_names(
    world: World, ends: NDArray[np.integer], outcome: NDArray[np.integer]
) -> list[str]:
    """Names of outcomes, made from their states.

    If some outcome has several cells and y or x alone tells all outcomes apart, they are called
    "y = 3" or "x = 3". Otherwise an outcome is called "(x, y)" if all its states are in one cell,
    or else by one of its cells and the number of the others, with the heading and the thing that
    the agent holds if all its states share them. Outcomes of the same name are numbered.

    Parameters
    ----------
    world : World
        World of these states.
    ends : ndarray of int, shape (E,)
        States that the last step can lead to.
    outcome : ndarray of int, shape (E,)
        Outcome of each of these states, as a number from 0 to Y - 1.

    Returns
    -------
    list of str
        Names of the Y outcomes.
    """
    cell = world.cell[ends]
    x, y = world.maze.xy(*world.maze.cells[cell].T)
    order = np.argsort(outcome, kind="stable")
    held = np.split(order, np.flatnonzero(np.diff(outcome[order])) + 1)
    cells = [len(np.unique(cell[own])) for own in held]
    for axis, places in (("y", y), ("x", x)):
        lines = [np.unique(places[own]) for own in held]
        values = {int(line[0]) for line in lines if len(line) == 1}
        if max(cells) > 1 and len(values) == len(held):
            return [f"{axis} = {line[0]}" for line in lines]
    names = []
    for own, count in zip(held, cells, strict=True):
        first = own[np.lexsort((x[own], y[own]))[0]]
        name = f"({x[first]}, {y[first]})"
        if world.heading is not None and len(set(world.heading[ends[own]].tolist())) == 1:
            name += f" {HEADINGS[world.heading[ends[first]]][0].upper()}"
        hands = {world.layout(state).held for state in ends[own].tolist()}
        if len(hands) == 1 and (kind := hands.pop()) is not None:
            name += f" + {kind.name}"
        names.append(name if count == 1 else f"{name} and {count - 1} more")
    total, seen = Counter(names), Counter[str]()
    for i, name in enumerate(names):
        if total[name] > 1:
            seen[name] += 1
            names[i] = f"{name} #{seen[name]}"
    return names
