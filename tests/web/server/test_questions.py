"""Questions beyond the limits of the explorer are refused before they are begun."""

import numpy as np
import pytest
from support.serving import LONG, refusal

from gridemp import HorizonTooLarge, World, empowerment, load_maze, parse_maze
from gridemp.web.server import api
from gridemp.web.server.answers import Answers
from gridemp.web.server.api import Refusal
from gridemp.web.server.mazes import drawing_of
from gridemp.web.server.questions import best_so_far, check_time


def test_what_would_take_too_long_is_not_begun(port):
    _, sentence, field = refusal(port, "map", LONG | {"horizon": 11})
    assert "more than the 60 seconds that the explorer gives it" in sentence
    assert field == "horizon"


class Begun(Exception):
    """Raised by a job that was begun."""


def named_horizon(answers, maze, horizon, **options):
    """The horizon that the refusal of a map names, or None if the map is begun."""

    def begun(fraction):
        if fraction > 0:
            raise Begun

    question = api.MapQuestion(drawing_of(maze), horizon, **options)
    with pytest.raises((Refusal, Begun)) as caught:
        answers.map(question, begun)
    if isinstance(caught.value, Begun):
        return None
    named = caught.value.facts["horizon"]
    assert f"lower the horizon to {named}" in str(caught.value)
    return named


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("klyubin", {"slip": 0.2}),
        ("two-rooms", {"slip": 0.1}),
        ("tunnel", {"slip": 0.5, "moves": "king"}),
        ("klyubin", {"slip": 0.1, "moves": "turn"}),
    ],
)
def test_the_horizon_that_a_refusal_names_works(name, options):
    """It fits in the memory and in the time, and is the same for all horizons that do not."""
    maze = load_maze(name)
    answers = Answers(maze, ["-"])
    named = named_horizon(answers, maze, 20, **options)
    assert named_horizon(answers, maze, named, **options) is None
    refused = [named_horizon(answers, maze, n, **options) for n in range(named + 1, 20)]
    assert set(refused) <= {named, None}


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


def test_what_does_not_fit_even_with_a_horizon_of_1_is_refused():
    def estimate(steps):
        raise HorizonTooLarge("too large")

    with pytest.raises(Refusal, match="make the maze smaller") as caught:
        check_time(estimate, 2)
    assert caught.value.kind == "out_of_memory"
    assert caught.value.facts["horizon"] is None
