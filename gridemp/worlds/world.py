"""The world: which states an action leads to, with which probability, and what is sensed there.

Noise is a kernel over actions: the action meant becomes the action taken with K[a, b], then a
deterministic move follows, P[s, a, s'] = sum_b K[a, b] [succ(s, b) = s']. A sensor is a
relabelling of states. Any P[s, a, s'] is the general case.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from gridemp.errors import GridempError
from gridemp.mazes.maze import Maze
from gridemp.progress import Progress, ignore
from gridemp.typing import Array, Indices, Labels
from gridemp.worlds.conditions import Conditions
from gridemp.worlds.dynamics import Dynamics
from gridemp.worlds.moves import HEADINGS, MOVES, joined_axes
from gridemp.worlds.noise import slip_kernel
from gridemp.worlds.sensors import numbered, readings
from gridemp.worlds.states import joint_states
from gridemp.worlds.transitions import check_indices, check_shapes, normalised, padded, table


@dataclass(frozen=True, eq=False, repr=False)
class World:
    """A finite controlled Markov chain with a sensor, on the cells of a maze.

    Built by hand it takes these fields; `from_maze` and `from_transitions` make them.

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
    conditions : Conditions
        What sets it apart from the default, as facts; `str` makes the words of a title.
    starts : ndarray of int, shape (T,), optional
        The states that a map shows; None for all of them.
    heading : ndarray of int, shape (S,), optional
        Where the agent looks, as an index into `HEADINGS`, if it does.
    within : int, optional
        The longest horizon for which all states are there; None if there is no such limit.
    torus : str
        Along which axes the edges are joined: some of x and y. For drawing and counting.
    boxes : ndarray of int, shape (S, B), optional
        The cells of the B boxes that can be pushed, if there are any.
    """

    maze: Maze
    actions: tuple[str, ...]
    successors: Labels
    probabilities: Array
    sensor: Labels
    cell: Labels
    conditions: Conditions = Conditions()
    starts: Labels | None = None
    heading: Labels | None = None
    within: int | None = None
    torus: str = ""
    boxes: Labels | None = None

    def __post_init__(self) -> None:
        """Turn the fields into arrays, or raise a GridempError that names the one that is wrong."""
        for field in ("successors", "probabilities", "sensor", "cell", "starts", "heading"):
            if getattr(self, field) is not None:
                object.__setattr__(self, field, np.asarray(getattr(self, field)))
        states = self.cell.size
        check_shapes(self.successors, self.probabilities, self.actions, states)
        for field in ("sensor", "cell", "heading"):
            values = getattr(self, field)
            if values is not None and values.shape != (states,):
                raise GridempError(f"{field} has shape {values.shape}, not ({states},)")
        check_indices("successors", self.successors, states, "states")
        check_indices("cell", self.cell, int(self.maze.floor.sum()), "floor cells")
        if self.starts is not None:
            check_indices("starts", self.starts, states, "states")
        object.__setattr__(self, "torus", joined_axes(self.torus))
        if self.heading is not None:
            check_indices("heading", self.heading, len(HEADINGS), "headings")

    @classmethod
    def from_maze(
        cls,
        maze: Maze,
        moves: str = "nesw",
        stay: bool = True,
        slip: float = 0.0,
        *,
        slip_kind: str = "uniform",
        torus: str | bool = "",
        sensor: str = "state",
        within: int | None = None,
        progress: Progress | None = None,
    ) -> "World":
        """The world of an agent that walks a maze.

        A move that is blocked leaves the agent where it is. A diagonal is open only where both ways
        round its corner are. In a trap nothing ever changes; a box moves on when the agent walks
        into it and the cell behind is free; over ice the agent slides on; after its action a
        conveyor carries it one cell.

        Parameters
        ----------
        maze : Maze
            Without boxes and turns, its C floor cells are the states, in array order.
        moves : {"nesw", "king", "turn"}
            Four moves; eight with the diagonals; or turn left, turn right and step forward, with
            four headings to each cell.
        stay : bool
            Whether staying put is an action too.
        slip : float
            Probability that another action is taken than the one meant.
        slip_kind : {"uniform", "perpendicular"}
            Any of the other actions, or the two moves at right angles: see `slip_kernel`.
        torus : {"", "x", "y", "xy"} or bool
            Along which axes the edges of the maze are joined; True for both.
        sensor : {"state", "position", "row", "column", "walls"}
            What is sensed: see `readings`; `with_sensor` takes any other labelling.
        within : int, optional
            In a maze with boxes, build only the states that so many steps can reach; the world then
            holds for horizons up to that.
        progress : callable, optional
            There, told how many states there are, as a share of the most.

        Returns
        -------
        World

        Raises
        ------
        GridempError
            If an option is none of these, or boxes make more states than can be built.
        """
        progress = progress or ignore
        if moves not in MOVES:
            raise GridempError(f"there are no moves '{moves}'; use one of {', '.join(MOVES)}")
        torus = joined_axes(torus)
        actions = MOVES[moves] + (("stay",) if stay else ())
        kernel = slip_kernel(actions, slip, slip_kind)
        dynamics = Dynamics(maze, torus, diagonals=moves == "king")
        bodies, intended = joint_states(dynamics, actions, len(maze.cells), within, progress)
        if slip == 0:
            successors = intended[:, :, None]
            probabilities = np.broadcast_to(1.0, successors.shape)
        else:
            shape = (len(intended), len(actions), len(actions))
            successors = np.broadcast_to(intended[:, None, :], shape)
            probabilities = np.broadcast_to(kernel, shape)
        turns, boxes = moves == "turn", len(dynamics.boxes) > 0
        starts = np.arange(len(maze.cells) * (len(HEADINGS) if turns else 1), dtype=np.int32)
        return cls(
            maze=maze,
            actions=actions,
            successors=successors,
            probabilities=probabilities,
            sensor=readings(sensor, maze, dynamics, bodies),
            cell=bodies.agent,
            conditions=Conditions(
                moves=moves,
                stay=stay,
                torus=torus,
                sensor=sensor,
                noise="slip" if slip else "none",
                slip=slip,
                slip_kind=slip_kind,
            ),
            starts=starts if boxes else None,
            heading=bodies.heading if turns else None,
            within=within if boxes else None,
            torus=torus,
            boxes=bodies.boxes if boxes else None,
        )

    @classmethod
    def from_transitions(
        cls,
        transitions: Any,
        sensor: ArrayLike | None = None,
        *,
        actions: Sequence[str] | None = None,
        maze: Maze | None = None,
        cell: ArrayLike | None = None,
    ) -> "World":
        """A world of any table of transition probabilities P[s, a, s'].

        Parameters
        ----------
        transitions : array_like, shape (S, A, S), or sparse
            P, rows that sum to 1: an array; a sparse array of these three axes that has `coords`
            and `data`, as SciPy's and PyData's have; or one sparse (S, S) matrix per action.
        sensor : array_like, shape (S,), optional
            What is sensed in each state, any labels; by default each state is told apart.
        actions : sequence of str, optional
            The A actions by name; by default their numbers.
        maze : Maze, optional
            Where it takes place; by default a strip of S cells.
        cell : array_like of int, shape (S,), optional
            The cell of each state, as an index into `maze.cells`; by default its own number.

        Returns
        -------
        World

        Raises
        ------
        GridempError
            If the shapes do not fit together or probabilities do not sum to 1.
        """
        (states, count, _), entries = table(transitions)
        names = tuple(map(str, range(count))) if actions is None else tuple(actions)
        if len(set(names)) != count:
            raise GridempError(f"these are names of {len(set(names))} actions; give {count}")
        successors, probabilities = padded(states, count, *entries)
        world = cls(
            maze=Maze(np.ones((1, states)), name="transitions") if maze is None else maze,
            actions=names,
            successors=successors,
            probabilities=probabilities,
            sensor=np.arange(states, dtype=np.int32),
            cell=np.arange(states, dtype=np.int32) if cell is None else np.asarray(cell),
            conditions=Conditions(noise="none" if successors.shape[2] == 1 else "own"),
        ).normalised()
        return world if sensor is None else world.with_sensor(sensor)

    @classmethod
    def from_graph(cls, graph: Any) -> "World":
        """The world of an agent that walks a networkx graph: see `graph.transitions_of`.

        States are the nodes in their order. If all nodes have an attribute `cell`, an (x, y), that
        is where they are drawn; otherwise as a strip. If all have `sensor`, that is what is sensed.
        """
        from gridemp.worlds.graph import transitions_of

        return cls.from_transitions(**transitions_of(graph))

    def to_graph(self) -> Any:
        """The states as nodes of a networkx DiGraph: see `graph.digraph`.

        Nodes have `cell`, the (x, y) of the agent, and `sensor`, what is sensed there. Raises a
        GridempError if the world was built `within` some steps, so that it is not whole.
        """
        from gridemp.worlds.graph import digraph

        if self.within is not None:
            raise GridempError(
                f"this world was built for {self.within} steps, not whole; build it without within"
            )
        places = self.maze.xy(*self.maze.cells[self.cell].T)
        return digraph(self.successors, self.probabilities, self.actions, places, self.sensor)

    def with_sensor(self, labels: ArrayLike, name: str = "own") -> "World":
        """The same world, sensed through any labelling of its states.

        Parameters
        ----------
        labels : array_like, shape (S,) or (S, n)
            Numbers, strings, rows of them, anything to be told apart; states with equal labels
            look the same.
        name : str
            What titles call the sensor.

        Returns
        -------
        World

        Raises
        ------
        GridempError
            If there is not one label per state.
        """
        numbers = numbered(labels)
        if len(numbers) != len(self.cell):
            raise GridempError(
                f"a sensor has one label for each of the {len(self.cell)} states, "
                f"not {len(numbers)} labels"
            )
        merges = int(numbers.max()) + 1 < len(numbers)
        conditions = replace(self.conditions, sensor="state", labels=name if merges else "")
        return replace(self, sensor=numbers, conditions=conditions)

    def normalised(self) -> "World":
        """The same world, its probabilities divided by their sums where rounding needs it.

        Raises
        ------
        GridempError
            If the probabilities of a state and an action are no distribution; it names them.
        """
        checked = normalised(self.probabilities, self.actions)
        return self if checked is self.probabilities else replace(self, probabilities=checked)

    def __repr__(self) -> str:
        return f"World({self.maze!r}, {len(self.actions)} actions, {self.conditions})"

    @property
    def slip(self) -> float:
        """Probability that another action is taken than the one intended; 0 for other noise."""
        return self.conditions.slip

    @property
    def start_states(self) -> Indices:
        """The states where an agent may start: shape (T,)."""
        return np.arange(len(self.cell)) if self.starts is None else self.starts.astype(np.intp)

    @property
    def deterministic(self) -> bool:
        """Whether every action has one certain outcome."""
        return bool(self.successors.shape[2] == 1)
