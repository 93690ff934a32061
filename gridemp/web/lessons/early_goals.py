"""Goals that hold as soon as a step begins, before learners do anything."""

from collections.abc import Iterable, Mapping
from typing import Any

from gridemp.engine.empowerment import empowerment
from gridemp.engine.map import EmpowermentMap
from gridemp.engine.runtime import expected_seconds
from gridemp.errors import HorizonTooLarge
from gridemp.mazes.maze import Maze
from gridemp.web.lessons.board import world_of
from gridemp.web.lessons.goals import EXTREMES, LIMITS, PLACES, SETTINGS, WALLS

MAX_SECONDS = 1.0  # estimated time above which no map is computed
ROUNDING = 1e-6  # bits, below which the page takes two values to be equal

Condition = Mapping[str, Any]
Settings = Mapping[str, Any]


def is_reached(goal: Iterable[Condition], maze: Maze, settings: Settings) -> bool:
    """True if all conditions of a goal hold as soon as a step begins.

    The result is also False if one of them needs a map that would take too long.

    Parameters
    ----------
    goal : iterable of dict
        The conditions.
    maze : Maze
        Maze of the step.
    settings : dict
        All settings of the step.
    """
    of_map = []
    for condition in goal:
        met = met_without_map(condition, settings)
        if met is False:
            return False
        if met is None:
            of_map.append(condition)
    emap = quick_map(maze, settings) if of_map else None
    return all(emap is not None and met_by(emap, each, settings) for each in of_map)


def met_without_map(condition: Condition, settings: Settings) -> bool | None:
    """Return whether a condition holds as the step begins, None if only a map can tell."""
    fact = condition["fact"]
    if not {"is", *LIMITS} & condition.keys():
        return False  # nothing has changed yet
    if "agent" in (fact, condition.get("cell")):
        return False  # nobody has placed one yet
    if "pinned" in (fact, condition.get("cell")) and settings["pin"] is None:
        return False
    if fact in WALLS:
        return satisfies(0, condition)
    if fact in SETTINGS:
        return satisfies(settings[fact], condition)
    if fact in PLACES and condition["is"] not in EXTREMES:
        return satisfies(settings["pin"], condition)
    return None


def met_by(emap: EmpowermentMap, condition: Condition, settings: Settings) -> bool:
    """True if a condition on a map holds; the map has one value for each cell."""
    fact, cell = condition["fact"], condition.get("cell", "pinned")
    lowest, peak = float(emap.bits.min()), float(emap.bits.max())
    summaries = {"mean": float(emap.bits.mean()), "peak": peak, "lowest": lowest}
    if fact in summaries:
        return satisfies(summaries[fact], condition)
    x, y = settings["pin"] if cell == "pinned" else cell
    if fact in PLACES:
        extreme = {"brightest": peak, "darkest": lowest}[condition["is"]]
        return abs(emap.at(x, y) - extreme) <= ROUNDING
    if fact == "bits":
        return satisfies(emap.at(x, y), condition)
    if emap.outcomes is None:
        return False
    return satisfies(emap.at(x, y, emap.outcomes.astype(float)), condition)


def quick_map(maze: Maze, settings: Settings) -> EmpowermentMap | None:
    """Return a map with one value for each cell, None if it would take too long."""
    world, horizon = world_of(maze, settings), settings["horizon"]
    try:
        if expected_seconds(world, horizon) > MAX_SECONDS:
            return None
    except HorizonTooLarge:
        return None
    return empowerment(world, horizon).one_per_cell()


def satisfies(value: Any, condition: Condition) -> bool:
    """True if a value satisfies a condition."""
    if "is" in condition:
        return bool(value == condition["is"])
    if "at_least" in condition:
        return bool(value >= condition["at_least"] - ROUNDING)
    return bool(value <= condition["at_most"] + ROUNDING)
