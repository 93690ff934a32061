"""A small context that an agent must know to lose no empowerment, by greedy merging of states."""

from itertools import combinations
from typing import NamedTuple

import numpy as np

from gridemp.arguments import check_kinds
from gridemp.engine.contextual import rows_from
from gridemp.engine.empowerment import TOLERANCE, checked_horizon
from gridemp.errors import GridempError
from gridemp.information.active_set import active_set_capacity
from gridemp.information.capacity import check_tolerance
from gridemp.information.measures import entropy
from gridemp.progress import Progress, ignore
from gridemp.typing import Indices, Labels
from gridemp.worlds.world import World

MAX_STARTS = 300  # of which all pairs are tried


class SufficientContext(NamedTuple):
    """Context with which an agent has as much empowerment as if it knew its state.

    Attributes
    ----------
    labels : ndarray of int, shape (S,)
        Context in each of the S states, from 0 to K - 1, the most frequent one first; -1 in states
        where no agent starts.
    entropy : float
        Entropy H(K) of the context in bits, for equally likely starts.
    bits : float
        Contextual empowerment E(K) in bits: a certified lower bound.
    lost : float
        Largest loss against the mean empowerment E(R) that is possible, in bits.

    Examples
    --------
    >>> import gridemp
    >>> world = gridemp.World.from_maze(gridemp.parse_maze("......"))
    >>> found = gridemp.analysis.sufficient_context(world, 1)
    >>> len(set(found.labels.tolist())), round(found.bits, 3), found.lost < 1e-5
    (4, 1.39, True)
    """

    labels: Labels
    entropy: float
    bits: float
    lost: float


def sufficient_context(
    world: World, horizon: int, tol: float = TOLERANCE, progress: Progress | None = None
) -> SufficientContext:
    """Find a small context that costs no empowerment, greedily.

    At first, each start is a context of its own. Then two contexts are merged whose joint channel
    has a capacity as large as the mean of theirs. Of several such pairs, one is taken whose merger
    lowers the entropy most, until there is none. The result is a local optimum: another context
    may have a lower entropy.

    Parameters
    ----------
    world : World
        World of S states with at most 300 starts.
    horizon : int
        Number of steps n, 1 or more.
    tol : float
        Loss of a merger to accept, in bits, which covers rounding.
    progress : callable, optional
        Called with the fraction done, from 0 to 1.

    Returns
    -------
    SufficientContext
        The context, its entropy, and the empowerment of an agent that knows it.

    Raises
    ------
    GridempError
        If an argument is out of range, or the world has too many starts.

    Examples
    --------
    In a corridor of nine cells, two cells can share a context if they cannot lead to the same
    cells, and if the same actions are best in both:

    >>> import gridemp
    >>> world = gridemp.World.from_maze(gridemp.parse_maze("........."))
    >>> found = gridemp.analysis.sufficient_context(world, 1)
    >>> found.labels.tolist(), round(found.entropy, 3)
    ([1, 0, 2, 3, 0, 2, 3, 0, 1], 1.975)
    """
    check_kinds(sufficient_context, locals())
    steps = checked_horizon(horizon, world)
    check_tolerance(tol)
    progress = progress or ignore
    world = world if world.deterministic else world.normalised()
    starts = world.start_states
    if len(starts) > MAX_STARTS:
        raise GridempError(
            f"a context is sought for at most {MAX_STARTS} starts, and this world has "
            f"{len(starts)}; use a smaller one"
        )

    def ends_of(members: Indices) -> tuple[float, float]:
        capacity = active_set_capacity(rows_from(world, members, steps), tol / 4)
        return capacity.lower, capacity.lower + capacity.gap

    groups = {i: starts[i : i + 1] for i in range(len(starts))}
    ends = {i: ends_of(members) for i, members in groups.items()}
    known = sum(upper for _, upper in ends.values()) / len(starts)
    refused: set[tuple[int, int]] = set()
    count = len(starts)
    while True:
        pairs = [pair for pair in combinations(groups, 2) if pair not in refused]
        pairs.sort(key=lambda pair: -_saved(*(len(groups[i]) for i in pair)))
        for one, other in pairs:
            joint = np.concatenate([groups[one], groups[other]])
            sizes = len(groups[one]), len(groups[other])
            apart = np.average([ends[one][1], ends[other][1]], weights=sizes)
            interval = ends_of(joint)
            if interval[0] + tol >= apart:
                break
            refused.add((one, other))
        else:
            break
        del groups[one], groups[other], ends[one], ends[other]
        groups[count], ends[count] = joint, interval
        count += 1
        progress((count - len(starts)) / len(starts))
    progress(1.0)
    ordered = sorted(groups, key=lambda i: (-len(groups[i]), groups[i].min()))
    labels = np.full(len(world.cell), -1, dtype=np.int32)
    for number, i in enumerate(ordered):
        labels[groups[i]] = number
    shares = np.array([len(groups[i]) for i in ordered]) / len(starts)
    bits = float(shares @ [ends[i][0] for i in ordered])
    return SufficientContext(labels, float(entropy(shares)), bits, max(0.0, known - bits))


def _saved(one: int, other: int) -> float:
    """Entropy, times the number of starts, that the merger of two contexts of these sizes saves."""
    total = one + other
    return float(total * np.log2(total) - one * np.log2(one) - other * np.log2(other))
