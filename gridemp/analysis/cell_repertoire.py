"""Repertoire of the agent in one cell: the few action sequences that are kept, and their ends."""

from typing import NamedTuple

import numpy as np

from gridemp.arguments import check_kinds
from gridemp.engine.empowerment import TOLERANCE
from gridemp.engine.impoverished import SIZE, STEP, checked_repertoires
from gridemp.progress import Progress, ignore, part_of
from gridemp.typing import Array, Indices
from gridemp.worlds.cells import states_in
from gridemp.worlds.world import World


class Repertoire(NamedTuple):
    """Action sequences that an agent with little room for them keeps in one cell.

    Attributes
    ----------
    sequences : ndarray of int, shape (R, n)
        Actions of the R sequences, as indices into `world.actions`.
    weights : ndarray, shape (R,)
        Probability of each sequence under an optimal source.
    ends : ndarray of int, shape (R,)
        State that each sequence is most likely to end in.
    paths : ndarray of int, shape (R, n + 1)
        States that each sequence leads through if each action has its likeliest effect. In a
        deterministic world, the last of them is the end.
    bits : float
        Impoverished empowerment of the cell in bits: a certified lower bound on its empowerment.
    gap : float
        Width of the certified interval of the capacity of these sequences, in bits.

    Examples
    --------
    In the middle of a corridor, south and stay do the same as north, and are not kept:

    >>> import gridemp
    >>> from gridemp.analysis import cell_repertoire
    >>> world = gridemp.World.from_maze(gridemp.parse_maze("..."))
    >>> found = cell_repertoire(world, 1, 0, horizon=1)
    >>> [world.actions[action] for action in found.sequences[:, 0]], found.ends
    (['north', 'east', 'west'], array([1, 2, 0]))
    """

    sequences: Indices
    weights: Array
    ends: Indices
    paths: Indices
    bits: float
    gap: float


def cell_repertoire(
    world: World,
    x: int,
    y: int,
    horizon: int,
    repertoire: int = SIZE,
    step: int = STEP,
    tol: float = TOLERANCE,
    *,
    heading: str = "best",
    progress: Progress | None = None,
) -> Repertoire:
    """Return the few action sequences behind the impoverished empowerment of one cell.

    They are those of `gridemp.impoverished_empowerment`, which says how they are chosen.

    Parameters
    ----------
    world : World
        World with A actions.
    x, y : int
        Coordinates of the cell, counted from 0; y points up.
    horizon : int
        Number of steps n, from 1 to 10,000.
    repertoire : int
        Largest number of sequences to keep, k, 1 or more.
    step : int
        Number of actions by which the sequences grow before k of them are chosen again, m.
    tol : float
        Largest certified gap to accept, in bits.
    heading : {"best", "north", "east", "south", "west"}
        State to use if the cell has several: that with the most bits, or with a heading.
    progress : callable, optional
        Called with the fraction done, from 0 to 1.

    Returns
    -------
    Repertoire
        The R <= k sequences, in the order in which they are found, with their weights and ends.

    Raises
    ------
    GridempError
        If the cell is solid, or an argument is out of range.
    HorizonTooLarge
        If the candidates of a noisy world would not fit in memory.

    Examples
    --------
    Four sequences of 20 steps in the classic maze with slippery ground:

    >>> import gridemp
    >>> from gridemp.analysis import cell_repertoire
    >>> world = gridemp.World.from_maze(gridemp.load_maze("klyubin"), slip=0.1)
    >>> found = cell_repertoire(world, 5, 5, horizon=20, repertoire=4)
    >>> found.sequences.shape, round(found.bits, 3)
    ((4, 20), 1.977)
    """
    check_kinds(cell_repertoire, locals())
    repertoires = checked_repertoires(world, horizon, repertoire, step, tol)
    world = repertoires.world
    progress = progress or ignore
    states = states_in(world, x, y, heading)
    found = [
        (repertoires.of(state, part_of(progress, i, len(states))), state)
        for i, state in enumerate(states)
    ]
    kept, start = max(found, key=lambda each: each[0].lower)
    return Repertoire(
        sequences=kept.sequences,
        weights=kept.weights,
        ends=kept.states[kept.rows.argmax(axis=1)],
        paths=likeliest_paths(world, start, kept.sequences),
        bits=kept.lower,
        gap=max(0.0, kept.upper - kept.lower),
    )


def likeliest_paths(world: World, start: int, sequences: Indices) -> Indices:
    """States from a start on, (R, n + 1), if each action of R sequences has its likeliest effect.

    If several effects are equally likely, it is the first of them.
    """
    paths = np.empty((len(sequences), sequences.shape[1] + 1), dtype=np.intp)
    paths[:, 0] = start
    for i, actions in enumerate(sequences.T):
        after = world.successors[paths[:, i], actions]
        chances = world.probabilities[paths[:, i], actions]
        equal = after[:, :, None] == after[:, None, :]
        likeliest = (equal * chances[:, None, :]).sum(axis=2).argmax(axis=1)
        paths[:, i + 1] = after[np.arange(len(after)), likeliest]
    return paths
