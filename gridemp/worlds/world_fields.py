"""Fields of a `World`: that of an agent that moves in a maze, and that of a table of transitions.

Noise is a kernel over actions: the intended action a becomes the action taken b with probability
K[a, b], and a deterministic move follows, P[s, a, s'] = sum_b K[a, b] [succ(s, b) = s']. A sensor
is a relabelling of states. A world given by any P[s, a, s'] is the general case.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, NotRequired, TypedDict

import numpy as np
from numpy.typing import ArrayLike

from gridemp.errors import GridempError
from gridemp.mazes.maze import Maze
from gridemp.progress import Progress
from gridemp.typing import Array, Labels
from gridemp.worlds.conditions import Conditions
from gridemp.worlds.dynamics import Bodies, Dynamics
from gridemp.worlds.moves import HEADINGS, action_names
from gridemp.worlds.noise import slip_kernel, slipping
from gridemp.worlds.sensors import readings
from gridemp.worlds.states import in_every_heading, joint_states
from gridemp.worlds.things import Kind, check_holding, things_of
from gridemp.worlds.transitions import padded, table

MAX_IN_ROW = 256  # states; a longer row could hardly be seen in a figure


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
    things: NotRequired[Labels | None]
    kinds: NotRequired[tuple[Kind, ...]]
    finder: NotRequired[Callable[[Any], int] | None]
    names: NotRequired[tuple[str, ...]]


def maze_fields(
    maze: Maze,
    conditions: Conditions,
    holding: str,
    within: int | None,
    progress: Progress | None,
) -> WorldFields:
    """Fields of the world of a maze; see `World.from_maze` for the arguments."""
    moves, stay, hands = conditions.moves, conditions.stay, conditions.hands
    actions = action_names(moves, stay, hands)
    slip_kernel(actions, conditions.slip, conditions.slip_kind)  # checks it before any work is done
    things, starts = None, None
    check_holding(holding, hands=hands)
    if hands:
        maze, things = things_of(maze, holding)
        conditions = replace(conditions, holding=things.held)
    dynamics = Dynamics(maze, conditions.torus, moves == "king", things)
    if things is not None and len(things.first):
        free = np.setdiff1d(np.arange(len(maze.cells)), things.obstacles(things.first))
        if not len(free):
            raise GridempError(
                f"every cell of {maze.name} holds a key, a ball or a door, so an agent with hands "
                "cannot stand anywhere; add floor"
            )
        starts = dynamics.first(*in_every_heading(free))
    return fields_of(maze, conditions, actions, dynamics, starts, within, progress)


def fields_of(
    maze: Maze,
    conditions: Conditions,
    actions: tuple[str, ...],
    dynamics: Dynamics,
    starts: Bodies | None,
    within: int | None,
    progress: Progress | None,
) -> WorldFields:
    """Fields of the world of some rules; see `joint_states` for the starts and `within`."""
    bodies, intended = joint_states(dynamics, actions, starts, within, progress)
    kernel = slip_kernel(actions, conditions.slip, conditions.slip_kind)
    successors, probabilities = slipping(intended, kernel if conditions.slip else None)
    turns = conditions.moves == "turn"
    boxes, things = len(dynamics.boxes) > 0, bodies.things.shape[1] > 0
    joint = boxes or things or starts is not None
    count = len(maze.cells) * (len(HEADINGS) if turns else 1)
    first = np.arange(count if starts is None else len(starts.agent), dtype=np.int32)
    return {
        "maze": maze,
        "actions": actions,
        "successors": successors,
        "probabilities": probabilities,
        "sensor": readings(conditions.sensor, maze, dynamics, bodies),
        "cell": bodies.agent,
        "conditions": conditions,
        "starts": first if joint else None,
        "heading": bodies.heading if turns else None,
        "within": within if joint else None,
        "boxes": bodies.boxes if boxes else None,
        "things": bodies.things if things else None,
        "kinds": dynamics.things.kinds if things and dynamics.things else (),
    }


def table_fields(
    transitions: Any, actions: Sequence[str] | None, maze: Maze | None, cell: ArrayLike | None
) -> WorldFields:
    """Fields of the world of a table; see `World.from_transitions` for the arguments."""
    (states, count, _), entries = table(transitions)
    names = checked_actions(actions, count)
    successors, probabilities = padded(states, count, *entries)
    own = np.arange(states, dtype=np.int32)
    return {
        "maze": state_maze(states, "transitions") if maze is None else maze,
        "actions": names,
        "successors": successors,
        "probabilities": probabilities,
        "sensor": own,
        "cell": own if cell is None else np.asarray(cell),
        "conditions": Conditions(noise="none" if successors.shape[2] == 1 else "own"),
    }


def checked_actions(actions: Sequence[str] | None, count: int) -> tuple[str, ...]:
    """Names of the actions of a table, by default their numbers.

    Raises
    ------
    GridempError
        If there are not `count` different names.
    """
    names = tuple(map(str, range(count))) if actions is None else tuple(actions)
    if len(set(names)) != count:
        raise GridempError(f"`actions` has {len(set(names))} different names; give {count}")
    return names


def state_maze(states: int, name: str) -> Maze:
    """Maze with a floor cell for each state, in order, for states that have no place of their own.

    It is a single row, or about square if there are more than `MAX_IN_ROW` states.
    """
    width = states if states <= MAX_IN_ROW else math.isqrt(states - 1) + 1
    height = -(-states // width)
    return Maze((np.arange(height * width) < states).reshape(height, width), name=name)
