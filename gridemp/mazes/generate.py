"""Random mazes of five kinds; the same kind, size and seed always give the same maze."""

import operator
from numbers import Real

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from gridemp.errors import GridempError
from gridemp.mazes.maze import Maze
from gridemp.progress import Progress, ignore
from gridemp.typing import Array, Indices, Mask

KINDS = ("perfect", "braided", "rooms", "open", "caves")
MAX_CELLS = 1_000_000

ROOM_SIDES = (4, 8)  # cells; whatever is longer than the second is cut in two
EXTRA_DOORS = 0.2  # of the neighbouring rooms that the spanning tree leaves apart

WALL_FRACTION = 0.45
ROUNDS = 4
CAVE_FLOOR = 0.4  # what share of the cells must be floor, or the dice are thrown again
CAVE_ATTEMPTS = 10


def make_maze(
    kind: str,
    width: int,
    height: int,
    seed: int,
    braid: float = 0.5,
    progress: Progress | None = None,
) -> Maze:
    """Make a random maze, all of whose floor is connected.

    Parameters
    ----------
    kind : str
        - `perfect`: thin walls, exactly one way between any two cells;
        - `braided`: the perfect maze of this seed with some of its dead ends opened;
        - `rooms`: rooms of 4 to 8 cells a side, one-cell walls and one-cell doors;
        - `open`: a field in which about one cell in nine is solid, no two of those touching;
        - `caves`: the largest cave of a smoothed random pattern.
    width, height : int
        In cells, from 1 on; at most 1,000,000 cells in all.
    seed : int
        From 0 on; another seed gives another maze.
    braid : float
        The probability that a dead end of a braided maze is opened: 0 leaves the perfect maze, 1
        leaves no dead end. The other kinds do not use it.
    progress : callable, optional
        Told the fraction done of a perfect or braided maze, which take about a second for each
        40,000 cells.

    Returns
    -------
    Maze
        Of shape (height, width), named like `caves-60x40-7`.

    Raises
    ------
    GridempError
        If the kind is unknown or a number is out of its range.
    """
    progress = progress or ignore
    if kind not in KINDS:
        raise GridempError(f"there is no kind of maze {kind!r}; choose one of {', '.join(KINDS)}")
    width, height = _whole("width", width, 1), _whole("height", height, 1)
    if width * height > MAX_CELLS:
        raise GridempError(
            f"{width} x {height} is {width * height:,} cells, more than the {MAX_CELLS:,} allowed; "
            "lower width or height"
        )
    seed = _whole("seed", seed, 0)
    if not (isinstance(braid, Real) and 0 <= braid <= 1):  # NaN fails too
        raise GridempError(f"braid is a probability from 0 to 1, not {braid!r}")
    rng = np.random.default_rng(seed)
    name = f"{kind}-{width}x{height}-{seed}"
    if kind in ("perfect", "braided"):
        braid = braid if kind == "braided" else 0.0
        right, below = _thin_walls(height, width, rng, braid, progress)
        return Maze(np.ones((height, width), dtype=bool), right, below, name)
    make_floor = {"rooms": _rooms, "open": _field, "caves": _caves}[kind]
    return Maze(make_floor(height, width, rng), name=name)


def _whole(what: str, number: int, least: int) -> int:
    """The number as an int, or a GridempError if it is no whole number from `least` on."""
    try:
        whole = operator.index(number)
    except TypeError:
        whole = least - 1
    if whole < least:
        raise GridempError(f"{what} is a whole number from {least} on, not {number!r}")
    return whole


def _thin_walls(
    height: int, width: int, rng: np.random.Generator, braid: float, progress: Progress
) -> tuple[Mask, Mask]:
    """Walls to the right and below, around the passages of a spanning tree and the braids."""
    edges = _neighbours(np.ones((height, width), dtype=bool))
    walls = ~_spanning_tree(edges, rng.random(len(edges)), progress)
    dead_ends = np.flatnonzero(np.bincount(edges[~walls].ravel()) == 1)
    luck = rng.random((len(dead_ends), 2))  # whether it is opened, and which wall goes
    opened = luck[:, 0] < braid
    across = height * (width - 1)  # edges to the right come first, those downwards after them
    for cell, choice in zip(dead_ends[opened].tolist(), luck[opened, 1].tolist(), strict=True):
        row, col = divmod(cell, width)
        right, below = row * (width - 1) + col, across + cell
        sides = [right - 1] * (col > 0) + [right] * (col < width - 1)
        sides += [below - width] * (row > 0) + [below] * (row < height - 1)
        standing = [side for side in sides if walls[side]]
        # Another dead end may have opened this one; one without a second neighbour stays.
        if standing and len(standing) == len(sides) - 1:
            walls[standing[int(choice * len(standing))]] = False
    return walls[:across].reshape(height, width - 1), walls[across:].reshape(height - 1, width)


def _neighbours(floor: Mask) -> Indices:
    """Pairs of floor cells side by side, then one above the other, as flat indices: (E, 2)."""
    cells = np.arange(floor.size).reshape(floor.shape)
    pairs = [(cells[:, :-1], cells[:, 1:]), (cells[:-1], cells[1:])]
    edges = np.concatenate([np.stack([a.ravel(), b.ravel()], axis=1) for a, b in pairs])
    return np.asarray(edges[floor.ravel()[edges].all(axis=1)])


def _spanning_tree(edges: Indices, weights: Array, progress: Progress | None = None) -> Mask:
    """Which of the edges (E, 2) of a connected graph its minimum spanning tree has: (E,)."""
    progress = progress or ignore
    import networkx as nx  # slow to import, so only what needs it waits for it

    order = np.argsort(weights)
    graph: nx.Graph[int] = nx.Graph()
    # Ranks are never equal as weights might be, so there is one such tree and no other.
    graph.add_weighted_edges_from((a, b, i) for i, (a, b) in enumerate(edges[order].tolist()))
    ranks = []
    for _, _, link in nx.minimum_spanning_edges(graph):
        ranks.append(link["weight"])
        if len(ranks) % 1000 == 0:
            progress(len(ranks) / len(graph))
    chosen = np.zeros(len(edges), dtype=bool)
    chosen[order[ranks]] = True
    return chosen


def _rooms(height: int, width: int, rng: np.random.Generator) -> Mask:
    """Cut the field in two, and the parts, until they are rooms; then open doors."""
    shortest, longest = ROOM_SIDES
    room = np.full((height, width), -1)
    todo, count = [(0, 0, height, width)], 0
    while todo:
        top, left, high, wide = todo.pop()
        if max(high, wide) <= longest:
            room[top : top + high, left : left + wide] = count
            count += 1
            continue
        cut = shortest + int(rng.random() * (max(high, wide) - 2 * shortest))
        if wide >= high:
            todo += [(top, left, high, cut), (top, left + cut + 1, high, wide - cut - 1)]
        else:
            todo += [(top, left, cut, wide), (top + cut + 1, left, high - cut - 1, wide)]
    # A door can be where the cells to the left and right, or above and below, are of rooms.
    ringed = np.pad(room, 1, constant_values=-1)
    one = np.stack([ringed[1:-1, :-2], ringed[:-2, 1:-1]])
    other = np.stack([ringed[1:-1, 2:], ringed[2:, 1:-1]])
    possible = (room < 0) & (one >= 0) & (other >= 0)
    _, rows, cols = np.nonzero(possible)
    first, second = one[possible], other[possible]
    weights = rng.random(len(rows))
    order = np.argsort(weights)
    # Of the places between the same two rooms, the one with the lowest weight.
    chosen = order[np.unique((first * count + second)[order], return_index=True)[1]]
    links = np.stack([first[chosen], second[chosen]], axis=1)
    is_open = _spanning_tree(links, weights[chosen]) | (rng.random(len(links)) < EXTRA_DOORS)
    floor = room >= 0
    floor[rows[chosen[is_open]], cols[chosen[is_open]]] = True
    return floor


def _field(height: int, width: int, rng: np.random.Generator) -> Mask:
    """Solid where the noise is lowest of its 3 x 3 surroundings: such cells never touch."""
    noise = rng.random((height + 2, width + 2))
    solid = noise[1:-1, 1:-1] == sliding_window_view(noise, (3, 3)).min(axis=(2, 3))
    # Cells that do not touch part nothing, unless a single one fills the way from side to side.
    return ~solid if min(height, width) > 1 else np.ones_like(solid)


def _caves(height: int, width: int, rng: np.random.Generator) -> Mask:
    """Smooth noise by majority vote and keep the largest cave; all floor if too small for one."""
    best = np.zeros((height, width), dtype=bool)
    for _ in range(CAVE_ATTEMPTS):
        wall = rng.random((height, width)) < WALL_FRACTION
        for _ in range(ROUNDS):
            ringed = np.pad(wall, 1, constant_values=True)
            wall = sliding_window_view(ringed, (3, 3)).sum(axis=(2, 3)) >= 5
        best = max(best, _largest_part(~wall), key=np.count_nonzero)
        if best.mean() >= CAVE_FLOOR:
            break
    return best if best.any() else ~best


def _largest_part(floor: Mask) -> Mask:
    """The largest set of floor cells that are connected."""
    import networkx as nx  # slow to import, so only what needs it waits for it

    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(np.flatnonzero(floor).tolist())
    graph.add_edges_from(_neighbours(floor).tolist())
    part = np.zeros(floor.shape, dtype=bool)
    part.flat[list(max(nx.connected_components(graph), key=len, default=()))] = True
    return part
