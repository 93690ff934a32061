"""One palette for all images of a film.

Colours are chosen one by one. Each is the colour of the images whose squared distance from the
chosen ones, summed over its pixels, is largest. So areas keep their exact colours, and errors are
confined to the edges of letters.
"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from gridemp.typing import Array

MAX_COLORS = 255  # of the 256 of a GIF; one stays free for "as in the frame before"


def indexed(images: Iterable[Image.Image]) -> list[Image.Image]:
    """Return RGB images in at most 255 colours that all of them share, without dithering."""
    places = np.array([1 << 16, 1 << 8, 1], dtype=np.uint32)
    coded = [np.asarray(image).astype(np.uint32) @ places for image in images]
    counted = [np.unique(codes, return_counts=True) for codes in coded]
    codes, same = np.unique(np.concatenate([codes for codes, _ in counted]), return_inverse=True)
    pixels = np.bincount(same, np.concatenate([counts for _, counts in counted]).astype(float))
    colors = np.stack([codes >> 16, codes >> 8 & 255, codes & 255], axis=1).astype(float)
    chosen, nearest = _palette(colors, np.asarray(pixels, dtype=np.float64))
    palette = colors[chosen].astype(np.uint8).tobytes()
    result = []
    for image in coded:
        result.append(Image.fromarray(nearest[np.searchsorted(codes, image)]))
        result[-1].putpalette(palette)
    return result


def _palette(colors: Array, pixels: Array) -> tuple[list[int], NDArray[np.uint8]]:
    """Choose the colours of a palette.

    Parameters
    ----------
    colors : ndarray, shape (U, 3)
        Distinct colours.
    pixels : ndarray, shape (U,)
        Number of pixels of each colour.

    Returns
    -------
    chosen : list of int
        Indices into `colors`, at most `MAX_COLORS`.
    nearest : ndarray of uint8, shape (U,)
        Index into `chosen` of the colour that replaces each colour.
    """
    chosen = [int(np.argmax(pixels))]
    error = np.full(len(colors), np.inf)
    nearest = np.zeros(len(colors), dtype=np.uint8)
    while True:
        distance = ((colors - colors[chosen[-1]]) ** 2).sum(axis=1)
        nearest[distance < error] = len(chosen) - 1
        error = np.minimum(distance, error)
        if len(chosen) == MAX_COLORS or not error.any():
            return chosen, nearest
        chosen.append(int(np.argmax(pixels * error)))
