"""Griddly: the YAML file of a game, with its levels and the characters of its objects.

Of the YAML, only the levels are read, which are blocks of text (`- |`), and the name and the
`MapCharacter` of each object. Walls, boxes and the avatar are recognised by their names, `.` is
floor, and `legend` gives a meaning to the characters of other objects.
"""

import re
from collections.abc import Iterator

from gridemp.arguments import described
from gridemp.errors import MazeError
from gridemp.mazes.file_kinds import decoded
from gridemp.mazes.formats import block
from gridemp.mazes.legend import FLOOR, WALL, checked_legend, translated
from gridemp.mazes.levels import chosen_level
from gridemp.mazes.protocol import Choices, Reading
from gridemp.mazes.text import Row, numbered_rows

SUFFIXES: tuple[str, ...] = (".yaml", ".yml")
CHOICES = frozenset({"level", "legend"})
KNOWN = {"wall": WALL, "box": "$"}
MEANING = {WALL: "wall", "$": "a box", "S": "the start"}
VALUE = r"""\s*(?:"([^"]*)"|'([^']*)'|([^\s#]\S*))"""
FIELD = re.compile(rf"( *)(- +)?(Name|MapCharacter):{VALUE}")
AVATAR = re.compile(rf" *AvatarObject:{VALUE}")
ITEM = re.compile(r"( *)- *[|][-+0-9]*\s*(#.*)?")


def read_file(data: bytes, name: str, choices: Choices) -> Reading:
    """Read one level of a game."""
    rows = numbered_rows(decoded(data), comments=True)
    levels = list(_levels(rows))
    if not levels:
        raise MazeError(
            "this YAML contains no Griddly level; a level is a block of text (- |) under Levels:"
        )
    indent, level = chosen_level(levels, [""] * len(levels), choices.level)
    names = dict(_objects(rows))
    avatars = {_value(match, 1) for _, text in rows if (match := AVATAR.match(text))}
    found = {
        key: "S" if each in avatars else KNOWN[each.casefold()]
        for key, each in names.items()
        if each in avatars or each.casefold() in KNOWN
    }
    chosen = {} if choices.legend is None else checked_legend(choices.legend)
    letters = {".": FLOOR} | found | chosen
    try:
        for number, text in level:
            for column, key in enumerate(text, start=1):
                if key in names and key not in letters:
                    raise MazeError(
                        f"`legend` does not explain {key!r}, the object {described(names[key])}; "
                        f"add {key}= and its meaning, such as wall or floor",
                        number,
                        column,
                    )
        maze = block.read(translated(level, letters), name)
    except MazeError as error:
        if error.line is None or error.column is None:
            raise MazeError(error.problem, level[0].number, indent + 1) from None
        raise MazeError(error.problem, error.line, error.column + indent) from None
    used = set("".join(text for _, text in level))
    parts = [
        f"{described(names[key])} is {MEANING[letter]}"
        for key, letter in found.items()
        if key in used and key not in chosen
    ]
    return Reading(maze, (f"read as a game of Griddly: {', '.join(parts)}",) if parts else ())


def _indent(text: str) -> int:
    """Number of spaces at the beginning of a line."""
    return len(text) - len(text.lstrip(" "))


def _levels(rows: list[Row]) -> Iterator[tuple[int, list[Row]]]:
    """Indent and lines of each level."""
    within = -1  # indent of the key Levels while its items are read
    item = -1  # indent of the item while its lines are read
    lines: list[Row] = []
    for number, text in [*rows, Row(0, "end:")]:
        if not text.strip():
            continue
        indent = _indent(text)
        if 0 <= item < indent:
            lines.append(Row(number, text))
            continue
        if lines:
            edge = min(_indent(line) for _, line in lines)
            yield edge, [Row(i, line[edge:]) for i, line in lines]
        item, lines = -1, []
        start = ITEM.fullmatch(text)
        if start and 0 <= within <= indent:
            item = indent
        elif re.match(r" *Levels:", text):
            within = indent
        elif indent <= within:
            within = -1


def _objects(rows: list[Row]) -> Iterator[tuple[str, str]]:
    """Character and name of each object."""
    within = False
    item = -1  # column of the keys of an object
    fields: dict[str, str] = {}
    for _, text in [*rows, Row(0, "end:")]:
        if text[:1] not in ("", " ", "-", "#"):  # a key of the whole file
            within = text.startswith("Objects:")
            item = -1
        if not within:
            continue
        dash = re.match(r"( *)- +", text)
        if dash and (item < 0 or dash.end() <= item):
            item, fields = dash.end(), {}
        match = FIELD.match(text)
        if match and len(match[1]) + len(match[2] or "") == item:
            fields[match[3]] = _value(match, 4)
            if len(fields) == 2 and len(fields["MapCharacter"]) == 1:
                yield fields["MapCharacter"], fields["Name"]


def _value(match: re.Match[str], group: int) -> str:
    """Text of a value, without its quotes."""
    return match[group] or match[group + 1] or match[group + 2] or ""
