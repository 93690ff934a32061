"""Worlds of MiniGrid environments: the current grid, with its walls, lava and doors."""

from typing import Any

import numpy as np

from gridemp.errors import GridempError
from gridemp.mazes.masks import connected_cells
from gridemp.mazes.maze import Maze
from gridemp.typing import Labels
from gridemp.worlds.conditions import Conditions
from gridemp.worlds.gymnasium import name_of, unwrapped
from gridemp.worlds.moves import HEADINGS, OFFSETS, TURNS, step_targets
from gridemp.worlds.states import MAX_STATES
from gridemp.worlds.world import World

Things = list[list[Any]]  # the object in each cell, by row and column; None where there is none
State = tuple[int, int, int]  # cell, heading, and a bit for each door, set if it is open


def from_minigrid(env: Any) -> World:
    """World of a MiniGrid environment, with its grid as it is now.

    The agent turns left, turns right and steps forward; if there are doors that are not locked, it
    can also toggle the one in front of it. Lava and goals are absorbing, as the episode ends there.
    The agent carries nothing: keys, balls, boxes and locked doors are obstacles that stay where
    they are (in MiniGrid, toggling a box would open it). Missions that end an episode in other
    ways, as in Memory, RedBlueDoors or BabyAI, and the step limit are left out.

    Parameters
    ----------
    env : gymnasium.Env
        A MiniGrid environment, wrapped or not, that has been reset.

    Returns
    -------
    World
        World with a state for each cell, heading and set of open doors. The states with the doors
        as they are now, for every cell and heading that the agent can have, come first and are the
        start states; other states are included if they can be reached. The maze is cropped to the
        cells that walls do not cut off from the agent; obstacles become fixed boxes, and lava
        becomes traps.

    Raises
    ------
    GridempError
        If `env` is not a MiniGrid environment or has not been reset, the agent carries something,
        obstacles move by themselves, or the doors make too many states.

    Examples
    --------
    >>> import gridemp
    >>> import gymnasium
    >>> import minigrid
    >>> env = gymnasium.make("MiniGrid-LavaGapS5-v0")
    >>> _ = env.reset(seed=0)
    >>> world = gridemp.from_minigrid(env)
    >>> world.maze
    Maze('MiniGrid-LavaGapS5-v0', 3 x 3 cells, 9 of them floor)
    >>> gridemp.empowerment(world, 4).one_per_cell().peak
    Peak(x=0, y=0, bits=4.247927513443585, outcomes=19, ties=1)
    """
    base = unwrapped(env)
    name = name_of(base)
    _check(base, name)
    grid = base.grid
    things = [[grid.get(col, row) for col in range(grid.width)] for row in range(grid.height)]
    maze, inside = _maze(things, (int(base.agent_pos[1]), int(base.agent_pos[0])), name)
    doors = [thing if _is_door(thing) else None for thing in inside]
    some = any(door is not None for door in doors)
    actions = (*TURNS, "forward") + (("toggle",) if some else ())
    states, successors, starts = _reachable(maze, doors, actions)
    cell, heading = np.array([state[:2] for state in states], dtype=np.int32).T
    return World(
        maze,
        actions,
        successors[:, :, None],
        np.broadcast_to(1.0, (*successors.shape, 1)),
        np.arange(len(states), dtype=np.int32),
        cell,
        conditions=Conditions(moves="turn", doors=some, stay=False, noise="none"),
        starts=np.arange(starts, dtype=np.int32),
        heading=heading,
    )


def _check(base: Any, name: str) -> None:
    """Raise a GridempError unless `base` is a MiniGrid environment where only the agent moves."""
    if not all(hasattr(base, field) for field in ("grid", "agent_pos", "agent_dir", "carrying")):
        raise GridempError(f"{name} is not a MiniGrid environment; try from_gymnasium")
    if base.agent_pos is None or base.agent_dir is None or min(base.agent_pos) < 0:
        raise GridempError(f"{name} has no grid yet; call its reset() first")
    if base.carrying is not None:
        raise GridempError(
            f"the agent of {name} carries a {base.carrying.type}, but must carry nothing; call "
            "its reset() first"
        )
    if getattr(base, "obstacles", None):
        raise GridempError(
            f"the obstacles of {name} move by themselves, which a world cannot represent; use an "
            "environment without them"
        )


def _is_door(thing: Any) -> bool:
    """True for a door that the agent can open and close."""
    return thing is not None and thing.type == "door" and not thing.is_locked


def _maze(things: Things, agent: tuple[int, int], name: str) -> tuple[Maze, list[Any]]:
    """Maze around an agent at (row, col), and the object in each of its C floor cells."""
    passable = np.array([[thing is None or thing.type != "wall" for thing in r] for r in things])
    floor = np.zeros_like(passable)
    floor[connected_cells(passable, *agent)] = True  # what walls do not cut off from the agent
    rows, cols = np.nonzero(floor)
    top, left = rows.min(), cols.min()
    inside = [things[row][col] for row, col in zip(rows.tolist(), cols.tolist(), strict=True)]
    objects = {}
    for row, col, thing in zip(rows - top, cols - left, inside, strict=True):
        if thing is None or _is_door(thing):
            continue
        letter = {"lava": "T", "goal": "G"}.get(thing.type, "" if thing.can_overlap() else "B")
        if letter:
            objects[int(row), int(col)] = letter
    cropped = floor[top : rows.max() + 1, left : cols.max() + 1]
    return Maze(cropped, name=name, objects=objects), inside


def _reachable(
    maze: Maze, doors: list[Any], actions: tuple[str, ...]
) -> tuple[list[State], Labels, int]:
    """States, their successors, of shape (S, A), and the number of start states."""
    ahead = [step_targets(maze)[OFFSETS[way]].tolist() for way in HEADINGS]  # the cell in front
    ends = maze.where("TG").tolist()
    bit, now = [0] * len(doors), 0
    for number, cell in enumerate(cell for cell, door in enumerate(doors) if door is not None):
        bit[cell] = 1 << number
        now |= bit[cell] * doors[cell].is_open

    def after(state: State, action: str) -> State:
        cell, heading, opened = state
        if ends[cell]:
            return state
        if action in TURNS:
            return cell, (heading + TURNS[action]) % len(HEADINGS), opened
        front = ahead[heading][cell]
        if action == "toggle":
            return cell, heading, opened ^ bit[front] if front != cell else opened
        return front if bit[front] & opened == bit[front] else cell, heading, opened

    free = (~maze.where("B")).tolist()
    states = [
        (cell, heading, now)
        for cell in range(len(doors))
        if free[cell] and bit[cell] & now == bit[cell]
        for heading in range(len(HEADINGS))
    ]
    starts = len(states)
    numbers = {state: number for number, state in enumerate(states)}
    successors = []
    for state in states:  # the list grows in the loop
        ends_in = [after(state, action) for action in actions]
        for to in ends_in:
            if to not in numbers:
                numbers[to] = len(states)
                states.append(to)
        successors.append([numbers[to] for to in ends_in])
        if len(states) > MAX_STATES:
            closable = sum(map(bool, bit))
            raise GridempError(
                f"the agent and the doors can get into more than {MAX_STATES:,} joint states "
                f"here, up to {len(doors) * len(HEADINGS) * 2**closable:,}; use an environment "
                f"with fewer doors than {closable}"
            )
    return states, np.array(successors, dtype=np.int32), starts
