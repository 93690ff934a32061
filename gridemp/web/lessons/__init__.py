"""Lessons of the live page: those that come with gridemp, and those that teachers write.

A lesson is a TOML file; docs/how-to/write-a-lesson.md describes its content.
"""

from collections.abc import Iterable
from pathlib import Path

from gridemp.errors import GridempError
from gridemp.web.lessons.lesson import Lesson, load_lesson

__all__ = ["Lesson", "bundled_lessons", "lessons_with", "load_lesson"]


def bundled_lessons() -> list[Lesson]:
    """Return the lessons that come with gridemp, in their order."""
    return [load_lesson(path) for path in sorted(Path(__file__).parent.glob("*.toml"))]


def lessons_with(paths: Iterable[str | Path]) -> list[Lesson]:
    """Return a teacher's own lessons, in the order of their files, and then the bundled ones.

    Raises
    ------
    GridempError
        If a file is not a lesson, or two lessons have the same name.
    """
    lessons = bundled_lessons()
    names = [lesson["name"] for lesson in lessons]
    own = []
    for path in paths:
        lesson = load_lesson(path)
        if lesson["name"] in names:
            raise GridempError(
                f"{path}: there is a lesson '{lesson['name']}' already; rename the file"
            )
        names.append(lesson["name"])
        own.append(lesson)
    return own + lessons
