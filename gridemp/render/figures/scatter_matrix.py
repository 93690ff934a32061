"""A map and several measures of its cells, each against each other, with all correlations."""

from collections.abc import Mapping
from itertools import pairwise

import matplotlib
import numpy as np
from matplotlib.axes import Axes

from gridemp.analysis.centrality import centrality_of
from gridemp.arguments import check_kinds
from gridemp.engine.map import EmpowermentMap
from gridemp.errors import GridempError
from gridemp.information.correlation import pearson, spearman
from gridemp.render.artists.difference import DIVERGING
from gridemp.render.artists.scatter import axis_limits, draw_points, rounded
from gridemp.render.layout.boxes import (
    AnyFigure,
    Box,
    arrange,
    axes_inches,
    figure_inches,
    placement,
)
from gridemp.render.layout.colorbars import colorbar_ticks
from gridemp.render.layout.margins import TICK_LENGTH
from gridemp.render.layout.panel_titles import draw_head, head_inches, wrapped_head
from gridemp.render.layout.text import (
    MIN_FONT_SIZE,
    font_points,
    line_inches,
    text_inches,
    widest_line_inches,
    wrapped,
)
from gridemp.render.layout.titles import figure_title
from gridemp.report.captions import bar_label, caption
from gridemp.typing import Array

SIDE = 1.4  # inches of a panel in a figure without a given width
MIN_SIDE = 0.4  # inches of a panel, in which no name has room
GAP = 0.07  # inches between panels
LABEL_GAP = 0.08  # inches between the labels of ticks
TRIED_TICKS = (3, 4, 5, 2)  # largest numbers of ticks, of which the first that fits is taken
PAD = 0.03  # inches between a text and the frame of its panel
MARKER = 2.8  # points of the side of a mark, in panels of the usual size
TINT = 0.55  # of the strength of the colour of a correlation of 1 or -1
EXPLANATION = "one point per cell; r: Pearson, \N{GREEK SMALL LETTER RHO}: Spearman"


def scatter_matrix(
    emap: EmpowermentMap,
    measures: Mapping[str, Array],
    *,
    figure: AnyFigure | None = None,
    width: float | None = None,
    title: str | bool = True,
    note: str = "",
) -> AnyFigure:
    """Draw a map and measures of its cells as a matrix of scatter plots and correlations.

    The names stand on the diagonal. Below it, each quantity is drawn against each other, and above
    it are Pearson's r and Spearman's rho of the same pair, on a colour for r. A pair leaves out the
    cells where one of its quantities is undefined, and then says how many cells remain.

    Parameters
    ----------
    emap : EmpowermentMap
        Map of T states. If it has bounds that can be told apart, the lower ones are drawn.
    measures : mapping of str to ndarray, shape (T,)
        The other quantities by their labels with units: the value of each state, such as the result
        of `measure`, NaN where it is undefined. If the map shows one of several states in a cell,
        there may instead be a value for each start of the world.
    figure : matplotlib.figure.Figure, optional
        Empty figure to fill; by default a new one.
    width : float, optional
        Width of the new figure in inches.
    title : str or bool
        Title; if True, it gives the maze, the horizon and the noise, and explains the panels.
    note : str
        Line below the default title, such as the `note` of an estimate.

    Returns
    -------
    matplotlib.figure.Figure
        The figure, whose panels are its `axes`, row by row.

    Raises
    ------
    GridempError
        If no measure is given, there are not as many values as states, or the figure is too narrow
        for the names.

    Examples
    --------
    >>> import gridemp
    >>> from gridemp.analysis import MEASURES, measure
    >>> world = gridemp.World.from_maze(gridemp.load_maze("klyubin"))
    >>> emap = gridemp.empowerment(world, horizon=5)
    >>> names = ["distance", "entropy"]
    >>> measures = {MEASURES[name].label: measure(world, name, 5) for name in names}
    >>> figure = gridemp.render.scatter_matrix(emap, measures)
    >>> len(figure.axes)
    9
    """
    check_kinds(scatter_matrix, locals())
    if not measures:
        raise GridempError("a matrix of scatter plots needs `measures`; give one or more")
    shown = emap.one_per_cell()
    columns = {bar_label([shown]): shown.bits}
    for label, values in measures.items():
        found = centrality_of(emap, np.asarray(values, dtype=float))
        if shown is not emap:
            order = np.argsort(emap.states)
            found = found[order[np.searchsorted(emap.states, shown.states, sorter=order)]]
        columns[label] = found
    gap = float(shown.gap.max())
    size = None if figure is None else figure_inches(figure)
    across = width if size is None else size[0]
    if across is not None and across < MIN_SIDE * (len(columns) + 1):
        raise too_narrow(len(columns))
    head = figure_title(title, f"{caption(shown)}\n{note}\n{EXPLANATION}".replace("\n\n", "\n"))
    boxes = _boxes(list(columns.values()))
    head = wrapped_head(head, placement(boxes, side=SIDE, width=across).width)
    boxes[0] = [box._replace(top=GAP + (head_inches(head) if head else 0)) for box in boxes[0]]
    place = placement(boxes, side=SIDE, width=width, size=size).axes[0][0]
    texts, points = _fitted_names(list(columns), place.width - 2 * PAD, place.height - 2 * PAD)
    figure, grid = arrange(boxes, side=SIDE, width=width, figure=figure)
    for i, y in enumerate(columns.values()):
        for j, x in enumerate(columns.values()):
            ax = grid[i][j]
            if i == j:
                ax.set_facecolor("white")
                _write(ax, texts[i], points, "name")
            elif i > j:
                _draw_pair(ax, x, y, left=j == 0, bottom=i == len(columns) - 1)
            else:
                _write_correlations(ax, y, x, gap if i == 0 else 0.0)
    left, right = grid[0][0].get_position().x0, grid[0][-1].get_position().x1
    draw_head(figure, head, (left + right) / 2)
    return figure


def _boxes(columns: list[Array]) -> list[list[Box]]:
    """Square boxes, the outer ones with room for the labels of ticks."""
    size = font_points("ytick.labelsize")
    texts = [text for values in columns for text in ticks_of(values, SIDE, up=True)[1]]
    widest = max(text_inches(text, size) for text in texts)
    left = widest + TICK_LENGTH + 0.1
    bottom = line_inches(font_points("xtick.labelsize")) + TICK_LENGTH + 0.06
    last = len(columns) - 1
    return [
        [
            Box(
                1.0,
                left=left if j == 0 else GAP / 2,
                right=GAP + 0.05 if j == last else GAP / 2,
                bottom=bottom if i == last else GAP / 2,
                top=GAP / 2,
            )
            for j in range(last + 1)
        ]
        for i in range(last + 1)
    ]


def _draw_pair(ax: Axes, x: Array, y: Array, *, left: bool, bottom: bool) -> None:
    """Draw one quantity against another, with the labels of ticks at the edge of the matrix."""
    known = np.isfinite(x) & np.isfinite(y)
    wide, high = axes_inches(ax)
    draw_points(ax, x[known], y[known], size=MARKER * min(1.0, wide / SIDE))
    ax.set_xlim(axis_limits(x[np.isfinite(x)]))
    ax.set_ylim(axis_limits(y[np.isfinite(y)]))
    across, up = ticks_of(x, wide), ticks_of(y, high, up=True)
    ax.set_xticks(across[0], labels=across[1] if bottom else [""] * len(across[0]))
    ax.set_yticks(up[0], labels=up[1] if left else [""] * len(up[0]))
    ax.tick_params(length=2)


def ticks_of(values: Array, inches: float, *, up: bool = False) -> tuple[list[float], list[str]]:
    """Ticks of an axis of some values, two or more if their labels fit without touching."""
    low, high = axis_limits(values[np.isfinite(values)])
    size = font_points("ytick.labelsize" if up else "xtick.labelsize")
    fitting: list[list[tuple[float, str]]] = []
    for most in TRIED_TICKS:
        inside = []  # pairs of a tick and its label, and the ends of the label in inches
        for tick, label in zip(*colorbar_ticks(low, high, most=most), strict=True):
            half = (line_inches(size) if up else text_inches(label, size)) / 2
            place = (tick - low) / (high - low) * inches
            if half <= min(place, inches - place) + GAP / 2:
                inside.append(((tick, label), place - half, place + half))
        for some in (inside, inside[::2], inside[1::2]):
            pairs = pairwise(some)
            if some and all(end + LABEL_GAP <= start for (*_, end), (_, start, _) in pairs):
                fitting.append([tick for tick, *_ in some])
    best = next((some for some in fitting if len(some) > 1), fitting[0] if fitting else [])
    return [tick for tick, _ in best], [label for _, label in best]


def _fitted_names(names: list[str], width: float, height: float) -> tuple[list[str], float]:
    """Break names into lines that fit into a panel, all in one font size."""
    points = font_points("axes.labelsize")
    while True:
        texts = [wrapped(name, width, points) for name in names]
        words = [word for name in names for word in name.split()]
        if max(text_inches(word, points) for word in words) <= width and all(
            len(text.splitlines()) * line_inches(points) <= height for text in texts
        ):
            return texts, points
        if points <= MIN_FONT_SIZE:
            raise too_narrow(len(names))
        points = max(MIN_FONT_SIZE, points - 0.5)


def too_narrow(count: int) -> GridempError:
    """Error for a figure that is too narrow for so many quantities."""
    return GridempError(
        f"the names of {count} quantities do not fit into this figure; give a larger `width` or "
        "fewer measures"
    )


def _write(ax: Axes, text: str, points: float, gid: str) -> None:
    """Write a text into the middle of a panel without ticks."""
    ax.set_xticks([])
    ax.set_yticks([])
    ax.text(
        0.5,
        0.5,
        text,
        transform=ax.transAxes,
        ha="center",
        va="center",
        fontsize=points,
        color="black",
        parse_math=False,
        gid=gid,
    )


def _write_correlations(ax: Axes, x: Array, y: Array, slack: float) -> None:
    """Write both coefficients on a colour for the first, and how many cells are not left out."""
    r, rho = pearson(x, y), spearman(x, y, slack)
    known = int((np.isfinite(x) & np.isfinite(y)).sum())
    strength = 0.0 if np.isnan(r) else TINT * r
    ax.set_facecolor(matplotlib.colormaps[DIVERGING](0.5 + 0.5 * strength))
    text = f"r {rounded(r)}\n\N{GREEK SMALL LETTER RHO} {rounded(rho)}"
    text += f"\n{known} cells" * (known < len(x))
    wide, _ = axes_inches(ax)
    usual = font_points("axes.labelsize")
    fitting = usual * (wide - 2 * PAD) / widest_line_inches(text, usual)
    _write(ax, text, max(MIN_FONT_SIZE, min(usual, fitting)), "correlation")
