"""The empowerment of the lander over places, as an estimate from a finite number of flights.

From each place all 4^n sequences of n actions (no engine, the left, the main, the right one, each
held for a window) are flown R times, from rest and upright; `blurring` makes a channel of that.
It is an estimate: it depends on the number of flights, on the resolution and on the one terrain.
Of few flights it is too high, as noise then seems to tell sequences apart: with R = 2 by 0.1 to 0.2
bits against R = 32, at 3 x 500 ms and a resolution of 0.1, much alike at all places.
"""

import math
import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context

import numpy as np

from gridemp.errors import GridempError, HorizonTooLarge
from gridemp.lander.environment import FRAMES, check_conditions
from gridemp.lander.observation import estimated_bits
from gridemp.lander.result import LanderMap
from gridemp.lander.rollouts import ACTIONS, Flights
from gridemp.parallel import available_processors

MAX_SEQUENCES, MAX_REPEATS, MAX_PLACES, MAX_FRAMES = 4**6, 1000, 10_000, 500
FINEST, COARSEST = 0.01, 10.0
FRAME_SECONDS = 2.5e-5  # of those of all sequences, of which some need not be flown
SOLVE_SECONDS = 0.15  # for 256 sequences
START_SECONDS = 1.0
MAX_PROCESSES = 32


def check_settings(
    horizon: int, frames: int, resolution: float, repeats: int, shape: tuple[int, int]
) -> None:
    """Raise a GridempError if a map cannot be estimated so."""
    if horizon < 1:
        raise GridempError(f"--horizon needs a whole number from 1, not {horizon}")
    if horizon > round(math.log(MAX_SEQUENCES, ACTIONS)):
        raise HorizonTooLarge(
            f"{horizon} actions make 4^{horizon} sequences, each of which would be flown from "
            f"every place; lower --horizon to {round(math.log(MAX_SEQUENCES, ACTIONS))} at most "
            "and lengthen --window"
        )
    if not 1 <= frames <= MAX_FRAMES:
        raise GridempError(f"--window needs a time from 20ms to {MAX_FRAMES // FRAMES}s")
    if not FINEST <= resolution <= COARSEST:
        raise GridempError(
            f"--resolution needs a number from {FINEST:g} to {COARSEST:g}, not {resolution:g}"
        )
    if not 1 <= repeats <= MAX_REPEATS:
        raise GridempError(f"--repeats needs a whole number from 1 to {MAX_REPEATS}, not {repeats}")
    if min(shape) < 1 or math.prod(shape) > MAX_PLACES:
        raise GridempError(f"--grid needs from 1 to {MAX_PLACES} places, such as 15x10")


def expected_seconds(
    horizon: int, frames: int, repeats: int, shape: tuple[int, int], processes: int = 1
) -> float:
    """Roughly how long `lander_map` takes, in seconds, right to a factor of about three."""
    sequences, places = float(ACTIONS**horizon), math.prod(shape)
    flying = FRAME_SECONDS * sequences * repeats * horizon * frames
    solving = SOLVE_SECONDS * (sequences / 256) ** 2
    return START_SECONDS + 0.7 * places * (flying + solving) / min(processes, places)


def available_processes() -> int:
    """How many processes can run at a time."""
    return min(available_processors(), MAX_PROCESSES)


def lander_map(
    *,
    horizon: int = 4,
    frames: int = 25,
    resolution: float = 0.1,
    repeats: int = 2,
    shape: tuple[int, int] = (10, 15),
    gravity: float = 10.0,
    wind: float = 0.0,
    seed: int = 0,
    processes: int = 1,
    progress: Callable[[float], None] | None = None,
) -> LanderMap:
    """Estimate the empowerment of the lander at places all over the screen.

    The same whatever the number of processes.

    Parameters
    ----------
    horizon : int
        Number n of actions in a sequence.
    frames : int
        For which each action is held; 50 are a second.
    resolution : float
        Standard deviation of what is seen, in half screens and half turns.
    repeats : int
        Number R of flights of each sequence. Each has its own noise of the engines and its own
        phases of the wind.
    shape : tuple of int
        How many places lie above and beside each other.
    gravity, wind : float
        In the environment's units.
    seed : int
        Of the terrain and of the noise.
    processes : int
        That share the places. More than one need a main module that can be imported.
    progress : callable, optional
        Called with the fraction done, from 0 to 1.

    Returns
    -------
    LanderMap

    Raises
    ------
    GridempError
        If there are no such settings; HorizonTooLarge if they would not fit.
    MissingExtra
        If Gymnasium, Box2D or pygame is not installed.
    """
    check_settings(horizon, frames, resolution, repeats, shape)
    check_conditions(gravity, wind)
    flights = Flights(seed, gravity, wind)
    left, right, low, high = flights.screen
    height, width = shape
    x = left + (np.arange(width) + 0.5) * (right - left) / width
    y = low + (np.arange(height) + 0.5) * (high - low) / height
    free = [(i, j) for i in range(height) for j in range(width) if flights.is_free(x[j], y[i])]
    if not free:
        raise GridempError("all places of the grid lie in the ground; make --grid finer")
    tasks = [(float(x[j]), float(y[i]), horizon, frames, repeats, resolution) for i, j in free]
    bits = np.full(shape, np.nan)
    with _mapping(min(processes, len(free)), flights, (seed, gravity, wind)) as run:
        for k, value in enumerate(run(tasks)):
            bits[free[k]] = value
            if progress is not None:
                progress((k + 1) / len(free))
    return LanderMap(
        *(x, y, bits, horizon, frames, resolution, repeats, gravity, wind, seed),
        *(flights.ground, flights.pad, flights.screen),
    )


Task = tuple[float, float, int, int, int, float]

_own: list[Flights] = []  # of a process


def _begin(seed: int, gravity: float, wind: float) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the main process ends the others
    _own.append(Flights(seed, gravity, wind))


def _estimate(task: Task) -> float:
    return _bits(_own[0], task)


def _bits(flights: Flights, task: Task) -> float:
    x, y, horizon, frames, repeats, resolution = task
    return estimated_bits(flights.outcomes(x, y, horizon, frames, repeats), resolution)


@contextmanager
def _mapping(
    processes: int, flights: Flights, conditions: tuple[int, float, float]
) -> Iterator[Callable[[Sequence[Task]], Iterable[float]]]:
    """A map over tasks, here or by several processes, which an exception stops."""
    if processes == 1:
        yield lambda tasks: (_bits(flights, task) for task in tasks)
        return
    pool = ProcessPoolExecutor(processes, get_context("spawn"), _begin, conditions)
    try:
        yield lambda tasks: pool.map(_estimate, tasks)
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        raise
    pool.shutdown()
