"""Toggles of one wall or solid cell of a maze at a time, and the change of its map.

A toggle only affects starts from which n - 1 steps can lead to a state with different moves than
before. All that they can reach in n steps lies within 2n cells of the toggle, so a tile with that
margin is enough. Tiles are stacked into one tall maze with walls between them, so that one map
covers many toggles, and equal tiles are computed once.
"""

import hashlib
from concurrent.futures import Executor
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from gridemp.analysis.whole_maps import SOLID, WholeMaps, solved
from gridemp.engine import bitplanes
from gridemp.engine.channel_cache import CapacityCache
from gridemp.engine.map import EmpowermentMap
from gridemp.mazes.maze import Maze
from gridemp.progress import Progress
from gridemp.typing import Array, Indices, Mask
from gridemp.worlds.conditions import WorldOptions
from gridemp.worlds.world import World

LOCAL = frozenset("TBSG")  # objects that do not carry the agent farther than one cell
MAX_STACK_CELLS = 2**17  # in the tiles that are computed together


class Task(NamedTuple):
    """Data that the computations of all toggles share.

    Attributes
    ----------
    maze : Maze
        Maze without a toggle, of H x W cells.
    base : EmpowermentMap
        Map of this maze, with one value for each cell.
    counted : ndarray of bool, shape (H, W)
        Floor cells over which the mean is taken.
    options : WorldOptions
        Options of `World.from_maze`.
    cache : CapacityCache
        Capacities of the noisy channels solved so far, and their tolerance.
    executor : concurrent.futures.Executor or None
        Executor whose workers share the work on noisy worlds.
    """

    maze: Maze
    base: EmpowermentMap
    counted: Mask
    options: WorldOptions
    cache: CapacityCache
    executor: Executor | None = None

    def world(self, maze: Maze) -> World:
        """World of a changed maze."""
        return World.from_maze(maze, within=self.base.steps, **self.options)

    def solve(self, world: World, progress: Progress) -> EmpowermentMap:
        """Map of a changed world, with one value for each cell."""
        return solved(world, self.base.steps, self.cache, progress, self.executor)


class Tiles(NamedTuple):
    """Surroundings of K toggles, h x w cells each, cut out of a maze.

    Attributes
    ----------
    right, below, floor : ndarrays of bool, shapes (K, h, w - 1), (K, h - 1, w) and (K, h, w)
        Walls and floor, as in `Maze`.
    letters : ndarray of int, shape (K, h, w)
        Character code of the object on each cell; 0 if there is none.
    counted : ndarray of bool, shape (K, h, w)
        Cells over which the mean is taken, as in `Task`.
    places : ndarray of int, shape (K, 3)
        The toggle of each tile: its kind, and its row and column in the tile.
    corners : ndarray of int, shape (K, 2)
        Row and column, in the maze, of the first cell of each tile.
    """

    right: Mask
    below: Mask
    floor: Mask
    letters: NDArray[np.uint8]
    counted: Mask
    places: Indices
    corners: Indices

    def toggled(self) -> "Tiles":
        """Tiles with the wall or the cell toggled."""
        masks = [mask.copy() for mask in self[:3]]
        for kind, mask in enumerate(masks):
            chosen = np.flatnonzero(self.places[:, 0] == kind)
            row, col = self.places[chosen, 1:].T
            mask[chosen, row, col] ^= True
        return self._replace(right=masks[0], below=masks[1], floor=masks[2])

    def untoggled(self) -> "Tiles":
        """Tiles without the toggle, but with the floor of `toggled`.

        A solid cell becomes floor with walls on all four sides, which has the same effect.
        """
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
        """Maze of the tiles, one below the other, with walls between them."""
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
        """Digest, for each tile, of all that its change depends on."""
        parts = self.toggled()[:6]
        return [
            hashlib.blake2b(b"".join(part[k].tobytes() for part in parts)).digest()
            for k in range(len(self.places))
        ]


def toggles(maze: Maze) -> Indices:
    """Kind, row and column of each possible toggle of a maze: shape (T, 3)."""
    floor = maze.floor
    possible = floor[:, :-1] & floor[:, 1:], floor[:-1] & floor[1:], ~floor
    places = [np.argwhere(where) for where in possible]
    return np.concatenate([np.insert(at, 0, kind, axis=1) for kind, at in enumerate(places)])


def changes(task: Task, places: Indices, progress: Progress) -> tuple[Array, Array]:
    """Compute the change of the mean empowerment for each toggle.

    Parameters
    ----------
    task : Task
        Maze, cells of the mean, and options.
    places : ndarray of int, shape (T, 3)
        Toggles, as `toggles` returns them.
    progress : callable
        Called with the fraction done, from 0 to 1.

    Returns
    -------
    change : ndarray, shape (T,)
        Change of the mean empowerment, in bits.
    error : ndarray, shape (T,)
        Bound on the error of each change, in bits.
    """
    if task.base.world.torus or task.base.world.within is not None:
        counted = task.counted
        base = np.stack(
            [task.base.grid(values)[counted] for values in (task.base.bits, task.base.gap)]
        )
        whole = WholeMaps(task.maze, task.base.steps, task.options, counted, base, task.cache.tol)
        return whole.changes(places, task.cache, progress, task.executor)
    results = np.zeros((2, len(places)))
    first_equal: dict[bytes, int] = {}
    size = _stack_size(task, places)
    for start in range(0, len(places), size):

        def within(fraction: float, start: int = start) -> None:
            progress(min(1.0, (start + fraction * size) / len(places)))

        tiles = cut(task, places[start : start + size])
        numbers = np.arange(start, start + len(tiles.places))
        same = np.array(
            [
                first_equal.setdefault(key, i)
                for key, i in zip(tiles.keys(), numbers.tolist(), strict=True)
            ]
        )
        new = np.flatnonzero(numbers == same)
        if len(new):
            results[:, numbers[new]] = _changes_of_tiles(
                task, Tiles._make(part[new] for part in tiles), within
            )
        results[:, numbers] = results[:, same]
        within(1.0)
    change, error = results
    return change, error


def cut(task: Task, places: Indices) -> Tiles:
    """Cut out the tile of each toggle, with a margin around it, shifted to lie in the maze."""
    maze, margin = task.maze, _margin(task)
    letters = np.zeros(maze.shape, dtype=np.uint8)
    for place, letter in maze.objects.items():
        letters[place] = ord(letter)
    shape = np.minimum(maze.shape, 2 * margin + 2)
    corners = np.clip(places[:, 1:] - margin, 0, maze.shape - shape)
    row = corners[:, 0, None, None] + np.arange(shape[0])[:, None]
    col = corners[:, 1, None, None] + np.arange(shape[1])
    return Tiles(
        right=maze.wall_right[row, col[:, :, :-1]],
        below=maze.wall_below[row[:, :-1], col],
        floor=maze.floor[row, col],
        letters=letters[row, col],
        counted=task.counted[row, col],
        places=places - np.insert(corners, 0, 0, axis=1),
        corners=corners,
    )


def _margin(task: Task) -> int:
    """Number of cells around a toggle that matter: 2n, and two more if walls are sensed."""
    whole = max(task.maze.shape)
    if not LOCAL.issuperset(task.maze.objects.values()):
        return whole
    return min(whole, 2 * task.base.steps + 2 * (task.options.get("sensor") == "walls"))


def _stack_size(task: Task, places: Indices) -> int:
    """Number of tiles to stack; 1 if the outcomes of a stack would not be counted by bit planes."""
    size = max(1, MAX_STACK_CELLS // cut(task, places[:1]).floor[:1].size) if len(places) else 1
    if task.base.world.deterministic and size > 1:
        first = task.world(cut(task, places[:size]).toggled().stacked())
        moves = bitplanes.lattice_moves(first)
        if moves is None or not bitplanes.worthwhile(first, moves, task.base.steps):
            return 1
    return size


def _changes_of_tiles(task: Task, tiles: Tiles, progress: Progress) -> Array:
    """Change and error of the mean for each tile: shape (2, K)."""
    count, height, _ = tiles.floor.shape
    after = task.world(tiles.toggled().stacked())
    before = task.world(tiles.untoggled().stacked())
    row, col = after.maze.cells.T
    tile = row // height
    counted = tiles.counted.reshape(-1, tiles.counted.shape[2])[row, col]
    place = row % height + tiles.corners[tile, 0], col + tiles.corners[tile, 1]
    affected = np.zeros(len(tile), dtype=bool)
    affected[after.cell[_affected_states(before, after, task.base.steps)]] = True
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
    error = np.maximum(total(emap.gap[chosen]), total(task.base.grid(task.base.gap)[here]))
    return np.asarray(np.stack([change, error]) / task.counted.sum())


def _affected_states(before: World, after: World, horizon: int) -> Mask:
    """Mask of the states that can reach a difference between two worlds: shape (S,)."""
    moves, moves_before = (
        world.successors[:, :, 0] if world.deterministic else world.successors[:, 0]
        for world in (after, before)
    )
    senses = after.sensor != before.sensor
    near = (moves != moves_before).any(axis=1) | senses | senses[moves].any(axis=1)
    for _ in range(horizon - 1):
        wider = near | near[moves].any(axis=1)
        if np.array_equal(wider, near):
            break
        near = wider
    return np.asarray(near)
