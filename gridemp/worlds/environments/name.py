"""Worlds of environments that are given by their names in Gymnasium."""

import ast
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl

import numpy as np

from gridemp.arguments import checked_whole
from gridemp.errors import GridempError, import_extra, missing_extra
from gridemp.mazes.maze import Maze
from gridemp.mazes.maze_hash import maze_hash
from gridemp.progress import Progress
from gridemp.worlds.environments.fields import beginning_of
from gridemp.worlds.gymnasium import from_gymnasium, no_table
from gridemp.worlds.minigrid import from_minigrid
from gridemp.worlds.unwrapped import is_continuous, name_of, unwrapped
from gridemp.worlds.world import World

GYM = "gym:"  # before the name of an environment where a maze could stand
MINIGRID = ("MiniGrid-", "BabyAI-")  # the beginnings of the names of its environments
MINIGRID_FIELDS = ("grid", "agent_pos", "agent_dir", "carrying")
SEEDS = range(5)  # of the resets that are compared
MAX_NAME_LENGTH = 100


def make_world(name: str, progress: Progress | None = None, within: int | None = None) -> World:
    """World of an environment given by its name in Gymnasium.

    Parameters
    ----------
    name : str
        Id of the environment, with the module that registers it before a colon if need be, as in
        `minigrid:MiniGrid-DoorKey-5x5-v0?seed=0`. After a question mark there may be keyword
        arguments for `gymnasium.make`, as in `FrozenLake-v1?is_slippery=False&map_name=8x8`, and
        the `seed` for `reset`. Values are Python literals, `true` or `false`; anything else is a
        string.
    progress : callable, optional
        Called with the fraction done, from 0 to 1, if the world is built by taking steps.
    within : int, optional
        Longest horizon for which the world of a MiniGrid environment has to be valid.

    Returns
    -------
    World
        World of `from_gymnasium` if the environment has a table of transitions, of `from_minigrid`
        if it is one of MiniGrid, and otherwise of `World.from_env`.

    Raises
    ------
    MissingExtra
        If Gymnasium or MiniGrid is not installed.
    GridempError
        If Gymnasium cannot make the environment, it is a different world each time, or it cannot
        be read.
    """
    with quiet_gymnasium(name):
        make, arguments = maker_of(name)
        made_of = _checked(make, name, arguments.get("seed"), within)
    if isinstance(made_of, World):
        world = made_of
    else:  # outside of the filters above, as it may warn of an estimate
        with closing(made_of) as env:
            world = World.from_env(env, progress=progress)
    variant = ", ".join([world.maze.name, *words_of(arguments)])
    printable = "".join(c if c.isprintable() else "?" for c in variant[:MAX_NAME_LENGTH])
    return replace(world, maze=world.maze.named(printable))


@contextmanager
def quiet_gymnasium(name: str) -> Iterator[None]:
    """Context in which Gymnasium warns of no versions and wrappers, which do not matter here."""
    with warnings.catch_warnings():
        try:
            import gymnasium  # noqa: F401 - installs warning filters, so ours comes after it
        except ImportError:
            raise missing_extra("gymnasium", f"gym:{name}", "gymnasium") from None
        warnings.simplefilter("ignore")
        yield


def maker_of(name: str) -> tuple[Callable[..., Any], dict[str, Any]]:
    """Function that makes an environment, and the arguments in its name.

    Keyword arguments of the function are added to those of `gymnasium.make`.
    """
    import gymnasium

    made, _, query = name.partition("?")
    try:
        options = parse_qsl(query, keep_blank_values=True, strict_parsing=bool(query))
    except ValueError:
        raise GridempError(
            f"{query!r} is not a list of options; write them as in "
            "FrozenLake-v1?is_slippery=False&map_name=8x8"
        ) from None
    arguments = {key: _value(text) for key, text in options}
    if arguments.get("seed") is not None:
        checked_whole("seed", arguments["seed"])
    if made.removeprefix("minigrid:").startswith(MINIGRID):
        import_extra("minigrid", f"gym:{name}", "minigrid")

    def make(**more: Any) -> Any:
        own = {key: value for key, value in arguments.items() if key != "seed"} | more
        try:
            return gymnasium.make(made, **own)
        except Exception as error:  # environments may raise anything
            reason = _reason(error, own)
            raise GridempError(f"gymnasium cannot make {name!r}; {reason}") from None

    return make, arguments


def _reason(error: Exception, arguments: Mapping[str, Any]) -> str:
    """Reason in words for which an environment cannot be made."""
    if isinstance(error, KeyError):  # it says only what was looked up
        for key, value in arguments.items():
            if error.args == (value,):
                return (
                    f"its {key} cannot be {value!r}; leave it out, or choose one of the values in "
                    "the documentation of the environment"
                )
    return " ".join(f"{type(error).__name__}: {error}".split())


def _checked(make: Callable[[], Any], name: str, seed: int | None, within: int | None) -> Any:
    """World of an environment, or the environment itself after its reset if that has no world yet.

    It is checked that it is the same one each time, unless a seed is given.
    """
    env = make()
    base = unwrapped(env)
    is_minigrid = all(hasattr(base, field) for field in MINIGRID_FIELDS)
    if hasattr(base, "P"):
        with closing(env), closing(make()) as again:
            worlds = from_gymnasium(env), from_gymnasium(again)
        if not _equal(*worlds):
            raise GridempError(
                f"{name!r} is a different world each time it is made; choose one, for example by "
                "map_name=8x8"
            )
        return worlds[0]
    if not is_minigrid and is_continuous(base):
        raise GridempError(no_table(base, name_of(base)))
    beginnings: list[Any] = []
    marked: set[tuple[int, int]] = set()
    for one in reversed(SEEDS) if seed is None else [seed]:
        env.reset(seed=one)
        if is_minigrid:
            world = from_minigrid(env, within=within)
            objects = world.maze.objects
            marked |= {place for place, letter in objects.items() if letter == "S"}
            beginnings.append(replace(world, maze=_without_start(world.maze)))
        else:
            beginnings.append(beginning_of(env))
        if not _equal(beginnings[0], beginnings[-1]):
            raise GridempError(
                f"{name!r} starts differently each time; set the seed of its reset, as in "
                f"gym:{name}{'&' if '?' in name else '?'}seed=0"
            )
    return (world if len(marked) == 1 else beginnings[-1]) if is_minigrid else env


def _without_start(maze: Maze) -> Maze:
    """Return the maze without the mark on its start."""
    objects = {place: letter for place, letter in maze.objects.items() if letter != "S"}
    walls = maze.wall_right, maze.wall_below
    return Maze(maze.floor, *walls, name=maze.name, objects=objects)


def _equal(one: Any, other: Any) -> bool:
    """True for worlds of the same mazes and transitions, and for other values that are equal."""
    if not isinstance(one, World):
        return bool(one == other)
    return maze_hash(one.maze) == maze_hash(other.maze) and all(
        np.array_equal(getattr(one, field), getattr(other, field))
        for field in ("successors", "probabilities", "cell")
    )


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


def _value(text: str) -> Any:
    """Value of a Python literal, of `true` or of `false`; any other string as it is."""
    if text in ("true", "false"):
        return text == "true"
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return text
