"""Outlines of keys, doors and balls as markers, in a square of side 1 around the origin."""

import numpy as np
from matplotlib.path import Path

from gridemp.typing import Array


def _closed(*corners: tuple[float, float]) -> Path:
    """Polygon with these corners."""
    return Path([*corners, corners[0]], closed=True)


def _circle(x: float, y: float, radius: float, *, hole: bool = False) -> Path:
    """Circle, or a hole of this shape in the path around it."""
    circle = Path.circle((x, y), radius)
    if not hole:
        return circle
    vertices: Array = np.asarray(circle.vertices) * [1, -1] + [0, 2 * y]  # the other way round
    return Path(vertices, circle.codes)


def _shade() -> Path:
    """Crescent in the lower right of a ball, as a hole."""
    arc = Path.arc(-110, 20)
    outer: Array = 0.33 * np.asarray(arc.vertices)[::-1]  # the other way round
    return Path(
        np.vstack([outer[-1:], [(0.2, -0.2)], outer, outer[-1:]]),
        [Path.MOVETO, Path.CURVE3, Path.CURVE3, *[Path.CURVE4] * (len(outer) - 1), Path.CLOSEPOLY],
    )


KEY = Path.make_compound_path(
    _circle(-0.25, 0, 0.25),
    _circle(-0.25, 0, 0.11, hole=True),
    _closed(
        *((-0.04, 0.07), (0.5, 0.07), (0.5, -0.27), (0.37, -0.27), (0.37, -0.07)),
        *((0.29, -0.07), (0.29, -0.2), (0.16, -0.2), (0.16, -0.07), (-0.04, -0.07)),
    ),
)
_LEAF = _closed((-0.36, -0.5), (0.36, -0.5), (0.36, 0.5), (-0.36, 0.5))
CLOSED_DOOR = Path.make_compound_path(_LEAF, _circle(0.2, 0, 0.07, hole=True))
LOCKED_DOOR = Path.make_compound_path(
    _LEAF,
    _circle(0, 0.1, 0.12, hole=True),
    _closed((-0.05, 0.0), (0.05, 0.0), (0.1, -0.28), (-0.1, -0.28)),
)
OPEN_DOOR = _closed(
    *((-0.36, -0.5), (-0.36, 0.5), (0.36, 0.5), (0.36, -0.5)),
    *((0.24, -0.5), (0.24, 0.38), (-0.24, 0.38), (-0.24, -0.5)),
)
BALL = Path.make_compound_path(_circle(0, 0, 0.5), _shade())
