"""Tiled: maps of the editor Tiled, `.tmx` and `.tmj`, in which a layer or some tiles are walls.

`wall` names a layer whose tiles are walls, or a property or class of the tiles that are walls, or
the numbers of these tiles. By default the walls are the tiles with a property or class such as
`collides`, or else those of the layer with a name or property such as `walls`, or else those of the
only layer of tiles.
"""

import re
from collections.abc import Iterable
from difflib import get_close_matches
from typing import NamedTuple

import numpy as np

from gridemp.arguments import described
from gridemp.errors import GridempError, MazeError
from gridemp.mazes.labels import listed
from gridemp.mazes.maze import Maze
from gridemp.mazes.protocol import Choices, Reading
from gridemp.mazes.tiled_map import TiledMap, TileLayer, box_around, tiled_map, tiles_of

SUFFIXES: tuple[str, ...] = (".tmx", ".tmj")
CHOICES = frozenset({"wall"})
WALL_WORDS = {
    *("wall", "walls", "solid", "solids", "obstacle", "obstacles", "blocked", "blocking"),
    *("collide", "collides", "collision", "collisions", "collidable", "collider", "colliders"),
    "impassable",
}
MAX_NAMES = 10_000  # that are searched for one that resembles a misspelt name
NUMBERS = re.compile(r" *[0-9]{1,10} *(, *[0-9]{1,10} *)*")


class Walls(NamedTuple):
    """Tiles that are walls.

    Attributes
    ----------
    layers : list of TileLayer
        The layers with these tiles.
    numbers : list of int, optional
        Numbers of the tiles; by default all tiles of the layers are walls.
    words : str
        Words for the tiles.
    """

    layers: list[TileLayer]
    numbers: list[int] | None
    words: str


def read_file(data: bytes, name: str, choices: Choices) -> Reading:
    """Read a maze from a map; all its cells are kept."""
    tiled = tiled_map(data)
    if not tiled.layers:
        raise MazeError("this map has no layer of tiles; draw its walls in one")
    walls = _found(tiled) if choices.wall is None else _chosen(tiled, choices.wall)
    box = box_around(tiled.layers)
    solid = np.zeros((box.height, box.width), dtype=bool)
    for layer in walls.layers:
        tiles = tiles_of(layer, box)
        solid |= tiles > 0 if walls.numbers is None else np.isin(tiles, walls.numbers)
    if tiled.infinite:
        solid = solid[_drawn(tiled)]
    if solid.all() or not solid.any():
        cells = "every cell" if solid.all() else "no cell"
        raise MazeError(f"with {walls.words} as walls, {cells} is wall; {_advice(tiled)}")
    said = (f"the walls are {walls.words}",) if choices.wall is None else ()
    count = len(tiled.layers) + len(tiled.others) - len(walls.layers)
    left_out = (f"other layers ({count})",) if count else ()
    return Reading(Maze(~solid, name=name), said, left_out)


def _drawn(tiled: TiledMap) -> tuple[slice, slice]:
    """Rows and columns of the smallest box around all tiles."""
    box = box_around(tiled.layers)
    drawn = np.zeros((box.height, box.width), dtype=bool)
    for layer in tiled.layers:
        drawn |= tiles_of(layer, box) > 0
    if not drawn.any():
        raise MazeError("this map has no tiles; draw its walls in a layer of tiles")
    rows, cols = (np.flatnonzero(drawn.any(axis=axis)) for axis in (1, 0))
    return slice(rows[0], rows[-1] + 1), slice(cols[0], cols[-1] + 1)


def _found(tiled: TiledMap) -> Walls:
    """Walls of a map by the names of properties, classes and layers."""
    words = {mark for marks in tiled.marks.values() for mark in marks} & WALL_WORDS
    if words:
        return Walls(
            tiled.layers, _marked(tiled, words), f"the tiles marked {listed(sorted(words))}"
        )
    named = [each for each in tiled.layers if each.marks & WALL_WORDS]
    named = named or [each for each in tiled.layers if each.name.strip().casefold() in WALL_WORDS]
    named = named or [each for each in tiled.layers if WALL_WORDS & _words(each.name)]
    if len(named) == 1:
        return Walls(named, None, f"the tiles of layer {described(named[0].name)}")
    if len(tiled.layers) == 1:
        return Walls(tiled.layers, None, f"the tiles of layer {described(tiled.layers[0].name)}")
    raise MazeError(f"cannot tell which layer or tiles of this map are walls; {_advice(tiled)}")


def _chosen(tiled: TiledMap, wall: str) -> Walls:
    """Walls of a map that are chosen by the name of a layer or property, or by tile numbers."""
    word = wall.strip().casefold()
    if layers := [layer for layer in tiled.layers if layer.name.strip().casefold() == word]:
        return Walls(layers, None, f"the tiles of layer {described(wall)}")
    if numbers := _marked(tiled, {word}):
        return Walls(tiled.layers, numbers, f"the tiles marked {described(wall)}")
    if NUMBERS.fullmatch(wall):
        return Walls(tiled.layers, [int(each) for each in wall.split(",")], f"the tiles {wall}")
    names = {name.casefold(): name for name in _names(tiled)[:MAX_NAMES]}
    near = get_close_matches(word[:80], names, n=1)
    hint = f"did you mean {described(names[near[0]])}?" if near else _advice(tiled)
    raise GridempError(f"there is no layer or property {described(wall)} in this map; {hint}")


def _marked(tiled: TiledMap, words: set[str]) -> list[int]:
    """Numbers of the tiles that have one of these properties or classes."""
    return [number for number, marks in tiled.marks.items() if marks & words]


def _words(name: str) -> set[str]:
    return set(re.findall(r"[a-z]+", name.casefold()))


def _names(tiled: TiledMap) -> list[str]:
    """Names of the layers of tiles, and of the properties and classes of tiles, without repeats."""
    marks: Iterable[str] = sorted({mark for marks in tiled.marks.values() for mark in marks})
    return list(dict.fromkeys([*(layer.name for layer in tiled.layers), *marks]))


def _advice(tiled: TiledMap) -> str:
    """Advice on choosing the walls, for an error message."""
    advice = f"set `wall` to a layer or tile property ({listed(_names(tiled))}) or to tile numbers"
    if len(tiled.layers) == 1:
        used = np.unique(tiles_of(tiled.layers[0], box_around(tiled.layers))).tolist()
        advice += f" ({listed([str(number) for number in used if number])})" if any(used) else ""
    if shapes := [name for name in tiled.others if WALL_WORDS & _words(name)]:
        advice += f"; shapes, as in layer {described(shapes[0])}, are not read"
    if tiled.external:
        advice += f"; tilesets in other files, such as {described(tiled.external[0])}, are not read"
    return advice
