"""The empowerment of every state: E_n(s) = max over p(a^n) of I(A^n; O_{t+n} | s), in bits.

The n actions are chosen before the first is taken (open loop). See A. S. Klyubin, D. Polani and
C. L. Nehaniv, "Empowerment: a universal agent-centric measure of control", IEEE CEC (2005).
"""

import hashlib
import math
import operator
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import ROUND_UP, Context
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from gridemp.active_set import solve
from gridemp.capacity import check_tolerance
from gridemp.channel import check_size, window
from gridemp.errors import ConvergenceWarning, GridempError
from gridemp.neighbourhoods import neighbourhoods
from gridemp.reach import count_outcomes
from gridemp.sequences import SEQUENCE_BYTES, Sequences
from gridemp.world import World

Array = NDArray[np.float64]
Counts = NDArray[np.int64]
MAX_HORIZON = 10**18
INVISIBLE_GAP = 1e-3  # bits; a map whose gaps are wider is one of bounds, and says so
ROUNDING = 1e-12  # bits by which equal cells may differ

Progress = Callable[[float], object]


class Peak(NamedTuple):
    """The cell of highest empowerment: of several, the lowest, then leftmost.

    `bits` is its certified lower end; `outcomes` how many sensor readings it can bring about (None
    in a noisy world); `ties` how many cells, this one included, the certificate cannot tell apart.
    """

    x: int
    y: int
    bits: float
    outcomes: int | None
    ties: int


@dataclass(frozen=True, eq=False, repr=False)
class EmpowermentMap:
    """The n-step empowerment of each state of a world.

    Attributes
    ----------
    world : World
        Of S states.
    horizon : int
        Number of steps n.
    bits : ndarray, shape (S,)
        Empowerment in bits: the certified lower end.
    gap : ndarray, shape (S,)
        The true value lies in [bits, bits + gap]; 0 in a deterministic world.
    outcomes : ndarray of int, shape (S,), or None
        In a deterministic world, how many sensor readings can be brought about; bits is its log2.
    """

    world: World
    horizon: int
    bits: Array
    gap: Array
    outcomes: Counts | None = None

    def grid(self, values: Array | None = None) -> Array:
        """Values of states, the bits by default, in array order: shape (H, W), NaN on walls."""
        maze = self.world.maze
        grid = np.full(maze.shape, np.nan)
        grid[tuple(maze.cells[self.world.cell].T)] = self.bits if values is None else values
        return grid

    def __repr__(self) -> str:
        low, high = self.bits.min(), self.bits.max()
        return (
            f"EmpowermentMap({self.world!r}, horizon {self.horizon}, {low:.2f} to {high:.2f} bits)"
        )

    @property
    def peaks(self) -> NDArray[np.intp]:
        """The states that may be the highest, those whose interval reaches it, by y, then x."""
        return self._by_place(self.bits + self.gap >= self.bits.max() - ROUNDING)

    @property
    def peak(self) -> Peak:
        """The highest state, its place, its value, and how many may be as high."""
        state = self._by_place(self.bits >= self.bits.max() - ROUNDING)[0]
        row, col = (int(i) for i in self.world.maze.cells[self.world.cell[state]])
        x, y = self.world.maze.xy(row, col)
        outcomes = None if self.outcomes is None else int(self.outcomes[state])
        return Peak(x, y, float(self.bits[state]), outcomes, len(self.peaks))

    def _by_place(self, chosen: NDArray[np.bool_]) -> NDArray[np.intp]:
        states = np.flatnonzero(chosen)
        rows, cols = self.world.maze.cells[self.world.cell[states]].T
        return states[np.lexsort((cols, -rows))]


def empowerment(
    world: World,
    horizon: int,
    tol: float = 1e-6,
    progress: Progress = lambda fraction: None,
) -> EmpowermentMap:
    """The n-step empowerment of every state of a world.

    Deterministic worlds: log2 of the number of distinct sensor readings that n steps can bring
    about, exact. Noisy worlds: the capacity of the channel of all A**n action sequences, certified
    to `tol`; nothing is sampled.

    Parameters
    ----------
    world : World
        Of S states.
    horizon : int
        Number of steps n, 1 or more.
    tol : float
        Largest certified gap to accept, in bits.
    progress : callable, optional
        Told the fraction done, from 0 to 1.

    Returns
    -------
    EmpowermentMap
        Bits and gap of each state.

    Raises
    ------
    GridempError
        If `horizon` is no positive whole number, `tol` is not positive, or the probabilities of a
        noisy world are none.
    HorizonTooLarge
        If the action sequences of a noisy world would not fit, before any work is done; if the
        window of a state would not, when that state's turn comes.

    Warns
    -----
    ConvergenceWarning
        If some cell misses `tol`; its interval holds all the same.
    """
    (emap,) = horizon_sweep(world, [horizon], tol, progress)
    return emap


def horizon_sweep(
    world: World,
    horizons: Sequence[int],
    tol: float = 1e-6,
    progress: Progress = lambda fraction: None,
) -> list[EmpowermentMap]:
    """The maps of several horizons for little more than the longest of them costs.

    Parameters, errors and warnings are those of `empowerment`, but for `horizons`.

    Parameters
    ----------
    world : World
        Of S states.
    horizons : sequence of int
        Numbers of steps, in any order.
    tol : float
        Largest certified gap to accept, in bits.
    progress : callable, optional
        Told the fraction done, from 0 to 1.

    Returns
    -------
    list of EmpowermentMap
        One for each horizon, in their order.
    """
    horizons = [checked_horizon(horizon) for horizon in horizons]
    check_tolerance(tol)
    if not horizons:
        return []
    if world.deterministic:
        counts = count_outcomes(world, horizons, progress)
        return [
            EmpowermentMap(world, horizon, np.log2(outcomes), np.zeros(len(outcomes)), outcomes)
            for horizon, outcomes in zip(horizons, counts, strict=True)
        ]
    check_sequences(world, max(horizons))
    world = world.normalised()
    costs = [len(world.actions) ** (horizon - max(horizons)) for horizon in horizons]
    maps = []
    for i, horizon in enumerate(horizons):

        def within(fraction: float, i: int = i) -> None:
            progress((sum(costs[:i]) + fraction * costs[i]) / sum(costs))

        maps.append(EmpowermentMap(world, horizon, *_capacities(world, horizon, tol, within)))
    return maps


def check_sequences(world: World, horizon: int) -> None:
    """Raise HorizonTooLarge if the action sequences of a noisy world are too many."""
    check_size(len(world.actions), horizon, lambda n: SEQUENCE_BYTES)


def rounded_up(bits: float) -> str:
    """A number of bits to one digit, or to two decimals from 0.1 on; never less than it is."""
    if bits >= 0.1:
        return f"{math.ceil(100 * bits) / 100:.2f}"
    return f"{float(Context(prec=1, rounding=ROUND_UP).create_decimal_from_float(bits)):g}"


def checked_horizon(horizon: int) -> int:
    """The horizon as an int, or a GridempError if it is no positive whole number."""
    try:
        steps = operator.index(horizon)
    except TypeError:
        steps = 0
    if not 1 <= steps <= MAX_HORIZON:
        raise GridempError(
            f"the horizon is a whole number of steps from 1 to {MAX_HORIZON:.0e}, not {horizon!r}"
        )
    return steps


def _capacities(world: World, horizon: int, tol: float, progress: Progress) -> tuple[Array, Array]:
    """Lower end and gap of each state's capacity; equal surroundings share the work."""
    if len(world.actions) == 1:  # nothing to choose
        return np.zeros(len(world.cell)), np.zeros(len(world.cell))
    _, firsts, same = np.unique(
        neighbourhoods(world, horizon), return_index=True, return_inverse=True
    )
    found = np.zeros((len(firsts), 2))
    solved: dict[bytes, tuple[float, float]] = {}
    for i, state in enumerate(firsts.tolist()):

        def within(fraction: float, done: int = i) -> None:
            progress((done + fraction) / len(firsts))

        local = window(world, state, horizon)
        key = hashlib.blake2b(local.key()).digest()
        if key not in solved:
            capacity = solve(Sequences(local, within), tol)
            solved[key] = capacity.lower, capacity.gap
        found[i] = solved[key]
        within(1.0)
    bits, gap = found[same].T
    missed = int((gap > tol).sum())
    if missed:
        warnings.warn(
            f"{missed} of {len(gap)} cells are certified only to {gap.max():.3g} bits, not to "
            f"{tol:g}; raise the tolerance",
            ConvergenceWarning,
            stacklevel=4,
        )
    return bits, gap
