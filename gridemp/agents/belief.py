"""What an agent believes of walls it does not know, from counts of moves that worked or did not.

Between two cells next to each other there is an edge: either there is a wall on it, and no move
across works, or not. For each edge the agent counts both and has a Dirichlet prior over the two, a
Beta(prior/2, prior/2). So the next move across works with probability

    p = (prior/2 + works) / (prior + works + fails),

and what it learns from trying it is, in bits, the mutual information of the outcome and the unknown
probability of the edge,

    h(p) - E[h(P)],   P ~ Beta(prior/2 + works, prior/2 + fails),

which is exact through the digamma function. The believed world is that of the means,
P(s'|s,a) = sum_b K[a,b] (p_b [succ(s,b) = s'] + (1 - p_b) [s = s']); its empowerment is certified
like that of any noisy world.
"""

import math
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gridemp.errors import GridempError
from gridemp.mazes.maze import Maze
from gridemp.typing import Array, Counts, Indices
from gridemp.worlds.conditions import Conditions
from gridemp.worlds.moves import HEADINGS, OFFSETS
from gridemp.worlds.world import World

MARKS = "SG"  # objects without effect
PRIOR = 1e-4
BERNOULLI = 1 / 12, -1 / 120, 1 / 252, -1 / 240, 1 / 132  # B_2k / 2k


class Grid(NamedTuple):
    """The P = H W places of a grid, numbered in array order, and the edges between them.

    Edge 0 P + i leads east from place i, edge 1 P + i south.

    Attributes
    ----------
    beside : ndarray of int, shape (P, 4)
        The place to the north, east, south and west; itself where the grid ends.
    edge : ndarray of int, shape (P, 4)
        The edge that leads there, or -1.
    """

    beside: Indices
    edge: Indices


@dataclass(frozen=True, eq=False)
class Belief:
    """Counts of moves across the edges of a grid of H x W places, and what they say.

    The agent knows the grid, which of its sides a torus joins, its own place, how it slips, and
    after a step which action was really taken. It does not know walls, and solid cells are to it
    places that no move enters.

    Attributes
    ----------
    maze : Maze
        Of which it knows the size, the name and the marks S and G.
    torus : str
        Along which axes the edges of the grid are joined.
    conditions : Conditions
        Those of the world.
    actions : tuple of str
        north, east, south, west and maybe stay: A in all.
    kernel : ndarray, shape (A, A)
        K[a, b], the probability that b is taken when a is meant.
    prior : float
        The strength of the prior: the sum of its two pseudo-counts.
    works, fails : ndarray of int, shape (2, H, W)
        How often a move across the edge to the east, and to the south, of a place did and did not
        work, in either direction.
    grid : Grid
        What is next to what.
    """

    maze: Maze
    torus: str
    conditions: Conditions
    actions: tuple[str, ...]
    kernel: Array
    prior: float
    works: Counts
    fails: Counts
    grid: Grid

    @property
    def there(self) -> NDArray[np.bool_]:
        """Where there is an edge: shape (2, H, W)."""
        there = np.zeros(self.works.size, dtype=bool)
        there[self.grid.edge[self.grid.edge >= 0]] = True
        return there.reshape(self.works.shape)

    @property
    def chances(self) -> Array:
        """The probability that a move across each edge works, 0 where there is none: (2, H, W)."""
        means = (self.prior / 2 + self.works) / (self.prior + self.works + self.fails)
        return np.where(self.there, means, 0.0)

    def after(self, edge: int, worked: bool) -> "Belief":
        """The belief once a move across an edge, by number, worked or did not."""
        counted = (self.works if worked else self.fails).copy()
        counted.ravel()[edge] += 1
        return replace(self, works=counted) if worked else replace(self, fails=counted)

    def information(self) -> Array:
        """What each action is expected to tell of the walls, in bits: shape (P, A)."""
        bits = expected_information(self.prior / 2 + self.works, self.prior / 2 + self.fails)
        own = _across(bits, self.grid.edge)
        return np.asarray(own @ self.kernel[:, : len(HEADINGS)].T)

    def world(self) -> World:
        """The believed world; its maze has the walls that are more likely than not."""
        place = np.arange(len(self.grid.beside), dtype=np.int32)
        moves = len(HEADINGS)
        works = _across(self.chances, self.grid.edge)
        kernel, chances = self.kernel[:, :moves], self.chances
        if np.array_equal(self.kernel, np.eye(len(self.kernel))):
            successors = np.repeat(place[:, None, None], len(self.actions), 1).repeat(2, 2)
            successors[:, :moves, 0] = self.grid.beside
            probabilities = np.zeros(successors.shape)
            probabilities[:, :moves, 0] = works
            probabilities[:, :, 1] = 1 - probabilities[:, :, 0]
        else:
            ways = np.column_stack([self.grid.beside, place])[:, None]
            successors = np.repeat(ways, len(self.actions), axis=1)
            blocked = (1 - works) @ kernel.T + (1 - kernel.sum(axis=1))
            moved = kernel * works[:, None]
            probabilities = np.concatenate([moved, blocked[:, :, None]], axis=2)
        maze = Maze(
            np.ones(self.maze.shape),
            chances[0, :, :-1] < 0.5,
            chances[1, :-1] < 0.5,
            self.maze.name,
            self.maze.objects,
        )
        parts = maze, self.actions, successors, probabilities, place, place
        return World(*parts, conditions=self.conditions, torus=self.torus)

    def touched(self, edge: int, horizon: int) -> Indices:
        """The places from which n - 1 steps can lead to an edge, so whose empowerment it bears on.

        No others have it in their n-step channel, whatever walls there are.
        """
        height, width = self.maze.shape
        start = edge % (height * width)
        ends = [start, self.grid.beside[start, HEADINGS.index(_WAYS[edge // (height * width)])]]
        near = np.zeros(height * width, dtype=bool)
        for end in ends:
            distance = np.zeros((height, width), dtype=np.intp)
            for axis, (at, side, name) in enumerate(
                zip(divmod(int(end), width), (height, width), "yx", strict=True)
            ):
                steps = np.abs(np.arange(side) - at)
                if name in self.torus:
                    steps = np.minimum(steps, side - steps)
                distance += steps[:, None] if axis == 0 else steps
            near |= distance.ravel() < horizon
        return np.flatnonzero(near)


_WAYS = ("east", "south")


def no_belief(world: World, prior: float = PRIOR) -> Belief:
    """The belief of an agent that has seen nothing of a world: each move works or does not, 1 : 1.

    Parameters
    ----------
    world : World
        Of the moves north, east, south and west, with or without stay, with or without slip, on
        any torus; with no objects but the marks S and G.
    prior : float
        The strength of the prior. A small one says that walls do not flicker: with 1e-4, one look
        settles an edge to 5e-5; with 1 it takes some hundred.

    Returns
    -------
    Belief

    Raises
    ------
    GridempError
        If the world is of another kind, or the strength not positive.
    """
    if not (prior > 0 and math.isfinite(prior)):
        raise GridempError(f"the strength of a prior is a positive number, not {prior!r}")
    kernel = _kernel(world)
    shape = (2, *world.maze.shape)
    zeros = np.zeros(shape, dtype=np.int64)
    marks = {place: what for place, what in world.maze.objects.items() if what in MARKS}
    known = Maze(np.ones(shape[1:]), name=world.maze.name, objects=marks)
    grid = _grid(shape[1:], world.torus)
    about = known, world.torus, world.conditions, world.actions
    return Belief(*about, kernel, prior, zeros, zeros, grid)


def expected_information(works: ArrayLike, fails: ArrayLike) -> Array:
    """h(mean) - E[h(P)] for P ~ Beta(works, fails), in bits: what one look is expected to tell."""
    both = np.asarray(works, dtype=float), np.asarray(fails, dtype=float)
    total = both[0] + both[1]
    bits = np.zeros(total.shape)
    for count in both:
        mean = count / total
        bits += mean * (digamma(count + 1) - digamma(total + 1) - np.log(mean))
    return np.asarray(np.maximum(bits / math.log(2), 0.0))


def digamma(x: ArrayLike) -> Array:
    """The derivative of ln Gamma, for x > 0, to about 1e-12.

    psi(x) = psi(x + 8) - sum over k < 8 of 1 / (x + k), and far out its asymptotic series.
    """
    near = np.asarray(x, dtype=float)
    below = sum(1 / (near + k) for k in range(8))
    z = near + 8
    square = 1 / z**2
    series = np.polynomial.polynomial.polyval(square, [0, *BERNOULLI])
    return np.asarray(np.log(z) - 1 / (2 * z) - series - below)


def _across(values: Array, edge: Indices) -> Array:
    """Values of edges, shape (2, H, W), for each place and move: shape (P, 4), 0 for no edge."""
    return np.where(edge >= 0, values.ravel()[edge], 0.0)


def _grid(shape: tuple[int, ...], torus: str) -> Grid:
    """The places and edges of a grid; round a side of 1 is no other place to enter."""
    height, width = shape
    place = np.arange(height * width).reshape(height, width)
    beside, edge = [], []
    for heading in HEADINGS:
        row, col = OFFSETS[heading]
        axis, step = (0, row) if row else (1, col)
        there = np.roll(place, -step, axis)
        number = (place if step > 0 else there) + (place.size if axis == 0 else 0)
        open_end = [slice(None), slice(None)]
        open_end[axis] = slice(-1, None) if step > 0 else slice(0, 1)
        if "yx"[axis] not in torus or shape[axis] == 1:
            there[tuple(open_end)] = place[tuple(open_end)]
            number[tuple(open_end)] = -1
        beside.append(there.ravel())
        edge.append(number.ravel())
    return Grid(np.stack(beside, axis=1), np.stack(edge, axis=1))


def _kernel(world: World) -> Array:
    """K[a, b] of a world, or a GridempError if it is of a kind that cannot be learned here."""
    actions = (HEADINGS, (*HEADINGS, "stay"))
    if world.actions not in actions or world.heading is not None:
        raise GridempError(
            "an agent learns walls by the moves north, east, south and west, with or without "
            "staying; give --moves nesw"
        )
    others = sorted(set(world.maze.objects.values()) - set(MARKS))
    if others:
        raise GridempError(
            f"an agent learns walls, not objects such as {others[0]}; give a maze without any but "
            "the marks S and G"
        )
    states, count = np.arange(len(world.maze.cells)), len(world.actions)
    if not (np.array_equal(world.cell, states) and np.array_equal(np.unique(world.sensor), states)):
        raise GridempError(
            "an agent that learns walls senses its own cell; leave out --sensor, or give "
            "--sensor state"
        )
    kernel = np.eye(count) if world.deterministic else world.probabilities[0]
    if kernel.shape != (count, count) or not (world.probabilities == world.probabilities[0]).all():
        raise GridempError(
            "an agent learns the walls of a maze in which it slips everywhere alike; give a maze "
            "and --slip"
        )
    return np.asarray(kernel, dtype=float)
