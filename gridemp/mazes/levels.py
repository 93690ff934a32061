"""Choice of a level, by its number or its title, in a file that holds several."""

import re
from collections.abc import Sequence
from difflib import get_close_matches
from itertools import pairwise
from typing import TypeVar

from gridemp.errors import GridempError
from gridemp.mazes.text import Row

Level = TypeVar("Level")
TITLE = re.compile(r"title *: *(.+)", re.IGNORECASE)
FIELD = re.compile(r"[A-Za-z]+ *:")
MAX_TITLES = 20_000  # that are searched for one that resembles a misspelt title


def chosen_level(levels: Sequence[Level], titles: Sequence[str], level: int | str) -> Level:
    """Return one of the levels of a file.

    Parameters
    ----------
    levels : sequence
        The levels, of which there is at least one.
    titles : sequence of str
        Title of each level, empty if it has none.
    level : int or str
        Number of a level, from 1, or its title, in upper or lower case.

    Raises
    ------
    GridempError
        If there is no such level, or several have this title.
    """
    count = len(levels)
    numbers = f"set `level` to a number from 1 to {count}, the levels of this text"
    if not isinstance(level, str):
        if not 1 <= level <= count:
            raise GridempError(f"there is no level {level}; {numbers}")
        return levels[level - 1]
    wanted = level.strip().casefold()
    found = [i for i, title in enumerate(titles) if title and title == level.strip()] or [
        i for i, title in enumerate(titles) if title and title.casefold() == wanted
    ]
    if len(found) > 1:
        first, second, *_ = found
        raise GridempError(
            f"levels {first + 1} and {second + 1} are both called {level!r}; choose one of them by "
            "its number"
        )
    if not found:
        known = {title.casefold(): title for title in titles[:MAX_TITLES] if title}
        near = get_close_matches(wanted[:80], known, n=1)
        hint = f"did you mean {known[near[0]]!r}?" if near else numbers
        raise GridempError(f"there is no level {level!r}; {hint}")
    return levels[found[0]]


def titles_of(levels: Sequence[list[Row]], others: Sequence[list[Row]]) -> list[str]:
    """Titles of the levels of a text, empty where there is none.

    The title of a level is what follows `Title:` below it, or above it if every level has such a
    line above and the last has none below. A level without such a line is named by
    the line next to it, which may be a comment: the last one above it or, if more levels of the
    text have a line right below them than right above, the first one below it. Other lines with a
    word and a colon, such as `Author:`, are not titles.

    Parameters
    ----------
    levels : sequence of list of Row
        The lines of each level.
    others : sequence of list of Row
        The lines before the first level, between each two levels, and after the last one.
    """
    texts = [[Row(n, t) for n, line in rows if (t := line.strip("; \t"))] for rows in others]
    above = below = 0
    for level, (before, after) in zip(levels, pairwise(texts), strict=True):
        above += bool(before) and before[-1].number + 1 == level[0].number
        below += bool(after) and after[0].number - 1 == level[-1].number
    named = [[match[1] for _, text in rows if (match := TITLE.match(text))] for rows in texts]
    named = named[:-1] if all(named[:-1]) and not named[-1] else named[1:]
    titles = []
    for (before, after), own in zip(pairwise(texts), named, strict=True):
        near = reversed(before) if above >= below else after
        unnamed = (text for _, text in near if not FIELD.match(text))
        titles.append(own[0] if own else next(unnamed, ""))
    return titles
