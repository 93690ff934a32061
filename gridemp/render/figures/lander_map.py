"""The estimated empowerment of the lander by place, with the ground and the landing pad.

A map of several seeds stands above one of its standard errors.
"""

from typing import Any

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.lines import Line2D
from matplotlib.patheffects import withStroke
from matplotlib.ticker import MaxNLocator

from gridemp.arguments import check_kinds
from gridemp.lander.result import LanderMap
from gridemp.render.artists.map_key import sign_size
from gridemp.render.artists.maze_axes import MAX_VECTOR_CELLS
from gridemp.render.artists.walls_and_objects import ring
from gridemp.render.layout.boxes import Box, arrange
from gridemp.render.layout.colorbars import colorbar_inches, draw_colorbar
from gridemp.render.layout.keys import with_map_key
from gridemp.render.layout.legends import LegendEntry, draw_map_legend
from gridemp.render.layout.margins import TICK_LENGTH, with_bar_label, with_title, x_labels_inches
from gridemp.render.layout.text import em, line_inches, text_inches, with_minus_signs
from gridemp.render.layout.titles import figure_title
from gridemp.typing import Array

SIDE = 5.0  # inches of the map from left to right
ASPECT = 2 / 3  # height over width of the screen
GROUND_COLOR, GROUND_LINE = "0.8", "0.15"
POLE_HEIGHT, FLAG_SIZE = 0.25, (0.083, 0.05)  # half screens, as the environment draws them
FLAT = 1e-3  # bits of range, up to which a map has one colour
LABEL = "empowerment, estimated [bits]"
ERROR_LABEL = "standard error [bits]"
UNSURE = "magma_r"  # a small standard error is pale


def draw_lander_map(
    lmap: LanderMap,
    ax: Axes | None = None,
    *,
    width: float | None = None,
    title: str | bool = True,
    legend: bool = True,
) -> Axes:
    """Draw the estimated empowerment of places on the screen, with the ground and a ringed peak.

    Parameters
    ----------
    lmap : LanderMap
        Map to draw, in bits. The ground is drawn where the lander would be if it stood on it.
    ax : matplotlib.axes.Axes, optional
        Axes to draw on; by default those of a new figure, which also shows the standard errors if
        there are any. The colourbar stands to the right of the
        axes, so create a figure with several axes with `layout="constrained"`.
    width : float, optional
        Width of the new figure in inches.
    title : str or bool
        Title; if True, it gives all settings of the estimate.
    legend : bool
        If True, explain the ring in a legend below the map; not on given axes.

    Returns
    -------
    matplotlib.axes.Axes
        Axes of the estimates, in half screens: x from the middle, y from the height of a lander on
        the pad.

    Examples
    --------
    >>> from gridemp import render
    >>> from gridemp.lander import MapSettings, lander_map
    >>> lmap = lander_map(MapSettings(horizon=1, frames=20, repeats=1, shape=(3, 4)))
    >>> render.draw_lander_map(lmap, title="Lander").get_title()
    'Lander'
    """
    check_kinds(draw_lander_map, locals())
    low, high = color_range(lmap)
    text = figure_title(title, lmap.caption)
    has_peak = float(np.nanmax(lmap.bits)) - lmap.lowest > FLAT
    entries = [peak_entry(lmap)] if legend and has_peak and ax is None else []
    below = x_labels_inches()
    under = None
    if ax is None:
        ticks = text_inches("\N{MINUS SIGN}0.5", matplotlib.rcParams["ytick.labelsize"])
        left = ticks + line_inches(matplotlib.rcParams["axes.labelsize"]) + 1.3 * em() + TICK_LENGTH
        right = colorbar_inches(low, high) + 0.05
        box = Box(ASPECT, left=left, right=right, bottom=below)
        box = with_bar_label(box, LABEL, side=SIDE, width=width)
        box, text = with_title(box, text, side=SIDE, width=width)
        box, entries = with_map_key(box, entries, SIDE, width)
        rows = [[box]]
        if lmap.standard_error is not None:
            rows.append([box._replace(top=0.2, bottom=below)])
        _, ((ax,), *others) = arrange(rows, side=SIDE, width=width)
        under = others[0][0] if others else None
    cells = _draw_places(ax, lmap, lmap.bits, vmin=low, vmax=high)
    _draw_ground(ax, lmap)
    if has_peak:
        _draw_peak(ax, lmap)
    _label_axes(ax)
    ax.set_title(text, parse_math=False)
    draw_colorbar(ax, cells, LABEL)
    draw_map_legend(ax, entries, below)
    if under is not None and lmap.standard_error is not None:
        most = max(float(np.nanmax(lmap.standard_error)), FLAT)
        errors = _draw_places(under, lmap, lmap.standard_error, vmin=0.0, vmax=most, cmap=UNSURE)
        _draw_ground(under, lmap)
        _label_axes(under)
        draw_colorbar(under, errors, ERROR_LABEL)
    return ax


def _label_axes(ax: Axes) -> None:
    ax.set_xlabel("x [half screens]")
    ax.set_ylabel("height [half screens]")
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_locator(MaxNLocator(5, steps=[1, 2, 5, 10]))


def peak_entry(lmap: LanderMap) -> LegendEntry:
    """Return the entry of the key: the ring of the peak, its value and its place."""
    x, y, bits = lmap.peak
    text = with_minus_signs(f"peak: {bits:.2f} bits at ({x:.2f}, {y:.2f})")
    return Line2D([], [], **ring(sign_size(), 1.0), gid="peak"), text


def color_range(lmap: LanderMap) -> tuple[float, float]:
    """Return the lowest and the highest value, or 0 and the highest if they are nearly equal."""
    low, high = lmap.lowest, float(np.nanmax(lmap.bits))
    if high - low > FLAT:
        return low, high
    return 0.0, high if high > FLAT else 1.0


def _draw_places(ax: Axes, lmap: LanderMap, bits: Array, **colors: Any) -> ScalarMappable:
    """Draw values of the places as coloured cells, or as an image if there are many."""
    left, right, bottom, top = lmap.screen
    values = np.ma.masked_invalid(bits)
    height, width = values.shape
    ax.set_xlim(left, right)
    ax.set_ylim(bottom, top)
    if values.size > MAX_VECTOR_CELLS:
        return ax.imshow(
            values,
            extent=lmap.screen,
            origin="lower",
            aspect="auto",
            interpolation="nearest",
            **colors,
        )
    x, y = np.linspace(left, right, width + 1), np.linspace(bottom, top, height + 1)
    # Edges in the colour of their cell close the hairlines that viewers show between vector cells.
    return ax.pcolormesh(x, y, values, edgecolors="face", linewidth=0.2, shading="flat", **colors)


def _draw_ground(ax: Axes, lmap: LanderMap) -> None:
    """Draw the ground over the lower parts of cells, and a flag at each end of the pad."""
    x, y = lmap.ground.T
    ax.fill_between(x, y, lmap.screen[2], color=GROUND_COLOR, linewidth=0, zorder=2, gid="ground")
    ax.plot(x, y, color=GROUND_LINE, linewidth=1.0, zorder=2.5, gid="ground line")
    casing = [withStroke(linewidth=2.2, foreground="white")]
    wide, high = FLAG_SIZE
    for flag in lmap.pad:
        foot = float(np.interp(flag, x, y))
        top = foot + POLE_HEIGHT
        ax.plot(
            [flag, flag, flag + wide, flag],
            [foot, top, top - high / 2, top - high],
            color=GROUND_LINE,
            linewidth=1.0,
            solid_joinstyle="miter",
            path_effects=casing,
            zorder=2.4,
            gid="flag",
        )


def _draw_peak(ax: Axes, lmap: LanderMap) -> None:
    """Draw a ring around the highest value."""
    x, y, _ = lmap.peak
    ax.plot(x, y, **ring(6, 1.0), zorder=4, gid="peak")
