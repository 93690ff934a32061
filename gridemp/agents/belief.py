"""The belief of an agent about walls that it does not know, from counts of moves across edges.

Between two neighbouring cells there is an edge: either it has a wall, and no move across it works,
or it has none. For each edge the agent counts the moves that worked and those that failed, starting
from a Beta prior, Beta(prior/2, prior/2). So the next move across the edge works with probability

    p = (prior/2 + works) / (prior + works + fails),

and the information, in bits, that this move is expected to give is the mutual information of its
outcome and the unknown probability of the edge,

    h(p) - E[h(P)],   P ~ Beta(prior/2 + works, prior/2 + fails),

which is exact through the digamma function. The believed world uses the mean probabilities,
P(s'|s,a) = sum_b K[a,b] (p_b [succ(s,b) = s'] + (1 - p_b) [s = s']); its empowerment is certified
like that of any noisy world.
"""

import math
from dataclasses import dataclass, replace

import numpy as np

from gridemp.agents.expected_information import expected_information
from gridemp.agents.grid import Grid, grid_of
from gridemp.arguments import check_kinds
from gridemp.errors import GridempError
from gridemp.mazes.maze import Maze
from gridemp.mazes.objects import MARKS
from gridemp.shown import counted
from gridemp.typing import Array, Counts, Indices, Mask
from gridemp.worlds.conditions import Conditions
from gridemp.worlds.moves import HEADINGS
from gridemp.worlds.world import World

PRIOR = 1e-4
EDGE_HEADINGS = ("east", "south")  # directions of the edges that belong to a place


@dataclass(frozen=True, eq=False, repr=False)
class Belief:
    """Counts of moves across the edges of a grid of H x W places, and the world they suggest.

    The agent knows the grid, which sides a torus joins, its own place, the probabilities of a slip
    and, after each step, the action that was really taken. It does not know the walls; to the
    agent, a solid cell is a place that no move enters.

    Attributes
    ----------
    maze : Maze
        The maze as far as the agent knows it: size, name, and the marks S and G.
    conditions : Conditions
        Conditions of the world; its torus is that of the grid.
    actions : tuple of str
        The A actions: north, east, south, west and perhaps stay.
    kernel : ndarray, shape (A, A)
        K[a, b], the probability that b is taken when a is intended.
    prior : float
        Strength of the prior: the sum of its two pseudo-counts.
    works, fails : ndarray of int, shape (2, H, W)
        Numbers of moves, in either direction, that worked and that failed across the edge to the
        east and the edge to the south of each place.
    grid : Grid
        Neighbours and edges of each place.

    Examples
    --------
    >>> import gridemp
    >>> from gridemp.agents import prior_belief
    >>> belief = prior_belief(gridemp.World.from_maze(gridemp.parse_maze("...")))
    >>> belief
    Belief(Maze('maze', 3 x 1 cells, 3 of them floor), no noise, 0 moves seen)
    >>> belief.open_probabilities[0]
    array([[0.5, 0.5, 0. ]])
    """

    maze: Maze
    conditions: Conditions
    actions: tuple[str, ...]
    kernel: Array
    prior: float
    works: Counts
    fails: Counts
    grid: Grid

    @property
    def torus(self) -> str:
        """Axes along which the edges of the grid are joined: some of x and y."""
        return self.conditions.torus

    @property
    def has_edge(self) -> Mask:
        """True where a place has an edge to the east, and to the south: shape (2, H, W)."""
        has_edge = np.zeros(self.works.size, dtype=bool)
        has_edge[self.grid.edge[self.grid.edge >= 0]] = True
        return has_edge.reshape(self.works.shape)

    @property
    def open_probabilities(self) -> Array:
        """Probability that a move across each edge works, or 0 for no edge: shape (2, H, W)."""
        means = (self.prior / 2 + self.works) / (self.prior + self.works + self.fails)
        return np.where(self.has_edge, means, 0.0)

    def __repr__(self) -> str:
        moves = counted(int(self.works.sum() + self.fails.sum()), "move")
        return f"Belief({self.maze!r}, {self.conditions}, {moves} seen)"

    def after(self, edge: int, worked: bool) -> "Belief":
        """Belief after one more move across an edge.

        Parameters
        ----------
        edge : int
            Number of the edge, as in `grid.edge`.
        worked : bool
            True if the move worked, False if it failed.

        Returns
        -------
        Belief
            The new belief; this one does not change.
        """
        counts = (self.works if worked else self.fails).copy()
        counts.ravel()[edge] += 1
        return replace(self, works=counts) if worked else replace(self, fails=counts)

    def information(self) -> Array:
        """Expected information of each action about the walls.

        Returns
        -------
        ndarray, shape (P, A)
            Information in bits, for each of the P = H W places.
        """
        bits = expected_information(self.prior / 2 + self.works, self.prior / 2 + self.fails)
        across = _across(bits, self.grid.edge)
        return np.asarray(across @ self.kernel[:, : len(HEADINGS)].T)

    def world(self) -> World:
        """World in which each move works with the probability that the agent believes in.

        Returns
        -------
        World
            Believed world; its maze has the walls that are more likely than not.
        """
        place = np.arange(len(self.grid.beside), dtype=np.int32)
        moves = len(HEADINGS)
        open_probabilities = self.open_probabilities
        works = _across(open_probabilities, self.grid.edge)
        if np.array_equal(self.kernel, np.eye(len(self.kernel))):
            successors = np.repeat(place[:, None, None], len(self.actions), 1).repeat(2, 2)
            successors[:, :moves, 0] = self.grid.beside
            probabilities = np.zeros(successors.shape)
            probabilities[:, :moves, 0] = works
            probabilities[:, :, 1] = 1 - probabilities[:, :, 0]
        else:
            kernel = self.kernel[:, :moves]
            ends = np.column_stack([self.grid.beside, place])[:, None]
            successors = np.repeat(ends, len(self.actions), axis=1)
            blocked = (1 - works) @ kernel.T + (1 - kernel.sum(axis=1))
            moved = kernel * works[:, None]
            probabilities = np.concatenate([moved, blocked[:, :, None]], axis=2)
        maze = Maze(
            np.ones(self.maze.shape),
            open_probabilities[0, :, :-1] < 0.5,
            open_probabilities[1, :-1] < 0.5,
            self.maze.name,
            self.maze.objects,
        )
        return World(
            maze=maze,
            actions=self.actions,
            successors=successors,
            probabilities=probabilities,
            sensor=place,
            cell=place,
            conditions=self.conditions,
        )

    def affected_places(self, edge: int, horizon: int) -> Indices:
        """Places whose empowerment depends on an edge: those from which n - 1 steps can reach it.

        The edge is in the n-step channel of no other place, whatever the walls.

        Parameters
        ----------
        edge : int
            Number of the edge, as in `grid.edge`.
        horizon : int
            Number of steps n.

        Returns
        -------
        ndarray of int
            Numbers of the places.
        """
        height, width = self.maze.shape
        heading, start = divmod(edge, height * width)
        beside = self.grid.beside[start, HEADINGS.index(EDGE_HEADINGS[heading])]
        near = np.zeros(height * width, dtype=bool)
        for end in (start, int(beside)):
            distance = np.zeros((height, width), dtype=np.intp)
            for axis, (at, side, name) in enumerate(
                zip(divmod(end, width), (height, width), "yx", strict=True)
            ):
                steps = np.abs(np.arange(side) - at)
                if name in self.torus:
                    steps = np.minimum(steps, side - steps)
                distance += steps[:, None] if axis == 0 else steps
            near |= distance.ravel() < horizon
        return np.flatnonzero(near)


def prior_belief(world: World, prior: float = PRIOR) -> Belief:
    """Belief of an agent that has seen nothing of a world: each move works with probability 1/2.

    Parameters
    ----------
    world : World
        World of the moves north, east, south and west, with or without stay, with or without slip,
        on any torus, and with no objects but the marks S and G.
    prior : float
        Strength of the prior. A small value means that walls do not flicker: at 1e-4, one try
        settles an edge to within 5e-5; at 1, a hundred tries settle it to within 0.005.

    Returns
    -------
    Belief
        Belief without any counts.

    Raises
    ------
    GridempError
        If the world is of another kind, or `prior` is not positive.

    Examples
    --------
    >>> import gridemp
    >>> from gridemp.agents import prior_belief
    >>> belief = prior_belief(gridemp.World.from_maze(gridemp.load_maze("klyubin")))
    >>> belief.after(edge=0, worked=True).open_probabilities[0, 0, :2]
    array([0.99995, 0.5    ])
    """
    check_kinds(prior_belief, locals())
    if not (prior > 0 and math.isfinite(prior)):
        raise GridempError(
            f"`prior`, the strength of the prior, must be a positive number, not {prior!r}"
        )
    kernel = _kernel(world)
    height, width = world.maze.shape
    marks = {place: letter for place, letter in world.maze.objects.items() if letter in MARKS}
    return Belief(
        maze=Maze(np.ones((height, width)), name=world.maze.name, objects=marks),
        conditions=world.conditions,
        actions=world.actions,
        kernel=kernel,
        prior=prior,
        works=np.zeros((2, height, width), dtype=np.int64),
        fails=np.zeros((2, height, width), dtype=np.int64),
        grid=grid_of(height, width, world.torus),
    )


def _across(values: Array, edge: Indices) -> Array:
    """Value of the edge that each move crosses: shape (P, 4), 0 if there is no edge.

    `values` has the shape (2, H, W), `edge` is that of `Grid`.
    """
    return np.where(edge >= 0, values.ravel()[edge], 0.0)


def _kernel(world: World) -> Array:
    """Return K[a, b] of a world; raise a GridempError if an agent cannot learn such a world."""
    if world.actions not in (HEADINGS, (*HEADINGS, "stay")) or world.heading is not None:
        raise GridempError(
            "an agent can learn walls only by the moves north, east, south and west, with or "
            "without staying; set `moves` to nesw"
        )
    others = sorted(set(world.maze.objects.values()) - set(MARKS))
    if others:
        raise GridempError(
            f"an agent that learns walls cannot learn objects such as {others[0]}; use a maze "
            "whose only objects are the marks S and G"
        )
    states, count = np.arange(len(world.maze.cells)), len(world.actions)
    if not (np.array_equal(world.cell, states) and np.array_equal(np.unique(world.sensor), states)):
        raise GridempError(
            "an agent that learns walls always senses its own cell; leave out `sensor`, or set "
            "it to state"
        )
    kernel = np.eye(count) if world.deterministic else world.probabilities[0]
    if kernel.shape != (count, count) or not (world.probabilities == world.probabilities[0]).all():
        raise GridempError(
            "an agent can learn walls only in a maze where slips are equally likely everywhere; "
            "give a maze and a `slip`"
        )
    return np.asarray(kernel, dtype=float)
