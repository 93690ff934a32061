"""Joint states of the agent and the boxes, and their successors."""

import math

import numpy as np
from numpy.typing import NDArray

from gridemp.arguments import described
from gridemp.errors import GridempError
from gridemp.progress import Progress, ignore
from gridemp.typing import Labels
from gridemp.worlds.dynamics import Bodies, Dynamics
from gridemp.worlds.moves import HEADINGS

MAX_STATES = 1_000_000


def joint_states(
    dynamics: Dynamics,
    actions: tuple[str, ...],
    cells: int,
    within: int | None = None,
    progress: Progress | None = None,
) -> tuple[Bodies, Labels]:
    """States of a maze, and the successor of each state under each action.

    Parameters
    ----------
    dynamics : Dynamics
        Rules of the maze.
    actions : tuple of str
        Names of the A actions.
    cells : int
        Number C of floor cells in the maze.
    within : int, optional
        Number of steps for which boxes are followed. States farther away than that are not built,
        and states exactly that far away lead to themselves.
    progress : callable, optional
        Called with the fraction done, from 0 to 1: the share of `MAX_STATES` that is built.

    Returns
    -------
    bodies : Bodies
        The S states. Those with the boxes where the maze has them come first: every cell and, if
        some action turns, every heading in it.
    successors : ndarray of int, shape (S, A)
        Numbers of the successor states.

    Raises
    ------
    GridempError
        If there are too many states, or `within` is not a positive whole number.
    """
    progress = progress or ignore
    if within is not None and not (isinstance(within, int | np.integer) and within > 0):
        raise GridempError(
            f"`within` must be a number of steps, 1 or more, not {described(within)}"
        )
    ways = len(HEADINGS) if "forward" in actions else 1
    starts = np.arange(cells * ways, dtype=np.int32)
    boxes = np.broadcast_to(dynamics.boxes, (len(starts), len(dynamics.boxes)))
    bodies = Bodies(starts // ways, starts % ways, boxes)
    if len(dynamics.boxes):
        return _reachable(dynamics, actions, bodies, cells, within, progress)
    successors = np.empty((len(actions), len(starts)), dtype=np.int32)
    for column, action in zip(successors, actions, strict=True):
        after = dynamics.after(bodies, action)
        column[:] = after.agent * ways + after.heading
    return bodies, successors.T


def _reachable(
    dynamics: Dynamics,
    actions: tuple[str, ...],
    starts: Bodies,
    cells: int,
    within: int | None,
    progress: Progress,
) -> tuple[Bodies, Labels]:
    """Joint states in breadth-first order from all starts, layer by layer."""
    columns = 2 + starts.boxes.shape[1]
    numbers: dict[bytes, int] = {}
    layer = _rows(starts)
    _number(layer, numbers)
    layers, successors = [layer], []
    while len(layer) and (within is None or len(layers) <= within):
        known = len(numbers)
        ends = []
        for action in actions:
            ends.append(_number(_rows(dynamics.after(_bodies(layer), action)), numbers))
            progress(min(len(numbers) / MAX_STATES, 1.0))
        successors.append(np.stack(ends, axis=1))
        if len(numbers) - len(starts.agent) > MAX_STATES:
            boxes = columns - 2
            possible = math.comb(cells, boxes) * len(starts.agent)
            raise GridempError(
                f"the agent and the boxes ({boxes}) can get into more than {MAX_STATES:,} joint "
                f"states here, up to {possible:,}; remove some boxes, or build only the states "
                "within fewer steps (a shorter horizon, a smaller `within`)"
            )
        new = b"".join(list(numbers)[known:])
        layer = np.frombuffer(new, dtype=np.int32).reshape(-1, columns)
        layers.append(layer)
    beyond = np.arange(len(numbers) - len(layer), len(numbers), dtype=np.int32)
    successors.append(np.repeat(beyond[:, None], len(actions), axis=1))
    return _bodies(np.concatenate(layers)), np.concatenate(successors)


def _rows(bodies: Bodies) -> Labels:
    """One row for each state: shape (N, 2 + B)."""
    return np.column_stack(bodies).astype(np.int32)


def _bodies(rows: Labels) -> Bodies:
    return Bodies(rows[:, 0], rows[:, 1], rows[:, 2:])


def _number(rows: Labels, numbers: dict[bytes, int]) -> NDArray[np.int32]:
    """Number of each row; a row that is new gets the next number."""
    data, size = rows.tobytes(), rows.itemsize * rows.shape[1]
    keys = (data[i : i + size] for i in range(0, len(data), size))
    return np.array([numbers.setdefault(key, len(numbers)) for key in keys], dtype=np.int32)
