"""Constructors of `World`: from a maze, a table of transitions or of successors, or a graph."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Self, Unpack

from numpy.typing import ArrayLike

from gridemp.arguments import check_kinds
from gridemp.mazes.maze import Maze
from gridemp.progress import Progress
from gridemp.worlds.conditions import Conditions
from gridemp.worlds.moves import joined_axes
from gridemp.worlds.successors import labels_with_end, successor_fields
from gridemp.worlds.world_fields import WorldFields, maze_fields, table_fields


class WorldMakers:
    """Class methods of `World` that make one."""

    if TYPE_CHECKING:  # what they use of `World`

        def __init__(self, **fields: Unpack[WorldFields]) -> None: ...
        def normalised(self) -> Self: ...  # noqa: D102
        def with_sensor(self, labels: ArrayLike) -> Self: ...  # noqa: D102

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
        hands: bool = False,
        holding: str = "",
        within: int | None = None,
        progress: Progress | None = None,
    ) -> Self:
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
        hands : bool
            Whether the agent, which must turn, can pick up, drop and toggle what is in front of it:
            keys, balls and doors. Without hands, they are obstacles, except for open doors.
        holding : str
            Letter of the thing in the agent's hand at first, such as "k"; empty for none.
        within : int, optional
            If there are boxes or things, build only the states that can be reached in this many
            steps; the world is then valid for horizons up to this number.
        progress : callable, optional
            Called with the fraction done, from 0 to 1: the states built, of the number allowed.

        Returns
        -------
        World
            World whose start states are the floor cells, once for each heading if there are any;
            with hands, only those without a thing that is in the way.

        Raises
        ------
        GridempError
            If an option has an invalid value, or boxes or things make too many states.

        Examples
        --------
        >>> import gridemp
        >>> gridemp.World.from_maze(gridemp.load_maze("klyubin"), slip=0.1)
        World(Maze('klyubin', 10 x 10 cells, 100 of them floor), 5 actions, slip 0.1)
        """
        check_kinds(WorldMakers.from_maze, locals(), "slip", "within")
        axes = joined_axes(torus)
        conditions = Conditions(moves, stay, slip, slip_kind, axes, sensor, "slip", hands)
        return cls(**maze_fields(maze, conditions, holding, within, progress))

    @classmethod
    def from_transitions(
        cls,
        transitions: Any,
        sensor: ArrayLike | None = None,
        *,
        actions: Sequence[str] | None = None,
        maze: Maze | None = None,
        cell: ArrayLike | None = None,
    ) -> Self:
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
            Maze that the states are drawn on; by default a row of S cells, or about square if S is
            more than 256.
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
        check_kinds(WorldMakers.from_transitions, locals(), "sensor", "cell")
        world = cls(**table_fields(transitions, actions, maze, cell)).normalised()
        return world if sensor is None else world.with_sensor(sensor)

    @classmethod
    def from_successors(
        cls,
        transitions: ArrayLike,
        sensor: ArrayLike | None = None,
        *,
        terminal: int | None = -1,
        actions: Sequence[str] | None = None,
        maze: Maze | None = None,
        cell: ArrayLike | None = None,
    ) -> Self:
        """World of a table of the next state of each state and action, without noise.

        Transitions to `terminal` all lead to one absorbing state, which is added after the S
        states. The agent cannot start in it, so that a map has one value for each row of the table,
        but to have ended counts as an outcome. It has a sensor reading of its own, and is drawn in
        the cell of the first state that leads to it.

        Parameters
        ----------
        transitions : array_like of int, shape (S, A)
            Number of the state that each action leads to, or `terminal`. A memory-mapped array is
            read once.
        sensor : array_like, shape (S,), optional
            Label of the sensor reading of each state; by default all readings differ.
        terminal : int or None
            Value for the end of an episode; None if there is no such value.
        actions : sequence of str, optional
            Names of the A actions; by default their numbers.
        maze : Maze, optional
            Maze that the states are drawn on; by default a row of S cells, or about square if S is
            more than 256.
        cell : array_like of int, shape (S,), optional
            Cell of each state, as an index into `maze.cells`; by default the state's own number.

        Returns
        -------
        World
            World of S states, or S + 1 if some transition is terminal, and A actions.

        Raises
        ------
        GridempError
            If the shapes do not fit together or a transition leads to a state that does not exist.

        Examples
        --------
        >>> import gridemp
        >>> world = gridemp.World.from_successors([[0, 1], [0, 2], [2, -1]])
        >>> gridemp.empowerment(world, 2).outcomes
        array([3, 4, 2])
        """
        check_kinds(WorldMakers.from_successors, locals(), "transitions", "sensor", "cell")
        fields = successor_fields(transitions, terminal, actions, maze, cell)
        world = cls(**fields)
        return world if sensor is None else world.with_sensor(labels_with_end(sensor, fields))

    @classmethod
    def from_graph(cls, graph: Any, *, nodes: str = "rowcol") -> Self:
        """World of an agent that moves on a networkx graph.

        Nodes are placed by their attribute `cell`, an (x, y), or else by their attribute `pos`, an
        (x, y) as networkx draws it, or else by the nodes themselves, if these are pairs. They are
        drawn there if all places are whole numbers, and in their order otherwise. If all nodes have
        places of their own and each edge joins neighbouring cells, the world is that of the maze
        drawn: its actions are north, east, south and west, also across the joined edges of a torus,
        and `stay` if there are loops.

        Nodes without a place give their names to the states: `World.state_of` and
        `EmpowermentMap.at` take a node, and figures of up to 12 of them show the names.

        In any other graph, action k takes the k-th edge of a node. An attribute `actions` of edges
        goes before both: it maps the names of actions to the probabilities with which they take the
        edge. An action that a node lacks stays there.

        Parameters
        ----------
        graph : networkx.Graph
            Graph with the states as nodes, which may have an attribute `sensor`, a reading.
        nodes : {"rowcol", "xy"}
            Meaning of nodes that are pairs of whole numbers: (row, col) with row 0 at the top, as
            `networkx.grid_2d_graph` makes them, or (x, y) with y up.

        Returns
        -------
        World
            World with a state for each node, in the order of the nodes.

        Raises
        ------
        GridempError
            If the graph has no node, `cell` of a node is not a pair of whole numbers, or `actions`
            of an edge is not a mapping.

        Examples
        --------
        >>> import gridemp
        >>> import networkx as nx
        >>> gridemp.empowerment(gridemp.World.from_graph(nx.path_graph(3)), 1).outcomes
        array([2, 2, 2])
        >>> gridemp.World.from_graph(nx.grid_2d_graph(5, 7))
        World(Maze('graph', 7 x 5 cells, 35 of them floor), 4 actions, no stay, no noise)
        """
        from gridemp.worlds.graph import graph_fields

        check_kinds(WorldMakers.from_graph, locals(), "nodes")
        fields, sensor = graph_fields(graph, nodes)
        world = cls(**fields).normalised()
        return world if sensor is None else world.with_sensor(sensor)
