"""Change of a map for each toggle, from the whole map with this toggle.

This is for worlds that cannot be cut into tiles: tori, and mazes with boxes.
"""

from concurrent.futures import Executor
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from gridemp.engine.channel_cache import CapacityCache
from gridemp.engine.empowerment import empowerment, intervals
from gridemp.engine.map import EmpowermentMap
from gridemp.engine.processes import shared_map
from gridemp.engine.shared_world import shared_world
from gridemp.mazes.maze import Maze
from gridemp.mazes.maze_hash import maze_hash
from gridemp.progress import Progress, ignore, part_of
from gridemp.typing import Array, Indices, Mask
from gridemp.worlds.conditions import WorldOptions
from gridemp.worlds.world import World

MAX_PIECE = 16  # toggles that a worker receives at a time, with the maze
MIN_PIECES = 32  # enough for a few workers
RIGHT, BELOW, SOLID = range(3)  # kinds of toggles: thin walls or open edges, and solid cells


class WholeMaps(NamedTuple):
    """Data that the whole maps of all toggles share.

    Attributes
    ----------
    maze : Maze
        Maze without a toggle, of H x W cells.
    horizon : int
        Number of steps n.
    options : WorldOptions
        Options of `World.from_maze`.
    counted : ndarray of bool, shape (H, W)
        The C floor cells over which the mean is taken.
    base : ndarray, shape (2, C)
        Bits and gap of these cells without a toggle.
    tol : float
        Largest certified gap of each cell to accept, in bits.
    """

    maze: Maze
    horizon: int
    options: WorldOptions
    counted: Mask
    base: Array
    tol: float

    def changes(
        self, places: Indices, cache: CapacityCache, progress: Progress, executor: Executor | None
    ) -> tuple[Array, Array]:
        """Change and error of the mean for each toggle.

        The workers of an executor share the toggles, as most maps need few new capacities.
        """
        results = np.zeros((2, len(places)))
        if executor is None:
            for i, place in enumerate(places.tolist()):
                part = part_of(progress, i, len(places))
                results[:, i] = self.change(place, cache, part)
                part(1.0)
        else:
            size = max(1, min(MAX_PIECE, len(places) // MIN_PIECES))
            pieces = [places[i : i + size].tolist() for i in range(0, len(places), size)]
            with shared_map(self.piece, pieces, executor) as found:
                for done, (number, changes) in enumerate(found, 1):
                    start = number * size
                    results[:, start : start + len(changes)] = np.transpose(changes)
                    progress(done / len(pieces))
        change, error = results
        return change, error

    def piece(self, places: list[list[int]]) -> list[tuple[float, float]]:
        """Change and error of the mean for each of some toggles, computed by a worker."""
        return [self.change(place) for place in places]

    def change(
        self,
        place: list[int],
        cache: CapacityCache | None = None,
        progress: Progress = ignore,
    ) -> tuple[float, float]:
        """Change and error of the mean for one toggle: its kind, row and column.

        Without a cache, the capacities are used that this process has solved for the same maze.
        """
        kind, row, col = place
        maze, cache = self.maze, cache or _cache(maze_hash(self.maze), self.tol)
        masks = [mask.copy() for mask in (maze.wall_right, maze.wall_below, maze.floor)]
        masks[kind][row, col] ^= True
        changed = Maze(masks[SOLID], masks[RIGHT], masks[BELOW], maze.name, maze.objects)
        world = World.from_maze(changed, within=self.horizon, **self.options)
        emap = solved(world, self.horizon, cache, progress)
        bits, gap = self.base
        change = (emap.grid()[self.counted] - bits).mean()
        error = max(gap.mean(), emap.grid(emap.gap)[self.counted].mean())
        return float(change), float(error)


def solved(
    world: World,
    horizon: int,
    cache: CapacityCache,
    progress: Progress,
    executor: Executor | None = None,
) -> EmpowermentMap:
    """Map of a world with one value for each cell, without a warning of wide gaps."""
    if world.deterministic:
        return empowerment(world, horizon, progress=progress).one_per_cell()
    world = world.normalised()
    shared = shared_world(world, executor)
    bits, gap = intervals(world, horizon, cache, progress, shared=shared)
    return EmpowermentMap(world, horizon, bits, gap).one_per_cell()


@lru_cache(maxsize=1)
def _cache(maze: str, tol: float) -> CapacityCache:
    """Capacities that this process, a worker, has solved for a maze of this hash."""
    return CapacityCache(tol)
