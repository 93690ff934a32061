"""Legend of a text: the meaning of each character, and the text in the block format.

With a legend, the levels of Griddly, of GVGAI and of other games can be read. Each character is a
cell, or each word that blanks separate, as in Griddly, where `/` joins the objects in one cell and
the number of a player or a direction (`-U`) may follow an object.
"""

import re
from collections.abc import Mapping
from difflib import get_close_matches

from gridemp.arguments import described
from gridemp.errors import GridempError, MazeError
from gridemp.mazes.objects import OBJECTS
from gridemp.mazes.text import BLANK, Row

WALL, FLOOR = "#", "."
MEANINGS = {"wall": WALL, "floor": FLOOR} | {
    re.split(r",| that ", words)[0]: letter for letter, words in OBJECTS.items()
}
SYNONYMS = {
    "solid": "wall",
    "empty": "floor",
    "ground": "floor",
    "agent": "start",
    "player": "start",
    "avatar": "start",
    "exit": "goal",
    "target": "goal",
    "lava": "trap",
    "hole": "trap",
    "crate": "box",
    "block": "fixed box",
    "obstacle": "fixed box",
    "door": "closed door",
}
LETTER = MEANINGS | {word: MEANINGS[meaning] for word, meaning in SYNONYMS.items()}
EXAMPLE = "`legend` gives each character a meaning, as in 'w=wall,.=floor,A=start'"
ENTRY = re.compile(r"\s*?(.)\s*=([^,=]*)(,|$)", re.DOTALL)
SEPARATORS = ",;"
OBJECT = r"[^\s](?:[0-9]{1,2})?(?:-[A-Z])?"  # in Griddly
WORD = re.compile(rf"{OBJECT}(?:/{OBJECT})*")


def checked_legend(legend: Mapping[str, str] | str) -> dict[str, str]:
    """Character of the block format for each character that a legend explains.

    Parameters
    ----------
    legend : mapping of str to str or str
        Meaning of each character: one of the words of `MEANINGS` or of their `SYNONYMS`, or the
        character that stands for it in the block format. As a str, it has the form
        "w=wall,.=floor".

    Raises
    ------
    GridempError
        If the legend is empty or not of this form, or a meaning is unknown.
    """
    entries = list(_entries(legend) if isinstance(legend, str) else legend.items())
    if not entries:
        raise GridempError(f"`legend` is empty; {EXAMPLE}")
    letters: dict[str, str] = {}
    for key, meaning in entries:
        if not (isinstance(key, str) and isinstance(meaning, str) and len(key) == 1):
            raise GridempError(f"{described(key)} is not one character; {EXAMPLE}")
        if key == ";":
            raise GridempError(
                "`legend` cannot explain ; because it starts a comment; replace it in the text"
            )
        letter = _letter(meaning)
        if letters.setdefault(key, letter) != letter:
            raise GridempError(f"`legend` gives {key!r} two meanings; keep one")
    return letters


def _entries(legend: str) -> list[tuple[str, str]]:
    """Characters and meanings of a legend that is given as text."""
    entries = []
    place = 0
    while place < len(legend):
        entry = ENTRY.match(legend, place)
        if entry is None:
            raise GridempError(
                f"cannot read `legend` from {described(legend[place:])} on; {EXAMPLE}"
            )
        entries.append((entry[1], entry[2]))
        place = entry.end()
    return entries


def _letter(meaning: str) -> str:
    """Character of the block format for a meaning."""
    word = re.sub(r"[\s_-]+", " ", meaning.strip().casefold())
    if word in LETTER:
        return LETTER[word]
    if meaning in (WALL, FLOOR, *OBJECTS):
        return meaning
    near = get_close_matches(word[:40], LETTER, n=1)
    hint = f"did you mean {near[0]!r}?" if near else f"use one of {', '.join(MEANINGS)}"
    raise GridempError(f"{described(meaning)} is not a meaning in `legend`; {hint}")


def translated(rows: list[Row], letters: dict[str, str]) -> list[Row]:
    """Lines of a text in the characters of the block format.

    Blanks separate the cells if the legend does not explain the space and all lines consist of
    words, each for one cell; so do commas or semicolons with single characters between them.

    Parameters
    ----------
    rows : list of Row
        The numbered lines of the text.
    letters : dict of str to str
        Character of the block format for each character of the text.

    Raises
    ------
    MazeError
        If the legend does not explain a character, or a cell holds several objects.
    """
    if " " not in letters:
        rows = _without_separators(rows, letters)
        rows = [Row(number, text.rstrip(BLANK)) for number, text in rows]
        words = [text.split() for _, text in rows]
        separated = any(len(cells) > 1 for cells in words)
        if separated and all(WORD.fullmatch(cell) for cells in words for cell in cells):
            return [_joined(row, letters) for row in rows]
    unknown = re.compile(f"[^{re.escape(''.join(letters))}]")
    for number, text in rows:
        if match := unknown.search(text):
            raise _unexplained(match[0], number, match.start() + 1)
    # A space stays a space, so that spaces outside closed walls are left out as elsewhere.
    space = {" ": " "} if letters.get(" ") == FLOOR else {}
    table = str.maketrans(letters | space)
    return [Row(number, text.translate(table)) for number, text in rows]


def _without_separators(rows: list[Row], letters: dict[str, str]) -> list[Row]:
    """Lines with blanks in place of commas or semicolons that separate single characters."""
    for separator in SEPARATORS:
        if separator not in letters and separator in rows[0].text:
            spaced = [Row(number, text.replace(separator, " ")) for number, text in rows]
            fields = [text.rstrip().removesuffix(separator).split(separator) for _, text in rows]
            if all(len(field.strip()) == 1 for line in fields for field in line):
                return spaced
    return rows


def _joined(row: Row, letters: dict[str, str]) -> Row:
    """Line in which each word is a cell, as one character for each cell."""
    cells: list[str] = []
    for word in re.finditer(r"\S+", row.text):
        place = row.number, word.start() + 1
        keys = [part[0] for part in word[0].split("/") if part] or ["/"]
        for key in keys:
            if key not in letters:
                raise _unexplained(key, *place)
        parts = {letters[key] for key in keys} - {FLOOR} or {FLOOR}
        if len(parts) > 1:
            raise MazeError(
                f"the cell {word[0]!r} holds several objects, but gridemp allows one per cell; "
                "declare the others as floor in `legend`",
                *place,
            )
        cells += parts
    return Row(row.number, "".join(cells))


def _unexplained(character: str, line: int, column: int) -> MazeError:
    """Error for a character without a meaning."""
    if character == "\t":
        return MazeError("this is a tab; use spaces", line, column)
    return MazeError(
        f"`legend` does not explain {character!r}; add {character}= and its meaning, such as wall "
        "or floor",
        line,
        column,
    )
