"""The cases that are measured: worlds, and the horizons of their maps."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

import gridemp
from gridemp import Maze, World


class Case(NamedTuple):
    """A world and its horizons; `cell`, if given, is the only (x, y) computed.

    With `bounds`, a tolerance in bits, bounds on the cell are computed and not its empowerment.
    """

    name: str
    world: Callable[[], World]
    horizons: tuple[int, ...]
    cell: tuple[int, int] | None = None
    bounds: float | None = None


def thin_walls(side: int) -> World:
    """A square maze with one wall in five."""
    rng = np.random.default_rng(0)
    right, below = rng.random((side, side - 1)) < 0.2, rng.random((side - 1, side)) < 0.2
    return World.from_maze(Maze(np.ones((side, side)), right, below))


def no_lattice() -> World:
    """10,000 states, 6 actions, random successors."""
    states = np.arange(10_000, dtype=np.int32)
    successors = np.random.default_rng(0).integers(10_000, size=(10_000, 6, 1), dtype=np.int32)
    return World(
        maze=Maze(np.ones((100, 100))),
        actions=tuple("abcdef"),
        successors=successors,
        probabilities=np.ones(successors.shape),
        sensor=states,
        cell=states,
    )


def game() -> World:
    """A million states and 18 actions, as a table of an Atari game has them.

    A player moves between walls in a room of 32 x 32 cells for 977 moments. There are hazards that
    end the game, and the fire button keeps the player from stepping sideways. States are numbered
    at random.
    """
    rng, shape = np.random.default_rng(0), (977, 32, 32)
    moment, row, col = np.indices(shape).reshape(3, -1)
    wall, hazard = rng.random(shape[1:]) < 0.15, rng.random(shape) < 0.01
    number = rng.permutation(len(moment)).astype(np.int32).reshape(shape)
    table = np.empty((len(moment), 18), dtype=np.int32)
    for action, (fire, down, right) in enumerate(np.ndindex(2, 3, 3)):
        below = np.clip(row + down - 1, 0, 31)
        beside = col if fire else np.clip(col + right - 1, 0, 31)
        below, beside = (
            np.where(wall[below, beside], old, new) for old, new in ((row, below), (col, beside))
        )
        later = np.minimum(moment + 1, 976)
        ended = (moment == later) | hazard[later, below, beside]
        table[number.ravel(), action] = np.where(ended, -1, number[later, below, beside])
    return World.from_successors(table)


def layers() -> World:
    """A million states in 50 layers, and 18 actions of which each state has three different ones.

    They lead to random states of the next layer, and one in 200 ends the game.
    """
    rng, width = np.random.default_rng(0), 20_000
    number = rng.permutation(50 * width).astype(np.int32)
    layer = np.arange(50 * width) // width
    after = rng.integers(width, size=(3, len(layer)))
    table = np.empty((len(layer), 18), dtype=np.int32)
    for action in range(18):
        ended = (layer == 49) | (rng.random(len(layer)) < 0.005)
        target = np.where(ended, 0, (layer + 1) * width + after[action % 3])
        table[number, action] = np.where(ended, -1, number[target])
    return World.from_successors(table)


def bundled(name: str, slip: float = 0.0) -> World:
    """A bundled maze."""
    return World.from_maze(gridemp.load_maze(name), slip=slip)


def open_room() -> World:
    """100 x 100 open cells, slip 0.1."""
    return World.from_maze(Maze(np.ones((100, 100))), slip=0.1)


CASES = [
    Case("klyubin", lambda: bundled("klyubin"), (1, 5, 10, 100, 1000)),
    Case("1000 x 1000, one wall in five", lambda: thin_walls(1000), (1, 2, 5, 10, 20, 50)),
    Case("4000 x 4000, one wall in five", lambda: thin_walls(4000), (1, 5, 10)),
    Case("10,000 states, no lattice", no_lattice, (1, 2, 4, 8)),
    Case("1,000,000 states of a game, 18 actions", game, (1, 5, 10, 20)),
    Case("1,000,000 states in layers, 18 actions", layers, (5, 10)),
    Case("klyubin, slip 0.1", lambda: bundled("klyubin", 0.1), (1, 2, 3, 4, 5, 6, 7, 8)),
    Case("klyubin, slip 0.1, x = y = 5", lambda: bundled("klyubin", 0.1), (8, 9, 10, 11), (5, 5)),
    Case(
        "klyubin, slip 0.1, x = y = 5 to 0.01 bits",
        lambda: bundled("klyubin", 0.1),
        (12,),
        (5, 5),
        0.01,
    ),
    Case(
        "klyubin, slip 0.1, x = y = 0 to 0.01 bits",
        lambda: bundled("klyubin", 0.1),
        (12,),
        (0, 0),
        0.01,
    ),
    Case(
        "klyubin, slip 0.1, x = y = 5 to 0.1 bits",
        lambda: bundled("klyubin", 0.1),
        (15,),
        (5, 5),
        0.1,
    ),
    Case("room of 100 x 100, slip 0.1", open_room, (1, 2, 3, 4, 5)),
    Case("halls (60 x 40), slip 0.05", lambda: bundled("halls", 0.05), (1, 2, 3, 4, 5)),
]
