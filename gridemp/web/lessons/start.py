"""Goals that hold at the start of a step, before learners do anything."""

from collections.abc import Iterable, Mapping
from typing import Any

from gridemp.engine.empowerment import empowerment
from gridemp.engine.map import EmpowermentMap
from gridemp.engine.runtime import expected_seconds
from gridemp.errors import HorizonTooLarge
from gridemp.web.lessons.goals import EXTREMES, LIMITS, PLACES, SETTINGS, WALLS
from gridemp.worlds.world import World

MAX_SECONDS = 1.0  # that a map may take
ROUNDING = 1e-6  # bits, below which the page takes two values to be equal

Condition = Mapping[str, Any]
Settings = Mapping[str, Any]


def is_reached(goal: Iterable[Condition], world: World, settings: Settings) -> bool:
    """True if all conditions of a goal hold at the start of a step.

    They do not if one of them needs a map that takes long to compute.

    Parameters
    ----------
    goal : iterable of dict
        The conditions.
    world : World
        World of the step.
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
    emap = quick_map(world, settings["horizon"]) if of_map else None
    return all(emap is not None and met_by(emap, each, settings) for each in of_map)


def met_without_map(condition: Condition, settings: Settings) -> bool | None:
    """Return whether a condition holds at the start of a step, None if that takes a map."""
    fact = condition["fact"]
    if not {"is", *LIMITS} & condition.keys():
        return False  # nothing has changed yet
    if "agent" in (fact, condition.get("cell")):
        return False  # nobody has placed one yet
    if "pinned" in (fact, condition.get("cell")) and settings["pin"] is None:
        return False
    if fact in WALLS:
        return compares(0, condition)
    if fact in SETTINGS:
        return compares(settings[fact], condition)
    if fact in PLACES and condition["is"] not in EXTREMES:
        return compares(settings["pin"], condition)
    return None


def met_by(emap: EmpowermentMap, condition: Condition, settings: Settings) -> bool:
    """True if a condition on a map holds, which has one value for each cell."""
    fact, cell = condition["fact"], condition.get("cell", "pinned")
    lowest, peak = float(emap.bits.min()), float(emap.bits.max())
    summaries = {"mean": float(emap.bits.mean()), "peak": peak, "lowest": lowest}
    if fact in summaries:
        return compares(summaries[fact], condition)
    x, y = settings["pin"] if cell == "pinned" else cell
    if fact in PLACES:
        extreme = {"brightest": peak, "darkest": lowest}[condition["is"]]
        return abs(emap.at(x, y) - extreme) <= ROUNDING
    if fact == "bits":
        return compares(emap.at(x, y), condition)
    if emap.outcomes is None:
        return False
    return compares(emap.at(x, y, emap.outcomes.astype(float)), condition)


def quick_map(world: World, horizon: int) -> EmpowermentMap | None:
    """Return a map with one value for each cell, None if it takes long."""
    try:
        if expected_seconds(world, horizon) > MAX_SECONDS:
            return None
    except HorizonTooLarge:
        return None
    return empowerment(world, horizon).one_per_cell()


def compares(value: Any, condition: Condition) -> bool:
    """True if a value is what a condition wants."""
    if "is" in condition:
        return bool(value == condition["is"])
    if "at_least" in condition:
        return bool(value >= condition["at_least"] - ROUNDING)
    return bool(value <= condition["at_most"] + ROUNDING)
