"""Where every start flows to under a policy: exactly, nothing is sampled."""

from dataclasses import dataclass

import numpy as np

from gridemp.agents.agent import Agent
from gridemp.agents.walk import likeliest
from gridemp.engine.map import EmpowermentMap
from gridemp.progress import Progress, ignore
from gridemp.typing import Array, Indices
from gridemp.worlds.world import World

EITHER = -1


@dataclass(frozen=True, eq=False, repr=False)
class Flow:
    """To which attractor each start flows, if the likeliest always happens.

    An edge leads from a state to the likeliest next states of the actions that the policy prefers
    there. An attractor is a set of states that lead to each other and nowhere else.

    Attributes
    ----------
    emap : EmpowermentMap
        Of the T starts, one in each cell.
    policy : str
        What moves the agents, in words.
    chances : ndarray, shape (T, A)
        What they do at the start: pi(a | s).
    attractors : tuple of ndarray of int
        Their states; first the one with the largest basin.
    basin : ndarray of int, shape (T,)
        The attractor that each start leads to, whatever the ties; `EITHER` (-1) if to several.
    low, high : ndarray, shape (len(attractors),)
        The least and the most empowerment in each attractor, in bits.
    """

    emap: EmpowermentMap
    policy: str
    chances: Array
    attractors: tuple[Indices, ...]
    basin: Indices
    low: Array
    high: Array

    @property
    def world(self) -> World:
        """Where it takes place."""
        return self.emap.world

    @property
    def counts(self) -> Indices:
        """How many starts each attractor has to itself: shape (len(attractors),)."""
        return np.bincount(self.basin[self.basin >= 0], minlength=len(self.attractors))

    def cells(self, attractor: int) -> list[tuple[int, int]]:
        """The (x, y) of the cells of an attractor, by y, then x."""
        maze = self.world.maze
        rows, cols = maze.cells[np.unique(self.world.cell[self.attractors[attractor]])].T
        x, y = maze.xy(rows, cols)
        order = np.lexsort((x, y))
        return list(zip(x[order].tolist(), y[order].tolist(), strict=True))


def flow(
    agent: Agent,
    starts: Indices,
    heading: str = "best",
    progress: Progress | None = None,
) -> Flow:
    """Where every start flows to.

    Parameters
    ----------
    agent : Agent
        What moves it.
    starts : ndarray of int
        States.
    heading : str
        Which of several in a cell counts: see `EmpowermentMap.one_per_cell`, but for the mean.
    progress : callable, optional
        Called with the fraction done, from 0 to 1.

    Returns
    -------
    Flow

    Raises
    ------
    GridempError
        As `empowerment` does.
    """
    progress = progress or ignore
    agent.learn(starts, lambda fraction: progress(0.5 * fraction))
    emap = agent.map(starts).one_per_cell(heading)
    starts = emap.states.astype(np.intp)
    chances = agent.chances(starts, lambda fraction: progress(0.5 + 0.4 * fraction))
    leaving, entered = _edges(agent, starts)
    attractors, basin = _basins(leaving, entered, starts)
    agent.learn(np.unique(np.concatenate(attractors)))
    cell = agent.world.cell
    counts = np.bincount(basin[basin >= 0], minlength=len(attractors))
    rows, cols = agent.world.maze.cells[[cell[states].min() for states in attractors]].T
    order = np.lexsort((cols, -rows, -counts))
    number = np.argsort(order)
    bits = [agent.bits[attractors[i]] for i in order]
    progress(1.0)
    return Flow(
        *(emap, agent.name, chances, tuple(attractors[i] for i in order)),
        np.where(basin >= 0, number[basin], EITHER),
        np.array([each.min() for each in bits]),
        np.array([each.max() for each in bits]),
    )


def _edges(agent: Agent, starts: Indices) -> tuple[Indices, Indices]:
    """All edges between states that the starts lead to: from which, to which."""
    seen = np.zeros(len(agent.world.cell), dtype=bool)
    seen[starts] = True
    layer, found = np.unique(starts), []
    while len(layer):
        meant = agent.preferred(layer)[:, :, None] & likeliest(agent.world, layer)
        row, action, way = np.nonzero(meant)
        pairs = np.stack([layer[row], agent.world.successors[layer[row], action, way]])
        found.append(np.unique(pairs, axis=1))
        ahead = np.unique(found[-1][1])
        layer = ahead[~seen[ahead]]
        seen[layer] = True
    leaving, entered = np.concatenate(found, axis=1)
    return leaving, entered


def _basins(leaving: Indices, entered: Indices, starts: Indices) -> tuple[list[Indices], Indices]:
    """The attractors of a graph, and for each start the one that it leads to, or `EITHER`."""
    import networkx as nx

    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_edges_from(zip(leaving.tolist(), entered.tolist(), strict=True))
    parts = nx.condensation(graph)
    attractors: list[Indices] = []
    label: dict[int, int] = {}
    for component in reversed(list(nx.topological_sort(parts))):
        ends = {label[after] for after in parts.successors(component)}
        if not ends:
            ends = {len(attractors)}
            members = sorted(parts.nodes[component]["members"])
            attractors.append(np.array(members, dtype=np.intp))
        label[component] = ends.pop() if len(ends) == 1 else EITHER
    place = parts.graph["mapping"]
    basin = [label[place[state]] for state in starts.tolist()]
    return attractors, np.array(basin, dtype=np.intp)
