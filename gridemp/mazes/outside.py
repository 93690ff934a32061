"""Outside of a drawing: spaces that are not cells of the maze because walls shut them out.

A space is outside if a path of spaces leads from it out of the drawing. The walls shut it out if
they are closed: no such path touches floor that is drawn by a character, and every connected piece
of the rest of the drawing holds floor. Otherwise the border is open or walls stand free, and all
spaces are floor.
"""

from typing import NamedTuple

import numpy as np

from gridemp.mazes.text import BLANK, Row, drawn, padded, trimmed
from gridemp.typing import Mask


class Outside(NamedTuple):
    """Number of spaces that are left out of a maze, and the line of the first of them, from 1."""

    spaces: int = 0
    line: int = 0


def without_outside(rows: list[Row], wall: str) -> tuple[list[Row], Outside]:
    """Make the rows of a drawing equally long, with wall instead of the outside.

    Blanks at the ends of rows are cut or added where that can mean one thing only.

    Parameters
    ----------
    rows : list of Row
        Drawing with one character for each cell, in which spaces are floor.
    wall : str
        Character for wall.

    Returns
    -------
    rows : list of Row
        The drawing; its rows still have different lengths if that can mean several things.
    outside : Outside
        Spaces outside, in the rectangle around the walls.
    """
    width = max(len(line) for _, line in trimmed(rows))
    cut = [Row(number, line[: width + 1]) for number, line in rows]  # one blank shows an open side
    drawing = padded(cut) if all(line for _, line in cut) else None
    if drawing is None:
        return rows, Outside()
    space, is_wall = drawing == ord(" "), drawing == ord(wall)
    left_out = outside(space, is_wall)
    if not left_out.any():
        return _without_stray_blanks(rows), Outside()
    down, right = (np.flatnonzero(~space.all(axis=axis)) for axis in (1, 0))
    inner = np.s_[down[0] : down[-1] + 1, right[0] : right[-1] + 1]
    kept = rows[inner[0]]
    shortest = min(len(line) for _, line in kept)
    if shortest < width and not _is_thin(is_wall, left_out):
        return _without_stray_blanks(kept), Outside()
    drawing[left_out] = ord(wall)
    return drawn(kept, drawing[inner]), outside_in(kept, left_out[inner])


def outside_in(rows: list[Row], left_out: Mask) -> Outside:
    """Count what is left out of the cells of these rows."""
    line = rows[int(left_out.any(axis=1).argmax())].number
    return Outside(int(left_out.sum()), line) if left_out.any() else Outside()


def _is_thin(wall: Mask, left_out: Mask) -> bool:
    """True if all wall at the outside has floor behind it, so that no piece of a row is missing."""
    behind = widened(~left_out & ~wall, corners=True)
    return bool(behind[wall & widened(left_out, corners=False)].all())


def _without_stray_blanks(rows: list[Row]) -> list[Row]:
    """Rows of different lengths without the blanks at their ends, if no other spaces are floor."""
    bare = [Row(number, line.rstrip(BLANK)) for number, line in rows]
    is_even = len({len(line) for _, line in rows}) == 1
    return rows if is_even or any(" " in line for _, line in bare) else bare


def outside(space: Mask, wall: Mask) -> Mask:
    """True for the spaces that are outside closed walls.

    Parameters
    ----------
    space : ndarray of bool, shape (L, C)
        True for the characters of a drawing that are spaces.
    wall : ndarray of bool, shape (L, C)
        True for those that are wall. The others are floor, inside and outside of walls.

    Returns
    -------
    ndarray of bool, shape (L, C)
        All False if the walls are not closed.
    """
    edge = np.zeros_like(space)
    edge[[0, -1]] = edge[:, [0, -1]] = True
    if not (space & edge).any():
        return np.zeros_like(space)
    reached = _flood(space, space & edge, corners=False)
    rest = ~reached
    inside = rest & ~wall
    is_open = (widened(reached, corners=False) & inside).any()
    if is_open or not _flood(rest, inside, corners=True)[rest].all():
        return np.zeros_like(space)
    return reached


def _flood(area: Mask, seeds: Mask, *, corners: bool) -> Mask:
    """True for the places of an area that paths in it connect to a seed."""
    reached = seeds | (widened(seeds, corners=corners) & area)
    front = reached & ~seeds
    if not front.any():
        return reached
    width = area.shape[1] + 2
    steps = [-width, -1, 1, width]
    if corners:
        steps += [-width - 1, -width + 1, width - 1, width + 1]
    unseen = bytearray(np.pad(area & ~reached, 1).tobytes())
    places = np.flatnonzero(np.pad(front, 1)).tolist()
    while places:
        place = places.pop()
        for step in steps:
            if unseen[place + step]:
                unseen[place + step] = False
                places.append(place + step)
    left = np.frombuffer(unseen, dtype=bool).reshape(-1, width)[1:-1, 1:-1]
    return np.asarray(area & ~left | seeds)


def widened(places: Mask, *, corners: bool) -> Mask:
    """True for the places and their neighbours, in eight directions or in four."""
    tall, wide = places.copy(), places.copy()
    tall[1:] |= places[:-1]
    tall[:-1] |= places[1:]
    source = tall if corners else places
    wide[:, 1:] |= source[:, :-1]
    wide[:, :-1] |= source[:, 1:]
    return tall | wide
