"""Worlds as networkx graphs and back, and what graphs have to say of them."""

from collections.abc import Hashable
from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def digraph(
    successors: NDArray[np.integer], probabilities: Array, actions: tuple[str, ...]
) -> "nx.DiGraph[int]":
    """The states as nodes, an edge wherever some action can lead from one to another.

    Parameters
    ----------
    successors : ndarray of int, shape (S, A, K)
        Where each action can lead.
    probabilities : ndarray, shape (S, A, K)
        How likely.
    actions : tuple of str
        The A actions by name.

    Returns
    -------
    networkx.DiGraph
        Nodes 0 to S - 1; each edge has `actions`, the probability of each action that can take it.
    """
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_nodes_from(range(len(successors)))
    possible = np.argwhere(probabilities > 0)
    targets = successors[tuple(possible.T)].tolist()
    weights = probabilities[tuple(possible.T)].tolist()
    for (state, action, _), target, weight in zip(possible.tolist(), targets, weights, strict=True):
        if not graph.has_edge(state, target):
            graph.add_edge(state, target, actions={})
        taken = graph.edges[state, target]["actions"]
        taken[actions[action]] = taken.get(actions[action], 0.0) + weight
    return graph


def choices(graph: "nx.Graph[Any]") -> tuple[list[Hashable], list[str], list[Any]]:
    """The nodes of a graph, its actions, and what each action does.

    Where edges have `actions`, as those of `digraph` do, that is what they mean. Otherwise action k
    takes the k-th edge of a node. An action that a node does not have leaves it where it is.

    Parameters
    ----------
    graph : networkx.Graph
        Directed or not.

    Returns
    -------
    nodes : list
        The S nodes.
    actions : list of str
        The A actions by name.
    entries : list of (int, int, int, float)
        State, action, next state and probability.
    """
    nodes = list(graph.nodes)
    number = {node: i for i, node in enumerate(nodes)}
    edges: dict[int, dict[str, list[tuple[int, float]]]] = {i: {} for i in range(len(nodes))}
    for node, others in graph.adjacency():
        here = edges[number[node]]
        for k, (other, data) in enumerate(others.items()):
            named = data.get("actions", {str(k): 1.0})
            for action, probability in named.items():
                here.setdefault(action, []).append((number[other], float(probability)))
    actions = list(dict.fromkeys(action for here in edges.values() for action in here)) or ["0"]
    entries = [
        (state, a, target, probability)
        for state, here in edges.items()
        for a, action in enumerate(actions)
        for target, probability in here.get(action, [(state, 1.0)])
    ]
    return nodes, actions, entries


def mean_distances(graph: "nx.DiGraph[int]") -> Array:
    """Mean number of steps from each state to the others that it can reach.

    Parameters
    ----------
    graph : networkx.DiGraph
        Of S states, as `World.to_graph` gives it.

    Returns
    -------
    ndarray, shape (S,)
        Steps; 0 for a state that reaches no other.
    """
    lengths = dict(nx.all_pairs_shortest_path_length(graph))
    means = [sum(lengths[s].values()) / max(1, len(lengths[s]) - 1) for s in range(len(lengths))]
    return np.array(means)
