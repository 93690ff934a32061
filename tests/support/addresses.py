"""What the address of the page says."""

import base64
import json
import urllib.parse
import zlib

import msgspec

import gridemp
from gridemp.web.server.api import Drawing
from gridemp.web.server.mazes import maze_of


def fragment(page):
    """The words of the fragment of the address."""
    return dict(urllib.parse.parse_qsl(page.evaluate("() => location.hash.slice(1)")))


def wait_until_addressed(page, maze):
    """Wait until a link to the page opens a maze."""
    for _ in range(600):
        if maze_in_address(page) == maze:
            return
        page.wait_for_timeout(50)
    raise AssertionError(page.url)


def maze_in_address(page):
    """The maze that a link to the page opens; None as long as it names none."""
    words = fragment(page)
    if "drawing" not in words:
        return gridemp.load_maze(words["maze"]) if "maze" in words else None
    packed = words["drawing"] + "=" * (-len(words["drawing"]) % 4)
    text = zlib.decompress(base64.urlsafe_b64decode(packed), wbits=-15)
    return maze_of(msgspec.convert(json.loads(text), Drawing))
