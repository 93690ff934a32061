"""Random mazes of five kinds, reproducible from their kind, size and seed.

Perfect mazes are random spanning trees of the grid, made with random weights by Kruskal's
algorithm. Caves are random patterns smoothed by the majority vote of a cellular automaton.
"""

from numbers import Real

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from gridemp.arguments import check_kinds, checked_whole, described
from gridemp.errors import GridempError
from gridemp.mazes.maze import Maze
from gridemp.progress import Progress, ignore
from gridemp.typing import Array, Indices, Mask

KINDS = ("perfect", "braided", "rooms", "open", "caves")
MAX_CELLS = 1_000_000
BRAID = 0.5  # probability that a dead end of a braided maze is opened

MIN_ROOM_SIDE, MAX_ROOM_SIDE = 4, 8  # cells; a longer part is cut in two
EXTRA_DOORS = 0.2  # probability of a door between neighbouring rooms that the tree does not join

WALL_FRACTION = 0.45  # of the cells, before smoothing
SMOOTHING_ROUNDS = 4
MIN_CAVE_FRACTION = 0.4  # of the cells; a pattern with only smaller caves is drawn again
MAX_CAVE_ATTEMPTS = 10


def make_maze(
    kind: str,
    width: int,
    height: int,
    seed: int,
    braid: float = BRAID,
    progress: Progress | None = None,
) -> Maze:
    """Make a random maze in which all floor is connected.

    Parameters
    ----------
    kind : str
        - `perfect`: thin walls, exactly one path between any two cells;
        - `braided`: the perfect maze of this seed with some of its dead ends opened;
        - `rooms`: rooms 4 to 8 cells long and wide, with walls and doors of one cell;
        - `open`: a field in which about one cell in nine is solid and no two of these touch;
        - `caves`: the largest cave of a smoothed random pattern.
    width, height : int
        Size in cells, 1 or more each; at most 1,000,000 cells in all.
    seed : int
        Seed of the random numbers, from 0.
    braid : float
        Probability that a dead end of a braided maze is opened: 0 leaves the perfect maze, 1
        leaves no dead end. The other kinds do not use it.
    progress : callable, optional
        Called with the fraction done, from 0 to 1. Only perfect and braided mazes report it; they
        take about a second for each 40,000 cells.

    Returns
    -------
    Maze
        Maze of shape (height, width), with a name such as `caves-60x40-7`.

    Raises
    ------
    GridempError
        If the kind is unknown or a number is out of its range.

    Examples
    --------
    >>> import gridemp
    >>> print(gridemp.format_maze(gridemp.make_maze("perfect", 4, 3, seed=0)), end="")
    +---+---+---+---+
    |               |
    +---+---+   +   +
    |       |   |   |
    +   +---+   +---+
    |               |
    +---+---+---+---+
    """
    check_kinds(make_maze, locals(), "width", "height", "seed", "braid")
    progress = progress or ignore
    if kind not in KINDS:
        raise GridempError(f"there is no kind of maze {kind!r}; choose one of {', '.join(KINDS)}")
    width, height = checked_whole("width", width, 1), checked_whole("height", height, 1)
    if width * height > MAX_CELLS:
        raise GridempError(
            f"{width} x {height} is {width * height:,} cells, more than the {MAX_CELLS:,} allowed; "
            "lower `width` or `height`"
        )
    seed = checked_whole("seed", seed, 0)
    if not (isinstance(braid, Real) and 0 <= braid <= 1):  # NaN fails too
        raise GridempError(f"`braid` must be a probability from 0 to 1, not {described(braid)}")
    rng = np.random.default_rng(seed)
    name = f"{kind}-{width}x{height}-{seed}"
    if kind in ("perfect", "braided"):
        braid = braid if kind == "braided" else 0.0
        right, below = _thin_walls(height, width, rng, braid, progress)
        return Maze(np.ones((height, width), dtype=bool), right, below, name)
    make_floor = {"rooms": _rooms, "open": _field, "caves": _caves}[kind]
    return Maze(make_floor(height, width, rng), name=name)


def _thin_walls(
    height: int, width: int, rng: np.random.Generator, braid: float, progress: Progress
) -> tuple[Mask, Mask]:
    """Walls to the right of and below each cell, opened along a spanning tree and by braiding."""
    edges = _neighbours(np.ones((height, width), dtype=bool))
    walls = ~_spanning_tree(edges, rng.random(len(edges)), progress)
    dead_ends = np.flatnonzero(np.bincount(edges[~walls].ravel()) == 1)
    draws = rng.random((len(dead_ends), 2))  # whether it is opened, and at which wall
    opened = draws[:, 0] < braid
    across = height * (width - 1)  # edges to the right come first, then those downwards
    for cell, choice in zip(dead_ends[opened].tolist(), draws[opened, 1].tolist(), strict=True):
        row, col = divmod(cell, width)
        right, below = row * (width - 1) + col, across + cell
        sides = [right - 1] * (col > 0) + [right] * (col < width - 1)
        sides += [below - width] * (row > 0) + [below] * (row < height - 1)
        standing = [side for side in sides if walls[side]]
        # Opening another dead end may have opened this one too. A cell with a single neighbour
        # stays a dead end.
        if standing and len(standing) == len(sides) - 1:
            walls[standing[int(choice * len(standing))]] = False
    return walls[:across].reshape(height, width - 1), walls[across:].reshape(height - 1, width)


def _neighbours(floor: Mask) -> Indices:
    """Pairs of adjacent floor cells as flat indices, shape (E, 2): first the horizontal pairs."""
    cells = np.arange(floor.size).reshape(floor.shape)
    pairs = [(cells[:, :-1], cells[:, 1:]), (cells[:-1], cells[1:])]
    edges = np.concatenate([np.stack([a.ravel(), b.ravel()], axis=1) for a, b in pairs])
    return np.asarray(edges[floor.ravel()[edges].all(axis=1)])


def _spanning_tree(edges: Indices, weights: Array, progress: Progress | None = None) -> Mask:
    """Mask (E,) of the edges (E, 2) of a connected graph that its minimum spanning tree has."""
    progress = progress or ignore
    order = np.argsort(weights)
    parent = list(range(int(edges.max(initial=-1)) + 1))

    def root(place: int) -> int:
        while parent[place] != place:
            parent[place] = place = parent[parent[place]]
        return place

    # Kruskal's algorithm: an edge is taken if no lighter ones connect its ends already. Weights may
    # be equal but their ranks are not, so the tree is unique.
    ranks: list[int] = []
    for rank, (one, other) in enumerate(edges[order].tolist()):
        if (a := root(one)) != (b := root(other)):
            parent[a] = b
            ranks.append(rank)
        if rank % 1000 == 0:
            progress(rank / len(edges))
    chosen = np.zeros(len(edges), dtype=bool)
    chosen[order[ranks]] = True
    return chosen


def _rooms(height: int, width: int, rng: np.random.Generator) -> Mask:
    """Floor of rooms joined by doors: parts of the field, cut in two until they are small."""
    room = np.full((height, width), -1)  # number of the room, or -1
    todo, count = [(0, 0, height, width)], 0
    while todo:
        top, left, high, wide = todo.pop()
        if max(high, wide) <= MAX_ROOM_SIDE:
            room[top : top + high, left : left + wide] = count
            count += 1
            continue
        cut = MIN_ROOM_SIDE + int(rng.random() * (max(high, wide) - 2 * MIN_ROOM_SIDE))
        if wide >= high:
            todo += [(top, left, high, cut), (top, left + cut + 1, high, wide - cut - 1)]
        else:
            todo += [(top, left, cut, wide), (top + cut + 1, left, high - cut - 1, wide)]
    # A door is possible where the cells to the left and right, or above and below, are in rooms.
    ringed = np.pad(room, 1, constant_values=-1)
    before = np.stack([ringed[1:-1, :-2], ringed[:-2, 1:-1]])
    after = np.stack([ringed[1:-1, 2:], ringed[2:, 1:-1]])
    possible = (room < 0) & (before >= 0) & (after >= 0)
    _, rows, cols = np.nonzero(possible)
    first, second = before[possible], after[possible]
    weights = rng.random(len(rows))
    order = np.argsort(weights)
    # Of the places between two rooms, only the one with the lowest weight is kept.
    chosen = order[np.unique((first * count + second)[order], return_index=True)[1]]
    links = np.stack([first[chosen], second[chosen]], axis=1)
    is_open = _spanning_tree(links, weights[chosen]) | (rng.random(len(links)) < EXTRA_DOORS)
    floor = room >= 0
    floor[rows[chosen[is_open]], cols[chosen[is_open]]] = True
    return floor


def _field(height: int, width: int, rng: np.random.Generator) -> Mask:
    """Floor of a field; the cells with the lowest noise of 3 x 3 are solid and never touch."""
    noise = rng.random((height + 2, width + 2))
    solid = noise[1:-1, 1:-1] == sliding_window_view(noise, (3, 3)).min(axis=(2, 3))
    # Solid cells that do not touch cut nothing off, unless the field is a corridor one cell wide.
    return ~solid if min(height, width) > 1 else np.ones_like(solid)


def _caves(height: int, width: int, rng: np.random.Generator) -> Mask:
    """Floor of the largest cave in noise smoothed by majority vote; all floor if there is none."""
    best = np.zeros((height, width), dtype=bool)
    for _ in range(MAX_CAVE_ATTEMPTS):
        wall = rng.random((height, width)) < WALL_FRACTION
        for _ in range(SMOOTHING_ROUNDS):
            ringed = np.pad(wall, 1, constant_values=True)
            wall = sliding_window_view(ringed, (3, 3)).sum(axis=(2, 3)) >= 5
        best = max(best, _largest_part(~wall), key=np.count_nonzero)
        if best.mean() >= MIN_CAVE_FRACTION:
            break
    return best if best.any() else ~best


def _largest_part(floor: Mask) -> Mask:
    """Largest connected part of the floor, shape (H, W)."""
    import networkx as nx  # here, as it is slow to import

    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(np.flatnonzero(floor).tolist())
    graph.add_edges_from(_neighbours(floor).tolist())
    part = np.zeros(floor.shape, dtype=bool)
    part.flat[list(max(nx.connected_components(graph), key=len, default=()))] = True
    return part
