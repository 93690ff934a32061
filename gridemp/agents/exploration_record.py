"""The record of an agent that explores a maze: its beliefs, and the errors of its maps."""

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from gridemp.agents.belief import Belief
from gridemp.engine.map import EmpowermentMap
from gridemp.shown import Shown, counted
from gridemp.typing import Array, Indices, Mask

CLOSE = 0.01  # bits within which a believed map counts as right


class Update(NamedTuple):
    """Change of the believed map in one step.

    Attributes
    ----------
    places : ndarray of int, shape (U,)
        Places whose empowerment was recomputed.
    bits, gap : ndarray, shape (U,)
        Certified lower end of their empowerment under the belief, and its gap, in bits.
    """

    places: Indices
    bits: Array
    gap: Array


@dataclass(frozen=True, eq=False, repr=False)
class ExplorationRecord(Shown):
    """K steps of an agent that explores a maze, and the convergence of its map to the true one.

    Attributes
    ----------
    truth : EmpowermentMap
        Map of the true world.
    curiosity : float
        Bits of empowerment that a bit of information is worth to the agent.
    initial_belief : Belief
        Belief at the start.
    updates : tuple of Update
        Change of the believed map at each of K + 1 moments; the first holds all P places.
    path : ndarray of int, shape (K + 1, 2)
        Row and column of the agent at each moment.
    tried : ndarray of int, shape (K,)
        Number of the edge that each step tried to cross; -1 for none.
    worked : ndarray of bool, shape (K,)
        True if the step changed the cell of the agent.
    reachable : ndarray of bool, shape (H, W)
        Cells that the agent can reach, in which the maps are compared.
    max_difference, mean_difference : ndarray, shape (K + 1,)
        Largest and mean absolute difference between the believed and the true map at each moment,
        in bits, at the worse end of each certified interval.

    Examples
    --------
    >>> import gridemp
    >>> import numpy as np
    >>> from gridemp.agents import Explorer, explore
    >>> explorer = Explorer(gridemp.World.from_maze(gridemp.parse_maze("...")), horizon=1)
    >>> record = explore(explorer, start=0, steps=4, rng=np.random.default_rng(0))
    >>> record.steps, record.max_difference.round(2)
    (4, array([1.  , 0.68, 0.  , 0.  , 0.  ]))
    """

    truth: EmpowermentMap
    curiosity: float
    initial_belief: Belief
    updates: tuple[Update, ...]
    path: Indices
    tried: Indices
    worked: Mask
    reachable: Mask
    max_difference: Array
    mean_difference: Array

    @property
    def steps(self) -> int:
        """Number of steps K."""
        return len(self.tried)

    def settled(self, close: float = CLOSE) -> int | None:
        """Number of steps after which the believed map stays close to the true one.

        Parameters
        ----------
        close : float
            Largest difference in any cell that counts as close, in bits.

        Returns
        -------
        int or None
            Number of steps; None if the maps differ by more after the last step.
        """
        off = np.flatnonzero(self.max_difference > close)
        first = int(off[-1]) + 1 if len(off) else 0
        return first if first <= self.steps else None

    def belief(self, step: int) -> Belief:
        """Belief after a number of steps.

        Parameters
        ----------
        step : int
            Number of steps, from 0 to K.

        Returns
        -------
        Belief
            Belief at this moment.
        """
        tried, worked = self.tried[:step], self.worked[:step]
        size, shape = self.initial_belief.works.size, self.initial_belief.works.shape
        works, fails = (
            np.bincount(tried[(tried >= 0) & chosen], minlength=size).reshape(shape)
            for chosen in (worked, ~worked)
        )
        return replace(self.initial_belief, works=works, fails=fails)

    def map(self, step: int) -> EmpowermentMap:
        """Map of all places of the grid under the belief after a number of steps.

        Parameters
        ----------
        step : int
            Number of steps, from 0 to K.

        Returns
        -------
        EmpowermentMap
            Map of the believed world.
        """
        bits, gap = np.empty((2, len(self.updates[0].places)))
        for update in self.updates[: step + 1]:
            bits[update.places], gap[update.places] = update.bits, update.gap
        return EmpowermentMap(self.belief(step).world(), self.truth.horizon, bits, gap)

    def difference(self, step: int) -> Array:
        """Believed minus true empowerment after a number of steps.

        Parameters
        ----------
        step : int
            Number of steps, from 0 to K.

        Returns
        -------
        ndarray, shape (H, W)
            Difference of the certified lower ends, in bits; NaN if the cell is not reachable.
        """
        return np.where(self.reachable, self.map(step).grid() - self.truth.grid(), np.nan)

    def __repr__(self) -> str:
        horizon, steps = self.truth.horizon, counted(self.steps, "step")
        return f"ExplorationRecord({self.truth.world!r}, horizon {horizon}, {steps})"

    def untried(self) -> int:
        """Count the edges at reachable cells that no step has tried to cross.

        Returns
        -------
        int
            Number of these edges.
        """
        last = self.belief(self.steps)
        edges = np.unique(last.grid.edge[self.reachable.ravel()])
        tries = (last.works + last.fails).ravel()
        return int((tries[edges[edges >= 0]] == 0).sum())


def differences(
    truth: EmpowermentMap, updates: list[Update], reachable: Mask
) -> tuple[Array, Array]:
    """Largest and mean difference between the believed and the true map at each moment, in bits.

    They are taken at the worse end of each certified interval.
    """
    low, high = (truth.grid(values)[reachable] for values in (truth.bits, truth.bits + truth.gap))
    lower, upper = np.zeros((2, reachable.size))
    compared = reachable.ravel()
    largest, mean = np.empty((2, len(updates)))
    for i, (places, bits, gap) in enumerate(updates):
        lower[places], upper[places] = bits, bits + gap
        off = np.maximum(upper[compared] - low, high - lower[compared])
        largest[i], mean[i] = off.max(), off.mean()
    return largest, mean
