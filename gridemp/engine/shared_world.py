"""Work on the states of a world, in pieces, on the workers of an executor.

Each piece carries the world. That of a maze is sent as the maze and its conditions, from which a
worker builds it again; any other one as its arrays. Both are compressed, and a worker keeps the
last world that it has unpacked.
"""

import hashlib
import pickle
import zlib
from collections.abc import Callable, Generator
from concurrent.futures import Executor
from contextlib import closing
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any, NamedTuple, TypeVar

import numpy as np

from gridemp.engine.processes import MAX_SUBMITTED, shared_map
from gridemp.errors import GridempError
from gridemp.typing import Indices
from gridemp.worlds.conditions import WorldOptions
from gridemp.worlds.world import World
from gridemp.worlds.world_file import maze_arrays, maze_from, world_arrays, world_from, world_record

Result = TypeVar("Result")

SECONDS_PER_PIECE = 0.25
SECONDS_PER_BYTE = 1e-7  # of the world, more for each piece: ten times what it takes to send it
MIN_PIECES = 8  # few enough to matter little, and enough for a few workers
MAX_SUBMITTED_BYTES = 2**28
COMPRESSION = 1  # the fastest


@dataclass(frozen=True)
class PackedWorld:
    """World as a worker receives it.

    Attributes
    ----------
    digest : bytes
        Hash of the content; equal digests mean equal worlds.
    content : bytes
        Compressed pickle of the maze or arrays of the world.
    """

    digest: bytes
    content: bytes = field(compare=False, repr=False)


class Piece(NamedTuple):
    """Piece of work: a function of a world and some of its states.

    Attributes
    ----------
    function : callable
        Called with the world and the list of states; returns a list of results, one for each.
    world : PackedWorld
        The world.
    states : list of int
        The states.
    """

    function: Callable[[World, list[int]], list[Any]]
    world: PackedWorld
    states: list[int]


class SharedWorld:
    """World whose states are worked on by the workers of an executor.

    Parameters
    ----------
    world : World
        The world. The workers have its transitions and its sensor, but maybe not its starts.
    executor : concurrent.futures.Executor
        The executor.
    """

    def __init__(self, world: World, executor: Executor) -> None:
        self.world = world
        self.executor = executor

    @cached_property
    def packed(self) -> PackedWorld:
        """The world as it is sent."""
        return pack(self.world)

    def map(
        self,
        function: Callable[[World, list[int]], list[Result]],
        states: Indices,
        seconds: float,
    ) -> closing[Generator[tuple[range, list[Result]], None, None]]:
        """Apply a function to some states, piece by piece.

        Parameters
        ----------
        function : callable
            Called with the world and a list of states; returns a list of results, one for each. It
            must be picklable.
        states : ndarray of int, shape (N,)
            The states.
        seconds : float
            Expected time that each of them takes.

        Returns
        -------
        context manager of an iterator of (range, list)
            Positions of the states of a piece, and their results, in the order in which the pieces
            are done; see `shared_map` for errors.
        """
        return closing(self._map(function, states, seconds))

    def _map(
        self,
        function: Callable[[World, list[int]], list[Result]],
        states: Indices,
        seconds: float,
    ) -> Generator[tuple[range, list[Result]], None, None]:
        bytes_each = len(self.packed.content)
        size = piece_size(len(states), seconds, bytes_each)
        ranges = [
            range(start, min(start + size, len(states))) for start in range(0, len(states), size)
        ]
        pieces = (
            Piece(function, self.packed, states[part.start : part.stop].tolist()) for part in ranges
        )
        most = max(2, min(MAX_SUBMITTED, MAX_SUBMITTED_BYTES // bytes_each))
        with shared_map(work, pieces, self.executor, most) as results:
            for number, found in results:
                yield ranges[number], found


def shared_world(world: World, executor: Executor | None) -> SharedWorld | None:
    """Share a noisy world among the workers of an executor, if there is one; others need none."""
    return None if executor is None or world.deterministic else SharedWorld(world, executor)


def piece_size(count: int, seconds: float, bytes_each: int) -> int:
    """Number of states in a piece, for `count` states that take so long each."""
    long_enough = int((SECONDS_PER_PIECE + SECONDS_PER_BYTE * bytes_each) / seconds)
    return max(1, min(long_enough, -(-count // MIN_PIECES)))


def work(piece: Piece) -> list[Any]:
    """Results of a piece, computed by a worker."""
    return piece.function(unpacked(piece.world), piece.states)


def pack(world: World) -> PackedWorld:
    """Prepare a world for workers, as small as possible."""
    options = _options(world)
    if options is None:
        content: Any = world_arrays(world), world_record(world), None
    else:
        content = maze_arrays(world.maze), world_record(world), options
    packed = zlib.compress(pickle.dumps(content, pickle.HIGHEST_PROTOCOL), COMPRESSION)
    return PackedWorld(hashlib.blake2b(packed).digest(), packed)


@lru_cache(maxsize=1)
def unpacked(packed: PackedWorld) -> World:
    """World that `pack` packed; without its starts if it is that of a maze."""
    arrays, record, options = pickle.loads(zlib.decompress(packed.content))
    if options is None:
        return world_from(arrays, record)
    maze = maze_from(arrays, record)
    return World.from_maze(maze, within=record["world"]["within"], **options).normalised()


def _options(world: World) -> WorldOptions | None:
    """Options with which `World.from_maze` makes a world of its maze; None if there are none."""
    conditions = world.conditions
    if conditions.noise != "slip" or conditions.labels or conditions.hands:
        return None
    options: WorldOptions = {
        "moves": conditions.moves,
        "stay": conditions.stay,
        "slip": conditions.slip,
        "slip_kind": conditions.slip_kind,
        "torus": conditions.torus,
        "sensor": conditions.sensor,
    }
    try:
        made = World.from_maze(world.maze, within=world.within, **options).normalised()
    except GridempError:
        return None
    same = all(
        np.array_equal(getattr(made, name), getattr(world, name))
        for name in ("successors", "probabilities", "sensor")
    )
    return options if same else None
