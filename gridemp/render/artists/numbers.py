"""Numbers in cells, readable on light and dark."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from numpy.typing import NDArray

from gridemp.engine.map import EmpowermentMap
from gridemp.errors import GridempError
from gridemp.render.artists.maze_axes import cell_points
from gridemp.render.layout.text import POINTS_PER_INCH, text_inches

NUMBERS = ("bits", "outcomes")
MIN_FONT_SIZE = 6.0  # points
MAX_FONT_SIZE = 12.0
SHARE = 0.8  # of a cell that a number may fill


def draw_numbers(ax: Axes, emap: EmpowermentMap, cells: ScalarMappable, which: str) -> None:
    """Write the bits or the outcomes of each cell, bits with as many decimals as fit: two or one.

    Raises
    ------
    GridempError
        If there are none of these numbers, or the cells are too small for them.
    """
    points = cell_points(ax, emap.world.maze.shape)
    sized = [(text, number_size(text, points)) for text in number_texts(emap, which)]
    texts, size = next(((texts, size) for texts, size in sized if size >= MIN_FONT_SIZE), sized[-1])
    if size < MIN_FONT_SIZE:
        raise GridempError(
            f"the cells are {points / POINTS_PER_INCH:.2f} inches wide, and numbers of {MIN_FONT_SIZE:g} points "
            f"need {points / POINTS_PER_INCH * MIN_FONT_SIZE / size:.2f}; make the figure wider (--width) or "
            "leave the numbers out"
        )
    rows, cols = emap.world.maze.cells[emap.cell].T
    x, y = emap.world.maze.xy(rows, cols)
    colors = readable_on(cells.to_rgba(emap.bits))
    for place_x, place_y, text, color in zip(x, y, texts, colors, strict=True):
        ax.text(
            *(place_x, place_y, text),
            color=color,
            fontsize=size,
            ha="center",
            va="center_baseline",
            zorder=5,
            gid="number",
        )


def number_texts(emap: EmpowermentMap, which: str) -> list[list[str]]:
    """The numbers of the cells as texts: the ways to write them, the longest first.

    Raises
    ------
    GridempError
        If there are no such numbers, or none in this world.
    """
    check_numbers(which)
    if which == "bits":
        return [[f"{bits:.{decimals}f}" for bits in emap.bits] for decimals in (2, 1)]
    if emap.outcomes is None:
        raise GridempError("outcomes are counted in worlds without noise only; use bits")
    return [[f"{count}" for count in emap.outcomes]]


def numbers_note(annotate: str | None) -> str:
    """What a title says of numbers in cells, where the colourbar does not."""
    return "\nnumbers: outcomes" if annotate == "outcomes" else ""


def check_numbers(which: str) -> None:
    """Raise a GridempError if there are no such numbers."""
    if which not in NUMBERS:
        raise GridempError(f"there are no numbers '{which}'; use one of {', '.join(NUMBERS)}")


def number_size(texts: list[str], points: float) -> float:
    """The size in which the longest of these texts fits a cell of so many points."""
    longest = max(texts, key=len)
    wide = POINTS_PER_INCH * text_inches(longest.replace("1", "0"), 10.0) / 10
    return float(min(MAX_FONT_SIZE, SHARE * points / wide, 0.5 * points))


def min_cell_inches(emap: EmpowermentMap, which: str) -> float:
    """How wide a cell must be for the shortest numbers to be read."""
    unit = 0.1  # inches, at which no size is capped
    return (
        1.01
        * unit
        * MIN_FONT_SIZE
        / number_size(number_texts(emap, which)[-1], POINTS_PER_INCH * unit)
    )


def readable_on(colors: NDArray[Any]) -> list[str]:
    """Black or white for each colour, whichever stands out more: shape (N, 4) of RGBA.

    By the relative luminance of WCAG 2.1, in which both contrast equally at 0.179.
    """
    rgb = np.asarray(colors)[:, :3]
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    return ["black" if light > 0.179 else "white" for light in linear @ [0.2126, 0.7152, 0.0722]]
