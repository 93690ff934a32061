"""The thin walls whose change raises the mean empowerment most."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from gridemp.analysis.sensitivity import expected_sensitivity_seconds, sensitivity
from gridemp.engine.map import ROUNDING
from gridemp.progress import Progress
from gridemp.typing import Array, Mask
from gridemp.web.server.api import Question, concerning
from gridemp.web.server.questions import check_time, world_of

MAX_DOORS = 10  # that open, and as many that build


def doors(question: Question, progress: Progress) -> Mapping[str, Any]:
    """Return the mean empowerment and the best toggles of a thin wall, the best one first.

    These are up to `MAX_DOORS` toggles that open a wall, and as many that build one.
    """
    maze = world_of(question, progress).maze
    options = question.options()
    with concerning("horizon", "other"):
        check_time(lambda n: expected_sensitivity_seconds(maze, n, **options), question.horizon)
        effects = sensitivity(maze, question.horizon, progress=progress, **options)
    least = max(effects.gap, ROUNDING)  # a gain that is certainly one
    found = [
        *toggles("right", effects.right, maze.wall_right, least),
        *toggles("below", effects.below, maze.wall_below, least),
    ]
    found.sort(key=lambda door: -round(door["gain"] / ROUNDING))
    kept = [
        door
        for builds in (False, True)
        for door in [each for each in found if each["wall"] == builds][:MAX_DOORS]
    ]
    return {"mean": effects.bits, "best": [door for door in found if door in kept]}


def toggles(kind: str, gains: Array, walls: Mask, least: float) -> list[dict[str, Any]]:
    """Return the toggles of one kind of walls that gain more than `least` bits."""
    return [
        {
            "kind": kind,
            "row": row,
            "col": col,
            "wall": not walls[row, col],
            "gain": float(gains[row, col]),
        }
        for row, col in np.argwhere(gains > least).tolist()
    ]
