"""Estimated empowerment of the lander over places, from a finite number of rollouts.

From each place, at rest and upright, all 4^n sequences of n actions (no engine, the left, the main
or the right one, each held for a number of frames) are simulated R times; `blurred_channel` makes a
channel from their outcomes. The result is an estimate: it depends on the number of rollouts, on the
resolution and on the one terrain. With few rollouts it is too high, because noise then makes
sequences look distinguishable: at 3 x 500 ms and a resolution of 0.1, R = 2 gives 0.1 to 0.2 bits
more than R = 32, much the same at all places.

Each seed gives another terrain and other noise, so that the estimates of several seeds are
independent of each other. Their mean has the standard error s / sqrt(K), where s is the standard
deviation of the K estimates at a place. It covers terrain, wind and engine noise, but not the bias.
"""

from collections.abc import Sequence

import numpy as np

from gridemp.arguments import check_kinds
from gridemp.errors import GridempError
from gridemp.lander.environment import GRAVITY, check_conditions
from gridemp.lander.map_settings import MapSettings
from gridemp.lander.result import LanderMap
from gridemp.lander.rollouts import Rollouts
from gridemp.lander.state import LanderState
from gridemp.lander.state_estimates import checked_seeds, estimates, mean_and_error
from gridemp.progress import Progress, ignore
from gridemp.typing import Array


def lander_map(
    settings: MapSettings | None = None,
    *,
    gravity: float = GRAVITY,
    wind: float = 0.0,
    seed: int | Sequence[int] = 0,
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
    seed : int or sequence of int
        Seed of the terrain and of the noise. With K seeds, the map is the mean of K maps, and has
        a standard error.
    processes : int
        Number of processes that share the places. More than one requires a main module that can be
        imported.
    progress : callable, optional
        Called with the fraction done, from 0 to 1.

    Returns
    -------
    LanderMap
        Estimates, in bits, at all places, with their standard errors if there are several seeds.

    Raises
    ------
    GridempError
        If gravity or wind is out of range, there is no seed or one is given twice, or all places
        lie inside the ground.
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
    check_kinds(lander_map, locals(), "seed")
    settings = settings or MapSettings()
    progress = progress or ignore
    check_conditions(gravity, wind)
    seeds = checked_seeds(seed)
    terrains = [Rollouts(each, gravity, wind) for each in seeds]
    x, y, states = free_places(settings.shape, terrains)
    conditions = [(each, gravity, wind) for each in seeds]
    mean, error = mean_and_error(
        estimates(settings, conditions, list(states.values()), processes, progress)
    )
    bits, errors = np.full((2, *settings.shape), np.nan)
    free = tuple(np.transpose(list(states)))
    bits[free] = mean
    if error is not None:
        errors[free] = error
    return LanderMap(
        x=x,
        y=y,
        bits=bits,
        standard_error=None if error is None else errors,
        horizon=settings.horizon,
        frames=settings.frames,
        resolution=settings.resolution,
        repeats=settings.repeats,
        gravity=gravity,
        wind=wind,
        seeds=seeds,
        ground=np.max([rollouts.ground for rollouts in terrains], axis=0),
        pad=terrains[0].pad,
        screen=terrains[0].screen,
    )


def free_places(
    shape: tuple[int, int], terrains: Sequence[Rollouts]
) -> tuple[Array, Array, dict[tuple[int, int], LanderState]]:
    """Coordinates x and y of a grid of places, and the state in each that is above all terrains.

    Raises
    ------
    GridempError
        If there is no such place.
    """
    left, right, low, high = terrains[0].screen
    height, width = shape
    x = left + (np.arange(width) + 0.5) * (right - left) / width
    y = low + (np.arange(height) + 0.5) * (high - low) / height
    places = {(i, j): LanderState(float(x[j]), float(y[i])) for i, j in np.ndindex(height, width)}
    states = {
        place: state
        for place, state in places.items()
        if all(rollouts.is_free(state) for rollouts in terrains)
    }
    if not states:
        raise GridempError("all places lie below the ground; give `shape` more places")
    return x, y, states
