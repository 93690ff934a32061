"""Directions in (x, y) in which actions point."""

import numpy as np

from gridemp.worlds.moves import HEADINGS, OFFSETS, TURNS

Vector = tuple[float, float]

AHEAD, ASIDE = 0.6, 0.8  # components of the direction of a turn


def named_direction(action: str, heading: str | None) -> Vector | None:
    """Direction of an action by its name, or None if the name does not tell it.

    A move points one cell away, possibly diagonally; a stay is (0, 0). "forward" points to where an
    agent with this heading looks, and a turn to its side and a little ahead.
    """
    if action in OFFSETS:
        return _direction(action)
    if heading is None or action not in ("forward", *TURNS):
        return None
    x, y = _direction(heading)
    if action == "forward":
        return x, y
    turned = HEADINGS[(HEADINGS.index(heading) + TURNS[action]) % len(HEADINGS)]
    side_x, side_y = _direction(turned)
    return AHEAD * x + ASIDE * side_x, AHEAD * y + ASIDE * side_y


def unit_vector(x: float, y: float) -> Vector:
    """Vector of length 1 in a direction; (0, 0) remains as it is."""
    length = float(np.hypot(x, y))
    return (x / length, y / length) if length > 1e-9 else (0.0, 0.0)


def _direction(move: str) -> Vector:
    """Step of a move in (x, y)."""
    row, col = OFFSETS[move]
    return float(col), float(-row)
