"""Worlds of environments that have no table of transitions, built by taking their steps."""

import random
import warnings
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from itertools import product
from types import SimpleNamespace
from typing import Any

import numpy as np

from gridemp.arguments import checked_whole
from gridemp.errors import EstimateWarning, GridempError
from gridemp.mazes.maze import Maze
from gridemp.progress import Progress, ignore
from gridemp.typing import Labels
from gridemp.worlds.conditions import Conditions
from gridemp.worlds.environments.copy import EnvironmentCopy, NewGeneratorError
from gridemp.worlds.environments.key import can_be_set, finder_of, key_of, reader_of, state_names
from gridemp.worlds.environments.maze import (
    RowCol,
    checked_place,
    is_like_minigrid,
    maze_of,
    pair_of,
    pairs_in_arrays,
    place_of,
)
from gridemp.worlds.environments.rollouts import check_held, check_inside
from gridemp.worlds.environments.search import Copy, Found, Search
from gridemp.worlds.environments.setter import EnvironmentSetter
from gridemp.worlds.moves import HEADINGS
from gridemp.worlds.unwrapped import ACTIONS, is_continuous, name_of, unwrapped
from gridemp.worlds.world_fields import WorldFields, state_maze, table_fields

MAX_ACTIONS = 1000
MAX_WITHOUT_RETURN = 1000  # states with continuous observations: most likely they have no end

Note = tuple[RowCol | None, list[RowCol | None], int]  # place, other pairs, direction


def environment_fields(
    env: Any,
    actions: Sequence[Any] | Mapping[str, Any] | None,
    key: Callable[[Any], Any] | None,
    cell: Callable[[Any], Any] | None,
    samples: int,
    seed: int,
    max_states: int,
    progress: Progress | None,
) -> WorldFields:
    """Fields of the world of an environment; see `World.from_env` for the arguments."""
    base = unwrapped(env)
    checked_whole("samples", samples, 2)
    checked_whole("max_states", max_states, 1)
    names, taken = _actions(base, actions)
    if not taken:
        raise GridempError("`actions` is empty; give at least one action")
    place = place_of(base) if cell is None else lambda one: checked_place(cell(one))
    pairs = pairs_in_arrays(base) if cell is None else ()

    turns = is_like_minigrid(base)

    def note(one: Any) -> Note:
        others = [pair_of(getattr(one, name, None)) for name in pairs]
        return place(one), others, int(one.agent_dir) if turns else 0

    told = key_of(base, key)
    with _undisturbed():
        copy = _copy(base, hold=told is None)
        read = reader_of(copy, told)
        is_endless = key is None and is_continuous(base)
        without_return = MAX_WITHOUT_RETURN if is_endless else max_states
        compares = key is not None or (told is not None and not state_names(base))
        found: Found | None = None
        try:
            while found is None:
                with suppress(NewGeneratorError):  # then it all begins anew
                    check_inside(copy, None if key is None else read, taken, seed)
                    check_held(copy, read, taken, seed)
                    search = Search(
                        copy,
                        read,
                        note,
                        taken,
                        samples,
                        seed,
                        compares=compares,
                        key="`get_state()`" if key is None else "`key`",
                    )
                    found = search.run(max_states, progress or ignore, without_return)
        finally:
            copy.close()
    if found.is_random:
        warnings.warn(
            f"{copy.name} draws random numbers, so its world is an estimate from {samples} samples "
            "of each random step",
            EstimateWarning,
            stacklevel=3,
        )
    states, count = len(found.notes), len(names)
    maze, cells = _maze(copy.name, found)
    state, action, target, values = found.entries
    fields = table_fields(
        SimpleNamespace(shape=(states, count, states), coords=(state, action, target), data=values),
        names,
        maze,
        cells,
    )
    noise = fields["conditions"].noise
    fields["conditions"] = Conditions(noise=noise, samples=samples if found.is_random else 0)
    fields["finder"] = finder_of(base, told, found.numbers, tuple(copy.held))
    if turns:  # 0 is east
        turned = np.array([note[2] + 1 for note in found.notes], dtype=np.int32)
        fields["heading"] = turned % len(HEADINGS)
    return fields


def beginning_of(env: Any) -> Hashable:
    """Key of the state that an environment is in."""
    base = unwrapped(env)
    told = key_of(base, None)
    with _undisturbed():
        copy = _copy(base, hold=told is None)
        try:
            copy.restore(copy.beginning, 0)
            return reader_of(copy, told)()
        finally:
            copy.close()


def _copy(base: Any, *, hold: bool) -> Copy:
    """Copy of an environment, or the environment itself if only its state can be set."""
    try:
        return EnvironmentCopy(base, state_names(base), hold=hold)
    except GridempError:
        if not can_be_set(base):
            raise
        return EnvironmentSetter(base)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Leave the random numbers of Python and NumPy as they were, and ignore warnings."""
    numbers, others = random.getstate(), np.random.get_state()  # noqa: NPY002
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # environments warn about what does not matter here
        try:
            yield
        finally:
            random.setstate(numbers)
            np.random.set_state(others)  # noqa: NPY002


def _actions(
    base: Any, actions: Sequence[Any] | Mapping[str, Any] | None
) -> tuple[list[str], list[Any]]:
    """Names of the actions, and the actions themselves."""
    if isinstance(actions, Mapping):
        return list(map(str, actions)), list(actions.values())
    if actions is not None and not all(isinstance(each, str) for each in actions):
        return _names(base, list(actions)), list(actions)
    space: Any = getattr(base, "action_space", None)
    if hasattr(space, "n") and np.ndim(space.n) == 0:
        start = int(getattr(space, "start", 0))
        every: list[Any] = list(range(start, start + int(space.n)))
    elif hasattr(space, "nvec") and np.prod(space.nvec) <= MAX_ACTIONS:
        every = [np.array(each) for each in product(*map(range, np.ravel(space.nvec)))]
    else:
        raise GridempError(
            f"the actions of {name_of(base)} cannot be listed; pass the `actions` to take, "
            'with their names, as in actions={"left": ..., "right": ...}'
        )
    if actions is not None and len(actions) != len(every):
        raise GridempError(
            f"`actions` has {len(actions)} names, but {name_of(base)} has {len(every)} actions; "
            "name all of them, or give the numbers of those to keep"
        )
    return (_names(base, every) if actions is None else list(actions)), every


def _names(base: Any, actions: list[Any]) -> list[str]:
    """Names of actions: those that the environment gives to their numbers, or the numbers."""
    numbered: Any = getattr(base, "actions", None)
    known = dict(enumerate(ACTIONS.get(type(base).__name__, ())))
    if hasattr(numbered, "__members__"):  # an Enum, as in MiniGrid
        known = {int(each): each.name for each in numbered}
    texts = [str(each) if np.ndim(each) == 0 else ",".join(map(str, each)) for each in actions]
    return [
        known.get(int(each), text) if np.ndim(each) == 0 and text.isdigit() else text
        for each, text in zip(actions, texts, strict=True)
    ]


def _maze(name: str, found: Found) -> tuple[Maze, Labels]:
    """Maze of the states that were found, and their cells, in order if places are unknown."""
    columns = [[note[0] for note in found.notes]]
    pairs = [list(column) for column in zip(*(note[1] for note in found.notes), strict=True)]
    moving = [column for column in pairs if None not in column and len(set(column)) > 1]
    if len(moving) == 1:
        columns += moving
    for column in columns:
        places = [place for place in column if place is not None]
        if len(places) == len(column):
            ends = {s: reward for s, reward in enumerate(found.rewards) if found.ended[s]}
            return maze_of(name, places, (found.entries[0], found.entries[2]), ends)
    states = len(found.notes)
    return state_maze(states, name), np.arange(states, dtype=np.int32)
