"""Sensitivity as a result: its order and its ties."""

from dataclasses import replace

import numpy as np

import gridemp
from gridemp import parse_maze
from gridemp.analysis.sensitivity import sensitivity


def test_all_that_ties_is_named_the_lowest_leftmost_first():
    result = sensitivity(parse_maze("+-+-+-+\n| | | |\n+-+-+-+\n| | | |\n+-+-+-+\n"), 1)
    places = [change.cells for change in result.best_removals]
    assert places[0] == ((0, 0), (1, 0))
    assert len(places) == 7
    assert places[-1] == ((1, 1), (2, 1))


def test_doors_that_the_certificate_cannot_tell_apart_tie():
    result = sensitivity(gridemp.load_maze("klyubin"), 5)
    gains = np.array([change.bits for change in result.removals])
    losses = np.array([change.bits for change in result.additions])
    assert len(result.best_removals) == 1
    for rank in (1, 2, 5):
        least = (gains[0] - gains[rank]) / 2
        assert least > 0
        within = replace(result, gap=least * 1.001)
        assert len(within.best_removals) == (gains >= gains[0] - 2 * within.gap).sum() > rank
        assert within.best_removals == result.removals[: len(within.best_removals)]
        short = replace(result, gap=least * 0.999)
        assert len(short.best_removals) <= rank
        assert len(within.worst_additions) == (losses <= losses[0] + 2 * within.gap).sum()
