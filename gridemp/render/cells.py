"""Why a cell has its number: its outcomes over the maze, its first actions, and its channel."""

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PatchCollection
from matplotlib.colors import Colormap
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator

from gridemp.captions import LONGEST_NAME
from gridemp.drawing import headline, shown
from gridemp.render.arrows import draw_first_actions
from gridemp.render.board import (
    HATCH_COLOR,
    HATCH_FROM_POINTS,
    SOLID_COLOR,
    cell_points,
    draw_values,
)
from gridemp.render.channels import draw_graph, draw_matrix, graph_box, graph_fits, matrix_box
from gridemp.render.colorbars import draw_colorbar
from gridemp.render.frames import NARROW_TITLE, is_wide, long_side, map_box, with_title, wrapped
from gridemp.render.layout import (
    POINTS,
    AnyFigure,
    Box,
    arrange,
    font_points,
    inches,
    line_inches,
    size_inches,
    text_inches,
)
from gridemp.render.marks import draw_objects, draw_walls
from gridemp.source import CellSource

COLORMAP = "viridis_r"  # dark = likely, as what is not reached is light
WHOLE = 16  # cells a side up to which a maze is shown whole
TWO_PANELS = 5.5  # inches of a figure from which two panels stand side by side
MOST_NAMED = 5  # actions whose weights a title gives
MOST_TICKS = 12


def draw_source(
    source: CellSource,
    ax: Axes | None = None,
    *,
    width: float | None = None,
    cmap: str | Colormap = COLORMAP,
    title: str | bool = True,
    colorbar: bool = True,
) -> Axes:
    """Draw the outcomes of a cell and how likely they are, and its first actions as arrows.

    Of a large maze only the part that can be reached is shown.

    Parameters
    ----------
    source : CellSource
        Of the cell, which is framed.
    ax : matplotlib.axes.Axes, optional
        Where; by default on a new figure that fits the maze, at `.figure` of what is returned.
    width : float, optional
        Of the new figure, in inches.
    cmap : str or matplotlib.colors.Colormap
        The colours of the probabilities, which begin at 0.
    title : str or bool
        What to write above; True for the maze, the cell, the horizon, the noise and the bits.
    colorbar : bool
        Whether to draw one.

    Returns
    -------
    matplotlib.axes.Axes
        In (x, y) of cell centres, y up.
    """
    text = caption(source) if title is True else title or ""
    shape = view(source)[0]
    if ax is None:
        side = long_side(shape)
        box, text = with_title(_box(source, colorbar), text, side=side, width=width)
        _, ((ax,),) = arrange([[box]], side=side, width=width)
    world, grid = source.world, source.grid()
    limit = float(np.nanmax(grid))
    cells = draw_values(ax, world.maze, grid, torus=world.torus, cmap=cmap, vmin=0, vmax=limit)
    across, up = inches(ax)
    points = POINTS * min(across / shape[1], up / shape[0])
    if shape != world.maze.shape:
        _zoom(ax, source, points)
    draw_first_actions(ax, source, points)
    ax.set_title(text, parse_math=False)
    if colorbar:
        draw_colorbar(ax, cells, "probability of the outcome", below=is_wide(shape))
    return ax


def cell_figure(
    source: CellSource,
    *,
    figure: AnyFigure | None = None,
    width: float | None = None,
    cmap: str | Colormap = COLORMAP,
    title: bool = True,
) -> AnyFigure:
    """Draw a cell as `draw_source` does and, if it has few action sequences, its channel.

    The channel is a bipartite graph if its names can be read, otherwise a matrix.

    Parameters
    ----------
    source : CellSource
        Of the cell.
    figure : matplotlib.figure.Figure, optional
        An empty figure to fill; by default a new one.
    width : float, optional
        Of the new figure, in inches.
    cmap : str or matplotlib.colors.Colormap
        The colours of the probabilities.
    title : bool
        Whether to write above what it shows.

    Returns
    -------
    matplotlib.figure.Figure
    """
    wide = width if figure is None else size_inches(figure)[0]
    shape = view(source)[0]
    side = long_side(shape)
    box = _box(source, True)
    text = caption(source) if title else ""
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
    tried, axes = arrange(placed(other), side=side, width=wide)  # to learn how large they get
    as_graph = graph_fits(channel, len(source.readings), inches(axes[-1][-1])[1])
    if not as_graph:
        other = matrix_box(source, channel, min(high, 1.0))
        tried, axes = arrange(placed(other), side=side, width=wide)
    about = f"{_count(len(channel.names), 'action sequence')}, {_count_outcomes(source)}"
    size = matplotlib.rcParams["axes.titlesize"]
    across = inches(axes[-1][-1])[0]
    other, about = with_title(other, about if title else "", side=side, across=across)
    text = wrapped(text, max(size_inches(tried)[0] - 0.4, NARROW_TITLE), size)
    head = line_inches(size) * len(text.splitlines()) + 0.15 if text else 0.0
    most = max(box.top, 0.0 if stacked else other.top)
    box = box._replace(top=most + head)
    figure, axes = arrange(placed(other), side=side, width=wide, figure=figure)
    draw_source(source, axes[0][0], cmap=cmap, title=False)
    if as_graph:
        draw_graph(axes[-1][-1], source, cmap, float(np.nanmax(source.grid())))
    else:
        draw_matrix(axes[-1][-1], source)
    axes[-1][-1].set_title(about)
    up = size_inches(figure)[1]
    figure.text(0.5, 1 - 0.1 / up, text, ha="center", va="top", fontsize=size, parse_math=False)
    return figure


def caption(source: CellSource) -> str:
    """The maze, the cell, the horizon and the noise; the bits; the weights of the first actions."""
    text = headline(source)
    name = source.world.maze.name
    if len(name) > LONGEST_NAME:
        text = name[: LONGEST_NAME - 1] + "…" + text[len(name) :]
    bits = f"{source.bits:.4f} bits"
    bits += f", {_count_outcomes(source)}" if source.outcomes is not None else ""
    order = np.argsort(-source.first_actions.round(9), kind="stable")
    named = [f"{source.world.actions[a]} {source.first_actions[a]:.1%}" for a in order]
    if len(named) > MOST_NAMED:
        return f"{text}\n{bits}, longest arrow: {named[0]}"
    return f"{text}\n{bits}\nfirst action: {', '.join(named)}"


def _count_outcomes(source: CellSource) -> str:
    return _count(len(source.readings), "outcome")


def _count(number: int, what: str) -> str:
    return f"{number} {what}" + ("s" if number != 1 else "")


def view(source: CellSource) -> tuple[tuple[int, int], tuple[slice, slice]]:
    """How many cells are drawn, up and across, and which rows and columns: all, or those near."""
    height, width = source.world.maze.shape
    near = [
        slice(max(part.start - 1, 0), min(part.stop + 1, most))
        for part, most in zip(shown(source), (height, width), strict=True)
    ]
    sides = [part.stop - part.start for part in near]
    if max(height, width) <= WHOLE or 2 * max(sides) > max(height, width):
        return (height, width), (slice(0, height), slice(0, width))
    return (sides[0], sides[1]), (near[0], near[1])


def _box(source: CellSource, colorbar: bool) -> Box:
    (height, width), (rows, _) = view(source)
    limit = float(np.nanmax(source.grid()))
    box = map_box((height, width), (0.0, limit) if colorbar else None)
    more = len(str(source.world.maze.xy(rows.start, 0)[1])) - len(str(height - 1))
    digits = text_inches("0" * more, matplotlib.rcParams["ytick.labelsize"]) if more > 0 else 0.0
    return box._replace(left=box.left + digits)


def _zoom(ax: Axes, source: CellSource, points: float) -> None:
    """Show only the part that is near, with walls and objects as large as that makes its cells."""
    maze = source.world.maze
    for artist in [*ax.collections, *ax.lines]:
        if str(artist.get_gid()).startswith(("walls", "object")):
            artist.remove()
    draw_walls(ax, maze, source.world.torus, points)
    draw_objects(ax, maze, points)
    _, (rows, cols) = view(source)
    row, col = np.argwhere(~maze.floor[rows, cols]).T
    x, y = maze.xy(row + rows.start, col + cols.start)
    corners = np.column_stack([x, y]) - 0.5
    if cell_points(ax, maze.shape) < HATCH_FROM_POINTS and len(corners):  # not hatched before
        ax.add_collection(
            PatchCollection(
                [Rectangle((x, y), 1, 1) for x, y in corners.tolist()],
                facecolor=SOLID_COLOR,
                edgecolor=HATCH_COLOR,
                hatch="////",
                linewidth=0,
                gid="solid",
            )
        )
    for artist in ax.collections:
        artist.set_clip_on(True)
    (left, bottom), (right, top) = maze.xy(rows.stop, cols.start), maze.xy(rows.start, cols.stop)
    limits = (left - 0.5, right - 0.5), (bottom + 0.5, top + 0.5)
    ax.set_xlim(limits[0])
    ax.set_ylim(limits[1])
    size = font_points("xtick.labelsize")
    label = size * (0.6 * len(str(max(maze.shape))) + 0.8)
    for axis, (low, high), length in zip((ax.xaxis, ax.yaxis), limits, inches(ax), strict=True):
        most = max(1, min(MOST_TICKS, int(POINTS * length / label)))
        places = MaxNLocator(most, integer=True, steps=[1, 2, 5, 10]).tick_values(low, high)
        axis.set_ticks([int(place) for place in places if low <= place <= high])
