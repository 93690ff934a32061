"""Two maps on one colour scale, and the change from the first to the second."""

from collections.abc import Sequence
from typing import Unpack

import numpy as np
from matplotlib.colors import Colormap

from gridemp.analysis.difference import Difference, changed_walls, difference
from gridemp.arguments import check_kinds
from gridemp.engine.map import INVISIBLE_GAP, EmpowermentMap
from gridemp.mazes.maze import Maze
from gridemp.render.artists.difference import (
    DIVERGING,
    DifferenceScale,
    draw_changed_walls,
    draw_signs,
    negligible_bits,
)
from gridemp.render.artists.map_key import drawn_entries
from gridemp.render.artists.maze_axes import draw_values
from gridemp.render.figures.map_scale import MapScale
from gridemp.render.layout.boxes import AnyFigure
from gridemp.render.layout.drawing_options import MapDrawing
from gridemp.render.layout.keys import draw_key
from gridemp.render.layout.panel_rows import draw_panel_colorbar, three_panels
from gridemp.render.layout.titles import chosen_titles
from gridemp.report.captions import captions

MINUS = "\N{MINUS SIGN}"


def difference_figure(
    one: EmpowermentMap,
    other: EmpowermentMap,
    *,
    figure: AnyFigure | None = None,
    width: float | None = None,
    diverging: str | Colormap = DIVERGING,
    title: str | bool = True,
    panel_titles: Sequence[str] | None = None,
    **options: Unpack[MapDrawing],
) -> AnyFigure:
    """Draw two maps on one colour scale, and the second minus the first.

    Equally large changes up and down have equally strong colours; in shades of grey, a sign in each
    cell tells them apart if there are both. Walls that both mazes have are drawn as in maps, the
    others dashed; a cell that is solid in either maze has no difference.

    Parameters
    ----------
    one, other : EmpowermentMap
        Maps of mazes of the same size.
    figure : matplotlib.figure.Figure, optional
        Empty figure to fill; by default a new one.
    width : float, optional
        Width of the new figure in inches; the panels of a narrow one stand below one another.
    diverging : str or matplotlib.colors.Colormap
        Colour map of the change, with 0 in its middle.
    title : str or bool
        Title; if True, it gives what the maps share; if False, write only the letters of
        the panels.
    panel_titles : sequence of str, optional
        A title for each panel, after its letter; by default the figure makes its own.
    **options
        Colour map, range and marks of the two maps: `cmap`, `vmin`, `vmax`, `peak`, `grid` and
        `legend` as in `heatmap`.

    Returns
    -------
    matplotlib.figure.Figure
        The figure, whose panels are its `axes`.

    Raises
    ------
    GridempError
        For the same reasons as in `difference`, if the figure does not fit, or if `vmin` is not
        below `vmax`.

    Examples
    --------
    >>> import gridemp
    >>> world = gridemp.World.from_maze(gridemp.load_maze("klyubin"))
    >>> one, other = gridemp.horizon_sweep(world, [2, 5])
    >>> figure = gridemp.render.difference_figure(one, other)
    >>> print(figure.axes[2].get_title(loc="left"))
    (c) change from (a) to (b)
    +0.893 to +2.222 bits
    """
    check_kinds(difference_figure, locals())
    apart = difference(one, other)
    emaps = [one.one_per_cell(), other.one_per_cell()]
    mazes = [emap.world.maze for emap in emaps]
    scale = MapScale.of(emaps, **options)
    changes = DifferenceScale.of([apart.bits], negligible_bits(apart), diverging)
    walls = changed_walls(*mazes)
    head, texts = captions(emaps)
    head, texts = chosen_titles(title, panel_titles, head, [*texts, _about(apart, walls)])
    figure, axes, below, key = three_panels(
        mazes[0].shape,
        [None, scale.range, changes.range],
        texts,
        head,
        figure=figure,
        width=width,
        key=scale.key(),
    )
    scale.draw_row(axes[:2], below=below)
    cells = draw_values(
        axes[2],
        _common_maze(*mazes),
        apart.bits,
        torus="".join(axis for axis in "xy" if any(axis in emap.world.torus for emap in emaps)),
        grid=scale.grid,
        **changes.colors,
    )
    if changes.signs:
        draw_signs(axes[2], apart.bits, cells, changes.negligible)
    draw_changed_walls(axes[2], walls)
    of_bounds = " of lower bounds" if apart.gap > INVISIBLE_GAP else ""
    draw_panel_colorbar(axes[2:], cells, f"change{of_bounds} [bits]", below)
    draw_key(figure, drawn_entries(key, axes))
    return figure


def _about(apart: Difference, walls: Maze) -> str:
    """Return the title of the change: its range, and the meaning of dashed walls."""
    known = apart.bits[np.isfinite(apart.bits)]
    lines = ["change from (a) to (b)"]
    if np.abs(known).max() <= negligible_bits(apart):
        lines += ["no change"]
    else:
        lines += [f"{_signed(known.min())} to {_signed(known.max())} bits"]
    if walls.wall_right.any() or walls.wall_below.any():
        lines += ["dashed: walls in one maze only"]
    return "\n".join(lines)


def _signed(bits: float) -> str:
    """Return a number with its sign and three decimals; 0.000 has no sign."""
    rounded = round(bits, 3)
    sign = "+" if rounded > 0 else MINUS if rounded < 0 else ""
    return f"{sign}{abs(rounded):.3f}"


def _common_maze(one: Maze, other: Maze) -> Maze:
    """Return the floor, walls and objects that two mazes of one size share."""
    floor = one.floor & other.floor
    objects = {
        place: letter
        for place, letter in one.objects.items()
        if floor[place] and other.objects.get(place) == letter
    }
    right, below = one.wall_right & other.wall_right, one.wall_below & other.wall_below
    return Maze(floor, right, below, objects=objects)
