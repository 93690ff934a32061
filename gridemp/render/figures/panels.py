"""Several maps in one figure: one colour scale, one colourbar, a letter for each map."""

from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple, Unpack

from matplotlib.axes import Axes

from gridemp.engine.map import EmpowermentMap
from gridemp.errors import GridempError
from gridemp.render.artists.map_key import drawn_entries
from gridemp.render.artists.numbers import numbers_note
from gridemp.render.figures.map_scale import MapScale
from gridemp.render.layout.boxes import (
    AnyFigure,
    Box,
    arrange,
    axes_inches,
    even_columns,
    figure_inches,
    rows_inches,
)
from gridemp.render.layout.colorbars import colorbar_inches, fitted_label, label_inches
from gridemp.render.layout.drawing_options import MapDrawing
from gridemp.render.layout.keys import draw_key, with_key
from gridemp.render.layout.margins import map_box
from gridemp.render.layout.panel_rows import (
    PANEL_GAP,
    draw_head,
    fitted_titles,
    set_titles,
    wrapped_head,
)
from gridemp.render.layout.text import (
    equally_many_lines,
    font_points,
    line_inches,
    widest_line_inches,
)
from gridemp.render.layout.titles import chosen_titles
from gridemp.report.captions import captions

SIDE = 2.6  # inches of the longest side of a map
MIN_WIDTH = 0.95  # inches of a map, below which it goes to another row
MIN_SIDE = 0.5  # inches of the longer side of a map, however small
FREE_SIDE = 1.0  # inches of the longer side of a map in a figure without a given width
MIN_HEIGHT = 0.5  # inches of a wide map beside another
MAX_COLUMNS = 4
MAX_TRIES = 8
WIDE_ASPECT = 0.4  # height over width, below which a map stands alone in its row
OUTER_MARGINS = 1.1  # inches that labels and the colourbar take from the width
Bar = tuple[float, str]  # inches beside the maps for a label in one line, and the label


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
    **options: Unpack[MapDrawing],
) -> AnyFigure:
    """Draw several maps side by side, on one colour scale.

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
    annotate, colorbar
        See `heatmap`.
    title : str or bool
        Title; if True, it gives what all maps share; if False, write only the letters of
        the panels.
    panel_titles : sequence of str, optional
        A title for each panel, after its letter; by default the figure makes its own.
    **options
        Colour map, range and marks: `cmap`, `vmin`, `vmax`, `peak`, `grid` and `legend` as in
        `heatmap`.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    GridempError
        If there is no map, if the maps do not fit, or for the same reasons as in `heatmap`.

    Examples
    --------
    >>> import gridemp
    >>> world = gridemp.World.from_maze(gridemp.load_maze("klyubin"))
    >>> emaps = gridemp.horizon_sweep(world, [1, 2, 5, 10])
    >>> figure = gridemp.render.panels(emaps, width=7.16, columns=2)
    """
    emaps = [emap.one_per_cell() for emap in emaps]
    if not emaps:
        raise GridempError("there is no map to draw; give one or more")
    scale = MapScale.of(emaps, **options)
    if figure is not None:
        width, _ = figure_inches(figure)
    if columns is not None and columns < 1:
        raise GridempError("panels stand in one column or more; give a positive number")
    head, texts = captions(emaps)
    head, texts = chosen_titles(title, panel_titles, head + numbers_note(annotate), texts)
    bar = colorbar_inches(*scale.range) if colorbar else PANEL_GAP
    label = scale.label if colorbar else ""
    layout = _layout(emaps, head, texts, (bar, label), width, columns)
    rows, key = with_key(layout.boxes(), scale.key(), side=SIDE, width=width, figure=figure)
    figure, grid = arrange(rows, side=SIDE, width=width, figure=figure)
    axes = list(chain(*grid))
    for spare in axes[len(emaps) :]:
        spare.remove()
    axes = axes[: len(emaps)]
    for emap, ax in zip(emaps, axes, strict=True):
        scale.draw(emap, ax, annotate=annotate)
    set_titles(axes, equally_many_lines(layout.titles), layout.size)
    if len({emap.world.maze.shape for emap in emaps}) == 1:
        _hide_inner_labels(axes, layout.columns)
    left, right = axes[0].get_position().x0, axes[layout.columns - 1].get_position().x1
    draw_head(figure, layout.head, (left + right) / 2)
    draw_key(figure, drawn_entries(key, axes), (left + right) / 2)
    if colorbar:
        beside = layout.overhang if len(grid) > 1 else 0.0
        label = fitted_label(label, rows_inches(grid))
        scale.draw_bar(axes, beside=beside, label=label)
    return figure


class _Layout(NamedTuple):
    """Layout of maps and titles in a number of columns."""

    rows: list[list[Box]]  # without room for titles
    head: str
    titles: list[str]
    size: float  # points of the titles over maps
    overhang: float  # inches by which the widest title exceeds its map
    fits: bool

    @property
    def columns(self) -> int:
        """Number of maps in the first row."""
        return len(self.rows[0])

    def boxes(self) -> list[list[Box]]:
        """Return the rows with room for titles over each map and over the figure."""
        lines = max(len(text.splitlines()) for text in self.titles)
        over = lines * line_inches(self.size) + PANEL_GAP
        above = len(self.head.splitlines()) * line_inches(font_points("axes.titlesize")) + PANEL_GAP
        beyond = self.overhang + PANEL_GAP
        # Titles of lower rows stand beside the colourbar.
        aside = self.overhang if len(self.rows) > 1 else 0.0
        return [
            [
                box._replace(
                    top=over + (above if i == 0 else PANEL_GAP),
                    right=max(box.right + aside * (box is row[-1]), beyond),
                )
                for box in row
            ]
            for i, row in enumerate(self.rows)
        ]


def _layout(
    emaps: Sequence[EmpowermentMap],
    head: str,
    texts: Sequence[str],
    bar: Bar,
    width: float | None,
    columns: int | None,
) -> _Layout:
    """Return the layout in `columns` columns, or in as many as fit.

    Raises
    ------
    GridempError
        If the maps do not fit.
    """
    tried = min(columns or _max_columns(emaps, width), len(emaps))
    while True:
        layout = _layout_in(emaps, head, texts, bar, width, tried)
        if layout.fits or (width is None and (columns is not None or tried == 1)):
            return layout
        if columns is not None or tried == 1:
            raise GridempError(
                f"{len(emaps)} of these maps in {tried} columns do not fit into {width:.3g} "
                "inches; give more `width`, other `columns` or fewer maps"
            )
        tried = even_columns(len(emaps), tried - 1)


def _max_columns(emaps: Sequence[EmpowermentMap], width: float | None) -> int:
    """Return the number of maps that are wide enough side by side, in rows as even as possible."""
    aspect = max(height / width for height, width in (emap.world.maze.shape for emap in emaps))
    if aspect < WIDE_ASPECT:
        fitting = 1 if width is None else int((width - OUTER_MARGINS) * aspect / MIN_HEIGHT)
    else:
        fitting = MAX_COLUMNS if width is None else int((width - OUTER_MARGINS) / MIN_WIDTH)
    return even_columns(len(emaps), max(1, min(fitting, MAX_COLUMNS)))


def _layout_in(
    emaps: Sequence[EmpowermentMap],
    head: str,
    texts: Sequence[str],
    bar: Bar,
    width: float | None,
    columns: int,
) -> _Layout:
    """Lay maps out in `columns` columns.

    Titles that are wider than their maps take room from all maps, until there is enough or the maps
    are too small.
    """
    beside, label = bar
    rows = _rows(emaps, columns, beside)
    figure, grid = arrange(rows, side=SIDE, width=width)
    if more := label_inches(label, rows_inches(grid)):
        rows = _rows(emaps, columns, beside + more)
        figure, grid = arrange(rows, side=SIDE, width=width)
    widths = [axes_inches(ax)[0] for ax in chain(*grid)][: len(emaps)]
    titles, size = fitted_titles(texts, widths)
    title_widths = [widest_line_inches(title, size) for title in titles]
    overhang = _overhang(titles, size, widths)
    layout = _Layout(
        rows=rows,
        head=wrapped_head(figure, head),
        titles=titles,
        size=size,
        overhang=overhang,
        fits=width is None and min(max(axes_inches(ax)) for ax in chain(*grid)) >= FREE_SIDE,
    )
    for _ in range(MAX_TRIES if width is not None else 0):
        try:
            _, grid = arrange(layout.boxes(), side=SIDE, width=width)
        except GridempError:
            break
        sizes = [axes_inches(ax) for ax in chain(*grid)]
        smallest = min(map(max, sizes))
        overhang = max(
            title - across for title, (across, _) in zip(title_widths, sizes, strict=False)
        )
        if smallest < MIN_SIDE or overhang <= layout.overhang + PANEL_GAP / 2:
            return layout._replace(fits=smallest >= MIN_SIDE)
        layout = layout._replace(overhang=overhang)
    return layout


def _overhang(titles: Sequence[str], size: float, widths: Sequence[float]) -> float:
    """Return the inches by which titles of this size exceed maps of these widths, or 0."""
    usual = font_points("axes.titlesize")
    fits = [
        across / widest_line_inches(title, usual)
        for title, across in zip(titles, widths, strict=True)
    ]
    return max(0.0, max(size / usual / fit - 1 for fit in fits) * min(widths))


def _rows(emaps: Sequence[EmpowermentMap], columns: int, bar: float) -> list[list[Box]]:
    """Return a box for each map, with the last row filled up.

    If all maps have one shape, only the outer ones have labels.
    """
    shapes = [emap.world.maze.shape for emap in emaps]
    shapes += [shapes[-1]] * (-len(shapes) % columns)
    alike = len(set(shapes)) == 1
    boxes = [map_box(shape) for shape in shapes]
    for i, box in enumerate(boxes):
        right = bar if i % columns == columns - 1 else PANEL_GAP
        left = box.left if i % columns == 0 or not alike else PANEL_GAP
        bottom = box.bottom if i + columns >= len(emaps) or not alike else PANEL_GAP
        boxes[i] = box._replace(left=left, right=right, bottom=bottom)
    return [boxes[i : i + columns] for i in range(0, len(boxes), columns)]


def _hide_inner_labels(axes: list[Axes], columns: int) -> None:
    """Remove tick labels and labels between panels."""
    for i, ax in enumerate(axes):
        if i % columns:
            ax.tick_params(labelleft=False)
            ax.set_ylabel("")
        if i + columns < len(axes):
            ax.tick_params(labelbottom=False)
            ax.set_xlabel("")
