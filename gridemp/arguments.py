"""Checks of arguments, whose errors say which argument is wrong and what to pass instead.

The annotations of a public function say what kinds of arguments it takes. Its first line is
`check_kinds(function, locals())`, which turns a wrong kind into a GridempError, so that no error
comes from deep inside. Ranges and shapes are checked where the values are used.
"""

import operator
from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from inspect import Parameter, signature
from numbers import Number, Real
from pathlib import Path, PurePath
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gridemp.errors import GridempError
from gridemp.typing import Array

# NumPy's names of types are unions and classes, or, since NumPy 2.5, aliases that stand for them.
ARRAY_LIKE = set(get_args(ArrayLike)) or {ArrayLike}
MAX_QUOTED = 40  # characters of a wrong string
WORDS = {
    bool: "True or False",
    float: "a number",
    int: "a whole number",
    str: "a str",
    Path: "the path of a file",
    NoneType: "None",
}
PLURALS = {float: "numbers", int: "whole numbers", tuple[int, int]: "cells (x, y)"}
# What to pass where a class of ours is needed.
MAKERS = {
    "Agent": "agents.Agent(world, horizon) makes one",
    "Alternation": "analysis.cell_alternation computes one",
    "Audit": "deep.audit makes one",
    "CellSource": "analysis.cell_source computes one",
    "Columns": "logs.read_columns reads them from a file",
    "EmpowermentCurve": "analysis.empowerment_curve computes one",
    "EmpowermentMap": "empowerment(world, horizon) computes one",
    "ExplorationRecord": "agents.explore returns one",
    "Explorer": "agents.Explorer(world, horizon) makes one",
    "Flow": "agents.flow computes one",
    "Generator": "numpy.random.default_rng(seed) makes one",
    "LanderMap": "lander.lander_map computes one",
    "LearnedBound": "deep.train returns one",
    "LearningCurve": "logs.measure computes one",
    "Maze": "load_maze reads one, and parse_maze makes one from text",
    "PhaseDiagram": "sweeps.phase_diagram makes one",
    "Repertoire": "analysis.cell_repertoire returns one",
    "Sensitivity": "analysis.sensitivity computes one",
    "Skills": "analysis.cell_skills finds them",
    "StoredMaps": "sweeps.open_maps opens them",
    "Walk": "agents.walk returns one",
    "Windows": "logs.windows_of_rows and logs.windows_of_frames make them",
    "World": "World.from_maze makes one",
}


def check_kinds(function: Callable[..., Any], arguments: Mapping[str, Any], *own: str) -> None:
    """Raise a GridempError unless arguments are of the kinds that a function takes.

    Parameters
    ----------
    function : callable
        A function or a class with annotations. An array may be anything that NumPy turns into an
        array of numbers, a sequence any iterable but a str, and a path may be a str. Other
        annotations than those of arrays, numbers, strings, paths, callables, sequences and classes
        are not checked.
    arguments : mapping of str to object
        Its arguments by name, such as `locals()` at its beginning; other names are ignored. Those
        of a parameter such as `**options: Unpack[WorldOptions]` are checked for their names too.
    *own : str
        Names of arguments that the function checks itself, with sentences that say more.

    Examples
    --------
    >>> import gridemp
    >>> gridemp.empowerment("klyubin", 5)
    Traceback (most recent call last):
    ...
    gridemp.errors.GridempError: `world` must be a World, not 'klyubin'; World.from_maze makes one
    """
    kinds_of, collector = _parameters(function)
    options = arguments.get(collector, {})
    for name in options:
        if name not in kinds_of:
            raise _unknown(function, name, list(kinds_of))
    arguments = {**arguments, **options}
    for name, kinds in kinds_of.items():
        if name in own or name not in arguments:
            continue
        if not any(_is_of(arguments[name], kind) for kind in kinds):
            raise _wrong_kind(name, arguments[name], kinds)


@cache
def _parameters(function: Callable[..., Any]) -> tuple[dict[str, tuple[Any, ...]], str]:
    """Kinds that each argument of a function may be of, and the name that collects keywords."""
    annotations: dict[str, Any] = {}
    optional: set[str] = set()
    collector = ""
    for name, parameter in signature(function).parameters.items():
        if parameter.kind is Parameter.VAR_KEYWORD:
            collector = name
            (options,) = get_args(parameter.annotation)  # of Unpack
            annotations |= get_type_hints(options)
        else:
            annotations[name] = parameter.annotation
            optional |= {name} if parameter.default is None else set()
    kinds_of: dict[str, tuple[Any, ...]] = {}
    for name, kind in annotations.items():
        kinds = get_args(kind) if get_origin(kind) in (Union, UnionType) else (kind,)
        if set(kinds) >= ARRAY_LIKE:
            kinds = (np.ndarray, *(each for each in kinds if each is NoneType))
        kinds_of[name] = (*kinds, NoneType) if name in optional else kinds
    return kinds_of, collector


def _unknown(function: Callable[..., Any], name: str, known: list[str]) -> GridempError:
    """Error for a keyword argument that a function does not have."""
    near = get_close_matches(name, known, n=1)
    hint = f"did you mean `{near[0]}`?" if near else f"it has {', '.join(known)}"
    return GridempError(f"{function.__name__} has no argument `{name}`; {hint}")


def _origin(kind: Any) -> Any:
    """Class of a kind without the kinds of its items, such as `list` of `list[int]`."""
    origin = get_origin(kind) or kind
    meant = getattr(origin, "__value__", origin)  # of an alias
    return get_origin(meant) or meant


def _is_of(value: Any, kind: Any) -> bool:
    """True if a value is of a kind, or the kind is not one of those that are checked."""
    origin = _origin(kind)
    if origin in (Any, Parameter.empty) or not isinstance(origin, type):
        return True
    if origin is np.ndarray:
        array = numbers_in(value)
        return array is not None and array.ndim > 0
    if _is_sequence(origin):
        return _is_sequence_of(value, origin, get_args(kind))
    if origin is int:
        try:
            operator.index(value)
        except TypeError:
            return False
        return True
    if origin is bool:
        return isinstance(value, int | np.bool_) and value in (0, 1)
    wider: dict[type, Any] = {float: Real, Path: (str, Path)}
    return isinstance(value, wider.get(origin, origin))


def _is_sequence(kind: type) -> bool:
    """True for kinds of arguments that may be any list, tuple or array; named tuples are none."""
    record = issubclass(kind, tuple) and hasattr(kind, "_fields")
    return issubclass(kind, Iterable) and not (issubclass(kind, str | Mapping) or record)


def _is_sequence_of(value: Any, origin: type, items: tuple[Any, ...]) -> bool:
    """True if a value can be gone through, and holds items of these kinds."""
    if isinstance(value, str | bytes) or not isinstance(value, Iterable):
        return False
    if isinstance(value, Iterator):
        return origin is Iterable
    if isinstance(value, np.ndarray) and value.ndim == 0:
        return False
    if origin is tuple and items and Ellipsis not in items:
        return len(list(value)) == len(items) and all(map(_is_of, value, items))
    return all(_is_of(each, item) for item in items[:1] for each in value)


def _wrong_kind(name: str, value: Any, kinds: tuple[Any, ...]) -> GridempError:
    """Error that names the argument and the kinds that it takes."""
    needed = " or ".join(dict.fromkeys(map(_words, kinds)))
    for kind in kinds:
        single = str if Any in get_args(kind) else (str, Number)
        if isinstance(value, single) and _is_of([value], kind):
            return wrong_kind(name, value, f"{needed}; give a list, such as [{described(value)}]")
        own = getattr(value, _name(kind).lower(), None)
        if _name(kind) in MAKERS and isinstance(own, kind):
            return wrong_kind(name, value, f"{needed}; pass its `{_name(kind).lower()}`")
        if _name(kind) in MAKERS:
            return wrong_kind(name, value, f"{needed}; {MAKERS[_name(kind)]}")
    return wrong_kind(name, value, needed)


def _words(kind: Any) -> str:
    """Words for a kind of arguments, such as "a World" or "a list of whole numbers"."""
    origin = _origin(kind)
    if origin in WORDS:
        return WORDS[origin]
    if origin is np.ndarray:
        return "an array of numbers"
    if origin is Callable:
        return "a function"
    if _is_sequence(origin):
        items = get_args(kind)
        if origin is tuple and len(items) == 2 and Ellipsis not in items:
            return f"two {PLURALS.get(items[0], 'items')}"
        named = items and items[0] is not Any
        return f"a list of {PLURALS.get(items[0]) or _name(items[0])}" if named else "a list"
    return _with_article(_name(origin))


def _name(kind: Any) -> str:
    return getattr(kind, "__name__", "")


def _with_article(noun: str) -> str:
    return f"{'an' if noun[:1] in 'AEIOUaeiou' else 'a'} {noun}"


def require(name: str, value: object, kinds: type | tuple[type, ...], needed: str) -> None:
    """Raise a GridempError unless an argument is of one of these kinds.

    Parameters
    ----------
    name : str
        Name of the argument.
    value : object
        The argument.
    kinds : type or tuple of types
        The right kinds.
    needed : str
        Words for what to pass, such as "a World; World.from_maze makes one". What follows a
        semicolon stands at the end of the message.
    """
    if not isinstance(value, kinds):
        raise wrong_kind(name, value, needed)


def wrong_kind(name: str, value: object, needed: str) -> GridempError:
    """Error for an argument of the wrong kind; see `require` for the parameters."""
    kind, _, remedy = needed.partition("; ")
    message = f"`{name}` must be {kind}, not {described(value)}"
    return GridempError(f"{message}; {remedy}" if remedy else message)


def checked_whole(name: str, value: object, least: int = 0) -> int:
    """Return an argument as an int; raise a GridempError unless it is a whole number >= `least`."""
    try:
        number = operator.index(value)  # type: ignore[arg-type]
    except TypeError:
        number = least - 1
    if number < least:
        raise GridempError(
            f"`{name}` must be a whole number, {least} or more, not {described(value)}"
        )
    return number


def numbers_in(values: Any) -> NDArray[Any] | None:
    """Array of the numbers or truth values that are given; None if anything else is."""
    try:
        array = np.asarray(values)
    except (TypeError, ValueError):  # ragged
        return None
    return array if array.dtype.kind in "biuf" else None


def checked_numbers(name: str, values: Any, axes: int | None = None) -> Array:
    """Return an argument as an array of float.

    Raises
    ------
    GridempError
        If it holds anything but numbers, or does not have this number of axes; if `axes` is None,
        one is enough.
    """
    array = numbers_in(values)
    if array is None or array.ndim == 0 or axes not in (None, array.ndim):
        shape = "" if axes is None else f" with {axes} {'axis' if axes == 1 else 'axes'}"
        raise wrong_kind(name, values, f"an array of numbers{shape}")
    return array.astype(float, copy=False)


def described(value: object) -> str:
    """Words for a value, such as "5", "'klyubin'", "a Maze" or "an array of shape (2, 3)"."""
    if isinstance(value, str):
        return repr(value if len(value) <= MAX_QUOTED else f"{value[:MAX_QUOTED]}...")
    if value is None or isinstance(value, Number):
        return str(value)
    if isinstance(value, PurePath):
        return f"the path {value}"
    if isinstance(value, type):
        return f"the class {value.__name__}"
    if isinstance(value, list | tuple) and len(text := str(value)) <= MAX_QUOTED:
        return text
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}" if value.ndim else str(value)
    return _with_article(type(value).__name__)
