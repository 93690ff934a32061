"""Borders between the maps of a phase diagram whose peaks are in different cells."""

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.collections import LineCollection
from matplotlib.patheffects import withStroke
from numpy.lib.stride_tricks import sliding_window_view

from gridemp.render.artists.numbers import readable_on
from gridemp.render.layout.boxes import axes_inches
from gridemp.render.layout.text import MIN_FONT_SIZE, POINTS_PER_INCH, font_points, text_inches
from gridemp.sweeps.phase import PhaseDiagram, Place
from gridemp.typing import Cell, Mask

BORDER: dict[str, Any] = {
    "color": "black",
    "linewidth": 1.2,
    "path_effects": [withStroke(linewidth=2.8, foreground="white")],
}
PAD = 6.0  # points beside a text


def draw_peak_borders(
    ax: Axes, diagram: PhaseDiagram, cells: ScalarMappable, places: Sequence[Place] = ()
) -> None:
    """Draw borders between maps with peaks in different cells, and name the cells of the peaks.

    The cell of a region is written where there is room for it, off the path between some `places`.
    """
    regions = peak_regions(diagram.peaks)
    lines = LineCollection(border_segments(regions), **BORDER, zorder=3, gid="border")
    ax.add_collection(lines, autolim=False)
    free = ~taken_by(places, diagram.bits.shape)
    across, up = (POINTS_PER_INCH * side for side in axes_inches(ax))
    height, width = diagram.bits.shape
    size = font_points("xtick.labelsize")
    for number in range(int(regions.max()) + 1):
        region = regions == number
        row, col = np.argwhere(region)[0]
        text = peak_text(diagram.peaks[row][col])
        long = POINTS_PER_INCH * text_inches(text, size) + PAD
        for points in (size, MIN_FONT_SIZE):
            window = (
                math.ceil(height * 1.3 * points / up),
                math.ceil(width * long * points / size / across),
            )
            if (middle := room_for(window, region & free)) is not None:
                break
        else:
            continue
        shade = cells.to_rgba(diagram.bits[[round(middle[0])], [round(middle[1])]])
        ax.text(
            middle[1],
            middle[0],
            text,
            color=readable_on(shade)[0],
            fontsize=points,
            ha="center",
            va="center_baseline",
            zorder=4,
            gid="peak cell",
        )


def taken_by(places: Sequence[Place], shape: tuple[int, int]) -> Mask:
    """True for the cells of a diagram of Y x X maps that a path through some of them crosses."""
    taken = np.zeros(shape, dtype=bool)
    for start, end in pairwise([*places[:1], *places]):
        steps = 4 * (abs(end[0] - start[0]) + abs(end[1] - start[1])) + 1
        rows, cols = np.linspace(start, end, steps).round().astype(int).T
        taken[rows, cols] = True
    return taken


def room_for(window: tuple[int, int], chosen: Mask) -> tuple[float, float] | None:
    """Middle (row, col) of a window of cells that are all chosen, near the middle of all of them.

    Parameters
    ----------
    window : (int, int)
        Numbers of cells up and across.
    chosen : ndarray of bool, shape (Y, X)
        Cells of a diagram.

    Returns
    -------
    tuple of float, or None
        None if no such window is large enough.
    """
    if window[0] > chosen.shape[0] or window[1] > chosen.shape[1]:
        return None
    corners = np.argwhere(sliding_window_view(chosen, window).all(axis=(2, 3)))
    if not len(corners):
        return None
    middles = corners + (np.array(window) - 1) / 2
    away = np.abs(middles - np.argwhere(chosen).mean(axis=0)).sum(axis=1)
    row, col = middles[away.argmin()].tolist()
    return row, col


def peak_text(peaks: Sequence[Cell]) -> str:
    """Cell of a peak as text, with the number of other cells that may be as high."""
    x, y = peaks[0]
    return f"({x}, {y})" + (f" +{len(peaks) - 1}" if len(peaks) > 1 else "")


def peak_regions(peaks: Sequence[Sequence[Sequence[Cell]]]) -> Any:
    """Number the connected regions of maps with the same peaks, from 0; -1 where there is no map.

    Parameters
    ----------
    peaks : sequence of sequences of sequences of (x, y)
        Peaks of each map, by row and column.

    Returns
    -------
    ndarray of int, shape (Y, X)
    """
    height, width = len(peaks), len(peaks[0])
    regions = np.full((height, width), -1)
    count = 0
    for start in np.ndindex(height, width):
        if regions[start] >= 0 or not peaks[start[0]][start[1]]:
            continue
        same, stack = peaks[start[0]][start[1]], [start]
        while stack:
            row, col = stack.pop()
            inside = 0 <= row < height and 0 <= col < width
            if inside and regions[row, col] < 0 and peaks[row][col] == same:
                regions[row, col] = count
                stack += [(row + 1, col), (row - 1, col), (row, col + 1), (row, col - 1)]
        count += 1
    return regions


def border_segments(regions: Any) -> list[list[tuple[float, float]]]:
    """Lines between neighbouring maps of different regions; none around missing maps."""
    right = (regions[:, 1:] != regions[:, :-1]) & (regions[:, 1:] >= 0) & (regions[:, :-1] >= 0)
    above = (regions[1:] != regions[:-1]) & (regions[1:] >= 0) & (regions[:-1] >= 0)
    segments = [
        [(col + 0.5, row - 0.5), (col + 0.5, row + 0.5)] for row, col in np.argwhere(right).tolist()
    ]
    segments += [
        [(col - 0.5, row + 0.5), (col + 0.5, row + 0.5)] for row, col in np.argwhere(above).tolist()
    ]
    return segments
