"""The `World` class: successors of each action, their probabilities, and sensor readings."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from gridemp.arguments import check_kinds
from gridemp.mazes.maze import Maze
from gridemp.progress import Progress
from gridemp.shown import Shown, counted
from gridemp.typing import Array, Indices, Labels
from gridemp.worlds.conditions import UNKNOWN, Conditions
from gridemp.worlds.moves import joined_axes
from gridemp.worlds.sensors import numbered
from gridemp.worlds.transitions import normalised
from gridemp.worlds.world_checks import checked_arrays
from gridemp.worlds.world_fields import maze_fields, table_fields


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
        Heading in each state: 0 to 3 for north, east, south and west; None if there is none.
    within : int, optional
        Longest horizon for which this world holds the states; None if it holds all states.
    boxes : ndarray of int, shape (S, B), optional
        Cells of the B boxes that can be pushed, in each state; None if there are no boxes.

    Examples
    --------
    >>> import gridemp
    >>> world = gridemp.World.from_maze(gridemp.parse_maze(".."))
    >>> world.actions, world.successors[:, :, 0].tolist()
    (('north', 'east', 'south', 'west', 'stay'), [[0, 1, 0, 0, 0], [1, 1, 1, 0, 1]])
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
        vars(self).update(checked_arrays(vars(self)))

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
            Actions that a slip takes: each of the others with equal probability, or one of the two
            moves at right angles.
        torus : {"", "x", "y", "xy"} or bool
            Axes along which the edges of the maze are joined; True for both.
        sensor : {"state", "position", "row", "column", "walls"}
            Sensor of the agent: its whole state; its cell; the y or the x of its cell; or which of
            the steps around it are open. `with_sensor` takes any other labelling.
        within : int, optional
            If there are boxes, build only the states that can be reached in this many steps; the
            world is then valid for horizons up to this number.
        progress : callable, optional
            Called with the fraction done, from 0 to 1: the states built, of the number allowed.

        Returns
        -------
        World
            World whose start states are the floor cells, once for each heading if there are any.

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
        conditions = Conditions(moves, stay, slip, slip_kind, joined_axes(torus), sensor, "slip")
        return cls(**maze_fields(maze, conditions, within, progress))

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
            World of S states and A actions.

        Raises
        ------
        GridempError
            If the shapes do not fit together or the probabilities do not sum to 1.

        Examples
        --------
        >>> import gridemp
        >>> P = [[[0.9, 0.1], [0.2, 0.8]], [[0.5, 0.5], [0.0, 1.0]]]
        >>> world = gridemp.World.from_transitions(P, actions=["left", "right"])
        >>> gridemp.empowerment(world, 1).bits.round(3)
        array([0.398, 0.322])
        """
        check_kinds(World.from_transitions, locals(), "sensor", "cell")
        world = cls(**table_fields(transitions, actions, maze, cell)).normalised()
        return world if sensor is None else world.with_sensor(sensor)

    @classmethod
    def from_graph(cls, graph: Any) -> "World":
        """World of an agent that moves on a networkx graph.

        Parameters
        ----------
        graph : networkx.Graph
            Graph with the states as nodes, which may have the attributes `cell`, an (x, y), and
            `sensor`, a reading. Action k takes the k-th edge of a node, unless edges have an
            attribute `actions`, which maps the names of actions to the probabilities with which
            they take the edge. An action that a node lacks stays there.

        Returns
        -------
        World
            World with a state for each node, in the order of the nodes.

        Raises
        ------
        GridempError
            If the graph has no node, or the attribute `actions` of an edge is not a mapping.

        Examples
        --------
        >>> import gridemp
        >>> import networkx as nx
        >>> gridemp.empowerment(gridemp.World.from_graph(nx.path_graph(3)), 1).outcomes
        array([2, 2, 2])
        """
        from gridemp.worlds.graph import transitions_of

        return cls.from_transitions(**transitions_of(graph))

    def to_graph(self) -> Any:
        """Return the world as a networkx graph with the states as nodes.

        Returns
        -------
        networkx.DiGraph
            Graph with an edge wherever an action can lead from one state to another. Nodes have the
            attributes `cell`, an (x, y), and `sensor`; edges have `actions`, which maps each action
            that can take the edge to the probability of doing so.

        Raises
        ------
        GridempError
            If the world was built with `within`, as some states are missing then.
        """
        from gridemp.worlds.graph import graph_of

        return graph_of(self)

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
            The copy, with the numbers of the distinct labels as `sensor`.

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

        Returns
        -------
        World
            A copy, or this world if no probability has to be corrected. A GridempError names a
            state and an action whose probabilities are invalid.
        """
        checked = normalised(self.probabilities, self.actions)
        return self if checked is self.probabilities else replace(self, probabilities=checked)

    def __repr__(self) -> str:
        return f"World({self.maze!r}, {counted(len(self.actions), 'action')}, {self.conditions})"

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
