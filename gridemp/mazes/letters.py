"""Walls and marks in the characters of other programs, in place of gridemp's own.

Many programs draw walls with a character such as `X` or `w`, an agent with `A`, `P` or `@`, and an
exit or a goal with `E` or `g`. Here they become `#`, `S` and `G`, unless that is ambiguous.
"""

from collections import Counter

from gridemp.errors import GridempError, MazeError
from gridemp.mazes.text import BLANK, LETTERS, Row, letter_counts, letters_beside, trimmed

OWN = "#. " + LETTERS
OTHER_FLOOR = "·░□⬜_0"
LINES = "-|"  # walls of rooms in NetHack
AGENTS = {"A": "the agent", "P": "the agent", "@": "the agent", "s": "the start"}
GOALS = {"E": "the exit", "e": "the exit", "g": "the goal"}
MARKS = {"S": AGENTS, "G": GOALS}


def in_own_letters(
    rows: list[Row], wall: str | None = None, *, blocks: bool = True
) -> tuple[list[Row], tuple[str, ...]]:
    """Replace the characters of other programs in a drawing by gridemp's own.

    Parameters
    ----------
    rows : list of Row
        The drawing.
    wall : str, optional
        The character that means wall; by default the one that the frame is made of.
    blocks : bool
        If False, walls are lines, and only marks are replaced.

    Returns
    -------
    rows : list of Row
        The drawing, in which characters whose meaning is unknown are left.
    said : tuple of str
        A sentence that names the characters, unless all are gridemp's own or `wall`.

    Raises
    ------
    GridempError
        If no wall is drawn with the character `wall`.
    MazeError
        If a B may be gridemp's own or the goal of an agent A.
    """
    if wall is None and not letters_beside(rows, OWN + "+o-|" * (not blocks)):
        return rows, ()
    counts = letter_counts(rows)
    own: dict[str, str] = {}
    said: list[str] = []

    def take(letter: str, for_own: str, meaning: str) -> None:
        own[letter] = for_own
        said.append(f"{letter} is read as {for_own} ({meaning})")

    if wall is not None:
        if wall not in counts or wall in BLANK:
            raise GridempError(
                f"no wall is drawn with {wall!r}; set `wall` to a character that means wall"
            )
        own[wall] = "#"
    elif blocks:
        for letter in frame_letters(rows):
            take(letter, "#", "wall, as in the frame")
    if blocks:
        for letter in OTHER_FLOOR:
            if letter in counts and letter not in own:
                take(letter, ".", "floor")
    for mark, meanings in MARKS.items():
        letters = [letter for letter in meanings if letter in counts and letter not in own]
        if mark in counts or len(letters) != 1 or (letters == ["@"] and counts["@"] > 1):
            continue
        if letters == ["A"] and counts["B"] == 1 and not counts.keys() & {"G", *GOALS}:
            _refuse_b(rows)
        take(letters[0], mark, meanings[letters[0]])
    table = str.maketrans(own)
    rows = [Row(number, text.translate(table)) for number, text in rows] if own else rows
    return rows, ("; ".join(said),) if said else ()


def frame_letters(rows: list[Row]) -> str:
    """Character of other programs that the frame of a drawing is made of, or both `-` and `|`.

    The frame is the first and the last line and both ends of each line. A quarter of it may be
    gaps and marks. If it is made of several characters or of gridemp's own, there is none.
    """
    lines = [text.strip(BLANK) for _, text in trimmed(rows)]
    if len(lines) < 3 or not all(lines):
        return ""
    frame = [lines[0], lines[-1], *(line[0] + line[-1] for line in lines)]
    counts = Counter("".join(frame))
    letters = LINES if counts.keys() >= set(LINES) else max(counts, key=counts.__getitem__)
    count = sum(counts[letter] for letter in letters)
    others = counts.keys() - {*letters, *OWN, *OTHER_FLOOR, *AGENTS, *GOALS}
    is_made = letters not in OWN and not others and 4 * count >= 3 * counts.total()
    return letters if is_made else ""


def _refuse_b(rows: list[Row]) -> None:
    """Raise a MazeError at the B of a maze from A to B, as it may be a fixed box."""
    number, text = next(row for row in rows if "B" in row.text)
    raise MazeError(
        "this B may be a fixed box or the goal of A; replace A by S, and B by G if B is the goal",
        number,
        text.index("B") + 1,
    )
