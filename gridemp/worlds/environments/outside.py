"""Generators of random numbers that an environment draws from though they are not its attributes.

They are those of Python and NumPy, those in the modules of the environment's classes and in
variables that its methods hold, and those that it is told of. They are seeded in place, and put
back in the end.
"""

import random
import sys
from collections.abc import Iterable, Iterator
from types import FunctionType
from typing import Any

import numpy as np

from gridemp.worlds.environments.fingerprint import GENERATORS, contents_of

LIBRARIES = ("gymnasium", "gym", "builtins", "random", "numpy")


class OutsideGenerators:
    """Generators of random numbers around an environment.

    Parameters
    ----------
    base : gymnasium.Env
        Environment without wrappers.
    others : iterable
        More generators.
    """

    def __init__(self, base: Any, others: Iterable[Any] = ()) -> None:
        found = {id(each): each for each in (*others, *_around(type(base)))}
        self.generators = [
            each for each in found.values() if not isinstance(each, random.SystemRandom)
        ]
        self.kept = [_state_of(each) for each in self.generators]

    def states(self) -> list[Any]:
        """States of all generators, to be compared."""
        state: Any = np.random.get_state()  # noqa: NPY002, environments draw from there
        python = random.getstate(), bytes(state[1]), state[2:]
        return [*python, *(repr(_state_of(each)) for each in self.generators)]

    def seed(self, seed: int) -> None:
        """Give all generators a new seed."""
        random.seed(seed)
        np.random.seed(seed)  # noqa: NPY002
        for each in self.generators:
            if isinstance(each, np.random.RandomState | random.Random):
                each.seed(seed)
            else:
                bits = getattr(each, "bit_generator", each)
                bits.state = type(bits)(seed).state

    def restore(self) -> None:
        """Put the generators, but those of Python and NumPy, back to where they were."""
        for each, state in zip(self.generators, self.kept, strict=True):
            if isinstance(each, np.random.RandomState):
                each.set_state(state)
            elif isinstance(each, random.Random):
                each.setstate(state)
            else:
                getattr(each, "bit_generator", each).state = state


def _state_of(generator: Any) -> Any:
    """State of a generator."""
    if isinstance(generator, np.random.RandomState):
        return generator.get_state()
    if isinstance(generator, random.Random):
        return generator.getstate()
    return getattr(generator, "bit_generator", generator).state


def _around(kind: type) -> Iterator[Any]:
    """Generators in the modules of a class and its bases, and in what their methods hold."""
    for each in kind.__mro__:
        if each.__module__.partition(".")[0] in LIBRARIES:
            continue
        values = [*vars(sys.modules.get(each.__module__, each)).values(), *vars(each).values()]
        for value in vars(each).values():
            if isinstance(value, FunctionType):
                values += [held for cell in value.__closure__ or () for held in contents_of(cell)]
        yield from (value for value in values if isinstance(value, GENERATORS))
