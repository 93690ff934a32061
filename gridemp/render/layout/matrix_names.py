"""The names of the rows and the columns of small matrices, and the room that they need."""

from collections.abc import Sequence

from gridemp.render.layout.boxes import Box
from gridemp.render.layout.text import MIN_FONT_SIZE, POINTS_PER_INCH, font_points, text_inches

MAX_NAMED = 40  # rows or columns, beyond which there is never room for their names
MAX_STRETCH = 1.8  # times its usual height, to which a matrix grows for the names of its rows
SPACING = 0.92  # of the smallest font size: rows or columns this far apart have names


def with_names(
    row: Sequence[Box], rows: Sequence[str], columns: Sequence[str], matrix: tuple[float, float]
) -> list[Box]:
    """Make room for the names of rows and columns, where these are or can be far enough apart.

    Parameters
    ----------
    row : sequence of Box
        Boxes of the matrices of a row, and of what stands beside them.
    rows, columns : sequence of str
        Names of the rows and the columns of all matrices.
    matrix : (width, height)
        Size of a matrix in these boxes, in inches.
    """
    wide, high = matrix
    roomy = list(row)
    stretch = max(1.0, len(rows) * SPACING * MIN_FONT_SIZE / POINTS_PER_INCH / high)
    if stretch <= MAX_STRETCH:
        roomy = [box._replace(aspect=1.02 * stretch * box.aspect) for box in roomy]
    if has_names(len(columns), wide):
        size = font_points("xtick.labelsize")
        under = max(text_inches(name, size) for name in columns) + 0.08
        roomy = [box._replace(bottom=box.bottom + under) for box in roomy]
    return roomy


def has_names(count: int, inches: float) -> bool:
    """Return True if so many rows or columns are far enough apart for names."""
    return count <= MAX_NAMED and POINTS_PER_INCH * inches / count >= SPACING * MIN_FONT_SIZE


def names_points(count: int, inches: float) -> float:
    """Font size of the names of so many rows or columns, in points."""
    room = POINTS_PER_INCH * inches / count / 1.05
    return max(MIN_FONT_SIZE, min(font_points("ytick.labelsize"), room))
