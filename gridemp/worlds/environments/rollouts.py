"""Rollouts of random steps, which check that the attributes of an environment make up its state."""

from collections.abc import Callable, Hashable, Sequence
from typing import Any

import numpy as np

from gridemp.errors import GridempError
from gridemp.worlds.environments.copy import EnvironmentCopy
from gridemp.worlds.environments.fingerprint import fingerprint
from gridemp.worlds.environments.search import Copy, Key, held_error

ROLLOUTS, ROLLOUT_STEPS = 8, 25


def check_held(copy: Copy, read: Callable[[], Hashable], actions: Sequence[Any], seed: int) -> None:
    """Raise a GridempError if the attributes that are held as at the beginning matter.

    The same steps at random are taken with and without holding them.
    """
    if not copy.held:
        return
    rng = np.random.default_rng(seed)
    for _ in range(ROLLOUTS):
        chosen = [actions[i] for i in rng.integers(len(actions), size=ROLLOUT_STEPS)]
        if _rollout(copy, read, chosen, hold=True) != _rollout(copy, read, chosen, hold=False):
            raise held_error(copy)


def check_inside(
    copy: Copy, read: Callable[[], Hashable] | None, actions: Sequence[Any], seed: int
) -> None:
    """Raise a GridempError if part of the state is kept outside of the attributes.

    Then a step without random numbers is seen to have different results although the attributes
    are the same before it, and after it. `read` is the key that a user gives, which is compared in
    place of the observations.
    """
    if not isinstance(copy, EnvironmentCopy):
        return
    rng = np.random.default_rng(seed)
    known: dict[Hashable, Hashable] = {}
    for _ in range(ROLLOUTS):
        copy.restore(copy.beginning, 0)
        before = frozenset(copy.prints().items())
        for a in rng.integers(len(actions), size=ROLLOUT_STEPS).tolist():
            step = copy.step(actions[a])
            seen = _print(step.seen) if read is None else read(), step.terminated
            after = frozenset(copy.prints().items())
            draws = copy.notice_global_draws() or step.drew
            differs = not draws and known.setdefault((before, a, after), seen) != seen
            if differs or copy.changes_class():
                raise GridempError(
                    f"action {actions[a]!r} has different results in the same state of "
                    f"{copy.name}, so part of its state is kept outside of its attributes, as in "
                    "its class or module; keep all of it in attributes"
                )
            if step.terminated:
                break
            copy.reset_held()
            before = after


def _print(seen: Any) -> bytes:
    """Fingerprint of an observation; empty if it has none."""
    try:
        return fingerprint(seen)
    except Exception:  # objects may refuse it in any way
        return b""


def _rollout(
    copy: Copy, read: Callable[[], Hashable], actions: Sequence[Any], *, hold: bool
) -> list[Key]:
    """Keys of the states on the way of some steps from the beginning, until the episode ends."""
    copy.restore(copy.beginning, 0)
    keys: list[Key] = []
    for action in actions:
        terminated = copy.step(action).terminated
        keys.append((read(), terminated))
        if terminated:
            break
        if hold:
            copy.reset_held()
    return keys
