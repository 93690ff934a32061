"""What networks have learned of a world's empowerment, beside the exact map: plain arrays."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gridemp.engine.map import ROUNDING, EmpowermentMap
from gridemp.information.correlation import spearman
from gridemp.typing import Array


@dataclass(frozen=True, eq=False)
class LearnedBound:
    """A learned lower bound, evaluated exactly, and how it came to be.

    Attributes
    ----------
    exact : EmpowermentMap
        Of T starts.
    proved : EmpowermentMap
        The bound that the learned source and planning distribution prove, by enumeration with the
        true dynamics: never above the upper end of `exact`, up to which its gap reaches.
    policy : ndarray, shape (S, A)
        pi(a|s).
    updates : ndarray of int, shape (K,)
        When the following was noted.
    estimates : ndarray, shape (K,)
        The bound as the networks estimated it while they learned, mean over all states, in bits.
    means : ndarray, shape (K,)
        The bound evaluated exactly, mean over all starts, in bits.
    surprises : ndarray, shape (K,)
        The mean of -log2 p(s'|s,a) of the learned forward model; NaN where it is given.
    ends : ndarray, shape (T,)
        How likely the policy, begun evenly at all starts, is in each of them after `steps` steps.
    steps : int
        See there.
    """

    exact: EmpowermentMap
    proved: EmpowermentMap
    policy: Array
    updates: NDArray[np.int64]
    estimates: Array
    means: Array
    surprises: Array
    ends: Array
    steps: int

    @property
    def gap(self) -> Array:
        """What the bound lacks of the exact map, in bits: shape (T,)."""
        return np.asarray(self.exact.bits - self.proved.bits)

    @property
    def agreement(self) -> float:
        """Spearman's correlation of bound and exact map."""
        return spearman(self.exact.bits, self.proved.bits)

    @property
    def top_tenth(self) -> float:
        """How likely the policy ends among the tenth of starts of most empowerment, ties too."""
        bits = np.sort(self.exact.bits)
        least = bits[-max(1, len(bits) // 10)]
        return float(self.ends[self.exact.bits >= least - ROUNDING].sum())
