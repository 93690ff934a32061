"""Beliefs of an exploring agent at some moments, the true map, and the difference over time."""

from collections.abc import Sequence
from typing import Unpack

from matplotlib.colors import Colormap

from gridemp.agents.exploration_record import CLOSE, ExplorationRecord
from gridemp.arguments import check_kinds
from gridemp.render.artists.belief import draw_belief, draw_belief_difference, draw_difference_curve
from gridemp.render.artists.difference import DIVERGING, DifferenceScale
from gridemp.render.artists.map_key import drawn_entries
from gridemp.render.figures.exploration_layout import goes_in_columns, place_panels
from gridemp.render.figures.map_scale import MapScale
from gridemp.render.layout.boxes import AnyFigure, figure_inches
from gridemp.render.layout.drawing_options import MapDrawing
from gridemp.render.layout.margins import is_wide

MAX_MOMENTS = 4
DIFFERENCE_LABEL = "belief minus truth [bits]"


def exploration_figure(
    record: ExplorationRecord,
    *,
    figure: AnyFigure | None = None,
    width: float | None = None,
    diverging: str | Colormap = DIVERGING,
    title: str | bool = True,
    panel_titles: Sequence[str] | None = None,
    moments: Sequence[int] | None = None,
    **options: Unpack[MapDrawing],
) -> AnyFigure:
    """Draw believed maps at some moments, their difference from the true map, and both over time.

    Parameters
    ----------
    record : ExplorationRecord
        Exploration of K steps.
    figure : matplotlib.figure.Figure, optional
        Empty figure to fill; by default a new one.
    width : float, optional
        Width of the new figure in inches; in a narrow one time goes down the page.
    diverging : str or matplotlib.colors.Colormap
        Colour map of the differences, which share one scale.
    title : str or bool
        Title; if True, it gives the maze, the horizon and the noise; if False, write only the
        letters of the panels.
    panel_titles : sequence of str, optional
        A title for each moment and one for the true map, after their letters; by default the
        figure makes its own.
    moments : sequence of int, optional
        Numbers of steps, from 0 to K, after which the belief is drawn; by default at the start, at
        the end, and in between when the map has come nearer to the true one by an equal share.
    **options
        Colour map, range and marks of all maps, and whether the peak of the true one is marked:
        `cmap`, `vmin`, `vmax`, `grid`, `legend` and `peak` as in `heatmap`.

    Returns
    -------
    matplotlib.figure.Figure
        The figure, whose panels are its `axes`.

    Raises
    ------
    GridempError
        If the figure does not fit, or if `vmin` is not below `vmax`.

    Examples
    --------
    >>> import gridemp
    >>> import numpy as np
    >>> from gridemp.agents import Explorer, explore
    >>> explorer = Explorer(gridemp.World.from_maze(gridemp.load_maze("klyubin")), horizon=1)
    >>> record = explore(explorer, start=0, steps=50, rng=np.random.default_rng(0))
    >>> figure = gridemp.render.exploration_figure(record)
    >>> figure.axes[0].get_title(loc="left")
    '(a) at the start'
    """
    check_kinds(exploration_figure, locals())
    shape = record.truth.world.maze.shape
    wide = width if figure is None else figure_inches(figure)[0]
    steps = moments_of(record, most_moments(shape, wide)) if moments is None else list(moments)
    scale = MapScale.of([*(record.map(step) for step in steps), record.truth], **options)
    differences = [record.difference(step) for step in steps]
    changes = DifferenceScale.of(differences, CLOSE, diverging)
    panels = place_panels(
        record,
        steps,
        differences,
        (scale.range, changes.range),
        (scale.label, DIFFERENCE_LABEL),
        figure=figure,
        width=width,
        title=title,
        panel_titles=panel_titles,
    )
    scale.draw(record.truth, panels.truth)
    for ax, step in zip(panels.beliefs, steps, strict=True):
        draw_belief(ax, record, step, **scale.colors)
    for ax, step in zip(panels.differences, steps, strict=True):
        cells = draw_belief_difference(ax, record, step, changes, grid=scale.grid)
    panels.hide_inner_labels()
    panels.draw_bar(panels.truth, scale.mappable(), scale.label, absorbing=scale.absorbing)
    panels.draw_bar(panels.differences[-1], cells, DIFFERENCE_LABEL)
    draw_difference_curve(panels.curve, record, steps)
    if scale.legend:
        panels.draw_legend(drawn_entries(scale.key(), [panels.truth]))
    return panels.figure


def most_moments(shape: tuple[int, int], width: float | None) -> int:
    """Return the largest number of moments in a figure of this width that chooses them itself."""
    return MAX_MOMENTS if is_wide(shape) or goes_in_columns(shape, width) else MAX_MOMENTS - 1


def moments_of(record: ExplorationRecord, count: int = MAX_MOMENTS) -> list[int]:
    """Return numbers of steps between which the believed map approaches the true one evenly.

    They are the start, the end, and between them the first moments at which 1/(count - 1),
    2/(count - 1), ... of the mean difference have disappeared. Moments that coincide are listed
    once.
    """
    start, end = record.mean_difference[[0, -1]].tolist()
    steps = {0, record.steps}
    for i in range(1, count - 1):
        reached = record.mean_difference <= start - (start - end) * i / (count - 1)
        steps.add(int(reached.argmax()))
    return sorted(steps)
