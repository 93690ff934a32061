"""The legend of curves, below the label of their x axis, where no line is."""

import math
from collections.abc import Sequence
from typing import Any

import matplotlib
from matplotlib.axes import Axes

from gridemp.render.frames import labels_below
from gridemp.render.layout import inches, line_inches, text_inches


def draw_legend_below(
    ax: Axes, labels: Sequence[str], handles: Sequence[Any] | None = None
) -> None:
    """What the lines with these labels are, or these signs instead of lines."""
    wide, high = inches(ax)
    ax.legend(
        handles=handles,
        loc="upper left",
        bbox_to_anchor=(0.0, -(labels_below() + 0.04) / high),
        ncols=_columns(labels, wide),
        frameon=False,
        borderaxespad=0.0,
        borderpad=0.0,
        handlelength=2.8,
        columnspacing=1.2,
    )


def room_for_legend(labels: Sequence[str], across: float) -> float:
    """Inches below axes so many inches wide, with those of the x axis and its label."""
    rows = math.ceil(len(labels) / _columns(labels, across))
    under = (rows + 0.5) * line_inches(matplotlib.rcParams["legend.fontsize"])
    return labels_below() + under + 0.1


def _columns(labels: Sequence[str], across: float) -> int:
    """How many entries of the legend stand side by side: all, or as even rows as fit."""
    size = matplotlib.rcParams["legend.fontsize"]
    signs = 5 * line_inches(size) / 1.3
    wide = [text_inches(label, size) + signs for label in labels]
    if sum(wide) <= across:
        return len(labels)
    rows = math.ceil(len(labels) / max(1, int(across / max(wide))))
    return math.ceil(len(labels) / rows)
