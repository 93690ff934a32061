"""The bound of a cell, half-step by half-step."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.strategies import worlds
from support.worlds import drawn_world

import gridemp
from gridemp import empowerment
from gridemp.analysis.alternation import cell_alternation


@pytest.mark.slow
@settings(max_examples=40)
@given(worlds(max_side=3, slips=(0.0, 0.1, 0.4)), st.integers(1, 2), st.data())
def test_the_band_holds_the_empowerment_of_the_cell(world, horizon, data):
    cells = world.maze.cells
    chosen = data.draw(st.integers(0, len(cells) - 1))
    x, y = world.maze.xy(*cells[chosen].tolist())
    found = cell_alternation(world, x, y, horizon, 8, (0, 1, 8))
    exact = empowerment(world, horizon, 1e-7)
    assert (np.diff(found.bounds) >= -1e-12).all()
    assert (found.bounds <= exact.bits[chosen] + exact.gap[chosen] + 1e-9).all()
    assert (found.uppers >= exact.bits[chosen] - 1e-9).all()
    lower, upper = found.interval
    np.testing.assert_allclose([lower, upper], [found.bounds[-1], found.uppers.min()], atol=1e-12)
    assert 0 <= lower <= upper
    assert found.xy == (x, y)
    assert found.moments == (0, 1, 8)
    np.testing.assert_allclose(found.sources.sum(axis=1), 1)
    np.testing.assert_allclose(found.plannings.sum(axis=1), 1)
    assert found.plannings.shape[1:] == (len(found.rows), len(found.columns))
    assert found.sources.shape[1] == len(found.rows) == len(world.actions) ** horizon


def test_many_sequences_are_summed_by_first_action():
    world = drawn_world(slip=0.1)
    few, many = (cell_alternation(world, 1, 0, n, 2, (2,)) for n in (3, 4))
    assert len(few.rows) == 125
    assert many.rows == ("N", "E", "S", "W", "\N{MIDDLE DOT}")
    np.testing.assert_allclose(many.sources.sum(axis=1), 1)
    np.testing.assert_allclose(many.plannings.sum(axis=1), 1)


def test_of_several_headings_the_best_is_shown():
    """In the corner of a corridor, the agent that looks along it can bring about most."""
    world = drawn_world("....", moves="turn")
    exact = empowerment(world, 2)
    found = cell_alternation(world, 0, 0, 2, 4, (4,))
    assert found.bounds[-1] == pytest.approx(exact.bits[world.cell == 0].max())
    north = cell_alternation(world, 0, 0, 2, 4, (4,), heading="north")
    assert north.bounds[-1] < found.bounds[-1] - 0.1


def test_outcomes_are_named_in_their_order():
    """After the first step q is the posterior of the uniform source: exact for one step."""
    found = cell_alternation(drawn_world("..."), 1, 0, 1, 1, (1,))
    east = found.rows.index("E")
    column = found.columns.index("(2, 0)")
    assert found.plannings[0, east, column] == 1
    assert sorted(found.columns) == ["(0, 0)", "(1, 0)", "(2, 0)"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((9, 0, 1), "there is no cell x = 9, y = 0"),
        ((0, 0, 0), "the horizon must be a whole number"),
        ((0, 0, 1, 0), "`half_steps` must be from 1"),
        ((0, 0, 1, 4, (5,)), "`moments` must be from 0 to 4"),
        ((0, 0, 12), "lower the horizon"),
    ],
)
def test_what_cannot_be_shown_is_refused(arguments, sentence):
    with pytest.raises(gridemp.GridempError) as refused:
        cell_alternation(drawn_world(slip=0.1), *arguments)
    assert sentence in str(refused.value)
