"""Deterministic lattice worlds: how many cells n steps can reach, for all cells at once.

In a lattice world each action either moves by its own fixed (row, col) offset or leaves the agent
where it is. Keep one bit plane over all cells per offset o: bit s says "from cell s, cell s + o is
reached in exactly k steps". The last of the k steps was some action a, taken in s + o - d_a, so

    plane_k[o] = OR_a  plane_{k-1}[o - d_a]  AND  (a is open at s + o - d_a)

where staying put counts as one more action with d = 0, open where some action does not move. A
plane only looks at its own cells: nothing is shifted, the rows of the maze are independent of each
other, and working in bands of them bounds the memory.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from gridemp.world import World

Step = tuple[int, int]
Spans = dict[int, tuple[int, int]]  # row offset: first and last column offset
Bits = NDArray[np.uint8]
Counts = NDArray[np.int64]

BAND_BYTES = 2**27
MAX_ROW_BYTES = 2**30
MAX_ROW_STEPS = 100_000  # rows of offsets times steps, each a few calls of Python


def lattice_steps(world: World) -> list[Step] | None:
    """The (row, col) offset of each action, or None if the world is no lattice.

    A lattice is deterministic, has one state per cell and senses every state apart; each action
    moves by one offset wherever it moves.
    """
    if not (world.deterministic and _distinct(world.cell) and _distinct(world.sensor)):
        return None
    width = world.maze.shape[1]
    place = _places(world)
    wide = place + place // width * width  # rows twice as long: no two offsets look the same
    steps = []
    for successor in world.successors[:, :, 0].T:
        moved = successor != np.arange(len(place), dtype=np.int32)
        shift = (wide[successor] - wide)[moved]
        if len(shift) and (shift != shift[0]).any():
            return None
        start = int(moved.argmax())
        begin, end = divmod(int(place[start]), width), divmod(int(place[successor[start]]), width)
        steps.append((end[0] - begin[0], end[1] - begin[1]))
    return steps


def worthwhile(world: World, steps: list[Step], horizon: int) -> bool:
    """Whether bit planes beat bit sets here: fewer offsets than states, in memory and time."""
    height, width = world.maze.shape
    rows, cols = (horizon * max(abs(step[axis]) for step in steps) for axis in (0, 1))
    rows, cols = min(rows, height - 1), min(cols, width - 1)
    offsets = (2 * rows + 1) * (2 * cols + 1)
    diagonal = any(row and col for row, col in steps)
    return (
        1 < offsets <= len(world.cell) * (1 if diagonal else 2)
        and sum(_bytes(rows, cols, width, len(steps))) <= MAX_ROW_BYTES
        and horizon * rows <= MAX_ROW_STEPS
    )


def count_reachable(
    world: World,
    steps: list[Step],
    horizons: Sequence[int],
    progress: Callable[[float], object] = lambda fraction: None,
) -> Counts:
    """How many cells exactly n steps can reach, for each n in `horizons`.

    Parameters
    ----------
    world : World
        A lattice world.
    steps : list of (row, col)
        Its offsets, from `lattice_steps`.
    horizons : sequence of int
        Numbers of steps; the longest sets the cost.
    progress : callable, optional
        Told the fraction done.

    Returns
    -------
    ndarray of int, shape (len(horizons), S)
    """
    height, width = world.maze.shape
    place = _places(world)
    states = np.arange(len(place), dtype=np.int32)
    moved = states != world.successors[:, :, 0].T

    def mask(chosen: NDArray[np.bool_]) -> NDArray[np.bool_]:
        grid = np.zeros(height * width, dtype=bool)
        grid[place] = chosen
        return grid.reshape(height, width)

    moves = [(step, mask(open_)) for step, open_ in zip(steps, moved, strict=True) if any(step)]
    moves.append(((0, 0), mask(~moved.all(axis=0))))
    floor = mask(np.ones(len(place), dtype=bool))
    spans = _spans(steps, max(horizons), (height, width))
    rows = max(abs(row) for row in spans[-1])
    cols = max(max(-first, last) for first, last in spans[-1].values())
    fixed, each_row = _bytes(rows, cols, width, len(moves))
    band = max(1, (BAND_BYTES - fixed) // each_row)
    counts = np.empty((len(horizons), height, width), dtype=np.int64)
    for top in range(0, height, band):
        bottom = min(top + band, height)
        seen = [(step, _seen(is_open, top, bottom, rows, cols)) for step, is_open in moves]
        packed = np.packbits(floor[top:bottom], axis=1)
        for k, planes in _planes(packed, seen, spans, rows, cols, set(horizons)):
            counts[np.equal(horizons, k), top:bottom] = _column_sums(planes, width)
        progress(bottom / height)
    return np.asarray(counts.reshape(len(horizons), -1)[:, place])


def _distinct(labels: NDArray[np.int32]) -> bool:
    rising = bool((labels[1:] > labels[:-1]).all())  # as `World.from_maze` has them: no sorting
    return rising or len(np.unique(labels)) == len(labels)


def _places(world: World) -> NDArray[np.int32]:
    """The index of each state's cell in the flattened grid."""
    return np.flatnonzero(world.maze.floor).astype(np.int32)[world.cell]


def _bytes(rows: int, cols: int, width: int, moves: int) -> tuple[int, int]:
    """What a band takes: for the rows around it, and for each of its own."""
    seen_row = moves * (2 * cols + 1) * -(-width // 8)
    planes_row = 2 * (2 * rows + 1) * (2 * cols + 1) * -(-width // 8)
    return 2 * rows * seen_row, seen_row + planes_row


def _spans(steps: list[Step], horizon: int, shape: tuple[int, int]) -> list[Spans]:
    """For each k up to the horizon, which offsets k steps may lead to in a maze of a shape."""
    height, width = shape
    spans: list[Spans] = [{0: (0, 0)}]
    for _ in range(horizon):
        grown = dict(spans[-1])  # staying put is always possible somewhere
        for row, (first, last) in spans[-1].items():
            for drow, dcol in steps:
                if abs(row + drow) < height:
                    low, high = grown.get(row + drow, (width, -width))
                    low, high = min(low, first + dcol), max(high, last + dcol)
                    grown[row + drow] = max(low, 1 - width), min(high, width - 1)
        spans.append({row: span for row, span in grown.items() if span[0] <= span[1]})
    return spans


def _seen(is_open: NDArray[np.bool_], top: int, bottom: int, rows: int, cols: int) -> Bits:
    """Where a move is open, as seen from each cell of a band of rows at each column offset.

    Shape (2 cols + 1, bottom - top + 2 rows, bytes): a row offset is a slice.
    """
    height, width = is_open.shape
    above, below = max(0, top - rows), min(height, bottom + rows)
    around = np.zeros((bottom - top + 2 * rows, width + 2 * cols), dtype=bool)
    around[above - top + rows : below - top + rows, cols : cols + width] = is_open[above:below]
    offsets = range(2 * cols + 1)
    return np.stack([np.packbits(around[:, at : at + width], axis=1) for at in offsets])


def _planes(
    floor: Bits,
    moves: list[tuple[Step, Bits]],
    spans: list[Spans],
    rows: int,
    cols: int,
    wanted: set[int],
) -> Iterator[tuple[int, list[Bits]]]:
    """The step k and the planes after it, each of the shape of `floor`, a packed band."""
    planes = np.zeros((2 * rows + 1, 2 * cols + 1, *floor.shape), dtype=np.uint8)
    grown = np.zeros_like(planes)
    passing = np.empty_like(planes[0])
    planes[rows, cols] = floor
    for k, (before, after) in enumerate(pairwise(spans), start=1):
        for row, (first, last) in after.items():
            grown[rows + row, cols + first : cols + last + 1] = 0
            for (drow, dcol), is_open in moves:
                if (start := row - drow) not in before:
                    continue
                left = cols + max(before[start][0], first - dcol)
                right = cols + min(before[start][1], last - dcol) + 1
                if left >= right:
                    continue
                through = passing[: right - left]
                open_there = is_open[left:right, rows + start : rows + start + len(floor)]
                np.bitwise_and(planes[rows + start, left:right], open_there, out=through)
                grown[rows + row, left + dcol : right + dcol] |= through
        planes, grown = grown, planes
        if k in wanted:
            rows_of_planes = (
                planes[rows + row, cols + first : cols + last + 1]
                for row, (first, last) in after.items()
            )
            yield k, [plane for row_of_planes in rows_of_planes for plane in row_of_planes]


def _column_sums(planes: list[Bits], width: int) -> Counts:
    """How many planes have each bit set: shape (rows, width).

    A carry-save adder: three planes of weight w become one of weight w and one of weight 2 w.
    """
    counts = np.zeros((len(planes[0]), width), dtype=np.int64)
    weight = 1
    while planes:
        carries = []
        while len(planes) > 1:
            a, b = planes.pop(), planes.pop()
            c = planes.pop() if planes else np.zeros_like(a)
            half = a ^ b
            carries.append(a & b | half & c)
            planes.append(half ^ c)
        counts += weight * np.unpackbits(planes[0], axis=1, count=width).astype(np.int64)
        planes, weight = carries, 2 * weight
    return counts
