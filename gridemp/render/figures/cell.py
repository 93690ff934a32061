"""The outcomes of a cell over the maze, its first actions as arrows, and its channel."""

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import Colormap

from gridemp.analysis.cell import CellSource
from gridemp.render.artists.action_arrows import draw_first_actions
from gridemp.render.artists.channel import (
    draw_graph,
    draw_matrix,
    graph_box,
    graph_fits,
    matrix_box,
)
from gridemp.render.artists.maze_axes import cell_points
from gridemp.render.artists.maze_part import draw_part, part_shown, shape_of
from gridemp.render.layout.boxes import AnyFigure, Box, arrange, axes_inches, figure_inches
from gridemp.render.layout.colorbars import draw_colorbar
from gridemp.render.layout.margins import MIN_TITLE_WIDTH, is_wide, long_side, map_box, with_title
from gridemp.render.layout.panel_rows import draw_head
from gridemp.render.layout.text import line_inches, text_inches, wrapped
from gridemp.render.layout.titles import figure_title
from gridemp.report.captions import short_name
from gridemp.report.cell_text import headline

COLORMAP = "viridis_r"  # likely outcomes are dark, as cells without outcomes are light
TWO_PANELS = 5.5  # inches of a figure from which two panels stand side by side
MAX_NAMED = 5  # actions whose weights a title gives
ABOVE_HEAD = 0.1  # inches


def draw_source(
    source: CellSource,
    ax: Axes | None = None,
    *,
    width: float | None = None,
    cmap: str | Colormap | None = None,
    title: str | bool = True,
    colorbar: bool = True,
) -> Axes:
    """Draw the outcomes of a cell with their probabilities, and its first actions as arrows.

    Of a large maze only the part around the outcomes is shown, open where the maze goes on.

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
        Colour map of the probabilities, which begins at 0; by default "viridis_r".
    title : str or bool
        Title; if True, it gives the maze, the cell, the horizon, the noise, the bits and the
        weights of the first actions.
    colorbar : bool
        If True, draw a colourbar.

    Returns
    -------
    matplotlib.axes.Axes
        Axes whose data coordinates are the (x, y) of cell centres, with y up.
    """
    text = figure_title(title, caption(source))
    part = part_shown(source)
    shape = shape_of(part)
    if ax is None:
        side = long_side(shape)
        box, text = with_title(_box(source, colorbar), text, side=side, width=width)
        _, ((ax,),) = arrange([[box]], side=side, width=width)
    limit = float(np.nanmax(source.grid()))
    cells = draw_part(ax, source, part, cmap=cmap or COLORMAP, vmin=0, vmax=limit)
    draw_first_actions(ax, source, cell_points(ax, shape))
    ax.set_title(text, parse_math=False)
    if colorbar:
        draw_colorbar(ax, cells, "probability of the outcome", below=is_wide(shape))
    return ax


def cell_figure(
    source: CellSource,
    *,
    figure: AnyFigure | None = None,
    width: float | None = None,
    cmap: str | Colormap | None = None,
    title: str | bool = True,
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
        Colour map of the probabilities; by default "viridis_r".
    title : str or bool
        Title; if True, it is that of `draw_source`; if False, write no titles at all.

    Returns
    -------
    matplotlib.figure.Figure

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
    """
    wide = width if figure is None else figure_inches(figure)[0]
    shape = shape_of(part_shown(source))
    side = long_side(shape)
    box = _box(source, colorbar=True)
    text = figure_title(title, caption(source))
    channel = source.channel
    if channel is None:
        box, text = with_title(box, text, side=side, width=wide)
        figure, ((ax,),) = arrange([[box]], side=side, width=wide, figure=figure)
        draw_source(source, ax, cmap=cmap, title=text)
        return figure
    stacked = is_wide(shape) or (wide is not None and wide < TWO_PANELS)
    high = 1.2 if stacked and not is_wide(shape) else 0.8 if stacked else 1.0

    def placed(other: Box) -> list[list[Box]]:
        return [[box], [other]] if stacked else [[box, other]]

    other = graph_box(source, channel, high)
    tried, axes = arrange(placed(other), side=side, width=wide)  # to learn their sizes
    as_graph = graph_fits(channel, len(source.readings), axes_inches(axes[-1][-1])[1])
    if not as_graph:
        other = matrix_box(source, channel, min(high, 1.0))
        tried, axes = arrange(placed(other), side=side, width=wide)
    about = f"{_count(len(channel.names), 'action sequence')}, {_count_outcomes(source)}"
    size = matplotlib.rcParams["axes.titlesize"]
    across = axes_inches(axes[-1][-1])[0]
    other, about = with_title(other, about if title is not False else "", side=side, across=across)
    text = wrapped(text, max(figure_inches(tried)[0] - 0.4, MIN_TITLE_WIDTH), size)
    head = line_inches(size) * len(text.splitlines()) + 0.15 if text else 0.0
    top = max(box.top, 0.0 if stacked else other.top)
    box = box._replace(top=top + head)
    figure, axes = arrange(placed(other), side=side, width=wide, figure=figure)
    left, right = axes[0][0], axes[-1][-1]
    draw_source(source, left, cmap=cmap, title=False)
    if as_graph:
        draw_graph(right, source, channel, cmap or COLORMAP, float(np.nanmax(source.grid())))
    else:
        draw_matrix(right, source, channel)
    right.set_title(about)
    draw_head(figure, text, above=ABOVE_HEAD)
    return figure


def caption(source: CellSource) -> str:
    """Return the maze, cell, horizon and noise; the bits; the weights of the first actions."""
    text = headline(source, short_name(source.world))
    bits = f"{source.bits:.4f} bits"
    bits += f", {_count_outcomes(source)}" if source.outcomes is not None else ""
    order = np.argsort(-source.first_actions.round(9), kind="stable")
    named = [f"{source.world.actions[a]} {source.first_actions[a]:.1%}" for a in order]
    if len(named) > MAX_NAMED:
        return f"{text}\n{bits}, longest arrow: {named[0]}"
    return f"{text}\n{bits}\nfirst action: {', '.join(named)}"


def _count_outcomes(source: CellSource) -> str:
    """Return the number of outcomes, in words."""
    return _count(len(source.readings), "outcome")


def _count(number: int, noun: str) -> str:
    """Return a number with its noun, in the plural unless it is one."""
    return f"{number} {noun}" + ("s" if number != 1 else "")


def _box(source: CellSource, colorbar: bool) -> Box:
    """Return the axes of the part that is shown, with room for the labels of its last rows."""
    part = part_shown(source)
    height, width = shape_of(part)
    limit = float(np.nanmax(source.grid()))
    box = map_box((height, width), (0.0, limit) if colorbar else None)
    more = len(str(source.world.maze.xy(part[0].start, 0)[1])) - len(str(height - 1))
    digits = text_inches("0" * more, matplotlib.rcParams["ytick.labelsize"]) if more > 0 else 0.0
    return box._replace(left=box.left + digits)
