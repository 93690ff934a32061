"""Estimated empowerment of the lander over places, from a finite number of rollouts.

From each place, at rest and upright, all 4^n sequences of n actions (no engine, the left, the main
or the right one, each held for a number of frames) are simulated R times; `blurred_channel` makes a
channel from their outcomes. The result is an estimate: it depends on the number of rollouts, on the
resolution and on the one terrain. With few rollouts it is too high, because noise then makes
sequences look distinguishable: at 3 x 500 ms and a resolution of 0.1, R = 2 gives 0.1 to 0.2 bits
more than R = 32, much the same at all places.
"""

from collections.abc import Callable
from functools import lru_cache, partial

import numpy as np

from gridemp.arguments import check_kinds
from gridemp.engine.processes import process_pool, shared_map
from gridemp.errors import GridempError
from gridemp.lander.environment import GRAVITY, check_conditions
from gridemp.lander.map_settings import MapSettings
from gridemp.lander.observation import estimated_bits
from gridemp.lander.result import LanderMap
from gridemp.lander.rollouts import Rollouts
from gridemp.progress import Progress, ignore


def lander_map(
    settings: MapSettings | None = None,
    *,
    gravity: float = GRAVITY,
    wind: float = 0.0,
    seed: int = 0,
    processes: int = 1,
    progress: Progress | None = None,
) -> LanderMap:
    """Estimate the empowerment of the lander at places all over the screen.

    The result does not depend on the number of processes.

    Parameters
    ----------
    settings : MapSettings, optional
        Action sequences, sensor and places of the map.
    gravity, wind : float
        Gravity and wind as in `make_lander`.
    seed : int
        Seed of the terrain and of the noise.
    processes : int
        Number of processes that share the places. More than one requires a main module that can be
        imported.
    progress : callable, optional
        Called with the fraction done, from 0 to 1.

    Returns
    -------
    LanderMap
        Estimates, in bits, at all places.

    Raises
    ------
    GridempError
        If gravity or wind is out of range, or all places lie inside the ground.
    HorizonTooLarge
        If a channel would not fit in memory.
    MissingExtra
        If Gymnasium, Box2D or pygame is not installed.

    Examples
    --------
    >>> from gridemp.lander import MapSettings, lander_map
    >>> lmap = lander_map(MapSettings(horizon=2, frames=20, repeats=1, shape=(4, 5)))
    >>> round(lmap.lowest, 2), round(lmap.peak[2], 2)
    (1.43, 2.71)
    """
    check_kinds(lander_map, locals())
    settings = settings or MapSettings()
    progress = progress or ignore
    check_conditions(gravity, wind)
    rollouts = Rollouts(seed, gravity, wind)
    left, right, low, high = rollouts.screen
    height, width = settings.shape
    x = left + (np.arange(width) + 0.5) * (right - left) / width
    y = low + (np.arange(height) + 0.5) * (high - low) / height
    free = [(i, j) for i in range(height) for j in range(width) if rollouts.is_free(x[j], y[i])]
    if not free:
        raise GridempError("all places lie below the ground; give `shape` more places")
    places = [(float(x[j]), float(y[i])) for i, j in free]
    bits = np.full(settings.shape, np.nan)
    estimate: Callable[[Place], float]
    if processes == 1:
        estimate = partial(_bits, rollouts, settings)
    else:
        estimate = partial(_bits_in_worker, rollouts.conditions, settings)
    with process_pool(processes) as pool, shared_map(estimate, places, pool) as estimates:
        for done, (k, value) in enumerate(estimates):
            bits[free[k]] = value
            progress((done + 1) / len(free))
    return LanderMap(
        x=x,
        y=y,
        bits=bits,
        horizon=settings.horizon,
        frames=settings.frames,
        resolution=settings.resolution,
        repeats=settings.repeats,
        gravity=gravity,
        wind=wind,
        seed=seed,
        ground=rollouts.ground,
        pad=rollouts.pad,
        screen=rollouts.screen,
    )


Place = tuple[float, float]
Conditions = tuple[int, float, float]  # seed, gravity, wind


def _bits(rollouts: Rollouts, settings: MapSettings, place: Place) -> float:
    """Estimated empowerment at one place, in bits."""
    outcomes = rollouts.outcomes(*place, settings.horizon, settings.frames, settings.repeats)
    return estimated_bits(outcomes, settings.resolution)


@lru_cache(maxsize=1)
def _worker_rollouts(conditions: Conditions) -> Rollouts:
    """Rollouts that a worker process creates once and uses for all its places."""
    return Rollouts(*conditions)


def _bits_in_worker(conditions: Conditions, settings: MapSettings, place: Place) -> float:
    return _bits(_worker_rollouts(conditions), settings, place)
