"""Cache of results that depend on a channel, each computed once for all equal windows.

Windows with equal keys have the same channel (see `channel.Window`), wherever they lie in a maze
and even if they belong to different worlds. A result is computed from the bytes of the key alone,
so it does not depend on the state, the process or the machine that it is computed for or by.
"""

import hashlib
from collections.abc import Callable, Iterator
from functools import partial
from typing import Generic, TypeVar

import numpy as np

from gridemp.engine.channel import Window, window
from gridemp.engine.channel_seconds import expected_channel_seconds, expected_window_seconds
from gridemp.engine.sequences import Sequences
from gridemp.engine.shared_world import SharedWorld
from gridemp.information.active_set import solve
from gridemp.progress import Progress, ignore, part_of
from gridemp.typing import Indices
from gridemp.worlds.world import World

Result = TypeVar("Result")
Compute = Callable[[Window, Progress], Result]


class ChannelCache(Generic[Result]):
    """Function of windows that computes each result only once.

    Parameters
    ----------
    compute : callable
        Called with a `Window` and a `progress` callable; returns the result for that window. It
        must be picklable if workers compute results.
    """

    def __init__(self, compute: Compute[Result]) -> None:
        self._compute = compute
        self._results: dict[bytes, Result] = {}

    def __call__(self, window: Window, progress: Progress | None = None) -> Result:
        """Return the result for a window, computed only if there was no equal window before."""
        key = digest(window)
        if key not in self._results:
            self._results[key] = self._compute(window, progress or ignore)
        return self._results[key]

    def __len__(self) -> int:
        """Number of different windows so far."""
        return len(self._results)

    def of_states(
        self,
        world: World,
        states: Indices,
        horizon: int,
        progress: Progress,
        shared: SharedWorld | None = None,
    ) -> Iterator[tuple[int, Result]]:
        """Find the results of some states of a world.

        Parameters
        ----------
        world : World
            The world.
        states : ndarray of int, shape (N,)
            The states.
        horizon : int
            Number of steps n.
        progress : callable
            Called with the fraction done, from 0 to 1.
        shared : SharedWorld, optional
            The same world on the workers of an executor, which compute the results that are new.

        Yields
        ------
        int
            Position of a state, from 0 to N - 1.
        result
            Its result.
        """
        if shared is not None:
            yield from self._of_shared(shared, states, horizon, progress)
            return
        for i, state in enumerate(states.tolist()):
            part = part_of(progress, i, len(states))
            yield i, self(window(world, state, horizon), part)
            part(1.0)

    def _of_shared(
        self, shared: SharedWorld, states: Indices, horizon: int, progress: Progress
    ) -> Iterator[tuple[int, Result]]:
        """Find the results of states: first their keys, then the results of those that are new."""
        comparing = expected_window_seconds(shared.world, horizon)
        solving = expected_channel_seconds(shared.world, horizon)
        share = comparing / (comparing + solving)  # of the progress, for the keys
        keys = [b""] * len(states)
        done = 0
        with shared.map(partial(_keys, horizon), states, comparing) as pieces:
            for part, found in pieces:
                keys[part.start : part.stop] = found
                done += len(part)
                progress(share * done / len(states))
        positions: dict[bytes, list[int]] = {}
        for i, key in enumerate(keys):
            positions.setdefault(key, []).append(i)
        new = [key for key in positions if key not in self._results]
        for key, equal in positions.items():
            if key in self._results:
                yield from ((i, self._results[key]) for i in equal)
        firsts = np.array([positions[key][0] for key in new], dtype=np.intp)
        done = 0
        compute = partial(_results, self._compute, horizon)
        with shared.map(compute, states[firsts], solving) as pieces:
            for part, results in pieces:
                for key, result in zip(new[part.start : part.stop], results, strict=True):
                    self._results[key] = result
                    yield from ((i, result) for i in positions[key])
                done += len(part)
                progress(share + (1 - share) * done / len(new))
        progress(1.0)


class CapacityCache(ChannelCache[tuple[float, float]]):
    """Certified capacities of noisy windows: lower end and gap, in bits.

    Parameters
    ----------
    tol : float
        Largest certified gap to accept, in bits.
    """

    def __init__(self, tol: float) -> None:
        super().__init__(partial(_interval, tol))
        self.tol = tol


def digest(window: Window) -> bytes:
    """Hash of the key of a window."""
    return hashlib.blake2b(window.key()).digest()


def _interval(tol: float, window: Window, progress: Progress) -> tuple[float, float]:
    """Lower end and gap of the capacity of a window, in bits."""
    capacity = solve(Sequences(window, progress), tol)
    return capacity.lower, capacity.gap


def _keys(horizon: int, world: World, states: list[int]) -> list[bytes]:
    """Hash of the key of the window of each state, for a worker."""
    return [digest(window(world, state, horizon)) for state in states]


def _results(
    compute: Compute[Result], horizon: int, world: World, states: list[int]
) -> list[Result]:
    """Result of the window of each state, for a worker."""
    return [compute(window(world, state, horizon), ignore) for state in states]
