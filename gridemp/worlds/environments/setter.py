"""Environments whose state can be set, which take the place of copies."""

from collections.abc import Hashable
from copy import deepcopy
from typing import Any

import numpy as np

from gridemp.worlds.environments.copy import CONTAINERS
from gridemp.worlds.environments.fingerprint import GENERATORS, attributes_of, fingerprint
from gridemp.worlds.environments.outside import OutsideGenerators
from gridemp.worlds.environments.step import Step, step_of
from gridemp.worlds.unwrapped import name_of

PLAIN = (*CONTAINERS, tuple)


class EnvironmentSetter:
    """Environment with `get_state` and `set_state`, for one that `EnvironmentCopy` cannot copy.

    It is the environment itself. `close` puts back its state, its attributes, as far as they can be
    copied, and its generators of random numbers; what else changes, such as files, cannot be.

    Parameters
    ----------
    base : gymnasium.Env
        Environment without wrappers.
    """

    def __init__(self, base: Any) -> None:
        self.name, self.env = name_of(base), base
        self.held: list[str] = []
        self.beginning = self.snapshot()
        self._kept = {name: _copied(value) for name, value in vars(base).items()}
        if getattr(base, "_np_random", 0) is None:  # it would be made when it is needed
            base._np_random = np.random.default_rng(0)
        values = list(vars(base).values())
        inner = [value for each in values for value in attributes_of(each).values()]
        own = [value for value in [*values, *inner] if isinstance(value, GENERATORS)]
        self._outside = OutsideGenerators(base, own)

    def snapshot(self) -> Any:
        """Record of the state that the environment is in."""
        return deepcopy(self.env.get_state())

    def restore(self, snapshot: Any, seed: int) -> None:
        """Put the environment into a recorded state, with a new generator of random numbers."""
        self.env.set_state(deepcopy(snapshot))
        self._outside.seed(seed)

    def arrival(self) -> tuple[Hashable, Any]:
        """Fingerprint of the state, and a record of it."""
        return self.prints()["get_state"], self.snapshot()

    def prints(self) -> dict[str, bytes]:
        """Fingerprint of the state."""
        return {"get_state": fingerprint(self.env.get_state())}

    def reset_held(self) -> None:
        """Do nothing, as `get_state` says what belongs to a state."""

    def step(self, action: Any) -> Step:
        """Take an action; raise a GridempError if the environment cannot."""
        before = self._outside.states()
        result = step_of(self.env, action, self.name)
        return Step(*result, self._outside.states() != before)

    def notice_global_draws(self) -> bool:
        """Return False, as every step shows if it draws."""
        return False

    def close(self) -> None:
        """Put the environment back into the state in which it was given."""
        self.env.set_state(self.beginning)
        attributes = vars(self.env)
        for name in [name for name in attributes if name not in self._kept]:
            del attributes[name]
        attributes.update(self._kept)
        self._outside.restore()

    def records(self) -> Hashable:
        """Nothing, as no attribute is held."""
        return ()

    def change(self, change: int | None) -> bool:
        """Return False, as attributes are not changed."""
        return False


def _copied(value: Any) -> Any:
    """Copy of an attribute, or the attribute itself if it is no plain value."""
    try:
        return deepcopy(value) if isinstance(value, PLAIN) else value
    except Exception:  # objects inside may refuse it in any way
        return value
