"""Keys of the marks on maps: one below a figure, which leaves the maps most of their size."""

from collections.abc import Sequence

from gridemp.errors import GridempError
from gridemp.render.layout.boxes import AnyFigure, Box, figure_inches, placement
from gridemp.render.layout.legends import (
    MAP_LEGEND,
    LegendEntry,
    arrangement,
    legend_arguments,
    legend_inches,
    pack,
    with_legend,
)

KEY_GAP = 0.08  # inches between a figure and the key below it, and around the key
MIN_SHARE = 0.8  # of its size without a key, to which a map may shrink to make room for one


def with_map_key(
    box: Box, entries: Sequence[LegendEntry], side: float, width: float | None = None
) -> tuple[Box, list[LegendEntry]]:
    """Make room below a box for a key; return the box, and the entries if there is room for them.

    The parameters are those of `with_legend`.
    """
    roomy = with_legend(box, [label for _, label in entries], side, width)
    if keeps_size([[box]], [[roomy]], side=side, width=width):
        return roomy, list(entries)
    return box, []


def with_key(
    rows: Sequence[Sequence[Box]],
    entries: Sequence[LegendEntry],
    *,
    side: float,
    width: float | None = None,
    figure: AnyFigure | None = None,
) -> tuple[list[list[Box]], list[LegendEntry]]:
    """Make room below rows of boxes for a key of the whole figure.

    Parameters
    ----------
    rows : sequence of sequences of Box
        Boxes with all other margins.
    entries : sequence of (Artist, str)
        Signs and their meanings.
    side, width, figure
        As in `arrange`.

    Returns
    -------
    rows : list of list of Box
        The last row has a wider margin below, unless there is no room for the key. A new figure
        without a given width grows as necessary.
    entries : list of (Artist, str)
        The entries, or none if there is no room for them.
    """
    plain = [list(row) for row in rows]
    if not entries:
        return plain, []
    size = figure_inches(figure) if figure is not None else None
    across = (size or _size(plain, side, width))[0] - 2 * KEY_GAP
    labels = [label for _, label in entries]
    places = arrangement(labels, across)
    below = legend_inches(places.rows, 1) + KEY_GAP
    roomy = [*plain[:-1], [box._replace(bottom=box.bottom + below) for box in plain[-1]]]
    lacking = places.width - across
    if lacking > 0 and width is None and size is None:
        roomy, lacking = [_wider(row, lacking) for row in roomy], 0.0
    if lacking > 0 or not keeps_size(plain, roomy, side=side, width=width, size=size):
        return plain, []
    return roomy, list(entries)


def draw_key(figure: AnyFigure, entries: Sequence[LegendEntry], middle: float = 0.5) -> None:
    """Draw a key at the bottom of a figure for which `with_key` made room.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        Figure with its axes in place.
    entries : sequence of (Artist, str)
        Entries that `with_key` returned; nothing is drawn if there are none.
    middle : float
        Desired centre of the key, as a fraction of the figure's width.
    """
    if not entries:
        return
    wide, high = figure_inches(figure)
    labels = [label for _, label in entries]
    places = arrangement(labels, wide - 2 * KEY_GAP)
    half = places.width / 2 + KEY_GAP
    middle = min(max(middle * wide, half), wide - half) / wide
    legend = figure.legend(
        [handle for handle, _ in entries],
        labels,
        loc="lower center",
        bbox_to_anchor=(middle, KEY_GAP / high),
        **legend_arguments(places.columns, MAP_LEGEND),
    )
    pack(legend, places)


def keeps_size(
    plain: Sequence[Sequence[Box]],
    roomy: Sequence[Sequence[Box]],
    *,
    side: float,
    width: float | None = None,
    size: tuple[float, float] | None = None,
) -> bool:
    """True if axes keep `MIN_SHARE` of their size when margins grow to make room for a key.

    Parameters
    ----------
    plain, roomy : sequence of sequences of Box
        Boxes without and with the room.
    side, width, size
        As in `placement`.
    """
    sides = []
    for rows in (plain, roomy):
        try:
            places = placement(rows, side=side, width=width, size=size)
        except GridempError:
            return rows is plain  # it does not fit in any case
        sides.append(min(place.width for row in places.axes for place in row))
    return sides[1] >= MIN_SHARE * sides[0]


def _wider(row: list[Box], inches: float) -> list[Box]:
    """Boxes of a row with wider outer margins."""
    *others, last = [row[0]._replace(left=row[0].left + inches / 2), *row[1:]]
    return [*others, last._replace(right=last.right + inches / 2)]


def _size(rows: Sequence[Sequence[Box]], side: float, width: float | None) -> tuple[float, float]:
    """Width and height in inches of a new figure of some boxes."""
    return placement(rows, side=side, width=width)[:2]
