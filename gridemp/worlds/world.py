"""The `World` class: successors of each action, their probabilities, and sensor readings.

Noise is a kernel over actions: the intended action a becomes the action taken b with probability
K[a, b], and a deterministic move follows, P[s, a, s'] = sum_b K[a, b] [succ(s, b) = s']. A sensor
is a relabelling of states. A world given by any P[s, a, s'] is the general case.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from gridemp.arguments import check_kinds
from gridemp.errors import GridempError
from gridemp.mazes.maze import Maze
from gridemp.progress import Progress
from gridemp.shown import Shown
from gridemp.typing import Array, Indices, Labels
from gridemp.worlds.conditions import UNKNOWN, Conditions
from gridemp.worlds.dynamics import Dynamics
from gridemp.worlds.moves import HEADINGS, action_names, joined_axes
from gridemp.worlds.noise import slip_kernel, slipping
from gridemp.worlds.sensors import numbered, readings
from gridemp.worlds.states import joint_states
from gridemp.worlds.transitions import normalised, padded, table
from gridemp.worlds.world_checks import check_fields


@dataclass(frozen=True, eq=False, repr=False)
class World(Shown):
    """Finite controlled Markov chain with a sensor, on the cells of a maze.

    Make one with `from_maze`, `from_transitions` or `from_graph`, or from its fields.

    Attributes
    ----------
    maze : Maze
        Maze that the agent moves in.
    actions : tuple of str
        Names of the A actions.
    successors : ndarray of int, shape (S, A, K)
        The K states that each action can lead to from each of the S states; one state may occur
        several times.
    probabilities : ndarray of float, shape (S, A, K)
        Probabilities of these states; those of a state that occurs several times add up.
    sensor : ndarray of int, shape (S,)
        Label of the sensor reading of each state. Under full observation all labels differ.
    cell : ndarray of int, shape (S,)
        Cell of each state, as an index into `maze.cells`.
    conditions : Conditions
        Conditions that distinguish the world from the default one; `str` words them for a title.
    starts : ndarray of int, shape (T,), optional
        States where an agent may start, which are the states that a map shows; None for all states.
    heading : ndarray of int, shape (S,), optional
        Heading of the agent in each state, as an index into `HEADINGS`; None if there is none.
    within : int, optional
        Longest horizon for which this world holds the states; None if it holds all states.
    boxes : ndarray of int, shape (S, B), optional
        Cells of the B boxes that can be pushed, in each state; None if there are no boxes.
    """

    maze: Maze
    actions: tuple[str, ...]
    successors: Labels
    probabilities: Array
    sensor: Labels
    cell: Labels
    conditions: Conditions = UNKNOWN
    starts: Labels | None = None
    heading: Labels | None = None
    within: int | None = None
    boxes: Labels | None = None

    def __post_init__(self) -> None:
        """Turn the fields into arrays; raise a GridempError that names an invalid field."""
        check_kinds(World, vars(self))
        for field in ("successors", "probabilities", "sensor", "cell", "starts", "heading"):
            if getattr(self, field) is not None:
                object.__setattr__(self, field, np.asarray(getattr(self, field)))
        check_fields(self)

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
        """World of an agent that moves in a maze.

        A blocked move leaves the agent where it is. A diagonal is open only where both ways round
        its corner are. An agent in a trap stays there for ever; a box moves on if the agent walks
        into it and the cell behind it is free; on ice the agent slides on; a conveyor carries the
        agent one cell along after each action.

        Parameters
        ----------
        maze : Maze
            Maze. Its floor cells, in array order, are the states if it has no boxes or headings.
        moves : {"nesw", "king", "turn"}
            Moves: four; eight with the diagonals; or turn left, turn right and step forward, with
            four headings in each cell.
        stay : bool
            Whether staying put is an action too.
        slip : float
            Probability that an action other than the intended one is taken.
        slip_kind : {"uniform", "perpendicular"}
            Actions that a slip takes: all others, or the moves at right angles; see `slip_kernel`.
        torus : {"", "x", "y", "xy"} or bool
            Axes along which the edges of the maze are joined; True for both.
        sensor : {"state", "position", "row", "column", "walls"}
            Sensor of the agent, see `readings`. `with_sensor` takes any other labelling.
        within : int, optional
            If there are boxes, build only the states that can be reached in this many steps; the
            world is then valid for horizons up to this number.
        progress : callable, optional
            Called with the fraction done, from 0 to 1: the states built, of the number allowed.

        Returns
        -------
        World

        Raises
        ------
        GridempError
            If an option has an invalid value, or the boxes make more states than can be built.

        Examples
        --------
        >>> import gridemp
        >>> gridemp.World.from_maze(gridemp.load_maze("klyubin"), slip=0.1)
        World(Maze('klyubin', 10 x 10 cells, 100 of them floor), 5 actions, slip 0.1)
        """
        check_kinds(World.from_maze, locals(), "slip", "within")
        actions, torus = action_names(moves, stay), joined_axes(torus)
        kernel = slip_kernel(actions, slip, slip_kind)  # checks the slip before any work is done
        dynamics = Dynamics(maze, torus, diagonals=moves == "king")
        bodies, intended = joint_states(dynamics, actions, len(maze.cells), within, progress)
        successors, probabilities = slipping(intended, kernel if slip else None)
        turns, boxes = moves == "turn", len(dynamics.boxes) > 0
        starts = np.arange(len(maze.cells) * (len(HEADINGS) if turns else 1), dtype=np.int32)
        sensed = readings(sensor, maze, dynamics, bodies)
        return cls(
            maze,
            actions,
            successors,
            probabilities,
            sensed,
            bodies.agent,
            conditions=Conditions(moves, stay, slip, slip_kind, torus, sensor, noise="slip"),
            starts=starts if boxes else None,
            heading=bodies.heading if turns else None,
            within=within if boxes else None,
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
        """World of any table of transition probabilities P[s, a, s'].

        Parameters
        ----------
        transitions : array_like, shape (S, A, S), or sparse
            P, with rows that sum to 1: an array; a sparse array of this shape with `coords` and
            `data`, as those of SciPy and PyData; or one sparse (S, S) matrix per action.
        sensor : array_like, shape (S,), optional
            Label of the sensor reading of each state; by default all readings differ.
        actions : sequence of str, optional
            Names of the A actions; by default their numbers.
        maze : Maze, optional
            Maze that the states are drawn on; by default a strip of S cells.
        cell : array_like of int, shape (S,), optional
            Cell of each state, as an index into `maze.cells`; by default the state's own number.

        Returns
        -------
        World

        Raises
        ------
        GridempError
            If the shapes do not fit together or the probabilities do not sum to 1.
        """
        check_kinds(World.from_transitions, locals(), "sensor", "cell")
        (states, count, _), entries = table(transitions)
        names = tuple(map(str, range(count))) if actions is None else tuple(actions)
        if len(set(names)) != count:
            raise GridempError(f"`actions` has {len(set(names))} different names; give {count}")
        successors, probabilities = padded(states, count, *entries)
        own = np.arange(states, dtype=np.int32)
        world = cls(
            Maze(np.ones((1, states)), name="transitions") if maze is None else maze,
            names,
            successors,
            probabilities,
            own,
            own if cell is None else np.asarray(cell),
            conditions=Conditions(noise="none" if successors.shape[2] == 1 else "own"),
        ).normalised()
        return world if sensor is None else world.with_sensor(sensor)

    @classmethod
    def from_graph(cls, graph: Any) -> "World":
        """World of an agent that moves on a networkx graph.

        Parameters
        ----------
        graph : networkx.Graph
            Graph with the states as nodes, which may have the attributes `cell`, an (x, y), and
            `sensor`, a reading. Action k takes the k-th edge of a node, unless edges name their
            actions: see `graph.transitions_of`.

        Returns
        -------
        World
        """
        from gridemp.worlds.graph import transitions_of

        return cls.from_transitions(**transitions_of(graph))

    def to_graph(self) -> Any:
        """Return a networkx DiGraph with the states as nodes: see `graph.digraph`.

        Raises a GridempError if the world was built with `within`, as some states are missing then.
        """
        from gridemp.worlds.graph import digraph

        if self.within is not None:
            raise GridempError(f"this was built for {self.within} steps only; leave out `within`")
        places = self.maze.xy(*self.maze.cells[self.cell].T)
        return digraph(self.successors, self.probabilities, self.actions, places, self.sensor)

    def with_sensor(self, labels: ArrayLike, name: str = "own") -> "World":
        """Return a copy of the world with any labelling of its states as the sensor.

        Parameters
        ----------
        labels : array_like, shape (S,) or (S, n)
            Label of each state: a number, a string, or a row of these. States with equal labels
            look the same to the agent.
        name : str
            Name of the sensor in titles.

        Returns
        -------
        World

        Raises
        ------
        GridempError
            If there is not one label for each state.
        """
        numbers = numbered(labels, len(self.cell))
        merges = int(numbers.max()) + 1 < len(numbers)
        conditions = replace(self.conditions, sensor="state", labels=name if merges else "")
        return replace(self, sensor=numbers, conditions=conditions)

    def normalised(self) -> "World":
        """Return the world with probabilities that are corrected for rounding where necessary.

        Raises a GridempError that names a state and an action with invalid probabilities.
        """
        checked = normalised(self.probabilities, self.actions)
        return self if checked is self.probabilities else replace(self, probabilities=checked)

    def __repr__(self) -> str:
        return f"World({self.maze!r}, {len(self.actions)} actions, {self.conditions})"

    @property
    def torus(self) -> str:
        """Axes along which the edges of the maze are joined: some of x and y."""
        return self.conditions.torus

    @property
    def start_states(self) -> Indices:
        """States where an agent may start, shape (T,)."""
        return np.arange(len(self.cell)) if self.starts is None else self.starts.astype(np.intp)

    @property
    def deterministic(self) -> bool:
        """True if every action leads to one certain state."""
        return bool(self.successors.shape[2] == 1)
