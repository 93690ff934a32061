"""Joint states of the agent, the boxes and the things, and their successors."""

import math

import numpy as np
from numpy.typing import NDArray

from gridemp.arguments import described
from gridemp.errors import GridempError
from gridemp.progress import Progress, ignore
from gridemp.typing import Indices, Labels
from gridemp.worlds.dynamics import Bodies, Dynamics
from gridemp.worlds.moves import HEADINGS, OFFSETS

MAX_STATES = 1_000_000


def joint_states(
    dynamics: Dynamics,
    actions: tuple[str, ...],
    starts: Bodies | None = None,
    within: int | None = None,
    progress: Progress | None = None,
) -> tuple[Bodies, Labels]:
    """States that can be reached in a maze, and the successor of each under each action.

    Parameters
    ----------
    dynamics : Dynamics
        Rules of the maze.
    actions : tuple of str
        Names of the A actions.
    starts : Bodies, optional
        States to begin with; by default every cell and, if some action turns, every heading in it,
        with all else where it is at first.
    within : int, optional
        Number of steps for which boxes and things are followed. States farther away than that are
        not built, and states exactly that far away lead to themselves.
    progress : callable, optional
        Called with the fraction done, from 0 to 1: the share of `MAX_STATES` that is built.

    Returns
    -------
    bodies : Bodies
        The S states, `starts` first.
    successors : ndarray of int, shape (S, A)
        Numbers of the successor states.

    Raises
    ------
    GridempError
        If there are too many states, or `within` is not a positive whole number.
    """
    if within is not None and not (isinstance(within, int | np.integer) and within > 0):
        raise GridempError(
            f"`within` must be a number of steps, 1 or more, not {described(within)}"
        )
    ways = len(HEADINGS) if "forward" in actions else 1
    cells = len(dynamics.targets[OFFSETS["north"]])
    bodies = starts or dynamics.first(*in_every_heading(np.arange(cells), ways))
    if starts or bodies.boxes.shape[1] or bodies.things.shape[1]:
        return _reachable(dynamics, actions, bodies, cells, within, progress or ignore)
    successors = np.empty((len(actions), cells * ways), dtype=np.int32)
    for column, action in zip(successors, actions, strict=True):
        after = dynamics.after(bodies, action)
        column[:] = after.agent * ways + after.heading
    return bodies, successors.T


def in_every_heading(cells: Indices, ways: int = len(HEADINGS)) -> tuple[Labels, Labels]:
    """Cell and heading of an agent in each of some cells, in each of the first `ways` headings."""
    headings = np.arange(ways, dtype=np.int32)
    return np.repeat(cells, ways).astype(np.int32), np.tile(headings, len(cells))


def _reachable(
    dynamics: Dynamics,
    actions: tuple[str, ...],
    starts: Bodies,
    cells: int,
    within: int | None,
    progress: Progress,
) -> tuple[Bodies, Labels]:
    """Joint states in breadth-first order from all starts, layer by layer."""
    boxes, things = starts.boxes.shape[1], starts.things.shape[1]
    numbers: dict[bytes, int] = {}
    layer = _rows(starts)
    _number(layer, numbers)
    layers, successors = [layer], []
    while len(layer) and (within is None or len(layers) <= within):
        known = len(numbers)
        ends = []
        for action in actions:
            ends.append(_number(_rows(dynamics.after(_bodies(layer, boxes), action)), numbers))
            progress(min(len(numbers) / MAX_STATES, 1.0))
        successors.append(np.stack(ends, axis=1))
        if len(numbers) - len(starts.agent) > MAX_STATES:
            raise GridempError(_too_many(cells, boxes, things, len(starts.agent)))
        new = b"".join(list(numbers)[known:])
        layer = np.frombuffer(new, dtype=np.int32).reshape(-1, 2 + boxes + things)
        layers.append(layer)
    beyond = np.arange(len(numbers) - len(layer), len(numbers), dtype=np.int32)
    successors.append(np.repeat(beyond[:, None], len(actions), axis=1))
    return _bodies(np.concatenate(layers), boxes), np.concatenate(successors)


def _too_many(cells: int, boxes: int, things: int, starts: int) -> str:
    """Error message for a maze with too many states."""
    movable = {"boxes": boxes, "objects to carry or open": things}
    what = " and ".join(f"the {name} ({count})" for name, count in movable.items() if count)
    possible = "" if things else f", up to {math.comb(cells, boxes) * starts:,}"
    return (
        f"the agent and {what} can get into more than {MAX_STATES:,} joint states here{possible}; "
        f"remove some {'objects' if things else 'boxes'}, or build only the states within fewer "
        "steps (a shorter horizon, a smaller `within`)"
    )


def _rows(bodies: Bodies) -> Labels:
    """One row for each state: shape (N, 2 + B + T)."""
    return np.column_stack(bodies).astype(np.int32)


def _bodies(rows: Labels, boxes: int) -> Bodies:
    return Bodies(rows[:, 0], rows[:, 1], rows[:, 2 : 2 + boxes], rows[:, 2 + boxes :])


def _number(rows: Labels, numbers: dict[bytes, int]) -> NDArray[np.int32]:
    """Number of each row; a row that is new gets the next number."""
    data, size = rows.tobytes(), rows.itemsize * rows.shape[1]
    keys = (data[i : i + size] for i in range(0, len(data), size))
    return np.array([numbers.setdefault(key, len(numbers)) for key in keys], dtype=np.int32)
