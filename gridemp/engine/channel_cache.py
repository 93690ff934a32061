"""Cache of results that depend on a channel, each computed once for all equal windows.

Windows with equal keys have the same channel (see `channel.Window`), wherever they lie in a maze
and even if they belong to different worlds.
"""

import hashlib
from collections.abc import Callable
from typing import Generic, TypeVar

from gridemp.engine.channel import Window
from gridemp.engine.sequences import Sequences
from gridemp.information.active_set import solve
from gridemp.progress import Progress, ignore

Result = TypeVar("Result")


class ChannelCache(Generic[Result]):
    """Function of windows that computes each result only once.

    Parameters
    ----------
    compute : callable
        Called with a `Window` and a `progress` callable; returns the result for that window.
    """

    def __init__(self, compute: Callable[[Window, Progress], Result]) -> None:
        self._compute = compute
        self._results: dict[bytes, Result] = {}

    def __call__(self, window: Window, progress: Progress | None = None) -> Result:
        """Return the result for a window, computed only if there was no equal window before."""
        key = hashlib.blake2b(window.key()).digest()
        if key not in self._results:
            self._results[key] = self._compute(window, progress or ignore)
        return self._results[key]

    def __len__(self) -> int:
        """Number of different windows so far."""
        return len(self._results)


class CapacityCache(ChannelCache[tuple[float, float]]):
    """Certified capacities of noisy windows: lower end and gap, in bits.

    Parameters
    ----------
    tol : float
        Largest certified gap to accept, in bits.
    """

    def __init__(self, tol: float) -> None:
        super().__init__(self._interval)
        self.tol = tol

    def _interval(self, window: Window, progress: Progress) -> tuple[float, float]:
        capacity = solve(Sequences(window, progress), self.tol)
        return capacity.lower, capacity.gap
