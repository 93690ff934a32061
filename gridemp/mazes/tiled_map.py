"""Map of the editor Tiled: its layers of tiles, and the properties of the tiles."""

import zlib
from base64 import b64decode
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from gridemp.arguments import described
from gridemp.errors import MazeError
from gridemp.mazes.text import MAX_CELLS, check_size
from gridemp.mazes.tiled_file import Fields, tiled_fields

MAX_TILES = 5 * MAX_CELLS  # of all layers together
MAX_DEPTH = 50  # of groups of layers
GRIDS = "orthogonal", "isometric"
FLIPS = 0xF0000000  # bits of a tile number that turn or mirror the tile
COMPRESSIONS = "", "zlib", "gzip"
SAVE = "save the map in Tiled again"

Tiles = NDArray[np.uint32]  # number of the tile in each cell, 0 if there is none


class Part(NamedTuple):
    """Rectangle of tiles in a layer, with the data that hold their numbers.

    Attributes
    ----------
    x, y : int
        Its left column and its top row.
    width, height : int
        Its size in cells.
    data : str or list
        Tile numbers, row by row, in the encoding of the layer.
    """

    x: int
    y: int
    width: int
    height: int
    data: str | list[Any]


class TileLayer(NamedTuple):
    """Layer of tiles.

    Attributes
    ----------
    name : str
        Name of the layer.
    marks : frozenset of str
        Names of its properties that are true, in lower case.
    encoding, compression : str
        Form of the data of its parts.
    parts : list of Part
        The tiles of the layer.
    """

    name: str
    marks: frozenset[str]
    encoding: str
    compression: str
    parts: list[Part]


class TiledMap(NamedTuple):
    """Map of Tiled.

    Attributes
    ----------
    layers : list of TileLayer
        The layers of tiles, those of groups included.
    others : list of str
        Names of the layers of objects and pictures.
    marks : dict of int to frozenset of str
        Names of the properties of a tile that are true, and its class, in lower case, by the
        number of the tile.
    external : list of str
        Files of tilesets that are not part of the map.
    infinite : bool
        True if the map has no edges, but chunks of tiles.
    """

    layers: list[TileLayer]
    others: list[str]
    marks: dict[int, frozenset[str]]
    external: list[str]
    infinite: bool


class Box(NamedTuple):
    """Rectangle of cells of a map: its left column, its top row and its size."""

    x: int
    y: int
    width: int
    height: int


def tiled_map(data: bytes) -> TiledMap:
    """Read a map from the contents of a file.

    Raises
    ------
    MazeError
        If this is not a map of Tiled, its cells are not square, or it has too many tiles.
    """
    top = tiled_fields(data)
    if top.get("orientation") not in GRIDS:
        raise MazeError(
            f"the orientation of this map is {described(top.get('orientation'))}; gridemp reads "
            f"maps that are {' or '.join(GRIDS)}"
        )
    layers: list[TileLayer] = []
    others: list[str] = []
    for layer in _flat(top.get("layers"), 0):
        if layer.get("type") == "tilelayer":
            layers.append(_tile_layer(layer))
        else:
            others.append(str(layer.get("name", "")))
    if sum(part.width * part.height for layer in layers for part in layer.parts) > MAX_TILES:
        raise MazeError(f"the layers of this map have more than {MAX_TILES:,} tiles in total")
    tilesets = _items(top.get("tilesets"))
    external = [str(each["source"]) for each in tilesets if "source" in each]
    infinite = any("chunks" in layer for layer in _flat(top.get("layers"), 0))
    return TiledMap(layers, others, dict(_marked_tiles(tilesets)), external, infinite)


def tiles_of(layer: TileLayer, box: Box) -> Tiles:
    """Tile numbers of a layer in a box of the map.

    Parameters
    ----------
    layer : TileLayer
        The layer.
    box : Box
        A rectangle around all parts of the layer.

    Returns
    -------
    ndarray of uint32, shape (height, width)
        Tile numbers without the bits that turn a tile; 0 where there is no tile.
    """
    tiles = np.zeros((box.height, box.width), dtype=np.uint32)
    for part in layer.parts:
        row, col = part.y - box.y, part.x - box.x
        numbers = _numbers(layer, part).reshape(part.height, part.width)
        tiles[row : row + part.height, col : col + part.width] = numbers
    return tiles & ~np.uint32(FLIPS)


def box_around(layers: list[TileLayer]) -> Box:
    """Rectangle around the tiles of some layers; raise a MazeError if it is too large or empty."""
    parts = [part for layer in layers for part in layer.parts]
    if not parts:
        raise MazeError("this map has no tiles; draw its walls in a layer of tiles")
    left, top = min(part.x for part in parts), min(part.y for part in parts)
    width = max(part.x + part.width for part in parts) - left
    height = max(part.y + part.height for part in parts) - top
    check_size(height, width)
    return Box(left, top, width, height)


def _numbers(layer: TileLayer, part: Part) -> Tiles:
    """Tile numbers of a part, with the bits that turn a tile, shape (width * height,)."""
    count = part.width * part.height
    place = f"layer {described(layer.name)}"
    if isinstance(part.data, str) and layer.encoding == "base64":
        return _unpacked(part.data, layer.compression, count, place)
    items = part.data
    if isinstance(items, str):
        items = items.strip().removesuffix(",")
        if items.count(",") >= MAX_CELLS:
            raise MazeError(f"{place} has more than {MAX_CELLS:,} tiles")
        items = items.split(",")
    try:
        numbers = [int(item) for item in items]
    except (TypeError, ValueError, OverflowError):
        raise MazeError(f"{place} contains something other than tile numbers; {SAVE}") from None
    if numbers and (min(numbers) < 0 or max(numbers) >= 2**32):
        raise MazeError(f"{place} contains tile numbers below 0 or above 4294967295; {SAVE}")
    return _checked(np.array(numbers, dtype=np.uint32), count, place)


def _unpacked(text: str, compression: str, count: int, place: str) -> Tiles:
    """Tile numbers of base64 data."""
    if compression not in COMPRESSIONS:
        raise MazeError(
            f"{place} is compressed with {described(compression)}; set the tile layer format of "
            "the map to CSV or zlib"
        )
    try:
        data = b64decode("".join(text.split()), validate=True)
        if compression:
            # No more than one number too many is unpacked, whatever the data would become.
            data = zlib.decompressobj(wbits=47).decompress(data, 4 * count + 4)
    except (ValueError, zlib.error) as error:
        raise MazeError(f"{place} is damaged ({error}); {SAVE}") from None
    whole = len(data) // 4 * 4
    return _checked(np.frombuffer(data[:whole], dtype="<u4").astype(np.uint32), count, place)


def _checked(numbers: Tiles, count: int, place: str) -> Tiles:
    if len(numbers) != count:
        raise MazeError(
            f"{place} has {'more' if len(numbers) > count else 'fewer'} tiles than its width times "
            f"its height, {count:,}; {SAVE}"
        )
    return numbers


def _flat(layers: Any, depth: int) -> Iterator[Fields]:
    """Layers of a map, those of groups included."""
    for layer in _items(layers):
        if layer.get("type") != "group":
            yield layer
        elif depth < MAX_DEPTH:
            yield from _flat(layer.get("layers"), depth + 1)


def _items(value: Any) -> list[Fields]:
    """Objects of a list; an empty list if it is none."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _tile_layer(layer: Fields) -> TileLayer:
    """Layer of tiles, with its parts but without its numbers."""
    name = str(layer.get("name", ""))
    chunks = _items(layer.get("chunks")) if "chunks" in layer else [{**layer, "x": 0, "y": 0}]
    parts = []
    for chunk in chunks:
        data = chunk.get("data", [])
        x, y, width, height = (_whole(chunk.get(key), key, name) for key in Part._fields[:4])
        if width < 0 or height < 0 or not isinstance(data, str | list):
            raise MazeError(f"layer {described(name)} has no tiles that can be read; {SAVE}")
        check_size(height, width)
        if width and height:
            parts.append(Part(x, y, width, height, data))
    encoding, compression = (str(layer.get(key) or "") for key in ("encoding", "compression"))
    return TileLayer(name, _marks(layer), encoding, compression, parts)


def _whole(value: Any, key: str, name: str) -> int:
    """Whole number of a layer."""
    try:
        number = int(value)
    except (TypeError, ValueError, OverflowError):
        number = None
    if number is None or abs(number) > 2**31:
        raise MazeError(f"layer {described(name)} has the {key} {described(value)}; {SAVE}")
    return number


def _marks(fields: Fields) -> frozenset[str]:
    """Names of the properties that are true, in lower case."""
    return frozenset(
        str(each.get("name", "")).casefold()
        for each in _items(fields.get("properties"))
        if str(each.get("value", "")).casefold() in ("true", "1")
    )


def _marked_tiles(tilesets: list[Fields]) -> Iterator[tuple[int, frozenset[str]]]:
    """Tiles with properties that are true, or a class, by the number of the tile."""
    for tileset in tilesets:
        first = _whole(tileset.get("firstgid", 1), "firstgid", str(tileset.get("name", "")))
        for tile in _items(tileset.get("tiles")):
            name = str(tile.get("class") or tile.get("type") or "").casefold()
            if marks := _marks(tile) | ({name} if name else set()):
                yield first + _whole(tile.get("id"), "id", "tile"), frozenset(marks)
