"""Films of maps: how they are drawn, saved, and read back."""

import numpy as np
from PIL import Image
from support.extras import required

from gridemp import Maze, World, empowerment
from gridemp.render.figures.heatmap import heatmap
from gridemp.render.films.maps import frames, save_animation
from gridemp.render.layout.style import look

DPI = 60


def ffmpeg():
    """The ffmpeg of the extra `mp4`."""
    return required("imageio_ffmpeg").get_ffmpeg_exe()


def room(height, width, name="room"):
    return empowerment(World.from_maze(Maze(np.ones((height, width)), name=name)), 2)


def drawn(emaps, **looks):
    with look():
        images = list(frames(emaps, **{"dpi": DPI} | looks))
    return np.array([np.asarray(image).astype(int) for image in images])


def saved(path, emaps, **options):
    with look():
        save_animation(emaps, path, **{"dpi": DPI} | options)
    return path


def gif_frames(path):
    with Image.open(path) as gif:
        shown = []
        for i in range(gif.n_frames):
            gif.seek(i)
            shown.append(np.asarray(gif.convert("RGB")).astype(int))
    return np.array(shown)


def map_pixels(emaps, images, dpi=DPI, **looks):
    """Top, bottom, left and right of the map in pixels, if it is where `heatmap` alone puts it."""
    ends = {"vmin": min(e.bits.min() for e in emaps), "vmax": max(e.bits.max() for e in emaps)}
    with look():
        ax = heatmap(emaps[0], **ends | looks, legend=False)
        figure = ax.figure
        figure.set_dpi(dpi)
        box, (wide, high) = ax.get_window_extent(), figure.bbox.size
    assert images.shape[2] == int(wide)
    assert images.shape[1] >= int(high)  # a key may stand below
    return high - box.y1, high - box.y0, box.x0, box.x1


def pixel(bounds, shape, row, col):
    """Row and column of the pixel a quarter of the way into a cell, off its middle and edges."""
    top, bottom, left, right = bounds
    down = top + (row + 0.25) / shape[0] * (bottom - top)
    return int(down), int(left + (col + 0.25) / shape[1] * (right - left))
