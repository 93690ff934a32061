"""Conversion of the contents of a file to a maze: finds the format and reads it.

The format is given by name, or else `guess.py` finds it.
"""

from dataclasses import fields
from difflib import get_close_matches

from gridemp.errors import GridempError, MazeError
from gridemp.mazes.array_text import is_array
from gridemp.mazes.blank_columns import SAID, without_blank_columns
from gridemp.mazes.file_kinds import MARKUP_HEAD, NUMPY, ZIP, decoded, markup_format, picture_kind
from gridemp.mazes.formats import DRAWINGS, FILE_FORMATS, FORMATS
from gridemp.mazes.formats.array import text_in
from gridemp.mazes.guess import Guess, guess_format
from gridemp.mazes.legend import checked_legend
from gridemp.mazes.literal import drawing_in, is_literal
from gridemp.mazes.outside import Outside
from gridemp.mazes.protocol import Choices, Drawing, Reading
from gridemp.mazes.text import Row, numbered_rows, parts_left_out, trimmed


def read_maze(data: bytes | str, name: str, format: str | None, choices: Choices) -> Reading:
    """Read a maze from the contents of a file.

    Parameters
    ----------
    data : bytes or str
        Contents of the file, as they are or as text.
    name : str
        Name of the maze in figures and messages.
    format : str, optional
        Name of the format; by default it is found.
    choices : Choices
        Choices between the mazes that the file may mean.

    Raises
    ------
    GridempError
        If there is no such format or level, or the format does not take a choice.
    MazeError
        If the contents cannot be read.
    """
    name = name if choices.level == 1 else f"{name}-{choices.level}"
    if format in (None, "array") and isinstance(data, bytes) and (text := text_in(data)):
        data, format = text, None
    if format is not None:
        check_format(format)
        return _read_in(Guess(format), data, name, choices)
    if choices.legend is not None:
        return _read_in(_guess_with_legend(data, choices), data, name, choices)
    guess, drawing = _guess(data, choices)
    try:
        return _read_in(guess, drawing, name, choices)
    except MazeError as error:
        problem = "; this is ".join([error.problem, *guess.said])
        column = error.column
        if column is not None and SAID in guess.said:
            column = 2 * column - 1
        raise MazeError(problem, error.line, column) from None


def _guess(data: bytes | str, choices: Choices) -> tuple[Guess, bytes | str]:
    """Format of a file without a format name, and its contents without blanks between letters."""
    if format := _format_of_bytes(data):
        return Guess(format), data
    text = decoded(data)
    drawing = drawing_in(text)
    if drawing is text and is_array(text):
        return Guess("array"), text
    compact = without_blank_columns(drawing)
    guess = guess_format(numbered_rows(compact), choices)
    return (guess if compact is drawing else Guess(guess.format, (SAID, *guess.said))), compact


def _guess_with_legend(data: bytes | str, choices: Choices) -> Guess:
    """Format of a file whose characters a legend explains: drawings of blocks take one."""
    if format := _format_of_bytes(data):
        return Guess(format)
    text = decoded(data)
    is_list = is_literal(numbered_rows(text)[0].text) and drawing_in(text) is text
    explained = checked_legend(choices.legend or {}).keys()
    return Guess("array" if is_list and not explained & set("[(") else "block")


def _format_of_bytes(data: bytes | str) -> str | None:
    """Format of a binary file, of XML or of JSON, by its beginning; None if it is not known."""
    if isinstance(data, bytes) and data.startswith((NUMPY, ZIP)):
        return "array"
    if isinstance(data, bytes) and picture_kind(data):
        return "picture"
    return markup_format(data[:MARKUP_HEAD])


def _read_in(guess: Guess, data: bytes | str, name: str, choices: Choices) -> Reading:
    """Read a maze in a known format."""
    format, said = guess
    _check_choices(format, choices)
    if format in FILE_FORMATS:
        data = data.encode() if isinstance(data, str) else data
        reading = FILE_FORMATS[format].read_file(data, name, choices)
        return reading._replace(said=said + reading.said)
    drawing = DRAWINGS[format]
    rows = numbered_rows(drawing_in(decoded(data)), comments="level" in drawing.CHOICES)
    if translated := getattr(drawing, "translated", None):
        rows, sentences = translated(rows, choices)
        said += sentences
    rows, (count, line) = _drawn(drawing, rows, choices.level)
    maze = drawing.read(rows, name)
    left_out = parts_left_out(rows, drawing.LEFT_OUT)
    if not count:
        return Reading(maze, said, left_out)
    cells = "1 unreachable cell" if count == 1 else f"{count} unreachable cells"
    advice = getattr(drawing, "OUTSIDE", "")
    sentence = f"left out {cells} outside the walls, from line {line} on; {advice}"
    outside = f"cells outside the walls ({count})"
    return Reading(maze, said, (*left_out, outside), sentence)


def check_format(format: str) -> None:
    """Raise a GridempError if there is no format of this name."""
    if format not in FORMATS:
        near = get_close_matches(format[:40].casefold(), FORMATS, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"use one of {', '.join(FORMATS)}"
        raise GridempError(f"there is no format {format!r}; {hint}")


def _check_choices(format: str, choices: Choices) -> None:
    """Raise a GridempError if a choice is made that the format does not take."""
    for field in fields(choices):
        value = getattr(choices, field.name)
        if value == field.default or field.name in FORMATS[format].CHOICES:
            continue
        if field.name == "level":
            raise GridempError(f"there is no level {value!r}; the format {format} has no levels")
        takers = [name for name, each in FORMATS.items() if field.name in each.CHOICES]
        raise GridempError(
            f"`{field.name}` does not apply to the format {format}; leave it out, or set `format` "
            f"to {'one of ' * (len(takers) > 1)}{', '.join(takers)}"
        )


def _drawn(drawing: Drawing, rows: list[Row], level: int | str) -> tuple[list[Row], Outside]:
    """Lines that draw the maze of a text, and the spaces that are left out of them."""
    if choose_level := getattr(drawing, "level", None):
        return trimmed(choose_level(rows, level)), Outside()
    if without_outside := getattr(drawing, "without_outside", None):
        rows, outside = without_outside(rows)
        return rows, outside
    return trimmed(rows), Outside()
