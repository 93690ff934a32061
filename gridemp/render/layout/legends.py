"""A key under a map: signs and what they mean, in as many rows as they need."""

import math
from collections.abc import Sequence
from typing import Any

import matplotlib
from matplotlib.artist import Artist
from matplotlib.axes import Axes

from gridemp.render.layout.boxes import POINTS, Box, font_points, inches, line_inches, text_inches
from gridemp.render.layout.margins import labels_below

Key = tuple[Artist, str]

HANDLE, PAD, SPACE = 1.4, 0.5, 1.3  # font sizes: a sign, the gap to its text, that to the next
GAP = 0.02  # inches above it
LINE = 1.2  # of the height of a text


def with_key(box: Box, labels: Sequence[str], side: float, width: float | None = None) -> Box:
    """The box with room below for a key; `side` and `width` are those of `layout.arrange`."""
    if not labels:
        return box
    across = side * min(1.0, 1 / box.aspect)
    if width is not None:
        across = min(width - box.left - box.right, across * 2)
    room = across + 2 * min(box.left, box.right)
    columns = columns_of(labels, room)
    beside = (_wide(labels, columns) - across) / 2 + 0.04
    return box._replace(
        left=max(box.left, beside),
        right=max(box.right, beside),
        bottom=box.bottom + key_inches(labels, columns),
    )


def columns_of(labels: Sequence[str], room: float) -> int:
    """How many entries stand side by side: as many as fit, in even rows."""
    fitting = (n for n in range(len(labels), 0, -1) if _wide(labels, n) <= room)
    most = next(fitting, 1)
    rows = math.ceil(len(labels) / most)
    return math.ceil(len(labels) / rows)


def key_inches(labels: Sequence[str], columns: int) -> float:
    """How high a key is, with the gap above."""
    rows = math.ceil(len(labels) / columns)
    return GAP + rows * LINE * line_inches(font_points("legend.fontsize"))


def draw_key(ax: Axes, key: Sequence[Key], under: float) -> None:
    """Under the axes, so many inches away, in the room that there is."""
    if not key:
        return
    labels = [label for _, label in key]
    wide, high = inches(ax)
    box = ax.get_position()
    whole = wide / box.width if box.width else wide
    room = wide + 2 * whole * min(box.x0, 1 - box.x1)
    ax.legend(
        [sign for sign, _ in key],
        labels,
        loc="upper center",
        bbox_to_anchor=(0.5, -(under + GAP) / high),
        ncols=columns_of(labels, room + 1e-6),
        frameon=False,
        borderpad=0,
        borderaxespad=0,
        handlelength=HANDLE,
        handletextpad=PAD,
        columnspacing=SPACE,
        labelspacing=0.3,
    )


def _wide(labels: Sequence[str], columns: int) -> float:
    """How wide a key of so many columns is; they are filled from top to bottom."""
    size = font_points("legend.fontsize")
    rows = math.ceil(len(labels) / columns)
    texts = [labels[i : i + rows] for i in range(0, len(labels), rows)]
    inside = sum(max(text_inches(text, size) for text in column) for column in texts)
    return 1.03 * inside + (len(texts) * (HANDLE + PAD + SPACE) - SPACE) * size / POINTS


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
