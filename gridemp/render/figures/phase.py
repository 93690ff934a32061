"""The phase diagram of a sweep: a number for each map over two settings, and maps along a path."""

from collections.abc import Sequence
from typing import Any, Unpack

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import Colormap

from gridemp.arguments import check_kinds
from gridemp.engine.absorbing import span
from gridemp.engine.map import EmpowermentMap
from gridemp.errors import GridempError
from gridemp.render.artists.map_key import drawn_entries
from gridemp.render.artists.peak_borders import draw_peak_borders
from gridemp.render.artists.phase import (
    draw_contours,
    draw_phase,
    draw_places,
    has_contours,
    phase_entries,
)
from gridemp.render.figures.heatmap import color_range
from gridemp.render.figures.panels import panels, panels_inches
from gridemp.render.layout.boxes import AnyFigure, Box, arrange, even_columns, placement
from gridemp.render.layout.colorbars import colorbar_inches, draw_colorbar
from gridemp.render.layout.drawing_options import DrawingScale, MapDrawing
from gridemp.render.layout.keys import draw_key, with_key
from gridemp.render.layout.legends import LegendEntry
from gridemp.render.layout.margins import with_bar_label, with_title, x_labels_inches
from gridemp.render.layout.notebook_figure import NotebookFigure
from gridemp.render.layout.style import check_colors, check_range
from gridemp.render.layout.text import em, font_points, line_inches, text_inches
from gridemp.render.layout.titles import chosen_titles, figure_title
from gridemp.report.captions import about_bounds, maze_name, quantity_label
from gridemp.sweeps.phase import PhaseDiagram, Place
from gridemp.sweeps.settings import in_words

SIDE = 5.0  # inches of the longer side of a diagram without a given width
PATH_WIDTH = 9.0  # inches of a figure with maps, by default
ASPECT = (0.6, 0.8)  # lowest and highest height over width of a diagram
PATH_ASPECT = (0.45, 0.6)  # the same above maps
MIN_MAP, MAX_IN_ROW = 0.8, 6  # inches of a map along a path, and maps in one row
OUTER = 0.9  # inches that labels take from the width of the maps

NUMBER_IN_WORDS = {"mean": "mean of all cells", "max": "highest cell", "peak": "peak and its cell"}
BAR_LABELS = {"mean": "mean", "max": "highest", "peak": "highest"}


def phase_figure(
    diagram: PhaseDiagram,
    *,
    path: int | Sequence[tuple[Any, Any]] = (),
    width: float | None = None,
    title: str | bool = True,
    panel_titles: Sequence[str] | None = None,
    **options: Unpack[MapDrawing],
) -> AnyFigure:
    """Draw one number for each map of a sweep over two settings, and some of the maps below.

    Each map of the sweep is a cell of the same size, whatever the distance to the next value. If
    both settings are numbers, labelled lines join equal values. A diagram of peaks has borders
    instead, where the peak moves to another cell, and names these cells.

    Parameters
    ----------
    diagram : PhaseDiagram
        Diagram to draw, in bits.
    path : int or sequence of (x, y)
        Number of maps to show along the diagonal, or the values of the two settings of each map;
        none by default. Letters mark their places in the diagram.
    width : float, optional
        Width of the figure in inches.
    title : str or bool
        Title; if True, it gives the maze, the number, and the settings that all maps share; if
        False, write only the letters of the panels.
    panel_titles : sequence of str, optional
        A title for each map, after its letter; by default the figure makes its own.
    **options
        Colour map and range of the diagram and the maps, and marks of the maps: `cmap`, `vmin`,
        `vmax`, `peak`, `grid` and `legend` as in `heatmap`.

    Returns
    -------
    matplotlib.figure.Figure
        The figure; the first of its `axes` is the diagram.

    Raises
    ------
    GridempError
        If no map is computed yet, if the sweep has no map along the path, or for the same reasons
        as in `panels`.

    Examples
    --------
    >>> import gridemp
    >>> from gridemp import render
    >>> from gridemp.sweeps import open_maps, phase_diagram
    >>> _ = gridemp.sweep(["room"], [1, 2, 3], "results.zarr", slip=[0, 0.1])
    >>> diagram = phase_diagram(open_maps("results.zarr"))
    >>> figure = render.phase_figure(diagram, path=[(1, 0.1), (3, 0)])
    >>> figure.axes[0].get_title()
    'room, mean of all cells'
    """
    check_kinds(phase_figure, locals(), "path")
    if diagram.missing == diagram.bits.size:
        raise GridempError(f"no map of {diagram.maps.source} is computed yet; run gridemp sweep")
    places = diagram.along(path)
    emaps = [diagram.map(row, col) for row, col in places]
    look: MapDrawing = {**options, **_colors(diagram, emaps, **options)}
    text = figure_title(title, caption_of(diagram))
    if not emaps:
        rows, text, key = _layout(diagram, text, width, look, of_maps=False)
        figure, ((ax,),) = arrange(rows, side=SIDE, width=width)
        _draw(ax, diagram, text, key, look)
        return figure
    wide = PATH_WIDTH if width is None else width
    rows, text, key = _layout(diagram, text, wide, look, of_maps=True)
    texts = [_panel_title(diagram, place, emap) for place, emap in zip(places, emaps, strict=True)]
    _, texts = chosen_titles(title, panel_titles, "", texts)
    columns = even_columns(len(emaps), max(1, min(MAX_IN_ROW, int((wide - OUTER) / MIN_MAP))))
    heights = [
        placement(rows, side=SIDE, width=wide).height,
        panels_inches(emaps, texts, width=wide, columns=columns, **look),
    ]
    figure = NotebookFigure(figsize=(wide, sum(heights)))
    above, below = figure.subfigures(2, squeeze=False, height_ratios=heights)[:, 0]
    _, ((ax,),) = arrange(rows, side=SIDE, figure=above)
    _draw(ax, diagram, text, key, look, places)
    panels(
        emaps,
        figure=below,
        columns=columns,
        title=False,
        panel_titles=texts,
        colorbar=False,
        **look,
    )
    return figure


def caption_of(diagram: PhaseDiagram) -> str:
    """Maze, number, and the settings that all maps share; on a second line any visible gap."""
    maps, fixed = diagram.maps, diagram.fixed
    horizon = f"horizon {fixed['horizon']}" if "horizon" in fixed else ""
    shared = maps.conditions(fixed).words()
    parts = (maze_name(maps.maze), NUMBER_IN_WORDS[diagram.value], horizon, *shared)
    return ", ".join(filter(None, parts)) + about_bounds(float(np.nanmax(diagram.gap)))


def _panel_title(diagram: PhaseDiagram, place: Place, emap: EmpowermentMap) -> str:
    """Values of both settings of a map, and on a second line its range in bits."""
    row, col = place
    low, high = span(emap)
    chosen = (diagram.x, diagram.x_values[col]), (diagram.y, diagram.y_values[row])
    both = ", ".join(f"{setting} {in_words(setting, value)}" for setting, value in chosen)
    return f"{both}\n{low:.3f} to {high:.3f} bits"


def _colors(
    diagram: PhaseDiagram,
    emaps: Sequence[EmpowermentMap],
    *,
    cmap: str | Colormap | None = None,
    vmin: float | None = None,
    vmax: float | None = None,
    **_: Any,
) -> DrawingScale:
    """Return the range of the colours of a diagram and of maps below it."""
    check_colors(cmap)
    known = diagram.bits[~np.isnan(diagram.bits)]
    low, high = float(known.min()), float(known.max())
    if emaps:
        of_maps = color_range(emaps)
        low, high = min(low, of_maps[0]), max(high, of_maps[1])
    if high - low < 1e-9:
        low, high = 0.0, high if high > 1e-9 else 1.0
    low, high = low if vmin is None else vmin, high if vmax is None else vmax
    check_range(low, high)
    return {"vmin": low, "vmax": high}


def _layout(
    diagram: PhaseDiagram,
    text: str,
    width: float | None,
    look: MapDrawing,
    *,
    of_maps: bool,
) -> tuple[list[list[Box]], str, list[LegendEntry]]:
    """Return the box of a diagram, its title in lines that fit, and its key if there is room."""
    height, across = diagram.bits.shape
    least, most = PATH_ASPECT if of_maps else ASPECT
    size = font_points("ytick.labelsize")
    labels = max(text_inches(in_words(diagram.y, value), size) for value in diagram.y_values)
    low, high = look["vmin"] or 0.0, look["vmax"] or 0.0
    box = Box(
        float(np.clip(height / across, least, most)),
        left=labels + line_inches(font_points("axes.labelsize")) + em() + 0.04,
        right=colorbar_inches(low, high) + 0.05,
        bottom=x_labels_inches(),
    )
    box = with_bar_label(box, bar_label(diagram, of_maps=of_maps), side=SIDE, width=width)
    box, text = with_title(box, text, side=SIDE, width=width)
    entries = phase_entries(diagram) if look.get("legend", True) else []
    rows, entries = with_key([[box]], entries, side=SIDE, width=width)
    return rows, text, entries


def _draw(
    ax: Axes,
    diagram: PhaseDiagram,
    text: str,
    key: Sequence[LegendEntry],
    look: MapDrawing,
    places: Sequence[Place] = (),
) -> None:
    """Draw a diagram with its title, colourbar and key, and the places of maps."""
    cells = draw_phase(ax, diagram, cmap=look.get("cmap"), vmin=look["vmin"], vmax=look["vmax"])
    if has_contours(diagram):
        draw_contours(ax, diagram, cells)
    if diagram.value == "peak":
        draw_peak_borders(ax, diagram, cells, places)
    if places:
        draw_places(ax, places)
    ax.set_title(text, parse_math=False)
    draw_colorbar(ax, cells, bar_label(diagram, of_maps=bool(places)))
    place = ax.get_position()
    draw_key(ax.figure, drawn_entries(key, [ax]), (place.x0 + place.x1) / 2)


def bar_label(diagram: PhaseDiagram, *, of_maps: bool) -> str:
    """Label of the colourbar of a diagram, or, if `of_maps` is True, of its maps as well."""
    label = quantity_label(of_source=False, gap=float(np.nanmax(diagram.gap)))
    return label if of_maps else f"{BAR_LABELS[diagram.value]} {label}"
