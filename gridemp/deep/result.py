"""The result of training: a learned bound beside the exact map, as plain arrays."""

from dataclasses import dataclass

import numpy as np

from gridemp.engine.map import ROUNDING, EmpowermentMap
from gridemp.information.correlation import spearman
from gridemp.typing import Array, Counts


@dataclass(frozen=True, eq=False)
class LearnedBound:
    """A learned lower bound on empowerment, evaluated exactly, and the history of its training.

    Attributes
    ----------
    exact : EmpowermentMap
        The exact map of T starts.
    proved : EmpowermentMap
        The bound proved by the learned source and planning distributions, by enumeration with the
        true dynamics. Never above the upper end of `exact`, up to which its gap reaches.
    policy : ndarray, shape (S, A)
        The learned policy pi(a|s).
    updates : ndarray of int, shape (K,)
        Number of updates at each entry of the history.
    estimates : ndarray, shape (K,)
        Bound as estimated during training, mean over all states, in bits.
    means : ndarray, shape (K,)
        Bound evaluated exactly, mean over all starts, in bits.
    surprises : ndarray, shape (K,)
        Mean of -log2 p(s'|s,a) of the learned forward model, in bits a transition; NaN where the
        true model is given.
    ends : ndarray, shape (T,)
        Probability that the policy is in each start after `steps` steps from a uniform start.
    steps : int
        Number of steps of the policy for `ends`.
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

    @property
    def gap(self) -> Array:
        """Difference of the exact map and the bound, in bits: shape (T,)."""
        return np.asarray(self.exact.bits - self.proved.bits)

    @property
    def agreement(self) -> float:
        """Spearman's rank correlation of the bound and the exact map."""
        return spearman(self.exact.bits, self.proved.bits)

    @property
    def top_tenth(self) -> float:
        """Probability that the policy ends in the tenth of starts of highest empowerment.

        Starts that are equal to the last of them count, too.
        """
        bits = np.sort(self.exact.bits)
        least = bits[-max(1, len(bits) // 10)]
        return float(self.ends[self.exact.bits >= least - ROUNDING].sum())
