"""Where axes stand on a figure: each as large as fits, with just the room that its texts need."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure, SubFigure
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from gridemp.errors import GridempError

AnyFigure = Figure | SubFigure
POINTS = 72  # an inch
TALLEST = 9.0  # inches of a figure whose width is given: what a page holds
LARGEST = 2.0  # times `side`, where a width is given
NARROWEST = 0.1  # inches of axes, below which nothing can be told apart
ROOM = 0.3  # inches of width for axes, below which a figure is refused


class Box(NamedTuple):
    """Axes of a shape, and the room around them in inches."""

    aspect: float  # height over width
    left: float = 0.1
    right: float = 0.1
    bottom: float = 0.1
    top: float = 0.1


def arrange(
    rows: Sequence[Sequence[Box]],
    *,
    side: float,
    width: float | None = None,
    figure: AnyFigure | None = None,
) -> tuple[AnyFigure, list[list[Axes]]]:
    """Axes for each box; those of a row are equally high.

    Parameters
    ----------
    rows : sequence of sequences of Box
        From top to bottom, from left to right.
    side : float
        Inches of the longest side of all axes, where nothing else is given.
    width : float, optional
        Of the figure, in inches, which axes fill up to `LARGEST` and `TALLEST`.
    figure : matplotlib.figure.Figure, optional
        To fill, instead of a new one.

    Returns
    -------
    figure : matplotlib.figure.Figure
    axes : list of list of Axes
        As the boxes.

    Raises
    ------
    GridempError
        If they do not fit.
    """
    across = [sum(box.left + box.right for box in row) for row in rows]
    up = [max(box.bottom for box in row) + max(box.top for box in row) for row in rows]
    relative = [sum(1 / box.aspect for box in row) for row in rows]
    if figure is None and width is None:
        heights = [side * min(min(box.aspect, 1.0) for box in row) for row in rows]
        whole = zip(across, heights, relative, strict=True)
        total = max(margin + high * wide for margin, high, wide in whole)
        tall = sum(heights) + sum(up)
    else:
        total, most = (width or 0.0, TALLEST) if figure is None else size_inches(figure)
        for margin, row in zip(across, rows, strict=True):
            if total - margin < ROOM * len(row):
                raise GridempError(
                    f"{len(row)} panels do not fit beside each other in {total:.3g} inches; give "
                    "more width or fewer columns"
                    if len(row) > 1
                    else f"this figure does not fit into {total:.3g} inches; give it more width"
                )
        if most - sum(up) < NARROWEST * len(rows):
            raise GridempError(
                f"{len(rows)} rows of panels do not fit below each other in {most:.3g} inches; "
                "give more columns, or fewer maps at a time"
            )
        heights = [
            max(total - margin, NARROWEST) / wide
            for margin, wide in zip(across, relative, strict=True)
        ]
        heights = [  # a cell alone is not blown up to a page
            min(high, LARGEST * side * min(min(box.aspect, 1.0) for box in row))
            for high, row in zip(heights, rows, strict=True)
        ]
        room = max(most - sum(up), NARROWEST * len(rows))
        heights = [high * min(1.0, room / sum(heights)) for high in heights]
        tall = most if figure is not None else sum(heights) + sum(up)
    if figure is None:
        figure = Figure(figsize=(total, tall))
    axes: list[list[Axes]] = []
    top = tall
    for row, high, margin, wide, outer in zip(rows, heights, across, relative, up, strict=True):
        left = (total - margin - high * wide) / 2
        bottom = top - max(box.top for box in row) - high
        axes.append([])
        for box in row:
            size = high / box.aspect
            place = (left + box.left, bottom, size, high)
            axes[-1].append(figure.add_axes(tuple(np.divide(place, (total, tall, total, tall)))))
            left += box.left + size + box.right
        top -= high + outer
    return figure, axes


def size_inches(figure: AnyFigure) -> tuple[float, float]:
    """Width and height of a figure or a part of one."""
    return figure.bbox.width / figure.dpi, figure.bbox.height / figure.dpi


def em() -> float:
    """The font size, in inches."""
    return float(matplotlib.rcParams["font.size"]) / POINTS


def font_points(name: str) -> float:
    """The size that the style has for texts such as "xtick.labelsize", in points."""
    params: dict[str, Any] = matplotlib.rcParams  # type: ignore[assignment]
    return float(FontProperties(size=params[name]).get_size_in_points())


def text_inches(text: str, size: float | str) -> float:
    """How wide a line of text is in a font size, of points or by name."""
    font = FontProperties(size=size)
    points, _, _ = text_to_path.get_text_width_height_descent(text, font, ismath=False)
    return float(points) / POINTS


def line_inches(size: float | str) -> float:
    """How high a line of text is, with the room between lines."""
    return 1.3 * FontProperties(size=size).get_size_in_points() / POINTS


def inches(ax: Axes) -> tuple[float, float]:
    """Width and height of axes."""
    box = ax.get_window_extent()
    dpi = ax.figure.dpi
    return box.width / dpi, box.height / dpi
