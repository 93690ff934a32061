"""What an agent does in each cell, as a field of arrows."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import EllipseCollection, PolyCollection
from numpy.typing import NDArray

from gridemp.agents.walk import likeliest
from gridemp.typing import Array
from gridemp.worlds.moves import HEADINGS, OFFSETS, TURNS
from gridemp.worlds.world import World

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


def draw_policy_arrows(
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
    ways = action_directions(world, states.astype(np.intp))
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


def action_directions(world: World, states: NDArray[np.intp]) -> Array:
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
