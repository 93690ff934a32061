"""Generators of random numbers that an environment holds: new ones, their states, their places."""

import random
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from gridemp.worlds.environments.fingerprint import GENERATORS, attributes_of, is_no_state

Path = tuple[tuple[bool, Any], ...]  # attributes (True) or items (False), from the outside


def new_generator(like: Any, seed: int) -> Any:
    """New generator of random numbers of the kind of another."""
    kind: Callable[[Any], Any] = type(like)
    if isinstance(like, np.random.Generator):
        return kind(np.random.PCG64(seed))
    return kind(seed)


def generator_state(generator: Any) -> Any:
    """State of a generator of random numbers, to be compared."""
    if isinstance(generator, np.random.Generator):
        return generator.bit_generator.state
    if isinstance(generator, np.random.RandomState):
        return [
            part.tolist() if hasattr(part, "tolist") else part for part in generator.get_state()
        ]
    if isinstance(generator, np.random.BitGenerator):
        return repr(generator.state)
    if isinstance(generator, random.SystemRandom):
        return object()  # it may have been drawn from, which cannot be seen
    return generator.getstate()


def generators_in(owner: Any) -> dict[Path, Any]:
    """Generators in the attributes of an object and in what these hold, by the paths to them."""
    found: dict[Path, Any] = {}
    seen: set[int] = set()
    waiting: list[tuple[Path, Any]] = [((), owner)]
    for path, value in waiting:  # the list grows in the loop
        kind: Any = type(value)
        if isinstance(value, GENERATORS):
            found[path] = value
        elif id(value) not in seen and not is_no_state(kind):
            seen.add(id(value))
            waiting += [((*path, step), part) for step, part in _parts(value)]
    return found


def _parts(value: Any) -> Iterator[tuple[tuple[bool, Any], Any]]:
    """Items and attributes of an object."""
    if isinstance(value, str | bytes | int | float | np.ndarray):
        return
    if isinstance(value, dict):
        yield from (((False, key), part) for key, part in value.items())
    elif isinstance(value, list | tuple):
        yield from (((False, i), part) for i, part in enumerate(value))
    yield from (((True, name), part) for name, part in attributes_of(value).items())


def put(owner: Any, path: Path, generator: Any) -> None:
    """Put a generator where a path leads, if the object on the way to it is there."""
    *outer, (is_attribute, name) = path
    try:
        for inner, step in outer:
            owner = getattr(owner, step) if inner else owner[step]
        if is_attribute:
            object.__setattr__(owner, name, generator)
        else:
            owner[name] = generator
    except (AttributeError, LookupError, TypeError):
        pass
