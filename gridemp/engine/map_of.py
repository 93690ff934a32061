"""The map of anything that has one: a map, a saved map, a world, a maze or its name."""

from pathlib import Path
from typing import Any

from gridemp.arguments import require
from gridemp.engine.empowerment import checked_horizon, empowerment
from gridemp.engine.map import EmpowermentMap
from gridemp.engine.map_file import holds_map, load_map
from gridemp.errors import GridempError
from gridemp.mazes.maze import Maze
from gridemp.mazes.parsing import load_maze
from gridemp.worlds.conditions import WorldOptions
from gridemp.worlds.environments.name import GYM, make_world
from gridemp.worlds.world import World


def map_of(given: object, horizon: int | None, options: WorldOptions) -> EmpowermentMap:
    """Return the map that is given, or compute that of what is given.

    Parameters
    ----------
    given : EmpowermentMap, World, Maze, str or Path
        A map or the path of a saved one; a world, or `gym:` and the name of an environment; or a
        maze, its bundled name or its path.
    horizon : int or None
        Number of steps n; None for a map, which has one.
    options : dict
        Options of `World.from_maze`, for mazes only.

    Returns
    -------
    EmpowermentMap

    Raises
    ------
    GridempError
        If something else is given, the horizon is missing, or what is given has a horizon or a
        world of its own.
    """
    if isinstance(given, str | Path):
        given = _named(given, horizon)
    several = isinstance(given, list | tuple)
    remedy = "render.panels draws several maps" if several else "empowerment(...) computes a map"
    kinds = "a map, a World, a Maze or the name of a maze"
    require("emap", given, (EmpowermentMap, World, Maze), f"{kinds}; {remedy}")
    if not isinstance(given, Maze):
        what = "map" if isinstance(given, EmpowermentMap) else "world"
        for option in options:
            raise GridempError(f"the {what} has its settings already; leave out `{option}`")
    if isinstance(given, EmpowermentMap):
        if horizon is not None:
            raise GridempError(f"the map already has horizon {given.horizon}; leave out `horizon`")
        return given
    if horizon is None:
        raise GridempError("a maze or a world needs a horizon; give one, such as horizon=5")
    horizon = checked_horizon(horizon)
    world: Any = given
    if isinstance(given, Maze):
        world = World.from_maze(given, within=horizon, **options)
    return empowerment(world, horizon)


def _named(name: str | Path, horizon: int | None) -> EmpowermentMap | World | Maze:
    """Saved map, environment or maze of this name."""
    if holds_map(name):
        return load_map(name)
    if str(name).startswith(GYM):
        return make_world(str(name).removeprefix(GYM), within=horizon)
    return load_maze(name)
