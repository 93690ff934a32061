"""An agent that does not know the walls: it walks by what it believes, and learns by walking.

Each step it takes an action that is best in the believed world by value iteration, where moving to
s' is worth E_n(s'), its empowerment under the belief, and trying a move across an edge so many bits
more for each bit that it is expected to tell of the wall:

    V(s) = max over a of  sum over s' of P(s'|s,a) (E_n(s') + g V(s')) + c info(s, a).

As it plans, the belief and so the bonus stay as they are: exploration as in J. Z. Kolter & A. Y.
Ng, "Near-Bayesian exploration in polynomial time", ICML (2009).
"""

import math
import warnings

import numpy as np
from numpy.typing import NDArray

from gridemp.agents.belief import PRIOR, no_belief
from gridemp.agents.exploration_record import Learning, distances
from gridemp.engine.channel import window
from gridemp.engine.channel_cache import CapacityCache
from gridemp.engine.empowerment import check_sequences, checked_horizon, empowerment
from gridemp.engine.runtime import expected_channel_seconds
from gridemp.errors import ConvergenceWarning, GridempError
from gridemp.information.capacity import check_tolerance
from gridemp.progress import Progress, ignore
from gridemp.typing import Array, Indices
from gridemp.worlds.subworld import nearby
from gridemp.worlds.world import World

CURIOSITY = 10.0
DISCOUNT = 0.98
SETTLED = 1e-9  # bits by which values may still differ when planning ends
TIES = 1e-6  # bits
SWEEPS_PER_PLAN = 60
MAX_SWEEPS = 1000


def learn(
    world: World,
    horizon: int,
    start: int,
    steps: int,
    rng: np.random.Generator,
    *,
    prior: float = PRIOR,
    curiosity: float = CURIOSITY,
    tol: float = 1e-6,
    cache: CapacityCache | None = None,
    progress: Progress | None = None,
) -> Learning:
    """Let an agent that does not know the walls walk, and keep what it believes.

    After every step it counts whether the move worked, and the empowerment of all places whose
    n-step channels this changes is computed anew, each certified.

    Parameters
    ----------
    world : World
        The true one, of a kind that `no_belief` takes.
    horizon : int
        Number of steps n that empowerment looks ahead.
    start : int
        The state where the agent is first.
    steps : int
        How many steps K it takes.
    rng : numpy.random.Generator
        Draws among actions that are equally good, and what a slip does.
    prior : float
        The strength of the Dirichlet prior of each edge, see `no_belief`.
    curiosity : float
        How many bits of empowerment a bit of information is worth to it. With 0 it goes by
        empowerment alone: what is unknown has less of it than the little that is known, so it
        stays after a step or two. With less than a few times the range of the map it may rest
        before all is seen; with 10 it sees all, and then goes to the peak.
    tol : float
        Largest certified gap to accept, in bits.
    cache : CapacityCache, optional
        Capacities found by other walks of the same `tol`; new ones are added.
    progress : callable, optional
        Called with the fraction done, from 0 to 1.

    Returns
    -------
    Learning

    Raises
    ------
    GridempError
        If the world is of another kind, or a number is out of range.
    HorizonTooLarge
        If the action sequences of a noisy world would not fit, before any work is done.

    Warns
    -----
    ConvergenceWarning
        If some gap misses `tol`; the intervals hold all the same.
    """
    progress = progress or ignore
    horizon = checked_horizon(horizon, world)
    check_learning(steps, curiosity, tol)
    belief = no_belief(world, prior)
    believed = belief.world()
    check_sequences(believed, horizon)
    truth = empowerment(world, horizon, tol)
    places = np.flatnonzero(world.maze.floor)
    intended = _intended(world)
    cache = CapacityCache(tol) if cache is None else cache
    every = np.arange(world.maze.floor.size)
    bits, gap = _capacities(believed, every, horizon, cache)
    changes = [(every, bits.copy(), gap.copy())]
    path, tried = [start], []
    values = np.zeros(len(every))
    state = start
    for step in range(steps):
        progress(step / steps)
        gains, values = planned(believed, bits, curiosity * belief.information(), values)
        own = gains[places[state]]
        meant = int(rng.choice(np.flatnonzero(own >= own.max() - TIES)))
        taken = meant
        if not world.deterministic:
            taken = int(rng.choice(len(own), p=belief.kernel[meant]))
        state, before = int(intended[state, taken]), state
        path.append(state)
        edge = int(belief.grid.edge[places[before], taken]) if taken < 4 else -1
        tried.append(edge)
        near = every[:0]
        if edge >= 0:
            belief = belief.after(edge, state != before)
            believed = belief.world()
            near = belief.touched(edge, horizon)
            bits[near], gap[near] = _capacities(believed, near, horizon, cache)
        changes.append((near, bits[near], gap[near]))
    progress(1.0)
    missed = max(float(own.max(initial=0.0)) for _, _, own in changes)
    if missed > tol:
        warnings.warn(
            f"some cells are certified only to {missed:.3g} bits, not to {tol:g}; "
            "raise the tolerance",
            ConvergenceWarning,
            stacklevel=2,
        )
    counted = np.zeros(world.maze.shape, dtype=bool)
    counted.ravel()[places[nearby(world, np.array([start]))]] = True
    return Learning(
        truth,
        curiosity,
        no_belief(world, prior),
        tuple(changes),
        np.stack(np.divmod(places[path], world.maze.shape[1]), axis=1),
        np.array(tried, dtype=np.intp),
        np.diff(path) != 0,
        counted,
        *distances(truth, changes, counted),
    )


def check_learning(steps: int, curiosity: float, tol: float) -> None:
    """Raise a GridempError if an agent cannot learn so."""
    check_tolerance(tol)
    if not (curiosity >= 0 and math.isfinite(curiosity)):
        raise GridempError(f"curiosity is a number of bits from 0 on, not {curiosity!r}")
    if steps < 1:
        raise GridempError(f"an agent learns by steps; give a number from 1 on, not {steps}")


def expected_learning_seconds(world: World, horizon: int, steps: int) -> float:
    """Roughly how long `learn` takes, in seconds; it raises what `learn` would."""
    believed = no_belief(world).world()
    check_sequences(believed, checked_horizon(horizon, world))
    near = min(2 * horizon**2, len(believed.cell))  # places that an edge bears on
    return steps * near * expected_channel_seconds(believed, horizon)


def planned(world: World, bits: Array, bonus: Array, values: Array) -> tuple[Array, Array]:
    """What each action is worth in a world where arriving is worth `bits` and acting a bonus.

    Value iteration with discount g; between two choices of all actions, values follow the actions
    chosen for many sweeps (modified policy iteration: M. L. Puterman & M. C. Shin, Management
    Science 24, 1978). It ends once all values grow alike.

    Parameters
    ----------
    world : World
        Of S states and A actions.
    bits : ndarray, shape (S,)
        What it is worth to arrive in a state.
    bonus : ndarray, shape (S, A)
        What it is worth to take an action.
    values : ndarray, shape (S,)
        Where to begin, such as the values found for a world like this.

    Returns
    -------
    gains : ndarray, shape (S, A)
        Up to a constant, in bits.
    values : ndarray, shape (S,)
        Their largest, the lowest of which is 0.
    """
    following, chances = world.successors, world.probabilities
    now = (chances * bits[following]).sum(axis=2) + bonus
    states = np.arange(len(bits))
    for _ in range(MAX_SWEEPS):
        gains = now + DISCOUNT * (chances * values[following]).sum(axis=2)
        best = gains.max(axis=1)
        change = best - values
        values = best - best.min()
        if change.max() - change.min() <= SETTLED:
            break
        chosen = states, gains.argmax(axis=1)
        own_following, own_chances, own_now = following[chosen], chances[chosen], now[chosen]
        for _ in range(SWEEPS_PER_PLAN):
            values = own_now + DISCOUNT * (own_chances * values[own_following]).sum(axis=1)
    return gains, values


def _capacities(
    world: World, places: Indices, horizon: int, cache: CapacityCache
) -> tuple[Array, Array]:
    """Lower end and gap of the empowerment of some places; equal surroundings are solved once."""
    found = np.zeros((2, len(places)))
    for i, place in enumerate(places.tolist()):
        found[:, i] = cache(window(world, place, horizon))
    return found[0], found[1]


def _intended(world: World) -> NDArray[np.intp]:
    """The state that each action leads to once it is taken: shape (S, A)."""
    ways = world.successors[:, :, 0] if world.deterministic else world.successors[:, 0]
    return np.asarray(ways, dtype=np.intp)
