"""Margins of a map: for its axis labels, its colourbar and its title."""

import matplotlib

from gridemp.render.layout.boxes import MIN_AXES_SIDE, Box, placement
from gridemp.render.layout.colorbars import colorbar_inches, label_inches
from gridemp.render.layout.text import em, line_inches, text_inches, widest_line_inches, wrapped

MAX_SIDE, MIN_SIDE = 5.0, 2.0  # inches of the longer side of a map
MAX_CELL = 0.6  # inches of the side of a cell, unless the map is then smaller than `MIN_SIDE`
TICK_LENGTH = 0.04  # inches
MIN_TITLE_WIDTH = 2.2  # inches, to which the title of a new figure may extend in any case


def map_box(
    shape: tuple[int, int],
    bar_range: tuple[float, float] | None = None,
    *,
    below: bool | None = None,
) -> Box:
    """Box of a map of H x W cells, with margins for labels and a colourbar.

    Parameters
    ----------
    shape : (H, W)
        Shape of the maze.
    bar_range : (low, high), optional
        Range of the colourbar; by default there is none.
    below : bool, optional
        If True, put the colourbar below the map; by default only if the map is wide.
    """
    height, width = shape
    ticks = text_inches("0" * len(str(height - 1)), matplotlib.rcParams["ytick.labelsize"])
    left = ticks + line_inches(matplotlib.rcParams["axes.labelsize"]) + em() + TICK_LENGTH
    bottom = x_labels_inches()
    right = 0.1
    if bar_range is not None and (is_wide(shape) if below is None else below):
        bottom += colorbar_inches(*bar_range, below=True)
        right = 0.2
    elif bar_range is not None:
        right = colorbar_inches(*bar_range) + 0.05
    return Box(height / width, left, right, bottom, 0.1)


def long_side(shape: tuple[int, int]) -> float:
    """Longer side, in inches, of a map of H x W cells in a figure without a given width."""
    return min(MAX_SIDE, max(MIN_SIDE, MAX_CELL * max(shape)))


def x_labels_inches() -> float:
    """Height of the tick labels and the label below axes, in inches."""
    sizes = (matplotlib.rcParams[name] for name in ("xtick.labelsize", "axes.labelsize"))
    return sum(map(line_inches, sizes)) + 0.7 * em() + TICK_LENGTH


def is_wide(shape: tuple[int, int]) -> bool:
    """True if a colourbar beside a map of H x W cells would be too short for its label."""
    return shape[1] > 2 * shape[0]


def with_bar_label(box: Box, label: str, *, side: float, width: float | None = None) -> Box:
    """Make room for the label of a colourbar beside a map, which has two lines if the bar is short.

    Parameters
    ----------
    box : Box
        Box of a map that is alone in its figure, with room for a bar with a label in one line.
    label : str
        Label of the colourbar.
    side, width
        As in `placement`.
    """
    ((place,),) = placement([[box]], side=side, width=width).axes
    return box._replace(right=box.right + label_inches(label, place.height))


def with_title(
    box: Box, text: str, *, side: float, width: float | None = None, across: float | None = None
) -> tuple[Box, str]:
    """Make room for a title above a box.

    Parameters
    ----------
    box : Box
        Box without the title.
    text : str
        Title.
    side, width
        As in `placement`, for a box that is alone in its figure.
    across : float, optional
        Width of the axes in inches, for other boxes.

    Returns
    -------
    box : Box
        Box with wider margins.
    text : str
        Title, broken into lines that fit.
    """
    if not text:
        return box, text
    size = matplotlib.rcParams["axes.titlesize"]
    alone = across is None
    if across is None and width is None:
        across = side * min(1.0, 1 / box.aspect)
        room = max(across + 2 * min(box.left, box.right), MIN_TITLE_WIDTH)
    elif across is None and width is not None:
        across = max(width - box.left - box.right, MIN_AXES_SIDE)
        room = across + 2 * min(box.left, box.right)
    else:
        across = room = across or MIN_AXES_SIDE
    longest = MAX_SIDE if alone and width is None else 0.0
    text = wrapped(text, room, size, longest_word=longest)
    beside = (1.06 * widest_line_inches(text, size) - across) / 2 + 0.05
    top = box.top + line_inches(size) * len(text.splitlines()) + 0.06
    return box._replace(left=max(box.left, beside), right=max(box.right, beside), top=top), text
