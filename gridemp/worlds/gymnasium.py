"""Worlds of Gymnasium environments that come with a table of transitions, `P`."""

import operator
from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import Any

import numpy as np

from gridemp.arguments import numbers_in
from gridemp.errors import GridempError
from gridemp.mazes.maze import Maze
from gridemp.mazes.parsing import parse_maze
from gridemp.typing import Indices, Labels, Mask
from gridemp.worlds.subworld import nearby
from gridemp.worlds.transitions import Entries, check_indices, table
from gridemp.worlds.unwrapped import ACTIONS, is_continuous, name_of, unwrapped
from gridemp.worlds.world import World
from gridemp.worlds.world_fields import state_maze

MARKS = {b"H": "T", b"G": "G", b"S": "S"}

Transition = tuple[int, int, int, float]  # s, a, s', probability


def from_gymnasium(env: Any) -> World:
    """World of an environment with a table of transitions, such as FrozenLake or Taxi.

    The table is that of `env.unwrapped`: wrappers, rewards and time limits do not count. A state
    that some transition enters with `terminated` is absorbing, whatever the table says about it:
    the episode ends there, so nothing that the agent does matters any more.

    Parameters
    ----------
    env : gymnasium.Env
        Environment with `P[s][a]`, a list of (probability, next state, reward, terminated);
        probabilities of equal next states are added up. `P` may also be an array `P[s, a, s']` as
        in `World.from_transitions`. Then the states without any transition are absorbing, as are
        those that an attribute `terminal_states` of the environment lists.

    Returns
    -------
    World
        World with the S states of the table, in the same order. If the environment has a
        distribution of initial states, the start states are those that can be reached from it. The
        maze is the grid of the environment if it has one with a cell for each state, in array
        order: a `desc` of letters or a `shape`, (H, W). Holes become traps, and cells that cannot
        be reached, such as the cliff of CliffWalking, are solid; their states keep their numbers
        and count as states of the first cell. Taxi has its 5 x 5 map with up to 20 states in each
        cell. The states of any other environment get cells in their order.

    Raises
    ------
    GridempError
        If there is no such table, or it is malformed, or the environment does not follow it.

    Examples
    --------
    >>> import gridemp
    >>> import gymnasium
    >>> world = gridemp.from_gymnasium(gymnasium.make("FrozenLake-v1", is_slippery=False))
    >>> world
    World(Maze('FrozenLake-v1', 4 x 4 cells, 16 of them floor), 4 actions, no noise)
    >>> gridemp.empowerment(world, 3).peak
    Peak(x=2, y=1, bits=3.9068905956085187, outcomes=15, ties=1)
    """
    base = unwrapped(env)
    name = name_of(base)
    if not hasattr(base, "P"):
        raise GridempError(no_table(base, name))
    if getattr(base, "fickle_passenger", False):
        raise GridempError(
            f"the fickle passenger of {name} is not in its table P; make the environment without it"
        )
    (states, count), entries, terminal = _table_of(base, name)
    names = ACTIONS.get(type(base).__name__, ())
    world = World.from_transitions(
        SimpleNamespace(shape=(states, count, states), coords=entries[:3], data=entries[3]),
        actions=names if len(names) == count else None,
    )
    initial = _initial_states(base, states)
    reached = np.zeros(states, dtype=bool)
    reached[nearby(world, initial)] = True
    maze, cell = _places(base, name, reached, terminal, initial)
    return replace(
        world,
        maze=maze,
        cell=cell,
        starts=None if reached.all() else np.flatnonzero(reached).astype(np.int32),
        finder=TableState(states, name),
    )


@dataclass(frozen=True)
class TableState:
    """Function from an environment with a table of transitions to the number of its state.

    Attributes
    ----------
    states : int
        Number of states in the table.
    name : str
        Name of the environment that the world was made from.
    """

    states: int
    name: str

    def __call__(self, env: Any) -> int:
        """Number of the state; raise a GridempError if there is none in the table."""
        base = unwrapped(env)
        number: Any = getattr(base, "s", None)
        try:
            state = operator.index(number)
        except TypeError:
            raise GridempError(
                f"cannot find the current state of {name_of(base)}; call its reset() first (its "
                "state number must be in an attribute `s`)"
            ) from None
        if not (0 <= state < self.states and len(getattr(base, "P", ())) == self.states):
            raise GridempError(
                f"this world was made from {self.name}, with {self.states} states, not from this "
                f"{name_of(base)}; create a world for it with from_gymnasium"
            )
        return state


def no_table(base: Any, name: str) -> str:
    """Error message for an environment without P, with the reason and the remedy."""
    if is_continuous(base):
        return (
            f"{name} has no table of transitions P, because its states or actions are continuous; "
            "pass World.from_env a `key` function that makes them finite, or pass "
            "World.from_transitions a P of your own"
        )
    return (
        f"{name} has no table of transitions P; use World.from_env, which takes steps to build "
        "one, or pass your own to World.from_transitions"
    )


def _table_of(base: Any, name: str) -> tuple[tuple[int, int], Entries, Indices]:
    """(S, A), the entries of the table P, and the terminal states, which lead to themselves."""
    if _is_array(base.P):
        try:
            (states, count, _), entries = table(base.P)
        except GridempError as error:
            raise GridempError(f"the table P of {name} cannot be read: {error}") from None
        ends = np.ones(states, dtype=bool)
        ends[entries[0][entries[3] != 0]] = False
        told = np.asarray(getattr(base, "terminal_states", ()))
        check_indices(f"terminal_states of {name}", told if told.size else None, states, "states")
        ends[told.astype(np.intp)] = True
        going = ~ends[entries[0]]
        state, action, target, values = (column[going] for column in entries)
        terminal = np.flatnonzero(ends)
    else:
        states, count, transitions, found = _transitions(base.P, name)
        columns = np.array(transitions).reshape(-1, 4).T
        state, action, target = columns[:3].astype(np.intp)
        values, terminal = columns[3], np.array(sorted(found), dtype=np.intp)
    own, every = np.repeat(terminal, count), np.tile(np.arange(count), len(terminal))
    entries = (
        np.concatenate([state, own]),
        np.concatenate([action, every]),
        np.concatenate([target, own]),
        np.concatenate([values, np.ones(len(own))]),
    )
    return (states, count), entries, terminal


def _is_array(table: Any) -> bool:
    """True if P is an array of numbers, dense or sparse, or a list of sparse matrices."""
    if isinstance(table, np.ndarray):
        return table.dtype.kind in "biuf"
    first = (*table, 0)[0] if isinstance(table, list | tuple) else table
    return hasattr(first, "nnz") or hasattr(first, "coords")


def _initial_states(base: Any, states: int) -> Indices:
    """States in which an episode may begin: all of them if the environment does not say."""
    for name in ("initial_state_distrib", "isd"):
        weights = numbers_in(getattr(base, name, None))
        if weights is not None and weights.shape == (states,) and (weights > 0).any():
            return np.flatnonzero(weights > 0)
    return np.arange(states)


def _transitions(table: Any, name: str) -> tuple[int, int, list[Transition], set[int]]:
    """S, A, the entries of the table without those of terminal states, and these states."""
    found: list[Transition] = []
    terminal: set[int] = set()
    try:
        states, count = len(table), len(table[0])
        for state in range(states):
            if len(table[state]) != count:
                raise GridempError(
                    f"state {state} of {name} has {len(table[state])} actions and state 0 has "
                    f"{count}; give all states the same actions"
                )
            for action in range(count):
                for probability, after, _, terminated in table[state][action]:
                    target = operator.index(after)
                    if not 0 <= target < states:
                        raise GridempError(
                            f"action {action} in state {state} of {name} leads to state {target}; "
                            f"the states go from 0 to {states - 1}"
                        )
                    found.append((state, action, target, float(probability)))
                    if terminated and probability > 0:
                        terminal.add(target)
    except (KeyError, IndexError, TypeError, ValueError):
        raise GridempError(
            f"the table P of {name} must hold lists P[s][a] of (probability, next state, reward, "
            "terminated), with states and actions counted from 0"
        ) from None
    going = [transition for transition in found if transition[0] not in terminal]
    return states, count, going, terminal


def _places(
    base: Any, name: str, reached: Mask, terminal: Indices, initial: Indices
) -> tuple[Maze, Labels]:
    """Maze of an environment, with marks on its ends and its only start, and cells of states."""
    states = len(reached)
    desc = np.asarray(getattr(base, "desc", ()))
    shape = getattr(base, "shape", ())
    if type(base).__name__ == "TaxiEnv":
        text = "\n".join(b"".join(line).decode() for line in desc.tolist())
        maze = parse_maze(text, name, format="taxi")
        rows, cols, *_ = zip(*map(base.decode, range(states)), strict=True)
        return maze, np.ravel_multi_index((rows, cols), maze.shape).astype(np.int32)
    if desc.ndim == 2 and desc.size == states:
        shape = desc.shape
        marks = {place: MARKS.get(bytes(letter)) for place, letter in np.ndenumerate(desc)}
    elif isinstance(shape, tuple) and len(shape) == 2 and shape[0] * shape[1] == states:
        marks = {divmod(state, shape[1]): "G" for state in terminal.tolist()}
        if len(initial) == 1:
            marks.setdefault(divmod(int(initial[0]), shape[1]), "S")
    else:
        return state_maze(states, name), np.arange(states, dtype=np.int32)
    floor = reached.reshape(shape)
    objects = {
        (place[0], place[1]): letter
        for place, letter in marks.items()
        if letter is not None and floor[place]
    }
    cell = np.where(reached, np.cumsum(reached) - 1, 0).astype(np.int32)
    return Maze(floor, name=name, objects=objects), cell
