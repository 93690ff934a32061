"""The map of a measure other than empowerment."""

import numpy as np
import pytest
from matplotlib.figure import Figure
from support.figures import assert_inside, by_gid

import gridemp
from gridemp import GridempError, World
from gridemp.analysis import MEASURES, estimate_power, measure
from gridemp.render.figures.measure import draw_measure, highest_xy, value_range
from gridemp.render.layout.style import look

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("which", ["entropy", "variance", "betweenness"])
def test_the_colours_are_the_values(klyubin, which):
    values, label = measure(klyubin, which, 5), MEASURES[which].label
    ax = draw_measure(klyubin, values, label, horizon=5)
    cells = ax.collections[0].get_array().reshape(10, 10)
    np.testing.assert_array_equal(cells, values.reshape(10, 10))
    assert ax.collections[0].get_clim() == (values.min(), values.max())
    assert label in [bar.get_ylabel() for bar in ax.child_axes]
    assert ax.get_title() == "klyubin, horizon 5, no noise"


def test_the_ring_is_around_the_highest_cell(klyubin):
    values = measure(klyubin, "variance", 5)
    ax = draw_measure(klyubin, values, "variance")
    (ring,) = by_gid(ax, "peak")
    row, col = klyubin.maze.cells[values.argmax()]
    assert ring.get_xydata().tolist() == [[col, 9 - row]]
    (legend,) = [each for each in [*ax.figure.legends, ax.get_legend()] if each]
    assert legend.get_texts()[0].get_text() == f"peak: {values.max():.3g} at ({col}, {9 - row})"
    assert by_gid(draw_measure(klyubin, values, "variance", peak=False), "peak") == []
    assert by_gid(draw_measure(klyubin, np.ones(100), "one"), "peak") == []


def test_cells_that_share_the_highest_value_are_ordered():
    maze = gridemp.Maze(np.ones((2, 3)))
    x, y = highest_xy(maze, np.array([[2.0, 1, 2 - 1e-12], [np.nan, 2, 0]]))
    assert list(zip(x.tolist(), y.tolist(), strict=True)) == [(1, 0), (0, 1), (2, 1)]
    assert len(highest_xy(maze, np.full((2, 3), np.nan))[0]) == 0


def test_undefined_values_are_said_to_be_none():
    world = World.from_maze(gridemp.load_maze("trap"))
    distance = measure(world, "distance")
    assert np.isnan(distance).any()
    ax = draw_measure(world, distance, "distance")
    (legend,) = [each for each in [*ax.figure.legends, ax.get_legend()] if each]
    assert [text.get_text() for text in legend.get_texts()][1:] == ["trap", "no value"]


def test_an_estimate_is_named_one(klyubin):
    power = estimate_power(klyubin, samples=50)
    ax = draw_measure(klyubin, power.values, power.label, note=power.note)
    title = ax.get_title().replace("\n", " ")
    assert "estimated from 50 samples, standard error up to 0.0" in title
    assert any("estimate ±0.01" in bar.get_ylabel() for bar in ax.child_axes)


def test_a_heading_is_chosen_and_named():
    world = World.from_maze(gridemp.parse_maze("..."), moves="turn")
    values = np.arange(12.0)
    ax = draw_measure(world, values, "number", heading="east")
    expected = [values[(world.cell == cell) & (world.heading == 1)][0] for cell in range(3)]
    assert ax.collections[0].get_array().ravel().tolist() == expected
    assert ax.get_title().replace("\n", " ").endswith("heading east")


def test_given_axes_and_ends_of_the_colours(klyubin):
    ax = Figure(layout="constrained").subplots()
    assert draw_measure(klyubin, np.arange(100.0), "n", ax=ax, vmin=-1, vmax=200) is ax
    assert ax.collections[0].get_clim() == (-1, 200)
    with pytest.raises(GridempError, match="from 3 to 1; make `vmin` lower than `vmax`"):
        draw_measure(klyubin, np.arange(100.0), "n", vmin=3, vmax=1)


def test_equal_values_have_a_range():
    assert value_range(np.array([2.0, 2.0])) == (0, 2)
    assert value_range(np.array([np.nan])) == (0, 1)
    assert value_range(np.array([1.0, 3.0])) == (1, 3)


@pytest.mark.parametrize("width", [None, "column", "page"])
@pytest.mark.parametrize("shape", [(10, 10), (2, 30), (30, 2)])
def test_nothing_leaves_the_figure(shape, width):
    world = World.from_maze(gridemp.Maze(np.ones(shape)))
    power = estimate_power(world, samples=10)
    with look(None, width) as inches:
        ax = draw_measure(world, power.values, power.label, note=power.note, width=inches)
        assert_inside(ax.figure)
