"""Arrangement of axes."""

from itertools import chain

import numpy as np
import pytest
from matplotlib.figure import Figure

from gridemp import Maze, World, empowerment
from gridemp.render import heatmap
from gridemp.render.layout.boxes import Box, arrange, axes_inches, figure_inches, placement
from gridemp.render.layout.notebook_figure import NotebookFigure


def test_axes_of_a_row_are_equally_high_and_of_their_shape():
    figure, ((one, other),) = arrange([[Box(1.0), Box(0.5, left=1)]], side=3)
    assert axes_inches(one) == pytest.approx((2, 2))
    assert axes_inches(other) == pytest.approx((4, 2))
    assert figure.get_size_inches() == pytest.approx((2 + 4 + 0.3 + 1, 2.2))
    figure, _ = arrange([[Box(1.0)]], side=3, width=2)
    assert figure.get_size_inches() == pytest.approx((2, 2))
    figure, ((tall,),) = arrange([[Box(40.0)]], side=5, width=3)
    assert figure.get_size_inches()[1] <= 9 + 1e-9
    assert axes_inches(tall)[1] == pytest.approx(40 * axes_inches(tall)[0])


@pytest.mark.parametrize(("width", "size"), [(None, None), (5.0, None), (None, (6.0, 4.0))])
def test_places_are_those_of_the_axes(width, size):
    rows = [[Box(1.0), Box(0.5, left=1)], [Box(0.3, bottom=0.4)]]
    places = placement(rows, side=3, width=width, size=size)
    figure, grid = arrange(
        rows, side=3, width=width, figure=None if size is None else Figure(figsize=size)
    )
    assert figure_inches(figure) == pytest.approx(places[:2])
    assert [len(row) for row in grid] == [len(row) for row in places.axes] == [2, 1]
    for ax, place in zip(chain(*grid), chain(*places.axes), strict=True):
        box = ax.get_window_extent()
        assert (box.x0, box.y0, box.width, box.height) == pytest.approx(
            tuple(figure.dpi * inches for inches in place)
        )


def test_a_heatmap_makes_no_figure_but_its_own(monkeypatch):
    made = []

    def counted(**settings):
        made.append(NotebookFigure(**settings))
        return made[-1]

    monkeypatch.setattr("gridemp.render.layout.boxes.NotebookFigure", counted)
    ax = heatmap("trap", 2)
    assert made == [ax.figure]
    assert ax.get_legend() is not None


def test_a_small_maze_is_not_blown_up():
    ax = heatmap(empowerment(World.from_maze(Maze(np.ones((1, 1)))), 1))
    assert axes_inches(ax) == pytest.approx((2, 2))
    wide = heatmap(empowerment(World.from_maze(Maze(np.ones((1, 1)))), 1), width=10)
    assert axes_inches(wide)[0] == pytest.approx(4)
