"""Highest cell of a map."""

from typing import NamedTuple


class Peak(NamedTuple):
    """Cell of highest empowerment; if several cells share it, that of lowest y, then lowest x.

    Attributes
    ----------
    x, y : int
        Coordinates of the cell, counted from 0; y points up.
    bits : float
        Certified lower end of the empowerment of the cell, in bits.
    outcomes : int or None
        Number of sensor readings that can be brought about there; None in a noisy world and for
        means.
    ties : int
        Number of cells, including this one, that may be as high, given their certified intervals.
    """

    x: int
    y: int
    bits: float
    outcomes: int | None
    ties: int
