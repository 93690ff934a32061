"""Pixels of a picture, told apart into dark and light ones."""

import io
import warnings
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from gridemp.errors import MazeError
from gridemp.typing import Mask

MAX_PIXELS = 25_000_000
KINDS = ("PNG", "GIF", "BMP", "JPEG")
LUMINANCE = np.array([0.299, 0.587, 0.114])
SHADES = 32  # in each of red, green and blue that colours are counted by
MIN_CONTRAST = 60.0  # distance of the dark from the light colour, where black and white have 442
MAX_TINT = 0.25  # distance of a pixel from the line between both colours, as a share of its length

Colors = NDArray[np.floating]


class Pixels(NamedTuple):
    """Pixels of a picture in two colours.

    Attributes
    ----------
    dark : ndarray of bool, shape (H, W)
        True for the dark pixels. Pixels of other colours count as light.
    pure : bool
        True if each pixel has one of two colours; False if there are shades between them.
    others : int
        Number of pixels of other colours.
    frames : int
        Number of pictures in the file, of which the first is read.
    """

    dark: Mask
    pure: bool
    others: int
    frames: int


def read_pixels(data: bytes) -> Pixels:
    """Read the pixels of a picture.

    Parameters
    ----------
    data : bytes
        Contents of a PNG, GIF, BMP or JPEG file.

    Raises
    ------
    MazeError
        If the file cannot be read, is too large, or has one colour or too many.
    """
    colors, frames = _colors(data)
    index = colors[..., 0].astype(np.uint16)
    for channel in (1, 2):
        index *= SHADES
        index += colors[..., channel]
    counts = np.bincount(index.ravel(), minlength=SHADES**3)
    table = np.stack(np.unravel_index(np.arange(SHADES**3), (SHADES,) * 3), axis=1)
    shade = (table + 0.5) * (256 / SHADES)
    light, dark = _two_colors(shade, counts)
    line = dark - light
    share = (shade - light) @ line / (line @ line)
    tint = np.linalg.norm(shade - light - share[:, np.newaxis] * line, axis=1)
    other = tint > MAX_TINT * np.linalg.norm(line)
    is_dark = (share > 0.5) & ~other
    others, darks = int(counts[other].sum()), int(counts[is_dark].sum())
    if 2 * others > darks:
        raise MazeError(
            "this picture has more than two colours, so that walls cannot be told from floor; "
            "draw dark walls on a light floor"
        )
    between = (share > 0.1) & (share < 0.9) & ~other
    return Pixels(is_dark[index], not counts[between].any(), others, frames)


def _colors(data: bytes) -> tuple[NDArray[np.uint8], int]:
    """Red, green and blue of each pixel, from 0 to 31, on white; and the number of pictures."""
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # sizes are checked here
            with Image.open(io.BytesIO(data), formats=KINDS) as picture:
                width, height = picture.size
                if width * height <= MAX_PIXELS:
                    return _on_white(picture) // (256 // SHADES), getattr(picture, "n_frames", 1)
    except Image.DecompressionBombError:
        raise MazeError(f"this picture has more than the {MAX_PIXELS:,} pixels allowed") from None
    except UnidentifiedImageError:
        raise MazeError("this picture is damaged at its beginning; save it as PNG") from None
    except Exception as error:  # reading damaged bytes may raise anything
        reason = " ".join(f"{error}".split()) or type(error).__name__
        raise MazeError(f"this picture cannot be read ({reason[:200]}); save it as PNG") from None
    raise MazeError(
        f"this picture has {width * height:,} pixels, more than the {MAX_PIXELS:,} allowed; make "
        "it smaller"
    )


def _on_white(picture: Any) -> NDArray[np.uint8]:
    """Red, green and blue of each pixel of an open picture, with white behind what is clear."""
    from PIL import Image

    if picture.mode[0] in "IF":  # sixteen bits or more of gray
        gray = np.asarray(picture, dtype=float)
        gray = 255 * gray / max(1.0, gray.max())
        return np.repeat(gray.clip(0, 255).astype(np.uint8)[..., np.newaxis], 3, axis=2)
    if "A" in picture.mode or "transparency" in picture.info:
        white = Image.new("RGBA", picture.size, "white")
        white.alpha_composite(picture.convert("RGBA"))
        picture = white
    return np.asarray(picture.convert("RGB"))


def _two_colors(shade: Colors, counts: NDArray[np.int64]) -> tuple[Colors, Colors]:
    """Light and dark colour of a picture: its most common one, and the one that stands out most."""
    common = shade[counts.argmax()]
    distance = np.linalg.norm(shade - common, axis=1)
    weight = counts * np.where(distance < MIN_CONTRAST, 0, distance**2)
    if not weight.any():
        raise MazeError("this picture has one colour only; draw dark walls on a light floor")
    other = shade[weight.argmax()]
    return (common, other) if common @ LUMINANCE > other @ LUMINANCE else (other, common)
