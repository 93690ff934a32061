"""Worlds of Gymnasium environments that come with a table of transitions, `P`."""

import ast
import operator
import warnings
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qsl

import numpy as np

from gridemp.arguments import wrong_kind
from gridemp.errors import GridempError, missing_extra
from gridemp.mazes.maze import Maze
from gridemp.mazes.parsing import parse_maze
from gridemp.typing import Indices
from gridemp.worlds.world import World

ACTIONS = {
    "FrozenLakeEnv": ("west", "south", "east", "north"),
    "CliffWalkingEnv": ("north", "east", "south", "west"),
    "TaxiEnv": ("south", "north", "east", "west", "pickup", "dropoff"),
}
GYM = "gym:"  # before the name of an environment where a maze could stand
MAX_NAME_LENGTH = 100
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
        probabilities of equal next states are added up.

    Returns
    -------
    World
        World with the S states of the table, in the same order. The maze is the grid of the
        environment if it has one with a cell for each state, in array order: a `desc` of letters
        or a `shape`, (H, W). Holes become traps. Taxi has its 5 x 5 map with 20 states in each
        cell. Any other environment gets a strip of S cells.

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
        raise GridempError(_no_table(base, name))
    if getattr(base, "fickle_passenger", False):
        raise GridempError(
            f"the fickle passenger of {name} is not in its table P; make the environment without it"
        )
    states, count, transitions, terminal = _transitions(base.P, name)
    state, action, target, values = np.array(transitions).reshape(-1, 4).T
    maze, cell = _places(base, name, states, terminal)
    names = ACTIONS.get(type(base).__name__, ())
    return World.from_transitions(
        SimpleNamespace(shape=(states, count, states), coords=(state, action, target), data=values),
        actions=names if len(names) == count else None,
        maze=maze,
        cell=cell,
    )


def make_world(name: str) -> World:
    """World of an environment given by its name in Gymnasium.

    Parameters
    ----------
    name : str
        Id of the environment, which may be followed by a question mark and keyword arguments for
        `gymnasium.make`, as in `FrozenLake-v1?is_slippery=False&map_name=8x8`. Values are Python
        literals, `true` or `false`; anything else is a string.

    Returns
    -------
    World

    Raises
    ------
    MissingExtra
        If Gymnasium is not installed.
    GridempError
        If Gymnasium cannot make the environment, or `from_gymnasium` cannot read it.
    """
    with warnings.catch_warnings():
        try:
            import gymnasium  # installs warning filters of its own, so ours comes after it
        except ImportError:
            raise missing_extra("gymnasium", f"gym:{name}", "gymnasium") from None
        warnings.simplefilter("ignore")  # about versions and wrappers, which do not matter here
        made, _, query = name.partition("?")
        try:
            options = parse_qsl(query, keep_blank_values=True, strict_parsing=bool(query))
        except ValueError:
            raise GridempError(
                f"{query!r} is not a list of options; write them as in "
                "FrozenLake-v1?is_slippery=False&map_name=8x8"
            ) from None
        arguments = {key: _value(text) for key, text in options}
        worlds = []
        for _ in range(2):
            try:
                env = gymnasium.make(made, **arguments)
            except Exception as error:  # environments may raise anything
                reason = " ".join(f"{type(error).__name__}: {error}".split())
                raise GridempError(f"gymnasium cannot make {name!r}; {reason}") from None
            with closing(env):
                worlds.append(from_gymnasium(env))
    world, again = worlds
    if not all(
        np.array_equal(getattr(world, field), getattr(again, field))
        for field in ("successors", "probabilities")
    ):
        raise GridempError(
            f"{name!r} is a different world each time it is made; choose one, for example by "
            "map_name=8x8"
        )
    variant = ", ".join([world.maze.name, *words_of(arguments)])
    printable = "".join(c if c.isprintable() else "?" for c in variant[:MAX_NAME_LENGTH])
    return replace(world, maze=world.maze.named(printable))


def words_of(arguments: Mapping[str, Any]) -> list[str]:
    """Arguments of an environment in words for titles, such as "8x8" and "not slippery"."""
    values, flags = [], []
    for key, value in arguments.items():
        name = key.removeprefix("is_").replace("_", " ")
        if isinstance(value, bool):
            flags.append(name if value else f"not {name}")
        elif key == "map_name":
            values.append(str(value))
        else:
            text = " ".join(map(str, value)) if isinstance(value, list) else str(value)
            values.append(f"{name} {text}")
    return values + flags


def unwrapped(env: Any) -> Any:
    """Return an environment without its wrappers; raise a GridempError if it is none."""
    base = getattr(env, "unwrapped", env)
    if not (hasattr(base, "P") or hasattr(base, "step")):
        raise wrong_kind("env", env, "an environment; gymnasium.make(name) makes one")
    return base


def name_of(base: Any) -> str:
    """Id under which an environment is registered, or else the name of its class."""
    spec = getattr(base, "spec", None)
    return type(base).__name__ if spec is None else str(spec.id)


def _no_table(base: Any, name: str) -> str:
    """Error message for an environment without P, with the reason and the remedy."""
    spaces = (getattr(base, f"{kind}_space", None) for kind in ("observation", "action"))
    if any(getattr(getattr(space, "dtype", None), "kind", "") == "f" for space in spaces):
        return (
            f"{name} has no table of transitions P: its states or actions are continuous, not a "
            "finite table; make them finite and give your own P to World.from_transitions"
        )
    return (
        f"{name} has no table of transitions P; give your own to World.from_transitions, or use "
        "an environment that has one, such as FrozenLake-v1"
    )


def _transitions(table: Any, name: str) -> tuple[int, int, list[Transition], set[int]]:
    """S, A, the entries of the table, and the terminal states, which now lead to themselves."""
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
    ended = [(state, a, state, 1.0) for state in sorted(terminal) for a in range(count)]
    return states, count, going + ended, terminal


def _places(base: Any, name: str, states: int, terminal: set[int]) -> tuple[Maze, Indices]:
    """Maze of an environment, with marks on terminal states, and the cell of each state."""
    own = np.arange(states)
    desc = np.asarray(getattr(base, "desc", ()))
    if desc.ndim == 2 and desc.size == states:
        letters = ((place, MARKS.get(bytes(letter))) for place, letter in np.ndenumerate(desc))
        objects = {(place[0], place[1]): letter for place, letter in letters if letter}
        return Maze(np.ones(desc.shape), name=name, objects=objects), own
    if type(base).__name__ == "TaxiEnv":
        text = "\n".join(b"".join(line).decode() for line in desc.tolist())
        maze = parse_maze(text, name, format="taxi")
        rows, cols, *_ = zip(*map(base.decode, range(states)), strict=True)
        return maze, np.ravel_multi_index((rows, cols), maze.shape)
    shape = getattr(base, "shape", ())
    if isinstance(shape, tuple) and len(shape) == 2 and shape[0] * shape[1] == states:
        ends = {divmod(state, shape[1]): "G" for state in sorted(terminal)}
        return Maze(np.ones(shape), name=name, objects=ends), own
    return Maze(np.ones((1, states)), name=name), own


def _value(text: str) -> Any:
    """Value of a Python literal, of `true` or of `false`; any other string as it is."""
    if text in ("true", "false"):
        return text == "true"
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return text
