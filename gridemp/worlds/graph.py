"""Conversion between worlds and networkx graphs."""

from dataclasses import replace
from itertools import chain
from types import SimpleNamespace
from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from gridemp.errors import GridempError
from gridemp.shown import counted
from gridemp.typing import Array
from gridemp.worlds.graph_drawing import DIRECTIONS, Drawing, drawing
from gridemp.worlds.world_fields import WorldFields, table_fields


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


def graph_fields(graph: "nx.Graph[Any]", nodes: str) -> tuple[WorldFields, list[Any] | None]:
    """Fields of the world of a graph, and the sensor readings of the nodes if all have one.

    See `World.from_graph` for the arguments, and `drawing` for the places of the nodes. In a grid
    graph, an edge is the action that its direction is called. Elsewhere, action k takes the k-th
    edge of a node.
    """
    if not isinstance(graph, nx.Graph) or not len(graph):
        raise GridempError("give a networkx graph with a node for each state")
    drawn = drawing(graph, nodes)
    named = any("actions" in attributes for *_, attributes in graph.edges(data=True))
    grid = drawn if not named and drawn.is_grid(graph) else None
    number = {node: i for i, node in enumerate(graph.nodes)}
    ways = [_ways(graph, node, number, grid) for node in graph.nodes]
    order = graph.graph.get("actions") if grid is None else list(DIRECTIONS.values())
    first = list(map(str, order)) if isinstance(order, list | tuple) else []  # these come first
    actions = list(dict.fromkeys([*first, *chain(*ways)])) or ["0"]
    entries = [
        (state, a, target, probability)
        for state, here in enumerate(ways)
        for a, action in enumerate(actions)
        for target, probability in here.get(action, [(state, 1.0)])
    ]
    *coords, data = (np.array(part) for part in zip(*entries, strict=True))
    shape = (len(graph), len(actions), len(graph))
    table = SimpleNamespace(shape=shape, coords=coords, data=data)
    fields = table_fields(table, actions, drawn.maze, drawn.cell)
    if grid is not None:
        fields["conditions"] = replace(
            fields["conditions"], torus=grid.torus, stay="stay" in actions
        )
    if not drawn.place:
        fields["names"] = tuple(map(str, graph.nodes))
    sensed = [attributes.get("sensor") for _, attributes in graph.nodes(data=True)]
    return fields, None if any(label is None for label in sensed) else sensed


def _ways(
    graph: "nx.Graph[Any]", node: Any, number: dict[Any, int], grid: Drawing | None
) -> dict[str, list[tuple[int, float]]]:
    """Nodes that each action at a node can lead to, and their probabilities."""
    if grid is not None:
        others = [other for _, other in graph.edges(node)]
        return {str(grid.direction(node, other)): [(number[other], 1.0)] for other in others}
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
