"""Arrays of labels, one for each cell, and the decision which label means wall.

A label is a number or a word as a text, such as "1" or "-1". `Maze.from_array` is told which value
means wall; here the outer ring of the array shows it, with a message, or an error asks for `wall`.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from gridemp.errors import MazeError
from gridemp.mazes.masks import connected_cells
from gridemp.mazes.maze import Maze
from gridemp.mazes.protocol import Reading
from gridemp.typing import Mask

MAX_LABELS = 100  # different labels of one array
MAX_WALLS = 0.75  # share of walls in a maze whose outer ring is no guide
MAX_JOINED = 1_000_000  # cells of an array in which paths are followed
SHOWN = 8  # labels that a sentence lists
MEANINGS = {"True": "1", "False": "0", "dark": "1", "light": "0"}
USUAL = {"1": "this is usual in arrays of 0 and 1", "dark": "this is usual in pictures"}


class Labels(NamedTuple):
    """Labels of the cells of a grid.

    Attributes
    ----------
    codes : ndarray of int, shape (H, W)
        Index of the label of each cell.
    names : list of str
        The labels.
    """

    codes: NDArray[np.integer]
    names: list[str]


def label(token: str) -> str:
    """Label that a word or a number stands for: "1" for "1.00e+00"; raise ValueError for "0.5"."""
    token = token.strip().strip("\"'")
    try:
        number = float(token)
    except ValueError:
        return token.capitalize() if token in ("true", "false") else token
    if not number.is_integer():
        raise ValueError(token)
    return str(int(number))


def maze_from_labels(labels: Labels, wall: str | None, name: str) -> Reading:
    """Read a maze from labels, of which one means wall; all cells are kept.

    Parameters
    ----------
    labels : Labels
        Label of each cell.
    wall : str or None
        The label that means wall; None to find it.
    name : str
        Name of the maze.

    Raises
    ------
    MazeError
        If no label or several may mean wall, or no cell is floor.
    """
    known = dict.fromkeys(labels.names)
    if wall is not None:
        chosen = _chosen(wall, list(known))
        return Reading(_maze(labels, chosen, name))
    chosen, reason = _found(labels)
    others = [each for each in known if each != chosen]
    if chosen not in known:
        return Reading(_maze(labels, chosen, name), (reason,))
    floor = f", and {listed(others)} as floor" if others else ""
    sentence = f"{chosen} is taken as wall, because {reason}{floor}; set `wall` to change this"
    return Reading(_maze(labels, chosen, name), (sentence,))


def listed(words: list[str]) -> str:
    """Words in a sentence, such as "0, 2 and 8"."""
    if len(words) > SHOWN:
        words = [*words[: SHOWN - 1], f"{len(words) - SHOWN + 1} others"]
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def _maze(labels: Labels, wall: str, name: str) -> Maze:
    walls = [code for code, each in enumerate(labels.names) if each == wall]
    floor = ~np.isin(labels.codes, walls)
    if not floor.any():
        raise MazeError(f"all cells hold {wall}, so that none is floor; choose another `wall`")
    return Maze(floor, name=name)


def _chosen(wall: str, names: list[str]) -> str:
    """The label that the user chose; raise a MazeError if no cell has it."""
    try:
        wanted = label(wall)
    except ValueError:
        wanted = wall
    for each in names:
        if wanted in (each, MEANINGS.get(each)) or each == MEANINGS.get(wanted):
            return each
    if names == ["0"] or names == ["False"]:
        return wanted  # an empty grid
    raise MazeError(f"no cell holds {wall}; choose `wall` from {listed(names)}")


def _found(labels: Labels) -> tuple[str, str]:
    """The label that means wall, and the reason; raise a MazeError if it cannot be told."""
    names = labels.names
    meanings = [MEANINGS.get(each, each) for each in names]
    ring = _ring(labels.codes)
    framed = bool((ring == ring[0]).all()) and min(labels.codes.shape) >= 3
    frame = int(ring[0])
    binary = set(meanings) <= {"0", "1"}
    if len(names) == 1:
        if binary and meanings == ["0"]:
            return "1", f"all cells hold {names[0]} and are taken as floor"
        raise MazeError(f"all cells hold {names[0]}; use one value for wall and another for floor")
    if framed and meanings[frame] == "1":
        return names[frame], "the outer ring consists of it"
    if {"0", "1"} <= set(meanings):
        zero, one = names[meanings.index("0")], names[meanings.index("1")]
        if framed and meanings[frame] == "0":
            raise MazeError(
                f"cannot tell whether {zero} or {one} means wall: {one} is the usual value, but "
                f"the outer ring consists of {zero}; choose one with `wall`"
            )
        if binary and one in USUAL:
            return one, _reason_for_one(labels, meanings.index("1"), ring, zero, one)
    if framed and not names[frame].startswith("-"):
        return names[frame], "the outer ring consists of it"
    raise MazeError(
        f"cannot tell which of the values {listed(names)} means wall; choose one with `wall`"
    )


def _reason_for_one(
    labels: Labels, code: int, ring: NDArray[np.integer], zero: str, one: str
) -> str:
    """Reason why 1 means wall in an array of 0 and 1 whose outer ring holds both."""
    ones = labels.codes == code
    mostly_zero = 2 * (ring == code).sum() < len(ring)
    doubt = f"most cells hold {one}" if ones.mean() > MAX_WALLS else ""
    if not doubt and ones.size <= MAX_JOINED:
        joined = _joined(ones)
        if (mostly_zero and joined == 1) or _joined(~ones) < 0.5 < joined:
            doubt = f"the cells with {one} are connected, as floor is"
    if doubt:
        raise MazeError(
            f"cannot tell whether {zero} or {one} means wall: {one} is the usual value, but "
            f"{doubt}; choose one with `wall`"
        )
    return USUAL[one]


def _ring(codes: NDArray[np.integer]) -> NDArray[np.integer]:
    """Values of the cells at the edge of an array."""
    return np.concatenate([codes[0], codes[-1], codes[:, 0], codes[:, -1]])


def _joined(cells: Mask) -> float:
    """Share of the cells of a mask that paths of single steps join to its first cell at an edge."""
    edge = np.ones_like(cells)
    edge[1:-1, 1:-1] = False
    row, col = np.argwhere(cells & edge)[0].tolist()
    return len(connected_cells(cells, row, col)[0]) / int(cells.sum())
