"""The layout of several maps in one figure: their rows, titles, and room for colourbars."""

import math
from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

from gridemp.engine.map import EmpowermentMap
from gridemp.errors import GridempError
from gridemp.render.figures.map_scale import MapScale
from gridemp.render.layout.boxes import (
    Box,
    Place,
    Placement,
    even_columns,
    placement,
)
from gridemp.render.layout.colorbars import colorbar_inches, label_inches
from gridemp.render.layout.margins import map_box
from gridemp.render.layout.panel_titles import PANEL_GAP, fitted_titles, wrapped_head
from gridemp.render.layout.text import (
    font_points,
    line_inches,
    widest_line_inches,
)

SIDE = 2.6  # inches of the longest side of a map
MIN_WIDTH = 0.95  # inches of a map, below which it goes to another row
MIN_WIDTH_EACH = 1.15  # inches, if each map has a colourbar
MIN_SIDE = 0.5  # inches of the longer side of a map, however small
FREE_SIDE = 1.0  # inches of the longer side of a map in a figure without a given width
MIN_HEIGHT = 0.5  # inches of a wide map beside another
MAX_COLUMNS = 4
MAX_TRIES = 8
WIDE_ASPECT = 0.4  # height over width, below which a map stands alone in its row
OUTER_MARGINS = 1.1  # inches that labels and the colourbar take from the width


class BarMargins(NamedTuple):
    """Inches to the right of maps, for colourbars, whose label has one line."""

    inside: float  # of a map beside another
    last: float  # of the last map of a row
    label: str  # empty if there are no colourbars
    shared: bool  # True if one colourbar stands beside all rows

    @classmethod
    def of(cls, whole: MapScale, own: Sequence[MapScale], *, colorbar: bool) -> "BarMargins":
        """Return the margins for one colourbar of all maps, or for those of each map, if any."""
        if not colorbar:
            return cls(PANEL_GAP, PANEL_GAP, "", shared=True)
        bar = max(colorbar_inches(*scale.range) for scale in own or [whole])
        label = line_inches(font_points("axes.labelsize"))
        inside = bar - label - PANEL_GAP / 2 if own else PANEL_GAP
        return cls(inside, bar, whole.label, shared=not own)


class PanelLayout(NamedTuple):
    """Layout of maps and titles in a number of columns."""

    rows: list[list[Box]]  # without room for titles
    head: str
    titles: list[str]
    size: float  # points of the titles over maps
    overhang: float  # inches by which the widest title exceeds its map
    shared: bool  # True if one colourbar stands beside all rows
    fits: bool

    @property
    def columns(self) -> int:
        """Number of maps in the first row."""
        return len(self.rows[0])

    def boxes(self) -> list[list[Box]]:
        """Return the rows with room for titles over each map and over the figure."""
        lines = max(len(text.splitlines()) for text in self.titles)
        over = lines * line_inches(self.size) + PANEL_GAP
        above = len(self.head.splitlines()) * line_inches(font_points("axes.titlesize")) + PANEL_GAP
        beyond = self.overhang + PANEL_GAP
        # Titles of lower rows stand beside the colourbar.
        aside = self.overhang if len(self.rows) > 1 and self.shared else 0.0
        return [
            [
                box._replace(
                    top=over + (above if i == 0 else PANEL_GAP),
                    right=max(box.right + aside * (box is row[-1]), beyond),
                )
                for box in row
            ]
            for i, row in enumerate(self.rows)
        ]


def panel_layout(
    emaps: Sequence[EmpowermentMap],
    head: str,
    texts: Sequence[str],
    margins: BarMargins,
    width: float | None,
    columns: int | None,
) -> PanelLayout:
    """Return the layout in `columns` columns, or in as many as fit.

    Raises
    ------
    GridempError
        If the maps do not fit.
    """
    tried = min(columns or _max_columns(emaps, margins, width), len(emaps))
    while True:
        layout = _layout_in(emaps, head, texts, margins, width, tried)
        if layout.fits or (width is None and (columns is not None or tried == 1)):
            return layout
        if columns is not None or tried == 1:
            raise GridempError(
                f"{len(emaps)} of these maps do not fit into {width:.3g} inches in {tried} "
                f"column{'s' * (tried != 1)}; give a larger `width`, other `columns` or fewer maps"
            )
        tried = even_columns(len(emaps), tried - 1)


def _max_columns(emaps: Sequence[EmpowermentMap], margins: BarMargins, width: float | None) -> int:
    """Return the number of maps that are wide enough side by side, in rows as even as possible."""
    aspect = max(height / width for height, width in (emap.world.maze.shape for emap in emaps))
    if aspect < WIDE_ASPECT:
        fitting = 1 if width is None else int((width - OUTER_MARGINS) * aspect / MIN_HEIGHT)
    else:
        more = margins.inside - PANEL_GAP  # beside each map but the last
        least = MIN_WIDTH if margins.shared else MIN_WIDTH_EACH
        room = math.inf if width is None else width - OUTER_MARGINS + more
        fitting = int(min(room / (least + more), MAX_COLUMNS))
    return even_columns(len(emaps), max(1, min(fitting, MAX_COLUMNS)))


def _layout_in(
    emaps: Sequence[EmpowermentMap],
    head: str,
    texts: Sequence[str],
    margins: BarMargins,
    width: float | None,
    columns: int,
) -> PanelLayout:
    """Lay maps out in `columns` columns.

    Titles that are wider than their maps take room from all maps, until there is enough or the maps
    are too small.
    """
    rows = _rows(emaps, columns, margins)
    placed = placement(rows, side=SIDE, width=width)
    length = _length(placed.axes if margins.shared else placed.axes[:1])
    if more := label_inches(margins.label, length):
        rows = _rows(emaps, columns, margins._replace(last=margins.last + more))
        placed = placement(rows, side=SIDE, width=width)
    widths = [place.width for place in chain(*placed.axes)][: len(emaps)]
    titles, size = fitted_titles(texts, widths)
    title_widths = [widest_line_inches(title, size) for title in titles]
    overhang = _overhang(titles, size, widths)
    layout = PanelLayout(
        rows=rows,
        head=wrapped_head(head, placed.width),
        titles=titles,
        size=size,
        overhang=overhang,
        shared=margins.shared,
        fits=width is None and _smallest(placed) >= FREE_SIDE,
    )
    for _ in range(MAX_TRIES if width is not None else 0):
        try:
            placed = placement(layout.boxes(), side=SIDE, width=width)
        except GridempError:
            break
        smallest = _smallest(placed)
        overhang = max(
            title - place.width
            for title, place in zip(title_widths, chain(*placed.axes), strict=False)
        )
        if smallest < MIN_SIDE or overhang <= layout.overhang + PANEL_GAP / 2:
            return layout._replace(fits=smallest >= MIN_SIDE)
        layout = layout._replace(overhang=overhang)
    return layout


def _length(rows: Sequence[Sequence[Place]]) -> float:
    """Return the height of rows of maps with the space between them, in inches."""
    first, last = rows[0][0], rows[-1][0]
    return first.bottom + first.height - last.bottom


def _smallest(placed: Placement) -> float:
    """Return the longer side of the smallest map, in inches."""
    return min(max(place.width, place.height) for place in chain(*placed.axes))


def _overhang(titles: Sequence[str], size: float, widths: Sequence[float]) -> float:
    """Return the inches by which titles of this size exceed maps of these widths, or 0."""
    usual = font_points("axes.titlesize")
    fits = [
        across / widest_line_inches(title, usual)
        for title, across in zip(titles, widths, strict=True)
    ]
    return max(0.0, max(size / usual / fit - 1 for fit in fits) * min(widths))


def _rows(emaps: Sequence[EmpowermentMap], columns: int, margins: BarMargins) -> list[list[Box]]:
    """Return a box for each map, with the last row filled up.

    If all maps have one shape, only the outer ones have labels.
    """
    shapes = [emap.world.maze.shape for emap in emaps]
    shapes += [shapes[-1]] * (-len(shapes) % columns)
    alike = len(set(shapes)) == 1
    boxes = [map_box(shape) for shape in shapes]
    for i, box in enumerate(boxes):
        right = margins.last if i % columns == columns - 1 else margins.inside
        left = box.left if i % columns == 0 or not alike else PANEL_GAP
        bottom = box.bottom if i + columns >= len(emaps) or not alike else PANEL_GAP
        boxes[i] = box._replace(left=left, right=right, bottom=bottom)
    return [boxes[i : i + columns] for i in range(0, len(boxes), columns)]
