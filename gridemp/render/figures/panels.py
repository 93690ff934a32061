"""Several maps in one figure: one colour scale or one for each map, and a letter for each map."""

from collections.abc import Sequence
from itertools import chain
from typing import Unpack

from matplotlib.axes import Axes

from gridemp.arguments import check_kinds
from gridemp.engine.map import EmpowermentMap
from gridemp.errors import GridempError
from gridemp.render.artists.map_key import drawn_entries
from gridemp.render.artists.numbers import numbers_note
from gridemp.render.figures.map_scale import MapScale
from gridemp.render.figures.panels_layout import SIDE, BarMargins, panel_layout
from gridemp.render.layout.boxes import (
    AnyFigure,
    arrange,
    axes_inches,
    figure_inches,
    placement,
    rows_inches,
)
from gridemp.render.layout.colorbars import fitted_label
from gridemp.render.layout.drawing_options import MapDrawing
from gridemp.render.layout.keys import draw_key, with_key
from gridemp.render.layout.panel_titles import draw_head, set_titles
from gridemp.render.layout.text import (
    equally_many_lines,
)
from gridemp.render.layout.titles import chosen_titles
from gridemp.report.captions import captions

SCALES = ("shared", "each")


def panels(
    emaps: Sequence[EmpowermentMap],
    *,
    figure: AnyFigure | None = None,
    width: float | None = None,
    columns: int | None = None,
    annotate: str | None = None,
    title: str | bool = True,
    panel_titles: Sequence[str] | None = None,
    colorbar: bool = True,
    scale: str = "shared",
    **options: Unpack[MapDrawing],
) -> AnyFigure:
    """Draw several maps side by side, on one colour scale or each on its own.

    The title over the figure says what all maps share; the one over each map gives its letter, what
    sets it apart, and its range in bits.

    Parameters
    ----------
    emaps : sequence of EmpowermentMap
        Maps in reading order.
    figure : matplotlib.figure.Figure, optional
        Empty figure to fill; by default a new one that fits the maps.
    width : float, optional
        Width of the new figure in inches.
    columns : int, optional
        Number of maps side by side; by default as many as can be read.
    annotate : {"bits", "outcomes"}, optional
        Number to write in each cell.
    title : str or bool
        Title; if True, it gives what all maps share; if False, write only the letters of
        the panels.
    panel_titles : sequence of str, optional
        A title for each panel, after its letter; by default the figure makes its own.
    colorbar : bool
        If True, draw a colourbar.
    scale : {"shared", "each"}
        Colour range and colourbar: one for all maps, or one for each, in which small differences
        within a map can be seen.
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
        If there is no map, if `scale` is unknown, if the maps do not fit, or for the same reasons
        as in `heatmap`.

    Examples
    --------
    >>> import gridemp
    >>> world = gridemp.World.from_maze(gridemp.load_maze("klyubin"))
    >>> emaps = gridemp.horizon_sweep(world, [1, 2, 5, 10])
    >>> figure = gridemp.render.panels(emaps, width=7.16, columns=2)
    >>> print(figure.axes[0].get_title(loc="left"))
    (a) horizon 1
    1.000 to 2.322 bits
    """
    check_kinds(panels, locals())
    emaps = [emap.one_per_cell() for emap in emaps]
    if not emaps:
        raise GridempError("there is no map to draw; give one or more")
    check_scale(scale)
    whole = MapScale.of(emaps, **options)
    own = [MapScale.of([emap], **options) for emap in emaps] if scale == "each" else []
    if figure is not None:
        width, _ = figure_inches(figure)
    if columns is not None and columns < 1:
        raise GridempError("`columns` must be 1 or more")
    head, texts = captions(emaps)
    head, texts = chosen_titles(title, panel_titles, head + numbers_note(annotate), texts)
    margins = BarMargins.of(whole, own, colorbar=colorbar)
    layout = panel_layout(emaps, head, texts, margins, width, columns)
    rows, key = with_key(layout.boxes(), whole.key(), side=SIDE, width=width, figure=figure)
    figure, grid = arrange(rows, side=SIDE, width=width, figure=figure)
    axes = list(chain(*grid))
    for spare in axes[len(emaps) :]:
        spare.remove()
    axes = axes[: len(emaps)]
    for each, emap, ax in zip(own or [whole] * len(emaps), emaps, axes, strict=True):
        each.draw(emap, ax, annotate=annotate)
    set_titles(axes, equally_many_lines(layout.titles), layout.size)
    if len({emap.world.maze.shape for emap in emaps}) == 1:
        _hide_inner_labels(axes, layout.columns)
    left, right = axes[0].get_position().x0, axes[layout.columns - 1].get_position().x1
    draw_head(figure, layout.head, (left + right) / 2)
    draw_key(figure, drawn_entries(key, axes), (left + right) / 2)
    if colorbar and own:
        for i, (each, ax) in enumerate(zip(own, axes, strict=True)):
            ends_row = (i + 1) % layout.columns == 0 or i + 1 == len(axes)
            label = fitted_label(whole.label, axes_inches(ax)[1]) if ends_row else ""
            each.draw_bar([ax], label=label)
    elif colorbar:
        beside = layout.overhang if len(grid) > 1 else 0.0
        whole.draw_bar(axes, beside=beside, label=fitted_label(whole.label, rows_inches(grid)))
    return figure


def panels_inches(
    emaps: Sequence[EmpowermentMap],
    panel_titles: Sequence[str],
    *,
    width: float,
    columns: int,
    **options: Unpack[MapDrawing],
) -> float:
    """Height in inches of `panels` with these arguments, without a title and a colourbar.

    Raises
    ------
    GridempError
        If the maps do not fit.
    """
    whole = MapScale.of(emaps, **options)
    margins = BarMargins.of(whole, [], colorbar=False)
    layout = panel_layout(emaps, "", panel_titles, margins, width, columns)
    rows, _ = with_key(layout.boxes(), whole.key(), side=SIDE, width=width)
    return placement(rows, side=SIDE, width=width).height


def check_scale(scale: str) -> None:
    """Raise a GridempError if a choice of colour ranges is unknown."""
    if scale not in SCALES:
        raise GridempError(f"`scale` must be {' or '.join(SCALES)}, not {scale!r}")


def _hide_inner_labels(axes: list[Axes], columns: int) -> None:
    """Remove tick labels and labels between panels."""
    for i, ax in enumerate(axes):
        if i % columns:
            ax.tick_params(labelleft=False)
            ax.set_ylabel("")
        if i + columns < len(axes):
            ax.tick_params(labelbottom=False)
            ax.set_xlabel("")
