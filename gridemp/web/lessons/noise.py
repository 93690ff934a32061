"""Noisy worlds of lessons, for a page that cannot compute them."""

from collections.abc import Iterable, Mapping
from itertools import product
from typing import Any

from gridemp.errors import GridempError
from gridemp.web.lessons.board import DEFAULTS, WORLD
from gridemp.web.lessons.lesson import Lesson
from gridemp.worlds.moves import MOVES
from gridemp.worlds.noise import slip_kernel

OPTIONS = [name for name in WORLD if name != "horizon"]


def noisy_worlds(lessons: Iterable[Lesson]) -> list[dict[str, Any]]:
    """Return the noisy worlds that lessons show or let learners choose.

    Parameters
    ----------
    lessons : iterable of dict
        The lessons.

    Returns
    -------
    list of dict
        Fields of a question about each world, with the longest horizon.
    """
    longest: dict[str, dict[str, Any]] = {}
    for lesson in lessons:
        maze, settings = lesson["maze"], DEFAULTS | lesson["settings"]
        for step in [{}, *lesson["steps"]]:
            maze, settings = step.get("maze", maze), settings | step.get("settings", {})
            controls = step.get("controls", lesson["controls"])
            choices = [values(name, settings, controls) for name in OPTIONS]
            horizon = max(values("horizon", settings, controls))
            for chosen in product(*choices):
                world = dict(zip(OPTIONS, chosen, strict=True)) | {"maze": maze}
                if world["slip"] and is_possible(world):
                    same = longest.setdefault(repr(world), world | {"horizon": 0})
                    same["horizon"] = max(same["horizon"], horizon)
    return [*longest.values()]


def is_possible(world: Mapping[str, Any]) -> bool:
    """True if the agent can slip in the way of a world; the page does not offer other ways."""
    try:
        slip_kernel(MOVES[world["moves"]], world["slip"], world["slip_kind"])
    except GridempError:
        return False
    return True


def values(name: str, settings: Mapping[str, Any], controls: Mapping[str, Any]) -> list[Any]:
    """Return the values of a setting in one step: those of its control, if it has a list."""
    listed = controls.get(name)
    return listed if isinstance(listed, list) else [settings[name]]
