"""The world: which states an action leads to, with which probability, and what is sensed there.

Noise is a kernel over actions: the action meant becomes the action taken with K[a, b], then a
deterministic move follows, P[s, a, s'] = sum_b K[a, b] [succ(s, b) = s']. A sensor is a
relabelling of states.
"""

from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from gridemp.errors import GridempError
from gridemp.maze import Maze

Mask = NDArray[np.bool_]
Indices = NDArray[np.int32]
Array = NDArray[np.float64]
Scalar = TypeVar("Scalar", bound=np.generic)

SUM_TOLERANCE = 1e-9
ROUNDING = 1e-12

# Steps in (row, col); north is up on the page.
OFFSETS = {
    "north": (-1, 0),
    "east": (0, 1),
    "south": (1, 0),
    "west": (0, -1),
    "northeast": (-1, 1),
    "southeast": (1, 1),
    "southwest": (1, -1),
    "northwest": (-1, -1),
    "stay": (0, 0),
}
MOVES = {
    "nesw": ("north", "east", "south", "west"),
    "king": tuple(name for name in OFFSETS if name != "stay"),
}


@dataclass(frozen=True, eq=False, repr=False)
class World:
    """A finite controlled Markov chain with a sensor, on the cells of a maze.

    Attributes
    ----------
    maze : Maze
        Where it takes place.
    actions : tuple of str
        The A actions by name.
    successors : ndarray of int, shape (S, A, K)
        States that an action can lead to; a state may stand there more than once.
    probabilities : ndarray of float, shape (S, A, K)
        Their probabilities, those of one state added up.
    sensor : ndarray of int, shape (S,)
        What is sensed in each state: any labels. Full observation gives each its own.
    cell : ndarray of int, shape (S,)
        The cell of each state, as an index into `maze.cells`.
    slip : float
        The noise it was built with, for titles and files.
    """

    maze: Maze
    actions: tuple[str, ...]
    successors: Indices
    probabilities: Array
    sensor: Indices
    cell: Indices
    slip: float = 0.0

    def __post_init__(self) -> None:
        """Turn the fields into arrays, or raise a GridempError that names the one that is wrong."""
        for field in ("successors", "probabilities", "sensor", "cell"):
            object.__setattr__(self, field, np.asarray(getattr(self, field)))
        states, actions = len(self.cell), len(self.actions)
        if self.successors.ndim != 3 or self.successors.shape[:2] != (states, actions):
            raise GridempError(
                f"successors has shape {self.successors.shape}; {states} states in `cell` and "
                f"{actions} actions need ({states}, {actions}, K)"
            )
        if self.probabilities.shape != self.successors.shape:
            raise GridempError(
                f"probabilities has shape {self.probabilities.shape}; it must be that of "
                f"successors, {self.successors.shape}"
            )
        if self.sensor.shape != (states,):
            raise GridempError(f"sensor has shape {self.sensor.shape}, not ({states},)")
        self._check_indices("successors", states, "states")
        self._check_indices("cell", int(self.maze.floor.sum()), "floor cells")

    def _check_indices(self, field: str, count: int, what: str) -> None:
        indices = getattr(self, field)
        if indices.dtype.kind not in "iu":
            raise GridempError(f"{field} holds whole numbers, not {indices.dtype}")
        if indices.size == 0 or indices.min() < 0 or indices.max() >= count:
            raise GridempError(f"{field} must hold numbers of {what}, from 0 to {count - 1}")

    @classmethod
    def from_maze(
        cls, maze: Maze, moves: str = "nesw", stay: bool = True, slip: float = 0.0
    ) -> "World":
        """The world of an agent that walks a maze and senses which cell it is in.

        A move that is blocked leaves the agent where it is. A diagonal is open only where both ways
        round its corner are.

        Parameters
        ----------
        maze : Maze
            Its C floor cells become the S = C states, in array order.
        moves : {"nesw", "king"}
            Four moves, or eight with the diagonals.
        stay : bool
            Whether staying put is an action too.
        slip : float
            Probability that the action is replaced by one drawn uniformly from the other actions:
            K[a, b] = 1 - slip if a = b, else slip / (A - 1).

        Returns
        -------
        World

        Raises
        ------
        GridempError
            If `moves` is unknown or `slip` is not a probability.
        """
        if moves not in MOVES:
            raise GridempError(f"there are no moves '{moves}'; use {' or '.join(MOVES)}")
        if not 0 <= slip <= 1:  # NaN fails too
            raise GridempError(f"slip is a probability from 0 to 1, not {slip}")
        actions = MOVES[moves] + (("stay",) if stay else ())
        states = np.arange(maze.floor.sum(), dtype=np.int32)
        intended = _successors(maze, actions)
        if slip == 0:
            successors = intended[:, :, None]
            probabilities = np.broadcast_to(1.0, successors.shape)
        else:
            count = len(actions)
            kernel = np.where(np.eye(count, dtype=bool), 1 - slip, slip / (count - 1))
            shape = (len(states), count, count)
            successors = np.broadcast_to(intended[:, None, :], shape)
            probabilities = np.broadcast_to(kernel, shape)
        return cls(maze, actions, successors, probabilities, states, states, slip)

    def normalised(self) -> "World":
        """The same world, its probabilities divided by their sums where rounding needs it.

        Raises
        ------
        GridempError
            If the probabilities of a state and an action are no distribution; it names them.
        """
        sums = self.probabilities.sum(axis=2)
        negative = np.any(self.probabilities < 0, axis=2)
        wrong = negative | ~(abs(sums - 1) <= SUM_TOLERANCE)  # NaN is wrong too
        if wrong.any():
            state, action = np.argwhere(wrong)[0].tolist()
            what = f"sum to {sums[state, action]:.12g}, not 1"
            if negative[state, action]:
                what = "hold a negative number"
            raise GridempError(
                f"the probabilities of action {self.actions[action]!r} in state {state} {what}"
            )
        if abs(sums - 1).max() <= ROUNDING:
            return self
        return replace(self, probabilities=self.probabilities / sums[:, :, None])

    def __repr__(self) -> str:
        return f"World({self.maze!r}, {len(self.actions)} actions, {self.conditions})"

    @property
    def deterministic(self) -> bool:
        """Whether every action has one certain outcome."""
        return bool(self.successors.shape[2] == 1)

    @property
    def conditions(self) -> str:
        """What a title must say of this world, such as "king moves, no stay, slip 0.1"."""
        parts = ["king moves"] if "northeast" in self.actions else []
        parts += [] if "stay" in self.actions else ["no stay"]
        return ", ".join([*parts, f"slip {self.slip}" if self.slip else "no noise"])


def _successors(maze: Maze, actions: tuple[str, ...]) -> Indices:
    """Where each action leads if nothing slips: shape (S, A)."""
    index = np.full(maze.shape, -1, dtype=np.int32)
    index[maze.floor] = np.arange(maze.floor.sum())
    open_moves = _open_moves(maze)
    successors = np.empty((len(actions), maze.floor.sum()), dtype=np.int32)
    for targets, action in zip(successors, actions, strict=True):
        drow, dcol = OFFSETS[action]
        where = np.where(open_moves[drow, dcol], _shifted(index, drow, dcol), index)
        targets[:] = where[maze.floor]
    return successors.T


def _open_moves(maze: Maze) -> dict[tuple[int, int], Mask]:
    """For each step (drow, dcol), the (H, W) mask of cells from which it succeeds."""
    floor = maze.floor
    down = np.zeros_like(floor)
    down[:-1] = floor[:-1] & floor[1:] & ~maze.wall_below
    right = np.zeros_like(floor)
    right[:, :-1] = floor[:, :-1] & floor[:, 1:] & ~maze.wall_right
    steps = {
        (0, 0): floor,
        (1, 0): down,
        (-1, 0): _shifted(down, -1, 0),
        (0, 1): right,
        (0, -1): _shifted(right, 0, -1),
    }
    for drow in (-1, 1):
        for dcol in (-1, 1):
            vertical, horizontal = steps[drow, 0], steps[0, dcol]
            steps[drow, dcol] = (
                vertical & _shifted(horizontal, drow, 0) & horizontal & _shifted(vertical, 0, dcol)
            )
    return steps


def _shifted(grid: NDArray[Scalar], drow: int, dcol: int) -> NDArray[Scalar]:
    """What each cell finds one step away; False or 0 outside the grid."""
    height, width = grid.shape
    return np.pad(grid, 1)[1 + drow : 1 + drow + height, 1 + dcol : 1 + dcol + width]
