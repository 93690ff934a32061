"""Steps of environments."""

from typing import Any, NamedTuple

import numpy as np

from gridemp.arguments import described
from gridemp.errors import GridempError


class Step(NamedTuple):
    """Observation after a step, whether the episode ended, the reward, and whether it drew."""

    seen: Any
    terminated: bool
    reward: float
    drew: bool


def step_of(env: Any, action: Any, name: str) -> tuple[Any, bool, float]:
    """Observation after an action, whether it ends the episode, and its largest reward."""
    problem = f"{name} cannot take action {action!r}"
    try:
        result = env.step(action)
    except Exception as error:  # environments may raise anything
        reason = " ".join(f"{type(error).__name__}: {error}".split())
        raise GridempError(
            f"{problem}, as its step() raises {reason}; call its reset() first, and choose "
            "`actions` that it can take"
        ) from None
    try:
        seen, reward, terminated, *rest = result
        if len(rest) == 1:  # the interface of gym before 0.26, where a time limit ends it too
            terminated = terminated and not rest[0].get("TimeLimit.truncated", False)
        return seen, bool(terminated), float(np.max(reward))
    except Exception:  # environments may return anything
        raise GridempError(
            f"{problem}, as its step() returns {described(result)}; it must return an observation, "
            "a reward, whether the episode is terminated, whether it is truncated, and a dictionary"
        ) from None
