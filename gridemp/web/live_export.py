"""Export of the whole explorer as one file that needs no Python."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from gridemp.mazes.maze import Maze
from gridemp.progress import Progress, ignore
from gridemp.web.lessons import Lesson
from gridemp.web.lessons.noise import noisy_worlds
from gridemp.web.live_page import live_page
from gridemp.web.noisy_answers import noisy_answers, packed
from gridemp.web.server.answers import Answers
from gridemp.web.server.api import Question
from gridemp.web.server.mazes import drawing_of
from gridemp.web.server.questions import world_of

ENTRY, STYLE = "standalone.js", "standalone.css"


def live_export(
    maze: Maze,
    settings: Mapping[str, Any],
    slips: Sequence[float],
    lessons: list[Lesson],
    progress: Progress,
    *,
    title: str,
    description: str,
) -> str:
    """Return the explorer as an HTML text that loads nothing.

    Parameters
    ----------
    maze : Maze
        Maze that the page shows first.
    settings : mapping
        Settings that the page shows first.
    slips : sequence of float
        Slip probabilities with which it can show this maze under these settings, for all horizons
        up to that of the settings. Maps without noise, it computes itself.
    lessons : list of dict
        Lessons of the page, whose noisy worlds it can show, too.
    progress : callable
        Called with the fraction done, from 0 to 1.
    title : str
        Title of the page.
    description : str
        Record of what made the page.

    Returns
    -------
    str
        Text of the page.
    """
    answers = Answers(maze, [], lessons)
    drawn = drawing_of(maze)
    worlds = [{**settings, "maze": drawn, "slip": slip} for slip in slips if slip]
    worlds += noisy_worlds(lessons)
    questions = [msgspec.convert(world, Question) for world in worlds]
    for question in [msgspec.convert({**settings, "maze": drawn}, Question), *questions]:
        world_of(question, ignore)  # or it is refused
    data = {
        "start": {**msgspec.to_builtins(answers.start()), "settings": dict(settings)},
        "noisy": packed(noisy_answers(answers, questions, progress)),
    }
    return live_page(ENTRY, data, STYLE, title, description)
