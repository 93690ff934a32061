"""The figure of the bound of a cell."""

import numpy as np
import pytest
from support.figures import assert_inside
from support.worlds import drawn_world

from gridemp import render
from gridemp.analysis.alternation import cell_alternation

pytestmark = pytest.mark.slow


def test_the_figure_shows_the_numbers():
    found = cell_alternation(drawn_world(slip=0.2), 1, 0, 1, 6, (1, 2, 6))
    with render.look():
        figure = render.alternation_figure(found)
    curve = figure.axes[0]
    lines = {line.get_label(): line for line in curve.lines}
    np.testing.assert_array_equal(lines["variational bound"].get_ydata(), found.bounds)
    np.testing.assert_array_equal(lines["certified upper bound"].get_ydata(), found.uppers)
    np.testing.assert_array_equal(lines["after a q step (planning)"].get_xdata(), [1, 3, 5])
    np.testing.assert_array_equal(
        lines["after an \N{GREEK SMALL LETTER OMEGA} step (source)"].get_xdata(), [2, 4, 6]
    )
    letters = [text for text in curve.texts if text.get_gid() == "moment"]
    assert [(text.get_text(), text.xy[0]) for text in letters] == [("b", 1), ("c", 2), ("d", 6)]
    for i in range(3):
        bars, matrix = figure.axes[1 + 2 * i : 3 + 2 * i]
        np.testing.assert_allclose([bar.get_width() for bar in bars.patches], found.sources[i])
        values = matrix.collections[0].get_array().reshape(5, -1)
        np.testing.assert_array_equal(values, found.plannings[i])
    assert figure.axes[1].get_title(loc="left").startswith("(b) 1: q step")
    assert curve.get_xlabel() == "half-step, logarithmic from 4 on"


@pytest.mark.parametrize("width", [7.16, None])
def test_rows_and_columns_of_the_matrices_have_names(width):
    found = cell_alternation(drawn_world(slip=0.2), 1, 0, 2, 4, (1, 2, 3, 4))
    with render.look(width=width):
        figure = render.alternation_figure(found, width=width)
        figure.draw_without_rendering()
    curve, bars, *_ = figure.axes
    assert curve.get_xlabel() == "half-step"
    assert bars.get_ylabel() == "action sequence"
    named = [text.get_text() for text in bars.get_yticklabels()]
    assert named == list(found.rows)
    for matrix in figure.axes[2:9:2]:
        assert matrix.get_xlabel() == "outcome s\N{PRIME}"
        texts = matrix.get_xticklabels()
        assert [text.get_text() for text in texts] == list(found.columns)
        assert min(text.get_fontsize() for text in texts) >= 6


@pytest.mark.parametrize("width", [3.5, 7.16, None])
@pytest.mark.parametrize("moments", [(0,), (1, 2, 3, 4, 5)])
def test_nothing_leaves_the_figure(width, moments):
    found = cell_alternation(drawn_world(slip=0.1), 1, 0, 2, 5, moments)
    with render.look(width=width):
        figure = render.alternation_figure(found, width=width)
        assert_inside(figure)
