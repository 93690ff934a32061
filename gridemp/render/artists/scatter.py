"""The empowerment of cells against another quantity, and the correlation of the two."""

import math

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from gridemp.engine.map import INVISIBLE_GAP, EmpowermentMap
from gridemp.information.correlation import pearson, spearman
from gridemp.render.layout.boxes import axes_inches
from gridemp.render.layout.text import (
    font_points,
    line_inches,
    widest_line_inches,
    with_minus_signs,
)
from gridemp.report.captions import bar_label
from gridemp.typing import Array

POINT_COLOR = "#0072B2"
MARGIN = 0.06  # of the range: the space around the points
MAX_VECTOR_POINTS = 2500
FEW, MANY = 3.6, 2.2  # points of print across a mark, if there are few or many
PAD = 0.06  # inches around the text


def draw_scatter(ax: Axes, emap: EmpowermentMap, values: Array, label: str) -> Axes:
    """Draw a point for each state of a map, and write Pearson's r and Spearman's rho.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Axes to draw on.
    emap : EmpowermentMap
        Map of T states. If it has bounds that can be told apart, lines lead from the lower to the
        upper ones.
    values : ndarray, shape (T,)
        The other quantity, NaN where there is none. Such states are left out, and the text says how
        many remain.
    label : str
        Name of the quantity, with its unit.

    Returns
    -------
    matplotlib.axes.Axes
    """
    known = np.isfinite(values)
    x, bits, gap = values[known], emap.bits[known], emap.gap[known]
    draw_points(ax, x, bits)
    top = bits
    if gap.size and gap.max() > INVISIBLE_GAP:
        top = bits + gap
        ax.vlines(x, bits, top, colors=POINT_COLOR, linewidth=0.6, alpha=0.4, gid="bounds")
    text = correlation_text(x, bits, len(values), float(gap.max(initial=0.0)))
    ax.set_xlim(axis_limits(x))
    ax.set_ylim(axis_limits(np.concatenate([bits, top])))
    _write(ax, text, np.tile(x, 2), np.concatenate([bits, top]))
    ax.set_xlabel(label)
    ax.set_ylabel(bar_label([emap]))
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_locator(MaxNLocator(5, steps=[1, 2, 2.5, 5, 10]))
    ax.spines[["top", "right"]].set_visible(False)
    return ax


def draw_points(ax: Axes, x: Array, y: Array, size: float = FEW) -> None:
    """Draw a mark for each pair of values, `size` points of print wide if they are few."""
    many = len(x) > MAX_VECTOR_POINTS
    ax.plot(
        x,
        y,
        linestyle="none",
        marker="o",
        markersize=size * MANY / FEW if many else size,
        markerfacecolor=POINT_COLOR,
        markeredgewidth=0.0,
        alpha=0.35 if many else 0.6,
        rasterized=many,
        gid="cells",
    )


def correlation_text(x: Array, bits: Array, states: int, gap: float) -> str:
    """Both coefficients as text, and the number of states used if some are left out."""
    lines = [f"Pearson r {rounded(pearson(x, bits))}"]
    lines += [f"Spearman \N{GREEK SMALL LETTER RHO} {rounded(spearman(bits, x, gap))}"]
    lines += [f"{len(x)} of {states} cells"] if len(x) < states else []
    return "\n".join(lines)


def rounded(r: float) -> str:
    """A coefficient with two decimals."""
    if math.isnan(r):
        return "undefined"
    return with_minus_signs(f"= {round(r, 2) + 0.0:.2f}")  # no -0.00


def axis_limits(values: Array) -> tuple[float, float]:
    """Limits of an axis with some space around values."""
    if not values.size:
        return 0.0, 1.0
    low, high = float(values.min()), float(values.max())
    if high - low <= 1e-9 * max(abs(low), abs(high), 1.0):
        return low - 0.5, high + 0.5
    return low - MARGIN * (high - low), high + MARGIN * (high - low)


def _write(ax: Axes, text: str, x: Array, y: Array) -> None:
    """Write a text into a corner without points, or above all of them."""
    size = font_points("legend.fontsize")
    wide, high = axes_inches(ax)
    across = (widest_line_inches(text, size) + 2 * PAD) / wide
    up = (len(text.splitlines()) * line_inches(size) + 2 * PAD) / high
    (left, right), (bottom, top) = ax.get_xlim(), ax.get_ylim()
    at_x, at_y = (x - left) / (right - left), (y - bottom) / (top - bottom)
    falling = pearson(x, y) < 0
    corners = [(falling, True), (not falling, False), (not falling, True), (falling, False)]
    for is_right, is_top in corners:
        inside = (at_x > 1 - across) if is_right else (at_x < across)
        inside &= (at_y > 1 - up) if is_top else (at_y < up)
        if not inside.any():
            break
    else:
        is_right, is_top = falling, True
        ax.set_ylim(bottom, bottom + (top - bottom) / max(1 - up, 0.3))
    ax.text(
        1 - PAD / wide if is_right else PAD / wide,
        1 - PAD / high if is_top else PAD / high,
        text,
        transform=ax.transAxes,
        ha="right" if is_right else "left",
        va="top" if is_top else "bottom",
        fontsize=size,
        gid="correlation",
    )
