"""N-step channel of one state: from action sequences to the sensor reading after the last step.

Only the window of states within n steps matters. Its states are numbered in the order in which a
breadth-first search meets them. Two states with equal windows in this numbering have the same
channel, row by row and column by column.
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
PROBABILITY_GRID = 2.0**48  # probabilities that agree to 4e-15 count as equal


@dataclass(frozen=True, eq=False)
class Window:
    """States within n steps of one state, numbered locally, and the transitions among them.

    Attributes
    ----------
    horizon : int
        Number of steps n.
    successors : ndarray of int, shape (V, A, K)
        Local successors of the V states that can be left, which are those within n - 1 steps.
    probabilities : ndarray of float, shape (V, A, K)
        Probabilities of these successors.
    reading : ndarray of int, shape (W,)
        Sensor reading of each of the W states within n steps, as an index into `labels`.
    labels : ndarray of int, shape (Y,)
        The Y sensor readings, as the world numbers them.
    """

    horizon: int
    successors: Indices
    probabilities: Array
    reading: Indices
    labels: Indices

    def key(self) -> bytes:
        """Return the bytes of all that the channel depends on; equal keys mean equal channels."""
        parts = (self.successors, self.probabilities, self.reading)
        shapes = repr((self.horizon, *(part.shape for part in parts)))
        return shapes.encode() + b"".join(part.tobytes() for part in parts)


@dataclass(frozen=True, eq=False)
class Channel:
    """Conditional probabilities p(o | a^n) from one state.

    Attributes
    ----------
    probabilities : ndarray, shape (A**n, Y)
        One row for each action sequence, the last action varying fastest; each sums to 1.
    labels : ndarray of int, shape (Y,)
        Sensor reading of each column.
    """

    probabilities: Array
    labels: Indices


def window(world: World, state: int, horizon: int) -> Window:
    """Return the window of a state: see `Window`."""
    met = dict.fromkeys([state])
    frontier = [state]
    left = 0  # number of states within n - 1 steps, which can be left
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
    # Readings are numbered as they are met, so that the numbers do not depend on the position.
    sensed = world.sensor[states].tolist()
    number = {label: i for i, label in enumerate(dict.fromkeys(sensed))}
    return Window(
        horizon=horizon,
        successors=local[world.successors[states[:left]]],
        probabilities=world.probabilities[states[:left]],
        reading=np.array([number[label] for label in sensed], dtype=np.intp),
        labels=np.fromiter(number, dtype=np.intp),
    )


def channel(world: World, state: int, horizon: int) -> Channel:
    """Return the n-step channel of a state, with a row for every action sequence.

    Parameters
    ----------
    world : World
        World with A actions.
    state : int
        State in which the agent starts.
    horizon : int
        Number of steps n.

    Returns
    -------
    Channel
        Channel with A**n rows.

    Raises
    ------
    HorizonTooLarge
        If the rows would not fit in memory.

    Examples
    --------
    >>> import gridemp
    >>> from gridemp.engine.channel import channel
    >>> world = gridemp.World.from_maze(gridemp.parse_maze(".."), stay=False, slip=0.3)
    >>> channel(world, 0, 1).probabilities.round(2)  # north, east, south and west
    array([[0.9, 0.1],
           [0.3, 0.7],
           [0.9, 0.1],
           [0.9, 0.1]])
    """
    check_size(len(world.actions), horizon, lambda n: 8 * _states_within(world, state, n))
    return expand(window(world, state, horizon))


def expand(window: Window) -> Channel:
    """Return the channel of a window, without a check that it fits in memory."""
    step = transition_matrices(window)
    actions, left, states = step.shape
    # One matrix product continues every row by every action.
    onward = step.transpose(1, 0, 2).reshape(left, actions * states)
    rows = np.eye(1, states)
    for _ in range(window.horizon):
        rows = (rows[:, :left] @ onward).reshape(-1, states)
    readings = len(window.labels)
    if readings < states:
        rows = rows @ np.eye(readings)[window.reading]
    return Channel(rows, window.labels)


def transition_matrices(window: Window) -> Array:
    """Return P(j | i, a) for each action of a window, from states that can be left: (A, V, W).

    Raises
    ------
    HorizonTooLarge
        If three copies of the matrices, which callers need, would not fit in memory.
    """
    left, actions, _ = window.successors.shape
    needed = 8 * actions * left * len(window.reading)
    if 3 * needed > MAX_BYTES:
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
    """Raise HorizonTooLarge if A**n rows of `row_bytes(n)` bytes would not fit in memory.

    The message gives the size and the longest horizon that fits.
    """

    def digits(n: int) -> float:  # log10, as the number of bytes may exceed any float
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
        f"allowed; lower the horizon to {fits}, or compute bounds with `empowerment_bounds`"
    )


def _states_within(world: World, state: int, horizon: int) -> int:
    """Number of states within `horizon` steps of a state, which is the size of its window."""
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
