"""Estimates of the time that a map or its bounds will take.

They hold to within a factor of about three, except those of bounds to a tolerance.
"""

from collections import Counter

from gridemp.engine import bitplanes
from gridemp.engine.bounds import fits_exactly
from gridemp.engine.channel import window
from gridemp.engine.channel_seconds import expected_channel_seconds, window_size
from gridemp.engine.counting import follows_starts, gathers, transitions_followed
from gridemp.engine.empowerment import check_sequences, checked_horizon, distinct_starts
from gridemp.parallel import available_processors
from gridemp.worlds.world import World

# Seconds on one core of a computer from 2023.
PER_CELL = 1e-7
PER_NOISY_CELL = 4e-5
PER_PLANE_BYTE = 2e-10  # for an AND and an OR of bit planes
PER_SET_WORD = 2.5e-9  # of a bit set
PER_PAIR = 3e-8  # of a start and a state that it can lead to
PER_STATE = 5e-6  # of sparse bit sets, before any step
PER_SPARSE_PAIR = 4e-9  # the same as a pair, where bit sets are sparse
PER_BEAM_PRODUCT = 5e-7  # of a step, for each action and pair of states
PER_BOUND = 0.3
PER_REFINED_BOUND = 1.0
MAX_REFINED_BOUND = 600.0
PER_REFINED_PAIR = 5e-4  # of states, at 12 steps
REFINED_GROWTH = 1.65  # for each further step
SAMPLE_SIZE = 64  # windows compared to estimate the number of different ones


def expected_seconds(world: World, horizon: int) -> float:
    """Estimate the time that `empowerment(world, horizon)` takes, in seconds.

    Parameters
    ----------
    world : World
        World of S states and A actions.
    horizon : int
        Number of steps n.

    Returns
    -------
    float
        Estimate from the size of the work, or from what a few starts can reach.

    Raises
    ------
    GridempError
        If the horizon is out of range.
    HorizonTooLarge
        If the action sequences of a noisy world would not fit in memory.
    """
    horizon = checked_horizon(horizon, world)
    states, actions = len(world.cell), len(world.actions)
    starts = len(world.start_states)
    if not world.deterministic:
        check_sequences(world, horizon)
        solving = _channel_count(world, horizon) * expected_channel_seconds(world, horizon)
        return PER_NOISY_CELL * starts + solving
    moves = bitplanes.lattice_moves(world)
    if moves is not None and bitplanes.worthwhile(world, moves, horizon):
        height, width = bitplanes.unrolled_shape(world, moves, horizon)
        reached = (bitplanes.reach(moves, k) for k in range(1, horizon + 1))
        planes = sum(
            (2 * min(rows, height) + 1) * (2 * min(cols, width) + 1) / 2 for rows, cols in reached
        )
        return PER_CELL * starts + PER_PLANE_BYTE * planes * len(moves) * height * width / 8
    followed = transitions_followed(world, horizon)
    if follows_starts(world):
        most = float(min(horizon, states)) * states * actions
        return PER_PAIR * starts * (most if followed is None else followed)
    if followed is not None:
        return (PER_STATE + PER_SPARSE_PAIR * followed / available_processors()) * states
    return PER_SET_WORD * gathers(world, horizon)


def expected_bounds_seconds(
    world: World, horizon: int, tol: float | None = None, processes: int = 1
) -> float:
    """Estimate the time of `empowerment_bounds`, with these arguments: see `expected_seconds`.

    With a tolerance, it depends on the world more than the estimate knows.
    """
    horizon = checked_horizon(horizon, world)
    if world.deterministic or fits_exactly(world, horizon):
        return expected_seconds(world, horizon)
    pairs = window_size(world, horizon) ** 2
    shared = PER_BEAM_PRODUCT * horizon * len(world.actions) * pairs
    if tol is not None:
        growth = REFINED_GROWTH ** (min(horizon, 60) - 12)
        shared += min(PER_REFINED_BOUND + PER_REFINED_PAIR * pairs * growth, MAX_REFINED_BOUND)
    channels = _channel_count(world, horizon)
    alone = PER_BOUND if tol is None else 0.0  # in the main process
    return channels * (alone + shared / min(processes, channels))


def duration(seconds: float) -> str:
    """Format a time in words, to one or two digits."""
    for unit, name in ((86400 * 365, "years"), (86400, "days"), (3600, "hours"), (60, "minutes")):
        if seconds >= 2 * unit:
            return f"{seconds / unit:,.0f} {name}"
    return f"{seconds:.0f} seconds"


def _channel_count(world: World, horizon: int) -> float:
    """Estimate the number of different channels to solve.

    States that `surroundings` tells apart may still have equal windows. The number of different
    windows is estimated from the numbers of those that occur once and twice in a sample: A. Chao,
    "Nonparametric estimation of the number of classes in a population", Scandinavian Journal of
    Statistics (1984).
    """
    states, group = distinct_starts(world, horizon)
    if len(states) < len(group) or len(states) <= SAMPLE_SIZE:
        return len(states)
    sample = states[:: len(states) // SAMPLE_SIZE].tolist()
    keys = Counter(hash(window(world, state, horizon).key()) for state in sample)
    once, twice = (sum(n == k for n in keys.values()) for k in (1, 2))
    if once == len(sample):
        return len(states)
    return min(float(len(states)), len(keys) + once * (once - 1) / (2 * (twice + 1)))
