"""Palettes are exact where 255 colours suffice, and near where they do not."""

import numpy as np
from PIL import Image

from gridemp.render.films.palette import indexed


def test_a_palette_is_exact_where_colours_suffice_and_near_where_not():
    rng = np.random.default_rng(0)
    few = rng.integers(0, 256, (200, 3), dtype=np.uint8)
    pixels = few[rng.integers(0, 200, (2, 40, 50))]
    images = [Image.fromarray(p) for p in pixels]
    for image, small in zip(images, indexed(images), strict=True):
        np.testing.assert_array_equal(np.asarray(small.convert("RGB")), np.asarray(image))
    ramp = np.arange(512 * 3).reshape(1, 512, 3) // 6
    areas = np.concatenate([np.full((50, 512, 3), 7), ramp]).astype(np.uint8)
    areas[:25, :, 1] = 200
    (small,) = indexed([Image.fromarray(areas)])
    off = np.abs(np.asarray(small.convert("RGB")).astype(int) - areas)
    assert off[:50].max() == 0
    assert off.max() <= 1
