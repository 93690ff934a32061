"""Lower and upper bounds on the potential empowerment of noisy worlds, in bits.

Lower bound. The channel of any policies has at most the capacity of all. It begins with the
policies that stay in each state as much as possible, and grows by those to which
`DiscountedPolicies.climbed` leads from each of them that is used.

Upper bound. Potential empowerment is the largest H(sum of w p) - sum of w H(p) over distributions w
of occupancies p. Where the convex function p ln p is replaced by the chords of
`DiscountedPolicies`, which lie above it, the sum becomes linear in p,

    max over p in P of H(p) + sum over s of a(s) + b(s) p(s) = min over q of max over p in P of
        sum over s of a(s) + (b(s) - ln q(s)) p(s).

For any q, the inner maximum on the right is an upper bound, found by a Markov decision process.
Policies are added to a channel until its q comes close to the minimum.
"""

import numpy as np

from gridemp.engine.discounted_policies import DiscountedPolicies, Policy
from gridemp.information.active_set import interior_point
from gridemp.information.capacity import row_negentropy
from gridemp.information.measures import LN2
from gridemp.typing import Array

MAX_ROUNDS = 100
CLOSE = 2e-3  # nats; the upper bound is looser than this in any case
SHARE = 0.1  # of the weight, which new policies begin with
MIN_WEIGHT = 1e-3  # of the policies that others are sought from
FLOOR = 1e-6  # the uniform part of q, which makes it positive everywhere
PRECISION = 0.05  # of channels, as a fraction of what is to be reached


def potential_interval(policies: DiscountedPolicies, start: int, tol: float) -> tuple[float, float]:
    """Lower bound on the potential empowerment of a state, and the distance to an upper bound.

    Parameters
    ----------
    policies : DiscountedPolicies
        Policies of the world.
    start : int
        The state.
    tol : float
        Precision of the capacity of the policies that are found, in bits.
    """
    upper, pool = _upper(policies, start)
    lower = _lower(policies, start, pool, tol * LN2)
    return lower / LN2, max(0.0, upper - lower) / LN2


def _upper(policies: DiscountedPolicies, start: int) -> tuple[float, list[Policy]]:
    """Upper bound in nats, and the policies that were found on the way."""
    constant, slope = policies.chords(start)
    pool = policies.targets(start)
    rows, weights = policies.occupancies(start, pool), np.full(len(pool), 1 / len(pool))
    upper = np.inf
    for _ in range(MAX_ROUNDS):
        chords = constant + np.einsum("rs,s->r", rows, slope)
        weights, attained, q = _solved(rows, chords, weights, CLOSE)
        policy, values = policies.best(slope - np.log(q))
        upper = min(upper, constant + float(values[start]))
        if upper - attained <= CLOSE or policy in pool:
            break
        pool.append(policy)
        rows = np.concatenate([rows, policies.occupancies(start, [policy])])
        weights = np.append((1 - SHARE) * weights, SHARE)
    return upper, pool


def _lower(policies: DiscountedPolicies, start: int, pool: list[Policy], tol: float) -> float:
    """Lower bound in nats: the information of a source over policies, those of a pool and more."""
    rows, weights = policies.occupancies(start, pool), np.full(len(pool), 1 / len(pool))
    lower = 0.0
    for _ in range(MAX_ROUNDS):
        weights, attained, q = _solved(rows, row_negentropy(rows), weights, tol)
        lower = max(lower, attained)
        used = [pool[i] for i in np.flatnonzero(weights > MIN_WEIGHT)]
        climbed = dict.fromkeys(policies.climbed(start, policy, q) for policy in used)
        new = [policy for policy in climbed if policy not in set(pool)]
        added = policies.occupancies(start, new) if new else rows[:0]
        far = row_negentropy(added) - np.einsum("rs,s->r", added, np.log(q)) > lower + tol
        if not far.any():
            break
        pool = [*pool, *(policy for policy, is_far in zip(new, far, strict=True) if is_far)]
        rows = np.concatenate([rows, added[far]])
        share = np.full(far.sum(), SHARE / far.sum())
        weights = np.concatenate([(1 - SHARE) * weights, share])
    return lower


def _solved(
    rows: Array, negentropy: Array, weights: Array, tol: float
) -> tuple[Array, float, Array]:
    """Best weights of rows, what they attain in nats, and their mixture, positive everywhere."""
    met = rows.any(axis=0)
    weights, _ = interior_point(rows[:, met], negentropy, weights, PRECISION * tol)
    mixture = np.einsum("r,rs->s", weights, rows)
    attained = float(weights @ negentropy - mixture[met] @ np.log(mixture[met]))
    return weights, attained, (1 - FLOOR) * mixture + FLOOR / len(mixture)
