"""What graph theory says of each state of a world, to compare empowerment with.

The graph is that of `World.to_graph` without its self-loops: states are the nodes, an edge leads
wherever some action can. In a world without headings and boxes states are cells.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from gridemp.engine.map import EmpowermentMap
from gridemp.errors import GridempError
from gridemp.progress import Progress, ignore
from gridemp.typing import Array, Indices
from gridemp.worlds.world import World

if TYPE_CHECKING:
    import networkx as nx


CENTRALITIES = {
    "distance": "mean shortest distance [steps]",
    "closeness": "closeness [1/step]",
    "betweenness": "betweenness",
    "degree": "degree [cells]",
    "eigenvector": "eigenvector centrality",
}
BLOCK = 2**20  # pairs of a source and a state that are walked at once
BASIS = 60  # vectors of a Krylov space
MAX_RESTARTS = 500
RESIDUAL = 1e-13  # of the eigenvalue
MAX_POLISH = 5000  # rounds of BASIS steps
POLISHED = 1e-13  # of a component, by which it may change in a round
PER_WALK = 6e-8  # seconds for each source, state and action


def centrality(world: World, which: str, progress: Progress | None = None) -> Array:
    """A graph-theoretic value of each state of a world, all by *outgoing* paths.

    - distance: mean number of steps to the other states that can be reached; NaN where none can.
    - closeness: (r / d) (r / (S - 1)) of the r other states that can be reached, at d steps in all;
      0 where none can [1]_.
    - betweenness: the share of shortest paths between two other states that lead through the state,
      summed over all (S - 1)(S - 2) pairs and divided by their number [2]_.
    - degree: how many other cells one action can lead to.
    - eigenvector: the positive eigenvector, of length 1, of the adjacency matrix: the value of a
      state is proportional to the sum of those it can step to [3]_.

    Parameters
    ----------
    world : World
        Of S states and T starts.
    which : str
        One of the `CENTRALITIES`, which are labels with units.
    progress : callable, optional
        Called with the fraction done, from 0 to 1.

    Returns
    -------
    ndarray, shape (T,)
        In the order of the starts, as `EmpowermentMap.bits`.

    Raises
    ------
    GridempError
        If there is no such measure, the world was built `within` some steps, or its states do not
        all reach each other, so that there is no one eigenvector; or it was not found.

    References
    ----------
    .. [1] S. Wasserman & K. Faust, *Social Network Analysis* (1994), page 201: in this form states
       of several components can be compared.
    .. [2] U. Brandes, "A faster algorithm for betweenness centrality", Journal of Mathematical
       Sociology 25 (2001).
    .. [3] P. Bonacich, "Power and centrality: a family of measures", American Journal of Sociology
       92 (1987).
    """
    progress = progress or ignore
    if which not in CENTRALITIES:
        raise GridempError(f"there is no measure '{which}'; use one of {', '.join(CENTRALITIES)}")
    graph = world.to_graph()
    neighbours = _neighbours(graph)
    starts = np.arange(len(graph)) if world.starts is None else world.starts.astype(np.intp)
    if which == "degree":
        cells = np.append(world.cell, -1)[neighbours]
        return np.array(
            [
                len({*near} - {here, -1})
                for near, here in zip(
                    cells[starts].tolist(), world.cell[starts].tolist(), strict=True
                )
            ],
            dtype=float,
        )
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
    """Roughly how long `centrality` walks over its graph, in seconds."""
    if which not in ("distance", "closeness", "betweenness"):
        return 0.0
    states, starts = len(world.cell), world.starts
    sources = states if starts is None or which == "betweenness" else len(starts)
    return PER_WALK * sources * states * (len(world.actions) - 1)


def centrality_of(emap: EmpowermentMap, values: Array) -> Array:
    """The values of the states that a map shows, of those of all starts of its world.

    Parameters
    ----------
    emap : EmpowermentMap
        Of T states, perhaps one for each cell.
    values : ndarray, shape (T,) or one for each start of the world
        As `centrality` gives them.

    Returns
    -------
    ndarray, shape (T,)
        Where the map shows means over the states of a cell, the means of these.

    Raises
    ------
    GridempError
        If there are neither T nor as many as starts.
    """
    world = emap.world
    starts = np.arange(len(world.cell)) if world.starts is None else world.starts
    if values.shape == starts.shape:
        if emap.shown.startswith("mean"):
            count = np.bincount(world.cell[starts], minlength=len(world.maze.cells))
            total = np.bincount(world.cell[starts], values, minlength=len(count))
            return np.asarray(total[emap.cell] / count[emap.cell])
        number = np.zeros(len(world.cell), dtype=np.intp)
        number[starts] = np.arange(len(starts))
        return np.asarray(values[number[emap.states]])
    if values.shape == emap.states.shape:
        return values
    raise GridempError(
        f"there are {len(emap.states)} states in this map and values of shape {values.shape}; "
        "give one value for each"
    )


def _neighbours(graph: "nx.DiGraph[int]") -> Indices:
    """The other states that each can step to: shape (S, D), the rest filled up with S."""
    edges = np.array([edge for edge in graph.edges if edge[0] != edge[1]], dtype=np.intp)
    edges = edges.reshape(-1, 2)
    state, other = edges[np.argsort(edges[:, 0], kind="stable")].T
    degree = np.bincount(state, minlength=len(graph))
    found = np.full((len(graph), max(1, degree.max())), len(graph), dtype=np.intp)
    found[state, np.arange(len(state)) - (np.cumsum(degree) - degree)[state]] = other
    return found


def _walks(
    neighbours: Indices, sources: Indices, progress: Progress
) -> Iterator[tuple[int, list[tuple[Indices, Indices, Indices]]]]:
    """Breadth-first walks from all sources, some at a time.

    Yields how many sources there are in a block, and for each distance d = 1, 2, ... the edges of
    shortest paths that lead there: their tails, their heads, and the heads each once, numbered
    k (S + 1) + state for the k-th source of the block.
    """
    stride = len(neighbours) + 1
    block = max(1, BLOCK // stride)
    for first in range(0, len(sources), block):
        own = sources[first : first + block]
        met = np.zeros((len(own), stride), dtype=bool)
        met[:, -1] = True  # what fills up the neighbours is no state
        met[np.arange(len(own)), own] = True
        seen = met.ravel()
        order = np.empty(seen.size, dtype=np.intp)
        frontier = np.arange(len(own)) * stride + own
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
            frontier = heads[order[heads] == edge]  # each once
            if frontier.size:
                levels.append((tails, heads, frontier))
        yield len(own), levels
        progress(min(1.0, (first + block) / len(sources)))


def _distances(
    neighbours: Indices, sources: Indices, progress: Progress
) -> tuple[Indices, Indices]:
    """How many other states each source can reach, and the steps to all of them together."""
    stride = len(neighbours) + 1
    found = []
    for count, levels in _walks(neighbours, sources, progress):
        reached = np.zeros((2, count), dtype=np.intp)
        for distance, (_, _, heads) in enumerate(levels, start=1):
            met = np.bincount(heads // stride, minlength=count)
            reached += met * np.array([[1], [distance]])
        found.append(reached)
    reached, steps = np.concatenate(found, axis=1)
    return reached, steps


def _betweenness(neighbours: Indices, progress: Progress) -> Array:
    """Brandes' sums over all sources, by levels of equal distance."""
    states = len(neighbours)
    total = np.zeros(states + 1)
    sources, done = np.arange(states), 0
    for count, levels in _walks(neighbours, sources, progress):
        own = np.arange(count) * (states + 1) + sources[done : done + count]
        paths, passing = np.zeros((2, count * (states + 1)))
        paths[own] = 1
        for tails, heads, _ in levels:
            np.add.at(paths, heads, paths[tails])
        for tails, heads, _ in reversed(levels):
            np.add.at(passing, tails, paths[tails] / paths[heads] * (1 + passing[heads]))
        passing[own] = 0
        total += passing.reshape(count, -1).sum(axis=0)
        done += count
    return np.asarray(total[:-1] / max(1, (states - 1) * (states - 2)))


def _eigenvector(graph: "nx.DiGraph[int]", neighbours: Indices) -> Array:
    """The Perron vector by Arnoldi's method with restarts, up to the residual."""
    import networkx as nx

    if not nx.is_strongly_connected(graph):
        parts = nx.number_strongly_connected_components(graph)
        raise GridempError(
            f"eigenvector centrality needs states that all reach each other; these are in {parts} "
            "parts, so compare with closeness or another measure"
        )
    vector = np.full(len(graph), len(graph) ** -0.5)
    for _ in range(MAX_RESTARTS):
        vector, value, residual = _arnoldi(neighbours, vector)
        if residual <= RESIDUAL * value:
            return _polished(neighbours, np.abs(vector))
    raise GridempError(
        f"the eigenvector was not found in {MAX_RESTARTS * BASIS:,} steps, only to a residual of "
        f"{residual:.1g}; compare with closeness or another measure"
    )


def _polished(neighbours: Indices, vector: Array) -> Array:
    """The same with small components to many digits too: sums of positive numbers lose none."""
    for _ in range(MAX_POLISH):
        before = vector
        for _ in range(BASIS):
            vector = vector + _adjacent(neighbours, vector)
            vector /= np.linalg.norm(vector)
        if (np.abs(vector - before) <= POLISHED * vector).all():
            return vector
    raise GridempError(
        "the small components of the eigenvector were not found; compare with closeness or "
        "another measure"
    )


def _adjacent(neighbours: Indices, vector: Array) -> Array:
    """The adjacency matrix times a vector."""
    return np.asarray(np.append(vector, 0.0)[neighbours].sum(axis=1))


def _arnoldi(neighbours: Indices, start: Array) -> tuple[Array, float, float]:
    """The best vector in a Krylov space, its eigenvalue and the length of its residual."""
    size = min(BASIS, len(start))
    basis, image = np.zeros((size, len(start))), np.zeros((size, len(start)))
    onward = start
    for k in range(size):
        for _ in range(2):  # once leaves rounding behind
            onward = onward - basis[:k].T @ (basis[:k] @ onward)
        length = np.linalg.norm(onward)
        if length < RESIDUAL * max(1.0, float(np.abs(image).max())):
            basis, image = basis[:k], image[:k]
            break
        basis[k] = onward / length
        image[k] = onward = _adjacent(neighbours, basis[k])
    values, vectors = np.linalg.eig(basis @ image.T)
    best = int(values.real.argmax())
    vector = basis.T @ vectors[:, best].real
    vector *= np.sign(vector.sum()) / np.linalg.norm(vector)
    image_of = _adjacent(neighbours, vector)
    value = float(vector @ image_of)
    return vector, value, float(np.linalg.norm(image_of - value * vector))
