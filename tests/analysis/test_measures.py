"""The list of measures, and their values over the cells of a maze."""

import numpy as np
import pytest
from support.worlds import drawn_world

from gridemp import GridempError, World
from gridemp.analysis import CENTRALITIES, MEASURES, centrality, estimate_power, measure
from gridemp.analysis.measures import (
    cell_values,
    expected_measure_seconds,
    measured,
    shown_words,
)


@pytest.mark.parametrize("which", MEASURES)
def test_every_measure_has_a_value_for_each_start(klyubin, which):
    found = measured(klyubin, which, 2, samples=20)
    assert found.values.shape == klyubin.start_states.shape
    assert found.values.dtype == float
    assert np.isfinite(found.values).all()
    assert found.name == which
    assert found.label
    assert expected_measure_seconds(klyubin, which, 2, 0.9, 20) < 1


@pytest.mark.parametrize("which", [name for name in MEASURES if MEASURES[name].needs_horizon])
def test_a_measure_that_looks_ahead_needs_a_horizon(klyubin, which):
    with pytest.raises(GridempError, match=f"the measure {which} looks ahead some steps; give a"):
        measure(klyubin, which)
    with pytest.raises(GridempError, match="the horizon must be a whole number of steps from 1"):
        measure(klyubin, which, 0)


def test_centralities_are_measures(klyubin):
    for which in CENTRALITIES:
        np.testing.assert_array_equal(measure(klyubin, which), centrality(klyubin, which))
        assert measured(klyubin, which).label == CENTRALITIES[which]


def test_only_estimates_have_errors(klyubin):
    assert measured(klyubin, "entropy", 1).estimate is None
    found = measured(klyubin, "power", samples=50, seed=2, discount=0.5)
    again = estimate_power(klyubin, 0.5, 50, 2)
    np.testing.assert_array_equal(found.estimate.error, again.error)
    assert "estimate ±" in found.label


def test_an_unknown_measure(klyubin):
    with pytest.raises(GridempError, match="no measure 'size'; use one of distance, closeness"):
        measure(klyubin, "size")


def test_values_of_cells():
    world = World.from_maze(drawn_world("..").maze, moves="turn")
    values = np.arange(8.0)
    by_cell = [values[world.cell == cell] for cell in (0, 1)]
    best, mean = cell_values(world, values), cell_values(world, values, "mean")
    assert best.tolist() == [[max(each) for each in by_cell]]
    assert mean.tolist() == [[np.mean(each) for each in by_cell]]
    north = cell_values(world, values, "north")
    assert north.tolist() == [values[world.heading == 0].tolist()]
    assert shown_words(world, "best") == "highest of each cell"
    assert shown_words(world, "mean") == "mean of each cell"
    assert shown_words(world, "north") == "heading north"
    with pytest.raises(GridempError, match="no heading 'up'"):
        cell_values(world, values, "up")
    with pytest.raises(GridempError, match="the world has 8 starts, but the values have shape"):
        cell_values(world, values[:3])


def test_walls_and_undefined_values_are_nan():
    world = drawn_world(".#.")
    grid = cell_values(world, np.array([np.nan, 1.0]))
    np.testing.assert_array_equal(grid, [[np.nan, np.nan, 1]])
    assert shown_words(world, "best") == ""
