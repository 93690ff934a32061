"""Information above chance under pairs of conditions, with its intervals, as a grid of cells."""

from collections import Counter
from collections.abc import Sequence

import matplotlib
import numpy as np
from matplotlib.axes import Axes

from gridemp.arguments import check_kinds
from gridemp.logs.condition_grid import ConditionGrid, ConditionMean
from gridemp.render.artists.condition_cells import (
    ConditionCells,
    draw_condition_cells,
    mark_entry,
)
from gridemp.render.figures.learning_curve import estimate_words, quantity_words
from gridemp.render.layout.boxes import Box, arrange
from gridemp.render.layout.colorbars import colorbar_inches, draw_colorbar
from gridemp.render.layout.keys import with_map_key
from gridemp.render.layout.legends import LegendEntry, draw_map_legend
from gridemp.render.layout.margins import with_bar_label, with_title, x_labels_inches
from gridemp.render.layout.text import (
    em,
    font_points,
    line_inches,
    text_inches,
    with_minus_signs,
)
from gridemp.render.layout.titles import figure_title
from gridemp.shown import counted

SIDE = 5.0  # inches of the longer side of the axes
CELL_ASPECT = 0.62  # height over width of a cell
ASPECTS = 0.3, 1.2  # smallest and largest height over width of the axes
FLAT = 1e-3  # bits of range, up to which all cells have one colour
LABEL = "information above chance [bits]"
MARK = "95 % interval not above chance"


def draw_condition_grid(
    grid: ConditionGrid,
    ax: Axes | None = None,
    *,
    width: float | None = None,
    title: str | bool = True,
) -> Axes:
    """Draw the mean information above chance under each pair of conditions.

    Each cell has the mean over players of the estimates less the mean of the null estimates, and
    its 95 % interval by Student's t from the differences between players. A dashed frame marks
    cells whose interval does not lie above 0. Pairs without trials are hatched.

    Parameters
    ----------
    grid : ConditionGrid
        Means to draw, in bits.
    ax : matplotlib.axes.Axes, optional
        Axes to draw on; by default those of a new figure. The colourbar stands to the right of the
        axes, so create a figure with several axes with `layout="constrained"`.
    width : float, optional
        Width of the new figure in inches.
    title : str or bool
        Title; if True, it gives the columns, the estimator, and the numbers of players and windows.

    Returns
    -------
    matplotlib.axes.Axes
        Axes of the conditions.

    Examples
    --------
    >>> import numpy as np
    >>> from gridemp import render
    >>> from gridemp.logs import EstimateSettings, Trial, Windows, condition_grid, measure
    >>> rng = np.random.default_rng(0)
    >>> held, noise = rng.normal(size=(2, 4, 100, 1))
    >>> pairs = [("2", "0"), ("2", "20"), ("10", "0"), ("10", "20")]
    >>> trials = [Trial("Ada", "1", held[i], noise[i], None, pair) for i, pair in enumerate(pairs)]
    >>> names = {"conditions": ("gravity", "wind")}
    >>> windows = Windows("log", tuple(trials), ("held",), ("moved",), (), "trial", **names)
    >>> grid = condition_grid(measure(windows, EstimateSettings("copula", shuffles=20)))
    >>> render.draw_condition_grid(grid).get_xlabel()
    'gravity'
    """
    check_kinds(draw_condition_grid, locals())
    shape = len(grid.y_names), len(grid.x_names)
    values, marked = np.full(shape, np.nan), np.zeros(shape, dtype=bool)
    texts, intervals = ([[""] * shape[1] for _ in range(shape[0])] for _ in range(2))
    for mean in grid.means:
        row, col = grid.y_names.index(mean.y), grid.x_names.index(mean.x)
        values[row, col] = mean.above
        texts[row][col] = _number(mean.above)
        intervals[row][col] = _interval(mean)
        marked[row, col] = mean.players > 1 and not mean.is_above_chance
    cells = ConditionCells(
        grid.x, grid.y, grid.x_names, grid.y_names, values, texts, intervals, marked
    )
    low, high = min(0.0, float(np.nanmin(values))), float(np.nanmax(values))
    entries = [mark_entry(MARK)] if marked.any() else []
    text = figure_title(title, title_of(grid))
    return draw_cells(cells, LABEL, (low, high), text, ax=ax, width=width, entries=entries)


def title_of(grid: ConditionGrid) -> str:
    """Return the columns on one line; the estimator, the players and the windows on the next."""
    curve = grid.curve
    counts = sorted({mean.players for mean in grid.means})
    players = counts[-1]
    several = f"{players}" if len(counts) == 1 else f"{counts[0]} to {players}"
    means = f"mean of {several} players with its 95 % interval" if players > 1 else "one player"
    if 1 < players < len(curve.players):
        means += " in each cell"
    elif players == 1 < len(curve.players):
        means = "one player in each cell, so no intervals"
    trials = set(Counter((trial.player, trial.conditions) for trial in curve.trials).values())
    each = [f"{counted(min(trials), 'trial')} each"] if players > 1 and len(trials) == 1 else []
    return f"{quantity_words(curve)}\n{', '.join([estimate_words(curve), *each, means])}"


def _number(bits: float) -> str:
    """Number of bits with two decimals."""
    return with_minus_signs(f"{round(bits, 2) + 0.0:.2f}")


def _interval(mean: ConditionMean) -> str:
    """Ends of the interval of a mean, if it has one."""
    if np.isnan(mean.above_low):
        return ""
    return f"[{_number(mean.above_low)}, {_number(mean.above_high)}]"


def draw_cells(
    cells: ConditionCells,
    label: str,
    limits: tuple[float, float],
    title: str,
    *,
    ax: Axes | None = None,
    width: float | None = None,
    entries: Sequence[LegendEntry],
) -> Axes:
    """Draw cells on axes or in a new figure, with a colourbar, a title and a key.

    Parameters
    ----------
    cells : ConditionCells
        Cells to draw.
    label : str
        Label of the colourbar.
    limits : (low, high)
        Range of the colours.
    title : str
        Title, in which lines are broken where needed.
    ax, width
        As in `draw_condition_grid`.
    entries : sequence of (Artist, str)
        Entries of the key; there is none on given axes.
    """
    low, high = limits if limits[1] - limits[0] > FLAT else (min(limits[0], 0.0), limits[1] + FLAT)
    below, shown = x_labels_inches(), list(entries) if ax is None else []
    if ax is None:
        size = font_points("ytick.labelsize")
        ticks = max(text_inches(name, size) for name in cells.y_names)
        left = ticks + line_inches(matplotlib.rcParams["axes.labelsize"]) + 1.3 * em()
        height, across = cells.values.shape
        aspect = float(np.clip(CELL_ASPECT * height / across, *ASPECTS))
        box = Box(aspect, left=left, right=colorbar_inches(low, high) + 0.05, bottom=below)
        box = with_bar_label(box, label, side=SIDE, width=width)
        box, title = with_title(box, title, side=SIDE, width=width)
        box, shown = with_map_key(box, shown, SIDE, width)
        _, ((ax,),) = arrange([[box]], side=SIDE, width=width)
    colors = draw_condition_cells(ax, cells, low, high)
    ax.set_title(title, parse_math=False)
    draw_colorbar(ax, colors, label)
    draw_map_legend(ax, shown, below)
    return ax
