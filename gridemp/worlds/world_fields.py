"""Fields of a `World`: that of an agent that moves in a maze, and that of a table of transitions.

Noise is a kernel over actions: the intended action a becomes the action taken b with probability
K[a, b], and a deterministic move follows, P[s, a, s'] = sum_b K[a, b] [succ(s, b) = s']. A sensor
is a relabelling of states. A world given by any P[s, a, s'] is the general case.
"""

from collections.abc import Sequence
from typing import Any, NotRequired, TypedDict

import numpy as np
from numpy.typing import ArrayLike

from gridemp.errors import GridempError
from gridemp.mazes.maze import Maze
from gridemp.progress import Progress
from gridemp.typing import Array, Labels
from gridemp.worlds.conditions import Conditions
from gridemp.worlds.dynamics import Dynamics
from gridemp.worlds.moves import HEADINGS, action_names
from gridemp.worlds.noise import slip_kernel, slipping
from gridemp.worlds.sensors import readings
from gridemp.worlds.states import joint_states
from gridemp.worlds.transitions import padded, table


class WorldFields(TypedDict):
    """Fields that a `World` is made of; see there."""

    maze: Maze
    actions: tuple[str, ...]
    successors: Labels
    probabilities: Array
    sensor: Labels
    cell: Labels
    conditions: Conditions
    starts: NotRequired[Labels | None]
    heading: NotRequired[Labels | None]
    within: NotRequired[int | None]
    boxes: NotRequired[Labels | None]


def maze_fields(
    maze: Maze, conditions: Conditions, within: int | None, progress: Progress | None
) -> WorldFields:
    """Fields of the world of a maze; see `World.from_maze` for the arguments."""
    moves, slip = conditions.moves, conditions.slip
    actions = action_names(moves, conditions.stay)
    kernel = slip_kernel(actions, slip, conditions.slip_kind)  # checks it before any work is done
    dynamics = Dynamics(maze, conditions.torus, diagonals=moves == "king")
    bodies, intended = joint_states(dynamics, actions, len(maze.cells), within, progress)
    successors, probabilities = slipping(intended, kernel if slip else None)
    turns, boxes = moves == "turn", len(dynamics.boxes) > 0
    starts = np.arange(len(maze.cells) * (len(HEADINGS) if turns else 1), dtype=np.int32)
    return {
        "maze": maze,
        "actions": actions,
        "successors": successors,
        "probabilities": probabilities,
        "sensor": readings(conditions.sensor, maze, dynamics, bodies),
        "cell": bodies.agent,
        "conditions": conditions,
        "starts": starts if boxes else None,
        "heading": bodies.heading if turns else None,
        "within": within if boxes else None,
        "boxes": bodies.boxes if boxes else None,
    }


def table_fields(
    transitions: Any, actions: Sequence[str] | None, maze: Maze | None, cell: ArrayLike | None
) -> WorldFields:
    """Fields of the world of a table; see `World.from_transitions` for the arguments."""
    (states, count, _), entries = table(transitions)
    names = tuple(map(str, range(count))) if actions is None else tuple(actions)
    if len(set(names)) != count:
        raise GridempError(f"`actions` has {len(set(names))} different names; give {count}")
    successors, probabilities = padded(states, count, *entries)
    own = np.arange(states, dtype=np.int32)
    return {
        "maze": Maze(np.ones((1, states)), name="transitions") if maze is None else maze,
        "actions": names,
        "successors": successors,
        "probabilities": probabilities,
        "sensor": own,
        "cell": own if cell is None else np.asarray(cell),
        "conditions": Conditions(noise="none" if successors.shape[2] == 1 else "own"),
    }
