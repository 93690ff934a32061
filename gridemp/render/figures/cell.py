"""Why a cell has its number: its outcomes over the maze, its first actions, and its channel."""

from typing import Any

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.collections import LineCollection
from matplotlib.colors import Colormap
from matplotlib.transforms import Affine2D

from gridemp.analysis.cell import CellSource
from gridemp.mazes.maze import Maze
from gridemp.render.artists.action_arrows import draw_first_actions
from gridemp.render.artists.channel import (
    draw_graph,
    draw_matrix,
    graph_box,
    graph_fits,
    matrix_box,
)
from gridemp.render.artists.maze_axes import _tick_step, cell_points, draw_values
from gridemp.render.layout.boxes import (
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
from gridemp.render.layout.colorbars import draw_colorbar
from gridemp.render.layout.margins import (
    NARROW_TITLE,
    is_wide,
    long_side,
    map_box,
    with_title,
    wrapped,
)
from gridemp.report.captions import MAX_NAME_LENGTH
from gridemp.report.cell_text import headline, objects_in, shown

COLORMAP = "viridis_r"  # dark = likely, as what is not reached is light
WHOLE = 16  # cells a side up to which a maze is shown whole
TWO_PANELS = 5.5  # inches of a figure from which two panels stand side by side
MAX_NAMED = 5  # actions whose weights a title gives


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

    Of a large maze only the part that can be reached is shown, open where the maze goes on.

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
    shape, part = view(source)
    if ax is None:
        side = long_side(shape)
        box, text = with_title(_box(source, colorbar), text, side=side, width=width)
        _, ((ax,),) = arrange([[box]], side=side, width=width)
    limit = float(np.nanmax(source.grid()))
    cells = _draw_part(ax, source, *part, cmap=cmap, vmin=0, vmax=limit)
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
    if len(name) > MAX_NAME_LENGTH:
        text = name[: MAX_NAME_LENGTH - 1] + "…" + text[len(name) :]
    bits = f"{source.bits:.4f} bits"
    bits += f", {_count_outcomes(source)}" if source.outcomes is not None else ""
    order = np.argsort(-source.first_actions.round(9), kind="stable")
    named = [f"{source.world.actions[a]} {source.first_actions[a]:.1%}" for a in order]
    if len(named) > MAX_NAMED:
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


def _draw_part(
    ax: Axes, source: CellSource, rows: slice, cols: slice, **colors: Any
) -> ScalarMappable:
    """Draw a part of the maze where it lies in the whole; its sides are open where that goes on."""
    maze, torus = source.world.maze, source.world.torus
    part = Maze(
        maze.floor[rows, cols],
        maze.wall_right[rows, cols.start : cols.stop - 1],
        maze.wall_below[rows.start : rows.stop - 1, cols],
        objects=dict(objects_in(maze, rows, cols)),
    )
    height, width = part.shape
    beyond = {
        "x": (cols.start, maze.shape[1] - cols.stop),
        "y": (maze.shape[0] - rows.stop, rows.start),
    }
    joined = "".join(axis for axis in torus if not any(beyond[axis]))
    others = ax.get_children()
    cells = draw_values(ax, part, source.grid()[rows, cols], torus=joined, **colors)
    if part.shape == maze.shape:
        return cells
    cuts = [
        (i, at)
        for i, (axis, limits) in enumerate((("x", ax.get_xlim()), ("y", ax.get_ylim())))
        for at, more in zip(limits, beyond[axis], strict=True)
        if more or (axis in torus and axis not in joined)
    ]
    left, bottom = maze.xy(rows.stop - 1, cols.start)
    moved = Affine2D().translate(left, bottom) + ax.transData
    for artist in (*ax.collections, *ax.lines, *ax.images):
        if artist in others:
            continue
        artist.set_transform(moved)
        if isinstance(artist, LineCollection) and str(artist.get_gid()).startswith("walls"):
            segments = [np.asarray(segment) for segment in artist.get_segments()]
            artist.set_segments(
                [s for s in segments if not any((s[:, i] == at).all() for i, at in cuts)]
            )
    size = font_points("xtick.labelsize")
    across, up = (POINTS * side for side in inches(ax))
    steps = (
        _tick_step(width, across, size * (0.6 * len(str(left + width)) + 0.6)),
        _tick_step(height, up, 1.2 * size),
    )
    for axis, first, count, step in zip(
        (ax.xaxis, ax.yaxis), (left, bottom), (width, height), steps, strict=True
    ):
        axis.set_ticks([at for at in range(first, first + count) if at % step == 0] or [first])
    ax.tick_params(length=0 if max(steps) == 1 else 3)
    ax.set_xlim(left - 0.5, left + width - 0.5)
    ax.set_ylim(bottom - 0.5, bottom + height - 0.5)
    return cells
