"""Random rollouts of a world, and the exact channels from the first action that they sample.

The agent takes each first action equally often, draws all later actions uniformly, and reads its
sensor after n steps. Estimators of information see the readings only; the channels are the truth.
"""

from typing import NamedTuple

import numpy as np

from gridemp.engine.channel import window
from gridemp.engine.first_action import first_action_rows
from gridemp.errors import GridempError
from gridemp.typing import Array, Indices
from gridemp.worlds.world import World

MAX_ENTRIES = 2**26  # probabilities of all channels, or readings of all rollouts


class FirstActionChannel(NamedTuple):
    """Channel from the first of n actions to the sensor reading after the last, from one state.

    Attributes
    ----------
    rows : ndarray, shape (A, Y)
        Probability of each reading after each first action, if later actions are uniform.
    labels : ndarray of int, shape (Y,)
        The readings, in increasing order, as the world numbers them.
    """

    rows: Array
    labels: Indices

    @property
    def uniform(self) -> Array:
        """Uniform distribution of the first action: shape (A,)."""
        return np.full(len(self.rows), 1 / len(self.rows))

    def frequencies(self, readings: Indices) -> Array:
        """Share of each reading after each first action: shape (A, Y).

        Parameters
        ----------
        readings : ndarray of int, shape (A, K)
            Readings at the end of K rollouts after each action.
        """
        actions, rollouts = readings.shape
        columns = np.searchsorted(self.labels, readings)
        columns += np.arange(actions)[:, None] * len(self.labels)
        counts = np.bincount(columns.ravel(), minlength=actions * len(self.labels))
        return np.asarray(counts.reshape(actions, -1) / rollouts)


def first_action_channels(world: World, horizon: int) -> list[FirstActionChannel]:
    """Return the channel from the first action of each start of a world.

    Raises
    ------
    GridempError
        If all channels together would not fit in memory.
    """
    actions = len(world.actions)
    later = np.full(actions, 1 / actions)
    channels, entries = [], 0
    for state in world.start_states.tolist():
        around = window(world, state, horizon)
        entries += actions * len(around.labels)
        if entries > MAX_ENTRIES:
            raise GridempError(
                f"the channels of this world have more than {MAX_ENTRIES:,} probabilities, too "
                "many to keep; lower the horizon or make the maze smaller"
            )
        order = np.argsort(around.labels)
        rows = first_action_rows(around, later)
        channels.append(FirstActionChannel(rows[:, order], around.labels[order]))
    return channels


def sampled_readings(
    world: World, horizon: int, rollouts: int, rng: np.random.Generator
) -> Indices:
    """Sensor readings at the end of random rollouts from each start: shape (T, A, K).

    Parameters
    ----------
    world : World
        World with T starts and A actions.
    horizon : int
        Number of steps n.
    rollouts : int
        Number of rollouts K after each first action.
    rng : numpy.random.Generator
        Source of random numbers.

    Raises
    ------
    GridempError
        If the readings would not fit in memory.
    """
    starts, actions = world.start_states, len(world.actions)
    shape = len(starts), actions, rollouts
    if len(starts) * actions * rollouts > MAX_ENTRIES:
        raise GridempError(
            f"{rollouts:,} `rollouts` after each of {actions} actions from {len(starts):,} states "
            f"are more than the {MAX_ENTRIES:,} that are kept at a time; give fewer"
        )
    states = np.broadcast_to(starts[:, None, None], shape)
    chosen = np.broadcast_to(np.arange(actions)[:, None], shape)
    limits = np.cumsum(world.probabilities, axis=-1)
    limits = limits / limits[..., -1:]  # so that rounding leaves nothing beyond the last
    for step in range(horizon):
        if step:
            chosen = rng.integers(actions, size=shape)
        which = np.zeros(shape, dtype=int)
        if not world.deterministic:
            draws = rng.random(shape)
            for k in range(limits.shape[-1]):  # one by one, as all together need much memory
                which += limits[states, chosen, k] <= draws
        states = np.asarray(world.successors[states, chosen, which], dtype=int)
    return np.asarray(world.sensor[states])
