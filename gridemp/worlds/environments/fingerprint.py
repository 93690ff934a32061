"""Fingerprints of values: equal for equal values, and different for all others.

Values are equal if Python compares them as equal, number by number: 1, 1.0 and True are the same,
and so are a tuple and an array of the same numbers, since environments use them interchangeably. An
object is told apart by its class and its attributes, and by what it would be pickled as if it is
more than these, such as a deque. A function is told apart by its name; one that cannot be found by
it, by its code and the variables that it holds. What is not part of a state has a fingerprint that
never changes: modules, the spaces of Gymnasium, and the pictures, clocks and sounds of pygame.
Generators of random numbers have that of None, as some environments make theirs only in a step.
"""

import random
import sys
from enum import Enum
from functools import cache, reduce
from hashlib import blake2b
from types import (
    BuiltinFunctionType,
    CellType,
    CodeType,
    FunctionType,
    MappingProxyType,
    MethodType,
    ModuleType,
)
from typing import Any

import numpy as np

SMALL = 64  # items of an array that is compared with a list, item by item
GENERATORS = (np.random.Generator, np.random.RandomState, np.random.BitGenerator, random.Random)
SPACES = ("gymnasium.spaces.", "gym.spaces.")  # modules
DRAWING = {"Surface", "Clock", "Font", "Window", "Renderer", "Texture", "Sound", "Channel"}


def fingerprint(value: Any, owner: Any = None) -> bytes:
    """Fingerprint of a value, 16 bytes.

    Parameters
    ----------
    value : object
        Value, which may hold others to any depth.
    owner : object, optional
        Object that the value belongs to; references back to it are not followed.
    """
    text = repr(_plain(value, {id(owner): 0}))
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


@cache
def is_space(kind: type) -> bool:
    """True for the spaces of Gymnasium."""
    return any(
        each.__name__ == "Space" and each.__module__.startswith(SPACES) for each in kind.__mro__
    )


@cache
def is_no_state(kind: Any) -> bool:
    """True for a kind of objects that are not part of the state of an environment."""
    return (
        issubclass(kind, (*GENERATORS, ModuleType))
        or is_space(kind)
        or any(
            each.__name__ in DRAWING and each.__module__.partition(".")[0] == "pygame"
            for each in kind.__mro__
        )
    )


def has_name(value: Any) -> bool:
    """True for a function or a class that can be found by its name in its module."""
    try:
        found = reduce(getattr, value.__qualname__.split("."), sys.modules[value.__module__])
    except (AttributeError, KeyError):
        return False
    return found is value


@cache
def is_only_attributes(kind: type) -> bool:
    """True for a kind of objects that are no more than their attributes, as of most classes."""
    try:
        object.__new__(kind)
    except TypeError:  # an object of this kind holds something more, as a deque does
        return False
    return True


def _plain(value: Any, outer: dict[int, int]) -> Any:
    """Value as nested tuples of numbers and strings; `outer` holds the depths of its owners."""
    if isinstance(value, GENERATORS):
        return None
    if value is None or isinstance(value, str | bytes):
        return value
    if isinstance(value, Enum):
        return (type(value).__qualname__, value.name)
    if isinstance(value, bool | int | np.bool_ | np.integer):
        return int(value)
    if isinstance(value, float | np.floating):
        number = float(value)
        return int(number) if number.is_integer() else number
    kind: Any = type(value)
    if is_no_state(kind):
        return ("outside",)
    if id(value) in outer:
        return ("owner", outer[id(value)])
    inner = {**outer, id(value): len(outer)}
    if isinstance(value, np.ndarray):
        return _array(value, inner)
    if isinstance(value, type | FunctionType | MethodType | BuiltinFunctionType):
        return _callable(value, inner)
    return (*_items(value, inner), *_attributes(value, inner))


def _array(value: Any, inner: dict[int, int]) -> Any:
    """Shape and numbers of a large array, or the items of any other."""
    if value.dtype.kind in "biuf" and value.size > SMALL:
        kept = value.astype(float) + 0.0 if value.dtype.kind == "f" else value.astype(np.int64)
        return ("array", value.shape, kept.tobytes())
    return _plain(value.tolist(), inner)


def _callable(value: Any, inner: dict[int, int]) -> tuple[Any, ...]:
    """Name of a function, method or class, and what else it holds."""
    if isinstance(value, MethodType | BuiltinFunctionType):
        function = getattr(value, "__func__", value)
        return ("method", function.__qualname__, _plain(value.__self__, inner))
    name = ("function", value.__module__, value.__qualname__)
    if isinstance(value, type) or has_name(value):
        return name
    held = (value.__defaults__, value.__kwdefaults__, value.__closure__, vars(value))
    return (*name, *_code(value.__code__), _plain(held, inner))


def _code(code: CodeType) -> tuple[Any, ...]:
    """Instructions of a function, and the names and constants in them."""
    constants = [
        _code(each) if isinstance(each, CodeType) else repr(each) for each in code.co_consts
    ]
    return code.co_firstlineno, code.co_code, code.co_names, *constants


def _items(value: Any, inner: dict[int, int]) -> tuple[Any, ...]:
    """Kind and items of a container, or the class of any other object."""
    if isinstance(value, list | tuple):
        return ("list", *(_plain(item, inner) for item in value))
    if isinstance(value, dict | MappingProxyType):
        items = ((_plain(key, inner), _plain(item, inner)) for key, item in value.items())
        return ("dict", *sorted(items, key=repr))
    if isinstance(value, set | frozenset):
        return ("set", *sorted((_plain(item, inner) for item in value), key=repr))
    if isinstance(value, CellType):  # a variable that a function holds
        return ("cell", *(_plain(item, inner) for item in contents_of(value)))
    kind: Any = type(value)
    name = f"{kind.__module__}.{kind.__qualname__}"
    if is_only_attributes(kind):
        return ("object", name)
    made = value.__reduce_ex__(4)
    parts = made if isinstance(made, str) else [_part(part, inner) for part in made]
    return ("object", name, *parts)


def contents_of(cell: CellType) -> tuple[Any, ...]:
    """Value of a variable that a function holds, or nothing if it has none yet."""
    try:
        return (cell.cell_contents,)
    except ValueError:
        return ()


def _part(part: Any, inner: dict[int, int]) -> Any:
    """Part of what an object is made of; iterators are read."""
    return _plain(list(part) if hasattr(part, "__next__") else part, inner)


def _attributes(value: Any, inner: dict[int, int]) -> list[Any]:
    """Names and values of the attributes of an object, in the order of the names.

    An attribute that is None is left out if the object would have None without it, too.
    """
    parts = [(name, _plain(part, inner)) for name, part in sorted(attributes_of(value).items())]
    kind = type(value)
    return [each for each in parts if each[1] is not None or getattr(kind, each[0], None)]


def attributes_of(value: Any) -> dict[str, Any]:
    """Attributes of an object by name, those in slots included."""
    found = dict(getattr(value, "__dict__", {}))
    for kind in type(value).__mro__:
        slots = kind.__dict__.get("__slots__", ())
        for name in (slots,) if isinstance(slots, str) else slots:
            if name not in ("__dict__", "__weakref__") and hasattr(value, name):
                found[name] = getattr(value, name)
    return found
