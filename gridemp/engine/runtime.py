"""How long a map or its bounds will take, told beforehand: right to a factor of about three."""

from collections import Counter

from gridemp.engine import bitplanes
from gridemp.engine.bounds import fits_exactly
from gridemp.engine.channel import window
from gridemp.engine.counting import follows_starts
from gridemp.engine.empowerment import check_sequences, checked_horizon, distinct_starts
from gridemp.worlds.world import World

# Seconds on one core of 2023.
PER_CELL = 1e-7
PER_NOISY_CELL = 4e-5
PER_PLANE_BYTE = 2e-10  # an AND and an OR of bit planes
PER_SET_WORD = 2.5e-9
PER_PAIR = 3e-8  # of a start and a state that it can be in
PER_PROBABILITY = 6e-9  # of an output, given a sequence
PER_SOLUTION = 3e-3
PER_BEAM_PRODUCT = 5e-7  # of a step, per action and pair of states
PER_BOUND = 0.3
SAMPLE = 64  # windows looked at to see how many are alike


def expected_seconds(world: World, horizon: int) -> float:
    """Roughly how long `empowerment(world, horizon)` takes, in seconds.

    Parameters
    ----------
    world : World
        Of S states and A actions.
    horizon : int
        Number of steps n.

    Returns
    -------
    float
        From the size of the work alone; nothing is run.

    Raises
    ------
    GridempError, HorizonTooLarge
        As `empowerment` would.
    """
    horizon = checked_horizon(horizon, world)
    states, actions = len(world.cell), len(world.actions)
    count = states if world.starts is None else len(world.starts)
    if not world.deterministic:
        check_sequences(world, horizon)
        each = expected_channel_seconds(world, horizon)
        return PER_NOISY_CELL * count + _kinds(world, horizon) * each
    moves = bitplanes.lattice_moves(world)
    if moves is not None and bitplanes.worthwhile(world, moves, horizon):
        height, width = bitplanes.unrolled_shape(world, moves, horizon)
        reached = (bitplanes.reach(moves, k) for k in range(1, horizon + 1))
        planes = sum(
            (2 * min(rows, height) + 1) * (2 * min(cols, width) + 1) / 2 for rows, cols in reached
        )
        return PER_CELL * count + PER_PLANE_BYTE * planes * len(moves) * height * width / 8
    if follows_starts(world, horizon):
        return PER_PAIR * min(horizon, states) * actions * count * _nearby(world, horizon)
    return PER_SET_WORD * min(horizon, states) * actions * states * states / 64


def expected_channel_seconds(world: World, horizon: int) -> float:
    """Roughly how long one state of a noisy world takes, in seconds."""
    sequences = float(len(world.actions)) ** horizon
    return PER_SOLUTION + PER_PROBABILITY * _nearby(world, horizon) * sequences


def expected_bounds_seconds(world: World, horizon: int) -> float:
    """Roughly how long `empowerment_bounds(world, horizon)` takes: see `expected_seconds`."""
    horizon = checked_horizon(horizon, world)
    if world.deterministic or fits_exactly(world, horizon):
        return expected_seconds(world, horizon)
    beam = PER_BEAM_PRODUCT * horizon * len(world.actions) * _nearby(world, horizon) ** 2
    return _kinds(world, horizon) * (PER_BOUND + beam)


def duration(seconds: float) -> str:
    """A time in words, to one or two digits."""
    for unit, name in ((86400 * 365, "years"), (86400, "days"), (3600, "hours"), (60, "minutes")):
        if seconds >= 2 * unit:
            return f"{seconds / unit:,.0f} {name}"
    return f"{seconds:.0f} seconds"


def _nearby(world: World, horizon: int) -> int:
    """How many states an open plane would let so many steps reach, at most all."""
    return min(len(world.cell), 2 * horizon * (horizon + 1) + 1)


def _kinds(world: World, horizon: int) -> float:
    """Roughly how many different channels there are to solve.

    What `surroundings` leaves apart may still have equal windows: a sample of them tells, by the
    estimator of A. Chao (1984), from how many kinds it has once and how many twice.
    """
    starts, same = distinct_starts(world, horizon)
    if len(starts) < len(same) or len(starts) <= SAMPLE:
        return len(starts)
    sample = starts[:: len(starts) // SAMPLE].tolist()
    keys = Counter(hash(window(world, state, horizon).key()) for state in sample)
    once, twice = (sum(n == k for n in keys.values()) for k in (1, 2))
    if once == len(sample):
        return len(starts)
    return min(float(len(starts)), len(keys) + once * (once - 1) / (2 * (twice + 1)))
