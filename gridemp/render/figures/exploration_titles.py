"""The titles of the panels of a figure of exploration."""

from collections.abc import Sequence

import numpy as np

from gridemp.agents.exploration_record import CLOSE
from gridemp.render.artists.difference import EQUAL
from gridemp.render.layout.text import with_minus_signs
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
