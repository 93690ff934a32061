"""Where the panels of a figure of learning stand: in rows, or in narrow figures down the page."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.lines import Line2D

from gridemp.agents.exploration_record import CLOSE, Learning
from gridemp.engine.map import rounded_up
from gridemp.render.artists.belief import AGENT_COLOR
from gridemp.render.artists.walls_and_objects import WALL_COLOR
from gridemp.render.layout.boxes import AnyFigure, Box, arrange, axes_inches, figure_inches
from gridemp.render.layout.colorbars import (
    BAR_GAP,
    BAR_THICKNESS,
    colorbar_inches,
    draw_colorbar_on,
)
from gridemp.render.layout.margins import is_wide, map_box, x_labels_inches
from gridemp.render.layout.text import em, font_points, line_inches, text_inches, wrapped
from gridemp.report.captions import caption, letter

Range = tuple[float, float]

SIDE, WIDE_SIDE = 1.9, 3.8  # inches of the longest side of a panel
IN_ROWS_FROM = 5.0  # inches of width; in less, time goes down the page
CURVE = 1.15  # inches of height
LEAST_BAR = 1.1  # inches of a colourbar below a map
BETWEEN = 0.08
EQUAL = 1e-9  # bits


class Place(NamedTuple):
    """Where everything stands; a legend begins so many inches from the left and the bottom."""

    figure: AnyFigure
    beliefs: list[Axes]
    mistakes: list[Axes]
    truth: Axes
    curve: Axes
    in_rows: bool
    free: tuple[float, float]

    def undress(self) -> None:
        """Take off the labels between panels."""
        columns = [*self.beliefs, self.truth]
        inner_y = [*columns[1:], *self.mistakes[1:]] if self.in_rows else self.mistakes
        inner_x = columns if self.in_rows else [*self.beliefs, *self.mistakes[:-1]]
        for ax in inner_y:
            ax.set_ylabel("")
            ax.tick_params(labelleft=False)
        for ax in inner_x:
            ax.set_xlabel("")
            ax.tick_params(labelbottom=False)

    def draw_bar(self, ax: Axes, cells: ScalarMappable, label: str) -> None:
        """A colourbar beside axes, or below them."""
        wide, high = figure_inches(self.figure)
        box = ax.get_position()
        place = (box.x1 + BAR_GAP / wide, box.y0, BAR_THICKNESS / wide, box.height)
        if not self.in_rows:
            under = x_labels_inches() if ax is self.truth or ax is self.mistakes[-1] else 0.0
            bottom = box.y0 - (under + 0.04 + BAR_THICKNESS) / high
            across = max(box.width, LEAST_BAR / wide)
            place = ((box.x0 + box.x1 - across) / 2, bottom, across, BAR_THICKNESS / high)
        draw_colorbar_on(self.figure.add_axes(place), cells, label, below=not self.in_rows)

    def draw_legend(self) -> None:
        """What lines and the dot in belief maps are."""
        agent = Line2D([], [], color=AGENT_COLOR, linewidth=1.4, marker="o", markersize=4.5)
        agent.set_markeredgecolor("white")
        walls = (Line2D([], [], color=WALL_COLOR, alpha=a, linewidth=1.6) for a in (1.0, 0.5))
        lines, labels = self.curve.get_legend_handles_labels()
        self.figure.legend(
            [*walls, agent, *lines],
            ["wall, as believed", "as likely as not", "agent, its way here", *labels],
            loc="upper left",
            bbox_to_anchor=np.divide(self.free, figure_inches(self.figure)),
            frameon=False,
            borderpad=0,
            borderaxespad=0,
            handlelength=2.0,
            labelspacing=0.35,
        )


def place_panels(
    learning: Learning,
    steps: Sequence[int],
    off: Sequence[Any],
    ranges: tuple[Range, Range],
    figure: AnyFigure | None,
    width: float | None,
    title: bool,
) -> Place:
    """Axes for the maps and the curve, with titles and room for bars and the legend."""
    shape = learning.truth.world.maze.shape
    if figure is not None:
        width, _ = figure_inches(figure)
    in_rows = goes_in_rows(shape, width)
    side = WIDE_SIDE if is_wide(shape) else SIDE
    texts = _texts(learning, steps, off)
    rows = _rows(shape, len(steps), ranges, in_rows)
    size = font_points("axes.titlesize")
    trial, _ = arrange(rows, side=side, width=width)
    head = caption(learning.truth) if title else ""
    head = wrapped(head, figure_inches(trial)[0] - 2 * BETWEEN, size)
    rows[0] = [
        box._replace(top=box.top + len(head.splitlines()) * line_inches(size)) for box in rows[0]
    ]
    _, grid = arrange(rows, side=side, width=width)  # to learn how large the panels get
    ordered = texts if in_rows else [*map(list, zip(*texts, strict=False)), texts[0][-1:]]
    rows = [
        [
            box._replace(
                right=box.right + max(0.0, _wide(text, size) - axes_inches(ax)[0] - box.right)
            )
            for box, ax, text in zip(row, axes, [*own, ""], strict=False)
        ]
        for row, axes, own in zip(rows, grid, ordered, strict=True)
    ]
    rights = [max(box.right for box in column) for column in zip(*rows, strict=True)]
    rows = [
        [box._replace(right=right) for box, right in zip(row, rights, strict=True)] for row in rows
    ]
    figure, grid = arrange(rows, side=side, width=width, figure=figure)
    for axes, own in zip(grid, ordered, strict=True):
        for ax, text in zip(axes, own, strict=False):
            ax.set_title(text, loc="left", fontsize=size, parse_math=False)
    wide, high = figure_inches(figure)
    empty = grid[-1].pop()
    down = [[row[0] for row in grid[:-1]], [row[1] for row in grid[:-1]]]
    panels = [grid[0][:-1], grid[1]] if in_rows else down
    truth = grid[0][-1] if in_rows else grid[-1][0]
    left = grid[0][0].get_position().x0
    curve_left = max(left, (curve_margin() + 0.05) / wide)
    right = panels[1][-1].get_position().x1
    base = (x_labels_inches() + BETWEEN) / high
    curve = figure.add_axes((curve_left, base, right - curve_left, CURVE / high))
    corner = empty.get_position()
    empty.remove()
    top = base * high + CURVE if in_rows else corner.y1 * high
    if head:
        figure.text(
            *(0.5, 1 - BETWEEN / 2 / high, head),
            ha="center",
            va="top",
            fontsize=size,
            parse_math=False,
        )
    free = corner.x0 * wide, top
    return Place(figure, panels[0], panels[1], truth, curve, in_rows, free)


def goes_in_rows(shape: tuple[int, int], width: float | None) -> bool:
    """Whether time goes from left to right, not down the page."""
    return not is_wide(shape) and (width is None or width >= IN_ROWS_FROM)


def _texts(learning: Learning, steps: Sequence[int], off: Sequence[Any]) -> list[list[str]]:
    """What stands above beliefs and the truth, and above differences."""
    names = [f"({letter(i)})" for i in range(len(steps) + 1)]
    when = [f"step {step}" if step else "at the start" for step in steps]
    over = [" ".join(both) for both in zip(names, [*when, "the truth"], strict=True)]
    under = [
        f"{name} \N{MINUS SIGN} {names[-1]}\n{_ends(each, float(learning.largest[step]))}"
        for name, step, each in zip(names, steps, off, strict=False)
    ]
    return [over, under]


def _ends(off: Any, largest: float) -> str:
    """The range of a difference, or its certified bound if it is small."""
    if largest < EQUAL:
        return "no difference"
    if largest <= CLOSE:
        return f"at most {rounded_up(largest)} bits"
    ends = np.nanmin(off), np.nanmax(off)
    texts = [f"{end:+.2f}" if round(end, 2) else "0" for end in ends]
    return " to ".join(texts).replace("-", "\N{MINUS SIGN}")


def _rows(
    shape: tuple[int, int], count: int, ranges: tuple[Range, Range], in_rows: bool
) -> list[list[Box]]:
    """The boxes of the maps: beliefs and the truth above differences, or beside them."""
    line = line_inches(font_points("axes.titlesize"))
    curve = CURVE + x_labels_inches() + line + 3 * BETWEEN
    box = map_box(shape)
    bar = max(colorbar_inches(*own) for own in ranges) + 0.05
    under = colorbar_inches(*ranges[0], below=True) + 0.04
    inner = Box(box.aspect, BETWEEN / 2, BETWEEN / 2, BETWEEN, line + BETWEEN)
    first = inner._replace(left=max(box.left, curve_margin()))
    if in_rows:
        row = [first, *[inner] * (count - 1), inner._replace(right=bar)]
        below = [
            each._replace(bottom=x_labels_inches() + curve, top=each.top + line) for each in row
        ]
        return [row, below]
    pair = [first, inner._replace(left=2 * BETWEEN, right=2 * BETWEEN, top=2 * line + BETWEEN)]
    rows = [list(pair) for _ in range(count + 1)]
    for i, more in ((-2, 0.0), (-1, curve)):
        bottom = x_labels_inches() + under + more
        rows[i] = [each._replace(bottom=bottom) for each in rows[i]]
    return rows


def curve_margin() -> float:
    """Inches that the curve's labels need on its left."""
    label = 2 * line_inches(font_points("axes.labelsize"))
    return text_inches("10-3", font_points("ytick.labelsize")) + label + em()


def _wide(text: str, size: float) -> float:
    return max((text_inches(line, size) for line in text.splitlines()), default=0.0) + BETWEEN
