"""Where three panels stand: in a row, or in narrow figures below one another."""

from collections.abc import Sequence
from itertools import chain

import matplotlib
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable

from gridemp.errors import GridempError
from gridemp.render.layout.boxes import (
    AnyFigure,
    Box,
    arrange,
    em,
    font_points,
    inches,
    line_inches,
    size_inches,
    text_inches,
)
from gridemp.render.layout.colorbars import GAP, THICKNESS, draw_colorbar_on
from gridemp.render.layout.margins import is_wide, labels_below, level, map_box, wrapped
from gridemp.report.captions import letter

Range = tuple[float, float]

SIDE = 3.0  # inches of the longest side of a panel in a row
LONG_SIDE = 5.0  # of one that stands above another
LEAST = 1.2  # inches of height that a row must leave its panels
SMALLEST = 6.0  # points
BETWEEN = 0.08  # inches


def three_panels(
    shape: tuple[int, int],
    bars: Sequence[Range | None],
    texts: Sequence[str],
    head: str,
    *,
    figure: AnyFigure | None = None,
    width: float | None = None,
    scatter: bool = False,
) -> tuple[AnyFigure, list[Axes], bool]:
    """Axes for maps of H x W cells, with titles and room for colourbars.

    Parameters
    ----------
    shape : (H, W)
        Of the maze.
    bars : sequence of (low, high) or None
        The range of the colourbar that stands at each panel, if one does.
    texts : sequence of str
        What stands above each panel after its letter.
    head : str
        What stands above the figure.
    figure : matplotlib.figure.Figure, optional
        To fill, instead of a new one.
    width : float, optional
        Of the new figure, in inches.
    scatter : bool
        Whether the last panel is no map.

    Returns
    -------
    figure : matplotlib.figure.Figure
    axes : list of Axes
    below : bool
        Whether colourbars go below the maps, not to their right.
    """
    if figure is not None:
        width, _ = size_inches(figure)
    in_row = not (width is None and is_wide(shape))
    below = shape[0] <= 2 * shape[1] if in_row else is_wide(shape)
    boxes = _boxes(shape, bars, below, scatter)
    side, found = SIDE, _in_row(boxes, texts, head, width) if in_row else None
    if found is None:
        below, side = is_wide(shape), LONG_SIDE
        rows = _stacked(_boxes(shape, bars, below, scatter), shape)
        found = _titled(rows, texts, head, side, width)
    rows, titles, size, head_lines = found
    figure, grid = arrange(rows, side=side, width=width, figure=figure)
    axes = list(chain.from_iterable(grid))
    set_titles(axes, level(titles) if len(rows) == 1 else titles, size)
    left, right = axes[0].get_position().x0, axes[-1].get_position().x1
    draw_head(figure, head_lines, (left + right) / 2)
    return figure, axes, below


def set_titles(axes: Sequence[Axes], titles: Sequence[str], size: float) -> None:
    """Write titles of so many points over panels, flush left."""
    for ax, text in zip(axes, titles, strict=True):
        ax.set_title(text, loc="left", fontsize=size, parse_math=False)


def wrapped_head(figure: AnyFigure, text: str) -> str:
    """Return the title of a figure, broken into lines that fit its width."""
    return wrapped(text, size_inches(figure)[0] - 2 * BETWEEN, font_points("axes.titlesize"))


def draw_head(figure: AnyFigure, text: str, middle: float = 0.5, above: float = BETWEEN) -> None:
    """Write a title at the top of a figure.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        Figure with its panels in place.
    text : str
        Title, already broken into lines; nothing is drawn if it is empty.
    middle : float
        Centre of the title, as a fraction of the figure's width.
    above : float
        Space above the title, in inches.
    """
    if text:
        figure.text(
            middle,
            1 - above / size_inches(figure)[1],
            text,
            ha="center",
            va="top",
            fontsize=font_points("axes.titlesize"),
            parse_math=False,
        )


def draw_bar(
    axes: Sequence[Axes],
    cells: ScalarMappable,
    label: str,
    below: bool = False,
    beside: float = 0.0,
) -> None:
    """Draw a colourbar along one map, or along several next to each other.

    Parameters
    ----------
    axes : sequence of matplotlib.axes.Axes
        Axes of the maps.
    cells : matplotlib.cm.ScalarMappable
        Colours to explain.
    label : str
        Quantity with its unit.
    below : bool
        If True, the bar stands below the maps instead of to their right.
    beside : float
        Additional space between the maps and a bar to their right, in inches.
    """
    figure = axes[0].figure
    wide, high = size_inches(figure)
    places = [ax.get_position() for ax in axes]
    x0, x1 = min(place.x0 for place in places), max(place.x1 for place in places)
    y0, y1 = min(place.y0 for place in places), max(place.y1 for place in places)
    if below:
        bottom = y0 - (labels_below() + 0.04 + THICKNESS) / high
        cax = figure.add_axes((x0, bottom, x1 - x0, THICKNESS / high))
    else:
        cax = figure.add_axes((x1 + (GAP + beside) / wide, y0, THICKNESS / wide, y1 - y0))
    draw_colorbar_on(cax, cells, label, below=below)


def _boxes(
    shape: tuple[int, int], bars: Sequence[Range | None], below: bool, scatter: bool
) -> list[Box]:
    boxes = [map_box(shape, bar, below=below) for bar in bars]
    if below:  # what a wide bar has at its ends needs no room of its own
        boxes = [box._replace(bottom=box.bottom + 0.04) for box in boxes]
    if scatter:
        ticks = text_inches("0.00", matplotlib.rcParams["ytick.labelsize"])
        left = ticks + line_inches(matplotlib.rcParams["axes.labelsize"]) + 1.3 * em()
        boxes[-1] = Box(0.6 if is_wide(shape) else 1.0, left, 0.22, labels_below() + 0.04)
    return boxes


def _stacked(boxes: list[Box], shape: tuple[int, int]) -> list[list[Box]]:
    """Below one another, their sides in line; the first two side by side, if they are thin."""
    if shape[0] > 2 * shape[1]:
        return [boxes[:2], boxes[2:]]
    left, right = max(box.left for box in boxes), max(box.right for box in boxes)
    return [[box._replace(left=left, right=right)] for box in boxes]


def _rooms(rows: list[list[Box]], grid: list[list[Axes]]) -> list[float]:
    """Inches from the left of each panel to the next one, or to the edge."""
    return [
        inches(ax)[0] + box.right + (row[i + 1].left - 2 * BETWEEN if i + 1 < len(row) else 0.0)
        for row, axes in zip(rows, grid, strict=True)
        for i, (box, ax) in enumerate(zip(row, axes, strict=True))
    ]


def fitted_titles(texts: Sequence[str], rooms: Sequence[float]) -> tuple[list[str], float]:
    """Return titles with their letters, broken to fit so many inches each, and their font size."""
    size = font_points("axes.titlesize")
    titles = [
        wrapped(f"({letter(i)}) {text}".strip(), room, size)
        for i, (text, room) in enumerate(zip(texts, rooms, strict=True))
    ]
    pairs = zip(titles, rooms, strict=True)
    shrunk = size * min(1.0, *(room / text_width(text, size) for text, room in pairs))
    return titles, max(SMALLEST, shrunk)


def _in_row(
    boxes: list[Box], texts: Sequence[str], head: str, width: float | None
) -> tuple[list[list[Box]], list[str], float, str] | None:
    """The row with its titles as `_titled` gives it, or None if it leaves the panels too small."""
    try:
        found = _titled([boxes], texts, head, SIDE, width)
        _, grid = arrange(found[0], side=SIDE, width=width)
    except GridempError:
        return None
    return found if inches(grid[0][0])[1] >= LEAST else None


def _titled(
    rows: list[list[Box]], texts: Sequence[str], head: str, side: float, width: float | None
) -> tuple[list[list[Box]], list[str], float, str]:
    """The rows with room for titles, the titles and their size, and the one over all of them."""
    tried, grid = arrange(rows, side=side, width=width)  # to learn how large the panels get
    rooms = _rooms(rows, grid)
    titles, size = fitted_titles(texts, rooms)
    head = wrapped_head(tried, head)
    over = max(len(text.splitlines()) for text in titles) * line_inches(size) + BETWEEN
    above = len(head.splitlines()) * line_inches(font_points("axes.titlesize")) + BETWEEN
    lacking = [
        max(0.0, text_width(text, size) - room) for text, room in zip(titles, rooms, strict=True)
    ]
    if len(rows) == len(titles):  # whose sides are in line
        lacking = [max(lacking)] * len(titles)
    more = iter(lacking)
    roomy = [
        [
            box._replace(right=box.right + next(more), top=over + (above if i == 0 else BETWEEN))
            for box in row
        ]
        for i, row in enumerate(rows)
    ]
    return roomy, titles, size, head


def text_width(text: str, size: float) -> float:
    """Return the width in inches of the longest line of a text."""
    return max((text_inches(line, size) for line in text.splitlines()), default=0.0)
