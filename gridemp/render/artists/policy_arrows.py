"""A policy as arrows in the cells of a map."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import EllipseCollection, PolyCollection
from numpy.typing import NDArray

from gridemp.agents.walk import likeliest
from gridemp.render.artists.action_directions import Vector, named_direction
from gridemp.typing import Array, Indices
from gridemp.worlds.moves import HEADINGS
from gridemp.worlds.world import World

LENGTH, RAY = 0.72, 0.47  # of a cell: an arrow alone, one of several from the cell's middle
SHAFT, HEAD, HEAD_LENGTH = 0.075, 0.26, 0.26  # of a cell: widths and a length
RING, CLEAR = 0.28, 0.1  # of a cell: diameter of a ring, least length of an arrow outside it
MAX_RING_POINTS = 14.0
MIN_SHARE = 0.05  # of the likeliest, below which an arrow would be a dot
CASING_FROM_POINTS = 9.0
ARROWS_FROM_POINTS = 2.0  # of a cell: in smaller ones arrows would hide the map
OUTLINE = np.array(  # shares of head length along, of half widths across
    [(0, 1, 0), (0, -1, 0), (1, -1, 0), (1, 0, -1), (2, 0, 0), (1, 0, 1), (1, 1, 0)], dtype=float
)


def draw_policy_arrows(
    ax: Axes, world: World, states: NDArray[np.integer], probabilities: Array, points: float
) -> None:
    """Draw an arrow for each direction in which a policy goes, and a ring where it may stay.

    The length of an arrow is in proportion to the probability of its action, relative to the
    likeliest in the cell. A move that changes nothing counts as a stay; actions that lead the same
    way share an arrow. There are no arrows in cells too small for them.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Axes in (x, y) of cell centres.
    world : World
        World of A actions.
    states : ndarray of int, shape (T,)
        One state in each cell.
    probabilities : ndarray, shape (T, A)
        Policy: probability of each action in each of the states.
    points : float
        Side of a cell in points.
    """
    if points < ARROWS_FROM_POINTS:
        return
    directions = action_directions(world, states.astype(np.intp))
    x, y = world.maze.xy(*world.maze.cells[world.cell[states]].T)
    arrows, ring_places, ring_sizes = [], [], []
    max_ring = min(RING, MAX_RING_POINTS / points)
    for place, toward, weights in zip(
        np.stack([x, y], axis=1), directions, probabilities, strict=True
    ):
        shares = _shares(toward, weights)
        ring = max_ring * np.sqrt(shares.pop((0.0, 0.0), 0.0))
        if ring:
            ring_places.append(place)
            ring_sizes.append(ring)
        for way, share in shares.items():
            unit = np.array(way)
            if len(shares) == 1 and not ring:
                arrows.append(_arrow(place - 0.5 * LENGTH * unit, unit, LENGTH))
                continue
            least = 0.5 * ring + CLEAR if ring else 0.0  # or the ring would hide it
            arrows.append(_arrow(place, unit, least + (RAY - least) * share))
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
    if ring_places:
        circles = EllipseCollection(
            widths=ring_sizes,
            heights=ring_sizes,
            angles=[0.0],
            units="xy",
            offsets=ring_places,
            offset_transform=ax.transData,
            facecolor="white",
            edgecolor="black",
            linewidth=float(np.clip(0.06 * points, 0.4, 1.4)),
            zorder=5.1,
            gid="stays",
        )
        ax.add_collection(circles, autolim=False)


def _shares(directions: Array, weights: Array) -> dict[Vector, float]:
    """Weight of each direction as a share of the largest weight; small shares are left out."""
    totals: dict[Vector, float] = {}
    for (dx, dy), weight in zip(directions.round(9).tolist(), weights.tolist(), strict=True):
        way = dx + 0.0, dy + 0.0  # no -0.0
        totals[way] = totals.get(way, 0.0) + weight
    largest = max(totals.values())
    shares = {way: weight / largest for way, weight in totals.items()}
    return {way: share for way, share in shares.items() if share >= MIN_SHARE}


def action_directions(world: World, states: Indices) -> Array:
    """Direction of each action in (x, y), as a vector of length 1; 0 if it most likely stays.

    Actions that are not among those of mazes point to the likeliest next cell.

    Parameters
    ----------
    world : World
        World of A actions.
    states : ndarray of int, shape (T,)
        States to start from.

    Returns
    -------
    ndarray, shape (T, A, 2)
    """
    ahead, likely = world.successors[states], likeliest(world, states)
    directions = np.zeros((len(states), len(world.actions), 2))
    cells = world.maze.cells[world.cell]
    for a, action in enumerate(world.actions):
        successor = ahead[np.arange(len(states)), a, likely[:, a].argmax(axis=1)]
        away = (cells[successor] - cells[states]).astype(float)
        vectors = np.stack([away[:, 1], -away[:, 0]], axis=1)
        if world.heading is None:
            named = named_direction(action, None)
            if named is not None:
                vectors[:] = named
        elif named_direction(action, HEADINGS[0]) is not None:
            by_heading = np.array([named_direction(action, heading) for heading in HEADINGS])
            vectors = by_heading[world.heading[states]]
        length = np.linalg.norm(vectors, axis=1, keepdims=True)
        vectors = vectors / np.where(length > 0, length, 1.0)
        directions[:, a] = np.where((successor == states)[:, None], 0.0, vectors)
    return directions


def _arrow(tail: Array, way: Array, length: float) -> Array:
    """Corners of an arrow: shape (7, 2)."""
    head = min(HEAD_LENGTH, 0.6 * length)
    side = np.array([way[1], -way[0]])
    shaft, wide = (0.5 * each * head / HEAD_LENGTH for each in (SHAFT, HEAD))
    along = np.array([0.0, length - head, length])[OUTLINE[:, 0].astype(int)]
    across = OUTLINE[:, 1] * shaft + OUTLINE[:, 2] * wide
    return np.asarray(tail + along[:, None] * way + across[:, None] * side)
