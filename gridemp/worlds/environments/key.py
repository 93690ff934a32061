"""Keys that tell the states of an environment apart, and the functions that find states by them."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from inspect import signature
from typing import Any

from gridemp.errors import GridempError
from gridemp.worlds.environments.copy import values_of
from gridemp.worlds.environments.fingerprint import fingerprint
from gridemp.worlds.environments.search import Copy, Key
from gridemp.worlds.unwrapped import name_of, unwrapped

# Modules of environments whose state is a number, `s`.
TOY_TEXT = ("gymnasium.envs.toy_text.", "gym.envs.toy_text.")
# Parts of the names of attributes that only pictures need.
DRAWN = ("window", "screen", "clock", "render", "viewer", "surf", "img", "image", "sprite", "font")


def state_names(base: Any) -> tuple[str, ...]:
    """Attributes that are known to make up the state of an environment; empty if none are."""
    fickle = getattr(base, "fickle_passenger", False)  # of a Taxi, with a state of its own
    is_toy = type(base).__module__.startswith(TOY_TEXT) and hasattr(base, "P") and not fickle
    return ("s",) if is_toy else ()


def key_of(base: Any, key: Callable[[Any], Any] | None) -> Callable[[Any], Hashable] | None:
    """Function from an environment to what tells its states apart; None for its attributes.

    It is the given one if there is one. Otherwise it is the number `s` of the environments of toy
    text, or the `get_state()` of environments that have a `set_state()` too.
    """
    if key is not None:
        return lambda env: fingerprint(key(env))
    if state_names(base):
        return lambda env: int(env.s)
    return (lambda env: fingerprint(env.get_state())) if can_be_set(base) else None


def can_be_set(base: Any) -> bool:
    """True for an environment with `get_state()`, which needs no arguments, and `set_state`."""
    getter = getattr(base, "get_state", None)
    return (
        callable(getter)
        and callable(getattr(base, "set_state", None))
        and not signature(getter).parameters
    )


def reader_of(copy: Copy, key: Callable[[Any], Hashable] | None) -> Callable[[], Hashable]:
    """Function that returns the key of the state that a copy is in."""
    if key is None:
        return lambda: tuple(sorted(copy.prints().items()))
    return lambda: key(copy.env)


def finder_of(
    base: Any,
    key: Callable[[Any], Hashable] | None,
    numbers: dict[Key, int],
    left_out: tuple[str, ...],
) -> Callable[[Any], int]:
    """Function from an environment like `base` to the number of its state."""
    ordered = sorted(numbers, key=lambda each: not each[1])  # states that go on come last
    if key is not None:
        return StateByKey(name_of(base), key, {each[0]: numbers[each] for each in ordered})
    prints: dict[Key, dict[str, bytes]] = {each: dict(each[0]) for each in ordered}  # type: ignore
    values: dict[str, set[bytes]] = {}
    for found in prints.values():
        for name in found:
            values.setdefault(name, set()).add(found[name])
    changing = tuple(
        name
        for name, several in sorted(values.items())
        if len(several) > 1 or any(name not in found for found in prints.values())
    )
    same = {name: several for name, several in values.items() if name not in changing}
    by_attributes = {
        tuple(prints[each].get(name, b"") for name in changing): numbers[each] for each in ordered
    }
    return StateByAttributes(name_of(base), same, changing, by_attributes, left_out)


@dataclass(frozen=True)
class StateByKey:
    """Function from an environment to the number of its state, by a key.

    Attributes
    ----------
    name : str
        Name of the environment that the world was made from.
    key : callable
        Function from an environment without wrappers to what tells its states apart.
    numbers : dict
        Number of the state with each key.
    """

    name: str
    key: Callable[[Any], Hashable]
    numbers: dict[Hashable, int]

    def __call__(self, env: Any) -> int:
        """Number of the state; raise a GridempError if the world has none with this key."""
        return _number(self.numbers, self.key(unwrapped(env)), self.name)


@dataclass(frozen=True)
class StateByAttributes:
    """Function from an environment to the number of its state, by its attributes.

    Attributes
    ----------
    name : str
        Name of the environment that the world was made from.
    same : dict
        Fingerprint, as the only one in a set, of each attribute that is the same in all states.
    changing : tuple of str
        Attributes that tell the states apart.
    numbers : dict
        Number of the state with each tuple of their fingerprints.
    left_out : tuple of str
        Counters of steps, rewards and records that are no part of a state, as was checked.
    """

    name: str
    same: dict[str, set[bytes]]
    changing: tuple[str, ...]
    numbers: dict[tuple[bytes, ...], int]
    left_out: tuple[str, ...] = ()

    def __call__(self, env: Any) -> int:
        """Number of the state; raise a GridempError if it is none of this world."""
        base = unwrapped(env)
        found = values_of(base)
        for name, several in self.same.items():
            if any(part in name for part in DRAWN):
                continue
            if name not in found or fingerprint(found[name], base) not in several:
                raise GridempError(
                    f"the `{name}` of {name_of(base)} differs from that of the environment of this "
                    "world; create a world for it with World.from_env"
                )
        key = tuple(
            fingerprint(found[name], base) if name in found else b"" for name in self.changing
        )
        return _number(self.numbers, key, self.name)


def _number(numbers: dict[Any, int], key: Hashable, name: str) -> int:
    """Number of the state with a key; raise a GridempError if there is none."""
    if key not in numbers:
        raise GridempError(
            f"the environment is in a state that the world of {name} does not have; create a new "
            "world with World.from_env while the environment is in this state"
        )
    return numbers[key]
