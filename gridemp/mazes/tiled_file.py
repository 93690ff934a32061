"""Contents of a map of the editor Tiled, from XML (`.tmx`) or JSON (`.tmj`).

An XML map is turned into the objects that the JSON map holds, which have the same names.
"""

import json
from typing import Any
from xml.etree.ElementTree import Element

from gridemp.errors import MazeError
from gridemp.mazes.file_kinds import decoded
from gridemp.mazes.xml_tree import xml_tree

MAX_BYTES = 20_000_000

Fields = dict[str, Any]


def tiled_fields(data: bytes) -> Fields:
    """Objects of a map, as its JSON file holds them.

    Raises
    ------
    MazeError
        If this is not a map of Tiled, or too long for one.
    """
    if len(data) > MAX_BYTES:
        raise MazeError(f"this is longer than the {MAX_BYTES:,} bytes allowed for a Tiled map")
    is_xml = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<"
    return _from_xml(data) if is_xml else _from_json(data)


def _from_json(data: bytes) -> Fields:
    """Objects of a JSON map."""
    try:
        top = json.loads(decoded(data))
    except json.JSONDecodeError as error:
        raise MazeError(f"this is not JSON ({error.msg})", error.lineno, error.colno) from None
    except (ValueError, RecursionError):
        raise MazeError(
            "this JSON cannot be read: its numbers or its depth are too large"
        ) from None
    if not isinstance(top, dict) or top.get("type", "map") != "map" or "layers" not in top:
        raise MazeError(
            "this JSON is not a Tiled map, which has layers; an array is read from a file that "
            "holds the list of its rows alone, such as [[1, 0], [0, 0]]"
        )
    return top


def _from_xml(data: bytes) -> Fields:
    """Objects of an XML map, as the JSON map holds them."""
    root, _ = xml_tree(data)
    if root.tag != "map":
        raise MazeError(f"this XML is not a Tiled map, but <{root.tag[:40]}>", 1, 1)
    tilesets = [
        {**each.attrib, "tiles": [_xml_fields(tile) for tile in each.iterfind("tile")]}
        for each in root.iterfind("tileset")
    ]
    return {**root.attrib, "layers": _xml_layers(root), "tilesets": tilesets}


def _xml_fields(element: Element) -> Fields:
    """Attributes of an element, and its properties."""
    properties = [
        {**each.attrib, "value": each.get("value", each.text)}
        for each in element.iterfind("properties/property")
    ]
    return {**element.attrib, "properties": properties}


def _xml_layers(element: Element) -> list[Fields]:
    """Layers of a map or a group."""
    layers = []
    for each in element:
        fields = _xml_fields(each)
        if each.tag == "group":
            layers.append(fields | {"type": "group", "layers": _xml_layers(each)})
        elif each.tag in ("objectgroup", "imagelayer"):
            layers.append(fields | {"type": each.tag})
        elif each.tag == "layer":
            layers.append(fields | {"type": "tilelayer"} | _xml_data(each))
    return layers


def _xml_data(layer: Element) -> Fields:
    """Data of a layer: their encoding, and the tiles or the chunks of tiles."""
    data = layer.find("data")
    if data is None:
        return {"data": []}
    fields: Fields = {key: data.get(key, "") for key in ("encoding", "compression")}
    chunks = [{**each.attrib, "data": _xml_tiles(each)} for each in data.iterfind("chunk")]
    return fields | ({"chunks": chunks} if chunks else {"data": _xml_tiles(data)})


def _xml_tiles(element: Element) -> str | list[str]:
    """Text of the tiles or, if each is an element, a list of their numbers."""
    tiles = [each.get("gid", "0") for each in element.iterfind("tile")]
    return tiles or (element.text or "")
