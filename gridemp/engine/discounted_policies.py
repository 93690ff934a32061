r"""Policies of a noisy world, and bounds on the divergence of their discounted occupancies.

The discounted occupancy of a policy from a start is p = (1 - g) e (I - g P)^-1, where e is 1 at the
start and P the matrix of the policy's steps. The divergence D(p || q) is convex in p, so that its
maximum over all policies is at a deterministic stationary one, but no way is known to find it
without trying them all. There are two bounds on it.

Lower bound. From a policy with occupancy p, the policy that is best for the reward ln(p / q) has an
occupancy p' with D(p' || q) >= D(p || q), as a convex function is above its tangents. Repeated,
this ends in a local maximum.

Upper bound. Let lo(s) and hi(s) be the smallest and the largest occupancy of the state s under any
policy, which two Markov decision processes with the reward 1 at s give. Between lo and hi, the
convex function p ln p is at most its chord a(s) + b(s) p, so that

    D(p || q) <= sum over s of a(s) + (b(s) - ln q(s)) p(s).

The right side is linear in p, and a Markov decision process with the reward b - ln q maximises it.
The bound is exact if each occupancy is lo or hi, as in a channel of equally noisy targets, and
otherwise loose: the more so, the more policies pass through a state to different extents.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from gridemp.information.linalg import solution
from gridemp.typing import Array, Indices
from gridemp.worlds.world import World

MAX_SWEEPS = 1000
ENOUGH = 1e-13  # improvement of a value that counts, which rounding does not reach

NARROW = 1e-9  # width of a range of occupancies, as a fraction, that has no chord

Policy = tuple[int, ...]  # an action for each state


class DiscountedPolicies:
    """Policies of a world of S states and A actions under a discount.

    Parameters
    ----------
    world : World
        The world.
    discount : float
        Discount g, between 0 and 1.
    """

    def __init__(self, world: World, discount: float) -> None:
        self.discount = discount
        self.states, self.actions = world.successors.shape[:2]
        self._steps = np.zeros((self.states, self.actions, self.states))
        i, a, _ = np.ogrid[: self.states, : self.actions, :1]
        np.add.at(self._steps, (i, a, world.successors), world.probabilities)
        self._to: list[Policy] = []
        self._highest, self._lowest = np.empty((2, self.states, self.states))
        for target in range(self.states):
            reward = np.eye(1, self.states, target)[0]
            policy, self._highest[:, target] = self.best(reward)
            self._to.append(policy)
            self._lowest[:, target] = -self.best(-reward)[1]

    def best(self, reward: Array) -> tuple[Policy, Array]:
        """Policy with the largest discounted reward, and an upper bound on that of all: shape (S,).

        The discounted reward from a start is the sum over all states of the occupancy times the
        reward. For any values v, it is at most v + r / (1 - g), where r is the largest Bellman
        residual of v, so the bound holds even if v is off by rounding errors.
        """
        policy = np.zeros(self.states, dtype=np.intp)
        for _ in range(MAX_SWEEPS):
            value = self._value(policy, reward)
            ahead = np.einsum("iaj,j->ia", self._steps, value)
            better = ahead.max(axis=1) > ahead[np.arange(self.states), policy] + ENOUGH
            if not better.any():
                break
            policy = np.where(better, ahead.argmax(axis=1), policy)
        backup = (1 - self.discount) * reward + self.discount * ahead.max(axis=1)
        residual = max(0.0, float((backup - value).max()))
        return tuple(policy.tolist()), value + residual / (1 - self.discount)

    def _value(self, policy: Indices, reward: Array) -> Array:
        return solution(self._system(policy), (1 - self.discount) * reward[:, None])[:, 0]

    def _system(self, policy: Any) -> Array:
        chosen = self._steps[np.arange(self.states), np.asarray(policy)]
        return np.asarray(np.eye(self.states) - self.discount * chosen)

    def occupancies(self, start: int, policies: Sequence[Policy]) -> Array:
        """Discounted occupancies of the states under N policies from a start, shape (N, S)."""
        first = (1 - self.discount) * np.eye(self.states, 1, -start)
        rows = np.array([solution(self._system(policy).T, first)[:, 0] for policy in policies])
        rows = np.maximum(rows, 0)
        return np.asarray(rows / rows.sum(axis=1, keepdims=True))

    def targets(self, start: int) -> list[Policy]:
        """Policies that stay in each state within reach as much as possible, without duplicates."""
        within = np.flatnonzero(self._highest[start] > ENOUGH)
        return list(dict.fromkeys(self._to[state] for state in within.tolist()))

    def chords(self, start: int) -> tuple[float, Array]:
        """Sum of a(s) over all states, and b(s): shape (S,)."""
        high = np.clip(self._highest[start], 0, 1)
        low = np.clip(self._lowest[start], 0, high)
        with np.errstate(divide="ignore", invalid="ignore"):
            at_low = np.where(low > 0, low * np.log(low), 0)
            at_high = np.where(high > 0, high * np.log(high), 0)
            wide = high - low > NARROW * high
            slope = np.where(wide, (at_high - at_low) / (high - low), 0)
        # A convex function is also below its larger end, where the chord would be inexact.
        offset = np.where(wide, at_low - slope * low, np.maximum(at_low, at_high))
        return float(offset.sum()), slope

    def climbed(self, start: int, policy: Policy, q: Array) -> Policy:
        """Policy to which the linearised divergence from q leads from another one."""
        held = -np.inf
        for _ in range(MAX_SWEEPS):
            (row,) = self.occupancies(start, [policy])
            logs = np.log(np.maximum(row, np.finfo(float).tiny) / q)
            divergence = float(row @ logs)
            if divergence <= held + ENOUGH:
                break
            held, best = divergence, policy
            policy = self.best(logs)[0]
        return best
