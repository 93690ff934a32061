"""Estimates of empowerment in some states of the lander, for each of several seeds."""

from collections.abc import Sequence
from functools import lru_cache, partial

import numpy as np

from gridemp.engine.processes import process_pool, shared_map
from gridemp.errors import GridempError
from gridemp.lander.map_settings import MapSettings
from gridemp.lander.observation import estimated_bits
from gridemp.lander.rollouts import Rollouts
from gridemp.lander.state import LanderState
from gridemp.progress import Progress
from gridemp.typing import Array

Conditions = tuple[int, float, float]  # seed, gravity, wind


def checked_seeds(seed: int | Sequence[int]) -> tuple[int, ...]:
    """Return the seeds of an estimate.

    Raises
    ------
    GridempError
        If there is none, if one is no whole number from 0, or if one is given twice.
    """
    seeds = np.atleast_1d(np.asarray(seed))
    if seeds.ndim != 1 or not seeds.size or seeds.dtype.kind not in "iu" or seeds.min() < 0:
        raise GridempError(f"`seed` must be a whole number from 0, or several, not {seed!r}")
    if len(np.unique(seeds)) < len(seeds):
        raise GridempError("`seed` holds a number twice; give each number once")
    return tuple(seeds.tolist())


def estimates(
    settings: MapSettings,
    conditions: Sequence[Conditions],
    states: Sequence[LanderState],
    processes: int,
    progress: Progress,
) -> Array:
    """Estimate the empowerment in each state under each condition, in bits.

    Parameters
    ----------
    settings : MapSettings
        Action sequences and sensor.
    conditions : sequence of (int, float, float), length K
        Seeds, each with the gravity and the wind.
    states : sequence of LanderState, length N
        States, none of them in the ground.
    processes : int
        Number of processes that share the work.
    progress : callable
        Called with the fraction done, from 0 to 1.

    Returns
    -------
    ndarray, shape (K, N)
    """
    work = [(each, state) for each in conditions for state in states]
    found = np.empty(len(work))
    estimate = partial(_bits, settings)
    with process_pool(processes) as pool, shared_map(estimate, work, pool) as results:
        for done, (k, value) in enumerate(results):
            found[k] = value
            progress((done + 1) / len(work))
    return found.reshape(len(conditions), len(states))


def mean_and_error(bits: Array) -> tuple[Array, Array | None]:
    """Mean of K estimates of N values, shape (K, N), and its standard error; None for K = 1."""
    count = len(bits)
    if count == 1:
        return bits[0], None
    return bits.mean(axis=0), bits.std(axis=0, ddof=1) / np.sqrt(count)


@lru_cache(maxsize=1)
def _rollouts(conditions: Conditions) -> Rollouts:
    """Rollouts over a terrain, which a process makes once and uses for all its states."""
    return Rollouts(*conditions)


def _bits(settings: MapSettings, work: tuple[Conditions, LanderState]) -> float:
    """Estimated empowerment in one state, in bits."""
    conditions, state = work
    flights = settings.horizon, settings.frames, settings.repeats
    return estimated_bits(_rollouts(conditions).outcomes(state, *flights), settings.resolution)
