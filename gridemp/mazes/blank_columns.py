"""Drawings with a blank between the characters of each line, as `print(*row)` writes them.

In gridemp's own letters, a blank is floor. A drawing is read without the blanks between its
characters only if nothing else can be meant: every second column is blank, no other place is, and
without these columns the outermost ring is all wall.
"""

from gridemp.mazes.letters import GOALS, OTHER_FLOOR, OWN
from gridemp.mazes.text import BLANK, lines_of

SAID = "read without the blanks between the characters; with `format` block, they are floor"
NO_WALLS = {*OWN, *OTHER_FLOOR, *GOALS, *"+o-|"} - {"#"}


def without_blank_columns(text: str) -> str:
    """Text without the blanks between the characters of a drawing.

    Parameters
    ----------
    text : str
        A text.

    Returns
    -------
    str
        The text with every second character of the lines that draw a maze, on the same lines; the
        text itself if it is not such a drawing.
    """
    lines = [line.rstrip(BLANK) for line in lines_of(text)]
    places = [i for i, line in enumerate(lines) if line and not line.startswith(";")]
    if len(places) < 3:
        return text
    first = lines[places[0]]
    inside = [i for i in range(places[0], places[-1]) if not lines[i].startswith(";")]
    is_even = len(inside) == len(places) - 1 and {len(lines[i]) for i in places} == {len(first)}
    if not is_even or len(first) < 5 or first[0] in NO_WALLS:
        return text
    for i in places:
        if lines[i][1::2].strip(BLANK) or len(lines[i][::2].split()) != 1:
            return text
        lines[i] = lines[i][::2]
    ends = {lines[i][0] + lines[i][-1] for i in places}
    ring = {*lines[places[0]], *lines[places[-1]], *"".join(ends)}
    return "\n".join(lines) if len(ring) == 1 else text
