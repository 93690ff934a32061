"""Sensors as relabellings of states: what the agent can tell apart after its actions."""

import numpy as np
from numpy.typing import NDArray

from gridemp.dynamics import Bodies, Dynamics
from gridemp.errors import GridempError
from gridemp.maze import Maze
from gridemp.moves import HEADINGS

Labels = NDArray[np.int32]

SENSORS = ("state", "position", "row", "column", "walls")


def readings(sensor: str, maze: Maze, dynamics: Dynamics, bodies: Bodies) -> Labels:
    """What a sensor says in each state.

    Parameters
    ----------
    sensor : {"state", "position", "row", "column", "walls"}
        Everything; the agent's cell; its y; its x; or in which of the neighbouring directions a
        step is open, seen from the heading if there is one.
    maze : Maze
        The maze.
    dynamics : Dynamics
        Its rules.
    bodies : Bodies
        Of S states.

    Returns
    -------
    ndarray of int, shape (S,)
        Labels.

    Raises
    ------
    GridempError
        If there is no such sensor.
    """
    agent, heading, boxes = bodies
    if sensor == "state":
        return np.arange(len(agent), dtype=np.int32)
    if sensor == "position":
        return agent
    if sensor in ("row", "column"):
        axis = ("row", "column").index(sensor)
        return np.asarray(maze.cells[agent, axis], dtype=np.int32)
    if sensor != "walls":
        raise GridempError(f"there is no sensor '{sensor}'; use {', '.join(SENSORS)}")
    label = np.zeros(len(agent), dtype=np.int32)
    for i, offset in enumerate(dynamics.targets):
        is_open = dynamics.walk(agent, boxes, offset)[0] != agent
        seen_at = (i - heading) % len(HEADINGS) if i < len(HEADINGS) else i
        label |= is_open.astype(np.int32) << seen_at
    return label
