"""Lessons of the live page, read from TOML files and checked."""

import re
import tomllib
from pathlib import Path
from typing import Any

from gridemp.errors import GridempError
from gridemp.mazes.maze import Maze
from gridemp.web.lessons.board import (
    DEFAULTS,
    PARTS,
    TOOLS,
    check_board,
    controls_in,
    maze_in,
    settings_in,
)
from gridemp.web.lessons.early_goals import is_reached
from gridemp.web.lessons.goals import EXTREMES, goal_in
from gridemp.web.lessons.table import Table
from gridemp.web.maze_json import lines_of

NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
NUMBER = re.compile(r"^\d+-")  # which puts the files of a folder in order
KINDS = ("predict", "do", "check")
MAX_BYTES = 2**18
MAX_CHOICES = 6

Lesson = dict[str, Any]


def load_lesson(path: str | Path) -> Lesson:
    """Read a lesson from a TOML file.

    Parameters
    ----------
    path : str or Path
        The file. The name of the lesson is that of the file without its suffix and without a number
        in front, such as `dead-ends` for `2-dead-ends.toml`.

    Returns
    -------
    dict
        The lesson as JSON for the page: the fields of the file and its name, with each maze as
        `lines_of` writes it.

    Raises
    ------
    GridempError
        If the file cannot be read or is not a lesson; the message names the file, the place and the
        remedy.
    """
    path = Path(path)
    name = NUMBER.sub("", path.stem)
    if path.suffix != ".toml" or not NAME.fullmatch(name):
        raise GridempError(
            f"{path}: the file of a lesson needs a name such as dead-ends.toml, of small letters, "
            "digits and hyphens"
        )
    return lesson_in(Table(content_of(path), str(path)), name)


def content_of(path: Path) -> dict[str, Any]:
    """Return the content of a TOML file."""
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise GridempError(f"cannot read {path}: {error.strerror}; give a lesson's file") from None
    if len(data) > MAX_BYTES:
        raise GridempError(f"{path}: a lesson may have at most {MAX_BYTES:,} bytes; shorten it")
    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise GridempError(f"{path}: this is not UTF-8 text; save it as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise GridempError(f"{path}: this is not TOML: {error}; correct it there") from None
    except ValueError:
        raise GridempError(f"{path}: a number has thousands of digits; shorten it") from None
    except RecursionError:
        raise GridempError(
            f"{path}: there are too many lists or tables within one another; remove some"
        ) from None


def lesson_in(table: Table, name: str) -> Lesson:
    """Return the lesson in a table."""
    maze = maze_in(table, name)
    if maze is None:
        raise table.error("a lesson needs the name of a bundled 'maze', or a 'drawing' of one")
    found: Lesson = {
        "name": name,
        "title": table.take("title", "text"),
        "summary": table.take("summary", "text"),
        "maze": drawing(maze),
        "settings": settings_in(table),
        "tools": table.texts("tools", TOOLS, ["point"]),
        "show": table.texts("show", PARTS, []),
        "controls": controls_in(table),
    }
    steps = table.tables("steps", "step")
    table.finish()
    settings = DEFAULTS | found["settings"]
    check_board(table, maze, settings, found["controls"])
    found["steps"] = []
    for each in steps:
        own = maze_in(each, name)
        if each.take("restore", "truth", False):
            if own is not None:
                raise each.error("a step with a maze of its own has nothing to restore")
            own = maze
        maze = own or maze
        step = step_in(each, maze)
        if own is not None:
            step["maze"] = drawing(own)
            settings = settings | {"pin": None}
        settings = settings | step.get("settings", {})
        check_board(each, maze, settings, (found | step)["controls"])
        if "goal" in step and is_reached(step["goal"], maze, settings):
            raise each.error(
                "the goal is reached before learners do anything; change the goal, or begin the "
                "step with another maze or other settings"
            )
        if found["steps"] and "cell" in found["steps"][-1] and step["kind"] != "check":
            raise each.error("after a step that asks for a cell comes one with 'check'")
        found["steps"].append(step)
    if "cell" in found["steps"][-1]:
        raise table.error(f"step {len(steps)} asks for a cell; add a step with 'check' after it")
    return found


def step_in(table: Table, maze: Maze) -> dict[str, Any]:
    """Return the step in a table, which has this maze."""
    kinds = [kind for kind in KINDS if kind in table]
    if len(kinds) != 1:
        raise table.error(
            f"a step is exactly one of {', '.join(map(repr, KINDS))}, with the text as its value; "
            f"this one {'has ' + ' and '.join(map(repr, kinds)) if kinds else 'has none'}"
        )
    (kind,) = kinds
    table.allow("settings", "controls", "tools", "show")
    if kind != "check":
        table.allow("hint")
    found: dict[str, Any] = {"kind": kind, "text": table.take(kind, "text")}
    if "hint" in table and kind != "check":
        found["hint"] = table.take("hint", "text")
    if kind == "predict":
        found |= question_in(table)
    elif kind == "do":
        found["goal"] = goal_in(table, maze)
    if "settings" in table:
        found["settings"] = settings_in(table)
    if "controls" in table:
        found["controls"] = controls_in(table)
    for key, names in (("tools", TOOLS), ("show", PARTS)):
        if key in table:
            found[key] = table.texts(key, names)
    table.finish()
    return found


def question_in(table: Table) -> dict[str, Any]:
    """Return the question of a prediction: choices, or a cell that the learner clicks."""
    if not ("choices" in table or "cell" in table):
        table.allow("choices", "correct", "cell", "veiled")
        table.finish()  # which knows a word that is mistyped
    if ("choices" in table) == ("cell" in table):
        raise table.error(
            "a prediction needs either 'choices' and the 'correct' one, or 'cell', the one to "
            "click: 'brightest' or 'darkest'"
        )
    found: dict[str, Any] = {"veiled": table.take("veiled", "truth", True)}
    if "cell" in table:
        return found | {"cell": table.choose("cell", EXTREMES)}
    choices = table.texts("choices")
    if not 2 <= len(choices) <= MAX_CHOICES:
        raise table.error(f"'choices' must be 2 to {MAX_CHOICES} texts, not {len(choices)}")
    correct = table.take("correct", "whole number")
    if not 1 <= correct <= len(choices):
        raise table.error(
            f"'correct' is {correct}, but there are {len(choices)} choices; give the number of the "
            "right one, counted from 1"
        )
    return found | {"choices": choices, "correct": correct}


def drawing(maze: Maze) -> dict[str, Any]:
    """Return a maze as the page has it."""
    return {"name": maze.name, **lines_of(maze)}
