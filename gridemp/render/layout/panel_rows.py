"""Three panels with titles and colourbars: in a row, or one below another if it is narrow."""

from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

import matplotlib
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable

from gridemp.errors import GridempError
from gridemp.render.layout.boxes import (
    AnyFigure,
    Box,
    Place,
    arrange,
    figure_inches,
    placement,
)
from gridemp.render.layout.colorbars import (
    BAR_GAP,
    BAR_THICKNESS,
    absorbing_look,
    draw_colorbar_on,
)
from gridemp.render.layout.keys import with_key
from gridemp.render.layout.legends import LegendEntry
from gridemp.render.layout.margins import is_wide, map_box, x_labels_inches
from gridemp.render.layout.panel_titles import (
    HINTED,
    PANEL_GAP,
    draw_head,
    fitted_titles,
    head_inches,
    inches_to_next,
    set_titles,
    wrapped_head,
)
from gridemp.render.layout.text import (
    em,
    equally_many_lines,
    line_inches,
    text_inches,
    widest_line_inches,
)

Range = tuple[float, float]

ROW_SIDE = 3.0  # inches of the longest side of a panel in a row
STACK_SIDE = 5.0  # inches of the longest side of a panel in a stack
MIN_PANEL_HEIGHT = 1.2  # inches that a row must leave for its panels
MAX_TRIES = 3
BAR_OFFSET = 0.04  # inches between the labels below a map and its colourbar


class _Rows(NamedTuple):
    """Boxes in rows with room for titles, and the titles themselves."""

    boxes: list[list[Box]]
    titles: list[str]
    title_size: float  # points
    head: str  # title of the figure


def three_panels(
    shape: tuple[int, int],
    bars: Sequence[Range | None],
    texts: Sequence[str],
    head: str,
    *,
    figure: AnyFigure | None = None,
    width: float | None = None,
    scatter: bool = False,
    key: Sequence[LegendEntry] = (),
) -> tuple[AnyFigure, list[Axes], bool, list[LegendEntry]]:
    """Create axes for three maps of H x W cells, with titles and room for colourbars.

    Parameters
    ----------
    shape : (H, W)
        Shape of the maze.
    bars : sequence of (low, high) or None
        Range of the colourbar at each panel, None where there is no bar.
    texts : sequence of str
        Title of each panel, without its letter.
    head : str
        Title of the figure.
    figure : matplotlib.figure.Figure, optional
        Figure to fill, instead of a new one.
    width : float, optional
        Width of the new figure in inches.
    scatter : bool
        True if the last panel is a scatter plot instead of a map.
    key : sequence of (Artist, str)
        Signs and their meanings, for which there is room below the panels.

    Returns
    -------
    figure : matplotlib.figure.Figure
    axes : list of Axes
    below : bool
        True if colourbars go below the maps instead of to their right.
    key : list of (Artist, str)
        The entries of the key for `draw_key`, or none if there is no room for them.

    Raises
    ------
    GridempError
        If the panels do not fit.
    """
    if figure is not None:
        width, _ = figure_inches(figure)
    rows, side, below = _layout(shape, bars, texts, head, width, scatter=scatter)
    boxes, entries = with_key(rows.boxes, key, side=side, width=width, figure=figure)
    figure, grid = arrange(boxes, side=side, width=width, figure=figure)
    axes = list(chain.from_iterable(grid))
    titles = equally_many_lines(rows.titles) if len(rows.boxes) == 1 else rows.titles
    set_titles(axes, titles, rows.title_size)
    left, right = axes[0].get_position().x0, axes[-1].get_position().x1
    draw_head(figure, rows.head, (left + right) / 2)
    return figure, axes, below, entries


def three_panels_inches(
    shape: tuple[int, int],
    bars: Sequence[Range | None],
    texts: Sequence[str],
    head: str,
    *,
    width: float | None = None,
    key: Sequence[LegendEntry] = (),
) -> tuple[float, float]:
    """Width and height in inches of the new figure that `three_panels` makes of the same."""
    rows, side, _ = _layout(shape, bars, texts, head, width)
    boxes, _ = with_key(rows.boxes, key, side=side, width=width)
    return placement(boxes, side=side, width=width)[:2]


def draw_panel_colorbar(
    axes: Sequence[Axes],
    cells: ScalarMappable,
    label: str,
    below: bool = False,
    beside: float = 0.0,
    *,
    absorbing: bool = False,
) -> None:
    """Draw a colourbar along one map, or along several next to each other.

    Parameters
    ----------
    axes : sequence of matplotlib.axes.Axes
        Axes of the maps.
    cells : matplotlib.cm.ScalarMappable
        Coloured cells of the maps.
    label : str
        Quantity and unit.
    below : bool
        If True, draw the bar below the maps instead of to their right.
    beside : float
        Additional space between the maps and a bar to their right, in inches.
    absorbing : bool
        If True, the bar also has the colour of absorbing cells.
    """
    figure = axes[0].figure
    wide, high = figure_inches(figure)
    places = [ax.get_position() for ax in axes]
    x0, x1 = min(place.x0 for place in places), max(place.x1 for place in places)
    y0, y1 = min(place.y0 for place in places), max(place.y1 for place in places)
    if below:
        bottom = y0 - (x_labels_inches() + BAR_OFFSET + BAR_THICKNESS) / high
        cax = figure.add_axes((x0, bottom, x1 - x0, BAR_THICKNESS / high))
    else:
        cax = figure.add_axes((x1 + (BAR_GAP + beside) / wide, y0, BAR_THICKNESS / wide, y1 - y0))
    swatch = absorbing_look(axes) if absorbing else None
    draw_colorbar_on(cax, cells, label, below=below, swatch=swatch)


def _layout(
    shape: tuple[int, int],
    bars: Sequence[Range | None],
    texts: Sequence[str],
    head: str,
    width: float | None,
    *,
    scatter: bool = False,
) -> tuple[_Rows, float, bool]:
    """Panels in a row, or below one another; their longest side; True for bars below the maps."""
    if not (width is None and is_wide(shape)):
        below = shape[0] <= 2 * shape[1]
        rows = _in_a_row(_boxes(shape, bars, below, scatter), texts, head, width)
        if rows is not None:
            return rows, ROW_SIDE, below
    below = is_wide(shape)
    stacked = _stacked(_boxes(shape, bars, below, scatter), shape)
    return _with_titles(stacked, texts, head, STACK_SIDE, width), STACK_SIDE, below


def _boxes(
    shape: tuple[int, int], bars: Sequence[Range | None], below: bool, scatter: bool
) -> list[Box]:
    """Boxes of the panels, without room for titles."""
    boxes = [map_box(shape, bar, below=below) for bar in bars]
    if below:
        boxes = [box._replace(bottom=box.bottom + BAR_OFFSET) for box in boxes]
    if scatter:
        ticks = text_inches("0.00", matplotlib.rcParams["ytick.labelsize"])
        left = ticks + line_inches(matplotlib.rcParams["axes.labelsize"]) + 1.3 * em()
        boxes[-1] = Box(0.6 if is_wide(shape) else 1.0, left, 0.22, x_labels_inches() + 0.04)
    return boxes


def _stacked(boxes: list[Box], shape: tuple[int, int]) -> list[list[Box]]:
    """Rows of one panel each, with aligned sides; if the first two are thin, they share a row."""
    if shape[0] > 2 * shape[1]:
        return [boxes[:2], boxes[2:]]
    left, right = max(box.left for box in boxes), max(box.right for box in boxes)
    return [[box._replace(left=left, right=right)] for box in boxes]


def _in_a_row(
    boxes: list[Box], texts: Sequence[str], head: str, width: float | None
) -> _Rows | None:
    """Put the panels into one row with titles, or return None if they would be too small."""
    try:
        rows = _with_titles([boxes], texts, head, ROW_SIDE, width)
        places = placement(rows.boxes, side=ROW_SIDE, width=width).axes
    except GridempError:
        return None
    return rows if places[0][0].height >= MIN_PANEL_HEIGHT else None


def _with_titles(
    rows: list[list[Box]], texts: Sequence[str], head: str, side: float, width: float | None
) -> _Rows:
    """Make room for the titles of panels and for the title of the figure."""
    trial = placement(rows, side=side, width=width)  # to see how large the panels get
    rooms = _title_rooms(rows, trial.axes)
    titles, size = fitted_titles(texts, rooms)
    head = wrapped_head(head, trial.width)
    for _ in range(MAX_TRIES):
        roomy = _with_margins(rows, rooms, titles, size, head)
        trial = placement(roomy, side=side, width=width)  # smaller panels than before
        left = [room for row in trial.axes for room in inches_to_next(row, trial.width)]
        if all(
            HINTED * widest_line_inches(text, size) <= room
            for text, room in zip(titles, left, strict=True)
        ):
            break
        narrower = [min(pair) / HINTED for pair in zip(rooms, left, strict=True)]
        titles, size = fitted_titles(texts, narrower, strictly=True)
    return _Rows(roomy, titles, size, head)


def _with_margins(
    rows: list[list[Box]],
    rooms: Sequence[float],
    titles: Sequence[str],
    size: float,
    head: str,
) -> list[list[Box]]:
    """Widen the margins of panels for titles with these rooms, and for that of the figure."""
    over = max(len(text.splitlines()) for text in titles) * line_inches(size) + PANEL_GAP
    above = head_inches(head)
    lacking = [
        max(0.0, HINTED * widest_line_inches(text, size) - room)
        for text, room in zip(titles, rooms, strict=True)
    ]
    if len(rows) == len(titles):  # one below another, with aligned sides
        lacking = [max(lacking)] * len(titles)
    more = iter(lacking)
    return [
        [
            box._replace(right=box.right + next(more), top=over + (above if i == 0 else PANEL_GAP))
            for box in row
        ]
        for i, row in enumerate(rows)
    ]


def _title_rooms(rows: list[list[Box]], grid: list[list[Place]]) -> list[float]:
    """Inches from the left of each panel to the next panel, or to the edge of the figure."""
    return [
        place.width + box.right + (row[i + 1].left - 2 * PANEL_GAP if i + 1 < len(row) else 0.0)
        for row, places in zip(rows, grid, strict=True)
        for i, (box, place) in enumerate(zip(row, places, strict=True))
    ]
