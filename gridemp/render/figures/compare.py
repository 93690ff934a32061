"""A map beside another quantity of its cells, and the correlation of the two."""

from collections.abc import Sequence
from typing import Unpack

import numpy as np

from gridemp.analysis.centrality import centrality_of
from gridemp.arguments import check_kinds
from gridemp.engine.map import EmpowermentMap
from gridemp.render.artists.map_key import drawn_entries
from gridemp.render.artists.maze_axes import draw_values
from gridemp.render.artists.scatter import draw_scatter
from gridemp.render.figures.map_scale import MapScale
from gridemp.render.figures.measure import value_range
from gridemp.render.layout.boxes import AnyFigure
from gridemp.render.layout.drawing_options import MapDrawing
from gridemp.render.layout.keys import draw_key
from gridemp.render.layout.panel_rows import draw_panel_colorbar, three_panels
from gridemp.render.layout.titles import chosen_titles
from gridemp.report.captions import caption
from gridemp.typing import Array


def compare_figure(
    emap: EmpowermentMap,
    values: Array,
    label: str,
    *,
    figure: AnyFigure | None = None,
    width: float | None = None,
    title: str | bool = True,
    note: str = "",
    panel_titles: Sequence[str] | None = None,
    **options: Unpack[MapDrawing],
) -> AnyFigure:
    """Draw a map, another quantity of its cells, and a scatter plot of both with correlations.

    Cells where either is undefined are left out of the scatter plot, which then says so.

    Parameters
    ----------
    emap : EmpowermentMap
        Map of T states.
    values : ndarray, shape (T,)
        The other quantity of each state, such as the result of `centrality`, NaN where it is
        undefined. If the map shows one of several states in a cell, there may instead be a value
        for each start of the world.
    label : str
        Name of the other quantity, with its unit.
    figure : matplotlib.figure.Figure, optional
        Empty figure to fill; by default a new one.
    width : float, optional
        Width of the new figure in inches; the panels of a narrow one stand below one another.
    title : str or bool
        Title; if True, it gives the maze, the horizon and the noise; if False, write only the
        letters of the panels.
    note : str
        Line below the default title, such as the `note` of an estimate.
    panel_titles : sequence of str, optional
        A title for each panel, after its letter; by default the figure makes its own.
    **options
        Colour map, range and marks: `cmap`, `vmin`, `vmax`, `peak`, `grid` and `legend` as in
        `heatmap`.

    Returns
    -------
    matplotlib.figure.Figure
        The figure, whose panels are its `axes`.

    Raises
    ------
    GridempError
        If there are not as many values as states, if the figure does not fit, or if `vmin` is not
        below `vmax`.

    Examples
    --------
    >>> import gridemp
    >>> from gridemp.analysis import centrality
    >>> world = gridemp.World.from_maze(gridemp.load_maze("klyubin"))
    >>> emap = gridemp.empowerment(world, horizon=5)
    >>> distance = centrality(world, "distance")
    >>> figure = gridemp.render.compare_figure(emap, distance, "mean distance [steps]")
    >>> figure.axes[2].get_xlabel()
    'mean distance [steps]'
    """
    check_kinds(compare_figure, locals())
    values = centrality_of(emap, np.asarray(values, dtype=float))
    shown = emap.one_per_cell()
    if shown is not emap:
        order = np.argsort(emap.states)
        values = values[order[np.searchsorted(emap.states, shown.states, sorter=order)]]
    scale = MapScale.of([shown], **options)
    low, high = value_range(values)
    world = shown.world
    head, texts = chosen_titles(
        title, panel_titles, f"{caption(shown)}\n{note}".strip(), ["", "", ""]
    )
    figure, axes, below, key = three_panels(
        world.maze.shape,
        [scale.range, (low, high), None],
        texts,
        head,
        figure=figure,
        width=width,
        scatter=True,
        key=scale.key(),
    )
    scale.draw_row(axes[:1], below=below)
    cells = draw_values(
        axes[1],
        world.maze,
        shown.grid(values),
        torus=world.torus,
        grid=scale.grid,
        cmap=scale.cmap,
        vmin=low,
        vmax=high,
    )
    draw_panel_colorbar(axes[1:2], cells, label, below)
    draw_scatter(axes[2], shown, values, label)
    draw_key(figure, drawn_entries(key, axes[:2]))
    return figure
