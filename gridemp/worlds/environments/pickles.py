"""Pickles of the attributes of an environment, without what all of its states share.

Functions and classes are found again by their names or as what they are, and so are modules, spaces
and pictures; only a function that holds variables is made anew, since they may be part of a state.
Generators of random numbers are replaced: loading puts new ones with a given seed in their places,
so that a step can be repeated with others, and it can be seen if it draws.
"""

import copyreg
import io
import pickle
from copy import deepcopy
from enum import Enum
from functools import cache
from types import CellType, FunctionType, MethodType
from typing import Any

import numpy as np

from gridemp.worlds.environments.fingerprint import (
    GENERATORS,
    attributes_of,
    contents_of,
    has_name,
    is_no_state,
    is_only_attributes,
    is_space,
)
from gridemp.worlds.environments.generators import generator_state, new_generator

# Methods of objects that decide what becomes of them in pickles.
OWN_METHODS = ("__reduce__", "__reduce_ex__", "__getstate__", "__setstate__", "__getattr__")


class EnvironmentPickle:
    """Pickles of attributes of one environment.

    Parameters
    ----------
    owners : tuple of object
        A copy of the environment and the environment itself; a reference back to one of the two
        becomes one to the copy.
    """

    def __init__(self, owners: tuple[Any, Any]) -> None:
        self.owners = owners
        self.shared: list[Any] = []
        self.kept: list[Any] = []  # what has a number, so that no other gets its identity
        self.numbers: dict[Any, int] = {}
        self.ordinary: set[type] = set()  # kinds of objects that are pickled as usual
        self.generators: dict[type, Any] = {}
        self.space_generators: list[Any] = []
        self.seed = 0
        self.met_another = False  # a generator that has not been put there by `loads`

    def dumps(self, value: Any, *, plain: bool = False) -> bytes:
        """Pickle attributes, or one; raise whatever objects raise that cannot be pickled.

        A plain pickle does not say which parts are one object, so it depends on values alone.
        """
        stream = io.BytesIO()
        pickler = _Pickler(stream, self)
        pickler.fast = plain
        pickler.dump(value)
        return stream.getvalue()

    def loads(self, data: bytes, seed: int) -> dict[str, Any]:
        """Attributes from their pickle, with new generators in `generators`, of this seed."""
        self.seed, self.generators, self.met_another = seed, {}, False
        attributes: dict[str, Any] = _Unpickler(io.BytesIO(data), self).load()
        return attributes

    def number(self, value: Any, like: Any = None) -> int:
        """Number of a shared object, the same for all that are alike."""
        like = value if like is None else like
        if isinstance(value, GENERATORS):
            like = type(value)
            self.met_another |= value is not self.generators.get(like)
        if id(like) not in self.numbers:
            self.numbers[id(like)] = len(self.shared)
            self.shared.append(value)
            self.kept.append(like)
        return self.numbers[id(like)]

    def private(self, value: Any) -> Any:
        """Copy of a space, with generators of random numbers of its own; any other value itself."""
        kind: Any = type(value)
        if not is_space(kind) or id(value) in self.numbers:
            return value
        copied = deepcopy(value)
        number = self.number(copied, value)
        self.numbers[id(copied)] = number
        self._give_generators(copied)
        return copied

    def _give_generators(self, space: Any) -> None:
        """Note the generators of a space and of the spaces in it, with new ones where none are."""
        kind: Any = type(space)
        if is_space(kind):
            if getattr(space, "_np_random", None) is None:
                space._np_random = np.random.default_rng(0)
            self.space_generators.append(space._np_random)
            inner: Any = list(vars(space).values())
        elif isinstance(space, dict):
            inner = space.values()
        else:
            inner = space if isinstance(space, list | tuple) else ()
        for each in inner:
            self._give_generators(each)

    def found(self, number: int) -> Any:
        """Shared object of a number, or the new generator in place of one; -1 is the owner."""
        if number < 0:
            return self.owners[0]
        value = self.shared[number]
        if not isinstance(value, GENERATORS):
            return value
        if type(value) not in self.generators:
            self.generators[type(value)] = new_generator(value, self.seed)
        return self.generators[type(value)]

    def states(self) -> list[Any]:
        """States of the new generators; they differ once one of them has been drawn from."""
        return [generator_state(generator) for generator in self.generators.values()]


def _is_shared(value: Any) -> bool:
    """True for what is not pickled; functions and classes are, if they can be found by name."""
    if isinstance(value, FunctionType | type):
        return not has_name(value)
    kind: Any = type(value)
    return is_no_state(kind)


@cache
def _describes_itself(kind: Any) -> bool:
    """True for a kind of objects that say themselves how to pickle them, perhaps not in full."""
    methods = (getattr(kind, name, None) for name in OWN_METHODS)
    is_own = kind in copyreg.dispatch_table or any(isinstance(f, FunctionType) for f in methods)
    return is_own and is_only_attributes(kind) and not issubclass(kind, Enum)


def _set_attributes(value: Any, attributes: dict[str, Any]) -> None:
    """Give an object its attributes, whatever it does when they are set."""
    for name, attribute in attributes.items():
        object.__setattr__(value, name, attribute)


class _Template:
    """Function in a pickle of another with the same code, which is shared."""

    def __init__(self, number: int) -> None:
        self.number = number


def _function(template: Any, held: list[Any]) -> Any:
    """Function like a template that holds other values."""
    defaults, closure, keywords, attributes = held
    code, names = template.__code__, template.__globals__
    made = FunctionType(code, names, template.__name__, defaults, closure)
    made.__kwdefaults__, made.__qualname__ = keywords, template.__qualname__
    vars(made).update(attributes)
    return made


def _cell() -> CellType:
    """Variable for a function to hold, without a value yet."""
    return CellType()


def _set_cell(cell: CellType, contents: tuple[Any, ...]) -> None:
    """Give a variable its value, if it has one."""
    for value in contents:
        cell.cell_contents = value


def _find(number: int) -> Any:
    """Stand for `EnvironmentPickle.found` in pickles."""
    raise NotImplementedError  # the unpickler has the real one


class _Pickler(pickle.Pickler):
    def __init__(self, stream: io.BytesIO, pickles: EnvironmentPickle) -> None:
        super().__init__(stream, protocol=pickle.HIGHEST_PROTOCOL)
        self.pickles = pickles

    def reducer_override(self, value: Any) -> Any:
        if type(value) in self.pickles.ordinary:
            return NotImplemented
        copied, base = self.pickles.owners
        if value is copied or value is base:
            return _find, (-1,)
        if isinstance(value, FunctionType) and value.__closure__ and not has_name(value):
            held = (value.__defaults__, value.__closure__, value.__kwdefaults__, vars(value))
            template = _Template(self.pickles.number(value, value.__code__))
            return _function, (template, held)
        if isinstance(value, _Template):
            return _find, (value.number,)
        if isinstance(value, CellType):
            contents = contents_of(value)
            # The setter would be given the variable itself, which has no end without a memo.
            return (_cell, contents) if self.fast else (_cell, (), contents, None, None, _set_cell)
        if value is not _find and _is_shared(value):
            return _find, (self.pickles.number(self.pickles.private(value)),)
        kind: Any = type(value)
        if kind is MethodType:
            return self._method(value)
        if _describes_itself(kind):
            made = object.__new__, (kind,), attributes_of(value)
            return made if self.fast else (*made, None, None, _set_attributes)
        if not isinstance(value, type | FunctionType | type(copied)):
            self.pickles.ordinary.add(kind)
        return NotImplemented

    def _method(self, value: MethodType) -> Any:
        """Method by its name, or as a function and its first argument."""
        if getattr(value.__self__, value.__func__.__name__, None) == value:
            return NotImplemented
        return MethodType, (value.__func__, value.__self__)


class _Unpickler(pickle.Unpickler):
    def __init__(self, stream: io.BytesIO, pickles: EnvironmentPickle) -> None:
        super().__init__(stream)
        self.pickles = pickles

    def find_class(self, module: str, name: str) -> Any:
        is_ours = (module, name) == (__name__, _find.__name__)
        return self.pickles.found if is_ours else super().find_class(module, name)
