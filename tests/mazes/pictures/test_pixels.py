import io
import struct
import zlib

import numpy as np
import pytest
from PIL import Image
from support.pictures import carved, painted, saved, with_blocks

from gridemp import MazeError
from gridemp.mazes.pictures.pixels import read_pixels

SOLID = carved(np.random.default_rng(0))


def read(picture, format="PNG"):
    return read_pixels(saved(picture, format))


@pytest.mark.parametrize("format", ["PNG", "GIF", "BMP"])
@pytest.mark.parametrize("mode", ["RGB", "L", "1", "P"])
def test_dark_pixels_are_true_in_all_formats(format, mode):
    pixels = read(painted(SOLID).convert(mode), format)
    assert pixels.dark.tolist() == SOLID.tolist()
    assert (pixels.pure, pixels.others, pixels.frames) == (True, 0, 1)


@pytest.mark.parametrize("colors", [((0, 0, 120), (255, 240, 200)), ((90, 20, 30), (140, 220, 90))])
def test_any_two_colours_will_do(colors):
    assert read(painted(SOLID, *colors)).dark.tolist() == SOLID.tolist()


def test_clear_pixels_are_white():
    picture = painted(np.ones_like(SOLID)).convert("RGBA")
    picture.putalpha(Image.fromarray((255 * SOLID).astype(np.uint8)))
    assert read(picture).dark.tolist() == SOLID.tolist()


def test_sixteen_bits_of_gray():
    picture = Image.fromarray(np.where(SOLID, 1000, 50_000).astype(np.uint16))
    assert read(picture).dark.tolist() == SOLID.tolist()


def test_other_colours_are_light():
    picture = np.asarray(with_blocks(SOLID, 4)).copy()
    picture[4:8, 4:8] = 255, 0, 0
    pixels = read(Image.fromarray(picture))
    assert pixels.dark.tolist() == np.kron(SOLID, np.ones((4, 4))).astype(bool).tolist()
    assert pixels.others == 16


def test_shades_are_noticed():
    assert not read(with_blocks(SOLID, 4).resize((50, 50), Image.BICUBIC)).pure


def test_the_first_of_several_pictures_is_read():
    stream = io.BytesIO()
    painted(SOLID).save(stream, "GIF", save_all=True, append_images=[painted(~SOLID)])
    pixels = read_pixels(stream.getvalue())
    assert (pixels.dark.tolist(), pixels.frames) == (SOLID.tolist(), 2)


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def header(width, height):
    """Beginning of a PNG file of this size."""
    size = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + size + chunk(b"IDAT", b"")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (saved(Image.new("RGB", (9, 9), "navy")), "this picture has one colour only"),
        (header(50_000, 50_000), "this picture has more than the 25,000,000 pixels allowed"),
        (header(9_000, 9_000), "this picture has 81,000,000 pixels, more than the 25,000,000 allo"),
        (header(9, 9), r"this picture cannot be read \(.*\); save it as PNG"),
        (saved(painted(SOLID))[:60], r"this picture cannot be read \(.*\); save it as PNG"),
        (b"BMxxxx", "this picture is damaged at its beginning; save it as PNG"),
    ],
)
def test_what_cannot_be_read_is_refused(data, sentence):
    with pytest.raises(MazeError, match=sentence):
        read_pixels(data)


def test_many_colours_are_refused():
    thirds = np.repeat([[0, 1, 2]], 9, axis=0)
    colors = np.array([(255, 255, 255), (0, 0, 0), (255, 0, 0)], dtype=np.uint8)
    with pytest.raises(MazeError, match="more than two colours"):
        read(Image.fromarray(colors[thirds]))
