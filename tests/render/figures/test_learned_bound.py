"""The figure of a learned bound shows its numbers and leaves nothing out of sight."""

import numpy as np
import pytest
from support.figures import assert_inside
from support.learned import SMALL, invented

from gridemp import GridempError, render

pytestmark = pytest.mark.slow


def test_the_figure_shows_the_numbers():
    learned = invented()
    with render.look():
        figure = render.learned_figure(learned)
    bound, exact, gap = figure.axes[:3]
    (curves,) = [ax for ax in figure.axes if ax.get_xlabel() == "updates"]
    for ax, values in (
        (bound, learned.proved.grid()),
        (exact, learned.exact.grid()),
        (gap, learned.exact.grid() - learned.proved.grid()),
    ):
        drawn = ax.collections[0].get_array()
        np.testing.assert_array_equal(drawn.filled(np.nan).reshape(values.shape), values)
    assert bound.collections[0].get_clim() == exact.collections[0].get_clim()
    lines = {line.get_label(): line.get_ydata() for line in curves.lines}
    np.testing.assert_array_equal(lines["bound, evaluated exactly"], learned.means)
    np.testing.assert_array_equal(lines["bound, as estimated"], learned.estimates)
    np.testing.assert_array_equal(lines["forward model: bits lost per step"], learned.surprises)


@pytest.mark.parametrize("width", [3.5, 7.16, None])
@pytest.mark.parametrize("text", [SMALL, "." * 12, "\n".join("." * 9)])
def test_nothing_leaves_the_figure(width, text):
    learned = invented(text, slip=0.1)
    with render.look(width=width):
        figure = render.learned_figure(learned, width=width)
        assert_inside(figure)


@pytest.mark.parametrize("width", [3.5, None])
def test_long_titles_stay_in_the_figure(width):
    long = "A title that is far too long for a single line of such a figure, " * 2
    with render.look(width=width):
        figure = render.learned_figure(invented(), width=width, title=long, panel_titles=[long] * 4)
        assert_inside(figure)


def test_titles_of_the_figure_and_of_its_four_panels():
    def titles(**options):
        with render.look():
            figure = render.learned_figure(invented(), **options)
        (head, *_) = [*(text.get_text() for text in figure.subfigs[0].texts), ""]
        return head, [title for ax in figure.axes if (title := ax.get_title(loc="left"))]

    names = ["one", "two", "three", "four"]
    letters = ["(a)", "(b)", "(c)", "(d)"]
    assert titles(title="Learned", panel_titles=names) == (
        "Learned",
        [f"{letter} {name}" for letter, name in zip(letters, names, strict=True)],
    )
    assert titles(title=False) == ("", letters)
    with pytest.raises(GridempError, match="gives 1 title, but this figure needs 4"):
        titles(panel_titles=["one"])
