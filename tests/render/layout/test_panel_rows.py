"""Rows of panels with titles."""

import pytest
from support.figures import assert_apart

from gridemp.render.layout.boxes import figure_inches
from gridemp.render.layout.panel_rows import three_panels

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("width", [None, 3.5, 7.16])
@pytest.mark.parametrize(
    ("shape", "columns"),
    [((9, 11), {None: 3, 3.5: 1, 7.16: 3}), ((3, 40), {None: 1, 3.5: 1, 7.16: 1})],
)
def test_narrow_panels_stand_below_one_another(shape, columns, width):
    figure, axes, below, _ = three_panels(
        shape, [None, (0, 3), (-1, 1)], ["first", "second", "third"], "A figure", width=width
    )
    lefts = {round(ax.get_position().x0, 6) for ax in axes}
    assert len(lefts) == columns[width]
    assert [ax.get_title(loc="left").strip() for ax in axes] == [
        "(a) first",
        "(b) second",
        "(c) third",
    ]
    assert figure.texts[0].get_text() == "A figure"
    assert below or shape == (9, 11)
    if width is not None:
        assert figure_inches(figure)[0] == pytest.approx(width)
    figure.draw_without_rendering()
    assert_apart(figure)
