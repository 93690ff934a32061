"""The first actions of a source, as arrows from its cell in proportion to their probabilities."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, FancyArrowPatch, Rectangle
from matplotlib.patheffects import withStroke

from gridemp.analysis.cell import CellSource
from gridemp.render.artists.action_directions import Vector, named_direction, unit_vector
from gridemp.render.layout.legends import LegendEntry
from gridemp.worlds.moves import OFFSETS, TURNS, step_targets

INNER = 0.22  # of a cell, from its middle to the tails of arrows, where the ring of a stay is
LENGTH = 0.63  # of a cell: the arrow of the likeliest action
MIN_LENGTH_POINTS = 16.0  # its length in small cells
MIN_EDGE_LENGTH_POINTS = 10.0  # its length in small cells at the edge of the axes
MAX_SPILL_POINTS = 3.0  # by which it may cross the edge of the axes, where tick labels begin
BLOCKED = 0.45  # of its length: the arrow of a blocked move
RING = 0.25  # of the length of an arrow of the same weight: the radius of the ring of a stay
HEAD = 0.8  # of the length of an arrow: the scale of its head
BEND = 0.45  # curvature of the arrow of a turn
MAX_RINGED = 4  # actions in place that are named
COLOR, CASING = "black", "white"


def draw_first_actions(ax: Axes, source: CellSource, cell_points: float) -> None:
    """Draw an arrow for each move, a bent one for each turn, and a ring for a stay.

    The ring also stands for other actions that leave the agent in place, such as those of hands.
    Arrows begin around the middle of the cell, in which the ring lies. Their lengths and the radius
    of the ring are in proportion to the probabilities of the first actions. At the edge of the axes
    all are shorter if one would reach the tick labels. A move that is blocked has a hollow head and
    is shorter by the factor `BLOCKED`. Actions that are not among those of mazes point to where
    they lead on average; actions that point the same way share an arrow. The cell is framed.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Axes in (x, y) of cell centres, with their final limits.
    source : CellSource
        Source distribution of a cell.
    cell_points : float
        Side of a cell in points.
    """
    x, y = source.xy
    side = max(0.88, 7 / cell_points)
    frame = Rectangle((x - side / 2, y - side / 2), side, side, fill=False, zorder=4, gid="start")
    _add_outlined(ax, frame, float(np.clip(0.05 * cell_points, 0.8, 1.6)))
    weights = _weights(source)
    unit = _unit_length(ax, source, weights, cell_points)
    for (dx, dy, kind), weight in weights.items():
        length = unit * weight
        points = length * cell_points
        if points < 0.1:
            continue
        if dx == dy == 0:
            ring = Circle((x, y), RING * length, fill=False, zorder=6, gid="first action stay")
            _add_outlined(ax, ring, float(np.clip(0.07 * points, 0.3, 2)))
            continue
        if kind == "blocked":
            length, points = BLOCKED * length, BLOCKED * points
        arrow = FancyArrowPatch(
            (x + INNER * dx, y + INNER * dy),
            (x + (INNER + length) * dx, y + (INNER + length) * dy),
            arrowstyle="-|>,head_length=0.4,head_width=0.22",
            connectionstyle=f"arc3,rad={-TURNS.get(kind, 0) * BEND}",
            mutation_scale=HEAD * points * (1.4 if kind == "blocked" else 1.0),
            shrinkA=0,
            shrinkB=0,
            joinstyle="miter",
            capstyle="butt",
            facecolor=CASING if kind == "blocked" else COLOR,
            zorder=5,
            gid=f"first action {kind}".rstrip(),
        )
        _add_outlined(ax, arrow, float(np.clip(0.06 * points, 0.3, 2)))


def entries_of(source: CellSource) -> list[LegendEntry]:
    """Return the legend of the frame, the arrows and the ring, as far as they are drawn."""
    kinds = {
        kind or ("stay" if dx == dy == 0 else "move"): weight
        for (dx, dy, kind), weight in _weights(source).items()
        if weight > 0
    }
    best = int(source.first_actions.round(9).argmax())
    longest = f"{source.world.actions[best]} {source.first_actions[best]:.1%}"
    look: dict[str, Any] = {"linestyle": "none", "color": COLOR}
    entries: list[LegendEntry] = [
        (Line2D([], [], marker="s", markersize=7, markerfacecolor="none", **look), "agent"),
        (Line2D([], [], marker=">", markersize=6, **look), f"first action; most likely: {longest}"),
    ]
    for kind, marker, size, text in (
        ("blocked", ">", 6, "blocked move"),
        ("stay", "o", 5, _ringed_words(source)),
    ):
        if kind in kinds:
            handle = Line2D([], [], marker=marker, markersize=size, markerfacecolor=CASING, **look)
            entries.append((handle, text))
    return entries


def _ringed_words(source: CellSource) -> str:
    """Names of the actions that the ring stands for, or their number if they are many."""
    names = [
        action
        for action, weight in zip(source.world.actions, source.first_actions, strict=True)
        if weight > 0 and not any(np.round(direction(source, action), 9))
    ]
    if len(names) > MAX_RINGED:
        return f"{len(names)} actions in place"
    return " or ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def _weights(source: CellSource) -> dict[tuple[float, float, str], float]:
    """Probability of each direction (dx, dy) and kind: "left", "right", "blocked" or ""."""
    blocked = blocked_actions(source)
    weights: dict[tuple[float, float, str], float] = {}
    for action, weight in zip(source.world.actions, source.first_actions, strict=True):
        dx, dy = direction(source, action)
        kind = action if action in TURNS else "blocked" if action in blocked else ""
        key = round(dx, 9), round(dy, 9), kind
        weights[key] = weights.get(key, 0.0) + float(weight)
    return weights


def _unit_length(
    ax: Axes,
    source: CellSource,
    weights: dict[tuple[float, float, str], float],
    cell_points: float,
) -> float:
    """Length of an arrow of probability 1, in cells."""
    unit = max(LENGTH, MIN_LENGTH_POINTS / cell_points) / float(source.first_actions.max())
    for (dx, dy, kind), weight in weights.items():
        drawn = (BLOCKED if kind == "blocked" else 1.0) * weight
        if drawn > 0:
            room = _distance_to_edge(ax, source.xy, (dx, dy)) + MAX_SPILL_POINTS / cell_points
            room -= INNER
            unit = min(unit, max(room, MIN_EDGE_LENGTH_POINTS / cell_points) / drawn)
    return unit


def _add_outlined(ax: Axes, patch: Rectangle | Circle | FancyArrowPatch, width: float) -> None:
    """Add a patch with a black edge in a white casing, visible on dark and on light colours."""
    patch.set_edgecolor(COLOR)
    patch.set_linewidth(width)
    patch.set_path_effects([withStroke(linewidth=width + 1.2, foreground=CASING)])
    ax.add_patch(patch)
    patch.set_clip_on(False)


def _distance_to_edge(ax: Axes, start: Vector, toward: Vector) -> float:
    """Distance from a point to the edge of the axes in a direction of length 1; inf for (0, 0)."""
    sides = zip(start, toward, (ax.get_xlim(), ax.get_ylim()), strict=True)
    return min((np.inf, *((limits[d > 0] - at) / d for at, d, limits in sides if d)))


def direction(source: CellSource, action: str) -> Vector:
    """Direction of an action in (x, y), as a vector of length 1; (0, 0) if it stays."""
    world = source.world
    named = named_direction(action, source.heading)
    if named is not None:
        return named if action in TURNS else unit_vector(*named)
    a = world.actions.index(action)
    reached = world.maze.cells[world.cell[world.successors[source.state, a]]]
    away = world.probabilities[source.state, a] @ (reached - np.array(source.rowcol))
    return unit_vector(float(away[1]), float(-away[0]))


def blocked_actions(source: CellSource) -> list[str]:
    """Moves that a wall, an obstacle or the edge blocks in the cell of a source."""
    world, cell = source.world, source.world.cell[source.state]
    targets = step_targets(world.maze, world.torus, diagonals=True)
    steps = {action: OFFSETS[action] for action in world.actions if action in OFFSETS}
    if source.heading is not None and "forward" in world.actions:
        steps["forward"] = OFFSETS[source.heading]
    return [
        action for action, step in steps.items() if step != (0, 0) and targets[step][cell] == cell
    ]
