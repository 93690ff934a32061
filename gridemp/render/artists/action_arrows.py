"""The first actions of a source as arrows from its cell, as long as they are likely."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Circle, FancyArrowPatch, Rectangle
from matplotlib.patheffects import withStroke

from gridemp.analysis.cell import CellSource
from gridemp.worlds.moves import HEADINGS, OFFSETS, step_targets

Vector = tuple[float, float]

LONGEST = 0.85  # of a cell: the arrow of the likeliest action
LONGEST_POINTS = 16.0  # which it has at least
SPILL = 3.0  # points that it may stand out of the axes, where the labels of ticks begin
SHORTEST_POINTS = 10.0  # to which it may have to shrink for that
BLOCKED = 0.6  # of its length, for a move into a wall
RING = 0.18  # radius of the ring of a stay, of the length of an arrow of its weight
HEAD = 0.7  # of its length: the scale of the head
BEND = {"left": 0.45, "right": -0.45}  # of arrows that turn
COLOR, CASING = "black", "white"


def draw_first_actions(ax: Axes, source: CellSource, cell_points: float) -> None:
    """An arrow for each move, a bent one for a turn, a ring round the cell's middle for a stay.

    Lengths and the radius are in proportion to the weights of the first actions; at the edge of the
    axes all are shorter if one would reach the labels of ticks. A move that a wall
    blocks has a hollow head and is shorter by the factor `BLOCKED`. Actions by other names than
    those of mazes point to where they lead on average; those that point the same way are one.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        In (x, y) of cell centres, with the limits that they will keep.
    source : CellSource
        Whose cell is framed, too.
    cell_points : float
        The side of a cell in points.
    """
    x, y = source.xy
    side = max(0.88, 7 / cell_points)
    frame = Rectangle((x - side / 2, y - side / 2), side, side, fill=False, zorder=4, gid="start")
    _outlined(ax, frame, float(np.clip(0.05 * cell_points, 0.8, 1.6)))
    blocked = blocked_actions(source)
    pointing: dict[tuple[float, float, str], float] = {}
    for action, weight in zip(source.world.actions, source.first_actions, strict=True):
        dx, dy = direction(source, action)
        kind = action if action in BEND else "blocked" if action in blocked else ""
        key = round(dx, 9), round(dy, 9), kind
        pointing[key] = pointing.get(key, 0.0) + float(weight)
    unit = max(LONGEST, LONGEST_POINTS / cell_points) / float(source.first_actions.max())
    for (dx, dy, kind), weight in pointing.items():
        drawn = (BLOCKED if kind == "blocked" else 1.0) * weight
        if drawn > 0:
            room = _room(ax, (x, y), (dx, dy)) + SPILL / cell_points
            unit = min(unit, max(room, SHORTEST_POINTS / cell_points) / drawn)
    for (dx, dy, kind), weight in pointing.items():
        length = unit * weight
        points = length * cell_points
        if points < 0.1:
            continue
        if dx == dy == 0:
            ring = Circle((x, y), RING * length, fill=False, zorder=6, gid="first action stay")
            _outlined(ax, ring, float(np.clip(0.07 * points, 0.3, 2)))
            continue
        if kind == "blocked":
            length, points = BLOCKED * length, BLOCKED * points
        arrow = FancyArrowPatch(
            (x, y),
            (x + length * dx, y + length * dy),
            arrowstyle="-|>,head_length=0.4,head_width=0.22",
            connectionstyle=f"arc3,rad={BEND.get(kind, 0.0)}",
            mutation_scale=HEAD * points * (1.4 if kind == "blocked" else 1.0),
            shrinkA=0,
            shrinkB=0,
            joinstyle="miter",
            capstyle="butt",
            facecolor=CASING if kind == "blocked" else COLOR,
            zorder=5,
            gid=f"first action {kind}".rstrip(),
        )
        _outlined(ax, arrow, float(np.clip(0.06 * points, 0.3, 2)))


def _outlined(ax: Axes, patch: Rectangle | Circle | FancyArrowPatch, width: float) -> None:
    """Black, with a white casing, to be seen on dark and light."""
    patch.set_edgecolor(COLOR)
    patch.set_linewidth(width)
    patch.set_path_effects([withStroke(linewidth=width + 1.2, foreground=CASING)])
    ax.add_patch(patch)
    patch.set_clip_on(False)


def _room(ax: Axes, start: Vector, toward: Vector) -> float:
    """How far it is from a point to where the axes end, in a direction of length 1 or 0."""
    sides = zip(start, toward, (ax.get_xlim(), ax.get_ylim()), strict=True)
    return min((np.inf, *((limits[d > 0] - at) / d for at, d, limits in sides if d)))


def direction(source: CellSource, action: str) -> Vector:
    """Where an action points in (x, y), as a vector of length 1; (0, 0) if it stays."""
    world = source.world
    if source.heading is not None and action in ("forward", *BEND):
        row, col = OFFSETS[source.heading]
        if action == "forward":
            return float(col), float(-row)
        turned = HEADINGS.index(source.heading) + (1 if action == "right" else -1)
        side_row, side_col = OFFSETS[HEADINGS[turned % len(HEADINGS)]]
        dx, dy = 0.6 * col + 0.8 * side_col, -0.6 * row - 0.8 * side_row
        return dx, dy
    if action in OFFSETS:
        row, col = OFFSETS[action]
        dx, dy = float(col), float(-row)
    else:
        a = world.actions.index(action)
        reached = world.maze.cells[world.cell[world.successors[source.state, a]]]
        away = world.probabilities[source.state, a] @ (reached - np.array(source.rowcol))
        dx, dy = float(away[1]), float(-away[0])
    length = float(np.hypot(dx, dy))
    return (dx / length, dy / length) if length > 1e-9 else (0.0, 0.0)


def blocked_actions(source: CellSource) -> list[str]:
    """The moves that a wall, a fixed box or the edge blocks at the start."""
    world, cell = source.world, source.world.cell[source.state]
    targets = step_targets(world.maze, world.torus, diagonals=True)
    meant = {action: OFFSETS[action] for action in world.actions if action in OFFSETS}
    if source.heading is not None and "forward" in world.actions:
        meant["forward"] = OFFSETS[source.heading]
    return [a for a, step in meant.items() if step != (0, 0) and targets[step][cell] == cell]
