"""Several maps in one figure: one colour scale, one colourbar, a letter for each."""

import math
from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import Colormap, Normalize

from gridemp.engine.map import EmpowermentMap
from gridemp.errors import GridempError
from gridemp.render.artists.numbers import about_numbers
from gridemp.render.figures.heatmap import color_range, heatmap
from gridemp.render.layout.boxes import (
    AnyFigure,
    Box,
    arrange,
    font_points,
    inches,
    line_inches,
    size_inches,
    text_inches,
)
from gridemp.render.layout.colorbars import GAP, THICKNESS, draw_colorbar_on, room_for_colorbar
from gridemp.render.layout.margins import level, map_box, wrapped
from gridemp.report.captions import bar_label, captions, letter

SIDE = 2.6  # inches of the longest side of a map
LEAST = 0.95  # inches of a map, below which it goes to another row
TRIES = 8
SHORTEST = 0.5  # inches of the longer side of a map, however small
MAX_COLUMNS = 4
SMALLEST = 6.0  # points
BETWEEN = 0.08  # inches


def panels(
    emaps: Sequence[EmpowermentMap],
    *,
    figure: AnyFigure | None = None,
    width: float | None = None,
    columns: int | None = None,
    cmap: str | Colormap | None = None,
    vmin: float | None = None,
    vmax: float | None = None,
    annotate: str | None = None,
    peak: bool = True,
    title: bool = True,
    colorbar: bool = True,
) -> AnyFigure:
    """Draw several maps side by side, on one colour scale.

    What all of them share stands above the figure; above each its letter, what sets it apart and
    its range in bits.

    Parameters
    ----------
    emaps : sequence of EmpowermentMap
        In reading order.
    figure : matplotlib.figure.Figure, optional
        An empty figure to fill; by default a new one that fits the maps.
    width : float, optional
        Of the new figure, in inches.
    columns : int, optional
        How many maps stand side by side; by default as many as can be read.
    cmap, vmin, vmax, annotate, peak, colorbar
        See `heatmap`.
    title : bool
        Whether anything but letters is written above.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    GridempError
        As `heatmap` does.
    """
    emaps = [emap.one_per_cell() for emap in emaps]
    if not emaps:
        raise GridempError("there is no map to draw; give one or more")
    low, high = color_range(emaps, vmin, vmax)
    if figure is not None:
        width, _ = size_inches(figure)
    if columns is not None and columns < 1:
        raise GridempError("panels stand in one column or more; give a positive number")
    head, texts = captions(emaps)
    said = (head + about_numbers(annotate), texts) if title else ("", [""] * len(emaps))
    bar = room_for_colorbar(low, high) if colorbar else BETWEEN
    asked, columns = columns, min(columns or _columns(emaps, width), len(emaps))
    while not (found := _try(emaps, said, columns, bar, width)).fits:
        if asked is not None or columns == 1:
            raise GridempError(
                f"{len(emaps)} of these maps in {columns} columns do not fit into {width:.3g} "
                "inches; give more width, other --columns or fewer maps"
            )
        columns = _even(len(emaps), columns - 1)
    rows, head, texts, size = _with_titles(found), found.head, found.texts, found.size
    figure, grid = arrange(rows, side=SIDE, width=width, figure=figure)
    axes = list(chain(*grid))
    for spare in axes[len(emaps) :]:
        spare.remove()
    for emap, ax, text in zip(emaps, axes, level(texts), strict=False):
        heatmap(
            emap,
            ax=ax,
            cmap=cmap,
            vmin=low,
            vmax=high,
            annotate=annotate,
            peak=peak,
            title=False,
            colorbar=False,
        )
        ax.set_title(text, loc="left", fontsize=size, parse_math=False)
    axes = axes[: len(emaps)]
    if len({emap.world.maze.shape for emap in emaps}) == 1:
        _hide_inner_labels(axes, columns)
    if head:
        top = 1 - BETWEEN / size_inches(figure)[1]
        middle = (axes[0].get_position().x0 + axes[columns - 1].get_position().x1) / 2
        figure.text(
            middle,
            top,
            head,
            ha="center",
            va="top",
            fontsize=font_points("axes.titlesize"),
            parse_math=False,
        )
    if colorbar:
        cells = ScalarMappable(Normalize(low, high), cmap)
        cells.set_array(np.concatenate([emap.bits for emap in emaps]))
        beside = found.beyond if len(rows) > 1 else 0.0
        draw_colorbar_on(_bar_axes(figure, axes, beside), cells, bar_label(emaps))
    return figure


def _columns(emaps: Sequence[EmpowermentMap], width: float | None) -> int:
    """How many maps are wide enough to stand side by side, in rows as even as can be."""
    aspect = max(height / width for height, width in (emap.world.maze.shape for emap in emaps))
    most = MAX_COLUMNS if width is None else int((width - 1.1) / LEAST)
    if aspect < 0.4:
        most = 1 if width is None else int((width - 1.1) * aspect / 0.5)
    most = max(1, min(most, MAX_COLUMNS))
    return _even(len(emaps), most)


def _even(maps: int, most: int) -> int:
    """How many stand side by side at most, in as few rows, as even as can be."""
    return math.ceil(maps / math.ceil(maps / most))


class _Try(NamedTuple):
    """How maps and titles come to stand in some number of columns."""

    rows: list[list[Box]]
    head: str
    texts: list[str]
    size: float  # points of the titles
    beyond: float  # inches by which a title is wider than its map
    fits: bool


def _try(
    emaps: Sequence[EmpowermentMap],
    said: tuple[str, list[str]],
    columns: int,
    bar: float,
    width: float | None,
) -> _Try:
    """Titles beside narrow maps take room from all maps, until it is enough or maps too small."""
    rows = _rows(emaps, columns, bar)
    tried, grid = arrange(rows, side=SIDE, width=width)
    head = wrapped(said[0], size_inches(tried)[0] - 2 * BETWEEN, font_points("axes.titlesize"))
    texts, size, beyond = _fitted(said[1], [inches(ax)[0] for ax in chain(*grid)])
    found = _Try(rows, head, texts, size, beyond, fits=width is None)
    wide = [max(text_inches(line, size) for line in text.splitlines()) for text in texts]
    for _ in range(TRIES if width is not None else 0):
        try:
            _, grid = arrange(_with_titles(found), side=SIDE, width=width)
        except GridempError:
            break
        sizes = [inches(ax) for ax in chain(*grid)]
        lacking = max(text - across for text, (across, _) in zip(wide, sizes, strict=False))
        if min(map(max, sizes)) < SHORTEST or lacking <= found.beyond + BETWEEN / 2:
            return found._replace(fits=min(map(max, sizes)) >= SHORTEST)
        found = found._replace(beyond=lacking)
    return found


def _rows(emaps: Sequence[EmpowermentMap], columns: int, bar: float) -> list[list[Box]]:
    """A box for each map, the last row filled up; labels only outside if all are of one shape."""
    shapes = [emap.world.maze.shape for emap in emaps]
    shapes += [shapes[-1]] * (-len(shapes) % columns)
    alike = len(set(shapes)) == 1
    boxes = [map_box(shape) for shape in shapes]
    for i, box in enumerate(boxes):
        right = bar if i % columns == columns - 1 else BETWEEN
        left = box.left if i % columns == 0 or not alike else BETWEEN
        bottom = box.bottom if i + columns >= len(emaps) or not alike else BETWEEN
        boxes[i] = box._replace(left=left, right=right, bottom=bottom)
    return [boxes[i : i + columns] for i in range(0, len(boxes), columns)]


def _fitted(texts: Sequence[str], widths: Sequence[float]) -> tuple[list[str], float, float]:
    """Titles with their letters, broken to fit over maps of so many inches, and their size.

    And by how many inches one goes beyond its map, where that is too narrow.
    """
    size = font_points("axes.titlesize")
    lettered = [
        wrapped(f"({letter(i)}) {text}".strip(), across, size)
        for i, (text, across) in enumerate(zip(texts, widths, strict=False))
    ]
    fits = [
        across / text_inches(line, size)
        for text, across in zip(lettered, widths, strict=False)
        for line in text.splitlines()
    ]
    shrunk = max(SMALLEST, size * min(1.0, *fits))
    beyond = max(shrunk / size / fit - 1 for fit in fits) * min(widths)
    return lettered, shrunk, max(0.0, beyond)


def _with_titles(found: _Try) -> list[list[Box]]:
    """The rows with room for titles over each map, and over all of them."""
    lines = max(len(text.splitlines()) for text in found.texts)
    over = lines * line_inches(found.size) + BETWEEN
    above = len(found.head.splitlines()) * line_inches(font_points("axes.titlesize")) + BETWEEN
    beyond = found.beyond + BETWEEN
    aside = found.beyond if len(found.rows) > 1 else 0.0  # titles of lower rows are beside the bar
    return [
        [
            box._replace(
                top=over + (above if i == 0 else BETWEEN),
                right=max(box.right + aside * (box is row[-1]), beyond),
            )
            for box in row
        ]
        for i, row in enumerate(found.rows)
    ]


def _hide_inner_labels(axes: list[Axes], columns: int) -> None:
    for i, ax in enumerate(axes):
        if i % columns:
            ax.tick_params(labelleft=False)
            ax.set_ylabel("")
        if i + columns < len(axes):
            ax.tick_params(labelbottom=False)
            ax.set_xlabel("")


def _bar_axes(figure: AnyFigure, axes: list[Axes], beside: float) -> Axes:
    """Axes for the colourbar so many inches to the right of all maps, as high as they are."""
    width, _ = size_inches(figure)
    right = max(ax.get_position().x1 for ax in axes)
    top = axes[0].get_position().y1
    bottom = axes[-1].get_position().y0
    return figure.add_axes(
        (right + (GAP + beside) / width, bottom, THICKNESS / width, top - bottom)
    )
