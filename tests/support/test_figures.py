import pytest
from matplotlib.figure import Figure
from support.figures import assert_apart, assert_inside
from support.worlds import drawn_world

from gridemp import render
from gridemp.analysis.alternation import cell_alternation


@pytest.mark.slow
def test_the_comparing_helper_can_fail():
    for x, y in ((-0.1, 0.5), (1.1, 0.5), (0.5, -0.1), (0.5, 1.1)):
        with render.look():
            figure = render.alternation_figure(cell_alternation(drawn_world(), 1, 0, 1, 2, (1,)))
            figure.text(x, y, "out", ha="center", va="center")
            with pytest.raises(AssertionError):
                assert_inside(figure)


def test_panels_that_meet_are_found():
    figure = Figure()
    for left in (0.1, 0.45):
        figure.add_axes((left, 0.1, 0.38, 0.8))
    with pytest.raises(AssertionError):
        assert_apart(figure)
