"""Empowerment of the first action alone, in bits, where later actions follow a given distribution.

The agent chooses its first action A_1. The n - 1 actions after it are drawn independently from a
fixed distribution w, so that the sensor reading O after n steps has the distribution

    p(o | a) = sum over s' of P(s' | s, a) (M^(n-1) R)(s', o),   M(i, j) = sum_b w(b) P(j | i, b),

where R is 1 for the reading of a state and 0 for others. The capacity of this channel of A inputs
is at most log2 A, whatever the horizon. With a given distribution of the first action, too, the
mutual information takes the place of the capacity.
"""

import warnings
from concurrent.futures import Executor
from functools import partial

import numpy as np
from numpy.typing import ArrayLike

from gridemp.arguments import check_kinds
from gridemp.engine.channel import Window
from gridemp.engine.channel_cache import ChannelCache
from gridemp.engine.empowerment import TOLERANCE, checked_horizon, distinct_starts, warn_wide
from gridemp.engine.kind import Kind
from gridemp.engine.map import EmpowermentMap
from gridemp.engine.shared_world import shared_world
from gridemp.errors import ConvergenceWarning, GridempError
from gridemp.information.active_set import active_set_capacity
from gridemp.information.capacity import check_tolerance
from gridemp.information.measures import transmitted_information
from gridemp.progress import Progress, ignore
from gridemp.typing import Array
from gridemp.worlds.world import World


def first_action_empowerment(
    world: World,
    horizon: int,
    afterwards: ArrayLike | str = "uniform",
    source: ArrayLike | str | None = None,
    tol: float = TOLERANCE,
    progress: Progress | None = None,
    *,
    executor: Executor | None = None,
) -> EmpowermentMap:
    """Compute the empowerment of the first of n actions in every state.

    It is the largest mutual information between the first action and the sensor reading after n
    steps, if the agent draws all later actions from a given distribution.

    Parameters
    ----------
    world : World
        World with A actions and T starts.
    horizon : int
        Number of steps n, 1 or more. For n = 1, the result is the empowerment.
    afterwards : "uniform" or array_like, shape (A,)
        Probability of each action after the first one.
    source : "uniform" or array_like, shape (A,), optional
        Probability of each first action; the result is then the mutual information of this source.
        By default the source is optimal.
    tol : float
        Largest certified gap to accept, in bits; not used with a given source.
    progress : callable, optional
        Called with the fraction done, from 0 to 1.
    executor : concurrent.futures.Executor, optional
        Executor whose workers share the states of a noisy world, as in `empowerment`.

    Returns
    -------
    EmpowermentMap
        Map whose `kind` names the distribution of the later actions.

    Raises
    ------
    GridempError
        If the horizon or the tolerance is out of range, or a distribution is invalid.

    Warns
    -----
    ConvergenceWarning
        If the gap of some state exceeds `tol`; its interval is still certified.

    Examples
    --------
    >>> import gridemp
    >>> world = gridemp.World.from_maze(gridemp.parse_maze(chr(10).join(["....."] * 5)))
    >>> emap = gridemp.first_action_empowerment(world, 3, source="uniform")
    >>> round(emap.at(2, 2), 4), round(emap.at(0, 0), 4)
    (0.6964, 0.2468)
    """
    check_kinds(first_action_empowerment, locals(), "afterwards", "source")
    steps = checked_horizon(horizon, world)
    check_tolerance(tol)
    later = weights_of("afterwards", afterwards, world)
    first = None if source is None else weights_of("source", source, world)
    world = world if world.deterministic else world.normalised()
    even = all((w is None or bool((w == w[0]).all())) for w in (later, first))
    # Surroundings are compared up to the order of actions, which only equal weights may ignore.
    states, group = distinct_starts(world, steps) if even else (world.start_states, slice(None))
    cache = ChannelCache(partial(_interval, later, first, tol))
    shared = shared_world(world, executor)
    ends = np.zeros((len(states), 2))
    for i, interval in cache.of_states(world, states, steps, progress or ignore, shared):
        ends[i] = interval
    bits, gap = ends[group].T
    warn_wide(gap, tol)
    kind = Kind("first-action", afterwards=_name(later))
    name = "" if first is None else f"source {_name(first)}"
    name = "uniform source" if name == "source uniform" else name  # as in `information_map`
    return EmpowermentMap(world, steps, bits, gap, source=name, kind=kind)


def weights_of(argument: str, given: ArrayLike | str, world: World) -> Array:
    """Probabilities of the A actions of a world, shape (A,).

    Raises
    ------
    GridempError
        If they are not a distribution over its actions; the message names the argument.
    """
    actions = len(world.actions)
    if isinstance(given, str):
        if given != "uniform":
            raise GridempError(f"`{argument}` must be uniform or probabilities, not '{given[:40]}'")
        return np.full(actions, 1 / actions)
    try:
        weights = np.asarray(given, dtype=float)
    except (TypeError, ValueError):
        weights = np.empty(0)
    if weights.shape != (actions,):
        raise GridempError(f"`{argument}` must hold a probability for each of {actions} actions")
    if not ((weights >= 0).all() and np.isclose(weights.sum(), 1, rtol=0, atol=1e-9)):
        raise GridempError(f"the probabilities of `{argument}` must be 0 or more and sum to 1")
    return np.asarray(weights / weights.sum())


def _name(weights: Array) -> str:
    """Name of a distribution of actions: uniform, or its probabilities."""
    return "uniform" if (weights == weights[0]).all() else ",".join(f"{w:.3g}" for w in weights)


def _interval(
    later: Array, first: Array | None, tol: float, window: Window, progress: Progress
) -> tuple[float, float]:
    """Lower end and gap of the information of the first action in a window, in bits."""
    rows = first_action_rows(window, later)
    if first is not None:
        return float(transmitted_information(rows, first)), 0.0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # the map warns
        capacity = active_set_capacity(rows, tol)
    return capacity.lower, capacity.gap


def first_action_rows(window: Window, later: Array) -> Array:
    """Probability of each reading after each first action: shape (A, Y)."""
    left, actions, _ = window.successors.shape
    rows = np.zeros((len(window.reading), actions))  # by states, as they are added up
    columns = np.arange(actions)[:, None]
    np.add.at(rows, (window.successors[0], columns), window.probabilities[0])
    chances = window.probabilities * later[:, None]
    for _ in range(window.horizon - 1):
        after = np.zeros_like(rows)
        np.add.at(after, window.successors, chances[..., None] * rows[:left, None, None])
        rows = after
    readings = np.zeros((len(window.labels), actions))
    np.add.at(readings, window.reading, rows)
    return readings.T
