"""Impoverished empowerment, in bits: that of an agent with a small repertoire of action sequences.

The agent has room for k sequences only. They are grown from the empty one: all sequences of m
actions are tried, the k that contribute most are kept, each of these is continued by all sequences
of m actions, k are kept again, and so on, until they have n actions. With K for the sequences that
are left, the value is

    E_k(s) = max over p(a) with a in K(s) of I(A; O_{t+n} | s)  <=  min(log2 k, E_n(s)),

the capacity of the channel of these sequences. It is a lower bound on the empowerment E_n, because
an agent with all A**n sequences may restrict itself to these. Its cost grows linearly with n.

T. Anthony, D. Polani and C. L. Nehaniv, "Impoverished empowerment: 'meaningful' action sequence
generation through bandwidth limitation", Advances in Artificial Life, ECAL 2009, LNCS 5778, 294-301
(Springer, 2011); see also T. Anthony, D. Polani and C. L. Nehaniv, "General self-motivation and
strategy identification: case studies based on Sokoban and Pac-Man", IEEE Trans. Comput. Intell. AI
Games 6(1), 1-17 (2014). `repertoire_choice` says how the k sequences are chosen here.
"""

import warnings

import numpy as np

from gridemp.arguments import check_kinds
from gridemp.engine.empowerment import TOLERANCE, checked_horizon
from gridemp.engine.kind import Kind
from gridemp.engine.map import EmpowermentMap
from gridemp.engine.repertoire import Repertoires
from gridemp.errors import ConvergenceWarning, GridempError
from gridemp.information.capacity import check_tolerance
from gridemp.progress import Progress, ignore, part_of
from gridemp.worlds.world import World

MAX_STEPS = 10_000  # each of which takes about as long as the first
SIZE = 16  # sequences, by default
STEP = 2  # actions by which they grow, by default


def impoverished_empowerment(
    world: World,
    horizon: int,
    repertoire: int = SIZE,
    step: int = STEP,
    tol: float = TOLERANCE,
    progress: Progress | None = None,
) -> EmpowermentMap:
    """Compute the empowerment of agents that know only a small repertoire of action sequences.

    Only k sequences are kept while they are extended from the start to n actions. The map holds
    the capacity of the channel of the k sequences that are left, at most log2 k bits, which is a
    certified lower bound on the empowerment. As k**n or A**n sequences are never listed, it suits
    horizons that are too long for `empowerment` in a noisy world.

    The choice of sequences is greedy and always the same. In a noisy world, the capacity of all
    candidates is computed once, the 4k with the largest weights are compared, and one after another
    is removed without which the others, in unchanged proportions, send most. In a deterministic
    world, all k different ends give log2 k bits, and those kept are far from the start and from
    each other. Ties are broken by the order of the actions, so that cells which mirror each other
    may differ slightly.

    Parameters
    ----------
    world : World
        World with A actions and T starts.
    horizon : int
        Number of steps n, from 1 to 10,000.
    repertoire : int
        Largest number of sequences to keep, k, 1 or more. If no candidate has to be dropped, the
        result is the empowerment.
    step : int
        Number of actions by which the sequences grow before k of them are chosen again, m. In a
        noisy world there are up to k * A**m candidates.
    tol : float
        Largest certified gap to accept, in bits.
    progress : callable, optional
        Called with the fraction done, from 0 to 1.

    Returns
    -------
    EmpowermentMap
        Map whose `kind` names k and m. Its `bits` and `gap` are those of the repertoire of each
        state, not of the empowerment, which may be far higher than `bits + gap`; its `outcomes`
        count the readings that the repertoire brings about in a deterministic world.

    Raises
    ------
    GridempError
        If the horizon, the repertoire, the step or the tolerance is out of range.
    HorizonTooLarge
        If the candidates of a noisy world would not fit in memory.

    Warns
    -----
    ConvergenceWarning
        If the gap of some state exceeds `tol`; its interval is still certified.

    Examples
    --------
    In a slippery corridor, three sequences of four steps send most of what all 5**4 can send:

    >>> import gridemp
    >>> world = gridemp.World.from_maze(gridemp.parse_maze("....."), slip=0.1)
    >>> exact = gridemp.empowerment(world, 4)
    >>> for k in (2, 3, 5):
    ...     emap = gridemp.impoverished_empowerment(world, 4, repertoire=k)
    ...     print(k, round(emap.at(2, 0), 4), "of", round(exact.at(2, 0), 4), "bits")
    2 0.9901 of 1.6962 bits
    3 1.4583 of 1.6962 bits
    5 1.6962 of 1.6962 bits
    """
    check_kinds(impoverished_empowerment, locals())
    progress = progress or ignore
    repertoires = checked_repertoires(world, horizon, repertoire, step, tol)
    world = repertoires.world
    starts = world.start_states.tolist()
    ends = np.empty((len(starts), 2))
    outcomes = np.empty(len(starts), dtype=np.int64)
    for i, state in enumerate(starts):
        kept = repertoires.of(state, part_of(progress, i, len(starts)))
        ends[i] = kept.lower, max(0.0, kept.upper - kept.lower)
        outcomes[i] = len(kept.weights)
    bits, gap = ends.T
    wide = int((gap > tol).sum())
    if wide:
        warnings.warn(
            f"{wide} of {len(gap)} states are certified only to within {gap.max():.3g} bits, not "
            f"{tol:g}; raise `tol`",
            ConvergenceWarning,
            stacklevel=2,
        )
    kind = Kind("impoverished", repertoire=int(repertoire), step=int(step))
    counted = outcomes if world.deterministic else None
    return EmpowermentMap(world, int(horizon), bits, gap, counted, kind=kind)


def checked_repertoires(
    world: World, horizon: int, repertoire: int, step: int, tol: float
) -> Repertoires:
    """Repertoires of the states of a world, with all arguments checked.

    Raises
    ------
    GridempError
        If the horizon, the repertoire, the step or the tolerance is out of range.
    """
    steps = checked_horizon(horizon, world)
    check_tolerance(tol)
    if steps > MAX_STEPS:
        raise GridempError(
            f"a repertoire grows step by step, to at most {MAX_STEPS:,} steps, not {steps:,}; "
            "lower the horizon"
        )
    for name, value in (("repertoire", repertoire), ("step", step)):
        if value < 1:
            raise GridempError(f"`{name}` must be a whole number, 1 or more, not {value}")
    world = world if world.deterministic else world.normalised()
    return Repertoires(world, steps, int(repertoire), int(step), tol)
