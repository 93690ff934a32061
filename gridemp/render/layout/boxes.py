"""Boxes, the axes of a figure with their margins, and their arrangement in rows.

Axes are as large as possible, and margins only as wide as their texts need.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure, SubFigure

from gridemp.errors import GridempError
from gridemp.render.layout.notebook_figure import NotebookAxes, NotebookFigure

AnyFigure = Figure | SubFigure
MAX_HEIGHT = 9.0  # inches of a figure whose width is given: the height of a page
MAX_GROWTH = 2.0  # times `side`: the largest height of axes where a width is given
MIN_AXES_SIDE = 0.1  # inches of axes, below which nothing can be told apart
MIN_PANEL_WIDTH = 0.3  # inches of axes, below which a figure is refused
MAX_PIXELS = 2**16  # of a side of an image, a limit of matplotlib


class Box(NamedTuple):
    """Shape of axes, and their margins in inches."""

    aspect: float  # height over width
    left: float = 0.1
    right: float = 0.1
    bottom: float = 0.1
    top: float = 0.1


class Place(NamedTuple):
    """Place of axes in a figure, in inches from its lower left corner."""

    left: float
    bottom: float
    width: float
    height: float


class Placement(NamedTuple):
    """Size of a figure in inches, and the places of its axes, row by row from top to bottom."""

    width: float
    height: float
    axes: list[list[Place]]


def arrange(
    rows: Sequence[Sequence[Box]],
    *,
    side: float,
    width: float | None = None,
    figure: AnyFigure | None = None,
) -> tuple[AnyFigure, list[list[Axes]]]:
    """Create the axes of a figure from boxes; axes in a row are equally high.

    Parameters
    ----------
    rows, side, width
        As in `placement`.
    figure : matplotlib.figure.Figure, optional
        Figure to fill, instead of a new one.

    Returns
    -------
    figure : matplotlib.figure.Figure
    axes : list of list of Axes
        One for each box.

    Raises
    ------
    GridempError
        If the boxes do not fit.
    """
    size = None if figure is None else figure_inches(figure)
    wide, high, places = placement(rows, side=side, width=width, size=size)
    kind = Axes if figure is not None else NotebookAxes
    if figure is None:
        figure = NotebookFigure(figsize=(wide, high))
    shares = [[tuple(np.divide(place, (wide, high) * 2)) for place in row] for row in places]
    return figure, [[figure.add_axes(share, axes_class=kind) for share in row] for row in shares]


def placement(
    rows: Sequence[Sequence[Box]],
    *,
    side: float,
    width: float | None = None,
    size: tuple[float, float] | None = None,
) -> Placement:
    """Return the size of a figure of boxes and the places of their axes, without drawing it.

    Parameters
    ----------
    rows : sequence of sequences of Box
        Rows from top to bottom, boxes from left to right.
    side : float
        Longest side of axes of one shape in inches, unless `width` or `size` determines it. In a
        row of several shapes it is the width of axes on average, or the height if that is less.
    width : float, optional
        Width of a new figure in inches. Axes fill it, up to `MAX_GROWTH` and `MAX_HEIGHT`.
    size : (float, float), optional
        Width and height in inches of a figure to fill, instead of a new one.

    Raises
    ------
    GridempError
        If the boxes do not fit.
    """
    across = [sum(box.left + box.right for box in row) for row in rows]
    up = [max(box.bottom for box in row) + max(box.top for box in row) for row in rows]
    relative = [sum(1 / box.aspect for box in row) for row in rows]  # width over height
    if size is None and width is None:
        heights = [_natural_height(row, side) for row in rows]
        total = max(
            margin + height * wide
            for margin, height, wide in zip(across, heights, relative, strict=True)
        )
        tall = sum(heights) + sum(up)
    else:
        total, available = size or (width or 0.0, MAX_HEIGHT)
        _check_room(rows, total, across, available - sum(up), available)
        heights = [
            min(
                max(total - margin, MIN_AXES_SIDE) / wide,
                MAX_GROWTH * _natural_height(row, side),  # a single cell must not fill a page
            )
            for row, margin, wide in zip(rows, across, relative, strict=True)
        ]
        room = max(available - sum(up), MIN_AXES_SIDE * len(rows))
        heights = [height * min(1.0, room / sum(heights)) for height in heights]
        tall = available if size is not None else sum(heights) + sum(up)
    places: list[list[Place]] = []
    top = tall
    for row, high, margin, wide, outer in zip(rows, heights, across, relative, up, strict=True):
        left = (total - margin - high * wide) / 2
        bottom = top - max(box.top for box in row) - high
        places.append([])
        for box in row:
            places[-1].append(Place(left + box.left, bottom, high / box.aspect, high))
            left += box.left + high / box.aspect + box.right
        top -= high + outer
    return Placement(total, tall, places)


def _natural_height(row: Sequence[Box], side: float) -> float:
    """Height in inches of the axes of a row: at most `side`, as is their mean width."""
    return side * min(1.0, len(row) / sum(1 / box.aspect for box in row))


def _check_room(
    rows: Sequence[Sequence[Box]],
    width: float,
    margins: Sequence[float],
    room: float,
    height: float,
) -> None:
    """Raise a GridempError if the margins of rows leave too little of a width and a height."""
    for margin, row in zip(margins, rows, strict=True):
        if width - margin < MIN_PANEL_WIDTH * len(row):
            raise GridempError(
                f"{len(row)} panels do not fit beside each other in {width:.3g} inches; make the "
                "figure wider or use fewer columns"
                if len(row) > 1
                else f"this figure does not fit into {width:.3g} inches; make it wider"
            )
    if room < MIN_AXES_SIDE * len(rows):
        raise GridempError(
            f"{len(rows)} rows of panels do not fit below each other in {height:.3g} inches; use "
            "more columns, shorter titles or fewer maps"
        )


def even_columns(count: int, most: int) -> int:
    """Number of columns, at most `most`, that fills the fewest rows as evenly as possible."""
    return math.ceil(count / math.ceil(count / most))


def figure_inches(figure: AnyFigure) -> tuple[float, float]:
    """Width and height of a figure or a subfigure, in inches."""
    return figure.bbox.width / figure.dpi, figure.bbox.height / figure.dpi


def axes_inches(ax: Axes) -> tuple[float, float]:
    """Width and height of axes, in inches."""
    box = ax.get_window_extent()
    dpi = ax.figure.dpi
    return box.width / dpi, box.height / dpi


def rows_inches(grid: Sequence[Sequence[Axes]]) -> float:
    """Height of rows of axes with the space between them, in inches."""
    first, last = grid[0][0], grid[-1][0]
    return float(first.get_window_extent().y1 - last.get_window_extent().y0) / first.figure.dpi
