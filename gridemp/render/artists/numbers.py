"""Numbers or names in the cells of a map, readable on light and on dark colours."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import to_rgba
from numpy.typing import NDArray

from gridemp.engine.absorbing import absorbing
from gridemp.engine.map import EmpowermentMap
from gridemp.errors import GridempError
from gridemp.render.artists.maze_axes import cell_points
from gridemp.render.layout.style import ABSORBING_COLOR
from gridemp.render.layout.text import MIN_FONT_SIZE, POINTS_PER_INCH, text_inches

NUMBERS = ("bits", "outcomes", "names")
MAX_NAMED = 12  # states whose names are written unless numbers are
MAX_FONT_SIZE = 12.0  # points
SHARE = 0.8  # of a cell that a number may fill


def draw_numbers(ax: Axes, emap: EmpowermentMap, cells: ScalarMappable, which: str) -> None:
    """Write the bits, the number of outcomes or the name of the state into each cell.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Axes in (x, y) of cell centres.
    emap : EmpowermentMap
        Map on the axes.
    cells : matplotlib.cm.ScalarMappable
        Coloured cells of the map.
    which : {"bits", "outcomes", "names"}
        What to write; bits have as many decimals as fit, two or one, and names are left out if they
        do not fit.

    Raises
    ------
    GridempError
        If the map has no such numbers, or the cells are too small for them.
    """
    points = cell_points(ax, emap.world.maze.shape)
    sized = [(texts, number_size(texts, points)) for texts in number_texts(emap, which)]
    texts, size = next(((texts, size) for texts, size in sized if size >= MIN_FONT_SIZE), sized[-1])
    if size < MIN_FONT_SIZE and which == "names":
        return
    if size < MIN_FONT_SIZE:
        side = points / POINTS_PER_INCH
        raise GridempError(
            f"the cells are {side:.2f} inches wide, and numbers of at least {MIN_FONT_SIZE:g} "
            f"points need {side * MIN_FONT_SIZE / size:.2f}; make the figure wider (`width`) or "
            "leave the numbers out"
        )
    rows, cols = emap.world.maze.cells[emap.cell].T
    x, y = emap.world.maze.xy(rows, cols)
    shown = np.where(absorbing(emap)[:, None], to_rgba(ABSORBING_COLOR), cells.to_rgba(emap.bits))
    colors = readable_on(shown)
    for place_x, place_y, text, color in zip(x, y, texts, colors, strict=True):
        ax.text(
            place_x,
            place_y,
            text,
            color=color,
            fontsize=size,
            ha="center",
            va="center_baseline",
            zorder=5,
            gid="number",
        )


def number_texts(emap: EmpowermentMap, which: str) -> list[list[str]]:
    """Return the numbers of all cells as texts, in one or two forms, the longer form first.

    Raises
    ------
    GridempError
        If `which` is unknown, or undefined in this world.
    """
    check_numbers(which)
    if which == "bits":
        return [[f"{bits:.{decimals}f}" for bits in emap.bits] for decimals in (2, 1)]
    if which == "names":
        if not emap.world.names:
            raise GridempError("the states of this world have no names; use bits or outcomes")
        return [[emap.world.names[state] for state in emap.states]]
    if emap.outcomes is None:
        raise GridempError("outcomes can be counted only in worlds without noise; use bits")
    return [[f"{count}" for count in emap.outcomes]]


def numbers_note(annotate: str | None) -> str:
    """Line of a title about numbers in cells if the colourbar does not explain them, or ""."""
    return "\nnumbers: outcomes" if annotate == "outcomes" else ""


def default_annotation(emap: EmpowermentMap) -> str | None:
    """Return "names" for a map of a few states with names, such as a graph; None for others."""
    names = emap.world.names
    telling = names != tuple(map(str, range(len(names))))  # more than the ticks of the axis
    return "names" if telling and len(names) <= MAX_NAMED else None


def check_numbers(which: str) -> None:
    """Raise a GridempError if the kind of numbers is unknown."""
    if which not in NUMBERS:
        raise GridempError(f"`annotate` must be one of {', '.join(NUMBERS)}, not '{which}'")


def number_size(texts: list[str], points: float) -> float:
    """Font size in which the longest text fits a cell with a side of `points`, in points."""
    longest = max(texts, key=len)
    wide = POINTS_PER_INCH * text_inches(longest.replace("1", "0"), 10.0) / 10
    return float(min(MAX_FONT_SIZE, SHARE * points / wide, 0.5 * points))


def min_cell_inches(emap: EmpowermentMap, which: str) -> float:
    """Smallest side of a cell in which the shortest form of the numbers can be read, in inches."""
    side = 0.1  # inches, at which no font size is limited
    size = number_size(number_texts(emap, which)[-1], POINTS_PER_INCH * side)
    return 1.01 * side * MIN_FONT_SIZE / size


def readable_on(colors: NDArray[Any]) -> list[str]:
    """Return "black" or "white" for each colour, whichever stands out more on it.

    Colours are compared by the relative luminance of WCAG 2.1; at 0.179 both have equal contrast.

    Parameters
    ----------
    colors : ndarray, shape (N, 4)
        Colours in RGBA, from 0 to 1.

    Returns
    -------
    list of str

    Examples
    --------
    >>> import numpy as np
    >>> from gridemp.render.artists.numbers import readable_on
    >>> readable_on(np.array([[1, 1, 0, 1], [0, 0, 1, 1]]))
    ['black', 'white']
    """
    rgb = np.asarray(colors)[:, :3]
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    return ["black" if light > 0.179 else "white" for light in linear @ [0.2126, 0.7152, 0.0722]]
