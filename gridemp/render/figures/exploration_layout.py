"""The panels of a figure of exploration: moments in columns, or in rows if the figure is narrow.

In a wide figure, the beliefs and the true map stand in one row, the differences below them. In a
narrow one, each moment has a row: the belief and, beside it, the difference. A curve over all steps
stands at the bottom, and a legend in the corner that is left free.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable

from gridemp.agents.exploration_record import ExplorationRecord
from gridemp.render.artists.belief import belief_entries
from gridemp.render.figures.exploration_titles import (
    higher,
    panel_titles_of,
    range_in_words,
    titles_fit,
    wider,
)
from gridemp.render.layout.boxes import (
    AnyFigure,
    Box,
    arrange,
    axes_inches,
    figure_inches,
    placement,
)
from gridemp.render.layout.colorbars import (
    BAR_THICKNESS,
    absorbing_look,
    colorbar_inches,
    draw_colorbar_on,
    fitted_label,
    label_inches,
)
from gridemp.render.layout.legends import LegendEntry
from gridemp.render.layout.margins import is_wide, map_box, x_labels_inches
from gridemp.render.layout.panel_rows import BAR_OFFSET, draw_panel_colorbar
from gridemp.render.layout.panel_titles import (
    PANEL_GAP,
    draw_head,
    set_titles,
    wrapped_head,
)
from gridemp.render.layout.text import (
    em,
    font_points,
    line_inches,
    text_inches,
    wrapped,
)
from gridemp.render.layout.titles import chosen_titles
from gridemp.report.captions import caption
from gridemp.typing import Array

SUBJECT = ", belief of an agent that learns the walls"

Range = tuple[float, float]

SIDE, WIDE_SIDE = 1.9, 3.8  # inches of the longest side of a panel, and of a wide one
MIN_WIDTH_OF_ROWS = 5.0  # inches of a figure, below which time goes down the page
CURVE_HEIGHT = 1.15  # inches
START = "at the start"  # title of the belief before the first step
MIN_BAR = 1.1  # inches of a colourbar below a map


class ExplorationPanels(NamedTuple):
    """Axes of a figure of exploration."""

    figure: AnyFigure
    beliefs: list[Axes]
    differences: list[Axes]
    truth: Axes
    curve: Axes
    in_columns: bool  # True if time goes from left to right
    legend_corner: tuple[float, float]  # inches from the left and the bottom of the figure

    def hide_inner_labels(self) -> None:
        """Remove tick labels and labels between panels."""
        maps = [*self.beliefs, self.truth]
        if self.in_columns:
            without_y, without_x = [*maps[1:], *self.differences[1:]], maps
        else:
            without_y, without_x = self.differences, [*self.beliefs, *self.differences[:-1]]
        for ax in without_y:
            ax.set_ylabel("")
            ax.tick_params(labelleft=False)
        for ax in without_x:
            ax.set_xlabel("")
            ax.tick_params(labelbottom=False)

    def draw_bar(
        self, ax: Axes, cells: ScalarMappable, label: str, *, absorbing: bool = False
    ) -> None:
        """Draw a colourbar beside a panel, or below it in a narrow figure."""
        if self.in_columns:
            label = fitted_label(label, axes_inches(ax)[1])
            draw_panel_colorbar([ax], cells, label, absorbing=absorbing)
            return
        wide, high = figure_inches(self.figure)
        box = ax.get_position()
        labelled = ax is self.truth or ax is self.differences[-1]
        below = (x_labels_inches() if labelled else 0.0) + BAR_OFFSET + BAR_THICKNESS
        across = max(box.width, MIN_BAR / wide)
        left = (box.x0 + box.x1 - across) / 2
        cax = self.figure.add_axes((left, box.y0 - below / high, across, BAR_THICKNESS / high))
        swatch = absorbing_look([ax]) if absorbing else None
        draw_colorbar_on(cax, cells, label, below=True, swatch=swatch)

    def draw_legend(self, marks: Sequence[LegendEntry]) -> None:
        """Explain the walls and the dot of belief maps, `marks`, and the lines of the curve."""
        entries = [*belief_entries(), *marks]
        lines, labels = self.curve.get_legend_handles_labels()
        self.figure.legend(
            [*(sign for sign, _ in entries), *lines],
            [*(meaning for _, meaning in entries), *labels],
            loc="upper left",
            bbox_to_anchor=np.divide(self.legend_corner, figure_inches(self.figure)),
            frameon=False,
            borderpad=0,
            borderaxespad=0,
            handlelength=2.0,
            labelspacing=0.35,
        )


def place_panels(
    record: ExplorationRecord,
    steps: Sequence[int],
    differences: Sequence[Array],
    ranges: tuple[Range, Range],
    labels: tuple[str, str],
    *,
    figure: AnyFigure | None,
    width: float | None,
    title: str | bool = True,
    panel_titles: Sequence[str] | None = None,
) -> ExplorationPanels:
    """Place axes for maps and the curve, with titles and room for colourbars and the legend.

    Parameters
    ----------
    record : ExplorationRecord
        Exploration to draw.
    steps : sequence of int
        Moments, as numbers of steps.
    differences : sequence of ndarray, shape (H, W)
        Difference between belief and truth at each moment, in bits.
    ranges, labels : pair of (low, high), pair of str
        Colour range of the maps and of the differences, in bits, and labels of their colourbars.
    figure : matplotlib.figure.Figure, optional
        Empty figure to fill; by default a new one.
    width : float, optional
        Width of the new figure in inches.
    title, panel_titles
        See `exploration_figure`.
    """
    shape = record.truth.world.maze.shape
    if figure is not None:
        width, _ = figure_inches(figure)
    in_columns = goes_in_columns(shape, width)
    side = WIDE_SIDE if is_wide(shape) else SIDE
    size = font_points("axes.titlesize")
    rows = _boxes(shape, len(steps), ranges, in_columns)
    trial = placement(rows, side=side, width=width)  # to learn its size
    if in_columns:
        more = max(label_inches(label, trial.axes[0][0].height) for label in labels)
        rows = [[*row, last._replace(right=last.right + more)] for *row, last in rows]
    names = [*(f"step {step}" if step else START for step in steps), "true map"]
    head, names = chosen_titles(title, panel_titles, caption(record.truth) + SUBJECT, names)
    head = wrapped_head(head, trial.width)
    above = len(head.splitlines()) * line_inches(size)
    rows[0] = [box._replace(top=box.top + above) for box in rows[0]]
    places = placement(rows, side=side, width=width).axes  # to learn the widths of panels
    ends = [
        range_in_words(bits, float(record.max_difference[step]))
        for step, bits in zip(steps, differences, strict=True)
    ]
    room = places[0][0].width - text_inches("(a) ", size)
    room = max(room, text_inches(START, size))
    names = [wrapped(name, room, size) for name in names]
    titles = panel_titles_of(names, ends if title is not False else [""] * len(ends), in_columns)
    rows = higher(titles, rows, size, in_columns=in_columns)
    rows = wider(titles, rows, places, size)
    trial = placement(rows, side=side, width=width)  # lower panels may be less wide
    if not titles_fit(titles, trial, size):
        rows = wider(titles, rows, trial.axes, size)
    figure, grid = arrange(rows, side=side, width=width, figure=figure)
    empty = grid[-1].pop()
    for axes, texts in zip(grid, titles, strict=True):
        set_titles(axes, texts, size)
    if in_columns:
        (*beliefs, truth), shown = grid
    else:
        beliefs, shown = [row[0] for row in grid[:-1]], [row[1] for row in grid[:-1]]
        truth = grid[-1][0]
    wide, high = figure_inches(figure)
    left = max(beliefs[0].get_position().x0, (_curve_margin() + 0.05) / wide)
    right = shown[-1].get_position().x1
    base = (x_labels_inches() + PANEL_GAP) / high
    curve = figure.add_axes((left, base, right - left, CURVE_HEIGHT / high))
    corner = empty.get_position()
    empty.remove()
    draw_head(figure, head, above=PANEL_GAP / 2)
    return ExplorationPanels(
        figure=figure,
        beliefs=beliefs,
        differences=shown,
        truth=truth,
        curve=curve,
        in_columns=in_columns,
        legend_corner=(
            corner.x0 * wide,
            base * high + CURVE_HEIGHT if in_columns else corner.y1 * high,
        ),
    )


def goes_in_columns(shape: tuple[int, int], width: float | None) -> bool:
    """Return True if time goes from left to right, False if it goes down the page."""
    return not is_wide(shape) and (width is None or width >= MIN_WIDTH_OF_ROWS)


def _boxes(
    shape: tuple[int, int], moments: int, ranges: tuple[Range, Range], in_columns: bool
) -> list[list[Box]]:
    """Return the boxes of the maps: belief and truth above the differences, or beside them."""
    line = line_inches(font_points("axes.titlesize"))
    curve = CURVE_HEIGHT + x_labels_inches() + line + 3 * PANEL_GAP
    box = map_box(shape)
    inner = Box(
        box.aspect,
        left=PANEL_GAP / 2,
        right=PANEL_GAP / 2,
        bottom=PANEL_GAP,
        top=line + PANEL_GAP,
    )
    first = inner._replace(left=max(box.left, _curve_margin()))
    if in_columns:
        bar = max(colorbar_inches(*ends) for ends in ranges) + 0.05
        row = [first, *[inner] * (moments - 1), inner._replace(right=bar)]
        below = [
            each._replace(bottom=x_labels_inches() + curve, top=each.top + line) for each in row
        ]
        return [row, below]
    second = inner._replace(left=2 * PANEL_GAP, right=2 * PANEL_GAP, top=2 * line + PANEL_GAP)
    rows = [[first, second] for _ in range(moments + 1)]
    bar = colorbar_inches(*ranges[0], below=True) + BAR_OFFSET
    for i, more in ((-2, 0.0), (-1, curve)):
        bottom = x_labels_inches() + bar + more
        rows[i] = [each._replace(bottom=bottom) for each in rows[i]]
    return rows


def _curve_margin() -> float:
    """Return the inches that the labels of the curve need on its left."""
    label = 2 * line_inches(font_points("axes.labelsize"))
    return text_inches("10-3", font_points("ytick.labelsize")) + label + em()
