"""The outcomes of a cell over the maze, its first actions as arrows, and its channel."""

from typing import Unpack

import matplotlib
from matplotlib.axes import Axes
from matplotlib.colors import Colormap
from matplotlib.patches import Patch

from gridemp.analysis.cell import CellSource
from gridemp.arguments import check_kinds
from gridemp.mazes.maze import Maze
from gridemp.render.artists.action_arrows import draw_first_actions, entries_of
from gridemp.render.artists.channel import (
    draw_graph,
    draw_matrix,
    graph_box,
    graph_fits,
    matrix_box,
)
from gridemp.render.artists.map_key import object_entries
from gridemp.render.artists.maze_axes import cell_points
from gridemp.render.artists.maze_part import draw_part, part_shown, shape_of
from gridemp.render.artists.outcome_colors import ALIKE, OutcomeColors, outcome_colors
from gridemp.render.layout.boxes import AnyFigure, Box, arrange, figure_inches, placement
from gridemp.render.layout.colorbars import draw_colorbar
from gridemp.render.layout.drawing_options import DrawingMarks
from gridemp.render.layout.keys import with_map_key
from gridemp.render.layout.legends import LegendEntry, draw_map_legend
from gridemp.render.layout.margins import (
    MIN_TITLE_WIDTH,
    is_wide,
    long_side,
    map_box,
    with_bar_label,
    with_title,
)
from gridemp.render.layout.panel_titles import draw_head
from gridemp.render.layout.text import line_inches, text_inches, wrapped
from gridemp.render.layout.titles import figure_title
from gridemp.report.captions import short_name
from gridemp.report.cell_text import headline, objects_in
from gridemp.shown import counted

TWO_PANELS = 5.5  # inches of a figure from which two panels stand side by side
ABOVE_HEAD = 0.1  # inches


def draw_source(
    source: CellSource,
    ax: Axes | None = None,
    *,
    width: float | None = None,
    cmap: str | Colormap | None = None,
    title: str | bool = True,
    colorbar: bool = True,
    **marks: Unpack[DrawingMarks],
) -> Axes:
    """Draw the outcomes of a cell, and its first actions as arrows.

    Colours show the probabilities of outcomes. In a deterministic world these are all equal, and
    the colours show the fewest steps to each outcome; or the number of outcomes in each cell, where
    a cell has several; or which cells look alike, where they share outcomes. Of a large maze only
    the part around the outcomes is shown, open where the maze goes on.

    Parameters
    ----------
    source : CellSource
        Source distribution of the cell, which is framed.
    ax : matplotlib.axes.Axes, optional
        Axes to draw on; by default those of a new figure that fits the maze, which is the
        `.figure` of the axes returned.
    width : float, optional
        Width of the new figure in inches.
    cmap : str or matplotlib.colors.Colormap, optional
        Colour map; by default "viridis_r" for probabilities, otherwise light colours.
    title : str or bool
        Title; if True, it gives the maze, the cell, the horizon, the noise, the bits and the number
        of outcomes.
    colorbar : bool
        If True, draw a colourbar.
    **marks
        Lines between cells, and whether the signs are explained below the map: `grid` and `legend`
        as in `heatmap`.

    Returns
    -------
    matplotlib.axes.Axes
        Axes whose data coordinates are the (x, y) of cell centres, with y up.

    Examples
    --------
    >>> import gridemp
    >>> from gridemp.analysis import cell_source
    >>> world = gridemp.World.from_maze(gridemp.load_maze("klyubin"))
    >>> ax = gridemp.render.draw_source(cell_source(world, 5, 5, horizon=2), title="Two steps")
    >>> ax.get_title()
    'Two steps'
    """
    check_kinds(draw_source, locals())
    text = figure_title(title, caption(source))
    colors = outcome_colors(source, cmap)
    entries = legend_entries(source, colors) if marks.get("legend", True) else []
    part = part_shown(source)
    shape = shape_of(part)
    box = _box(source, colors, colorbar)
    below_map = box.bottom
    if ax is None:
        side = long_side(shape)
        box, entries = _with_texts(box, shape, colors.label * colorbar, entries, side, width)
        box, text = with_title(box, text, side=side, width=width)
        _, ((ax,),) = arrange([[box]], side=side, width=width)
    look = {**colors.colors, "grid": marks.get("grid", True)}
    cells = draw_part(ax, source, part, colors.values, **look)
    draw_first_actions(ax, source, cell_points(ax, shape))
    ax.set_title(text, parse_math=False)
    if colorbar and colors.label:
        draw_colorbar(ax, cells, colors.label, below=is_wide(shape))
    draw_map_legend(ax, entries, below_map)
    return ax


def cell_figure(
    source: CellSource,
    *,
    figure: AnyFigure | None = None,
    width: float | None = None,
    cmap: str | Colormap | None = None,
    title: str | bool = True,
    **marks: Unpack[DrawingMarks],
) -> AnyFigure:
    """Draw a cell as `draw_source` does and, if it has few action sequences, its channel.

    The channel is a bipartite graph if its names can be read, otherwise a matrix.

    Parameters
    ----------
    source : CellSource
        Source of the cell.
    figure : matplotlib.figure.Figure, optional
        Empty figure to fill; by default a new one.
    width : float, optional
        Width of the new figure in inches.
    cmap : str or matplotlib.colors.Colormap, optional
        Colour map of the outcomes; see `draw_source`.
    title : str or bool
        Title; if True, it is that of `draw_source`.
    **marks
        Lines between cells, and whether the signs are explained below the map: `grid` and `legend`
        as in `heatmap`.

    Returns
    -------
    matplotlib.figure.Figure
        The figure, whose panels are its `axes`.

    Raises
    ------
    GridempError
        If the figure does not fit.

    Examples
    --------
    >>> import gridemp
    >>> from gridemp.analysis import cell_source
    >>> world = gridemp.World.from_maze(gridemp.load_maze("klyubin"))
    >>> figure = gridemp.render.cell_figure(cell_source(world, 5, 5, horizon=2))
    >>> print(figure.texts[0].get_text())
    klyubin, x = 5, y = 5, horizon 2, no noise
    12 outcomes, each with probability 1/12, log2 12 = 3.5850 bits
    """
    check_kinds(cell_figure, locals())
    wide = width if figure is None else figure_inches(figure)[0]
    shape = shape_of(part_shown(source))
    side = long_side(shape)
    colors = outcome_colors(source, cmap)
    entries = legend_entries(source, colors) if marks.get("legend", True) else []
    text = figure_title(title, caption(source))
    box = _box(source, colors, colorbar=True)
    channel = source.channel
    stacked = is_wide(shape) or (wide is not None and wide < TWO_PANELS)
    across = wide if channel is None or stacked or wide is None else wide / 2
    box, entries = _with_texts(box, shape, colors.label, entries, side, across)
    marks["legend"] = bool(entries)
    if channel is None:
        box, text = with_title(box, text, side=side, width=wide)
        figure, ((ax,),) = arrange([[box]], side=side, width=wide, figure=figure)
        draw_source(source, ax, cmap=cmap, title=text, **marks)
        return figure
    high = 1.2 if stacked and not is_wide(shape) else 0.8 if stacked else 1.0

    def placed(other: Box) -> list[list[Box]]:
        return [[box], [other]] if stacked else [[box, other]]

    other = graph_box(source, channel, high)
    tried = placement(placed(other), side=side, width=wide)  # to learn their sizes
    for _ in range(2):  # in a figure of a given width, wider margins make narrower axes
        other = graph_box(source, channel, high, tried.axes[-1][-1].width)
        tried = placement(placed(other), side=side, width=wide)
    as_graph = graph_fits(channel, len(source.readings), tried.axes[-1][-1].height)
    if not as_graph:
        other = matrix_box(source, channel, min(high, 1.0))
        tried = placement(placed(other), side=side, width=wide)
    size = matplotlib.rcParams["axes.titlesize"]
    text = wrapped(text, max(tried.width - 0.4, MIN_TITLE_WIDTH), size)
    head = line_inches(size) * len(text.splitlines()) + 0.15 if text else 0.0
    box = box._replace(top=box.top + head)
    figure, axes = arrange(placed(other), side=side, width=wide, figure=figure)
    left, right = axes[0][0], axes[-1][-1]
    draw_source(source, left, cmap=cmap, title=False, **marks)
    if as_graph:
        draw_graph(right, source, channel, colors.of_outcomes(source))
    else:
        draw_matrix(right, source, channel)
    draw_head(figure, text, above=ABOVE_HEAD)
    return figure


def caption(source: CellSource) -> str:
    """Return the maze, cell, horizon and noise; the outcomes and the bits."""
    text = headline(source, short_name(source.world))
    count = len(source.readings)
    outcomes = counted(count, "outcome")
    if source.outcomes is None:
        return f"{text}\n{outcomes}, {source.bits:.4f} bits"
    if count == 1:
        return f"{text}\n{outcomes}, 0 bits"
    each = f"each with probability 1/{count}, log2 {count} = {source.bits:.4f} bits"
    return f"{text}\n{outcomes}, {each}"


def legend_entries(source: CellSource, colors: OutcomeColors) -> list[LegendEntry]:
    """Return the legend of the arrows, of the objects and, without a colourbar, of the colours."""
    maze, (rows, cols) = source.world.maze, part_shown(source)
    part = Maze(maze.floor[rows, cols], objects=dict(objects_in(maze, rows, cols)))
    entries = [*entries_of(source), *object_entries([part])]
    if colors.label:
        return entries
    patch = Patch(facecolor=colors.cmap(0), edgecolor="none")
    return [*entries, (patch, ALIKE if colors.alike else "an outcome")]


def _box(source: CellSource, colors: OutcomeColors, colorbar: bool) -> Box:
    """Return the axes of the part that is shown, with room for the labels of its last rows."""
    part = part_shown(source)
    height, width = shape_of(part)
    box = map_box((height, width), colors.range if colorbar else None)
    more = len(str(source.world.maze.xy(part[0].start, 0)[1])) - len(str(height - 1))
    digits = text_inches("0" * more, matplotlib.rcParams["ytick.labelsize"]) if more > 0 else 0.0
    return box._replace(left=box.left + digits)


def _with_texts(
    box: Box,
    shape: tuple[int, int],
    label: str,
    entries: list[LegendEntry],
    side: float,
    width: float | None,
) -> tuple[Box, list[LegendEntry]]:
    """Make room for the label of a colourbar beside the map, and for the legend if it fits."""
    if label and not is_wide(shape):
        box = with_bar_label(box, label, side=side, width=width)
    return with_map_key(box, entries, side, width)
