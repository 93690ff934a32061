"""Places of the agent in an environment, and the maze that they make."""

import operator
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from gridemp.arguments import described
from gridemp.errors import GridempError
from gridemp.mazes.maze import Maze
from gridemp.typing import Indices, Labels
from gridemp.worlds.environments.fingerprint import attributes_of

RowCol = tuple[int, int]


def place_of(base: Any) -> Callable[[Any], RowCol | None]:
    """Function from an environment like `base` to the row and column of its agent, or to None.

    The places are those of MiniGrid, of the states `s` of toy text on a `desc` or a `shape`, and of
    gym-classics. Otherwise the agent is where the only pair of whole numbers says that lies in a
    two-dimensional array of the environment and changes; see `places_in_array`.
    """
    if is_like_minigrid(base):
        return lambda env: (int(env.agent_pos[1]), int(env.agent_pos[0]))
    if hasattr(base, "s"):
        if type(base).__name__ == "TaxiEnv":
            return lambda env: tuple(env.decode(env.s))[:2]
        desc = getattr(base, "desc", None)
        shape = getattr(base, "shape", ()) if desc is None else np.shape(desc)
        if isinstance(shape, tuple) and len(shape) == 2 and 0 <= base.s < shape[0] * shape[1]:
            width = shape[1]
            return lambda env: divmod(int(env.s), width)
    if type(base).__module__.startswith("gym_classics.") and hasattr(base, "dims"):
        height = base.dims[1]
        return lambda env: (height - 1 - env.state[1], env.state[0])
    return lambda env: None


def is_like_minigrid(base: Any) -> bool:
    """True for an environment that keeps the place and the direction of its agent as MiniGrid."""
    grid = getattr(base, "grid", None)
    return (
        all(hasattr(base, name) for name in ("agent_pos", "agent_dir"))
        and hasattr(grid, "width")
        and hasattr(grid, "height")
    )


def pairs_in_arrays(base: Any) -> tuple[str, ...]:
    """Attributes that are pairs of whole numbers inside a two-dimensional array of `base`."""
    values = list(vars(base).values())
    inner = [value for each in values for value in attributes_of(each).values()]
    arrays = [
        value for value in [*values, *inner] if isinstance(value, np.ndarray) and value.ndim == 2
    ]
    return tuple(
        name
        for name, value in vars(base).items()
        if (pair := pair_of(value)) is not None
        and any(pair[0] < array.shape[0] and pair[1] < array.shape[1] for array in arrays)
    )


def pair_of(value: Any) -> RowCol | None:
    """Two whole numbers of 0 or more, or None for any other value."""
    if not isinstance(value, tuple | list | np.ndarray) or len(value) != 2:
        return None
    try:
        row, col = map(operator.index, value)
    except TypeError:
        return None
    return (row, col) if row >= 0 and col >= 0 else None


def checked_place(value: Any) -> RowCol:
    """Row and column that a function of the user's returned."""
    try:
        row, col = map(operator.index, value)
    except (TypeError, ValueError):
        raise GridempError(
            f"`cell` must return two whole numbers, the row and the column, not {described(value)}"
        ) from None
    return row, col


def maze_of(
    name: str,
    places: Sequence[RowCol],
    transitions: tuple[Indices, Indices],
    ends: dict[int, float],
) -> tuple[Maze, Labels]:
    """Maze that places of states make, and the cell of each state.

    Cells without a state are solid. If the agent never moves farther than to a neighbouring cell,
    a thin wall separates neighbouring cells that no transition joins, unless the episode ends in
    both. A cell in which it always ends is marked as a goal, or as a trap if only its end elsewhere
    is rewarded; the cell of the first state is marked as the start.

    Parameters
    ----------
    name : str
        Name of the maze.
    places : sequence of (int, int), length S
        Row and column in each state.
    transitions : tuple of ndarray of int, shape (N,)
        s and s' of the possible transitions.
    ends : dict
        Reward for ending the episode in a state, by its number.

    Returns
    -------
    maze : Maze
    cell : ndarray of int, shape (S,)
    """
    import networkx as nx

    from gridemp.worlds.graph_drawing import drawing

    where = np.array(places)
    steps = np.abs(where[transitions[0]] - where[transitions[1]]).sum(axis=1)
    cells = sorted(set(places))
    over = set(cells) - {place for state, place in enumerate(places) if state not in ends}
    graph: nx.Graph[RowCol] = nx.Graph()
    graph.add_nodes_from((cell, {"cell": (cell[1], -cell[0])}) for cell in cells)
    neighbours = [(cell, (cell[0] + down, cell[1] + 1 - down)) for cell in cells for down in (0, 1)]
    if steps.max(initial=0) > 1:
        graph.add_edges_from((one, other) for one, other in neighbours if other in graph)
    else:
        moved = steps == 1
        graph.add_edges_from(
            (places[s], places[t])
            for s, t in zip(*(column[moved].tolist() for column in transitions), strict=True)
        )
        graph.add_edges_from((one, other) for one, other in neighbours if {one, other} <= over)
    drawn = drawing(graph)
    number = dict(zip(cells, drawn.cell.tolist(), strict=True))
    top, left = where.min(axis=0).tolist()
    rewarded = max(ends.values(), default=0.0) > 0
    marks = {}
    for state, reward in ends.items():
        row, col = places[state]
        marks[row, col] = "T" if rewarded and reward <= 0 else "G"
    objects = {(row - top, col - left): marks[row, col] for row, col in sorted(over)}
    objects.setdefault((places[0][0] - top, places[0][1] - left), "S")
    plain = drawn.maze
    maze = Maze(plain.floor, plain.wall_right, plain.wall_below, name=name, objects=objects)
    return maze, np.array([number[place] for place in places], dtype=np.int32)
