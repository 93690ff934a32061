"""Format of a text that has no format name, by its characters and its first line.

A text in gridemp's own characters is in one of gridemp's own two formats, whatever else it may be.
Any other text is in the format of another program whose rule it fits. If it fits no rule, it is in
one of gridemp's own formats again, perhaps with walls and marks in other characters
(`mazes/letters.py`).
"""

import re
from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

from gridemp.errors import GridempError, MazeError
from gridemp.mazes.formats import (
    FORMATS,
    block_elements,
    box_drawing,
    d4rl,
    minigrid,
    movingai,
    pacman,
    sokoban,
    taxi,
)
from gridemp.mazes.letters import AGENTS, OWN
from gridemp.mazes.protocol import Choices
from gridemp.mazes.text import BLANK, LETTERS, Row, letter_counts, letters_beside

BOXES = set(box_drawing.LINES) - {"+"}
ELEMENTS = set("▓" + block_elements.QUARTERS) - set(BLANK)
MAX_RUNS = 1_000_000  # longest level of run-length encoded rows that is looked at
WORD = re.compile(r"[a-z]{3}", re.IGNORECASE)  # of a title above a Sokoban level
THIN = "+o-| #" + LETTERS


class Text(NamedTuple):
    """Text whose format is to be found.

    Attributes
    ----------
    rows : list of Row
        Lines of the text, the first of which is not empty.
    first : str
        First line that is not blank, without the blanks at its ends.
    letters : set of str
        Characters of the text, without blanks.
    """

    rows: list[Row]
    first: str
    letters: set[str]


class Rule(NamedTuple):
    """Rule for texts that are in a format.

    Attributes
    ----------
    format : str
        Name of the format.
    description : str
        What such a text is and how it can be told, after "read as" or "this may be".
    fits : callable
        Function of a `Text` that returns True for such texts.
    is_plain : bool
        True if no character has another meaning than it seems, so that nothing needs to be said.
    """

    format: str
    description: str
    fits: Callable[[Text], bool]
    is_plain: bool = False


class Guess(NamedTuple):
    """Format of a text, and sentences that say so if it is a format of another program."""

    format: str
    said: tuple[str, ...] = ()


def guess_format(rows: list[Row], choices: Choices) -> Guess:
    """Find the format of a text.

    Parameters
    ----------
    rows : list of Row
        Lines of the text, of which one at least is not blank.
    choices : Choices
        Choices between mazes; if a character for walls is chosen, the format is one that takes it.

    Raises
    ------
    MazeError
        If the text fits the rules of several formats.
    """
    first = next(row.text for row in rows if row.text.strip()).strip(BLANK)
    is_thin = first[0] in "+o"
    own = Guess("thin" if is_thin else "block")
    if not letters_beside(rows, THIN if is_thin else OWN):
        return own
    text = Text(rows, first, letters_beside(rows, BLANK))
    fitting = [rule for rule in RULES if rule.fits(text)]
    if choices.wall is not None:
        fitting = [rule for rule in fitting if "wall" in FORMATS[rule.format].CHOICES]
    if len(fitting) > 1:
        readings = " or ".join(rule.description for rule in fitting)
        names = " or ".join(rule.format for rule in fitting)
        raise MazeError(f"this may be {readings}; set `format` to {names}", rows[0].number, 1)
    if not fitting or fitting[0].format == own.format:
        return own
    (rule,) = fitting
    return Guess(rule.format, () if rule.is_plain else (f"read as {rule.description}",))


def _is_movingai(text: Text) -> bool:
    return movingai.FIELD.match(text.first) is not None


def _is_minigrid(text: Text) -> bool:
    last = text.rows[-1].text.strip(BLANK)
    return minigrid.BORDER.fullmatch(text.first) is not None and last == text.first


def _is_lake(text: Text) -> bool:
    letters = {letter.upper() for letter in text.letters}
    return letters <= set("SFHG") and bool(letters & set("FH"))


def _is_pacman(text: Text) -> bool:
    return text.first[0] == "%" and text.letters <= {"%", "P", *pacman.LEFT_OUT}


def _is_taxi(text: Text) -> bool:
    return ":" in text.letters and taxi.BORDER.fullmatch(text.first) is not None


def _is_d4rl(text: Text) -> bool:
    marks = text.letters & set("O\\")
    return bool(marks) and "#" in text.letters and text.letters <= {*d4rl.LETTERS, "\\"}


def _is_box_drawing(text: Text) -> bool:
    return bool(text.letters & BOXES)


def _is_of_blocks(text: Text) -> bool:
    return bool(text.letters & ELEMENTS) and not _is_box_drawing(text)


def _is_underscore(text: Text) -> bool:
    return set(text.first) <= set("_ ") and "|" in text.letters and "#" not in text.letters


def _is_sokoban(text: Text) -> bool:
    counts = _sokoban_counts(text)
    if counts is None or counts["@"] != 1:
        return False
    has_title = "#" not in text.first and WORD.search(text.first) is not None
    return has_title or (counts["$"] > 0 and counts["."] > 0)


def _has_floor_of_dots(text: Text) -> bool:
    """True for a maze of blocks in which boxes and dots do not pair up as boxes and goals."""
    counts = _sokoban_counts(text)
    is_own = text.letters <= {"#", ".", *LETTERS, *AGENTS}
    return is_own and counts is not None and counts["$"] != counts["."] and _is_sokoban(text)


def _sokoban_counts(text: Text) -> Counter[str] | None:
    """Number of players @, boxes $ and goals . in the first level; None if there is no level."""
    if not text.letters & set("#X|") or not text.letters & set("@+pP"):
        return None
    runs = (int(count) for _, row in text.rows for count, _ in sokoban.RUN.findall(row))
    if sum(runs) > MAX_RUNS:
        return None
    try:
        level = sokoban.level(text.rows, 1)
    except GridempError:
        return None
    counts = letter_counts(level)
    if not counts.keys() <= set(sokoban.BOARD):
        return None
    return Counter(
        {
            "@": counts["@"] + counts["+"],
            "$": counts["$"] + counts["*"],
            ".": counts["."] + counts["+"] + counts["*"],
        }
    )


RULES = (
    Rule("movingai", "a MovingAI map, because it begins with a header", _is_movingai),
    Rule("minigrid", "a grid of MiniGrid, because WG stands for its walls", _is_minigrid),
    Rule("frozenlake", "a FrozenLake map, because its letters are S, F, H and G", _is_lake),
    Rule("pacman", "a Pac-Man layout, because its walls are %", _is_pacman),
    Rule("taxi", "a Taxi map, because its passages are :", _is_taxi),
    Rule("d4rl", "a D4RL maze with O for floor or \\ between rows", _is_d4rl),
    Rule("box-drawing", "a box drawing", _is_box_drawing, is_plain=True),
    Rule("block-elements", "a drawing of block elements", _is_of_blocks, is_plain=True),
    Rule("underscore", "a drawing of _ and |", _is_underscore, is_plain=True),
    Rule("sokoban", "a Sokoban level", _is_sokoban),
    Rule("block", "a maze with boxes on a floor of dots", _has_floor_of_dots),
)
