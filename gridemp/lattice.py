"""Deterministic lattice worlds: how many cells n steps can reach, for all cells at once.

In a lattice world each action either moves by its own fixed (row, col) offset or leaves the agent
where it is. Keep one bit plane per offset o: bit s says "from cell s, cell s + o is reached". Let
R_k(s) be the cells reached in exactly k steps. As R_k(s) is the union of R_{k-1}(succ(s, a)) over
the first action a, a step is a shift, an AND with "this move is open here" and an OR, on whole
planes:

    plane_k[o] = OR_a open_a AND shift(plane_{k-1}[o - d_a], d_a)  OR  still AND plane_{k-1}[o]

A plane is a Python integer of H * W bits, so that each of these is one pass in C.
"""

from collections import defaultdict
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from gridemp.world import World

Step = tuple[int, int]

MAX_PLANE_BYTES = 2**31


def lattice_steps(world: World) -> list[Step] | None:
    """The (row, col) offset of each action, or None if the world is no lattice.

    A lattice is deterministic, has one state per cell and senses every state apart; each action
    moves by one offset wherever it moves.
    """
    count = len(world.cell)
    if not world.deterministic or any(
        len(np.unique(labels)) < count for labels in (world.cell, world.sensor)
    ):
        return None
    position = world.maze.cells[world.cell]
    steps = []
    for successor in world.successors[:, :, 0].T:
        moved = successor != np.arange(count)
        offsets = position[successor[moved]] - position[moved]
        if len(offsets) and (offsets != offsets[0]).any():
            return None
        steps.append((int(offsets[0, 0]), int(offsets[0, 1])) if len(offsets) else (0, 0))
    return steps


def worthwhile(world: World, steps: list[Step], horizon: int) -> bool:
    """Whether bit planes beat bit sets here: fewer offsets than states, and they fit."""
    reach = horizon * max(max(abs(row), abs(col)) for row, col in steps)
    diagonal = any(row and col for row, col in steps)
    offsets = (2 * reach + 1) ** 2 if diagonal else 2 * reach * (reach + 1) + 1
    height, width = world.maze.shape
    plane_bytes = height * width * 4 // 30  # a Python integer packs 30 bits into 4 bytes
    return offsets <= len(world.cell) and 2 * offsets * plane_bytes <= MAX_PLANE_BYTES


def count_reachable(
    world: World,
    steps: list[Step],
    horizon: int,
    progress: Callable[[float], object] = lambda fraction: None,
) -> NDArray[np.int64]:
    """How many cells exactly `horizon` steps can reach.

    Parameters
    ----------
    world : World
        A lattice world.
    steps : list of (row, col)
        Its offsets, from `lattice_steps`.
    horizon : int
        Number of steps n.
    progress : callable, optional
        Told the fraction done.

    Returns
    -------
    ndarray of int, shape (S,)
    """
    height, width = world.maze.shape
    place = world.maze.cells[world.cell] @ np.array([width, 1])

    def plane(states: NDArray[np.bool_]) -> int:
        bits = np.zeros(height * width, dtype=bool)
        bits[place[states]] = True
        return int.from_bytes(np.packbits(bits, bitorder="little").tobytes(), "little")

    moved = world.successors[:, :, 0] != np.arange(len(place))[:, None]
    still = plane(~moved.all(axis=1))
    moves = [
        (step, step[0] * width + step[1], plane(moved[:, a]))
        for a, step in enumerate(steps)
        if step != (0, 0)
    ]
    planes = {(0, 0): plane(np.ones(len(place), dtype=bool))}
    for k in range(1, horizon + 1):
        grown: defaultdict[Step, int] = defaultdict(int)
        for (row, col), reached in planes.items():
            grown[row, col] |= reached & still
            for (drow, dcol), shift, is_open in moves:
                moved_plane = reached >> shift if shift > 0 else reached << -shift
                grown[row + drow, col + dcol] |= moved_plane & is_open
        planes = {offset: reached for offset, reached in grown.items() if reached}
        progress((k / horizon) ** 3)  # the number of planes grows with the square of k
    counts = np.zeros(height * width, dtype=np.int64)
    for reached in planes.values():
        packed = np.frombuffer(reached.to_bytes(-(-height * width // 8), "little"), dtype=np.uint8)
        counts += np.unpackbits(packed, count=height * width, bitorder="little")
    return np.asarray(counts[place])
