"""How a map is learned: what is believed at some moments beside the truth, and the way there."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.cm import ScalarMappable
from matplotlib.colors import Colormap, Normalize

from gridemp.agents.exploration_record import Learning
from gridemp.render.artists.belief import draw_belief, draw_belief_difference, draw_difference_curve
from gridemp.render.artists.difference import DIVERGING
from gridemp.render.figures.exploration_layout import EQUAL, goes_in_rows, place_panels
from gridemp.render.figures.heatmap import color_range, heatmap
from gridemp.render.layout.boxes import AnyFigure, figure_inches
from gridemp.render.layout.margins import is_wide
from gridemp.report.captions import bar_label

MOMENTS = 4


def learning_figure(
    learning: Learning,
    *,
    figure: AnyFigure | None = None,
    width: float | None = None,
    cmap: str | Colormap | None = None,
    diverging: str | Colormap = DIVERGING,
    vmin: float | None = None,
    vmax: float | None = None,
    peak: bool = True,
    title: bool = True,
    moments: Sequence[int] | None = None,
) -> AnyFigure:
    """Draw the believed map at some moments, how far it is from the true one, and both in time.

    Parameters
    ----------
    learning : Learning
        Of K steps.
    figure : matplotlib.figure.Figure, optional
        An empty figure to fill; by default a new one.
    width : float, optional
        Of the new figure, in inches; in a narrow one time goes down the page.
    cmap, vmin, vmax, peak
        See `heatmap`; there is one scale for all maps, and the peak is that of the true one.
    diverging : str or matplotlib.colors.Colormap
        The colours of the differences, on one scale too.
    title : bool
        Whether anything but letters is written above.
    moments : sequence of int
        After how many steps, from 0 to K; by default at the start, twice in between and at the end.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    GridempError
        If the colours have no range, or the figure no room.
    """
    shape = learning.truth.world.maze.shape
    wide = width if figure is None else figure_inches(figure)[0]
    count = MOMENTS if is_wide(shape) or goes_in_rows(shape, wide) else MOMENTS - 1
    steps = moments_of(learning, count) if moments is None else list(moments)
    emaps = [learning.map(step) for step in steps]
    bits = color_range([*emaps, learning.truth], vmin, vmax)
    off = [learning.difference(step) for step in steps]
    extent = extent_of(off)
    ranges = bits, (-extent, extent)
    place = place_panels(learning, steps, off, ranges, figure, width, title)
    looks: dict[str, Any] = {"cmap": cmap, "vmin": bits[0], "vmax": bits[1]}
    heatmap(learning.truth, ax=place.truth, peak=peak, title=False, colorbar=False, **looks)
    for ax, step in zip(place.beliefs, steps, strict=True):
        draw_belief(ax, learning, step, **looks)
    for ax, step in zip(place.mistakes, steps, strict=True):
        cells = draw_belief_difference(ax, learning, step, extent, diverging)
    place.undress()
    scale = ScalarMappable(Normalize(*bits), cmap)
    scale.set_array(np.concatenate([emap.bits for emap in [*emaps, learning.truth]]))
    place.draw_bar(place.truth, scale, bar_label([*emaps, learning.truth]))
    place.draw_bar(place.mistakes[-1], cells, "difference [bits]")
    draw_difference_curve(place.curve, learning, steps)
    place.draw_legend()
    return place.figure


def moments_of(learning: Learning, count: int = MOMENTS) -> list[int]:
    """The start, the end, and in between when so many parts of the mean difference are gone."""
    start, end = learning.mean[[0, -1]].tolist()
    found = [0]
    for i in range(1, count - 1):
        below = learning.mean <= start - (start - end) * i / (count - 1)
        found.append(int(below.argmax()))
    return sorted({*found, learning.steps})


def extent_of(off: Sequence[Any]) -> float:
    """Where the colours of differences end, in bits."""
    largest = max(float(np.nanmax(np.abs(each))) for each in off)
    return largest if largest > EQUAL else 1.0
