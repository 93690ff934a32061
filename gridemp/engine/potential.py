"""Potential empowerment: the capacity of the channel from policies to discounted future states.

With a discount g, the discounted occupancy of a policy from a state s is the distribution

    p(s+) = (1 - g) sum over t >= 0 of g^t P(s_t = s+ | s_0 = s)

of the state S+ in which the agent is at a random time. The occupancies of all policies form a
polytope P. Potential empowerment is the largest mutual information between a policy Z, drawn from
any source, and S+. The capacity of a channel whose rows are the corners of P is the radius of P in
divergence (R. G. Gallager, "Information Theory and Reliable Communication" (1968), theorem 4.5.1):

    max over sources of I(Z; S+) = min over q of max over p in P of D(p || q).                (1)

See Ji, Myers, Levine and Eysenbach, "The Geometry of Empowerment", arXiv:2610.07796. There it is in
nats; here it is in bits, which are ln 2 nats each. Inside of this module and of `DiscountedWalks`,
divergences are in nats.

There are too many policies to list them. The method of column generation solves the channel of a
few of them by an interior-point method, which gives a lower end and a q, and asks `DiscountedWalks`
for the largest divergence from q of all of them, which is an upper end for any q, by (1). Policies
that exceed the lower end become rows of the channel, and so on until the two ends meet. No row is
dropped, as one without weight in an early channel often has some later. A policy whose walk visits
states twice only adds a point of P that is no corner, so the lower end holds.

In noisy worlds, no such search is known, and there are only bounds: see `potential_bounds`.
"""

from typing import NamedTuple

import numpy as np

from gridemp.arguments import check_kinds
from gridemp.engine.discounted_policies import DiscountedPolicies
from gridemp.engine.discounted_walks import CyclingWalk, DiscountedWalks, distinct
from gridemp.engine.empowerment import TOLERANCE, distinct_starts, warn_wide
from gridemp.engine.kind import Kind, check_discount
from gridemp.engine.map import EmpowermentMap
from gridemp.engine.potential_bounds import potential_interval
from gridemp.errors import GridempError
from gridemp.information.active_set import interior_point
from gridemp.information.capacity import check_tolerance, row_negentropy
from gridemp.information.measures import LN2
from gridemp.progress import Progress, ignore
from gridemp.shown import counted
from gridemp.typing import Array
from gridemp.worlds.world import World

MAX_STATES = 2000  # 0.5 GB for each search of their walks
MAX_NOISY = 400  # states of a noisy world
MAX_NOISY_DISCOUNT = 0.999999  # beyond this, rounding errors of occupancies would matter
MAX_ROUNDS = 100
MAX_NEW = 100  # walks that are added at a time, which keeps channels small
FIRST = 0.1  # nats; the precision to which the first channel is solved
PRECISION = 0.05  # the precision of the others, as a fraction of the gap
SHARE = 0.1  # of the weight, which new walks begin with
FLOOR = 1e-3  # the uniform part of q, which makes it positive everywhere, as a fraction of `tol`


class Skills(NamedTuple):
    """Skills of an agent in one state: walks, and the source that attains potential empowerment.

    Attributes
    ----------
    bits : float
        Mutual information between the walk and the discounted future state, in bits: the certified
        lower end.
    gap : float
        Width of the certified interval in bits: the true value lies in [bits, bits + gap].
    walks : tuple of CyclingWalk, length K
        Walks of the skills, the most probable first.
    weights : ndarray, shape (K,)
        Probability of each walk. Many of the last ones have hardly any.
    discount : float
        The discount.

    Examples
    --------
    >>> import gridemp
    >>> world = gridemp.World.from_maze(gridemp.parse_maze(".."))
    >>> skills = gridemp.analysis.cell_skills(world, x=0, y=0, discount=0.5)
    >>> skills.walks[0]  # stay
    CyclingWalk(states=(0,), tail=0)
    >>> round(skills.bits, 4), skills.gap <= 1e-6
    (0.3219, True)
    """

    bits: float
    gap: float
    walks: tuple[CyclingWalk, ...]
    weights: Array
    discount: float


def potential_empowerment(
    world: World,
    discount: float,
    tol: float = TOLERANCE,
    progress: Progress | None = None,
) -> EmpowermentMap:
    r"""Compute the potential empowerment of every state of a world.

    It is the capacity of the channel from policies to the discounted future state: the state at a
    random time t >= 0 with the probabilities (1 - discount) * discount**t. The agent sees its state
    before each action (closed loop).

    Parameters
    ----------
    world : World
        World whose sensor tells all its states apart: up to 2000 without noise, 400 with it.
    discount : float
        Discount, between 0 and 1. On average, the future state is discount / (1 - discount) steps
        ahead.
    tol : float
        Largest certified gap to accept, in bits, in a deterministic world.
    progress : callable, optional
        Called with the fraction done, from 0 to 1.

    Returns
    -------
    EmpowermentMap
        Map without a horizon, whose `kind` holds the discount. One bit is ln 2 = 0.693 nats. In a
        noisy world, `bits` is a lower bound, and `gap` the distance to a proven upper bound, which
        may be large: see `gridemp.engine.potential_bounds`.

    Raises
    ------
    GridempError
        If the sensor of the world does not tell all states apart, if the world does not hold all
        states or too many, or if `discount` or `tol` is out of range.

    Warns
    -----
    ConvergenceWarning
        If the gap of some state of a deterministic world exceeds `tol`, which happens only for a
        `tol` near the rounding error; its interval is still certified.

    Examples
    --------
    >>> import gridemp
    >>> world = gridemp.World.from_maze(gridemp.parse_maze("...\n..."))
    >>> emap = gridemp.potential_empowerment(world, discount=0.9)
    >>> emap.grid().round(4)
    array([[1.8888, 2.0221, 1.8888],
           [1.8888, 2.0221, 1.8888]])
    """
    check_kinds(potential_empowerment, locals())
    progress = progress or ignore
    check_tolerance(tol)
    if world.deterministic:
        walks = walks_of(world, discount)
    else:
        check_world(world, discount, MAX_NOISY)
        if discount > MAX_NOISY_DISCOUNT:
            raise GridempError(
                f"in a noisy world, `discount` must be at most {MAX_NOISY_DISCOUNT}, not {discount}"
            )
        world = world.normalised()
        policies = DiscountedPolicies(world, discount)
    states, group = distinct_starts(world, len(world.cell))
    ends = np.empty((2, len(states)))
    for i, state in enumerate(states.tolist()):
        if world.deterministic:
            ends[:, i] = skills(walks, state, tol)[:2]
        else:
            ends[:, i] = potential_interval(policies, state, tol)
        progress((i + 1) / len(states))
    bits, gap = ends[:, group]
    if world.deterministic:
        warn_wide(gap, tol)
    kind = Kind("potential", discount=float(discount))
    return EmpowermentMap(world, None, bits, gap, kind=kind)


def walks_of(world: World, discount: float) -> DiscountedWalks:
    """Walks of a world under a discount.

    Raises
    ------
    GridempError
        If there is no potential empowerment of such a world, or the discount is out of range.
    """
    if not world.deterministic:
        raise GridempError(
            "skills are walks only in a deterministic world, and this one is noisy; build it "
            "without slips"
        )
    check_world(world, discount, MAX_STATES)
    return DiscountedWalks(world.successors[:, :, 0].astype(np.intp), discount)


def check_world(world: World, discount: float, most: int) -> None:
    """Raise a GridempError if there is no potential empowerment of a world, or too many states."""
    check_discount(discount)
    states = len(world.cell)
    if world.within is not None:
        raise GridempError(
            f"potential empowerment needs all states, and this world was built for "
            f"{counted(world.within, 'step')}; build it without `within`"
        )
    if len(np.unique(world.sensor)) < states:
        raise GridempError(
            "potential empowerment needs a sensor that tells all states apart; build the world "
            "without another sensor"
        )
    if states > most:
        noise = "" if world.deterministic else " of a noisy world"
        raise GridempError(
            f"potential empowerment is computed for at most {most} states{noise}, and this one "
            f"has {states}; use a smaller one"
        )


def skills(walks: DiscountedWalks, start: int, tol: float) -> Skills:
    """Compute the potential empowerment of a state, and the skills that attain it.

    Parameters
    ----------
    walks : DiscountedWalks
        Walks of a world of S states.
    start : int
        The state.
    tol : float
        Width of the interval to reach, in bits. It is exceeded if only rounding errors are left.
    """
    tol *= LN2
    uniform = np.full(walks.states, 1 / walks.states)
    floor = FLOOR * min(tol, 1.0)
    pool = distinct(walks.best(start, uniform, -1.0)[1])
    rows, weights = walks.occupancies(pool), np.full(len(pool), 1 / len(pool))
    lower, upper, best = -np.inf, np.inf, weights
    precision = FIRST
    for _ in range(MAX_ROUNDS):
        met = rows.any(axis=0)
        negentropy = row_negentropy(rows)
        weights, _ = interior_point(rows[:, met], negentropy, weights, precision)
        q = np.einsum("w,ws->s", weights, rows)
        attained = float(weights @ negentropy - q[met] @ np.log(q[met]))
        if attained > lower:
            lower, best = attained, weights
        q = (1 - floor) * q + floor * uniform
        highest, found = walks.best(start, q, lower, tol)
        upper = min(upper, highest)
        if upper - lower <= tol:
            break
        known = set(pool)
        new = [walk for walk in distinct(found) if walk not in known][:MAX_NEW]
        if new:
            pool += new
            rows = np.concatenate([rows, walks.occupancies(new)])
            share = np.full(len(new), SHARE / len(new))
            weights = np.concatenate([(1 - SHARE) * weights, share])
        elif precision <= PRECISION * tol:
            break
        precision = max(
            PRECISION * tol, min(precision, PRECISION * (upper - lower)) if new else 0.0
        )
    order = np.argsort(-best, kind="stable")
    lower = max(0.0, lower)
    return Skills(
        lower / LN2,
        max(0.0, upper - lower) / LN2,
        tuple(pool[i] for i in order.tolist()),
        best[order],
        walks.discount,
    )
