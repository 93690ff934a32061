"""Labels of the surroundings of states: states with equal labels have equal channels.

Describe each state by its law, the probabilities of all moves from it. Two states have the same
n-step channel, up to the order of inputs and outputs, if a symmetry of the square grid, together
with a permutation of the actions, maps the law of every state within n - 1 moves of the first to
the law of its image around the second. Labels are refined move by move,

    label_0 = the law,   label_k = (label_{k-1} here, label_{k-1} at each offset),

in the frames of all symmetries at once: equal labels in any two frames prove equal channels. This
is colour refinement (the Weisfeiler-Leman algorithm) on places instead of a graph.
"""

import math
from typing import NamedTuple

import numpy as np

from gridemp.engine.channel import PROBABILITY_GRID
from gridemp.typing import Array, Indices
from gridemp.worlds.world import World

MAX_OFFSETS = 32  # with more, the world is hardly a grid
MAX_REFERENCES = 4  # common laws; the one with the most symmetries sets the frames
SYMMETRIES = [
    np.array(matrix)
    for r in (1, -1)
    for c in (1, -1)
    for matrix in ([[r, 0], [0, c]], [[0, r], [c, 0]])
]


class Frame(NamedTuple):
    """Image of each offset and of each action under a symmetry, by number."""

    offsets: list[int]
    actions: list[int]


def surroundings(world: World, horizon: int) -> Indices:
    """Label the surroundings of each state; states with equal labels have equal n-step channels.

    Parameters
    ----------
    world : World
        World of S states. If cells have several states, the sensor merges states, or there are
        more than `MAX_OFFSETS` kinds of moves, every state gets a label of its own.
    horizon : int
        Number of steps n.

    Returns
    -------
    ndarray of int, shape (S,)
    """
    count = len(world.cell)
    all_different = np.arange(count)
    if any(len(np.unique(labels)) < count for labels in (world.cell, world.sensor)):
        return all_different
    place = world.maze.cells[world.cell]
    offsets, laws = _laws(world, place)
    if len(offsets) > MAX_OFFSETS:
        return all_different
    numbers: dict[bytes, int] = {}
    pattern = np.array([numbers.setdefault(law.tobytes(), len(numbers)) for law in laws])
    _, firsts, often = np.unique(pattern, return_index=True, return_counts=True)
    common = laws[firsts[np.argsort(-often, kind="stable")[:MAX_REFERENCES]]]
    frames = max((_frames(offsets, law) for law in common), key=len)
    labels = _law_labels(laws[firsts], frames)[:, pattern]
    neighbour = np.stack([_states_at(world, place + offset) for offset in offsets])
    for _ in range(horizon - 1):
        highest = labels.max()
        padded = np.pad(labels, [(0, 0), (0, 1)], constant_values=-1)  # -1 where there is no state
        around = [
            np.stack(
                [
                    labels_in_frame[neighbour[frame.offsets[i]]]
                    for labels_in_frame, frame in zip(padded, frames, strict=True)
                ]
            )
            for i in range(len(offsets))
        ]
        labels = _joint_labels([labels, *around])
        if labels.max() == highest:
            break  # no label was split, and none will be
    return np.asarray(labels.min(axis=0))


def _laws(world: World, place: Indices) -> tuple[Indices, Array]:
    """Return the offsets of all moves and the law of each state.

    Returns
    -------
    offsets : ndarray of int, shape (offsets, 2)
        Rows and columns of each move that occurs.
    laws : ndarray, shape (S, A, offsets)
        P(offset | state, action) in units of 1 / `PROBABILITY_GRID`, rounded to whole numbers;
        empty if there are more than `MAX_OFFSETS` offsets.
    """
    height, width = world.maze.shape
    wide = 2 * width  # with rows this long, no two offsets look the same
    code = place @ np.array([wide, 1])
    moves = code[world.successors] - code[:, None, None] + height * wide + width
    occurs = np.zeros(2 * height * wide + wide, dtype=bool)
    occurs[moves[world.probabilities > 0]] = True
    codes = np.flatnonzero(occurs)
    offsets = np.stack(np.divmod(codes, wide), axis=1) - np.array([height, width])
    if len(codes) > MAX_OFFSETS:
        return offsets, np.empty((0, 0, 0))
    number = np.zeros(len(occurs), dtype=np.intp)
    number[codes] = np.arange(len(codes))
    shape = (*moves.shape[:2], len(codes))
    row = np.arange(shape[0] * shape[1]).reshape(*shape[:2], 1) * shape[2]
    laws = np.bincount(
        (row + number[moves]).ravel(), world.probabilities.ravel(), minlength=math.prod(shape)
    )
    return offsets, np.rint(laws * PROBABILITY_GRID).reshape(shape)


def _frames(offsets: Indices, law: Array) -> list[Frame]:
    """Return the frames of the symmetries that a law has, including the identity.

    Labels are sound with any permutation of the actions; the one chosen here makes equal
    surroundings match.
    """
    number = {tuple(offset): i for i, offset in enumerate(offsets.tolist())}
    frames = []
    for symmetry in SYMMETRIES:
        images = [number.get(tuple(image)) for image in (offsets @ symmetry).tolist()]
        if None in images:
            continue
        turned = [image for image in images if image is not None]
        actions: list[int] = []
        for row in law:
            same = (b for b in range(len(law)) if np.array_equal(law[b, turned], row))
            actions += [b for b in same if b not in actions][:1]
        if len(actions) == len(law):
            frames.append(Frame(turned, actions))
    return frames


def _law_labels(laws: Array, frames: list[Frame]) -> Indices:
    """Label each law as seen in each frame: shape (frames, laws); equal views share a label."""
    numbers: dict[bytes, int] = {}

    def label(law: Array, frame: Frame) -> int:
        view = law[np.ix_(frame.actions, frame.offsets)]
        return numbers.setdefault(view.tobytes(), len(numbers))

    return np.array([[label(law, frame) for law in laws] for frame in frames])


def _states_at(world: World, place: Indices) -> Indices:
    """Return the state at each place, or S, the number of states, where there is none."""
    count = len(world.cell)
    index = np.full(world.maze.shape, count)
    index[tuple(world.maze.cells[world.cell].T)] = np.arange(count)
    inside = np.all((place >= 0) & (place < np.array(world.maze.shape)), axis=1)
    return np.where(inside, index[tuple(np.where(inside[:, None], place, 0).T)], count)


def _joint_labels(columns: list[Indices]) -> Indices:
    """Number the distinct tuples of entries of all columns from 0; entries are -1 or more."""
    joint = columns[0]
    for column in columns[1:]:
        base = int(column.max()) + 2
        if int(joint.max()) > 2**60 // base:
            joint = np.unique(joint, return_inverse=True)[1]
        joint = joint * base + column + 1
    return np.unique(joint, return_inverse=True)[1].reshape(columns[0].shape)
