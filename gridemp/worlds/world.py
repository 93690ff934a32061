"""The `World` class: successors of each action, their probabilities, and sensor readings."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike

from gridemp.arguments import check_kinds
from gridemp.errors import GridempError
from gridemp.mazes.maze import Maze
from gridemp.shown import Shown, counted
from gridemp.typing import Array, Indices, Labels
from gridemp.worlds.conditions import UNKNOWN, Conditions
from gridemp.worlds.environments.maker import EnvironmentMaker
from gridemp.worlds.sensors import numbered
from gridemp.worlds.things import Kind, Layout, layout, with_things
from gridemp.worlds.transitions import check_indices, normalised
from gridemp.worlds.world_checks import checked_arrays, number_of_name
from gridemp.worlds.world_makers import WorldMakers


@dataclass(frozen=True, eq=False, repr=False)
class World(WorldMakers, EnvironmentMaker, Shown):
    """Finite controlled Markov chain with a sensor, on the cells of a maze.

    Make one with `from_maze`, `from_transitions`, `from_successors`, `from_graph` or `from_env`, or
    from its fields.

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
    finder : callable, optional
        Function from an environment to the number of its state, for `state_of`; None if the world
        was not made from an environment. It is neither saved nor pickled with the world.
    things : ndarray of int, shape (S, T), optional
        Codes of the T things that hands can use, in each state, which `layout` reads; None if there
        are none.
    kinds : tuple of Kind
        Kinds of these things.
    names : tuple of str
        Names of the S states; empty if they have none.

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
    things: Labels | None = None
    kinds: tuple[Kind, ...] = ()
    finder: Callable[[Any], int] | None = None
    names: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Turn the fields into arrays; raise a GridempError that names an invalid field."""
        check_kinds(World, vars(self))
        vars(self).update(checked_arrays(vars(self)))

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

    def with_sensor(self, labels: ArrayLike, name: str = "own") -> Self:
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

    def state_of(self, env: Any) -> int:
        """Return the number of the state that an environment is in, or that a node stands for.

        Parameters
        ----------
        env : gymnasium.Env or node
            The environment that the world was made from, or another one of its kind, wrapped or
            not, after any number of steps; or a node of the graph that the world was made from.

        Returns
        -------
        int
            Number of the state, from 0 to S - 1.

        Raises
        ------
        GridempError
            If the world was not made from an environment or a graph, or has no such state.

        Examples
        --------
        >>> import gridemp
        >>> import gymnasium
        >>> env = gymnasium.make("CliffWalking-v1")
        >>> world = gridemp.from_gymnasium(env)
        >>> _ = env.reset(seed=0)
        >>> _ = env.step(0)
        >>> world.state_of(env)
        24
        """
        if self.names:
            return number_of_name(self.names, str(env))
        if self.finder is None:
            raise GridempError(
                "this world is not linked to an environment; create it with World.from_env, "
                "from_gymnasium or from_minigrid (saving or pickling a world removes the link)"
            )
        return self.finder(env)

    def normalised(self) -> Self:
        """Return the world with probabilities that are corrected for rounding where necessary.

        Returns
        -------
        World
            A copy, or this world if no probability has to be corrected. A GridempError names a
            state and an action whose probabilities are invalid.
        """
        checked = normalised(self.probabilities, self.actions)
        return self if checked is self.probabilities else replace(self, probabilities=checked)

    def layout(self, state: int) -> Layout:
        """Places of the things that hands can use, in a state.

        Parameters
        ----------
        state : int
            Number of the state.

        Returns
        -------
        Layout
            Their kinds by cell, and the kind of the thing in the agent's hand.

        Raises
        ------
        GridempError
            If there is no such state.

        Examples
        --------
        >>> import gridemp
        >>> maze = gridemp.parse_maze(".k.")
        >>> world = gridemp.World.from_maze(maze, moves="turn", hands=True)
        >>> after = world.successors[1, world.actions.index("pickup"), 0]
        >>> world.layout(1).placed[0, 1].name, world.layout(after).held.name
        ('key', 'key')
        """
        check_kinds(World.layout, locals())
        check_indices("state", np.array([state]), len(self.cell), "states")
        codes = () if self.things is None else self.things[state].tolist()
        return layout(codes, self.kinds, self.maze)

    def maze_in(self, state: int) -> Maze:
        """Maze with the boxes, keys, doors and balls as they are in a state.

        Parameters
        ----------
        state : int
            Number of the state.

        Returns
        -------
        Maze
            The maze, without what the agent holds.
        """
        check_kinds(World.maze_in, locals())
        check_indices("state", np.array([state]), len(self.cell), "states")
        maze = self.maze
        if self.things is not None:
            maze = with_things(maze, self.layout(state))
        if self.boxes is None:
            return maze
        return maze.with_boxes((row, col) for row, col in maze.cells[self.boxes[state]].tolist())

    def __getstate__(self) -> dict[str, Any]:
        """Fields to pickle or copy: all but `finder`, as functions cannot be pickled."""
        return {**vars(self), "finder": None}

    def __repr__(self) -> str:
        return f"World({self.maze!r}, {counted(len(self.actions), 'action')}, {self.conditions})"

    @property
    def torus(self) -> str:
        """Axes along which the edges of the maze are joined: some of x and y."""
        return self.conditions.torus

    @property
    def slip(self) -> float | None:
        """Probability of a slip; None if the noise is not one of slips, but that of a table."""
        slips = self.deterministic or self.conditions.noise == "slip"
        return self.conditions.slip if slips else None

    @property
    def start_states(self) -> Indices:
        """States where an agent may start, shape (T,)."""
        return np.arange(len(self.cell)) if self.starts is None else self.starts.astype(np.intp)

    @property
    def deterministic(self) -> bool:
        """True if every action leads to one certain state."""
        return bool(self.successors.shape[2] == 1)
