"""Private copy of an environment, which can be put into any state that it has been in before."""

import re
from collections import deque
from collections.abc import Hashable
from functools import cache
from hashlib import blake2b
from typing import Any

import numpy as np

from gridemp.errors import GridempError
from gridemp.worlds.environments.fingerprint import GENERATORS, fingerprint
from gridemp.worlds.environments.generators import generators_in, put
from gridemp.worlds.environments.outside import LIBRARIES, OutsideGenerators
from gridemp.worlds.environments.pickles import EnvironmentPickle
from gridemp.worlds.environments.step import Step, step_of
from gridemp.worlds.environments.tallies import at_start, changed, is_number, is_tally
from gridemp.worlds.unwrapped import name_of

# Attributes that are not part of a state.
IGNORED = {"spec", "metadata", "render_mode"}
SEED = re.compile(r"\w*(random|rng)_seed")  # of a generator, which may be made in a step
CONTAINERS = (list, dict, set, bytearray, deque, np.ndarray)


class NewGeneratorError(Exception):
    """Steps have made a generator of random numbers, which the beginning now has from the start."""


class EnvironmentCopy:
    """Private copy of an environment, which is only read.

    Parameters
    ----------
    base : gymnasium.Env
        Environment without wrappers, in the state that the copy begins in.
    names : sequence of str
        Attributes that make up the state; if none are given, all of them.
    hold : bool
        If True, counters of steps, rewards and records of what was done last are not part of the
        state, and a restored copy has those of the beginning.
    """

    def __init__(self, base: Any, names: tuple[str, ...] = (), *, hold: bool = True) -> None:
        self.name = name_of(base)
        try:
            self.env = object.__new__(type(base))
            attributes = values_of(base)
        except TypeError:
            raise GridempError(
                f"the states of {self.name} cannot be copied, as it is not an ordinary Python "
                "object; give it methods get_state() and set_state(state)"
            ) from None
        self._pickles = EnvironmentPickle((self.env, base))
        self.held = sorted(
            name
            for name, value in attributes.items()
            if hold and not names and is_tally(name, value)
        )
        self._fixed = {
            # The copy draws no pictures, and samples from spaces of its own.
            name: None if name == "render_mode" else self._pickles.private(value)
            for name, value in attributes.items()
            if (names and name not in names and not isinstance(value, GENERATORS))
            or not matters(name)
        }
        self._global_draws = False
        self._prints: dict[Any, bytes] = {}
        self._class = self._class_print()
        self._tallies = self._dumps({name: at_start(name, attributes[name]) for name in self.held})
        self.beginning = self._dumps(self._parts(attributes))
        self._outside = OutsideGenerators(base, self._pickles.space_generators)
        self._outside_states = self._outside.states()
        try:
            self.restore(self.beginning, 0)
            self._generators = set(generators_in(self.env))
        except Exception as error:  # objects may fail to be made again in any way
            raise GridempError(
                f"the states of {self.name} cannot be copied ({type(error).__name__}: {error}); "
                "give it methods get_state() and set_state(state)"
            ) from None

    def _parts(self, attributes: dict[str, Any]) -> dict[str, Any]:
        """Attributes that make up the state."""
        return {
            name: value
            for name, value in attributes.items()
            if name not in self._fixed and name not in self.held and matters(name)
        }

    def snapshot(self) -> bytes:
        """Record of the state that the copy is in."""
        record = self._dumps(self._parts(vars(self.env)))
        self._adopt_generators()
        return record

    def _adopt_generators(self) -> None:
        """Raise a NewGeneratorError if steps have made generators where there were none.

        Some environments make theirs only when they need it. The beginning gets them first.
        """
        if not self._pickles.met_another:
            return
        self._pickles.met_another = False
        made = {
            path: generator
            for path, generator in generators_in(self.env).items()
            if path not in self._generators
        }
        if made:
            self.restore(self.beginning, 0)
            for path, generator in made.items():
                self._fixed.pop(path[0][1], None)
                put(self.env, path, generator)
            self._generators |= set(made)
            self.beginning = self._dumps(self._parts(vars(self.env)))
            raise NewGeneratorError

    def arrival(self) -> tuple[Hashable, bytes]:
        """Fingerprint of what may differ between states with the same key, and a record with it.

        That is what is held but numbers, or if nothing is held, as with a key, all but tallies.
        """
        attributes = vars(self.env)
        if self.held:
            kept = {name: value for name, value in attributes.items() if name not in self._fixed}
            return self.records(), self._dumps(kept)
        prints = self.prints()
        for name in [name for name in prints if is_tally(name, attributes[name])]:
            del prints[name]
        return tuple(sorted(prints.items())), self.snapshot()

    def records(self) -> Hashable:
        """Fingerprints of what is held, but counters and rewards that are numbers."""
        attributes = vars(self.env)
        return tuple(
            self._print(attributes.get(name))
            for name in self.held
            if not is_number(name, attributes.get(name))
        )

    def change(self, change: int | None) -> bool:
        """Change the counters and rewards of the copy; return False if it has none to change."""
        attributes = vars(self.env)
        new = {
            name: changed(value, change)
            for name, value in attributes.items()
            if name not in self._fixed and is_tally(name, value) and is_number(name, value)
        }
        is_new = any(bool(attributes[name] != value) for name, value in new.items())
        attributes.update(new)
        return is_new

    def restore(self, snapshot: bytes, seed: int) -> None:
        """Put the copy into a recorded state, with new generators of random numbers."""
        attributes = vars(self.env)
        attributes.clear()
        attributes.update(self._fixed)
        self.reset_held()
        attributes.update(self._pickles.loads(snapshot, seed))
        if self._global_draws:
            self._outside.seed(seed)

    def reset_held(self) -> None:
        """Set counters and rewards back to what they were at the beginning."""
        if self.held:
            generators = self._pickles.generators  # those of the other attributes
            vars(self.env).update(self._pickles.loads(self._tallies, 0))
            self._pickles.generators = generators

    def prints(self) -> dict[str, bytes]:
        """Fingerprint of each attribute that makes up the state, by name."""
        parts = self._parts(vars(self.env))
        prints = {name: self._print(value) for name, value in parts.items()}
        self._adopt_generators()
        return {name: prints[name] for name in parts if not isinstance(parts[name], GENERATORS)}

    def _print(self, value: Any) -> bytes:
        """Fingerprint of a value, which is computed once for all values with the same pickle."""
        if value is None or isinstance(value, int | str | np.integer):
            known: Any = value
        else:
            try:
                known = blake2b(self._pickles.dumps(value, plain=True), digest_size=16).digest()
            except Exception:  # such as a circle of objects
                return fingerprint(value, self.env)
        if known not in self._prints:
            self._prints[known] = fingerprint(value, self.env)
        return self._prints[known]

    def step(self, action: Any) -> Step:
        """Take an action; raise a GridempError if the environment cannot."""
        before = self._pickles.states()
        result = step_of(self.env, action, self.name)
        return Step(*result, self._global_draws or self._pickles.states() != before)

    def notice_global_draws(self) -> bool:
        """True if steps since the last call were the first to draw from outside generators."""
        before, self._outside_states = self._outside_states, self._outside.states()
        new = self._outside_states != before and not self._global_draws
        self._global_draws |= new
        return new

    def _class_print(self) -> bytes:
        """Fingerprint of the plain values among the attributes of the class."""
        return fingerprint(class_values(type(self.env), (*CONTAINERS, int, float, str, tuple)))

    def changes_class(self) -> bool:
        """True if steps have changed attributes of the class itself."""
        return self._class_print() != self._class

    def close(self) -> None:
        """Put outside generators back, as nothing else of the environment has been touched."""
        self._outside.restore()

    def _dumps(self, attributes: dict[str, Any]) -> bytes:
        try:
            return self._pickles.dumps(attributes)
        except Exception as error:  # objects may refuse it in any way
            reason = " ".join(f"{type(error).__name__}: {error}".split())
        if len(attributes) > 1:
            for name, value in attributes.items():
                self._dumps({name: value})  # one of them raises the error that names it
        raise GridempError(
            f"the states of {self.name} cannot be copied, because of its attribute "
            f"`{next(iter(attributes))}` ({reason}); give the environment methods get_state() and "
            "set_state(state)"
        )


@cache
def matters(name: str) -> bool:
    """Return False for an attribute that is no part of a state, whatever its value."""
    return name not in IGNORED and not SEED.fullmatch(name)


def values_of(base: Any) -> dict[str, Any]:
    """Attributes of an environment by name, with the lists, sets and arrays of its class.

    A copy gets these as attributes of its own, so that steps do not change them for all.
    """
    return {**class_values(type(base), CONTAINERS), **vars(base)}


def class_values(kind: type, kinds: tuple[type, ...]) -> dict[str, Any]:
    """Attributes of a class and its bases by name, if they are of given kinds."""
    return {
        name: value
        for each in reversed(kind.__mro__)
        if each.__module__.partition(".")[0] not in LIBRARIES
        for name, value in vars(each).items()
        if isinstance(value, kinds) and not name.startswith("__")
    }
