"""Legends below axes."""

import math

import pytest
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from support.figures import assert_inside

from gridemp.render.layout.boxes import Box, arrange
from gridemp.render.layout.legends import (
    draw_line_legend,
    draw_map_legend,
    legend_inches,
    line_legend_inches,
    with_legend,
)
from gridemp.render.layout.margins import map_box
from gridemp.render.layout.style import look

LABELS = ["start", "end", "peak", "a box, pushed to there", "stayed n times", "after 5 steps"]


def columns_of(legend):
    boxes = [text.get_window_extent() for text in legend.get_texts()]
    return len({round(box.x0) for box in boxes})


@pytest.mark.slow
@pytest.mark.parametrize("width", [None, 2.5, 3.5, 7])
@pytest.mark.parametrize("shape", [(5, 5), (20, 2), (2, 20)])
def test_a_legend_below_a_map_has_the_room_that_was_made_for_it(shape, width):
    with look(None, width):
        box = map_box(shape)
        below = box.bottom
        box = with_legend(box, LABELS, 3, width)
        figure, ((ax,),) = arrange([[box]], side=3, width=width)
        draw_map_legend(ax, [(Line2D([], []), label) for label in LABELS], below)
        figure.draw_without_rendering()
        assert_inside(figure)
        rows = math.ceil(len(LABELS) / columns_of(ax.get_legend()))
        assert box.bottom - below >= legend_inches(rows, 1) - 1e-9


def test_no_legend_without_entries():
    box = Box(1.0)
    assert with_legend(box, [], 3) is box
    ax = Figure().add_subplot()
    draw_map_legend(ax, [], 0.5)
    assert ax.get_legend() is None
    assert legend_inches(0, 1) == 0


@pytest.mark.parametrize(("width", "columns"), [(2.5, 1), (3.5, 2), (5, 3), (7.16, 6)])
def test_a_legend_below_lines_fits_under_them(width, columns):
    with look(None, width):
        box = Box(0.5, 0.1, 0.1, line_legend_inches(LABELS, width - 0.2))
        figure, ((ax,),) = arrange([[box]], side=5, width=width)
        for label in LABELS:
            ax.plot([0, 1], [0, 1], label=label)
        draw_line_legend(ax, LABELS)
        figure.draw_without_rendering()
    legend = ax.get_legend()
    assert [text.get_text() for text in legend.get_texts()] == LABELS
    assert columns_of(legend) == columns
    extent = legend.get_window_extent()
    assert extent.y0 >= 0
    assert extent.x1 <= figure.bbox.x1


def test_signs_of_your_own_are_shown_instead_of_lines():
    ax = Figure().add_subplot()
    ax.plot([0, 1], label="a line")
    draw_line_legend(ax, ["mine"], [Line2D([], [], label="mine")])
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["mine"]
