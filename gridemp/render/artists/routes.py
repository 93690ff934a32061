"""The line of a walk over a map: passes over the same edge side by side, corners rounded."""

from collections import defaultdict
from typing import Any, NamedTuple

import numpy as np
from matplotlib.path import Path

from gridemp.agents.walk import Walk
from gridemp.typing import Array
from gridemp.worlds.moves import HEADINGS, OFFSETS

Vector = tuple[int, int]

CORNER = 0.22  # of a cell: how far before its middle a line begins to turn
BULGE, TURN_BACK = 0.7, 4 / 3  # of that: the handles of the curve
SPREAD = 0.6  # of a cell, over which passes lie side by side at most


class Leg(NamedTuple):
    """A straight piece from the middle of a cell to that of another, or beyond an edge."""

    step: int  # of the walk, from 0
    start: Vector  # (x, y)
    vector: Vector


def walk_legs(walk: Walk) -> list[Leg]:
    """The pieces of a walk, those of one cell's length where it slides."""
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
    """How far a step led in x and y; round a torus the way that it meant, or the shorter one."""
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
        ahead = [way for way in ways if way[0] * -row == way[1] * col]  # parallel
        ways = [way for way in ahead if way[0] * col - way[1] * row > 0] or ways
    return min(ways, key=lambda way: way[0] ** 2 + way[1] ** 2)


def lane_offsets(legs: list[Leg], shape: tuple[int, int], spacing: float) -> Array:
    """How far each leg lies off the middle, to the right of where it goes, in cells.

    Passes over the same edge are that far apart; if they are too many for that, some lie on one
    another. Those in either direction keep to their own side.
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
        count = min(len(edge), 1 + int(SPREAD / spacing))
        for place, (forward, i) in enumerate(sorted(edge)):
            lane = place * count // len(edge)
            right = spacing * (lane - (count - 1) / 2)
            aside[i] = right if forward else -right
    return aside


def straight_parts(legs: list[Leg], aside: Array) -> tuple[Array, Array, Array]:
    """Where the straight part of each leg begins and ends, and its direction: each (L, 2)."""
    start = np.array([leg.start for leg in legs], dtype=float).reshape(-1, 2)
    vector = np.array([leg.vector for leg in legs], dtype=float).reshape(-1, 2)
    unit = vector / np.linalg.norm(vector, axis=1, keepdims=True)
    right = np.stack([unit[:, 1], -unit[:, 0]], axis=1) * aside[:, None]
    return start + right + CORNER * unit, start + vector + right - CORNER * unit, unit


def trail_path(legs: list[Leg], aside: Array, shape: tuple[int, int]) -> Path:
    """The line through all legs; at an edge of a torus it leaves, and enters at the other."""
    begins, ends, units = straight_parts(legs, aside)
    size = np.array([shape[1], shape[0]])
    points: list[Array] = []
    codes: list[Any] = []

    def add(code: Any, *more: Array) -> None:
        points.extend(more)
        codes.extend([code] * len(more))

    for i, leg in enumerate(legs):
        beyond = np.add(leg.start, leg.vector) // size * size  # of the copy of the maze it enters
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
    """Triangles that point along every so manieth leg, of a length in cells: shape (N, 3, 2)."""
    begins, ends, units = straight_parts(legs, aside)
    height, width = 0.5 * size, 0.42 * size
    chosen = np.arange(every // 2, len(legs), every)
    middle, unit = (begins[chosen] + ends[chosen]) / 2, units[chosen]
    side = np.stack([unit[:, 1], -unit[:, 0]], axis=1)
    corners = middle + height * unit, middle - height * unit + width * side
    return np.stack([*corners, middle - height * unit - width * side], axis=1)
