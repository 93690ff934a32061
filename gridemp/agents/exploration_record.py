"""What comes of a walk by an agent that learns the walls: its beliefs, and how far off they are."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from gridemp.agents.belief import Belief
from gridemp.engine.map import EmpowermentMap
from gridemp.typing import Array, Indices

CLOSE = 0.01  # bits within which a belief map counts as right


@dataclass(frozen=True, eq=False)
class Learning:
    """A walk of K steps by an agent that learns the walls, and how its map comes to be right.

    Attributes
    ----------
    truth : EmpowermentMap
        The map of the true world.
    curiosity : float
        Bits of empowerment that a bit of information is worth to it.
    first : Belief
        What it believes at first.
    changes : tuple of (ndarray of int, ndarray, ndarray)
        At each moment, the places whose empowerment under the belief is another than before, and
        its certified lower end and gap there, in bits; first all P places.
    path : ndarray of int, shape (K + 1, 2)
        Row and column of where it is.
    tried : ndarray of int, shape (K,)
        The edge that each step tried to cross; -1 for none.
    worked : ndarray of bool, shape (K,)
        Whether it did.
    counted : ndarray of bool, shape (H, W)
        The cells that it can get to, which are those compared.
    largest, mean : ndarray, shape (K + 1,)
        Of the absolute difference between believed and true map over these, in bits, where every
        interval counts with its worse end.
    """

    truth: EmpowermentMap
    curiosity: float
    first: Belief
    changes: tuple[tuple[Indices, Array, Array], ...]
    path: Indices
    tried: Indices
    worked: NDArray[np.bool_]
    counted: NDArray[np.bool_]
    largest: Array
    mean: Array

    @property
    def steps(self) -> int:
        """K."""
        return len(self.tried)

    def settled(self, close: float = CLOSE) -> int | None:
        """After how many steps the believed map is, and stays, so close to the true one."""
        off = np.flatnonzero(self.largest > close)
        first = int(off[-1]) + 1 if len(off) else 0
        return first if first <= self.steps else None

    def belief(self, step: int) -> Belief:
        """What it believes after so many steps."""
        tried, worked = self.tried[:step], self.worked[:step]
        size, shape = self.first.works.size, self.first.works.shape
        works, fails = (
            np.bincount(tried[(tried >= 0) & chosen], minlength=size).reshape(shape)
            for chosen in (worked, ~worked)
        )
        return replace(self.first, works=works, fails=fails)

    def map(self, step: int) -> EmpowermentMap:
        """The empowerment of every place of the grid under the belief after so many steps."""
        values = np.empty((2, self.changes[0][0].size))
        for places, *found in self.changes[: step + 1]:
            values[:, places] = found
        return EmpowermentMap(self.belief(step).world(), self.truth.horizon, *values)

    def difference(self, step: int) -> Array:
        """Believed less true empowerment, of lower ends: (H, W), NaN where it cannot get to."""
        return np.where(self.counted, self.map(step).grid() - self.truth.grid(), np.nan)

    def untried(self) -> int:
        """How many edges at the cells that it can get to no step has tried to cross."""
        last = self.belief(self.steps)
        edges = np.unique(last.grid.edge[self.counted.ravel()])
        tries = (last.works + last.fails).ravel()
        return int((tries[edges[edges >= 0]] == 0).sum())


def distances(
    truth: EmpowermentMap,
    changes: list[tuple[Indices, Array, Array]],
    counted: NDArray[np.bool_],
) -> tuple[Array, Array]:
    """The largest and the mean difference to the truth at each moment, gaps against it."""
    low, high = (truth.grid(values)[counted] for values in (truth.bits, truth.bits + truth.gap))
    lower, upper = np.zeros(counted.size), np.zeros(counted.size)
    found = np.empty((2, len(changes)))
    for i, (places, bits, gap) in enumerate(changes):
        lower[places], upper[places] = bits, bits + gap
        chosen = counted.ravel()
        off = np.maximum(upper[chosen] - low, high - lower[chosen])
        found[:, i] = off.max(), off.mean()
    return found[0], found[1]
