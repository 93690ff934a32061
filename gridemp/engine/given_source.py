"""Mutual information I(A^n; O_{t+n} | s) of any given source distribution, in bits.

Empowerment is the maximum over all sources, so no map of a given source exceeds it. For a source
that draws each action independently, no sequences are listed:

    I(A^n; O) = H(O) - H(O | A^n),

where the distribution of O follows from the Markov chain of the average step. The entropies given
each sequence are weighted by the probabilities of the sequences; in a deterministic world they
are 0.
"""

from concurrent.futures import Executor
from functools import partial

import numpy as np
from numpy.typing import ArrayLike

from gridemp.arguments import check_kinds
from gridemp.engine.channel import Window, channel
from gridemp.engine.channel_cache import ChannelCache
from gridemp.engine.empowerment import check_sequences, checked_horizon, distinct_starts
from gridemp.engine.map import EmpowermentMap
from gridemp.engine.sequences import Sequences, prefix_weights
from gridemp.engine.shared_world import shared_world
from gridemp.errors import GridempError, HorizonTooLarge
from gridemp.information.linalg import product
from gridemp.information.measures import LN2, entropy, transmitted_information
from gridemp.progress import Progress, ignore
from gridemp.typing import Array
from gridemp.worlds.world import World

MAX_WALKED_STEPS = 100  # beyond this, the average step of a deterministic world is squared
MAX_STATES = 3000  # of a world in which the average step is squared


def information_map(
    world: World,
    horizon: int,
    source: ArrayLike | str = "uniform",
    progress: Progress | None = None,
    *,
    executor: Executor | None = None,
) -> EmpowermentMap:
    """Compute the mutual information of a given source in every state.

    Parameters
    ----------
    world : World
        World with A actions and T starts.
    horizon : int
        Number of steps n, 1 or more.
    source : "uniform" or array_like, shape (A,), (A**n,) or (T, A**n)
        Source distribution: probabilities of the actions, each of which is drawn independently; or
        of the action sequences, the last action varying fastest, either for all starts or for each
        start. For n = 1 the first two shapes mean the same.
    progress : callable, optional
        Called with the fraction done, from 0 to 1.
    executor : concurrent.futures.Executor, optional
        Executor whose workers share the states of a noisy world, as in `empowerment`; not used for
        a source of action sequences.

    Returns
    -------
    EmpowermentMap
        Map with this information, in bits, instead of empowerment. The gap is 0, as nothing is
        optimised.

    Raises
    ------
    GridempError
        If the horizon is out of range, or `source` is not a distribution of one of these shapes.
    HorizonTooLarge
        If the action sequences of a noisy world, or those of a listed source, would not fit in
        memory, or many steps in a large deterministic world would take too long.

    Examples
    --------
    >>> import gridemp
    >>> world = gridemp.World.from_maze(gridemp.parse_maze("..."))
    >>> gridemp.information_map(world, 1).bits.round(3)  # all five actions equally likely
    array([0.722, 1.371, 0.722])
    >>> gridemp.empowerment(world, 1).bits.round(3)
    array([1.   , 1.585, 1.   ])
    """
    check_kinds(information_map, locals(), "source")
    progress = progress or ignore
    steps, actions = checked_horizon(horizon, world), len(world.actions)
    world = world if world.deterministic else world.normalised()
    weights = np.full(actions, 1 / actions) if isinstance(source, str) else _checked(source)
    if isinstance(source, str) and source != "uniform":
        raise GridempError(f"`source` must be uniform or probabilities, not '{source}'")
    starts = world.start_states
    uniform = bool((weights == weights.flat[0]).all())
    if weights.shape == (actions,) and world.deterministic and steps > MAX_WALKED_STEPS:
        bits = _information_by_squaring(world, steps, weights)[starts]
    elif weights.shape == (actions,):
        if not world.deterministic:
            check_sequences(world, steps)
        bits = _independent_actions(world, steps, weights, uniform, progress, executor)
    elif weights.shape[-1] == actions**steps and weights.shape[:-1] in ((), (len(starts),)):
        bits = np.zeros(len(starts))
        each = np.broadcast_to(weights, (len(starts), actions**steps))
        for i, state in enumerate(starts.tolist()):
            bits[i] = transmitted_information(channel(world, state, steps).probabilities, each[i])
            progress((i + 1) / len(starts))
    else:
        raise GridempError(
            f"a source must have a probability for each of the {actions} actions or "
            f"{actions}^{steps} action sequences, in one row or in a row for each of the "
            f"{len(starts)} starts; this one has shape {weights.shape}"
        )
    name = "uniform source" if uniform else "own source"
    return EmpowermentMap(world, steps, bits, np.zeros(len(bits)), source=name)


def _independent_actions(
    world: World,
    horizon: int,
    weights: Array,
    uniform: bool,
    progress: Progress,
    executor: Executor | None,
) -> Array:
    """Information from each start, in bits, where actions are drawn independently: shape (T,)."""
    starts = world.start_states
    # Surroundings are compared up to the order of actions, which only a uniform source may ignore.
    states, group = distinct_starts(world, horizon) if uniform else (starts, slice(None))
    cache = ChannelCache(partial(_window_information, weights, world.deterministic))
    shared = shared_world(world, executor)
    bits = np.zeros(len(states))
    for i, information in cache.of_states(world, states, horizon, progress, shared):
        bits[i] = information
    return bits[group]


def _information_by_squaring(world: World, horizon: int, weights: Array) -> Array:
    """Information from each state of a deterministic world, by squaring its average step: (S,)."""
    states = len(world.cell)
    if states > MAX_STATES:
        raise HorizonTooLarge(
            f"{horizon} random steps in a world of {states:,} states take too long to compute; "
            f"lower the horizon to {MAX_WALKED_STEPS}, or use a world of up to {MAX_STATES:,} "
            "states"
        )
    step = np.zeros((states, states))
    np.add.at(step, (np.arange(states)[:, None], world.successors[:, :, 0]), weights)
    power = np.eye(states)
    while horizon:
        if horizon % 2:
            power = product(power, step)
        step = product(step, step)
        horizon //= 2
    readings = np.unique(world.sensor, return_inverse=True)[1]
    return entropy(product(power, np.eye(readings.max() + 1)[readings]))


def _checked(source: ArrayLike) -> Array:
    """Return the source as an array.

    Raises
    ------
    GridempError
        If `source` is not a distribution, or one for each start.
    """
    try:
        array = np.asarray(source, dtype=float)
    except (TypeError, ValueError):
        array = np.empty(0)
    if array.ndim not in (1, 2) or not array.size:
        raise GridempError("`source` must be one row of probabilities, or a row for each start")
    sums = array.sum(axis=-1)
    if not ((array >= 0).all() and np.allclose(sums, 1, rtol=0, atol=1e-9)):  # NaN fails too
        raise GridempError("the probabilities of a source must be 0 or more and sum to 1")
    return np.asarray(array / sums[..., None])


def _window_information(
    actions: Array, deterministic: bool, window: Window, progress: Progress
) -> float:
    """Information in bits where each of the n actions is drawn independently."""
    row = np.eye(1, len(window.reading))[0]
    left = len(window.successors)
    chances = window.probabilities * actions[:, None]
    for _ in range(window.horizon):
        after = np.zeros_like(row)
        np.add.at(after, window.successors, row[:left, None, None] * chances)
        row = after
    output_entropy = float(entropy(np.bincount(window.reading, row)))
    if deterministic:
        return output_entropy
    sequences = Sequences(window, progress)
    weights = np.ones(1)
    if len(sequences.steps) < window.horizon:
        weights = prefix_weights(window, sequences, actions).sum(axis=1)
    for _ in sequences.steps:
        weights = np.outer(actions, weights).ravel()  # the first action of a suffix varies fastest
    return max(0.0, output_entropy + float(weights @ sequences.negentropy) / LN2)
