"""Sokoban levels as XML: the `.slc` files of level collections.

Each `Level` has a title, its `Id`, and an `L` for each row, drawn as in `formats/sokoban.py`.
"""

from gridemp.errors import MazeError
from gridemp.mazes.formats import sokoban
from gridemp.mazes.levels import chosen_level
from gridemp.mazes.protocol import Choices, Reading
from gridemp.mazes.text import Row, parts_left_out, trimmed
from gridemp.mazes.xml_tree import xml_tree

SUFFIXES: tuple[str, ...] = (".slc",)
CHOICES = frozenset({"level"})


def read_file(data: bytes, name: str, choices: Choices) -> Reading:
    """Read one level of a collection."""
    root, places = xml_tree(data)
    levels = list(root.iter("Level"))
    if not levels:
        raise MazeError("this XML contains no Sokoban level; put each one into <Level>", 1, 1)
    level = chosen_level(levels, [each.get("Id", "").strip() for each in levels], choices.level)
    lines = list(level.iter("L"))
    rows = [Row(number, line.text or "") for number, line in enumerate(lines)]
    if not any(text.strip() for _, text in rows):
        raise MazeError("this level has no rows; put each one into <L>", *places[level])
    try:
        rows = trimmed(sokoban.decoded(rows))
        maze = sokoban.read(rows, name)
    except MazeError as error:
        if error.line is None or error.column is None:
            raise MazeError(error.problem, *places[level]) from None
        line, column = places[lines[error.line]]
        raise MazeError(error.problem, line, column + len("<L>") + error.column - 1) from None
    return Reading(maze, (), parts_left_out(rows, sokoban.LEFT_OUT))
