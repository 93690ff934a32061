"""What an agent does in each cell, as a field of arrows."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import EllipseCollection, PolyCollection
from matplotlib.patches import Circle, FancyArrowPatch, Rectangle
from matplotlib.patheffects import withStroke
from numpy.typing import NDArray

from gridemp.agents.walk import likeliest
from gridemp.analysis.cell import CellSource
from gridemp.worlds.moves import HEADINGS, OFFSETS, TURNS, step_targets
from gridemp.worlds.world import World

Array = NDArray[np.float64]

LENGTH, RAY = 0.72, 0.47  # of a cell: an arrow alone, one of several from the cell's middle
SHAFT, HEAD, HEAD_LENGTH = 0.075, 0.26, 0.26  # of a cell: widths and a length
RING, CLEAR = 0.28, 0.1  # of a cell: across; how far an arrow stands out of it at least
LARGEST_POINTS = 14.0  # of a ring
LEAST_SHARE = 0.05  # of the likeliest, below which an arrow would be a dot
CASING_FROM_POINTS = 9.0
ARROWS_FROM_POINTS = 2.0  # of a cell, in smaller ones they would hide the map
OUTLINE = np.array(  # shares of head length along, of half widths across
    [(0, 1, 0), (0, -1, 0), (1, -1, 0), (1, 0, -1), (2, 0, 0), (1, 0, 1), (1, 1, 0)], dtype=float
)


def draw_field(
    ax: Axes, world: World, states: NDArray[np.integer], chances: Array, points: float
) -> None:
    """An arrow for each way that an agent may go from some states, a ring where it may stay.

    An arrow is as long as it is likely compared to the likeliest in its cell. A move that changes
    nothing is a stay; actions that lead the same way are one. Cells too small for
    arrows have none.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        In (x, y) of cell centres.
    world : World
        Of A actions.
    states : ndarray of int, shape (T,)
        One in each cell.
    chances : ndarray, shape (T, A)
        The policy.
    points : float
        The side of a cell in points.
    """
    if points < ARROWS_FROM_POINTS:
        return
    ways = directions(world, states.astype(np.intp))
    x, y = world.maze.xy(*world.maze.cells[world.cell[states]].T)
    arrows, rings, sizes = [], [], []
    widest = min(RING, LARGEST_POINTS / points)
    for place, toward, weights in zip(np.stack([x, y], axis=1), ways, chances, strict=True):
        joined: dict[tuple[float, float], float] = {}
        for (dx, dy), weight in zip(toward.round(9).tolist(), weights.tolist(), strict=True):
            joined[dx + 0.0, dy + 0.0] = joined.get((dx + 0.0, dy + 0.0), 0.0) + weight
        most = max(joined.values())
        shares = {way: weight / most for way, weight in joined.items()}
        shares = {way: share for way, share in shares.items() if share >= LEAST_SHARE}
        ring = widest * np.sqrt(shares.pop((0.0, 0.0), 0.0))
        if ring:
            rings.append(place)
            sizes.append(ring)
        for way, share in shares.items():
            if len(shares) == 1 and not ring:
                arrows.append(_arrow(place - 0.5 * LENGTH * np.array(way), np.array(way), LENGTH))
                continue
            least = 0.5 * ring + CLEAR if ring else 0.0  # or the ring would hide it
            arrows.append(_arrow(place, np.array(way), least + (RAY - least) * share))
    casing = 0.6 if points >= CASING_FROM_POINTS else 0.0
    field = PolyCollection(
        arrows,
        facecolor="black",
        edgecolor="white" if casing else "none",
        linewidth=casing,
        zorder=5,
        gid="arrows",
    )
    ax.add_collection(field, autolim=False)
    if rings:
        circles = EllipseCollection(
            *(sizes, sizes, [0.0]),
            units="xy",
            offsets=rings,
            offset_transform=ax.transData,
            facecolor="white",
            edgecolor="black",
            linewidth=float(np.clip(0.06 * points, 0.4, 1.4)),
            zorder=5.1,
            gid="stays",
        )
        ax.add_collection(circles, autolim=False)


def directions(world: World, states: NDArray[np.intp]) -> Array:
    """Where each action points in (x, y), as a vector of length 1; 0 if it most likely stays.

    Shape (T, A, 2). Actions by other names than those of mazes point to where they likeliest lead.
    """
    ahead, meant = world.successors[states], likeliest(world, states)
    found = np.zeros((len(states), len(world.actions), 2))
    cells = world.maze.cells[world.cell]
    for a, action in enumerate(world.actions):
        first = ahead[np.arange(len(states)), a, meant[:, a].argmax(axis=1)]
        away = (cells[first] - cells[states]).astype(float)
        vectors = np.stack([away[:, 1], -away[:, 0]], axis=1)
        if action in OFFSETS:
            row, col = OFFSETS[action]
            vectors[:] = col, -row
        elif world.heading is not None and action in ("forward", *TURNS):
            looks = np.array([(OFFSETS[h][1], -OFFSETS[h][0]) for h in HEADINGS], dtype=float)
            number = world.heading[states]
            vectors = looks[number]
            if action in TURNS:
                vectors = 0.6 * vectors + 0.8 * looks[(number + TURNS[action]) % len(HEADINGS)]
        length = np.linalg.norm(vectors, axis=1, keepdims=True)
        vectors = vectors / np.where(length > 0, length, 1.0)
        found[:, a] = np.where((first == states)[:, None], 0.0, vectors)
    return found


def _arrow(tail: Array, way: Array, length: float) -> Array:
    """The corners of an arrow: shape (7, 2)."""
    head = min(HEAD_LENGTH, 0.6 * length)
    side = np.array([way[1], -way[0]])
    shaft, wide = (0.5 * each * head / HEAD_LENGTH for each in (SHAFT, HEAD))
    along = np.array([0.0, length - head, length])[OUTLINE[:, 0].astype(int)]
    across = OUTLINE[:, 1] * shaft + OUTLINE[:, 2] * wide
    return np.asarray(tail + along[:, None] * way + across[:, None] * side)


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
