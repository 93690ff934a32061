"""Legends below axes: in the middle below a map, or at the left below a diagram of lines."""

import math
from collections.abc import Sequence
from itertools import islice
from typing import Any, NamedTuple

import matplotlib
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.legend import Legend
from matplotlib.offsetbox import HPacker, VPacker

from gridemp.render.layout.boxes import Box, axes_inches, even_columns
from gridemp.render.layout.margins import x_labels_inches
from gridemp.render.layout.text import POINTS_PER_INCH, font_points, line_inches, text_inches

LegendEntry = tuple[Artist, str]  # a handle and its label


class LegendStyle(NamedTuple):
    """Lengths within a legend, in font sizes, and the gap above it."""

    handle: float  # width of a handle
    pad: float  # space between a handle and its label
    column_spacing: float
    row_spacing: float
    row: float  # height of a row, in heights of a line of text
    gap: float  # inches above the legend, within the height of `legend_inches`

    @property
    def entry(self) -> float:
        """Width of an entry without its label, in font sizes."""
        return self.handle + self.pad + self.column_spacing


MAP_LEGEND = LegendStyle(
    handle=1.4, pad=0.5, column_spacing=1.3, row_spacing=0.3, row=1.2, gap=0.02
)


class Arrangement(NamedTuple):
    """Places of the entries of a legend below a map: in columns, or packed into centred rows."""

    rows: int
    columns: int
    width: float  # inches
    packed: tuple[int, ...] = ()  # number of entries in each row; empty if they are in columns


LINE_ENTRY = 5.0  # font sizes: width of an entry below a diagram, without its label


def legend_inches(entries: int, columns: int, style: LegendStyle = MAP_LEGEND) -> float:
    """Height of a legend below a map, with the gap above it, in inches."""
    if not entries:
        return 0.0
    rows = math.ceil(entries / columns)
    return rows * style.row * line_inches(font_points("legend.fontsize")) + style.gap


def draw_legend(
    ax: Axes,
    entries: Sequence[LegendEntry],
    columns: int,
    below: float,
    *,
    style: LegendStyle = MAP_LEGEND,
    at_left: bool = False,
) -> Legend:
    """Draw a legend below axes, and return it.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Axes above the legend.
    entries : sequence of (Artist, str)
        Handles and their labels.
    columns : int
        Number of entries side by side.
    below : float
        Inches from the axes to the legend.
    style : LegendStyle
        Lengths within the legend.
    at_left : bool
        If True, start the legend at the left of the axes instead of centring it.
    """
    return ax.legend(
        [handle for handle, _ in entries],
        [label for _, label in entries],
        loc="upper left" if at_left else "upper center",
        bbox_to_anchor=(0.0 if at_left else 0.5, -below / axes_inches(ax)[1]),
        **legend_arguments(columns, style),
    )


def legend_arguments(columns: int, style: LegendStyle) -> dict[str, Any]:
    """Arguments of a legend of matplotlib without a frame."""
    return {
        "ncols": columns,
        "frameon": False,
        "borderpad": 0,
        "borderaxespad": 0,
        "handlelength": style.handle,
        "handletextpad": style.pad,
        "columnspacing": style.column_spacing,
        "labelspacing": style.row_spacing,
    }


# Below a map


def with_legend(box: Box, labels: Sequence[str], side: float, width: float | None = None) -> Box:
    """Make room below a box for a legend; `side` and `width` are those of `placement`."""
    if not labels:
        return box
    across = side * min(1.0, 1 / box.aspect)
    if width is not None:
        across = min(width - box.left - box.right, across * 2)
    places = arrangement(labels, across + 2 * min(box.left, box.right))
    beside = (places.width - across) / 2 + 0.04
    return box._replace(
        left=max(box.left, beside),
        right=max(box.right, beside),
        bottom=box.bottom + legend_inches(places.rows, 1),
    )


def draw_map_legend(ax: Axes, entries: Sequence[LegendEntry], below: float) -> None:
    """Draw a legend in the middle below a map, in as few rows as the figure has room for.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Axes of the map.
    entries : sequence of (Artist, str)
        Handles and their labels.
    below : float
        Inches that the labels below the axes take.
    """
    if not entries:
        return
    width, _ = axes_inches(ax)
    box = ax.get_position()
    whole = width / box.width if box.width else width
    room = width + 2 * whole * min(box.x0, 1 - box.x1)
    places = arrangement([label for _, label in entries], room + 1e-6)
    legend = draw_legend(ax, entries, places.columns, below + MAP_LEGEND.gap)
    pack(legend, places)


def arrangement(labels: Sequence[str], room: float) -> Arrangement:
    """Return the arrangement of a legend below a map in the fewest rows that fit `room` inches.

    Entries stand in columns if these need no more rows than entries side by side of any width.
    """
    columns = map_columns(labels, room)
    width = map_legend_width(labels, columns)
    even = Arrangement(math.ceil(len(labels) / columns), columns, width)
    rows: list[list[str]] = [[]]
    for label in labels:
        longer = [*rows[-1], label]
        if rows[-1] and map_legend_width(longer, len(longer)) > room:
            rows.append([label])
        else:
            rows[-1] = longer
    width = max(map_legend_width(row, len(row)) for row in rows)
    packed = Arrangement(len(rows), columns, width, tuple(map(len, rows)))
    return packed if len(rows) < even.rows and width <= room else even


def pack(legend: Legend, places: Arrangement) -> None:
    """Move the entries of a legend into the centred rows of an arrangement, if it has any."""
    if not places.packed:
        return
    box: Any = legend._legend_handle_box  # type: ignore[attr-defined]
    entries = iter([entry for column in box.get_children() for entry in column.get_children()])
    points = font_points("legend.fontsize")
    sides: dict[str, Any] = {
        "pad": 0,
        "sep": MAP_LEGEND.column_spacing * points,
        "align": "baseline",
    }
    rows: list[Artist] = [
        HPacker(children=list(islice(entries, n)), **sides) for n in places.packed
    ]
    down = MAP_LEGEND.row_spacing * points
    box._children = [VPacker(children=rows, pad=0, sep=down, align="center")]
    box.set_figure(legend.get_figure(root=False))


def map_columns(labels: Sequence[str], room: float) -> int:
    """Number of columns of a legend below a map: as many as fit, in even rows."""
    fitting = (n for n in range(len(labels), 0, -1) if map_legend_width(labels, n) <= room)
    return even_columns(len(labels), next(fitting, 1))


def map_legend_width(labels: Sequence[str], columns: int) -> float:
    """Width of a legend below a map in inches; its columns are filled from top to bottom."""
    size = font_points("legend.fontsize")
    rows = math.ceil(len(labels) / columns)
    texts = [labels[i : i + rows] for i in range(0, len(labels), rows)]
    inside = sum(max(text_inches(text, size) for text in column) for column in texts)
    outside = len(texts) * MAP_LEGEND.entry - MAP_LEGEND.column_spacing
    return 1.03 * inside + outside * size / POINTS_PER_INCH


# Below a diagram of lines


def line_legend_inches(labels: Sequence[str], width: float) -> float:
    """Height of x axis labels and a legend below axes of some width, in inches."""
    rows = math.ceil(len(labels) / _line_columns(labels, width))
    legend = (rows + 0.5) * line_inches(matplotlib.rcParams["legend.fontsize"])
    return x_labels_inches() + legend + 0.1


def draw_line_legend(
    ax: Axes, labels: Sequence[str], handles: Sequence[Artist] | None = None
) -> None:
    """Draw a legend at the left below a diagram.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Axes of the diagram.
    labels : sequence of str
        Labels for which `line_legend_inches` made room.
    handles : sequence of Artist, optional
        Labelled handles; by default the labelled artists of the axes.
    """
    if handles is None:
        handles, texts = ax.get_legend_handles_labels()
    else:
        texts = [str(handle.get_label()) for handle in handles]
    style = MAP_LEGEND._replace(
        handle=2.8,
        column_spacing=1.2,
        pad=matplotlib.rcParams["legend.handletextpad"],
        row_spacing=matplotlib.rcParams["legend.labelspacing"],
    )
    draw_legend(
        ax,
        list(zip(handles, texts, strict=True)),
        _line_columns(labels, axes_inches(ax)[0]),
        x_labels_inches() + 0.04,
        style=style,
        at_left=True,
    )


def _line_columns(labels: Sequence[str], width: float) -> int:
    """Number of columns of a legend below a diagram, for one row or for rows as even as fit."""
    size = matplotlib.rcParams["legend.fontsize"]
    outside = LINE_ENTRY * line_inches(size) / 1.3
    widths = [text_inches(label, size) + outside for label in labels]
    if sum(widths) <= width:
        return len(labels)
    return even_columns(len(labels), max(1, int(width / max(widths))))
