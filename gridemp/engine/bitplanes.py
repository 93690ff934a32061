"""Number of cells that n steps can reach in a deterministic lattice world, for all cells at once.

In a lattice world each action moves by one of a few fixed (row, col) offsets d, or leaves the agent
where it is. Keep one bit plane over all cells per offset o: bit s says "from cell s, cell s + o can
be reached in exactly k steps". The last of the k steps was some move by d, taken in s + o - d, so

    plane_k[o] = OR_d  plane_{k-1}[o - d]  AND  (some action moves by d from s + o - d)

where staying put is a move by 0. The bits of a cell depend on no other cell's bits: nothing is
shifted, the rows of the maze are independent of each other, and working in bands of rows bounds the
memory.

A torus is unrolled: the maze is padded with copies of its edges, as wide as n steps can lead, and
the counts in the middle are right as long as no two offsets lead to the same cell.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from gridemp.progress import Progress, ignore
from gridemp.typing import Counts, Mask
from gridemp.worlds.world import World

Offset = tuple[int, int]  # rows and columns
Spans = dict[int, tuple[int, int]]  # row offset: first and last column offset
Bits = NDArray[np.uint8]
Moves = dict[Offset, Bits]

MAX_OFFSETS = 40  # with more kinds of moves, bit planes cost more than they save
BAND_BYTES = 2**27
MAX_ROW_BYTES = 2**30
MAX_ROW_STEPS = 100_000  # steps times rows of offsets, at least ten for each step


def lattice_moves(world: World) -> Moves | None:
    """Find the offsets by which actions move, and the states from which some action moves by each.

    A lattice world is deterministic, has one state per cell, a sensor that distinguishes all states
    and at most `MAX_OFFSETS` offsets, measured the shorter way round where the edges are joined.

    Returns
    -------
    dict of (row, col) to ndarray of uint8, or None
        One bit for each state, by offset, including (0, 0); None if the world is not a lattice.
    """
    if not (world.deterministic and _distinct(world.cell) and _distinct(world.sensor)):
        return None
    height, width = world.maze.shape
    place = _places(world)
    wide = place + place // width * width  # with rows twice as long, no two offsets look the same
    moves = {(0, 0): np.zeros(len(place), dtype=bool)}
    for successor in world.successors[:, :, 0].T:
        moved = successor != np.arange(len(place), dtype=np.int32)
        moves[0, 0] |= ~moved
        shift = (wide[successor] - wide)[moved]
        if world.torus:
            rows, cols = np.divmod(shift + width, 2 * width)
            rows = _shorter(rows, height) if "y" in world.torus else rows
            cols = _shorter(cols - width, width) if "x" in world.torus else cols - width
            shift = rows * 2 * width + cols
        alike = not len(shift) or bool((shift == shift[0]).all())
        kinds = shift[:1] if alike else np.unique(shift)
        if len(kinds) + len(moves) > MAX_OFFSETS:
            return None
        for kind in kinds.tolist():
            row, col = divmod(kind + width, 2 * width)
            taken = moved
            if not alike:
                taken = np.zeros_like(moved)
                taken[np.flatnonzero(moved)[shift == kind]] = True
            moves[row, col - width] = taken | moves.get((row, col - width), False)
    return {offset: np.packbits(taken) for offset, taken in moves.items()}


def _shorter(offsets: NDArray[np.int32], side: int) -> NDArray[np.int32]:
    """Return the offsets, measured the shorter way round a torus."""
    return (offsets + side // 2) % side - side // 2


def unrolls(world: World, moves: Moves, horizon: int) -> bool:
    """True if no two offsets lead to the same cell, as they may on a small torus."""
    margins = _margins(world, moves, horizon)
    return all(2 * margin < side for margin, side in zip(margins, world.maze.shape, strict=True))


def unrolled_shape(world: World, moves: Moves, horizon: int) -> tuple[int, int]:
    """Height and width of the maze, with its copies around it if it is a torus."""
    around, beside = _margins(world, moves, horizon)
    height, width = world.maze.shape
    return height + 2 * around, width + 2 * beside


def worthwhile(world: World, moves: Moves, horizon: int) -> bool:
    """True if bit planes are cheaper than bit sets: fewer offsets than states, within limits."""
    rows, cols = reach(moves, horizon)
    height, width = unrolled_shape(world, moves, horizon)
    rows, cols = min(rows, height - 1), min(cols, width - 1)
    offsets = (2 * rows + 1) * (2 * cols + 1)
    usual_moves = len(world.actions) + 1
    diagonal = any(row and col for row, col in moves)
    return (
        unrolls(world, moves, horizon)
        and 1 < offsets <= len(world.cell) * (1 if diagonal else 2) * usual_moves / len(moves)
        and sum(_bytes(rows, cols, width, len(moves))) <= MAX_ROW_BYTES
        and horizon * max(10, rows) <= MAX_ROW_STEPS
    )


def count_reachable(
    world: World,
    moves: Moves,
    horizons: Sequence[int],
    progress: Progress | None = None,
) -> Counts:
    """Count the cells that exactly n steps can reach, for each of several n.

    Parameters
    ----------
    world : World
        Lattice world of S states for which `unrolls` is true at the longest horizon.
    moves : dict of (row, col) to ndarray of uint8
        Result of `lattice_moves`.
    horizons : sequence of int
        Numbers of steps n; the largest determines the cost.
    progress : callable, optional
        Called with the fraction done, from 0 to 1.

    Returns
    -------
    ndarray of int, shape (len(horizons), S)
    """
    progress = progress or ignore
    around, beside = _margins(world, moves, max(horizons))
    place = _places(world)

    def mask(chosen: Bits) -> Mask:
        grid = np.zeros(world.maze.shape, dtype=bool)
        grid.flat[place] = np.unpackbits(chosen, count=len(place))
        if around or beside:
            return np.pad(grid, [(around, around), (beside, beside)], mode="wrap")
        return grid

    masks = [(offset, mask(taken)) for offset, taken in moves.items()]
    floor = mask(np.full(-(-len(place) // 8), 255, dtype=np.uint8))
    height, width = floor.shape
    spans = _spans(list(moves), max(horizons), (height, width))
    rows = max(abs(row) for row in spans[-1])
    cols = max(max(-first, last) for first, last in spans[-1].values())
    fixed, each_row = _bytes(rows, cols, width, len(moves))
    band = max(1, (BAND_BYTES - fixed) // each_row)
    counts = np.empty((len(horizons), height, width), dtype=np.int64)
    for top in range(0, height, band):
        bottom = min(top + band, height)
        views = [
            (offset, _open_from(is_open, top, bottom, rows, cols)) for offset, is_open in masks
        ]
        packed = np.packbits(floor[top:bottom], axis=1)
        for k, planes in _planes(packed, views, spans, rows, cols, set(horizons)):
            counts[np.equal(horizons, k), top:bottom] = _column_sums(planes, width)
        progress(bottom / height)
    middle = counts[:, around : height - around, beside : width - beside]
    return np.asarray(middle.reshape(len(horizons), -1)[:, place])


def reach(moves: Moves, horizon: int) -> tuple[int, int]:
    """Largest distance in rows and in columns that `horizon` moves can lead."""
    rows, cols = (horizon * max(abs(offset[axis]) for offset in moves) for axis in (0, 1))
    return rows, cols


def _margins(world: World, moves: Moves, horizon: int) -> tuple[int, int]:
    """Numbers of rows and columns by which a torus is unrolled on each side."""
    rows, cols = reach(moves, horizon)
    return rows if "y" in world.torus else 0, cols if "x" in world.torus else 0


def _distinct(labels: NDArray[np.int32]) -> bool:
    """True if no two labels are equal."""
    rising = bool((labels[1:] > labels[:-1]).all())  # as `World.from_maze` numbers them
    return rising or len(np.unique(labels)) == len(labels)


def _places(world: World) -> NDArray[np.int32]:
    """Index of the cell of each state in the flattened grid: shape (S,)."""
    return np.flatnonzero(world.maze.floor).astype(np.int32)[world.cell]


def _bytes(rows: int, cols: int, width: int, moves: int) -> tuple[int, int]:
    """Bytes that a band needs for the rows around it, and for each of its own rows."""
    views_row = moves * (2 * cols + 1) * -(-width // 8)
    planes_row = 2 * (2 * rows + 1) * (2 * cols + 1) * -(-width // 8)
    return 2 * rows * views_row, views_row + planes_row


def _spans(moves: list[Offset], horizon: int, shape: tuple[int, int]) -> list[Spans]:
    """Offsets that k moves may lead to in a maze of this shape, for each k up to the horizon."""
    height, width = shape
    spans: list[Spans] = [{0: (0, 0)}]
    for _ in range(horizon):
        grown = dict(spans[-1])  # staying put is always possible somewhere
        for row, (first, last) in spans[-1].items():
            for drow, dcol in moves:
                if abs(row + drow) < height:
                    low, high = grown.get(row + drow, (width, -width))
                    low, high = min(low, first + dcol), max(high, last + dcol)
                    grown[row + drow] = max(low, 1 - width), min(high, width - 1)
        spans.append({row: span for row, span in grown.items() if span[0] <= span[1]})
    return spans


def _open_from(is_open: Mask, top: int, bottom: int, rows: int, cols: int) -> Bits:
    """Pack the cells where a move is open, shifted by each column offset, for a band of rows.

    The result has shape (2 cols + 1, bottom - top + 2 rows, bytes): a row offset is a slice of its
    rows.
    """
    height, width = is_open.shape
    above, below = max(0, top - rows), min(height, bottom + rows)
    around = np.zeros((bottom - top + 2 * rows, width + 2 * cols), dtype=bool)
    around[above - top + rows : below - top + rows, cols : cols + width] = is_open[above:below]
    offsets = range(2 * cols + 1)
    return np.stack([np.packbits(around[:, at : at + width], axis=1) for at in offsets])


def _planes(
    floor: Bits,
    moves: list[tuple[Offset, Bits]],
    spans: list[Spans],
    rows: int,
    cols: int,
    wanted: set[int],
) -> Iterator[tuple[int, list[Bits]]]:
    """Yield each wanted step k and the planes after it, each of the shape of the packed `floor`.

    Parameters
    ----------
    floor : ndarray of uint8, shape (band, bytes)
        Floor cells of a band of rows, packed.
    moves : list of ((row, col), ndarray of uint8)
        Offset of each move, and the result of `_open_from` for it.
    spans : list of dict
        Offsets after each step.
    rows, cols : int
        Largest row and column offset of any plane.
    wanted : set of int
        Steps whose planes are yielded.
    """
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
            slices = ((rows + row, slice(cols + a, cols + b + 1)) for row, (a, b) in after.items())
            yield k, [plane for row_and_columns in slices for plane in planes[row_and_columns]]


def _column_sums(planes: list[Bits], width: int) -> Counts:
    """Number of planes in which each bit is set: shape (rows, width).

    Computed by a carry-save adder: three planes of weight w become one of weight w and one of
    weight 2 w.
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
