"""Checks that the tests of all maze formats share, and mazes that a format can show."""

import numpy as np
import pytest
from hypothesis import strategies as st
from support.strategies import masks

from gridemp import GridempError, Maze, MazeError, format_maze, parse_maze
from gridemp.mazes.formats import FORMATS

# Fewest and most starts; letters of other objects; formats that show solid cells.
STARTS = {"frozenlake": (1, 9), "sokoban": (1, 1), "pacman": (1, 1)}
OBJECTS = {"frozenlake": "T", "sokoban": "$G", "micromouse": "SG", "d4rl": "SG"}
SOLID = {"movingai", "sokoban", "pacman", "d4rl"}


def assert_mistake(text, line, column, sentence, format=None):
    """Raise unless reading the text fails at a place, from 1, with a sentence that matches."""
    with pytest.raises(MazeError, match=sentence) as caught:
        parse_maze(text, format=format)
    assert (caught.value.line, caught.value.column) == (line, column)


def assert_not_expressible(text, format, sentence):
    """Raise unless writing a maze in a format fails with a sentence that matches."""
    with pytest.raises(GridempError, match=sentence):
        format_maze(parse_maze(text), format=format)


def assert_round_trip(maze, format):
    """Raise unless reading what is written gives the maze again."""
    assert parse_maze(format_maze(maze, format=format), format=format) == maze


def assert_left_out(format, text, without):
    """Raise unless a text that holds all letters left out reads as the one that holds none."""
    left_out = FORMATS[format].LEFT_OUT
    assert {letter for letter in left_out if letter in text} == set(left_out)
    assert not any(letter in without for letter in left_out)
    assert parse_maze(text, format=format) == parse_maze(without, format=format)


def assert_size_is_limited(monkeypatch, text, format=None):
    """Raise unless a text of six cells is refused where five are allowed."""
    monkeypatch.setattr("gridemp.mazes.text.MAX_CELLS", 5)
    with pytest.raises(MazeError, match="has 6 cells, more than the 5 allowed"):
        parse_maze(text, format=format)


@st.composite
def expressible(draw, format):
    """A maze that a format can show, with as many starts as it needs."""
    height, width = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    floor = draw(masks((height, width), minimum=1)) if format in SOLID else np.ones((height, width))
    cells = [tuple(cell) for cell in np.argwhere(floor).tolist()]
    if format == "sokoban":  # keep the cells connected to one, without the solid rows around them
        cells = sorted(grown({draw(st.sampled_from(cells))}, set(cells)))
        top, left = np.min(cells, axis=0).tolist()
        cells = [(row - top, col - left) for row, col in cells]
        floor = np.zeros(np.max(cells, axis=0) + 1)
        floor[tuple(np.transpose(cells))] = 1
    fewest, most = STARTS.get(format, (0, 0))
    starts = draw(st.lists(st.sampled_from(cells), min_size=fewest, max_size=most, unique=True))
    objects = {}
    if letters := OBJECTS.get(format):
        objects = draw(st.dictionaries(st.sampled_from(cells), st.sampled_from(letters)))
    right = draw(masks((height, width - 1))) if format in ("micromouse", "taxi") else None
    below = draw(masks((height - 1, width))) if format == "micromouse" else None
    return Maze(floor, right, below, objects=objects | dict.fromkeys(starts, "S"))


def grown(region, cells):
    """The cells that paths of single steps join to a region of them."""
    while True:
        near = {(r + i, c + j) for r, c in region for i, j in ((0, 1), (1, 0), (0, -1), (-1, 0))}
        if (near := near & cells) <= region:
            return region
        region |= near
