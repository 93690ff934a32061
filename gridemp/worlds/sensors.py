"""Sensors as relabellings of states: which states the agent can tell apart."""

from typing import Any

import numpy as np

from gridemp.errors import GridempError
from gridemp.mazes.maze import Maze
from gridemp.typing import Labels
from gridemp.worlds.dynamics import Bodies, Dynamics
from gridemp.worlds.moves import HEADINGS

SENSORS = ("state", "position", "row", "column", "walls")


def readings(sensor: str, maze: Maze, dynamics: Dynamics, bodies: Bodies) -> Labels:
    """Reading of a sensor in each state.

    Parameters
    ----------
    sensor : {"state", "position", "row", "column", "walls"}
        The whole state; the agent's cell; its y; its x; or the directions in which a step is open,
        relative to the heading if there is one.
    maze : Maze
        Maze in which the agent moves.
    dynamics : Dynamics
        Rules of the maze.
    bodies : Bodies
        Agent, boxes and things in each of S states.

    Returns
    -------
    ndarray of int, shape (S,)
        Label of each state; equal labels mean equal readings.

    Raises
    ------
    GridempError
        If there is no such sensor.
    """
    agent, heading = bodies.agent, bodies.heading
    if sensor == "state":
        return np.arange(len(agent), dtype=np.int32)
    if sensor == "position":
        return agent
    if sensor in ("row", "column"):
        axis = ("row", "column").index(sensor)
        return np.asarray(maze.cells[agent, axis], dtype=np.int32)
    check_sensor(sensor)
    label = np.zeros(len(agent), dtype=np.int32)
    for i, offset in enumerate(dynamics.targets):
        is_open = dynamics.walk(bodies, offset)[0] != agent
        seen_at = (i - heading) % len(HEADINGS) if i < len(HEADINGS) else i
        label |= is_open.astype(np.int32) << seen_at
    return label


def check_sensor(sensor: str) -> None:
    """Raise a GridempError if there is no such sensor."""
    if sensor not in SENSORS:
        raise GridempError(f"there is no sensor '{sensor}'; use one of {', '.join(SENSORS)}")


def numbered(labels: Any, states: int) -> Labels:
    """Number of the label of each state, the same for equal labels, shape (S,).

    Raises
    ------
    GridempError
        If there is not one label for each state, or labels cannot be compared, as with
        dictionaries.
    """
    numbers = _numbers(labels)
    if len(numbers) != states:
        raise GridempError(
            f"a sensor must have a label for each of the {states} states, not {len(numbers)} labels"
        )
    return numbers


def _numbers(labels: Any) -> Labels:
    if isinstance(labels, np.ndarray) and labels.ndim and labels.dtype != object:
        axis = 0 if labels.ndim > 1 else None
        return np.unique(labels, axis=axis, return_inverse=True)[1].astype(np.int32).ravel()
    found: dict[Any, int] = {}
    try:
        keys = [tuple(key) if isinstance(key, list | np.ndarray) else key for key in labels]
        return np.array([found.setdefault(key, len(found)) for key in keys], dtype=np.int32)
    except TypeError:
        raise GridempError(
            "the labels of a sensor must be numbers, strings or rows of them"
        ) from None
