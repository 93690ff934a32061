"""Cells, contour lines and letters of a phase diagram, in the places of its maps."""

from collections.abc import Sequence
from typing import Any

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.collections import PatchCollection
from matplotlib.contour import QuadContourSet
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle
from matplotlib.patheffects import withStroke

from gridemp.render.artists.maze_axes import MAX_VECTOR_CELLS, tick_steps
from gridemp.render.artists.numbers import readable_on
from gridemp.render.artists.peak_borders import BORDER
from gridemp.render.layout.colorbars import color_limits, colorbar_ticks
from gridemp.render.layout.legends import LegendEntry
from gridemp.render.layout.style import STATELESS_COLOR
from gridemp.render.layout.text import (
    font_points,
)
from gridemp.report.captions import letter
from gridemp.sweeps.phase import PhaseDiagram, Place
from gridemp.sweeps.settings import NUMBERS, in_words, label_of
from gridemp.typing import Mask

MISSING: dict[str, Any] = {
    "facecolor": STATELESS_COLOR,
    "edgecolor": "0.65",
    "hatch": "////",
    "linewidth": 0,
}
NEAR = 0.02  # of the range of a diagram: distance of contours from its ends, where they are dots


def draw_phase(ax: Axes, diagram: PhaseDiagram, **colors: Any) -> ScalarMappable:
    """Draw the maps of a diagram as coloured cells of equal size, with the ticks of the settings.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Axes to draw on, which get the column and the row of each map as coordinates.
    diagram : PhaseDiagram
        The diagram.
    **colors
        Options of a matplotlib mesh: `cmap`, `vmin` and `vmax`.

    Returns
    -------
    matplotlib.cm.ScalarMappable
        Coloured cells, for a colourbar.
    """
    height, width = diagram.bits.shape
    values = np.ma.masked_invalid(diagram.bits)
    edges = np.arange(width + 1) - 0.5, np.arange(height + 1) - 0.5
    cells: ScalarMappable
    if values.size > MAX_VECTOR_CELLS:
        extent = (-0.5, width - 0.5, -0.5, height - 0.5)
        cells = ax.imshow(
            values, extent=extent, origin="lower", interpolation="nearest", aspect="auto", **colors
        )
    else:  # edges in the colour of the cell hide hairlines between cells
        cells = ax.pcolormesh(*edges, values, edgecolors="face", linewidth=0.2, **colors)
    _draw_missing(ax, np.isnan(diagram.bits))
    _draw_settings(ax, diagram)
    return cells


def draw_contours(ax: Axes, diagram: PhaseDiagram, cells: ScalarMappable) -> None:
    """Draw labelled lines of equal bits between the maps, at the ticks of the colourbar."""
    low, high = color_limits(cells)
    ticks, labels = colorbar_ticks(low, high)
    known = diagram.bits[~np.isnan(diagram.bits)]
    least, most = float(known.min()), float(known.max())
    near = NEAR * (most - least)
    texts = {
        tick: label
        for tick, label in zip(ticks, labels, strict=True)
        if least + near < tick < most - near
    }
    if not texts:
        return
    levels = list(texts)
    lines: QuadContourSet = ax.contour(
        np.ma.masked_invalid(diagram.bits),
        levels=levels,
        colors=readable_on(cells.to_rgba(np.array(levels))),
        linewidths=0.9,
        zorder=3,
    )
    lines.set_gid("contours")
    size = font_points("xtick.labelsize")
    for text in ax.clabel(lines, fmt=texts, fontsize=size, inline_spacing=3):
        text.set_gid("contour label")


def has_contours(diagram: PhaseDiagram) -> bool:
    """True if lines of equal bits make sense: both axes are numbers, and colours have no places."""
    return {diagram.x, diagram.y} <= set(NUMBERS) and diagram.value != "peak"


def draw_places(ax: Axes, places: Sequence[Place]) -> None:
    """Mark the places of some maps of a diagram with the letters of their panels, along a line."""
    rows, cols = zip(*places, strict=True)
    casing = [withStroke(linewidth=2.0, foreground="black")]
    line: dict[str, Any] = {"color": "white", "linewidth": 0.8, "linestyle": (0, (5, 3))}
    ax.plot(cols, rows, **line, path_effects=casing, zorder=3.5, gid="path")
    for i, (row, col) in enumerate(places):
        ax.text(
            col,
            row,
            letter(i),
            ha="center",
            va="center",
            fontsize=font_points("xtick.labelsize"),
            color="black",
            zorder=5,
            gid="place",
            bbox={"boxstyle": "circle,pad=0.25", "facecolor": "white", "linewidth": 0.8},
        )


def phase_entries(diagram: PhaseDiagram) -> list[LegendEntry]:
    """Entries of the key of a diagram: contour lines or borders, and missing maps."""
    entries: list[LegendEntry] = []
    ink: dict[str, Any] = {"color": matplotlib.rcParams["text.color"]}
    if has_contours(diagram):
        entries.append((Line2D([], [], **ink, linewidth=0.9, gid="contours"), "contours [bits]"))
    if diagram.value == "peak":
        entries.append((Line2D([], [], **BORDER, gid="border"), "peak in another cell (x, y)"))
        if any(len(peaks) > 1 for row in diagram.peaks for peaks in row):
            size = 1.6 * font_points("legend.fontsize")
            sign: dict[str, Any] = {
                "linestyle": "none",
                "marker": "$+n$",
                "markersize": size,
                **ink,
            }
            sign["markeredgewidth"] = 0
            entries.append((Line2D([], [], **sign), "more cells share it"))
    if diagram.missing:
        entries.append((Patch(**MISSING, gid="missing"), "not computed yet"))
    return entries


def tick_places(values: Sequence[Any], step: int) -> list[int]:
    """Places of the ticks on an axis: every `step`-th value, at round numbers if possible."""
    if step == 1 or isinstance(values[0], str):
        return list(range(0, len(values), step))
    differences = np.diff(values)
    if np.allclose(differences, differences[0]):
        multiples = np.array(values) / (step * differences[0])
        round_ones = np.flatnonzero(np.isclose(multiples, multiples.round()))
        if len(round_ones) > 1:
            return [int(place) for place in round_ones]
    return list(range(0, len(values), step))


def _draw_missing(ax: Axes, missing: Mask) -> None:
    """Hatch the places of maps that are not computed yet."""
    corners = [(col - 0.5, row - 0.5) for row, col in np.argwhere(missing).tolist()]
    if corners:
        squares = [Rectangle(corner, 1, 1) for corner in corners]
        ax.add_collection(PatchCollection(squares, **MISSING, gid="missing"), autolim=False)


def _draw_settings(ax: Axes, diagram: PhaseDiagram) -> None:
    """Set limits, ticks and labels of the axes."""
    height, width = diagram.bits.shape
    x_texts = [in_words(diagram.x, value) for value in diagram.x_values]
    y_texts = [in_words(diagram.y, value) for value in diagram.y_values]
    steps = tick_steps(ax, (height, width), max(map(len, x_texts)))
    ax.grid(visible=False)
    ax.tick_params(length=0 if steps == (1, 1) else 3)
    for axis, values, texts, step in zip(
        (ax.xaxis, ax.yaxis),
        (diagram.x_values, diagram.y_values),
        (x_texts, y_texts),
        steps,
        strict=True,
    ):
        ticks = tick_places(values, step)
        axis.set_ticks(ticks, labels=[texts[tick] for tick in ticks])
    ax.set_xlabel(label_of(diagram.x))
    ax.set_ylabel(label_of(diagram.y))
    ax.spines[:].set_visible(False)
    ax.set_xlim(-0.5, width - 0.5)
    ax.set_ylim(-0.5, height - 0.5)
