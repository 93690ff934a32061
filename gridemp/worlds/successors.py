"""Tables of the next state of each state and action, in which episodes may end."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gridemp.arguments import described
from gridemp.errors import GridempError
from gridemp.mazes.maze import Maze
from gridemp.typing import Labels, Mask
from gridemp.worlds.conditions import Conditions
from gridemp.worlds.sensors import numbered
from gridemp.worlds.transitions import check_length
from gridemp.worlds.world_fields import WorldFields, checked_actions, state_maze


def successor_fields(
    transitions: Any,
    terminal: int | None,
    actions: Sequence[str] | None,
    maze: Maze | None,
    cell: ArrayLike | None,
) -> WorldFields:
    """Fields of the world of a table; see `World.from_successors` for the arguments."""
    table, ended = checked_table(transitions, terminal)
    states, count = table.shape
    ends = bool(ended.any())
    successors = np.empty((states + ends, count), dtype=np.int32)
    successors[:states] = table
    own = np.arange(states, dtype=np.int32)
    cells = own if cell is None else np.asarray(cell)
    check_length("cell", cells, states)
    if ends:
        successors[:states][ended] = states
        successors[states] = states
        cells = np.append(cells, cells[ended.any(axis=1).argmax()])
    return {
        "maze": state_maze(states, "successors") if maze is None else maze,
        "actions": checked_actions(actions, count),
        "successors": successors[:, :, None],
        "probabilities": np.broadcast_to(1.0, (*successors.shape, 1)),
        "sensor": np.arange(states + ends, dtype=np.int32),
        "cell": cells,
        "conditions": Conditions(noise="none"),
        "starts": own if ends else None,
    }


def checked_table(transitions: Any, terminal: int | None) -> tuple[NDArray[np.integer], Mask]:
    """Table of the numbers of next states, and a mask of those that are the terminal value.

    Raises
    ------
    GridempError
        If it does not have the shape (S, A), does not hold whole numbers, or has a next state that
        is neither one of its S states nor the terminal value; the message names the first one.
    """
    try:
        table = np.asarray(transitions)
    except ValueError:  # ragged
        table = np.asarray(None)
    if table.dtype.kind not in "iu" or table.ndim != 2 or 0 in table.shape:
        given = described(transitions)
        if table.dtype.kind in "biuf" and table.ndim:
            given = f"an array of {table.dtype} of shape {table.shape}"
        raise GridempError(
            "`transitions` must be an array of whole numbers with a row for each state and a "
            f"column for each action, not {given}"
        )
    ended = np.zeros(table.shape, dtype=bool) if terminal is None else table == terminal
    wrong = ((table < 0) | (table >= len(table))) & ~ended
    if wrong.any():
        state, action = np.argwhere(wrong)[0].tolist()
        ending = "" if terminal is None else f", and `terminal` is {terminal}"
        raise GridempError(
            f"action {action} in state {state} leads to state {table[state, action]}; the states "
            f"go from 0 to {len(table) - 1}{ending}"
        )
    return table, ended


def labels_with_end(sensor: ArrayLike, fields: WorldFields) -> Labels:
    """Label of the sensor reading in each state of a table, and one of its own at the end.

    Raises
    ------
    GridempError
        If the sensor does not have a label for each state of the table.
    """
    starts, states = fields.get("starts"), len(fields["cell"])
    numbers = numbered(sensor, states if starts is None else len(starts))
    return numbers if starts is None else np.append(numbers, numbers.max() + 1)
