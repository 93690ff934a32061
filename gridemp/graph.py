"""A world as a networkx graph, to compare empowerment with what graphs have to say."""

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from gridemp.world import World


def to_graph(world: World) -> "nx.DiGraph[int]":
    """The states as nodes, an edge wherever some action can lead from one to another.

    Parameters
    ----------
    world : World
        Of S states.

    Returns
    -------
    networkx.DiGraph
        Nodes 0 to S - 1; no self-loops.
    """
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_nodes_from(range(len(world.cell)))
    possible = np.argwhere(world.probabilities > 0)
    targets = world.successors[tuple(possible.T)]
    edges = zip(possible[:, 0].tolist(), targets.tolist(), strict=True)
    graph.add_edges_from((s, t) for s, t in edges if s != t)
    return graph


def mean_distances(world: World) -> NDArray[np.float64]:
    """Mean number of steps from each state to the others that it can reach.

    Parameters
    ----------
    world : World
        Of S states.

    Returns
    -------
    ndarray, shape (S,)
        Steps; 0 for a state that reaches no other.
    """
    lengths = dict(nx.all_pairs_shortest_path_length(to_graph(world)))
    means = [sum(lengths[s].values()) / max(1, len(lengths[s]) - 1) for s in range(len(lengths))]
    return np.array(means)
