"""Flow of all starts under a policy to attractors, with the basins of attraction.

The flow is exact: it follows the likeliest outcomes, and nothing is sampled.
"""

from dataclasses import dataclass

import numpy as np

from gridemp.agents.agent import Agent
from gridemp.agents.walk import likeliest
from gridemp.arguments import check_kinds
from gridemp.engine.map import EmpowermentMap
from gridemp.progress import Progress, ignore
from gridemp.shown import Shown, counted
from gridemp.typing import Array, Cell, Indices
from gridemp.worlds.cells import checked_states
from gridemp.worlds.world import World

EITHER = -1  # basin of a start that leads to several attractors


@dataclass(frozen=True, eq=False, repr=False)
class Flow(Shown):
    """Attractors of a policy and the basin of each, if the likeliest outcome always happens.

    An edge leads from a state to the likeliest next states of the actions that the policy prefers
    there. An attractor is a set of states that lead to each other and nowhere else.

    Attributes
    ----------
    emap : EmpowermentMap
        Map of the T starts, one in each cell.
    policy : str
        Name of the policy, for captions.
    action_probabilities : ndarray, shape (T, A)
        Policy at each start: pi(a | s).
    attractors : tuple of ndarray of int
        States of each attractor; the one with the largest basin comes first.
    basin : ndarray of int, shape (T,)
        Index of the attractor that each start leads to however ties are broken; -1 if it can lead
        to several.
    low, high : ndarray, shape (len(attractors),)
        Lowest and highest empowerment in each attractor, in bits.

    Examples
    --------
    >>> import gridemp
    >>> from gridemp.agents import Agent, flow
    >>> agent = Agent(gridemp.World.from_maze(gridemp.load_maze("klyubin")), horizon=5)
    >>> basins = flow(agent, agent.world.start_states)
    >>> basins.cells(0), basins.basin_sizes
    ([(5, 5)], array([100]))
    """

    emap: EmpowermentMap
    policy: str
    action_probabilities: Array
    attractors: tuple[Indices, ...]
    basin: Indices
    low: Array
    high: Array

    @property
    def world(self) -> World:
        """World of the agent."""
        return self.emap.world

    @property
    def basin_sizes(self) -> Indices:
        """Number of starts in the basin of each attractor: shape (len(attractors),)."""
        return np.bincount(self.basin[self.basin >= 0], minlength=len(self.attractors))

    def cells(self, attractor: int) -> list[Cell]:
        """Cells of an attractor.

        Parameters
        ----------
        attractor : int
            Index of the attractor, counted from 0.

        Returns
        -------
        list of (x, y)
            Cells, sorted by y, then x.
        """
        maze = self.world.maze
        rows, cols = maze.cells[np.unique(self.world.cell[self.attractors[attractor]])].T
        x, y = maze.xy(rows, cols)
        order = np.lexsort((x, y))
        return list(zip(x[order].tolist(), y[order].tolist(), strict=True))

    def __repr__(self) -> str:
        attractors = counted(len(self.attractors), "attractor")
        return f"Flow({self.world!r}, {self.policy}, {attractors})"


def flow(
    agent: Agent,
    starts: Indices,
    heading: str = "best",
    progress: Progress | None = None,
) -> Flow:
    """Follow the policy of an agent from many starts to the attractors in which it ends.

    Parameters
    ----------
    agent : Agent
        The agent.
    starts : ndarray of int
        Start states.
    heading : {"best", "north", "east", "south", "west"}
        The state to use if a cell holds several; see `EmpowermentMap.one_per_cell`.
    progress : callable, optional
        Called with the fraction done, from 0 to 1.

    Returns
    -------
    Flow
        The attractors, and the basin of each.

    Raises
    ------
    GridempError
        For the same reasons as in `empowerment`.

    Examples
    --------
    >>> import gridemp
    >>> from gridemp.agents import Agent, flow
    >>> world = gridemp.World.from_maze(gridemp.load_maze("klyubin"))
    >>> hills = flow(Agent(world, horizon=3), world.start_states)
    >>> hills.basin_sizes, hills.cells(0)
    (array([46, 27, 20]), [(7, 5), (7, 6)])
    """
    check_kinds(flow, locals())
    starts = checked_states(agent.world, starts, "starts")
    progress = progress or ignore
    agent.compute(starts, lambda fraction: progress(0.5 * fraction))
    emap = agent.map(starts).one_per_cell(heading)
    starts = emap.states.astype(np.intp)
    probabilities = agent.action_probabilities(
        starts, lambda fraction: progress(0.5 + 0.4 * fraction)
    )
    tails, heads = _edges(agent, starts)
    attractors, basin = _attractors_and_basins(tails, heads, starts)
    agent.compute(np.unique(np.concatenate(attractors)))
    cell = agent.world.cell
    sizes = np.bincount(basin[basin >= 0], minlength=len(attractors))
    rows, cols = agent.world.maze.cells[[cell[states].min() for states in attractors]].T
    order = np.lexsort((cols, -rows, -sizes))
    number = np.argsort(order)
    bits = [agent.bits[attractors[i]] for i in order]
    progress(1.0)
    return Flow(
        emap=emap,
        policy=agent.name,
        action_probabilities=probabilities,
        attractors=tuple(attractors[i] for i in order),
        basin=np.where(basin >= 0, number[basin], EITHER),
        low=np.array([each.min() for each in bits]),
        high=np.array([each.max() for each in bits]),
    )


def _edges(agent: Agent, starts: Indices) -> tuple[Indices, Indices]:
    """Tails and heads of all edges between states that the starts lead to."""
    seen = np.zeros(len(agent.world.cell), dtype=bool)
    seen[starts] = True
    layer, edges = np.unique(starts), []
    while len(layer):
        likely = agent.preferred_actions(layer)[:, :, None] & likeliest(agent.world, layer)
        row, action, outcome = np.nonzero(likely)
        pairs = np.stack([layer[row], agent.world.successors[layer[row], action, outcome]])
        edges.append(np.unique(pairs, axis=1))
        ahead = np.unique(edges[-1][1])
        layer = ahead[~seen[ahead]]
        seen[layer] = True
    tails, heads = np.concatenate(edges, axis=1)
    return tails, heads


def _attractors_and_basins(
    tails: Indices, heads: Indices, starts: Indices
) -> tuple[list[Indices], Indices]:
    """Attractors of a graph, and for each start the one that it leads to, or `EITHER`."""
    import networkx as nx

    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_edges_from(zip(tails.tolist(), heads.tolist(), strict=True))
    components = nx.condensation(graph)
    attractors: list[Indices] = []
    label: dict[int, int] = {}
    for component in reversed(list(nx.topological_sort(components))):
        ends = {label[after] for after in components.successors(component)}
        if not ends:
            ends = {len(attractors)}
            members = sorted(components.nodes[component]["members"])
            attractors.append(np.array(members, dtype=np.intp))
        label[component] = ends.pop() if len(ends) == 1 else EITHER
    component_of = components.graph["mapping"]
    basin = [label[component_of[state]] for state in starts.tolist()]
    return attractors, np.array(basin, dtype=np.intp)
