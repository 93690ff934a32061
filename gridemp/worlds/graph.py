"""Conversion between worlds and networkx graphs."""

from itertools import chain
from types import SimpleNamespace
from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from gridemp.errors import GridempError, MazeError
from gridemp.mazes.maze import Maze
from gridemp.mazes.text import check_size
from gridemp.shown import counted
from gridemp.typing import Array


def graph_of(world: Any) -> "nx.DiGraph[int]":
    """Graph of a `World`; raise a GridempError if the world lacks states.

    It lacks some if it was built with `within`. See `digraph` for the attributes.
    """
    if world.within is not None:
        steps = counted(world.within, "step")
        raise GridempError(f"this world was built for {steps} only; build it without `within`")
    places = world.maze.xy(*world.maze.cells[world.cell].T)
    return digraph(world.successors, world.probabilities, world.actions, places, world.sensor)


def digraph(
    successors: NDArray[np.integer],
    probabilities: Array,
    actions: tuple[str, ...],
    places: tuple[NDArray[np.integer], NDArray[np.integer]],
    sensor: NDArray[np.integer],
) -> "nx.DiGraph[int]":
    """Directed graph of the states, with an edge wherever an action can lead from one to another.

    Parameters
    ----------
    successors : ndarray of int, shape (S, A, K)
        States that each action can lead to.
    probabilities : ndarray, shape (S, A, K)
        Probabilities of these states.
    actions : tuple of str
        Names of the A actions.
    places : tuple of ndarray, shape (S,)
        x and y of the agent in each state.
    sensor : ndarray of int, shape (S,)
        Sensor reading of each state.

    Returns
    -------
    networkx.DiGraph
        Graph of the nodes 0 to S - 1. Each node has the attributes `cell`, an (x, y), and `sensor`.
        Each edge has `actions`, which maps every action that can take the edge to the probability
        of doing so. The graph has `actions`, the names of the actions in order.
    """
    graph: nx.DiGraph[int] = nx.DiGraph(actions=actions)
    x, y = (axis.tolist() for axis in places)
    for state, reading in enumerate(sensor.tolist()):
        graph.add_node(state, cell=(x[state], y[state]), sensor=reading)
    possible = np.argwhere(probabilities > 0)
    targets = successors[tuple(possible.T)].tolist()
    weights = probabilities[tuple(possible.T)].tolist()
    for (state, action, _), target, weight in zip(possible.tolist(), targets, weights, strict=True):
        if not graph.has_edge(state, target):
            graph.add_edge(state, target, actions={})
        taken = graph.edges[state, target]["actions"]
        taken[actions[action]] = taken.get(actions[action], 0.0) + weight
    return graph


def transitions_of(graph: "nx.Graph[Any]") -> dict[str, Any]:
    """Arguments of `World.from_transitions` for a graph with the states as nodes.

    If edges have an attribute `actions`, as those of `digraph` do, it maps each action that can
    take the edge to the probability of doing so. Otherwise action k takes the k-th edge of a node.
    An action that a node does not have stays at the node. `drawing` places the nodes. If all nodes
    have an attribute `sensor`, it is their sensor reading.

    Parameters
    ----------
    graph : networkx.Graph
        Directed or undirected graph.

    Returns
    -------
    dict
        Arguments by name.

    Raises
    ------
    GridempError
        If `graph` is not a graph with at least one node, or `actions` of an edge is not a mapping.
    """
    if not isinstance(graph, nx.Graph) or not len(graph):
        raise GridempError("give a networkx graph with a node for each state")
    number = {node: i for i, node in enumerate(graph.nodes)}
    ways = [_ways(graph, node, number) for node in graph.nodes]
    named = graph.graph.get("actions")
    first = list(map(str, named)) if isinstance(named, list | tuple) else []  # these come first
    actions = list(dict.fromkeys([*first, *chain(*ways)])) or ["0"]
    entries = [
        (state, a, target, probability)
        for state, here in enumerate(ways)
        for a, action in enumerate(actions)
        for target, probability in here.get(action, [(state, 1.0)])
    ]
    *coords, data = (np.array(part) for part in zip(*entries, strict=True))
    sensed = [attributes.get("sensor") for _, attributes in graph.nodes(data=True)]
    all_sensed = all(label is not None for label in sensed)
    maze, cell = drawing(graph)
    return {
        "transitions": SimpleNamespace(
            shape=(len(graph), len(actions), len(graph)), coords=coords, data=data
        ),
        "sensor": sensed if all_sensed else None,
        "actions": actions,
        "maze": maze,
        "cell": cell,
    }


def _ways(
    graph: "nx.Graph[Any]", node: Any, number: dict[Any, int]
) -> dict[str, list[tuple[int, float]]]:
    """Nodes that each action at a node can lead to, and their probabilities."""
    ways: dict[str, list[tuple[int, float]]] = {}
    for k, (_, other, attributes) in enumerate(graph.edges(node, data=True)):
        try:
            for action, probability in attributes.get("actions", {str(k): 1.0}).items():
                ways.setdefault(str(action), []).append((number[other], float(probability)))
        except (AttributeError, TypeError, ValueError, OverflowError):
            raise GridempError(
                f"the actions of the edge from {node!r} to {other!r} must be a mapping from names "
                "to probabilities"
            ) from None
    return ways


def drawing(graph: "nx.Graph[Any]") -> tuple[Maze, NDArray[np.int32]]:
    """Maze that a graph is drawn on, and the cell of each node.

    If all nodes have an attribute `cell`, an (x, y), they are placed there, shifted so that the
    maze begins at (0, 0), and a thin wall separates neighbouring cells that no edge joins.
    Otherwise the maze is a strip without walls.
    """
    cells: list[Any] = [data.get("cell") for _, data in graph.nodes(data=True)]
    if any(cell is None for cell in cells):
        return Maze(np.ones((1, len(cells))), name="graph"), np.arange(len(cells), dtype=np.int32)
    try:
        x, y = np.array(cells).T - np.min(cells, axis=0)[:, None]
        check_size(int(y.max()) + 1, int(x.max()) + 1)
        floor = np.zeros((int(y.max()) + 1, int(x.max()) + 1), dtype=bool)
        row = y.max() - y
        floor[row, x] = True
    except (TypeError, ValueError, IndexError, OverflowError, MazeError):
        raise GridempError(
            "the cells of the nodes must be whole numbers (x, y) not too far apart"
        ) from None
    place = dict(zip(graph.nodes, zip(row.tolist(), x.tolist(), strict=True), strict=True))
    right = floor[:, :-1] & floor[:, 1:]
    below = floor[:-1] & floor[1:]
    for one, other in graph.edges():
        (top, left), (bottom, end) = sorted((place[one], place[other]))
        if top == bottom and end == left + 1:
            right[top, left] = False
        elif left == end and bottom == top + 1:
            below[top, left] = False
    number = np.cumsum(floor.ravel()).reshape(floor.shape) - 1
    return Maze(floor, right, below, name="graph"), number[row, x].astype(np.int32)
