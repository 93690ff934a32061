"""One wall or solid cell toggled at a time, and by how much the map changes.

Only starts from which n - 1 steps can lead to a state whose moves are no longer the same are
affected, and what they can do in n steps lies within 2n cells of what was toggled: a tile of that
margin holds all that counts. Tiles are stacked to one tall maze with walls between them, so that
one map answers for many, and equal tiles are computed once.
"""

import hashlib
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from gridemp.engine import bitplanes
from gridemp.engine.empowerment import capacities, empowerment
from gridemp.engine.map import EmpowermentMap
from gridemp.mazes.maze import Maze
from gridemp.progress import Progress
from gridemp.typing import Array, Indices, Mask
from gridemp.worlds.world import World

RIGHT, BELOW, SOLID = range(3)  # what is toggled: a thin wall or a free edge, or a solid cell
LOCAL = frozenset("TBSG")  # objects that take no agent farther than one cell
STACK_CELLS = 2**17  # of the tiles that are computed together


class Task(NamedTuple):
    """What all toggles have in common.

    Attributes
    ----------
    maze : Maze
        Of H x W cells, as it is.
    base : EmpowermentMap
        Its map, one value for each cell.
    counted : ndarray of bool, shape (H, W)
        The floor cells over which the mean goes.
    tol : float
        Largest certified gap to accept, in bits.
    options : dict
        Those of `World.from_maze`.
    solved : dict
        The capacities found so far, for `capacities`.
    """

    maze: Maze
    base: EmpowermentMap
    counted: Mask
    tol: float
    options: dict[str, Any]
    solved: dict[bytes, tuple[float, float]]

    def world(self, maze: Maze) -> World:
        """The world of a changed maze."""
        return World.from_maze(maze, within=self.base.horizon, **self.options)

    def solve(self, world: World, progress: Progress) -> EmpowermentMap:
        """Its map, one value for each cell."""
        horizon = self.base.horizon
        if world.deterministic:
            return empowerment(world, horizon, progress=progress).one_per_cell()
        world = world.normalised()
        found = capacities(world, horizon, self.tol, progress, self.solved)
        return EmpowermentMap(world, horizon, *found).one_per_cell()


class Tiles(NamedTuple):
    """The surroundings of K toggles, h x w cells each, cut out of the maze.

    Attributes
    ----------
    right, below, floor : ndarrays of bool, shapes (K, h, w - 1), (K, h - 1, w) and (K, h, w)
        Walls and cells, as in `Maze`.
    letters : ndarray of int, shape (K, h, w)
        The code of the object on each cell, or 0.
    counted : ndarray of bool, shape (K, h, w)
        As in `Task`.
    places : ndarray of int, shape (K, 3)
        What is toggled in each: kind, row and column in the tile.
    corners : ndarray of int, shape (K, 2)
        Row and column in the maze of the first cell of each.
    """

    right: Mask
    below: Mask
    floor: Mask
    letters: NDArray[np.uint8]
    counted: Mask
    places: Indices
    corners: Indices

    def toggled(self) -> "Tiles":
        """With the wall or the cell of each toggled."""
        masks = [mask.copy() for mask in self[:3]]
        for kind, mask in enumerate(masks):
            chosen = np.flatnonzero(self.places[:, 0] == kind)
            row, col = self.places[chosen, 1:].T
            mask[chosen, row, col] ^= True
        return self._replace(right=masks[0], below=masks[1], floor=masks[2])

    def untoggled(self) -> "Tiles":
        """As they are, but with the same floor: a cell with walls on all sides is as if solid."""
        chosen = np.flatnonzero(self.places[:, 0] == SOLID)
        row, col = self.places[chosen, 1:].T
        floor = self.floor.copy()
        right = np.pad(self.right, ((0, 0), (0, 0), (1, 1)))
        below = np.pad(self.below, ((0, 0), (1, 1), (0, 0)))
        floor[chosen, row, col] = True
        right[chosen, row, col] = right[chosen, row, col + 1] = True
        below[chosen, row, col] = below[chosen, row + 1, col] = True
        return self._replace(right=right[:, :, 1:-1], below=below[:, 1:-1], floor=floor)

    def stacked(self) -> Maze:
        """One below the other, walls between them."""
        count, height, width = self.floor.shape
        below = np.pad(self.below, ((0, 0), (0, 1), (0, 0)), constant_values=True)
        letters = self.letters.reshape(-1, width)
        return Maze(
            self.floor.reshape(-1, width),
            self.right.reshape(count * height, width - 1),
            below.reshape(-1, width)[:-1],
            objects={(r, c): chr(letters[r, c]) for r, c in np.argwhere(letters).tolist()},
        )

    def keys(self) -> list[bytes]:
        """What the change of each tile depends on."""
        parts = self.toggled()[:6]
        return [
            hashlib.blake2b(b"".join(part[k].tobytes() for part in parts)).digest()
            for k in range(len(self.places))
        ]


def toggles(maze: Maze) -> Indices:
    """All that can be toggled in a maze: kind, row and column, shape (T, 3)."""
    floor = maze.floor
    possible = floor[:, :-1] & floor[:, 1:], floor[:-1] & floor[1:], ~floor
    places = [np.argwhere(where) for where in possible]
    return np.concatenate([np.insert(at, 0, kind, axis=1) for kind, at in enumerate(places)])


def changes(task: Task, places: Indices, progress: Progress) -> tuple[Array, Array]:
    """The change of the mean for each toggle, and how far from the truth it may be, in bits.

    Parameters
    ----------
    task : Task
        Of which maze and mean.
    places : ndarray of int, shape (T, 3)
        As `toggles` has them.
    progress : callable
        Called with the fraction done, from 0 to 1.

    Returns
    -------
    two ndarrays, shape (T,)
    """
    if task.base.world.torus or task.base.world.within is not None:
        return _one_by_one(task, places, progress)
    found = np.zeros((2, len(places)))
    known: dict[bytes, int] = {}
    size = _stack_size(task, places)
    for start in range(0, len(places), size):

        def within(fraction: float, start: int = start) -> None:
            progress(min(1.0, (start + fraction * size) / len(places)))

        tiles = cut(task, places[start : start + size])
        own = np.arange(start, start + len(tiles.places))
        same = [known.setdefault(key, i) for key, i in zip(tiles.keys(), own.tolist(), strict=True)]
        new = np.flatnonzero(own == same)
        if len(new):
            found[:, own[new]] = _of_tiles(task, Tiles._make(part[new] for part in tiles), within)
        found[:, own] = found[:, same]
        within(1.0)
    return found[0], found[1]


def cut(task: Task, places: Indices) -> Tiles:
    """The tile around each toggle: all within a margin of it, moved to lie inside the maze."""
    maze, margin = task.maze, _margin(task)
    letters = np.zeros(maze.shape, dtype=np.uint8)
    for place, letter in maze.objects.items():
        letters[place] = ord(letter)
    shape = np.minimum(maze.shape, 2 * margin + 2)
    corners = np.clip(places[:, 1:] - margin, 0, maze.shape - shape)
    row = corners[:, 0, None, None] + np.arange(shape[0])[:, None]
    col = corners[:, 1, None, None] + np.arange(shape[1])
    return Tiles(
        maze.wall_right[row, col[:, :, :-1]],
        maze.wall_below[row[:, :-1], col],
        maze.floor[row, col],
        letters[row, col],
        task.counted[row, col],
        places - np.insert(corners, 0, 0, axis=1),
        corners,
    )


def _margin(task: Task) -> int:
    """How far around a toggle counts: 2n cells, and two more if walls are sensed."""
    whole = max(task.maze.shape)
    if not LOCAL.issuperset(task.maze.objects.values()):
        return whole
    return min(whole, 2 * task.base.horizon + 2 * (task.options.get("sensor") == "walls"))


def _stack_size(task: Task, places: Indices) -> int:
    """How many tiles to stack: one alone where bit sets of all its states count the outcomes."""
    size = max(1, STACK_CELLS // cut(task, places[:1]).floor[:1].size) if len(places) else 1
    if task.base.world.deterministic and size > 1:
        first = task.world(cut(task, places[:size]).toggled().stacked())
        moves = bitplanes.lattice_moves(first)
        if moves is None or not bitplanes.worthwhile(first, moves, task.base.horizon):
            return 1
    return size


def _of_tiles(task: Task, tiles: Tiles, progress: Progress) -> Array:
    """The changes of tiles, and how far they may be off: shape (2, K)."""
    count, height, _ = tiles.floor.shape
    after = task.world(tiles.toggled().stacked())
    before = task.world(tiles.untoggled().stacked())
    row, col = after.maze.cells.T
    tile = row // height
    counted = tiles.counted.reshape(-1, tiles.counted.shape[2])[row, col]
    place = row % height + tiles.corners[tile, 0], col + tiles.corners[tile, 1]
    affected = np.zeros(len(tile), dtype=bool)
    affected[after.cell[_affected(before, after, task.base.horizon)]] = True
    affected &= counted
    if not affected.any():
        return np.zeros((2, count))
    if not after.deterministic:
        after = replace(after, starts=np.flatnonzero(affected[after.cell]).astype(np.int32))
    emap = task.solve(after, progress)
    chosen = np.flatnonzero(affected[emap.cell])
    cell = emap.cell[chosen]
    here = place[0][cell], place[1][cell]

    def total(values: Array) -> Array:
        return np.bincount(tile[cell], values, minlength=count).astype(np.float64)

    change = total(emap.bits[chosen] - task.base.grid()[here])
    off = np.maximum(total(emap.gap[chosen]), total(task.base.grid(task.base.gap)[here]))
    return np.asarray(np.stack([change, off]) / task.counted.sum())


def _affected(before: World, after: World, horizon: int) -> Mask:
    """Which states can come upon a difference between two worlds of the same states: shape (S,)."""
    moves, others = (
        world.successors[:, :, 0] if world.deterministic else world.successors[:, 0]
        for world in (after, before)
    )
    senses = after.sensor != before.sensor
    near = (moves != others).any(axis=1) | senses | senses[moves].any(axis=1)
    for _ in range(horizon - 1):
        wider = near | near[moves].any(axis=1)
        if np.array_equal(wider, near):
            break
        near = wider
    return np.asarray(near)


def _one_by_one(task: Task, places: Indices, progress: Progress) -> tuple[Array, Array]:
    """The same by whole maps, for worlds that cannot be cut or stacked."""
    maze, base = task.maze, task.base
    bits, gap = (base.grid(values)[task.counted] for values in (base.bits, base.gap))
    found = np.zeros((2, len(places)))
    for i, (kind, row, col) in enumerate(places.tolist()):

        def within(fraction: float, done: int = i) -> None:
            progress((done + fraction) / len(places))

        masks = [mask.copy() for mask in (maze.wall_right, maze.wall_below, maze.floor)]
        masks[kind][row, col] ^= True
        changed = Maze(masks[SOLID], masks[RIGHT], masks[BELOW], maze.name, maze.objects)
        emap = task.solve(task.world(changed), within)
        found[0, i] = (emap.grid()[task.counted] - bits).mean()
        found[1, i] = max(gap.mean(), emap.grid(emap.gap)[task.counted].mean())
        within(1.0)
    return found[0], found[1]
