"""Goals of the tasks in a lesson: conditions on facts that the page has."""

from typing import Any

from gridemp.mazes.maze import Maze
from gridemp.web.lessons.board import CHOICES, check_floor, setting
from gridemp.web.lessons.table import Table

MAP = ("mean", "peak", "lowest")  # of the bits of all cells
OF_A_CELL = ("bits", "outcomes")
WALLS = ("opened", "built")  # since the step began
PLACES = ("pinned", "agent")
SETTINGS = ("horizon", "slip", "slip_kind", "moves", "stay", "torus", "sensor")
FACTS = (*MAP, *OF_A_CELL, *WALLS, *PLACES, *SETTINGS)
EXTREMES = ("brightest", "darkest")
SINCE = ("rises_by", "falls_by")
LIMITS = ("at_least", "at_most")
COMPARISONS = ("is", *LIMITS, *SINCE, "best")


def goal_in(table: Table, maze: Maze) -> list[dict[str, Any]]:
    """Return the conditions of a step's goal, all of which must hold at the same time."""
    return [condition(each, maze) for each in table.tables("goal", "condition")]


def condition(table: Table, maze: Maze) -> dict[str, Any]:
    """Return one condition: a fact, and one value to compare it with."""
    fact = table.choose("fact", FACTS)
    table.allow(*COMPARISONS)
    found: dict[str, Any] = {"fact": fact}
    if fact in OF_A_CELL:
        found["cell"] = where(table, maze, "cell", PLACES)
    table.finish()
    given = [name for name in COMPARISONS if name in table]
    if len(given) != 1:
        raise table.error(
            f"a condition has exactly one of {', '.join(COMPARISONS)}; this one has "
            + (" and ".join(given) or "none")
        )
    (comparison,) = given
    allowed = comparisons(fact, found.get("cell"))
    if comparison not in allowed:
        raise table.error(f"'{fact}' cannot have '{comparison}'; use {' or '.join(allowed)}")
    if comparison == "best":
        found["best"] = table.choose("best", ("open", "build"))
    elif fact in PLACES:
        found["is"] = where(table, maze, "is", EXTREMES)
    elif fact in SETTINGS:
        value = setting(Table({fact: table.value(comparison)}, table.place), fact)
        found[comparison] = value
    else:
        whole = fact in (*WALLS, "outcomes")
        found[comparison] = table.take(comparison, "whole number" if whole else "number")
        if found[comparison] < 0 or (comparison in SINCE and not found[comparison]):
            least = "more than 0" if comparison in SINCE else "0 or more"
            raise table.error(f"'{comparison}' must be {least}")
    return found


def comparisons(fact: str, cell: Any = None) -> tuple[str, ...]:
    """Return the comparisons that a fact can have."""
    if fact in PLACES or fact in CHOICES or fact == "stay":
        return ("is",)
    if fact in WALLS or fact in SETTINGS:
        return ("is", *LIMITS)
    if cell in PLACES:
        return ("is", *LIMITS) if fact == "outcomes" else LIMITS
    if fact == "outcomes":
        return ("is", *LIMITS, *SINCE)
    return (*LIMITS, *SINCE, "best") if fact == "mean" else (*LIMITS, *SINCE)


def where(table: Table, maze: Maze, key: str, names: tuple[str, ...]) -> Any:
    """Return a cell [x, y] on the floor, or one of a few names of cells."""
    if table.has_list(key):
        cell: list[int] = table.take(key, "cell")
        check_floor(table, maze, cell, key)
        return cell
    return table.choose(key, names)
