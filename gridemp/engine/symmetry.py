"""Which states have equal surroundings, and so equal channels.

Describe each state by its law, the probabilities of all moves from it. Two states have the same
n-step channel, up to the order of inputs and outputs, if a symmetry of the square grid, together
with a permutation of the actions, maps the law of every state within n - 1 moves of the one to that
of its image around the other. Indices are refined move by move,

    label_0 = the law,   label_k = (label_{k-1} here, label_{k-1} at each offset),

in the frames of all symmetries at once: equal labels in any two frames prove equal channels. This
is colour refinement, on places instead of a graph.
"""

import math
from typing import NamedTuple

import numpy as np

from gridemp.typing import Array, Indices
from gridemp.worlds.world import World

MAX_OFFSETS = 32  # with more, the world is no grid to speak of
MAX_REFERENCES = 4  # common laws of which the one with most symmetries sets the frames
GRID = 2.0**48  # laws that agree to 4e-15 in every probability are one
SYMMETRIES = [
    np.array(matrix)
    for r in (1, -1)
    for c in (1, -1)
    for matrix in ([[r, 0], [0, c]], [[0, r], [c, 0]])
]


class Frame(NamedTuple):
    """What a symmetry makes of each offset and of each action, by number."""

    offsets: list[int]
    actions: list[int]


def surroundings(world: World, horizon: int) -> Indices:
    """A label of each state; states with equal labels have equal n-step channels.

    Parameters
    ----------
    world : World
        Of S states. Unless it has one state per cell, senses every state apart and moves by few
        different offsets, each state gets a label of its own.
    horizon : int
        Number of steps n.

    Returns
    -------
    ndarray of int, shape (S,)
    """
    count = len(world.cell)
    alone = np.arange(count)
    if any(len(np.unique(labels)) < count for labels in (world.cell, world.sensor)):
        return alone
    place = world.maze.cells[world.cell]
    offsets, laws = _laws(world, place)
    if len(offsets) > MAX_OFFSETS:
        return alone
    names: dict[bytes, int] = {}
    pattern = np.array([names.setdefault(law.tobytes(), len(names)) for law in laws])
    _, firsts, often = np.unique(pattern, return_index=True, return_counts=True)
    common = laws[firsts[np.argsort(-often, kind="stable")[:MAX_REFERENCES]]]
    frames = max((_frames(offsets, law) for law in common), key=len)
    labels = _shared_names(laws[firsts], frames)[:, pattern]
    beside = np.stack([_beside(world, place + offset) for offset in offsets])
    for _ in range(horizon - 1):
        kinds = labels.max()
        outside = np.pad(labels, [(0, 0), (0, 1)], constant_values=-1)
        around = [
            np.stack(
                [own[beside[frame.offsets[i]]] for own, frame in zip(outside, frames, strict=True)]
            )
            for i in range(len(offsets))
        ]
        labels = _joint([labels, *around])
        if labels.max() == kinds:
            break  # no label was split, and none ever will be
    return np.asarray(labels.min(axis=0))


def _laws(world: World, place: Indices) -> tuple[Indices, Array]:
    """The offsets of all moves, and P(offset | state, action) on an integer grid: (S, A, offsets).

    No laws, if the offsets are too many.
    """
    height, width = world.maze.shape
    wide = 2 * width  # rows so long that no two offsets look the same
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
    return offsets, np.rint(laws * GRID).reshape(shape)


def _frames(offsets: Indices, law: Array) -> list[Frame]:
    """The symmetries that a law has, the identity among them.

    Any permutation of actions keeps labels sound; this one makes them match.
    """
    number = {tuple(offset): i for i, offset in enumerate(offsets.tolist())}
    frames = []
    for symmetry in SYMMETRIES:
        images = [number.get(tuple(image)) for image in (offsets @ symmetry).tolist()]
        if None in images:
            continue
        turn = [image for image in images if image is not None]
        actions: list[int] = []
        for wanted in law:
            same = (b for b in range(len(law)) if np.array_equal(law[b, turn], wanted))
            actions += [b for b in same if b not in actions][:1]
        if len(actions) == len(law):
            frames.append(Frame(turn, actions))
    return frames


def _shared_names(laws: Array, frames: list[Frame]) -> Indices:
    """A name of each law as seen in each frame, shape (frames, laws); equal views share it."""
    names: dict[bytes, int] = {}
    return np.array(
        [
            [names.setdefault(law[np.ix_(actions, turn)].tobytes(), len(names)) for law in laws]
            for turn, actions in frames
        ]
    )


def _beside(world: World, place: Indices) -> Indices:
    """The state at each place, or the number of states where there is none."""
    count = len(world.cell)
    index = np.full(world.maze.shape, count)
    index[tuple(world.maze.cells[world.cell].T)] = np.arange(count)
    inside = np.all((place >= 0) & (place < np.array(world.maze.shape)), axis=1)
    return np.where(inside, index[tuple(np.where(inside[:, None], place, 0).T)], count)


def _joint(columns: list[Indices]) -> Indices:
    """Labels 0, 1, ... of what stands in all columns together; entries are -1 or more."""
    joint = columns[0]
    for column in columns[1:]:
        base = int(column.max()) + 2
        if int(joint.max()) > 2**60 // base:
            joint = np.unique(joint, return_inverse=True)[1]
        joint = joint * base + column + 1
    return np.unique(joint, return_inverse=True)[1].reshape(columns[0].shape)
