"""Questions beyond the limits of the explorer are refused before they are begun."""

import numpy as np
import pytest
from support.serving import LONG, refusal

from gridemp import World, empowerment, parse_maze
from gridemp.web.server.questions import best_so_far


def test_what_would_take_too_long_is_not_begun(port):
    _, sentence, field = refusal(port, "map", LONG | {"horizon": 11})
    assert "more than the 60 seconds that the explorer gives it" in sentence
    assert field == "horizon"


def box_maze(*places):
    cells = [list("." * 14) for _ in range(14)]
    for row, col in places:
        cells[row][col] = "$"
    lines = ["".join(row) for row in cells]
    return {"name": "m", "cells": lines, "right": ["." * 13] * 14, "below": ["." * 14] * 13}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("places", "sentence", "field"),
    [
        ([(2, col) for col in range(14)] + [(4, col) for col in range(7)], "20 boxes", "maze"),
        ([(4, 4), (4, 9), (9, 4), (9, 9)], "more than 200,000 joint states", "horizon"),
    ],
)
def test_mazes_of_many_boxes_are_refused(port, places, sentence, field):
    refused = refusal(port, "map", {"maze": box_maze(*places), "horizon": 20})
    assert sentence in refused[1]
    assert refused[2] == field


def test_a_cell_is_shown_when_all_its_headings_are_solved():
    world = World.from_maze(parse_maze("..#."), moves="turn", slip=0.1)
    emap = empowerment(world, 2)
    places = world.maze.cells[emap.cell]
    bits = np.where(places[:, 1] < 2, emap.bits, np.nan)
    bits[np.flatnonzero(places[:, 1] == 1)[2]] = np.nan
    expected = emap.bits[places[:, 1] == 0].max()
    np.testing.assert_array_equal(best_so_far(world, bits), [[expected, np.nan, np.nan, np.nan]])
