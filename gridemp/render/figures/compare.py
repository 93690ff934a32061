"""Two maps beside each other, and how they go together or apart."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import Colormap, Normalize

from gridemp.analysis.centrality import centrality_of
from gridemp.analysis.difference import Difference, changed_walls, difference
from gridemp.engine.map import INVISIBLE_GAP, EmpowermentMap
from gridemp.mazes.maze import Maze
from gridemp.render.artists.difference import (
    DIVERGING,
    EQUAL,
    _draw_changed,
    _draw_minuses,
    largest,
)
from gridemp.render.artists.maze_axes import cell_points, draw_values
from gridemp.render.artists.scatter import draw_scatter
from gridemp.render.figures.heatmap import color_range, heatmap
from gridemp.render.layout.boxes import AnyFigure
from gridemp.render.layout.panel_rows import draw_bar, three_panels
from gridemp.report.captions import bar_label, caption, captions
from gridemp.typing import Array

Range = tuple[float, float]


def compare_figure(
    emap: EmpowermentMap,
    values: Array,
    label: str,
    *,
    figure: AnyFigure | None = None,
    width: float | None = None,
    cmap: str | Colormap | None = None,
    vmin: float | None = None,
    vmax: float | None = None,
    peak: bool = True,
    title: bool = True,
) -> AnyFigure:
    """Draw a map, another quantity of its cells, and each cell by both, with correlations.

    Cells where either is not defined are left out of the third panel, which says so.

    Parameters
    ----------
    emap : EmpowermentMap
        Of T states.
    values : ndarray, shape (T,)
        The other quantity, such as `centrality` gives it, NaN where there is none; also one for
        each start of the world, where the map shows one of several states in a cell.
    label : str
        What it is called, with its unit.
    figure : matplotlib.figure.Figure, optional
        An empty figure to fill; by default a new one.
    width : float, optional
        Of the new figure, in inches; the panels of a narrow one stand below one another.
    cmap, vmin, vmax, peak
        See `heatmap`.
    title : bool
        Whether anything but letters is written above.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    GridempError
        If there are not as many values as states, or the colours have no range.
    """
    values = centrality_of(emap, np.asarray(values, dtype=float))
    shown = emap.one_per_cell()
    if shown is not emap:
        order = np.argsort(emap.states)
        values = values[order[np.searchsorted(emap.states, shown.states, sorter=order)]]
    world = shown.world
    bits, others = color_range([shown], vmin, vmax), _range(values)
    figure, axes, below = three_panels(
        world.maze.shape,
        [bits, others, None],
        ["", "", ""],
        caption(shown) if title else "",
        figure=figure,
        width=width,
        scatter=True,
    )
    draw_maps([shown], axes, bits, cmap, peak, below)
    cells = draw_values(
        *(axes[1], world.maze, shown.grid(values)),
        torus=world.torus,
        cmap=cmap,
        vmin=others[0],
        vmax=others[1],
    )
    draw_bar(axes[1:2], cells, label, below)
    draw_scatter(axes[2], shown, values, label)
    return figure


def difference_figure(
    one: EmpowermentMap,
    other: EmpowermentMap,
    *,
    figure: AnyFigure | None = None,
    width: float | None = None,
    cmap: str | Colormap | None = None,
    diverging: str | Colormap = DIVERGING,
    vmin: float | None = None,
    vmax: float | None = None,
    peak: bool = True,
    title: bool = True,
) -> AnyFigure:
    """Draw two maps on one colour scale, and the second less the first, centred at 0.

    Where it is less there is a minus in the cell, if there is room, so that less and more differ in
    print without colours too. Walls that both mazes have are drawn as in maps, others dashed; a
    cell that is solid in either has no difference.

    Parameters
    ----------
    one, other : EmpowermentMap
        Of mazes of one size.
    figure, width, peak, title
        See `compare_figure`.
    cmap, vmin, vmax
        The colours of the maps, see `heatmap`.
    diverging : str or matplotlib.colors.Colormap
        The colours of the difference.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    GridempError
        As `difference` does, or if the colours have no range.
    """
    apart = difference(one, other)
    emaps = [one.one_per_cell(), other.one_per_cell()]
    mazes = [emap.world.maze for emap in emaps]
    bits, extent = color_range(emaps, vmin, vmax), largest(apart)
    walls = changed_walls(*mazes)
    head, texts = captions(emaps) if title else ("", ["", ""])
    texts = [*texts, _about(apart, walls) if title else ""]
    figure, axes, below = three_panels(
        mazes[0].shape, [None, bits, (-extent, extent)], texts, head, figure=figure, width=width
    )
    draw_maps(emaps, axes, bits, cmap, peak, below)
    cells = draw_values(
        *(axes[2], _common(*mazes), apart.bits),
        torus="".join(axis for axis in "xy" if any(axis in emap.world.torus for emap in emaps)),
        cmap=diverging,
        vmin=-extent,
        vmax=extent,
    )
    points = cell_points(axes[2], mazes[0].shape)
    _draw_minuses(axes[2], apart, cells, points)
    _draw_changed(axes[2], walls, points)
    of_bounds = apart.gap > INVISIBLE_GAP
    draw_bar(axes[2:], cells, f"difference{' of lower bounds' if of_bounds else ''} [bits]", below)
    return figure


def _range(values: Array) -> Range:
    """Of the colours of any quantity; from 0 where all cells have the same."""
    known = values[np.isfinite(values)]
    low, high = (float(known.min()), float(known.max())) if known.size else (0.0, 0.0)
    if high - low > EQUAL * max(abs(low), abs(high)):
        return low, high
    return min(0.0, low), max(0.0, high) or float(low == 0)


def draw_maps(
    emaps: Sequence[EmpowermentMap],
    axes: Sequence[Axes],
    bits: Range,
    cmap: str | Colormap | None,
    peak: bool,
    below: bool,
) -> None:
    """The maps on the first axes, and one colourbar for them."""
    low, high = bits
    for emap, ax in zip(emaps, axes, strict=False):
        heatmap(emap, ax=ax, cmap=cmap, vmin=low, vmax=high, peak=peak, title=False, colorbar=False)
    cells = ScalarMappable(Normalize(low, high), cmap)
    cells.set_array(np.concatenate([emap.bits for emap in emaps]))
    draw_bar(axes[: len(emaps)], cells, bar_label(emaps), below)


def _about(apart: Difference, walls: Maze) -> str:
    """What stands above a difference: its range, and what dashes mean."""
    known = apart.bits[np.isfinite(apart.bits)]
    lines = ["(b) \N{MINUS SIGN} (a)"]
    if np.abs(known).max() <= min(apart.gap, INVISIBLE_GAP) + EQUAL:
        lines += ["no difference"]
    else:
        ends = [
            f"{round(end, 3):+.3f}" if round(end, 3) else "0.000" for end in np.sort(known)[[0, -1]]
        ]
        lines += [" to ".join(ends).replace("-", "\N{MINUS SIGN}") + " bits"]
    if walls.wall_right.any() or walls.wall_below.any():
        lines += ["dashed: walls of one"]
    return "\n".join(lines)


def _common(one: Maze, other: Maze) -> Maze:
    """What two mazes of a size share."""
    floor = one.floor & other.floor
    objects = {
        place: what
        for place, what in one.objects.items()
        if floor[place] and other.objects.get(place) == what
    }
    right, below = one.wall_right & other.wall_right, one.wall_below & other.wall_below
    return Maze(floor, right, below, objects=objects)
