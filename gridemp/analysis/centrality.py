"""Graph centralities of the states of a world, for comparison with empowerment.

The graph is that of `World.to_graph` without its self-loops: its nodes are the states, and an edge
leads from a state to each state that some action can lead to. In a world without headings and boxes
the states are cells.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from gridemp.analysis.measure_kind import MeasureKind
from gridemp.analysis.perron_vector import perron_vector
from gridemp.arguments import check_kinds
from gridemp.engine.map import EmpowermentMap
from gridemp.errors import GridempError
from gridemp.progress import Progress, ignore
from gridemp.typing import Array, Indices
from gridemp.worlds.subworld import part
from gridemp.worlds.world import World

if TYPE_CHECKING:
    import networkx as nx

KINDS = {
    "distance": MeasureKind("mean shortest distance", "steps"),
    "closeness": MeasureKind("closeness", "1/step"),
    "betweenness": MeasureKind("betweenness"),
    "degree": MeasureKind("degree", "cells"),
    "eigenvector": MeasureKind("eigenvector centrality"),
}
#: Label of each centrality, with its unit, by name.
CENTRALITIES = {name: kind.label for name, kind in KINDS.items()}
BLOCK_PAIRS = 2**20  # pairs of a source and a state that one search covers
SECONDS_PER_VISIT = 6e-8  # for each source, state and action


def centrality(world: World, which: str, progress: Progress | None = None) -> Array:
    """Compute a centrality of each state of a world, by *outgoing* paths.

    - distance: mean number of steps to the other states that can be reached; NaN if there are none.
    - closeness: (r / d) (r / (S - 1)), where r is the number of other states that can be reached
      and d the sum of the distances to them; 0 if there are none [1]_.
    - betweenness: share of the shortest paths between two other states that lead through the state,
      averaged over all (S - 1)(S - 2) pairs [2]_.
    - degree: number of other cells that one action can lead to.
    - eigenvector: entry of the positive eigenvector, of length 1, of the adjacency matrix, which is
      proportional to the sum of the entries of the states that one action can lead to [3]_.

    Parameters
    ----------
    world : World
        World with S states and T starts.
    which : {"distance", "closeness", "betweenness", "degree", "eigenvector"}
        Name of the centrality. `CENTRALITIES` maps each name to a label with its unit.
    progress : callable, optional
        Called with the fraction done, from 0 to 1.

    Returns
    -------
    ndarray, shape (T,)
        One value for each start, in the order of `EmpowermentMap.bits`.

    Raises
    ------
    GridempError
        If there is no such centrality; if the world was built with `within`; or if the eigenvector
        is not unique, as not all states can reach each other, or is not found.

    References
    ----------
    .. [1] S. Wasserman & K. Faust, *Social Network Analysis* (1994), page 201: in this form, states
       of different components can be compared.
    .. [2] U. Brandes, "A faster algorithm for betweenness centrality", Journal of Mathematical
       Sociology 25 (2001).
    .. [3] P. Bonacich, "Power and centrality: a family of measures", American Journal of Sociology
       92 (1987).

    Examples
    --------
    >>> import gridemp
    >>> from gridemp.analysis import centrality
    >>> centrality(gridemp.World.from_maze(gridemp.parse_maze("....")), "distance")
    array([2.        , 1.33333333, 1.33333333, 2.        ])
    """
    check_kinds(centrality, locals())
    progress = progress or ignore
    if which not in CENTRALITIES:
        raise GridempError(f"there is no measure '{which}'; use one of {', '.join(CENTRALITIES)}")
    starts = world.start_states
    if world.starts is not None:  # states that no start can reach, such as a cliff, do not count
        world, places = part(world, starts)
        starts = np.searchsorted(places, starts)
    graph = world.to_graph()
    neighbours = _neighbours(graph)
    if which == "degree":
        ahead = np.append(world.cell, -1)[neighbours[starts]]
        pairs = zip(ahead.tolist(), world.cell[starts].tolist(), strict=True)
        return np.array([len({*cells} - {here, -1}) for cells, here in pairs], dtype=float)
    if which == "betweenness":
        return _betweenness(neighbours, progress)[starts]
    if which == "eigenvector":
        return _eigenvector(graph, neighbours)[starts]
    reached, steps = _distances(neighbours, starts, progress)
    if which == "distance":
        return np.where(reached > 0, steps / np.maximum(reached, 1), np.nan)
    scale = np.maximum(steps, 1) * max(1, len(graph) - 1)
    return np.asarray(reached**2 / scale)


def expected_centrality_seconds(world: World, which: str) -> float:
    """Rough estimate of the time that `centrality` takes to search the graph, in seconds."""
    if which not in ("distance", "closeness", "betweenness"):
        return 0.0
    states = len(world.cell)
    sources = states if which == "betweenness" else len(world.start_states)
    return SECONDS_PER_VISIT * sources * states * (len(world.actions) - 1)


def centrality_of(emap: EmpowermentMap, values: Array) -> Array:
    """Select the values that belong to the states of a map.

    Parameters
    ----------
    emap : EmpowermentMap
        Map of T states, which may be one for each cell.
    values : ndarray, shape (T,) or one for each start of the world
        Value of each state, as returned by `centrality`.

    Returns
    -------
    ndarray, shape (T,)
        One value for each state of the map; if the map shows the mean over the states of each cell,
        the mean over their values.

    Raises
    ------
    GridempError
        If the number of values is neither T nor the number of starts.
    """
    world = emap.world
    starts = world.start_states
    if values.shape == starts.shape:
        if emap.per_cell == "mean":
            count = np.bincount(world.cell[starts], minlength=len(world.maze.cells))
            total = np.bincount(world.cell[starts], values, minlength=len(count))
            return np.asarray(total[emap.cell] / count[emap.cell])
        number = np.zeros(len(world.cell), dtype=np.intp)
        number[starts] = np.arange(len(starts))
        return np.asarray(values[number[emap.states]])
    if values.shape == emap.states.shape:
        return values
    raise GridempError(
        f"the map has {len(emap.states)} states, but the values have shape {values.shape}; give "
        "one value for each state"
    )


def _neighbours(graph: "nx.DiGraph[int]") -> Indices:
    """Other states that one action can lead to from each state: shape (S, D), padded with S."""
    edges = np.array([edge for edge in graph.edges if edge[0] != edge[1]], dtype=np.intp)
    edges = edges.reshape(-1, 2)
    state, other = edges[np.argsort(edges[:, 0], kind="stable")].T
    degree = np.bincount(state, minlength=len(graph))
    neighbours = np.full((len(graph), max(1, degree.max())), len(graph), dtype=np.intp)
    neighbours[state, np.arange(len(state)) - (np.cumsum(degree) - degree)[state]] = other
    return neighbours


def _breadth_first(
    neighbours: Indices, sources: Indices, progress: Progress
) -> Iterator[tuple[int, list[tuple[Indices, Indices, Indices]]]]:
    """Search breadth-first from all sources, one block of sources at a time.

    Yields the number of sources in a block and, for each distance d = 1, 2, ..., the tails and the
    heads of the edges of shortest paths that end at this distance, and each head once. A state has
    the number k (S + 1) + state in the search from the k-th source of the block.
    """
    stride = len(neighbours) + 1
    block = max(1, BLOCK_PAIRS // stride)
    for first in range(0, len(sources), block):
        chosen = sources[first : first + block]
        met = np.zeros((len(chosen), stride), dtype=bool)
        met[:, -1] = True  # the padding of the neighbours is not a state
        met[np.arange(len(chosen)), chosen] = True
        seen = met.ravel()
        order = np.empty(seen.size, dtype=np.intp)
        frontier = np.arange(len(chosen)) * stride + chosen
        levels = []
        while frontier.size:
            state = frontier % stride
            heads = (frontier - state)[:, None] + neighbours[state]
            fresh = ~seen[heads]
            tails = np.broadcast_to(frontier[:, None], heads.shape)[fresh]
            heads = heads[fresh]
            seen[heads] = True
            edge = np.arange(len(heads))
            order[heads] = edge
            frontier = heads[order[heads] == edge]  # each head once
            if frontier.size:
                levels.append((tails, heads, frontier))
        yield len(chosen), levels
        progress(min(1.0, (first + block) / len(sources)))


def _distances(
    neighbours: Indices, sources: Indices, progress: Progress
) -> tuple[Indices, Indices]:
    """Number of other states that each source can reach, and the sum of the distances to them."""
    stride = len(neighbours) + 1
    blocks = []
    for count, levels in _breadth_first(neighbours, sources, progress):
        reached = np.zeros((2, count), dtype=np.intp)
        for distance, (_, _, heads) in enumerate(levels, start=1):
            met = np.bincount(heads // stride, minlength=count)
            reached += met * np.array([[1], [distance]])
        blocks.append(reached)
    reached, steps = np.concatenate(blocks, axis=1)
    return reached, steps


def _betweenness(neighbours: Indices, progress: Progress) -> Array:
    """Betweenness of all states, by the sums of Brandes over levels of equal distance."""
    states = len(neighbours)
    total = np.zeros(states + 1)
    sources, done = np.arange(states), 0
    for count, levels in _breadth_first(neighbours, sources, progress):
        source = np.arange(count) * (states + 1) + sources[done : done + count]
        paths, passing = np.zeros((2, count * (states + 1)))
        paths[source] = 1
        for tails, heads, _ in levels:
            np.add.at(paths, heads, paths[tails])
        for tails, heads, _ in reversed(levels):
            np.add.at(passing, tails, paths[tails] / paths[heads] * (1 + passing[heads]))
        passing[source] = 0
        total += passing.reshape(count, -1).sum(axis=0)
        done += count
    return np.asarray(total[:-1] / max(1, (states - 1) * (states - 2)))


def _eigenvector(graph: "nx.DiGraph[int]", neighbours: Indices) -> Array:
    """Perron vector of the adjacency matrix, if it is unique."""
    import networkx as nx

    if not nx.is_strongly_connected(graph):
        parts = nx.number_strongly_connected_components(graph)
        raise GridempError(
            "eigenvector centrality needs states that can all reach one another, but these form "
            f"{parts} separate parts; use closeness or another measure"
        )
    return perron_vector(neighbours)
