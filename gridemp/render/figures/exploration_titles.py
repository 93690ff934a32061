"""The titles of the panels of a figure of exploration, and room for them."""

from collections.abc import Sequence

import numpy as np

from gridemp.agents.exploration_record import CLOSE
from gridemp.render.artists.difference import EQUAL
from gridemp.render.layout.boxes import Box, Place, Placement
from gridemp.render.layout.panel_titles import PANEL_GAP, inches_to_next
from gridemp.render.layout.text import line_inches, widest_line_inches, with_minus_signs
from gridemp.report.captions import letter
from gridemp.report.rounding import rounded_up
from gridemp.typing import Array


def panel_titles_of(names: Sequence[str], ends: Sequence[str], in_columns: bool) -> list[list[str]]:
    """Return the titles of each row of panels, of which the last has one panel fewer.

    Parameters
    ----------
    names : sequence of str
        Title of each moment and of the true map, without their letters.
    ends : sequence of str
        Range of the difference at each moment.
    in_columns : bool
        True if time goes from left to right.
    """
    letters = [f"({letter(i)})" for i in range(len(names))]
    *maps, truth = [f"{mark} {name}".strip() for mark, name in zip(letters, names, strict=True)]
    below = [
        f"{mark} minus {letters[-1]}\n{text}".strip()
        for mark, text in zip(letters, ends, strict=False)
    ]
    if in_columns:
        return [[*maps, truth], below]
    return [*map(list, zip(maps, below, strict=True)), [truth]]


def range_in_words(bits: Array, largest: float) -> str:
    """Return the range of a difference in words, or its certified bound if that is small."""
    if largest < EQUAL:
        return "no difference"
    if largest <= CLOSE:
        return f"at most {rounded_up(largest)} bits"
    ends = np.nanmin(bits), np.nanmax(bits)
    return " to ".join(with_minus_signs(f"{end:+.2f}") if round(end, 2) else "0" for end in ends)


def higher(
    titles: Sequence[Sequence[str]],
    rows: Sequence[Sequence[Box]],
    size: float,
    *,
    in_columns: bool,
) -> list[list[Box]]:
    """Return the boxes with margins for titles of more lines than the usual ones have."""
    usual = [1, 2] if in_columns else [2] * len(rows)
    more = [
        max(0, *(len(text.splitlines()) - lines for text in texts))
        for texts, lines in zip(titles, usual, strict=True)
    ]
    return [
        [box._replace(top=box.top + lines * line_inches(size)) for box in row]
        for row, lines in zip(rows, more, strict=True)
    ]


def wider(
    titles: Sequence[Sequence[str]],
    rows: Sequence[Sequence[Box]],
    grid: Sequence[Sequence[Place]],
    size: float,
) -> list[list[Box]]:
    """Return the boxes with margins for titles that are wider than their panels.

    All boxes of a column get the same right margin.
    """
    rights = [
        [
            max(box.right, widest_line_inches(text, size) + PANEL_GAP - place.width)
            for box, place, text in zip(row, places, [*texts, ""], strict=False)
        ]
        for row, places, texts in zip(rows, grid, titles, strict=True)
    ]
    columns = [max(column) for column in zip(*rights, strict=True)]
    return [
        [box._replace(right=right) for box, right in zip(row, columns, strict=True)] for row in rows
    ]


def titles_fit(
    titles: Sequence[Sequence[str]],
    placed: Placement,
    size: float,
) -> bool:
    """Return True if no title extends to that of the next panel or beyond the figure."""
    return all(
        widest_line_inches(text, size) <= room
        for texts, row in zip(titles, placed.axes, strict=True)
        for text, room in zip(texts, inches_to_next(row, placed.width), strict=False)
    )
