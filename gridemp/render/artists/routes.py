"""The line of a walk over a map, with rounded corners and a lane for each pass over an edge."""

from collections import defaultdict
from typing import Any, NamedTuple

import numpy as np
from matplotlib.path import Path

from gridemp.agents.walk import Walk
from gridemp.typing import Array, Indices
from gridemp.worlds.moves import HEADINGS, OFFSETS

Vector = tuple[int, int]

CORNER = 0.22  # of a cell: distance from its middle at which a line begins to turn
BULGE, TURN_BACK = 0.7, 4 / 3  # of that distance: the handles of the curve
MAX_SPREAD = 0.6  # of a cell: width over which lanes lie side by side


class Leg(NamedTuple):
    """Straight piece of a walk from the middle of a cell to that of another, or across an edge."""

    step: int  # index of the step in the walk
    start: Vector  # cell (x, y)
    vector: Vector  # cells in x and y


def walk_legs(walk: Walk) -> list[Leg]:
    """Return the pieces of a walk; a slide has one for each cell."""
    height, width = walk.world.maze.shape
    legs = []
    for step in np.flatnonzero((walk.xy[1:] != walk.xy[:-1]).any(axis=1)).tolist():
        dx, dy = _displacement(walk, step)
        count = max(abs(dx), abs(dy)) if 0 in (dx, dy) or abs(dx) == abs(dy) else 1
        x, y = walk.xy[step].tolist()
        for i in range(count):
            at = (x + i * dx // count) % width, (y + i * dy // count) % height
            legs.append(Leg(step, at, (dx // count, dy // count)))
    return legs


def _displacement(walk: Walk, step: int) -> Vector:
    """Displacement of a step in x and y, in cells.

    On a torus several displacements are possible; it is the one in the direction of the action, or
    the shortest.
    """
    height, width = walk.world.maze.shape
    (x0, y0), (x1, y1) = walk.xy[step : step + 2].tolist()
    torus = walk.world.torus
    ways = [
        (x1 - x0 + i * width, y1 - y0 + j * height)
        for i in ((0, -1, 1) if "x" in torus else (0,))
        for j in ((0, -1, 1) if "y" in torus else (0,))
    ]
    if torus and not walk.slipped[step]:
        action = walk.world.actions[walk.actions[step]]
        if action == "forward" and walk.world.heading is not None:
            action = HEADINGS[walk.world.heading[walk.states[step]]]
        row, col = OFFSETS.get(action, (0, 0))
        parallel = [way for way in ways if way[0] * -row == way[1] * col]
        ways = [way for way in parallel if way[0] * col - way[1] * row > 0] or ways
    return min(ways, key=lambda way: way[0] ** 2 + way[1] ** 2)


def lane_offsets(legs: list[Leg], shape: tuple[int, int], spacing: float) -> Array:
    """Distance of each leg from the middle of its cells, to the right of its direction, in cells.

    Passes across the same edge lie in lanes side by side, each keeping to the right of its
    direction. If there are too many, some share a lane.

    Parameters
    ----------
    legs : list of Leg
        Pieces of a walk.
    shape : (H, W)
        Shape of the maze.
    spacing : float
        Distance between lanes in cells.

    Returns
    -------
    ndarray, shape (len(legs),)
    """
    height, width = shape
    passes = defaultdict(list)
    for i, (_, (x, y), (dx, dy)) in enumerate(legs):
        forward = (dx, dy) > (0, 0)
        if not forward:
            x, y, dx, dy = (x + dx) % width, (y + dy) % height, -dx, -dy
        passes[x, y, dx, dy].append((forward, i))
    aside = np.zeros(len(legs))
    for edge in passes.values():
        count = min(len(edge), 1 + int(MAX_SPREAD / spacing))
        for place, (forward, i) in enumerate(sorted(edge)):
            lane = place * count // len(edge)
            right = spacing * (lane - (count - 1) / 2)
            aside[i] = right if forward else -right
    return aside


def offset_beyond(leg: Leg, shape: tuple[int, int]) -> Indices:
    """Offset in (x, y) of the copy of a torus that a leg enters; (0, 0) if it stays inside."""
    size = np.array([shape[1], shape[0]])
    return np.asarray(np.add(leg.start, leg.vector) // size * size)


def straight_parts(legs: list[Leg], aside: Array) -> tuple[Array, Array, Array]:
    """Start, end and direction of the straight part of each leg, each of shape (len(legs), 2)."""
    start = np.array([leg.start for leg in legs], dtype=float).reshape(-1, 2)
    vector = np.array([leg.vector for leg in legs], dtype=float).reshape(-1, 2)
    unit = vector / np.linalg.norm(vector, axis=1, keepdims=True)
    right = np.stack([unit[:, 1], -unit[:, 0]], axis=1) * aside[:, None]
    return start + right + CORNER * unit, start + vector + right - CORNER * unit, unit


def trail_path(legs: list[Leg], aside: Array, shape: tuple[int, int]) -> Path:
    """Return the line through all legs; it leaves a torus at one edge and enters at the other."""
    begins, ends, units = straight_parts(legs, aside)
    points: list[Array] = []
    codes: list[Any] = []

    def add(code: Any, *more: Array) -> None:
        points.extend(more)
        codes.extend([code] * len(more))

    for i, leg in enumerate(legs):
        beyond = offset_beyond(leg, shape)
        if i == 0:
            add(Path.MOVETO, np.array(leg.start, dtype=float))
            add(Path.LINETO, begins[0])
        if beyond.any():
            middle = (begins[i] + ends[i]) / 2
            add(Path.LINETO, middle)
            add(Path.MOVETO, middle - beyond)
        here = ends[i] - beyond
        add(Path.LINETO, here)
        if i + 1 == len(legs):
            add(Path.LINETO, np.add(leg.start, leg.vector) - beyond)
            break
        back = float(units[i] @ units[i + 1]) < -0.99
        handle = CORNER * (TURN_BACK if back else BULGE)
        after = begins[i + 1]
        add(Path.CURVE4, here + handle * units[i], after - handle * units[i + 1], after)
    return Path(np.array(points).reshape(-1, 2), codes)


def arrowheads(legs: list[Leg], aside: Array, every: int, size: float) -> Array:
    """Return triangles that point along legs.

    Parameters
    ----------
    legs : list of Leg
        Pieces of a walk.
    aside : ndarray, shape (len(legs),)
        Distances of the legs from the middle, see `lane_offsets`.
    every : int
        Number of legs from one arrowhead to the next.
    size : float
        Length of an arrowhead in cells.

    Returns
    -------
    ndarray, shape (N, 3, 2)
        Corners in (x, y).
    """
    begins, ends, units = straight_parts(legs, aside)
    height, width = 0.5 * size, 0.42 * size
    chosen = np.arange(every // 2, len(legs), every)
    middle, unit = (begins[chosen] + ends[chosen]) / 2, units[chosen]
    side = np.stack([unit[:, 1], -unit[:, 0]], axis=1)
    corners = middle + height * unit, middle - height * unit + width * side
    return np.stack([*corners, middle - height * unit - width * side], axis=1)
