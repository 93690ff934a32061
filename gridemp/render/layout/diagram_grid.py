"""Rows of equal diagrams with titles, below the title of the figure and above a key."""

from collections.abc import Sequence

import matplotlib
from matplotlib.axes import Axes

from gridemp.render.layout.boxes import AnyFigure, Box, arrange, placement
from gridemp.render.layout.keys import draw_key, with_key
from gridemp.render.layout.legends import LegendEntry
from gridemp.render.layout.margins import x_labels_inches
from gridemp.render.layout.panel_titles import (
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
    font_points,
    line_inches,
    text_inches,
    with_minus_signs,
)

ROOM = 0.1  # inches between a title and the next one, or the edge of the figure


def diagram_grid(
    titles: Sequence[str],
    columns: int,
    head: str,
    key: Sequence[LegendEntry],
    *,
    aspect: float,
    side: float,
    width: float | None = None,
    tick: str = "-00.0",
    least: float = 1.65,
) -> tuple[AnyFigure, list[list[Axes]]]:
    """Create a figure of diagrams with their titles, and draw its title and its key.

    Parameters
    ----------
    titles : sequence of str
        Title of each diagram, to which letters are added.
    columns : int
        Number of diagrams in a row.
    head : str
        Title of the figure; "" for none.
    key : sequence of (Artist, str)
        Entries of the key.
    aspect : float
        Height of a diagram over its width.
    side : float
        Width of a diagram in inches, unless `width` is given.
    width : float, optional
        Width of the figure in inches.
    tick : str
        Widest label of a tick on the y axes.
    least : float
        Least width in inches of a diagram with its margins; a narrower figure has fewer columns.

    Returns
    -------
    figure : matplotlib.figure.Figure
    axes : list of list of Axes
        Diagrams row by row; the last row is filled with empty ones.
    """
    if width is not None:
        columns = max(1, min(columns, int(width / least)))
    left = text_inches(with_minus_signs(tick), font_points("ytick.labelsize")) + 1.2 * em()
    left += line_inches(matplotlib.rcParams["axes.labelsize"])
    box = Box(aspect, left=left, right=0.12, bottom=x_labels_inches() + PANEL_GAP)
    rows = [[box] * columns for _ in range(-(-len(titles) // columns))]
    places = placement(rows, side=side, width=width)
    room = inches_to_next(places.axes[0], places.width)
    texts, size = fitted_titles(
        titles, [room[i % columns] - ROOM for i in range(len(titles))], strictly=True
    )
    texts = equally_many_lines(texts)
    lines = max(text.count("\n") for text in texts) + 1
    above = lines * line_inches(size) + PANEL_GAP
    rows = [[each._replace(top=above) for each in row] for row in rows]
    head = wrapped_head(head, places.width)
    if head:
        rows[0] = [each._replace(top=above + head_inches(head)) for each in rows[0]]
    boxes, shown = with_key(rows, key, side=side, width=width)
    figure, axes = arrange(boxes, side=side, width=width)
    flat = [ax for row in axes for ax in row]
    set_titles(flat[: len(texts)], texts, size)
    draw_head(figure, head)
    draw_key(figure, shown)
    for ax in flat:
        ax.spines[["top", "right"]].set_visible(False)
    return figure, axes
