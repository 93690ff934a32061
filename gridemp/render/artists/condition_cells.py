"""Coloured cells for pairs of conditions, with a value and its uncertainty written in each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.patches import Patch, Rectangle

from gridemp.render.artists.numbers import readable_on
from gridemp.render.layout.boxes import axes_inches
from gridemp.render.layout.style import STATELESS_COLOR
from gridemp.render.layout.text import MIN_FONT_SIZE, font_points, line_inches, text_inches
from gridemp.typing import Array, Mask

SHARE = 0.9  # of a cell that a text may fill
SMALLER = 0.8  # size of the uncertainty, relative to that of the value
INSET = 0.05  # of a cell, between its edge and the frame that marks it
MISSING: dict[str, Any] = {"facecolor": STATELESS_COLOR, "edgecolor": "0.65", "hatch": "////"}


@dataclass(frozen=True, eq=False)
class ConditionCells:
    """Values of all pairs of conditions, and their texts.

    Attributes
    ----------
    x, y : str
        Labels of the axes.
    x_names, y_names : sequence of str
        Names of the conditions, from left to right and from bottom to top.
    values : ndarray, shape (H, W)
        Value of each pair, which has a colour; NaN where there is none.
    texts, uncertainties : sequence of sequence of str
        Texts of each value, and of its uncertainty, by row.
    marked : ndarray of bool, shape (H, W)
        True for the cells that have a frame.
    """

    x: str
    y: str
    x_names: Sequence[str]
    y_names: Sequence[str]
    values: Array
    texts: Sequence[Sequence[str]]
    uncertainties: Sequence[Sequence[str]]
    marked: Mask


def draw_condition_cells(ax: Axes, cells: ConditionCells, low: float, high: float) -> Any:
    """Draw cells with their texts, frames and axes; return the colours for a colourbar."""
    height, width = cells.values.shape
    edges = np.arange(width + 1) - 0.5, np.arange(height + 1) - 0.5
    values = np.ma.masked_invalid(cells.values)
    colors: ScalarMappable = ax.pcolormesh(
        *edges, values, vmin=low, vmax=high, edgecolors="white", linewidth=1.0
    )
    ax.grid(visible=False)
    ax.tick_params(length=0)
    ax.set_xticks(range(width), cells.x_names)
    ax.set_yticks(range(height), cells.y_names)
    ax.set(xlabel=cells.x, ylabel=cells.y, xlim=(-0.5, width - 0.5), ylim=(-0.5, height - 0.5))
    ax.spines[:].set_visible(False)
    sizes = text_sizes(ax, cells)
    for row, col in np.ndindex(height, width):
        if np.isnan(cells.values[row, col]):
            corner = (col - 0.5, row - 0.5)
            ax.add_patch(Rectangle(corner, 1, 1, **MISSING, linewidth=0, gid="missing"))
            continue
        (ink,) = readable_on(colors.to_rgba(cells.values[[row], col]))
        if cells.marked[row, col]:
            corner, side = (col - 0.5 + INSET, row - 0.5 + INSET), 1 - 2 * INSET
            ax.add_patch(Rectangle(corner, side, side, **frame(ink), gid="mark"))
        _write(ax, (col, row), cells.texts[row][col], cells.uncertainties[row][col], sizes, ink)
    return colors


def frame(ink: str) -> dict[str, Any]:
    """Look of the frame that marks a cell."""
    return {"facecolor": "none", "edgecolor": ink, "linewidth": 1.0, "linestyle": (0, (4, 2))}


def mark_entry(text: str) -> tuple[Patch, str]:
    """Entry of a key that explains the frame."""
    return Patch(**frame("black"), gid="mark"), text


def text_sizes(ax: Axes, cells: ConditionCells) -> tuple[float, float]:
    """Sizes in points of values and of uncertainties; 0 for those that do not fit their cells."""
    across, up = (
        inches / count
        for inches, count in zip(axes_inches(ax), reversed(cells.values.shape), strict=True)
    )
    most = font_points("axes.labelsize")
    texts, uncertainties = (
        [text for row in rows for text in row if text]
        for rows in (cells.texts, cells.uncertainties)
    )
    value = min(most, _fitting(texts, SHARE * across), most * SHARE * up / line_inches(most))
    if value < MIN_FONT_SIZE:
        return 0.0, 0.0
    smaller = min(SMALLER * value, _fitting(uncertainties, SHARE * across))
    if smaller < MIN_FONT_SIZE or line_inches(value) + line_inches(smaller) > up:
        return value, 0.0
    return value, smaller


def _fitting(texts: Sequence[str], inches: float) -> float:
    """Largest size in points at which all texts are no wider than some inches."""
    widest = max((text_inches(text, 10.0) for text in texts), default=0.0)
    return 10.0 * inches / widest if widest else np.inf


def _write(
    ax: Axes,
    place: tuple[float, float],
    text: str,
    uncertainty: str,
    sizes: tuple[float, float],
    ink: str,
) -> None:
    """Write a value into the middle of a cell, and its uncertainty below."""
    of_value, of_uncertainty = sizes
    both = bool(uncertainty and of_uncertainty)
    look: dict[str, Any] = {"textcoords": "offset points", "ha": "center", "color": ink}
    if of_value:
        above = 0.15 * of_value if both else 0.0
        align = "bottom" if both else "center_baseline"
        ax.annotate(
            text, place, (0, above), va=align, fontsize=of_value, gid="value", zorder=5, **look
        )
    if both:
        below = (0, -0.15 * of_value)
        ax.annotate(
            uncertainty,
            place,
            below,
            va="top",
            fontsize=of_uncertainty,
            gid="uncertainty",
            zorder=5,
            **look,
        )
