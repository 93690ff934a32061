"""Mazes that networkx graphs are drawn on, and the directions of the edges of grid graphs."""

from typing import Any, NamedTuple

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from gridemp.errors import GridempError, MazeError
from gridemp.mazes.maze import Maze
from gridemp.mazes.text import check_size
from gridemp.typing import Labels, Mask
from gridemp.worlds.moves import HEADINGS, OFFSETS
from gridemp.worlds.world_fields import state_maze

NODES = ("rowcol", "xy")
DIRECTIONS = {OFFSETS[heading]: heading for heading in HEADINGS}
MAX_COORDINATE = 2**31

Place = tuple[int, int]  # row and column
Pairs = NDArray[np.int64]


class Drawing(NamedTuple):
    """Maze that a graph is drawn on.

    Attributes
    ----------
    maze : Maze
        Maze with a thin wall between neighbouring cells that no edge joins.
    cell : ndarray of int, shape (N,)
        Cell of each node, as an index into `maze.cells`.
    place : dict of node to (row, col)
        Row and column of each node; empty if the nodes have no places.
    torus : {"", "x", "y", "xy"}
        Axes along which edges join all floor cells at one edge of the maze with those opposite.
    """

    maze: Maze
    cell: Labels
    place: dict[Any, Place]
    torus: str

    def direction(self, one: Any, other: Any) -> str | None:
        """Direction from one node to another, or "stay"; None if they are not neighbours."""
        if one == other:
            return "stay"
        (top, left), (bottom, right) = self.place[one], self.place[other]
        rows, cols = bottom - top, right - left
        height, width = self.maze.shape
        if "y" in self.torus and abs(rows) == height - 1:
            rows = -rows // abs(rows)
        if "x" in self.torus and abs(cols) == width - 1:
            cols = -cols // abs(cols)
        return DIRECTIONS.get((rows, cols))

    def is_grid(self, graph: "nx.Graph[Any]") -> bool:
        """True if the nodes have different places, and each edge joins neighbours or is a loop."""
        distinct = len(self.place) and len(set(self.place.values())) == len(graph)
        return bool(
            distinct
            and graph.number_of_edges()
            and all(self.direction(one, other) for one, other in graph.edges())
        )


def drawing(graph: "nx.Graph[Any]", nodes: str = "rowcol") -> Drawing:
    """Maze that a graph is drawn on, and the cell of each node.

    The nodes are placed where an attribute `cell` of all of them says, an (x, y); else where an
    attribute `pos` says; else where the nodes themselves say, if they are pairs. The places are
    shifted so that the maze begins at (0, 0). Nodes whose places are not whole numbers, as those of
    hexagonal lattices are not, and nodes without a place are drawn in their order.

    Parameters
    ----------
    graph : networkx.Graph
        Graph with at least one node.
    nodes : {"rowcol", "xy"}
        Meaning of nodes that are pairs.

    Raises
    ------
    GridempError
        If `cell` does not consist of whole numbers, or they are too far apart.
    """
    if nodes not in NODES:
        raise GridempError(f"`nodes` must be one of {', '.join(NODES)}, not {nodes!r}")
    xy = _places(graph, nodes)
    if xy is None:
        cell = np.arange(len(graph), dtype=np.int32)
        return Drawing(state_maze(len(graph), "graph"), cell, {}, "")
    x, y = (xy - xy.min(axis=0)).T
    row = y.max() - y
    floor = np.zeros((int(y.max()) + 1, int(x.max()) + 1), dtype=bool)
    floor[row, x] = True
    number = np.cumsum(floor.ravel()).reshape(floor.shape) - 1
    cell = number[row, x].astype(np.int32)
    place = dict(zip(graph.nodes, zip(row.tolist(), x.tolist(), strict=True), strict=True))
    right, below = floor[:, :-1] & floor[:, 1:], floor[:-1] & floor[1:]
    ends = [(place[one], place[other]) for one, other in graph.edges()]
    for (top, left), (bottom, end) in map(sorted, ends):
        if top == bottom and end == left + 1:
            right[top, left] = False
        elif left == end and bottom == top + 1:
            below[top, left] = False
    torus = "x" * _are_joined(floor, ends) + "y" * _are_joined(
        floor.T, [(one[::-1], other[::-1]) for one, other in ends]
    )
    return Drawing(Maze(floor, right, below, name="graph"), cell, place, torus)


def _are_joined(floor: Mask, ends: list[tuple[Place, Place]]) -> bool:
    """True if edges join the first to the last cell of each row in which both are floor."""
    width = floor.shape[1]
    joined = {
        row for (row, left), (same, right) in ends if row == same and abs(right - left) == width - 1
    }
    both = np.flatnonzero(floor[:, 0] & floor[:, -1])
    return width > 2 and len(joined) > 0 and joined == set(both.tolist())


def _places(graph: "nx.Graph[Any]", nodes: str) -> Pairs | None:
    """Place (x, y) of each node, shape (N, 2); None if the nodes have none."""
    cells = [data.get("cell") for _, data in graph.nodes(data=True)]
    if all(cell is not None for cell in cells):
        places = _whole(cells)
        if places is None or not _fits(places):
            raise GridempError(
                "the cells of the nodes must be whole numbers (x, y) not too far apart"
            )
        return places
    positions = [data.get("pos") for _, data in graph.nodes(data=True)]
    positioned = all(position is not None for position in positions)
    if not positioned and not all(isinstance(node, tuple) for node in graph.nodes):
        return None
    places = _whole(positions if positioned else list(graph.nodes))
    if places is None or not _fits(places):
        return None
    if positioned or nodes == "xy":
        return places
    return np.stack([places[:, 1], -places[:, 0]], axis=1)


def _whole(pairs: list[Any]) -> Pairs | None:
    """Pairs of whole numbers as an array of shape (N, 2); None if they are anything else."""
    try:
        array = np.array(pairs)
    except (TypeError, ValueError):  # of different lengths, for example
        return None
    if array.shape != (len(pairs), 2) or array.dtype.kind not in "iuf":
        return None
    if not (abs(array) < MAX_COORDINATE).all() or (array != np.rint(array)).any():
        return None
    return array.astype(np.int64)


def _fits(places: Pairs) -> bool:
    """True if a maze can hold these places."""
    try:
        check_size(*(np.ptp(places, axis=0) + 1).tolist())
    except MazeError:
        return False
    return True
