import base64
import gzip
import json
import struct
import zlib

import pytest
from support.mutations import assert_refused_or_read

from gridemp import GridempError, Maze, MazeError, MazeWarning, load_maze, parse_maze
from gridemp.mazes.protocol import Choices
from gridemp.mazes.reading import read_maze

TILES = [5, 5, 5, 0, 5 | 0xA0000000, 0]  # with two of the bits that turn a tile
FLOOR = Maze([[0, 0, 0], [1, 0, 1]])
CSV = "\n" + ",\n".join(",".join(map(str, TILES[i : i + 3])) for i in (0, 3)) + "\n"
RAW = struct.pack("<6I", *TILES)


def b64(data):
    return base64.b64encode(data).decode()


def layer(data=CSV, name="Ground", encoding="csv", more=""):
    return (
        f'<layer name="{name}" width="3" height="2">{more}'
        f'<data encoding="{encoding}">{data}</data></layer>'
    )


def xml(*layers, tilesets="", kind="orthogonal"):
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<map orientation="{kind}" width="3" height="2" '
        f'tilewidth="8">{tilesets}{"".join(layers)}</map>'
    )


def as_json(data, **fields):
    ground = {"type": "tilelayer", "name": "Ground", "width": 3, "height": 2, "data": data}
    return json.dumps({"orientation": "orthogonal", "layers": [ground | fields]})


def read(text, wall=None):
    return read_maze(text, "maze", "tiled", Choices(wall=wall))


def walls(text, wall=None):
    return (~read(text, wall).maze.floor).astype(int).tolist()


SINGLE = "".join(f'<tile gid="{tile}"/>' for tile in TILES)
CHUNKS = "".join(
    f'<chunk x="{x}" y="-16" width="2" height="2">{data}</chunk>'
    for x, data in ((-2, "0,5,0,0"), (0, "5,5,5,0"))
)


@pytest.mark.parametrize(
    "text",
    [
        xml(layer()),
        xml(layer(b64(RAW), encoding="base64")),
        xml(layer(b64(zlib.compress(RAW)), encoding='base64" compression="zlib')),
        xml(
            layer(f"\n  {b64(gzip.compress(RAW, mtime=0))}\n", encoding='base64" compression="gzip')
        ),
        xml(layer(SINGLE).replace(' encoding="csv"', "")),
        xml(f'<group name="all"><group>{layer()}</group></group>', kind="isometric"),
        as_json(TILES),
        as_json(b64(zlib.compress(RAW)), encoding="base64", compression="zlib"),
    ],
)
def test_each_form_of_the_data(text):
    reading = read(text)
    assert reading.maze == FLOOR
    assert reading.said == ("the walls are the tiles of layer 'Ground'",)
    assert reading.left_out == ()


@pytest.mark.parametrize(
    "text",
    [
        xml(layer(CHUNKS)),
        as_json(
            None,
            chunks=[
                {"x": -2, "y": -16, "width": 2, "height": 2, "data": [0, 5, 0, 0]},
                {"x": 0, "y": -16, "width": 2, "height": 2, "data": [5, 5, 5, 0]},
            ],
        ),
    ],
)
def test_an_infinite_map_is_as_large_as_its_tiles(text):
    assert walls(text) == [[1, 1, 1], [0, 1, 0]]


GROUND = layer("1,1,1,1,1,2", "Ground")
MARKED = (
    '<tileset firstgid="1"><tile id="1"><properties>'
    '<property name="Collides" type="bool" value="{}"/></properties></tile></tileset>'
)

CLASSED = '<tileset firstgid="1"><tile id="0"/><tile id="1" class="wall"/></tileset>'


@pytest.mark.parametrize(
    ("text", "wall", "expected"),
    [
        (xml(GROUND, layer(name="Walls"), layer(name="Walls above")), None, [[1, 1, 1], [0, 1, 0]]),
        (xml(GROUND, layer(name="Collision layer")), None, [[1, 1, 1], [0, 1, 0]]),
        (xml(GROUND, tilesets=MARKED.format("true")), None, [[0, 0, 0], [0, 0, 1]]),
        (
            xml(GROUND, layer(name="Trees"), tilesets=MARKED.format("true")),
            "trees",
            [[1] * 3, [0, 1, 0]],
        ),
        (xml(GROUND, tilesets=MARKED.format("true")), "collides", [[0, 0, 0], [0, 0, 1]]),
        (xml(GROUND, tilesets=CLASSED), None, [[0, 0, 0], [0, 0, 1]]),
        (xml(GROUND, layer(name="Trees")), "2, 5", [[1, 1, 1], [0, 1, 1]]),
        (
            xml(
                layer(name="a"),
                layer(
                    "1,0,0,0,0,0",
                    "b",
                    more='<properties><property name="solid" value="true"/></properties>',
                ),
            ),
            None,
            [[1, 0, 0], [0, 0, 0]],
        ),
    ],
)
def test_walls_by_names_properties_and_numbers(text, wall, expected):
    assert walls(text, wall) == expected


@pytest.mark.parametrize("text", [xml(layer()), "\n" + as_json(TILES)])
def test_maps_are_recognised(text):
    reading = read_maze(text.encode(), "maze", None, Choices())
    assert reading.maze == FLOOR


def test_json_may_also_be_an_array(tmp_path):
    path = tmp_path / "maze.json"
    path.write_text(as_json(TILES))
    with pytest.warns(MazeWarning, match="the walls are the tiles of layer 'Ground'"):
        assert load_maze(path) == FLOOR
    path.write_text("[[1, 1, 1], [0, 1, 0]]")
    assert load_maze(path, wall="1") == FLOOR


def test_other_layers_are_counted():
    reading = read(xml(GROUND, layer(name="walls"), '<objectgroup name="Things"/>'))
    assert reading.left_out == ("other layers (2)",)
    assert reading.said == ("the walls are the tiles of layer 'walls'",)
    assert read(xml(GROUND, layer(name="walls")), "Walls").said == ()


EXTERNAL = '<tileset firstgid="1" source="a.tsx"/>'
BOMB = b64(zlib.compress(bytes(50_000_000)))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            xml(GROUND, layer(name="Trees")),
            r"tiles of this map are walls; set `wall` to .* \(Ground and Trees\)",
        ),
        (
            xml(GROUND, tilesets=EXTERNAL),
            r"every cell is wall; .* \(1 and 2\); tilesets in other fi",
        ),
        (xml(layer("0,0,0,0,0,0")), "no cell is wall"),
        (
            xml(GROUND, layer(name="a"), '<objectgroup name="Collision"/>'),
            "shapes, as in layer 'Col",
        ),
        (xml(GROUND, tilesets=MARKED.format("false")), "every cell is wall"),
        (xml(), "no layer of tiles"),
        (xml(layer(), kind="hexagonal"), "the orientation of this map is 'hexagonal'"),
        (xml(layer(BOMB, encoding='base64" compression="zlib')), "has more tiles than its width"),
        (xml(layer("!", encoding="base64")), "layer 'Ground' is damaged"),
        (xml(layer("QQ==", encoding='base64" compression="zstd')), "is compressed with 'zstd'"),
        (xml(layer("1,2,3")), "has fewer tiles than its width times its height, 6;"),
        (xml(layer("1,2,3,x,5,6")), "contains something other than tile numbers"),
        (xml(layer("1,2,3,4,5,4294967296")), "below 0 or above 4294967295"),
        (as_json([1, 2, 3, None, 5, 6]), "contains something other than tile numbers"),
        (as_json(TILES, width="wide"), "layer 'Ground' has the width 'wide'"),
        (as_json(TILES, width=10**6, height=10**6), "more than the 20,000,000 allowed"),
        (as_json(TILES, width=-3), "has no tiles that can be read"),
        ('{"layers": 3, "orientation": "orthogonal"}', "no layer of tiles"),
        ("[]", "this JSON is not a Tiled map"),
        ('{"maze": [[1, 0]]}', "the list of its rows alone, such as"),
        ("[" * 100_000, "too large"),
        ("<svg/>", "this XML is not a Tiled map, but <svg>"),
    ],
)
def test_maps_that_cannot_be_read(text, sentence):
    with pytest.raises(MazeError, match=sentence):
        read(text)


def test_a_wall_that_there_is_not():
    with pytest.raises(
        GridempError, match=r"no layer or property 'grund' in .*; did you mean 'Ground'"
    ):
        read(xml(GROUND), "grund")
    with pytest.raises(MazeError, match="with the tiles 9 as walls, no cell is wall"):
        read(xml(GROUND), "9")


def test_errors_in_json_name_line_and_column():
    with pytest.raises(MazeError, match="line 2, column 5: this is not JSON"):
        parse_maze('{\n"a" 1}', format="tiled")


@pytest.mark.parametrize(
    "text", [xml(layer(CHUNKS)), as_json(TILES), xml(GROUND, layer(name="walls"))]
)
def test_mutated_maps_are_read_or_refused(text):
    read, refused = assert_refused_or_read([text], 300, "tiled")
    assert read
    assert refused
