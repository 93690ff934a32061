"""The result of training: a learned bound beside the exact map, as plain arrays."""

from dataclasses import dataclass

import numpy as np

from gridemp.engine.map import ROUNDING, EmpowermentMap
from gridemp.information.correlation import spearman
from gridemp.shown import Shown
from gridemp.typing import Array, Counts


@dataclass(frozen=True, eq=False, repr=False)
class LearnedBound(Shown):
    """A learned lower bound on empowerment, evaluated exactly, and the history of its training.

    Attributes
    ----------
    exact : EmpowermentMap
        The exact map of T starts.
    proved : EmpowermentMap
        The bound proved by the learned source and planning distributions, by enumeration with the
        true dynamics. It never exceeds the upper end of `exact`, and its gap extends up to there.
    policy : ndarray, shape (S, A)
        The learned policy, ``pi(a|s)``.
    updates : ndarray of int, shape (K,)
        Number of updates at each entry of the history.
    estimates : ndarray, shape (K,)
        Mean over all states of the bound as estimated during training, in bits.
    means : ndarray, shape (K,)
        Mean over all starts of the bound evaluated exactly, in bits.
    surprises : ndarray, shape (K,)
        Mean of ``-log2 p(s'|s, a)`` of the learned forward model, in bits per transition; NaN
        where the true model is given.
    ends : ndarray, shape (T,)
        Probability of being in each start after `steps` steps of the policy from a uniform start.
    steps : int
        Number of steps of the policy for `ends`.
    reward : {"empowerment", "negative"}
        Reward that the policy learned to gather: the bound, or minus the bound.
    policy_return, best_return : float
        Discounted sum of the exact empowerment of the states that the policy enters, and that of an
        optimal policy, as means over the starts, in bits. For the reward "negative", the optimal
        policy has the lowest sum. The discount factor is 0.95.

    Examples
    --------
    >>> import gridemp
    >>> from gridemp.deep import TrainingOptions, train
    >>> exact = gridemp.empowerment(gridemp.World.from_maze(gridemp.parse_maze(".....")), 1)
    >>> learned = train(exact, TrainingOptions(updates=50, dynamics="given"))
    >>> learned.policy.shape, bool((learned.proved.bits <= exact.bits + 1e-9).all())
    ((5, 5), True)
    """

    exact: EmpowermentMap
    proved: EmpowermentMap
    policy: Array
    updates: Counts
    estimates: Array
    means: Array
    surprises: Array
    ends: Array
    steps: int
    reward: str
    policy_return: float
    best_return: float

    @property
    def gap(self) -> Array:
        """Difference between the exact map and the bound, in bits: shape (T,)."""
        return np.asarray(self.exact.bits - self.proved.bits)

    @property
    def agreement(self) -> float:
        """Spearman's rank correlation between the bound and the exact map."""
        return spearman(self.exact.bits, self.proved.bits)

    @property
    def top_tenth(self) -> float:
        """Probability that the policy ends in the tenth of starts of highest empowerment.

        Starts tied with the last of these count, too.
        """
        bits = np.sort(self.exact.bits)
        least = bits[-max(1, len(bits) // 10)]
        return float(self.ends[self.exact.bits >= least - ROUNDING].sum())

    def __repr__(self) -> str:
        exact, proved = self.exact.bits.mean(), self.proved.bits.mean()
        return (
            f"LearnedBound({self.exact.world!r}, horizon {self.exact.horizon}, "
            f"mean {proved:.2f} of {exact:.2f} bits)"
        )
