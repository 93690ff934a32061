"""The n-step channel of one state: from action sequences to what is sensed after the last step.

Only the window of states within n steps takes part, numbered in the order in which a breadth-first
walk meets them. Two states whose windows are equal in these numbers have the same channel, row by
row and column by column.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from gridemp.engine.counting import count_outcomes
from gridemp.errors import HorizonTooLarge
from gridemp.typing import Array, Indices
from gridemp.worlds.world import World

MAX_BYTES = 2**31


@dataclass(frozen=True, eq=False)
class Window:
    """What n steps from one state can involve, in local numbers.

    Attributes
    ----------
    horizon : int
        n.
    successors : ndarray of int, shape (V, A, K)
        Local successors of the V states that can be left, those within n - 1 steps.
    probabilities : ndarray of float, shape (V, A, K)
        Their probabilities.
    reading : ndarray of int, shape (W,)
        For each of the W states within n steps, which of the Y sensor readings it gives.
    labels : ndarray of int, shape (Y,)
        The sensor readings as the world names them.
    """

    horizon: int
    successors: Indices
    probabilities: Array
    reading: Indices
    labels: Indices

    def key(self) -> bytes:
        """Everything the channel depends on; equal keys mean equal channels."""
        parts = (self.successors, self.probabilities, self.reading)
        shapes = repr((self.horizon, *(part.shape for part in parts)))
        return shapes.encode() + b"".join(part.tobytes() for part in parts)


@dataclass(frozen=True, eq=False)
class Channel:
    """p(o|a^n) from one state.

    Attributes
    ----------
    probabilities : ndarray, shape (A**n, Y)
        One row per action sequence, the last action varying fastest; each sums to 1.
    labels : ndarray of int, shape (Y,)
        The sensor reading of each column.
    """

    probabilities: Array
    labels: Indices


def window(world: World, state: int, horizon: int) -> Window:
    """The window of `state`: see `Window`."""
    met = dict.fromkeys([state])
    frontier = [state]
    left = 0  # how many of the states met can be left before the last step
    for _ in range(horizon):
        if not frontier:
            break
        left = len(met)
        reached = dict.fromkeys(world.successors[frontier].ravel().tolist())
        frontier = [s for s in reached if s not in met]
        met.update(dict.fromkeys(frontier))
    states = np.fromiter(met, dtype=np.intp)
    local = np.empty(len(world.cell), dtype=np.intp)
    local[states] = np.arange(len(states))
    # Readings are numbered as they are met, so that the numbers do not depend on the place.
    sensed = world.sensor[states].tolist()
    labels = {label: i for i, label in enumerate(dict.fromkeys(sensed))}
    return Window(
        horizon,
        local[world.successors[states[:left]]],
        world.probabilities[states[:left]],
        np.array([labels[label] for label in sensed], dtype=np.intp),
        np.fromiter(labels, dtype=np.intp),
    )


def channel(world: World, state: int, horizon: int) -> Channel:
    """The n-step channel of a state, every action sequence in it.

    Parameters
    ----------
    world : World
        Of A actions.
    state : int
        Where the agent starts.
    horizon : int
        Number of steps n.

    Returns
    -------
    Channel
        A**n rows.

    Raises
    ------
    HorizonTooLarge
        If the rows would not fit in memory.
    """
    check_size(len(world.actions), horizon, lambda n: 8 * _widest(world, n, state))
    return expand(window(world, state, horizon))


def expand(window: Window) -> Channel:
    """The channel of a window, without asking whether it fits."""
    step = transitions(window)
    actions, left, states = step.shape
    # One matrix product continues all rows in all ways.
    onward = step.transpose(1, 0, 2).reshape(left, actions * states)
    rows = np.eye(1, states)
    for _ in range(window.horizon):
        rows = (rows[:, :left] @ onward).reshape(-1, states)
    readings = len(window.labels)
    if readings < states:
        rows = rows @ np.eye(readings)[window.reading]
    return Channel(rows, window.labels)


def transitions(window: Window) -> Array:
    """P(j | i, a) for states i that can be left and j of a window: shape (A, V, W)."""
    left, actions, _ = window.successors.shape
    needed = 8 * actions * left * len(window.reading)
    if 3 * needed > MAX_BYTES:  # those that use it work on copies
        raise HorizonTooLarge(
            f"{window.horizon} steps from one state can lead to {len(window.reading):,} states, "
            f"and three copies of their {actions} transition matrices would take "
            f"{3 * needed / 1e9:,.1f} GB, more than the {MAX_BYTES / 1e9:.1f} GB allowed; "
            "lower the horizon"
        )
    step = np.zeros((actions, left, len(window.reading)))
    i, a, _ = np.ogrid[:left, :actions, :1]
    np.add.at(step, (a, i, window.successors), window.probabilities)
    return step


def check_size(actions: int, horizon: int, row_bytes: Callable[[int], float]) -> None:
    """Raise HorizonTooLarge if A**n rows of `row_bytes(n)` bytes would not fit.

    The text gives the size and the longest horizon that fits.
    """

    def digits(n: int) -> float:  # log10 of the bytes; the bytes themselves may have any size
        return n * math.log10(actions) + math.log10(row_bytes(min(n, 60)))

    limit = math.log10(MAX_BYTES)
    if digits(horizon) <= limit:
        return
    fits = next((n for n in range(min(horizon, 60), 0, -1) if digits(n) <= limit), 0)
    size = digits(horizon)
    needed = f"{10**size / 1e9:,.1f} GB" if size < 15 else f"10^{size:.0f} bytes"
    raise HorizonTooLarge(
        f"the noisy channel of one cell over {horizon} steps has {actions}^{horizon} action "
        f"sequences and would take {needed}, more than the {MAX_BYTES / 1e9:.1f} GB "
        f"allowed; lower the horizon to {fits}, or take bounds of the map (heatmap --bounds, "
        "empowerment_bounds)"
    )


def _widest(world: World, horizon: int, state: int) -> int:
    """How many states the window of a state holds."""
    count = len(world.cell)
    successors = world.successors.reshape(count, -1, 1)
    support = replace(
        world,
        actions=tuple(map(str, range(successors.shape[1]))),
        successors=successors,
        probabilities=np.broadcast_to(1.0, successors.shape),
        sensor=np.arange(count, dtype=np.int32),
        starts=np.array([state]),
    )
    return int(count_outcomes(support, [horizon])[0, 0])
