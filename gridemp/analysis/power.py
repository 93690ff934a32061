"""POWER of states: the mean optimal value over random rewards.

Method: a sample is one reward for each state. Value iteration, V <- R + gamma max_a P_a V, solves
many samples at once. With the change d of the last iteration, all values are between
V + gamma/(1 - gamma) min(d) and V + gamma/(1 - gamma) max(d) (MacQueen 1966), so it stops when the
middle of this interval, scaled as POWER is, is closer to the optimum than `TOLERANCE`, which is
far below the standard error.
"""

from dataclasses import dataclass

import numpy as np

from gridemp.analysis.measure_kind import MeasureKind
from gridemp.arguments import check_kinds, checked_whole
from gridemp.engine.absorbing import absorbing_states
from gridemp.errors import GridempError
from gridemp.progress import Progress, ignore
from gridemp.typing import Array, Mask
from gridemp.worlds.subworld import part
from gridemp.worlds.world import World

POWER = MeasureKind("POWER, estimate", "reward")
DISCOUNT, SAMPLES, SEED = 0.9, 1000, 0  # defaults
TOLERANCE = 1e-6  # reward
MAX_DISCOUNT = 0.9999  # beyond which value iteration takes too long
BLOCK_ENTRIES = 2**21  # triples of a sample, a state and an action that are solved together
SECONDS_PER_ENTRY = 2e-9  # of one iteration


@dataclass(frozen=True, eq=False)
class PowerEstimate:
    """Estimated POWER of the starts of a world.

    Attributes
    ----------
    values : ndarray, shape (T,)
        POWER of each start, in units of reward, from 0 to 1.
    error : ndarray, shape (T,)
        Standard error of each value; 0 where the value is exact.
    discount : float
        Discount factor gamma.
    samples : int
        Number of sampled reward functions.
    seed : int
        Seed of the samples.

    Examples
    --------
    >>> import gridemp
    >>> from gridemp.analysis import estimate_power
    >>> world = gridemp.World.from_maze(gridemp.parse_maze("..."))
    >>> estimate_power(world, samples=300).label
    'POWER, estimate ±0.01 [reward]'
    """

    values: Array
    error: Array
    discount: float
    samples: int
    seed: int

    @property
    def label(self) -> str:
        """Label of an axis or a colourbar, with the largest standard error."""
        if not self.error.any():
            return MeasureKind("POWER", POWER.unit).label
        return MeasureKind(f"{POWER.quantity} ±{self.error.max():.1g}", POWER.unit).label

    @property
    def note(self) -> str:
        """Line below a title that says how the values are known."""
        about = f"POWER with discount {self.discount:g}"
        if not self.error.any():
            return f"{about}, exact"
        return (
            f"{about}, estimated from {self.samples} samples, standard error up to "
            f"{self.error.max():.2g}"
        )


def estimate_power(
    world: World,
    discount: float = DISCOUNT,
    samples: int = SAMPLES,
    seed: int = SEED,
    progress: Progress | None = None,
) -> PowerEstimate:
    """Estimate the POWER of each start: how well, on average, an agent can serve a random reward.

    POWER(s, gamma) = (1 - gamma)/gamma E_R[V*_R(s) - R(s)] [1]_, where the rewards R of all states
    are independent and uniform on [0, 1], and V*_R is the optimal value with discount gamma. As
    V*_R(s) = R(s) + gamma max_a sum_s' P(s' | s, a) V*_R(s'), it equals
    (1 - gamma) E_R[max_a sum_s' P(s' | s, a) V*_R(s')], which is also its limit for gamma = 0.

    The mean over R is estimated from samples, except for these states, whose value is exact. Let k
    be the number of different states that the actions of s lead to, each with certainty. If each of
    them is absorbing or s itself, or if gamma is 0, then POWER(s, gamma) is the mean of the highest
    of k rewards, k/(k + 1): no reward on the way to the best of them is higher.

    The same samples serve all states, so that the errors of states with similar futures are alike,
    and differences between them are known better than each value.

    Parameters
    ----------
    world : World
        World with T starts.
    discount : float
        Discount factor gamma, from 0 to 0.9999.
    samples : int
        Number of reward functions to sample, 2 or more. The standard error falls with its square
        root.
    seed : int
        Seed of the random numbers, 0 or more; the same seed gives the same estimate.
    progress : callable, optional
        Called with the fraction done, from 0 to 1.

    Returns
    -------
    PowerEstimate
        Values with their standard errors.

    Raises
    ------
    GridempError
        If `discount`, `samples` or `seed` is out of range, or the world was built with `within`.

    References
    ----------
    .. [1] A. M. Turner, L. Smith, R. Shah, A. Critch & P. Tadepalli, "Optimal Policies Tend to Seek
       Power", Advances in Neural Information Processing Systems 34 (2021), arXiv:1912.01683.

    Examples
    --------
    >>> import gridemp
    >>> from gridemp.analysis import estimate_power
    >>> world = gridemp.World.from_maze(gridemp.parse_maze("...T"))
    >>> power = estimate_power(world, samples=400)
    >>> power.values.round(2)
    array([0.79, 0.81, 0.81, 0.5 ])
    >>> power.error.round(2)  # that of the trap, which has no future but itself, is exact
    array([0.01, 0.01, 0.01, 0.  ])
    """
    check_kinds(estimate_power, locals())
    progress = progress or ignore
    check_discount(discount)
    samples, seed = checked_whole("samples", samples, 2), checked_whole("seed", seed)
    if world.within is not None:
        raise GridempError(
            "POWER looks at all states, but this world was built for some steps only; build it "
            "without `within`"
        )
    starts = world.start_states
    if world.starts is not None:  # states that no start can reach do not count
        world, places = part(world, starts)
        starts = np.searchsorted(places, starts)
    world = world if world.deterministic else world.normalised()
    size = max(1, BLOCK_ENTRIES // world.successors.size)
    rng = np.random.default_rng(seed)
    blocks = []
    for first in range(0, samples, size):
        rewards = rng.random((min(size, samples - first), len(world.cell))).T
        blocks.append(_optimal(world, np.ascontiguousarray(rewards), discount)[starts])
        progress(min(1.0, (first + size) / samples))
    found = np.concatenate(blocks, axis=1)
    error = found.std(axis=1, ddof=1) / np.sqrt(samples)
    exact, value = _known(world, discount)
    values = np.where(exact[starts], value[starts], found.mean(axis=1))
    return PowerEstimate(values, np.where(exact[starts], 0.0, error), discount, samples, seed)


def check_discount(discount: float) -> None:
    """Raise a GridempError unless a discount is from 0 to `MAX_DISCOUNT`."""
    if not 0 <= discount <= MAX_DISCOUNT:
        raise GridempError(
            f"`discount` must be from 0 to {MAX_DISCOUNT} for POWER, not {discount:g}"
        )


def expected_power_seconds(world: World, discount: float, samples: int) -> float:
    """Rough estimate of the time that `estimate_power` takes, in seconds."""
    iterations = 1 + np.log(TOLERANCE) / np.log(discount) if discount > 0 else 1
    return float(SECONDS_PER_ENTRY * world.successors.size * samples * iterations)


def _optimal(world: World, rewards: Array, discount: float) -> Array:
    """(1 - gamma) max_a P_a V* for each state and sample: shape (S, M), like the rewards."""
    values = rewards / (1 - discount) if discount else rewards
    while True:
        best = _best_next(world, values)
        change = rewards + discount * best - values
        low, high = change.min(axis=0), change.max(axis=0)
        # The interval of V* = R + gamma max_a P_a V* leaves max_a P_a V* an interval from
        # best + low/(1 - gamma) to best + high/(1 - gamma), of which POWER is (1 - gamma) times.
        if discount == 0 or float((high - low).max()) <= 2 * TOLERANCE:
            middle = (low + high) / 2
            return np.asarray((1 - discount) * best + middle)
        values = values + change


def _best_next(world: World, values: Array) -> Array:
    """Highest mean of the values of the next state over the actions: shape (S, M)."""
    best: Array | None = None
    for action in range(len(world.actions)):
        mean = np.zeros_like(values)
        for k in range(world.successors.shape[2]):
            ahead = values[world.successors[:, action, k]]
            if not world.deterministic:
                ahead *= world.probabilities[:, action, k, None]
            mean += ahead
        best = mean if best is None else np.maximum(best, mean)
    return np.zeros_like(values) if best is None else best


def _known(world: World, discount: float) -> tuple[Mask, Array]:
    """True for the states whose POWER is exact, and this value: both of shape (S,)."""
    own = np.arange(len(world.cell))
    # A successor without probability is replaced by the likeliest one of the same action.
    likeliest = np.take_along_axis(
        world.successors, world.probabilities.argmax(axis=2)[:, :, None], axis=2
    )
    ahead = likeliest[:, :, 0]
    certain = ((world.successors == likeliest) | (world.probabilities == 0)).all(axis=(1, 2))
    ordered = np.sort(ahead, axis=1)
    count = 1 + (np.diff(ordered, axis=1) > 0).sum(axis=1)
    stops = absorbing_states(world)[ahead] | (ahead == own[:, None])
    exact = certain & (stops.all(axis=1) | (discount == 0))
    return np.asarray(exact), np.asarray(count / (count + 1))
