"""Titles of a figure and of its panels, broken into lines that fit."""

from collections.abc import Sequence

from matplotlib.axes import Axes

from gridemp.render.layout.boxes import AnyFigure, Place, figure_inches
from gridemp.render.layout.text import (
    font_points,
    line_inches,
    widest_line_inches,
    wrapped,
)
from gridemp.report.captions import letter

PANEL_GAP = 0.08  # inches between texts and panels
LONGEST_WORD = 2.0  # inches of a word of a panel's title that is not broken
HINTED = 1.05  # times its width, a text may be as wide where dots are few


def set_titles(axes: Sequence[Axes], titles: Sequence[str], size: float) -> None:
    """Write titles above panels, flush left, in a font size of `size` points."""
    for ax, text in zip(axes, titles, strict=True):
        ax.set_title(text, loc="left", fontsize=size, parse_math=False)


def wrapped_head(text: str, width: float) -> str:
    """Return the title of a figure, broken into lines that fit its width in inches."""
    return wrapped(text, width - 2 * PANEL_GAP, font_points("axes.titlesize"))


def head_inches(text: str) -> float:
    """Height of the title of a figure with the gap below it, in inches."""
    return len(text.splitlines()) * line_inches(font_points("axes.titlesize")) + PANEL_GAP


def draw_head(figure: AnyFigure, text: str, middle: float = 0.5, above: float = PANEL_GAP) -> None:
    """Write a title at the top of a figure.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        Figure with its panels in place.
    text : str
        Title, already broken into lines; nothing is drawn if it is empty.
    middle : float
        Centre of the title, as a fraction of the figure's width, unless it would leave the figure.
    above : float
        Space above the title, in inches.
    """
    if text:
        size = font_points("axes.titlesize")
        wide, high = figure_inches(figure)
        half = min(0.5, (HINTED * widest_line_inches(text, size) / 2 + PANEL_GAP / 2) / wide)
        figure.text(
            min(max(middle, half), 1 - half),
            1 - above / high,
            text,
            ha="center",
            va="top",
            fontsize=size,
            parse_math=False,
        )


def fitted_titles(
    texts: Sequence[str], widths: Sequence[float], *, strictly: bool = False
) -> tuple[list[str], float]:
    """Put letters before titles, and fit them into widths in inches.

    Parameters
    ----------
    texts : sequence of str
        Titles without their letters.
    widths : sequence of float
        Width for each title, in inches.
    strictly : bool
        If True, break words rather than let one of up to `LONGEST_WORD` be wider.

    Returns
    -------
    titles : list of str
        "(a) ..." and so on, broken into lines where they are too long: after commas, and at spaces
        if a smaller font is not enough.
    size : float
        Font size in points: that of the style, or less if a line is too long even so, down to
        that of tick labels.
    """
    size = font_points("axes.titlesize")
    smallest = min(font_points("xtick.labelsize"), size)
    slack, longest = size / smallest / HINTED, 0.0 if strictly else LONGEST_WORD
    titles = [
        wrapped(f"({letter(i)}) {text}".strip(), width, size, slack=slack, longest_word=longest)
        for i, (text, width) in enumerate(zip(texts, widths, strict=True))
    ]
    fits = [
        width / (HINTED * widest_line_inches(title, size))
        for title, width in zip(titles, widths, strict=True)
    ]
    return titles, max(smallest, size * min(1.0, *fits))


def inches_to_next(row: Sequence[Place], width: float) -> list[float]:
    """Inches from the left of each panel of a row to that of the next, or to the figure's edge."""
    lefts = [place.left for place in row]
    return [end - start for start, end in zip(lefts, [*lefts[1:], width], strict=True)]
