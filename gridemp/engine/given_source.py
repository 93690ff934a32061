"""What a given source sends: I(A^n; O_{t+n} | s) of any distribution of action sequences, in bits.

Empowerment is the most that any source can send, so no map of these exceeds it. A source that draws
each action by itself is priced without a list of its sequences:

    I(A^n; O) = H(O) - H(O | A^n),

where O follows from the Markov chain of the mixed step, and the entropies of all sequences are
weighted by their probabilities; in a deterministic world they are 0.
"""

import hashlib

import numpy as np
from numpy.typing import ArrayLike

from gridemp.engine.channel import Window, channel, window
from gridemp.engine.empowerment import check_sequences, checked_horizon, distinct_starts
from gridemp.engine.map import EmpowermentMap
from gridemp.engine.sequences import Sequences, prefix_weights
from gridemp.errors import GridempError, HorizonTooLarge
from gridemp.information.linalg import product
from gridemp.information.measures import LN2, entropy, transmitted_information
from gridemp.progress import Progress, ignore
from gridemp.typing import Array
from gridemp.worlds.world import World

FAR = 100  # steps from which a deterministic world is squared, not walked through
MAX_STATES = 3000


def information_map(
    world: World,
    horizon: int,
    source: ArrayLike | str = "uniform",
    progress: Progress | None = None,
) -> EmpowermentMap:
    """The mutual information that a given source sends from every state.

    Parameters
    ----------
    world : World
        Of A actions and T starts.
    horizon : int
        Number of steps n, 1 or more.
    source : "uniform" or array_like, shape (A,), (A**n,) or (T, A**n)
        How likely each action is, each time anew; or each sequence, the last action varying
        fastest, for all starts or for each. For n = 1, (A,) and (A**n,) are the same.
    progress : callable, optional
        Called with the fraction done, from 0 to 1.

    Returns
    -------
    EmpowermentMap
        Of this information instead of empowerment; its gap is 0, as there is nothing to optimise.

    Raises
    ------
    GridempError
        If there is no such horizon, or the source is no distribution of one of these shapes.
    HorizonTooLarge
        If the action sequences of a noisy world, or those of a listed source, would not fit, or a
        long walk through a large deterministic world would take too long.
    """
    progress = progress or ignore
    steps, actions = checked_horizon(horizon, world), len(world.actions)
    world = world if world.deterministic else world.normalised()
    given = np.full(actions, 1 / actions) if isinstance(source, str) else _checked(source)
    if isinstance(source, str) and source != "uniform":
        raise GridempError(f"there is no source '{source}'; give uniform or probabilities")
    starts = np.arange(len(world.cell)) if world.starts is None else world.starts
    uniform = bool((given == given.flat[0]).all())
    if given.shape == (actions,) and world.deterministic and steps > FAR:
        bits = _sent_far(world, steps, given)[starts]
    elif given.shape == (actions,):
        if not world.deterministic:
            check_sequences(world, steps)
        chosen, same = (
            distinct_starts(world, steps) if uniform else (starts, np.arange(len(starts)))
        )
        solved: dict[bytes, float] = {}
        bits = np.zeros(len(chosen))
        for i, state in enumerate(chosen.tolist()):
            local = window(world, state, steps)
            key = hashlib.blake2b(local.key()).digest()
            if key not in solved:
                solved[key] = _sent(local, given, world.deterministic)
            bits[i] = solved[key]
            progress((i + 1) / len(chosen))
        bits = bits[same]
    elif given.shape[-1] == actions**steps and given.shape[:-1] in ((), (len(starts),)):
        each = np.broadcast_to(given, (len(starts), actions**steps))
        bits = np.zeros(len(starts))
        for i, state in enumerate(starts.tolist()):
            bits[i] = transmitted_information(channel(world, state, steps).probabilities, each[i])
            progress((i + 1) / len(starts))
    else:
        raise GridempError(
            f"a source has a probability for each of the {actions} actions or {actions}^{steps} "
            f"sequences, for each of the {len(starts)} starts if you like; this one has shape "
            f"{given.shape}"
        )
    name = "uniform source" if uniform else "own source"
    return EmpowermentMap(world, steps, bits, np.zeros(len(bits)), source=name)


def _sent_far(world: World, horizon: int, actions: Array) -> Array:
    """What is sent from each state of a deterministic world, by squaring its mixed step: (S,)."""
    states = len(world.cell)
    if states > MAX_STATES:
        raise HorizonTooLarge(
            f"{horizon} random steps in a world of {states:,} states take too long to mix; lower "
            f"the horizon to {FAR}, or take up to {MAX_STATES:,} states"
        )
    step = np.zeros((states, states))
    np.add.at(step, (np.arange(states)[:, None], world.successors[:, :, 0]), actions)
    power = np.eye(states)
    while horizon:
        if horizon % 2:
            power = product(power, step)
        step = product(step, step)
        horizon //= 2
    readings = np.unique(world.sensor, return_inverse=True)[1]
    return entropy(product(power, np.eye(readings.max() + 1)[readings]))


def _checked(source: ArrayLike) -> Array:
    """The source as an array, or a GridempError if it is no distribution."""
    try:
        array = np.asarray(source, dtype=float)
    except (TypeError, ValueError):
        array = np.empty(0)
    if array.ndim not in (1, 2) or not array.size:
        raise GridempError("a source is one row of probabilities, or one for each start")
    sums = array.sum(axis=-1)
    if not ((array >= 0).all() and np.allclose(sums, 1, rtol=0, atol=1e-9)):  # NaN fails too
        raise GridempError("the probabilities of a source are 0 or more and sum to 1")
    return np.asarray(array / sums[..., None])


def _sent(window: Window, actions: Array, deterministic: bool) -> float:
    """What is sent where each of the n actions is drawn by itself, in bits."""
    row = np.eye(1, len(window.reading))[0]
    left = len(window.successors)
    chances = window.probabilities * actions[:, None]
    for _ in range(window.horizon):
        after = np.zeros_like(row)
        np.add.at(after, window.successors, row[:left, None, None] * chances)
        row = after
    sent = float(entropy(np.bincount(window.reading, row)))
    if deterministic:
        return sent
    sequences = Sequences(window)
    weights = np.ones(1)
    if len(sequences.steps) < window.horizon:
        weights = prefix_weights(window, sequences, actions).sum(axis=1)
    for _ in sequences.steps:
        weights = np.outer(actions, weights).ravel()  # suffixes count their first action fastest
    return max(0.0, sent + float(weights @ sequences.negentropy) / LN2)
