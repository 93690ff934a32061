"""The maps that an agent sees on its way, each with boxes and things where they are then."""

from dataclasses import replace

import numpy as np

from gridemp.agents.agent import Agent
from gridemp.arguments import check_kinds
from gridemp.engine.map import EmpowermentMap
from gridemp.progress import Progress, ignore
from gridemp.typing import Indices
from gridemp.worlds.cells import checked_states
from gridemp.worlds.subworld import nearby


def maps_along(
    agent: Agent,
    states: Indices,
    heading: str = "best",
    progress: Progress | None = None,
) -> list[EmpowermentMap]:
    """Empowerment maps along the path of an agent, each with all things where they are then.

    Parameters
    ----------
    agent : Agent
        The agent, in any world.
    states : ndarray of int, shape (K,)
        States along the path, such as those of a walk.
    heading : {"best", "mean", "north", "east", "south", "west"}
        The state that a map shows if a cell holds several; see `EmpowermentMap.one_per_cell`.
    progress : callable, optional
        Called with the fraction done, from 0 to 1.

    Returns
    -------
    list of EmpowermentMap
        K maps; the same object is repeated as long as nothing but the agent moves. The maze of each
        map has the boxes, keys, doors and balls as they are then. In a world built with `within`,
        cells that are too many steps away have no value.

    Examples
    --------
    >>> import gridemp
    >>> import numpy as np
    >>> from gridemp.agents import Agent, maps_along, walk
    >>> agent = Agent(gridemp.World.from_maze(gridemp.parse_maze("..$..")), horizon=1)
    >>> path = walk(agent, start=0, steps=3, rng=np.random.default_rng(0))
    >>> [emap.world.maze.objects == {(0, 2): "$"} for emap in maps_along(agent, path.states)]
    [True, True, False, False]
    """
    check_kinds(maps_along, locals())
    states = checked_states(agent.world, states)
    progress = progress or ignore
    world = agent.world
    starts = world.start_states
    first = agent.map(starts).one_per_cell(heading)
    moving = [rows for rows in (world.boxes, world.things) if rows is not None]
    if not moving:
        return [first] * len(states)
    layouts = np.hstack(moving)
    steps = None if world.within is None else world.within - agent.horizon
    known = nearby(world, starts, steps)
    by_layout = {layouts[starts[0]].tobytes(): first}
    maps = []
    for i, state in enumerate(states.tolist()):
        layout = layouts[state]
        if (key := layout.tobytes()) not in by_layout:
            same = known[(layouts[known] == layout).all(axis=1)]
            drawn = replace(world, maze=world.maze_in(state))
            by_layout[key] = agent.map(same, drawn).one_per_cell(heading)
        maps.append(by_layout[key])
        progress((i + 1) / len(states))
    return maps
