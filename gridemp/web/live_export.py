"""Export of the whole explorer as one file that needs no Python."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import msgspec

from gridemp.errors import GridempError
from gridemp.mazes.maze import Maze
from gridemp.progress import Progress, ignore, part_of
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
    own = {**settings, "maze": drawn}
    world_of(msgspec.convert(own, Question), ignore)  # or it is refused
    worlds = [("", {**own, "slip": slip}) for slip in slips if slip]
    worlds += [
        (f"the lesson '{lesson['name']}' with a slip of {world['slip']:g}: ", world)
        for lesson in lessons
        for world in noisy_worlds([lesson])
    ]
    sources = different([(source, msgspec.convert(world, Question)) for source, world in worlds])
    for source, question in sources:
        with naming(source):
            world_of(question, ignore)
    records = []
    for i, (source, question) in enumerate(sources):
        with naming(source):
            records += noisy_answers(answers, [question], part_of(progress, i, len(sources)))
    data = {
        "start": {**msgspec.to_builtins(answers.start()), "settings": dict(settings)},
        "noisy": packed(records),
    }
    return live_page(ENTRY, data, STYLE, title, description)


def different(sources: Iterable[tuple[str, Question]]) -> list[tuple[str, Question]]:
    """Return the different worlds of some questions, each with its longest horizon."""
    longest: dict[bytes, tuple[str, Question]] = {}
    for source, question in sources:
        unnamed = msgspec.structs.replace(question.maze, name="")
        world = msgspec.structs.replace(question, maze=unnamed, horizon=0).key()
        if world not in longest or longest[world][1].horizon < question.horizon:
            longest[world] = source, question
    return [*longest.values()]


@contextmanager
def naming(source: str) -> Iterator[None]:
    """Put the words for a source before errors about its worlds, without the page's remedy."""
    try:
        yield
    except GridempError as error:
        sentence = str(error).replace(", or run the command in a terminal", "")
        raise GridempError(f"{source}{sentence}") from None
